"""What moved the deadlines of a case, read out of its events: extensions and new calendars."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from workflow.clock import Clock, ClockKind
from workflow.events import CaseEvent
from workflow.limits import Limit
from workflow.tenures import NameBook


@dataclass(frozen=True, slots=True, kw_only=True)
class DueMove:
    """A deadline moved by hand or by a calendar; pauses move it too, but explain themselves.

    Attributes:
        by: how much longer the limit became; None where another version of the calendar was
            taken over.
        calendar_version: the version that holds from then on.
        person_name, post_name: who did the step that moved it.
    """

    at: datetime
    kind: ClockKind
    round: int
    before: datetime
    after: datetime
    by: Limit | None
    calendar_version: int
    person_name: str
    post_name: str


def due_moves(events: Iterable[CaseEvent], names: NameBook) -> tuple[DueMove, ...]:
    """Every move, oldest first; `events` are all events of a case in order."""
    return tuple(_moves(events, names))


def _moves(events: Iterable[CaseEvent], names: NameBook) -> Iterator[DueMove]:
    held: dict[tuple[ClockKind, int], Clock] = {}
    for event in events:
        for written in event.clocks:
            new = Clock.from_dict(written)
            old = held.get((new.kind, new.round))
            held[new.kind, new.round] = new
            if old is None or not _is_move(old, new):
                continue
            yield DueMove(
                at=event.at,
                kind=new.kind,
                round=new.round,
                before=old.due_at,
                after=new.due_at,
                by=_longer(old.limit, new.limit),
                calendar_version=new.calendar_version,
                person_name=names.people.get(event.person_id, ""),
                post_name=names.posts.get(event.post, event.post),
            )


def _is_move(old: Clock, new: Clock) -> bool:
    return old.limit != new.limit or (
        old.calendar_version != new.calendar_version and old.due_at != new.due_at
    )


def _longer(old: Limit, new: Limit) -> Limit | None:
    if old.unit is not new.unit or new.amount <= old.amount:
        return None
    return Limit(new.amount - old.amount, new.unit)
