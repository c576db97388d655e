"""The part of the guards made from workflow.changed_fields: a step changes its own fields."""

from collections.abc import Iterable
from typing import Final

from workflow.changed_fields import (
    AFTER_THE_END,
    AT_THE_END,
    BY_WHO_ACTS,
    CHANGED_FIELDS,
    COUNTS,
    HOLDER,
    IN_PASSING,
    INSTANTS,
)
from workflow.states import ENDED

OWN_IN_SQL: Final = "{{it is not the step's own}}"
COUNTS_IN_SQL: Final = "{{a count jumps}}"
"""Stand in the .sql files where the conditions go."""


def foreign_change(dialect: str) -> str:
    """A condition on NEW, the step, and `x`, one of its changes: the step may not make it."""
    after, at, person = ("(x.value ->> 1)", "NEW.at::text", "NEW.person_id::text")
    if dialect == "sqlite":
        after, at, person = ("(x.value ->> '$[1]')", "NEW.at", "NEW.person_id")
    own = (f"{operation}.{name}" for operation, names in CHANGED_FIELDS.items() for name in names)
    operation = "(NEW.operation || '.' || x.key)"
    ends, ended = f"NEW.to_state IN {_words(ENDED)}", f"NEW.from_state IN {_words(ENDED)}"
    return f"""
           {operation} NOT IN {_words(own)}
       AND x.key NOT IN {_words(HOLDER)}
       AND NOT (NEW.from_state <> NEW.to_state AND x.key IN {_words(IN_PASSING)}
                AND CAST(coalesce({after}, '0') AS TEXT) = '0')
       AND NOT ({ends} AND NOT {ended} AND x.key IN {_words(AT_THE_END)})
       AND NOT ({ended} AND NOT {ends} AND x.key IN {_words(AFTER_THE_END)})
        OR x.key IN {_words(INSTANTS)} AND {after} <> {at}
        OR (x.key = 'request_by' OR {operation} IN {_words(BY_WHO_ACTS)}) AND {after} <> {person}"""


def jumping_count() -> str:
    """A condition on NEW and OLD: something that is counted moved by more than one step."""
    plain = (f"NEW.{name} NOT IN (OLD.{name}, OLD.{name} + 1)" for name in COUNTS)
    # A dispatch to another department begins its extensions anew.
    return "\n            OR ".join(
        (*plain, "NEW.extension_count NOT IN (0, OLD.extension_count, OLD.extension_count + 1)")
    )


def _words(words: Iterable[str]) -> str:
    return "(" + ", ".join(f"'{word}'" for word in sorted(words)) + ")"
