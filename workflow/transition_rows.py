"""The rows of a profile's tables as types of the record, each checked while it is read.

A row is a mapping of strings with the column names of the profile's CSV files; the database keeps
the transition table in the same columns. Lists stand in one cell, parted by semicolons.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

from workflow import guards
from workflow.clocks import ClockKind, Lamp
from workflow.errors import WanmiError
from workflow.flags import Flag
from workflow.limits import Limit, TimeUnit
from workflow.posts import Post
from workflow.rules import StageLimit
from workflow.states import ACTIVE, State
from workflow.transitions import ClockAction, ClockEffect, Need, Transition, TransitionTable

Row = Mapping[str, str]
EVERY_OPEN_CLOCK = "open"
Word = TypeVar("Word", bound=StrEnum)


class InvalidProfile(WanmiError):
    """A profile whose tables cannot be read."""


def table_from(profile: str, version: int, rows: Iterable[Row]) -> TransitionTable:
    """The transition table of a profile. Raises InvalidProfile."""
    return TransitionTable(profile, version, tuple(transition_from(row) for row in rows))


def transition_from(row: Row) -> Transition:
    """One row of the table. Raises InvalidProfile."""
    guard_names = tuple(_parts(row["guards"]))
    for name in guards.unknown(guard_names):
        raise _unknown("guards", name)
    return Transition(
        operation=row["operation"],
        outcome=row["outcome"],
        from_state=_word(State, "from_state", row["from_state"]) if row["from_state"] else None,
        to_state=_word(State, "to_state", row["to_state"]),
        posts=frozenset(_word(Post, "posts", part) for part in _parts(row["posts"])),
        needs=frozenset(_word(Need, "needs", part) for part in _parts(row["needs"])),
        takes=frozenset(_word(Need, "takes", part) for part in _parts(row["takes"])),
        guards=guard_names,
        clock_effects=tuple(_clock_effect(part) for part in row["clock_effects"].split()),
        photo_usage=row["photo_usage"],
        name=row["name"],
        key=row["key"],
        tone=row["tone"],
    )


def row_of(transition: Transition) -> dict[str, str]:
    """The row that `transition_from` reads as this transition."""
    return {
        "operation": transition.operation,
        "outcome": transition.outcome,
        "from_state": transition.from_state or "",
        "to_state": transition.to_state,
        "posts": _joined(Post, transition.posts),
        "needs": _joined(Need, transition.needs),
        "takes": _joined(Need, transition.takes),
        "guards": ";".join(transition.guards),
        "clock_effects": " ".join(
            f"{effect.action}:{effect.kind or EVERY_OPEN_CLOCK}"
            for effect in transition.clock_effects
        ),
        "photo_usage": transition.photo_usage,
        "name": transition.name,
        "key": transition.key,
        "tone": transition.tone,
    }


def stage_limits_from(
    rows: Iterable[tuple[str, int, str, str]],
) -> dict[ClockKind, StageLimit]:
    """How long each stage may take, from (clock kind, amount, unit, source) of every stage.

    Raises:
        InvalidProfile: a kind or a unit is unknown.
        InvalidLimit: an amount is no limit.
    """
    return {
        _word(ClockKind, "kind", kind): StageLimit(
            Limit(amount, _word(TimeUnit, "unit", unit)), source
        )
        for kind, amount, unit, source in rows
    }


def states_from(cell: str) -> tuple[State, ...]:
    """The states of a cell; the word "active" stands for every state that has not ended."""
    if cell == "active":
        return tuple(state for state in State if state in ACTIVE)
    return tuple(_word(State, "states", part) for part in _parts(cell))


def lamps_from(cell: str) -> tuple[Lamp, ...]:
    """The lamps of a cell."""
    return tuple(_word(Lamp, "lamps", part) for part in _parts(cell))


def flags_from(cell: str) -> tuple[Flag, ...]:
    """The flags of a cell."""
    return tuple(_word(Flag, "flags", part) for part in _parts(cell))


def post_from(cell: str) -> Post:
    """The post of a cell."""
    return _word(Post, "post", cell)


def _clock_effect(text: str) -> ClockEffect:
    action, _, kind = text.partition(":")
    return ClockEffect(
        _word(ClockAction, "clock_effects", action),
        None if kind == EVERY_OPEN_CLOCK else _word(ClockKind, "clock_effects", kind),
    )


def _word(words: type[Word], column: str, text: str) -> Word:
    try:
        return words(text)
    except ValueError:
        raise _unknown(column, text) from None


def _parts(cell: str) -> list[str]:
    return [part for part in cell.split(";") if part]


def _joined(order: type[Word], words: Iterable[Word]) -> str:
    chosen = set(words)
    return ";".join(word for word in order if word in chosen)


def _unknown(column: str, text: str) -> InvalidProfile:
    return InvalidProfile(
        "The profile cannot be read: {column} does not know {text}. Correct the profile's table.",
        column=column,
        text=text,
    )
