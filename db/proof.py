"""A case proved from its steps as they are stored: quick, over plain texts, without any objects.

A million steps cannot each become an event, a case and its clocks in seconds. Here the JSON of a
case's steps is folded into the rows that they make, which are then compared with those that are
there. This only tells clean from suspicious: what is wrong, db.verify says with all the care of
workflow.replay.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from hashlib import sha256
from json import JSONDecoder
from json.encoder import encode_basestring
from operator import itemgetter
from typing import Any, Final

from workflow.case import SIDE_CLOCKS, WAITING, Place
from workflow.clock import ClockKind
from workflow.encoding import DEFAULTS, FIELDS, decode, encode
from workflow.errors import WanmiError
from workflow.events import FIRST_HASH, canonical_json
from workflow.states import ENDED

Row = Sequence[Any]
Step = tuple[str, str, str, str, str]
"""Operation, outcome, from, to and post."""

EVENT_COLUMNS: Final = (
    *("case_id", "seq", "at", "person_id", "opinion", "body", "prev_hash", "hash"),
    *("operation", "outcome", "from_state", "to_state", "post"),
)
CLOCK_COLUMNS: Final = (
    *("case_id", "ord", "kind", "round", "limit_amount", "limit_unit", "rule", "calendar_version"),
    *("started_at", "due_at", "warn_at", "pauses", "stopped_at", "cancelled"),
)
PHOTO_COLUMNS: Final = (
    *("case_id", "event_seq", "sha256", "usage", "media_type", "size", "taken_at", "lon", "lat"),
)
TASK_COLUMNS: Final = ("case_id", "round", "department_id", "asked_at", "replied_at")

_PLACE: Final = tuple(field.name for field in fields(Place))
_LIMITS: Final = ("handle_limit", "request_limit")
_PLAIN: Final = tuple(name for name in FIELDS if name not in {"place", "co_tasks", *_LIMITS})
CASE_COLUMNS: Final = (
    *("id", "version", "projected_version", "state", "head_hash", *_PLAIN, *_PLACE, *_LIMITS),
    *("co_tasks", "due_at", "warn_at", "paused", "handle_due_at", "ended"),
)
_plain_of = itemgetter(*_PLAIN)
_place_of = itemgetter(*_PLACE)
_photo_of = itemgetter(*PHOTO_COLUMNS[2:])
_clock_of = itemgetter("rule", "calendar", "started", "due", "warn")

_BEFORE: Final = {
    name: None if DEFAULTS[name] is None else encode(name, DEFAULTS[name]) for name in FIELDS
}
_WORDS: Final = ("kind", "came_from", "ended_from", "holder_post")
"""Fields whose words must be known ones."""

_decoder: Any = JSONDecoder()
_read: Final = _decoder.scan_once
"""Reads one JSON value and says where it ends; a stored body begins and ends with its braces."""

_known: set[tuple[str, str]] = set()
_spelled: dict[Step, tuple[str, str]] = {}
_nothing = object()


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """The rows that a case's steps make, each in the order of its columns above."""

    case: Row
    clocks: Sequence[Row]
    photos: Sequence[Row]
    tasks: Sequence[Row]


def rebuilt(events: Iterable[Row], allowed: frozenset[Step] | None = None) -> Rebuilt | None:
    """The rows of one case from all its steps in order; None where anything looks wrong.

    Numbers without a gap, each step chained to the one before, its hash that of its content, from
    the state that the one before left, and every change from the value that the field had.

    Args:
        allowed: the steps that the rules of the case allow; None to leave that aside.
    """
    try:
        return _rebuilt(events, allowed)
    except (KeyError, TypeError, ValueError, IndexError, StopIteration, WanmiError):
        return None


