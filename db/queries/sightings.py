"""Where a searched text stands in the cases that were found."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, select

from db.queries.words import Words
from db.search_index import FIELDS
from db.tables import CaseSearchRow
from workflow.grams import FIELD_END
from workflow.queries import Found

SHOWN = frozenset({"number", "class_name", "address", "source"})
"""Every row of a list shows these."""

_BEFORE, _BEHIND = 8, 24
"""Signs that are shown around the first word."""


def sightings(connection: Connection, case_ids: Sequence[int], words: Words) -> dict[int, Found]:
    """Of each case the field that says most of the words, for words that its row does not show."""
    if not words or not case_ids:
        return {}
    said = connection.execute(
        select(CaseSearchRow.case_id, CaseSearchRow.said).where(CaseSearchRow.case_id.in_(case_ids))
    )
    found = ((case_id, _sighting(text.split(FIELD_END), words)) for case_id, text in said)
    return {case_id: one for case_id, one in found if one is not None}


def _sighting(fields: Sequence[str], words: Words) -> Found | None:
    held = {
        name: spellings
        for name, field in zip(FIELDS, fields, strict=False)
        if (spellings := tuple(_held(field, words)))
    }
    if not held:
        return None
    shown = {word for name in SHOWN for word in held.get(name, ())}
    hidden = {name: set(found) - shown for name, found in held.items()}
    best = max(held, key=lambda name: (len(hidden[name]), name in SHOWN, len(held[name])))
    return Found(best, _cut(fields[FIELDS.index(best)], held[best][0]), held[best])


def _held(field: str, words: Words) -> Iterable[str]:
    """Of each word the first spelling that the field holds."""
    for spellings in words:
        for spelling in spellings:
            if spelling in field:
                yield spelling
                break


def _cut(field: str, word: str) -> str:
    at = field.index(word)
    first, last = max(0, at - _BEFORE), at + len(word) + _BEHIND
    return ("…" if first else "") + field[first:last] + ("…" if last < len(field) else "")
