"""How the fields of a case are written in its events: JSON-ready values, and back.

Every field of Case that a step can change stands in FIELDS. Identity, version, state, clocks and
head hash do not: the event has columns of its own for them.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, asdict, fields
from datetime import datetime
from typing import Any, NamedTuple

from workflow.case import Case, CaseKind, CoTask, Photo, PhotoUsage, Place
from workflow.instants import epoch_ms, from_epoch_ms
from workflow.limits import Limit, TimeUnit
from workflow.posts import Post
from workflow.states import State


class Codec(NamedTuple):
    """Both directions of one type; None stands for itself and never comes here."""

    encode: Callable[[Any], Any]
    decode: Callable[[Any], Any]


def _same(value: Any) -> Any:
    return value


def _limit(written: list[Any]) -> Limit:
    amount, unit = written
    return Limit(amount, TimeUnit(unit))


def _co_tasks(tasks: tuple[CoTask, ...]) -> list[list[Any]]:
    return [
        [task.round, task.department_id, epoch_ms(task.asked_at), _ms(task.replied_at)]
        for task in tasks
    ]


def _co_tasks_from(written: list[list[Any]]) -> tuple[CoTask, ...]:
    return tuple(
        CoTask(round_, department, from_epoch_ms(asked), replied and from_epoch_ms(replied))
        for round_, department, asked, replied in written
    )


def _ms(instant: datetime | None) -> int | None:
    return None if instant is None else epoch_ms(instant)


_PLAIN = Codec(_same, _same)
_LIMIT = Codec(lambda limit: [limit.amount, limit.unit.value], _limit)
_INSTANT = Codec(epoch_ms, from_epoch_ms)
_TYPED = {
    "came_from": Codec(str, State),
    "ended_from": Codec(str, State),
    "kind": Codec(str, CaseKind),
    "holder_post": Codec(str, Post),
    "place": Codec(asdict, lambda written: Place(**written)),
    "handle_limit": _LIMIT,
    "request_limit": _LIMIT,
    "request_until": _INSTANT,
    "suspended_until": _INSTANT,
    "extended_at": _INSTANT,
    "co_tasks": Codec(_co_tasks, _co_tasks_from),
    "reported_at": _INSTANT,
    "filed_at": _INSTANT,
    "dispatched_at": _INSTANT,
    "fed_back_at": _INSTANT,
    "closed_at": _INSTANT,
}
_IN_COLUMNS = frozenset({"id", "version", "state", "clocks", "head_hash"})

FIELDS: Mapping[str, Codec] = {
    field.name: _TYPED.get(field.name, _PLAIN)
    for field in fields(Case)
    if field.name not in _IN_COLUMNS
}
DEFAULTS: Mapping[str, Any] = {
    field.name: None if field.default is MISSING else field.default for field in fields(Case)
}


def encode(name: str, value: Any) -> Any:
    """The JSON-ready form of a field's value."""
    return None if value is None else FIELDS[name].encode(value)


def decode(name: str, written: Any) -> Any:
    """The value that `encode` wrote."""
    return None if written is None else FIELDS[name].decode(written)


def encode_photo(photo: Photo, usage: str) -> dict[str, Any]:
    """A photo as an event carries it; its usage is what the step's row says."""
    return {
        "sha256": photo.sha256,
        "usage": usage,
        "media_type": photo.media_type,
        "size": photo.size,
        "taken_at": _ms(photo.taken_at),
        "lon": photo.lon,
        "lat": photo.lat,
    }


def decode_photo(written: Mapping[str, Any]) -> Photo:
    """The photo that `encode_photo` wrote."""
    taken_at: datetime | None = None
    if written["taken_at"] is not None:
        taken_at = from_epoch_ms(written["taken_at"])
    return Photo(**{**written, "taken_at": taken_at, "usage": PhotoUsage(written["usage"])})