def _rebuilt(events: Iterable[Row], allowed: frozenset[Step] | None) -> Rebuilt | None:
    held: dict[str, Any] = dict(_BEFORE)
    clocks: dict[tuple[str, int], Mapping[str, Any]] = {}
    photos: list[Row] = []
    link, last, count, case_id = FIRST_HASH, "", 0, 0
    for case_id, seq, at, person, opinion, body, prev, digest, *rest in events:
        step: Step = tuple(rest)
        count += 1
        before, after = _spelled.get(step) or _spelling(step)
        columns = f"[{case_id},{seq},{at},{before}{person}{after}{encode_basestring(opinion)}]"
        if (
            seq != count
            or prev != link
            or step[2] != last
            or sha256(link + (columns + body).encode()).digest() != digest
            or (allowed is not None and step not in allowed)
        ):
            return None
        link, last = digest, step[3]
        written, end = _read(body, 0)
        if end != len(body):
            return None
        for name, (was, now) in written["changes"].items():
            if held.get(name, _nothing) != was and (count > 1 or name not in held):
                return None
            held[name] = now
        for clock in written["clocks"]:
            clocks[clock["kind"], clock["round"]] = clock
        photos += [(case_id, count, *_photo_of(photo)) for photo in written["photos"]]
    if not count or not _is_readable(held):
        return None
    return Rebuilt(
        _case_row(case_id, count, last, link, held, clocks),
        [_clock_row(case_id, ord_, clock) for ord_, clock in enumerate(clocks.values())],
        photos,
        [(case_id, *task) for task in held["co_tasks"]],
    )


def _spelling(step: Step) -> tuple[str, str]:
    """The columns as the hash has them (workflow.events.event_hash), around the person."""
    operation, outcome, from_state, to_state, post = step
    states = canonical_json([operation, outcome, from_state or None, to_state])
    found = _spelled[step] = states[1:-1] + ",", f",{canonical_json(post)},"
    return found


def _is_readable(held: Mapping[str, Any]) -> bool:
    """Every word is one that the program knows, and the place is whole."""
    for name in _WORDS:
        word = held[name]
        if word is not None and (name, word) not in _known:
            decode(name, word)
            _known.add((name, word))
    return len(held["place"]) == len(_PLACE)


def _case_row(
    case_id: int,
    version: int,
    state: str,
    head: bytes,
    held: Mapping[str, Any],
    clocks: Mapping[tuple[str, int], Mapping[str, Any]],
) -> Row:
    tasks = held["co_tasks"]
    return (
        *(case_id, version, version, state, head),
        *_plain_of(held),
        *_place_of(held["place"]),
        *(_in_words(name, held[name]) for name in _LIMITS),
        canonical_json(tasks) if tasks else "[]",
        *_timing(state, clocks),
        state in ENDED,
    )


def _in_words(name: str, limit: Any) -> str | None:
    if limit is None:
        return None
    decode(name, limit)
    return f"{limit[0]} {limit[1]}"


def _timing(
    state: str, clocks: Mapping[tuple[str, int], Mapping[str, Any]]
) -> tuple[int | None, int | None, bool | None, int | None]:
    """Due, warning, paused and the due time of handling, as workflow.case.Timing has them."""
    main = handle = None
    for clock in clocks.values():
        if clock["kind"] == ClockKind.HANDLE:
            handle = clock
        if clock["stopped"] is None and clock["kind"] not in SIDE_CLOCKS and not _stands(clock):
            main = clock
    handle_due = None if handle is None or handle["cancelled"] else handle["due"]
    if state in ENDED:
        return None, None, None, handle_due
    shown = main or handle
    if shown is None:
        return None, None, None, None
    return shown["due"], shown["warn"], state in WAITING, handle_due


def _stands(clock: Mapping[str, Any]) -> bool:
    return bool(clock["pauses"]) and clock["pauses"][-1][1] is None


def _clock_row(case_id: int, ord_: int, clock: Mapping[str, Any]) -> Row:
    pauses = clock["pauses"]
    return (
        *(case_id, ord_, clock["kind"], clock["round"], *clock["limit"], *_clock_of(clock)),
        *(canonical_json(pauses) if pauses else "[]", clock["stopped"], clock["cancelled"]),
    )
