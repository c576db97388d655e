"""The words of a profile's tables: each must be one that the record knows."""

from collections.abc import Iterable, Iterator
from enum import StrEnum

from workflow import guards
from workflow.case import PhotoUsage
from workflow.clocks import ClockKind, Lamp
from workflow.flags import Flag
from workflow.limits import TimeUnit
from workflow.posts import Post
from workflow.profile_findings import (
    ProfileDoubt,
    ProfileFault,
    ProfileFinding,
    Row,
    at,
    listed,
    parts,
)
from workflow.queues import BoxScope
from workflow.states import State
from workflow.transitions import ClockAction, Need

TONES = ("main", "plain", "back")
PHOTO_USAGES = ("", "own", *PhotoUsage)
AXES = ("supervision", "command", "other")
ALL_OPEN, SAME, OPEN_CLOCKS = "active", "=", "open"
_STATE_GUARDS = frozenset({"came_from", "ended_from"})
_WORDS: dict[str, dict[str, type[StrEnum]]] = {
    "boxes": {"post": Post, "states": State, "scope": BoxScope, "lamps": Lamp, "flags": Flag},
    "duties": {"posts": Post},
    "sources": {"posts": Post},
    "twins": {"post": Post, "twin": Post},
    "posts": {"code": Post},
    "states": {"code": State},
    "stage_limits": {"kind": ClockKind, "limit_unit": TimeUnit},
}
"""What stands in which column of the tables beside the transitions."""


def check_steps(rows: Iterable[Row], duties: Iterable[Row]) -> Iterator[ProfileFinding]:
    """The words of the transitions as they are written, before duties become posts."""
    given = {row["duty"] for row in duties}
    for row in rows:
        yield from _strange(row, "posts", [p for p in parts(row["posts"]) if p[0] != "@"], Post)
        for duty in (part[1:] for part in parts(row["posts"]) if part[0] == "@"):
            if duty not in given:
                yield ProfileFault(
                    "{file}, row {row}, {field}: the duty {duty} is given to nobody; "
                    "name its posts in the profile's duties.",
                    **at(row, "posts"),
                    duty=duty,
                )
        froms = [one for one in parts(row["from_state"]) if one != ALL_OPEN]
        yield from _strange(row, "from_state", froms, State)
        if row["operation"].startswith("-"):
            continue
        tos = [] if row["to_state"] == SAME else [row["to_state"]]
        yield from _strange(row, "to_state", tos, State)
        yield from _strange(row, "needs", parts(row["needs"]), Need)
        yield from _strange(row, "takes", parts(row["takes"]), Need)
        yield from _guards(row, "guards")
        yield from _clock_effects(row)
        yield from _face(row)


def check_beside(table: str, rows: Iterable[Row]) -> Iterator[ProfileFinding]:
    """The words of another table."""
    for row in rows:
        for field, words in _WORDS.get(table, {}).items():
            found = [one for one in parts(row[field]) if (field, one) != ("states", ALL_OPEN)]
            yield from _strange(row, field, found, words)
        if table == "twins":
            yield from _guards(row, "guards")
            yield from _guards(row, "own_guards")


def check_duties(duties: Iterable[Row], rows: Iterable[Row]) -> Iterator[ProfileFinding]:
    """Duties that no step asks for, or that are given to no post."""
    asked = {part[1:] for row in rows for part in parts(row["posts"]) if part[0] == "@"}
    for row in duties:
        if row["duty"] not in asked:
            yield ProfileFault(
                "{file}, row {row}, {field}: no step asks for the duty {duty}; "
                "correct its name or take it out.",
                **at(row, "duty"),
                duty=row["duty"],
            )
        elif not parts(row["posts"]):
            yield ProfileDoubt(
                "{file}, row {row}, {field}: the duty {duty} has no post, so its steps are left "
                "out.",
                **at(row, "posts"),
                duty=row["duty"],
            )


def _strange(
    row: Row, field: str, found: Iterable[str], words: type[StrEnum]
) -> Iterator[ProfileFault]:
    known = {str(word) for word in words}
    for text in found:
        if text not in known:
            yield _unknown(row, field, text, words)


def _unknown(row: Row, field: str, text: str, known: Iterable[object]) -> ProfileFault:
    return ProfileFault(
        "{file}, row {row}, {field}: {text} is not known; write one of {known}.",
        **at(row, field),
        text=text or "—",
        known=listed(str(word) or "—" for word in known),
    )


def _guards(row: Row, field: str) -> Iterator[ProfileFault]:
    for text in parts(row[field]):
        name, _, argument = text.partition(":")
        if name not in guards.GUARDS:
            yield _unknown(row, field, text, sorted(guards.GUARDS))
        elif name in _STATE_GUARDS and argument not in set(State):
            yield _unknown(row, field, text, (f"{name}:{state}" for state in State))


def _clock_effects(row: Row) -> Iterator[ProfileFault]:
    for text in row["clock_effects"].split():
        action, _, kind = text.partition(":")
        if action not in set(ClockAction):
            yield _unknown(row, "clock_effects", text, ClockAction)
        if kind != OPEN_CLOCKS and kind not in set(ClockKind):
            yield _unknown(row, "clock_effects", text, (*ClockKind, OPEN_CLOCKS))


def _face(row: Row) -> Iterator[ProfileFault]:
    """What the button shows: a Chinese name, a tone, a key of one letter or none."""
    if row["name"].isascii():
        yield ProfileFault(
            "{file}, row {row}, {field}: {operation} has no Chinese name; write what stands on its "
            "button.",
            **at(row, "name"),
            operation=row["operation"] or "—",
        )
    if row["tone"] not in TONES:
        yield _unknown(row, "tone", row["tone"], TONES)
    if row["photo_usage"] not in PHOTO_USAGES:
        yield _unknown(row, "photo_usage", row["photo_usage"], PHOTO_USAGES)
    if row["key"] and not (len(row["key"]) == 1 and "A" <= row["key"] <= "Z"):
        yield ProfileFault(
            "{file}, row {row}, {field}: {text} cannot be a key; write one capital letter or "
            "nothing.",
            **at(row, "key"),
            text=row["key"],
        )
