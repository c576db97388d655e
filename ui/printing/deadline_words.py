"""The deadlines of a case in words: limit, rule and its source, start, due, used, outcome."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from resources.language import tr
from ui.case_form.wording import duration, full_moment
from workflow.calendar import WorkCalendar
from workflow.clock import Clock
from workflow.clocks import InvalidClock, is_overdue, share_used, used


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One clock of the case.

    Attributes:
        name: what is timed, with its round where there was more than one.
        rule: where the limit comes from.
        span: from when until when it was due.
        used: the counted time used of the limit.
        outcome: kept, overdue by how much, running, paused, or no longer owed.
        notes: a line for each pause with its reason.
    """

    name: str
    limit: str
    rule: str
    span: str
    used: str
    outcome: str
    overdue: bool
    notes: tuple[str, ...]


def clock_lines(
    clocks: Sequence[Clock], calendar: WorkCalendar, now: datetime
) -> Iterator[ClockLine]:
    """A line for each clock, in the order in which they were started."""
    for clock in clocks:
        is_late = not clock.cancelled and is_overdue(clock, now)
        yield ClockLine(
            name=clock.kind.label
            if clock.round == 1
            else tr("{clock}, round {n}", clock=clock.kind.label, n=clock.round),
            limit=str(clock.limit),
            rule=clock.rule,
            span=tr(
                "from {start}\ndue {due}",
                start=full_moment(clock.started_at),
                due=full_moment(clock.due_at),
            ),
            used=_used(clock, calendar, now),
            outcome=_outcome(clock, now, is_late),
            overdue=is_late,
            notes=tuple(_pauses(clock)),
        )


def _used(clock: Clock, calendar: WorkCalendar, now: datetime) -> str:
    """Counted time; a clock of another version of the calendar does not say."""
    try:
        spent = used(clock, calendar, now)
    except InvalidClock:
        return "—"
    hours, minutes = divmod(int(spent / timedelta(minutes=1)), 60)
    words = tr("{h} h {m} min", h=hours, m=minutes) if hours else tr("{m} min", m=minutes)
    return f"{words}\n{share_used(clock, calendar, now):.0%}"


def _outcome(clock: Clock, now: datetime, is_late: bool) -> str:
    if clock.cancelled:
        return tr("fell away")
    if is_late:
        late = ((clock.stopped_at or now) - clock.due_at).total_seconds()
        return tr("overdue by {time}", time=duration(late))
    if clock.stopped_at is not None:
        return tr("kept\n{time}", time=full_moment(clock.stopped_at))
    return tr("Paused") if clock.is_paused else tr("running")


def _pauses(clock: Clock) -> Iterator[str]:
    for pause in clock.pauses:
        until = full_moment(pause.end) if pause.end else "…"
        yield tr(
            "Paused {start} to {end}: {reason}",
            start=full_moment(pause.start),
            end=until,
            reason=pause.reason,
        )
