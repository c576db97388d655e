"""What happens to the clocks of a case: started, paused, stopped, extended; and the lamp read off.

All functions are pure: they take a clock and an instant and answer a new clock, or a figure.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from workflow.calendar import Limit, WorkCalendar, epoch_ms, from_epoch_ms
from workflow.clock import Clock, ClockKind, Lamp, Pause
from workflow.clock_deadline import (
    WARN_PERCENT,
    InvalidClock,
    refuse_backwards,
    refuse_other_calendar,
    refuse_stopped,
    running_stretches,
    with_deadline,
)
from workflow.instants import readable

__all__ = [
    "WARN_PERCENT",
    "Clock",
    "ClockKind",
    "InvalidClock",
    "Lamp",
    "Pause",
    "bundled",
    "extend",
    "is_overdue",
    "is_provisional",
    "lamp",
    "pause",
    "recount",
    "remaining",
    "reopen",
    "resume",
    "share_used",
    "start",
    "stop",
    "used",
]


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
    return with_deadline(clock, calendar)


def pause(clock: Clock, at: datetime, reason: str) -> Clock:
    """The clock standing still from `at`. Raises InvalidClock, ClockTurnedBack."""
    refuse_stopped(clock)
    if clock.is_paused:
        raise InvalidClock(
            "The {kind} clock cannot be paused: it is paused already since {since}.",
            kind=clock.kind.label,
            since=readable(clock.pauses[-1].start),
        )
    refuse_backwards(clock, at)
    opened = Pause(from_epoch_ms(epoch_ms(at)), None, reason)
    return replace(clock, pauses=(*clock.pauses, opened))


def resume(clock: Clock, calendar: WorkCalendar, at: datetime) -> Clock:
    """The clock running again with exactly the counted time that was left when it was paused.

    A clock that was overdue before the pause stays due when it was. `at` may lie before now, as
    when the review date of a suspended case (挂账) passed while no desk was running.

    Raises:
        InvalidClock: it is stopped or not paused, or the calendar is another version.
        ClockTurnedBack: `at` lies before the pause.
    """
    refuse_stopped(clock)
    if not clock.is_paused:
        raise InvalidClock(
            "The {kind} clock cannot be resumed: it is running.", kind=clock.kind.label
        )
    refuse_backwards(clock, at)
    closed = replace(clock.pauses[-1], end=from_epoch_ms(epoch_ms(at)))
    return with_deadline(replace(clock, pauses=(*clock.pauses[:-1], closed)), calendar)


def stop(clock: Clock, calendar: WorkCalendar, at: datetime, *, cancelled: bool = False) -> Clock:
    """The clock stopped for good; a pause that is open ends here and does not count.

    Raises:
        InvalidClock: it is stopped already, or the calendar is another version.
        ClockTurnedBack: `at` lies before its last change.
    """
    refuse_stopped(clock)
    if clock.is_paused:
        clock = resume(clock, calendar, at)
    refuse_backwards(clock, at)
    return replace(clock, stopped_at=from_epoch_ms(epoch_ms(at)), cancelled=cancelled)


def reopen(clock: Clock, calendar: WorkCalendar, at: datetime, reason: str) -> Clock:
    """A stopped or cancelled clock running again with exactly the counted time that was left.

    What lies between its stop and `at` becomes a pause for that reason. A clock that was overdue
    when it stopped stays due when it was. A calendar of another version, published since the stop,
    is taken over: it counts the clock's past anew too.

    Raises:
        InvalidClock: it was not stopped.
        ClockTurnedBack: `at` lies before the stop.
    """
    if clock.stopped_at is None:
        raise InvalidClock(
            "The {kind} clock cannot be reopened: it was not stopped.", kind=clock.kind.label
        )
    refuse_backwards(clock, at)
    stood = Pause(clock.stopped_at, from_epoch_ms(epoch_ms(at)), reason)
    pauses = (*clock.pauses, stood)
    open_again = replace(clock, pauses=pauses, stopped_at=None, cancelled=False)
    return recount(open_again, calendar)


def extend(clock: Clock, by: Limit, calendar: WorkCalendar, rule: str) -> Clock:
    """The clock with a limit longer by so much: its due time moves on from where it is.

    Whether it may be extended (never after the deadline, so many times) is for the guards to say.

    Args:
        rule: where the longer limit comes from, in words for the operator.

    Raises:
        InvalidClock: it is stopped, the unit differs, or the calendar is another version.
        InvalidLimit: the sum is too long for a limit.
    """
    refuse_stopped(clock)
    unit = clock.limit.unit
    if by.unit is not unit:
        raise InvalidClock(
            "The {kind} clock cannot be extended by {by}: its limit is {limit}; "
            "give the extension in {unit}.",
            kind=clock.kind.label,
            by=str(by),
            limit=str(clock.limit),
            unit=unit.label,
        )
    limit = Limit(clock.limit.amount + by.amount, unit)
    return with_deadline(replace(clock, limit=limit, rule=rule), calendar)


def bundled(kind: ClockKind, clock: Clock, at: datetime, round_number: int) -> Clock:
    """A clock of another kind that shares the deadline of an open one (捆绑计时).

    Limit, start, due and warning times and pauses are those of the clock that it is bundled to;
    from here on each is stopped for itself.

    Args:
        at: when the two are bundled.

    Raises:
        InvalidClock: the clock is stopped, or of that kind itself.
        ClockTurnedBack: `at` lies before the clock's last change.
    """
    refuse_stopped(clock)
    refuse_backwards(clock, at)
    if kind is clock.kind:
        raise InvalidClock(
            "The {kind} clock cannot be bundled with itself; choose another kind.",
            kind=kind.label,
        )
    rule = f"与{clock.kind.label}捆绑计时：{clock.rule}"
    return replace(clock, kind=kind, round=round_number, rule=rule)


def recount(clock: Clock, calendar: WorkCalendar) -> Clock:
    """The open clock on another version of the calendar, due and warning times counted anew.

    A stopped clock keeps its figures, until it is reopened. Raises InvalidClock if stopped.
    """
    refuse_stopped(clock)
    return with_deadline(replace(clock, calendar_version=calendar.version), calendar)


def used(clock: Clock, calendar: WorkCalendar, now: datetime) -> timedelta:
    """The counted time used until `now` or its stop, the earlier one; nothing before its start."""
    refuse_other_calendar(clock, calendar)
    total = sum(
        calendar.counted_ms(begin, end, clock.limit.unit)
        for begin, end in running_stretches(clock, epoch_ms(now))
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


def is_provisional(clock: Clock, calendar: WorkCalendar) -> bool:
    """Whether a holiday notice that is still to come may move the deadline.

    A limit that runs round the clock does not care for holidays.
    """
    return clock.limit.unit.is_working and calendar.is_provisional(clock.started_at, clock.due_at)


def lamp(clock: Clock | None, now: datetime) -> Lamp:
    """The lamp of the current clock; a case without a running clock has a grey one."""
    if clock is None or clock.stopped_at is not None:
        return Lamp.GREY
    if clock.is_paused:
        return Lamp.BLUE
    if now > clock.due_at:
        return Lamp.RED
    return Lamp.YELLOW if now >= clock.warn_at else Lamp.GREEN
