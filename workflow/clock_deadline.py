"""How a clock's deadline follows from its start, limit and pauses; and what a clock refuses."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from workflow.calendar import WorkCalendar, epoch_ms, from_epoch_ms
from workflow.clock import Clock
from workflow.errors import ClockTurnedBack, WanmiError
from workflow.instants import readable

WARN_PERCENT: Final = 80


class InvalidClock(WanmiError):
    """A step that this clock cannot take now."""


def with_deadline(clock: Clock, calendar: WorkCalendar) -> Clock:
    """The clock with due and warning times counted anew from its start, limit and pauses.

    Raises:
        InvalidClock: the calendar is another version.
    """
    refuse_other_calendar(clock, calendar)
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


def running_stretches(clock: Clock, now: int) -> Iterator[tuple[int, int]]:
    """Where it ran until `now`, or its stop if earlier, without pauses; epoch milliseconds."""
    until = now if clock.stopped_at is None else min(now, epoch_ms(clock.stopped_at))
    here = epoch_ms(clock.started_at)
    for stretch in clock.pauses:
        yield here, max(here, min(until, epoch_ms(stretch.start)))
        if stretch.end is None:
            return
        here = epoch_ms(stretch.end)
    yield here, max(here, until)


def refuse_stopped(clock: Clock) -> None:
    """Raises InvalidClock if the clock was stopped."""
    if clock.stopped_at is not None:
        raise InvalidClock(
            "The {kind} clock was stopped at {since} and does not run; "
            "reopen it or start a new one.",
            kind=clock.kind.label,
            since=readable(clock.stopped_at),
        )


def refuse_backwards(clock: Clock, at: datetime) -> None:
    """Raises ClockTurnedBack if `at` lies before the clock's last change."""
    last = clock.started_at
    if clock.pauses:
        last = clock.pauses[-1].end or clock.pauses[-1].start
    if clock.stopped_at is not None:
        last = clock.stopped_at
    if epoch_ms(at) < epoch_ms(last):
        raise ClockTurnedBack(
            "The {kind} clock cannot be changed at {at}: its last change was at {last}. "
            "Check the machine's clock.",
            kind=clock.kind.label,
            at=readable(at),
            last=readable(last),
        )


def refuse_other_calendar(clock: Clock, calendar: WorkCalendar) -> None:
    """Raises InvalidClock if the clock runs on another version of the calendar."""
    if clock.calendar_version != calendar.version:
        raise InvalidClock(
            "The {kind} clock runs on calendar version {wanted}, not on {given}; "
            "give it the calendar that it was started with.",
            kind=clock.kind.label,
            wanted=clock.calendar_version,
            given=calendar.version,
        )
