"""What another version of the working calendar does to the deadlines of open cases."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from workflow import clocks
from workflow.calendar import CHINA_STANDARD_TIME, WorkCalendar
from workflow.case import Case
from workflow.clocks import Clock, ClockKind
from workflow.ids import CaseId
from workflow.instants import readable

CalendarOf = Callable[[int], WorkCalendar]
"""The calendar of a version. Raises NotFound."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineChange:
    """One open clock that a calendar moves, or makes certain or uncertain.

    Attributes:
        old_due, new_due: before and after; the same where only the warning (80 %) moves or where
            only a holiday notice came or went.
        was_provisional, is_provisional: whether a year from start to due has no holiday notice.
    """

    case_id: CaseId
    number: str
    kind: ClockKind
    round: int
    old_due: datetime
    new_due: datetime
    was_provisional: bool
    is_provisional: bool

    @property
    def moves(self) -> bool:
        """Whether the deadline itself is another one."""
        return self.old_due != self.new_due


def changes_of(case: Case, calendar: WorkCalendar, old: CalendarOf) -> Iterator[DeadlineChange]:
    """What the calendar changes in the open clocks of a case that run on another version.

    Args:
        old: the calendar of each version that a clock may run on.

    Raises:
        NotFound: a clock's version of the calendar is missing.
    """
    for clock in case.clocks:
        change = change_of(case.id, case.number, clock, calendar, old)
        if change is not None:
            yield change


def change_of(
    case_id: CaseId, number: str, clock: Clock, calendar: WorkCalendar, old: CalendarOf
) -> DeadlineChange | None:
    """What the calendar changes in one clock of a case; None where it changes nothing."""
    if clock.stopped_at is not None or clock.calendar_version == calendar.version:
        return None
    counted = clocks.recount(clock, calendar)
    was = clocks.is_provisional(clock, old(clock.calendar_version))
    becomes = clocks.is_provisional(counted, calendar)
    if (clock.due_at, clock.warn_at, was) == (counted.due_at, counted.warn_at, becomes):
        return None
    return DeadlineChange(
        case_id=case_id,
        number=number,
        kind=clock.kind,
        round=clock.round,
        old_due=clock.due_at,
        new_due=counted.due_at,
        was_provisional=was,
        is_provisional=becomes,
    )


def changes(
    cases: Iterable[Case], calendar: WorkCalendar, old: CalendarOf
) -> tuple[DeadlineChange, ...]:
    """What the calendar changes in these cases, in their order."""
    return tuple(change for case in cases for change in changes_of(case, calendar, old))


def first_difference(old: WorkCalendar, new: WorkCalendar) -> datetime | None:
    """The instant before which the two count alike; a clock due before it keeps its deadline.

    None where they never differ, other than in names.
    """
    if (old.spans, old.weekend) != (new.spans, new.weekend):
        return datetime.min.replace(tzinfo=CHINA_STANDARD_TIME)
    named = {*old.holidays, *old.make_up_days, *new.holidays, *new.make_up_days}
    differing = {day for day in named if old.is_working_day(day) != new.is_working_day(day)}
    differing |= {date(year, 1, 1) for year in old.notice_years ^ new.notice_years}
    if not differing:
        return None
    return datetime.combine(min(differing), time(), CHINA_STANDARD_TIME)


def reason(changed: Iterable[DeadlineChange], version: int) -> str:
    """What a recount says in the process record: every deadline that the version moves."""
    parts = [_said(change) for change in changed]
    return f"工作日历第 {version} 版：{'；'.join(parts)}"


def _said(change: DeadlineChange) -> str:
    clock = change.kind.label
    if change.moves:
        return f"{clock}到期 {readable(change.old_due)} → {readable(change.new_due)}"
    if change.was_provisional != change.is_provisional:
        return (
            f"{clock}到期 {readable(change.new_due)} {'暂定' if change.is_provisional else '确定'}"
        )
    return f"{clock}到期 {readable(change.new_due)} 不变，预警时间改变"
