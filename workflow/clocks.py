"""What happens to the clocks of a case: start, pause, resume, stop; and the lamp read off them.

All functions are pure: they take a clock and an instant and answer a new clock, or a figure.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from workflow.calendar import Limit, WorkCalendar, epoch_ms, from_epoch_ms
from workflow.clock import Clock, ClockKind, Lamp, Pause
from workflow.errors import ClockTurnedBack, WanmiError
from workflow.instants import readable

__all__ = [
    "WARN_PERCENT",
    "Clock",
    "ClockKind",
    "InvalidClock",
    "Lamp",
    "Pause",
    "is_overdue",
    "lamp",
    "pause",
    "remaining",
    "resume",
    "share_used",
    "start",
    "stop",
    "used",
]

WARN_PERCENT: Final = 80


class InvalidClock(WanmiError):
    """A step that this clock cannot take now."""


def start(
    kind: ClockKind,
    limit: Limit,
    rule: str,
    calendar: WorkCalendar,
    at: datetime,
    *,
    round_number: int = 1,
) -> Clock:
    """A clock that runs from `at`."""
    begin = from_epoch_ms(epoch_ms(at))
    clock = Clock(
        kind=kind,
        round=round_number,
        limit=limit,
        rule=rule,
        calendar_version=calendar.version,
        started_at=begin,
        due_at=begin,
        warn_at=begin,
    )
    return _with_deadline(clock, calendar)


def pause(clock: Clock, at: datetime, reason: str) -> Clock:
    """The clock standing still from `at`. Raises InvalidClock, ClockTurnedBack."""
    _refuse_stopped(clock)
    if clock.is_paused:
        raise InvalidClock(
            "The {kind} clock cannot be paused: it is paused already since {since}.",
            kind=clock.kind.label,
            since=readable(clock.pauses[-1].start),
        )
    _refuse_backwards(clock, at)
    opened = Pause(from_epoch_ms(epoch_ms(at)), None, reason)
    return replace(clock, pauses=(*clock.pauses, opened))


def resume(clock: Clock, calendar: WorkCalendar, at: datetime) -> Clock:
    """The clock running again with exactly the counted time that was left when it was paused.

    A clock that was overdue before the pause stays due when it was.

    Raises:
        InvalidClock: it is stopped or not paused, or the calendar is another version.
        ClockTurnedBack: `at` lies before the pause.
    """
    _refuse_stopped(clock)
    if not clock.is_paused:
        raise InvalidClock(
            "The {kind} clock cannot be resumed: it is running.", kind=clock.kind.label
        )
    _refuse_backwards(clock, at)
    closed = replace(clock.pauses[-1], end=from_epoch_ms(epoch_ms(at)))
    return _with_deadline(replace(clock, pauses=(*clock.pauses[:-1], closed)), calendar)


def stop(clock: Clock, calendar: WorkCalendar, at: datetime, *, cancelled: bool = False) -> Clock:
    """The clock stopped for good; a pause that is open ends here and does not count.

    Raises:
        InvalidClock: it is stopped already, or the calendar is another version.
        ClockTurnedBack: `at` lies before its last change.
    """
    _refuse_stopped(clock)
    if clock.is_paused:
        clock = resume(clock, calendar, at)
    _refuse_backwards(clock, at)
    return replace(clock, stopped_at=from_epoch_ms(epoch_ms(at)), cancelled=cancelled)


def used(clock: Clock, calendar: WorkCalendar, now: datetime) -> timedelta:
    """The counted time used until `now`, or until it was stopped; nothing before its start."""
    _refuse_other_calendar(clock, calendar)
    total = sum(
        calendar.counted_ms(begin, end, clock.limit.unit)
        for begin, end in _running_stretches(clock, epoch_ms(now))
    )
    return timedelta(milliseconds=total)


def remaining(clock: Clock, calendar: WorkCalendar, now: datetime) -> timedelta:
    """The counted time that is left; negative by how much the clock is overdue."""
    limit = timedelta(milliseconds=calendar.limit_ms(clock.limit))
    return limit - used(clock, calendar, now)


def share_used(clock: Clock, calendar: WorkCalendar, now: datetime) -> float:
    """Used time as a share of the limit; 1 is due. A limit of zero is used up at once: 1."""
    limit = calendar.limit_ms(clock.limit)
    return used(clock, calendar, now) / timedelta(milliseconds=limit) if limit else 1.0


def is_overdue(clock: Clock, now: datetime) -> bool:
    """Whether the limit was exceeded when it stopped or was paused, else whether it is by `now`."""
    if clock.is_paused:
        now = clock.pauses[-1].start
    return (clock.stopped_at or now) > clock.due_at


def lamp(clock: Clock | None, now: datetime) -> Lamp:
    """The lamp of the current clock; a case without a running clock has a grey one."""
    if clock is None or clock.stopped_at is not None:
        return Lamp.GREY
    if clock.is_paused:
        return Lamp.BLUE
    if now > clock.due_at:
        return Lamp.RED
    return Lamp.YELLOW if now >= clock.warn_at else Lamp.GREEN


def _with_deadline(clock: Clock, calendar: WorkCalendar) -> Clock:
    _refuse_other_calendar(clock, calendar)
    limit = calendar.limit_ms(clock.limit)
    due = _reached_at(clock, calendar, limit)
    warn = _reached_at(clock, calendar, -(-limit * WARN_PERCENT // 100))
    return replace(clock, due_at=from_epoch_ms(due), warn_at=from_epoch_ms(warn))


def _reached_at(clock: Clock, calendar: WorkCalendar, counted: int) -> int:
    """The instant at which so much counted time is used, pauses left out."""
    unit, here = clock.limit.unit, epoch_ms(clock.started_at)
    for closed in clock.pauses:
        used_here = calendar.counted_ms(here, epoch_ms(closed.start), unit)
        if used_here >= counted or closed.end is None:
            break
        counted -= used_here
        here = epoch_ms(closed.end)
    return calendar.advance_ms(here, counted, unit)


def _running_stretches(clock: Clock, now: int) -> Iterator[tuple[int, int]]:
    until = now if clock.stopped_at is None else epoch_ms(clock.stopped_at)
    here = epoch_ms(clock.started_at)
    for stretch in clock.pauses:
        yield here, max(here, min(until, epoch_ms(stretch.start)))
        if stretch.end is None:
            return
        here = epoch_ms(stretch.end)
    yield here, max(here, until)


def _refuse_stopped(clock: Clock) -> None:
    if clock.stopped_at is not None:
        raise InvalidClock(
            "The {kind} clock was stopped at {since} and does not run again; start a new one.",
            kind=clock.kind.label,
            since=readable(clock.stopped_at),
        )


def _refuse_backwards(clock: Clock, at: datetime) -> None:
    last = clock.started_at
    if clock.pauses:
        last = clock.pauses[-1].end or clock.pauses[-1].start
    if epoch_ms(at) < epoch_ms(last):
        raise ClockTurnedBack(
            "The {kind} clock cannot be changed at {at}: its last change was at {last}. "
            "Check the machine's clock.",
            kind=clock.kind.label,
            at=readable(at),
            last=readable(last),
        )


def _refuse_other_calendar(clock: Clock, calendar: WorkCalendar) -> None:
    if clock.calendar_version != calendar.version:
        raise InvalidClock(
            "The {kind} clock runs on calendar version {wanted}, not on {given}; "
            "give it the calendar that it was started with.",
            kind=clock.kind.label,
            wanted=clock.calendar_version,
            given=calendar.version,
        )
