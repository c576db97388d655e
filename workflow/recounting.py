"""What another version of the working calendar does to the deadlines of open cases."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from workflow import clocks
from workflow.calendar import WorkCalendar
from workflow.case import Case
from workflow.clocks import Clock, ClockKind
from workflow.ids import CaseId

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
        if clock.stopped_at is not None or clock.calendar_version == calendar.version:
            continue
        counted = clocks.recount(clock, calendar)
        was = _is_provisional(clock, old(clock.calendar_version))
        becomes = _is_provisional(counted, calendar)
        kept = (clock.due_at, clock.warn_at, was) == (counted.due_at, counted.warn_at, becomes)
        if not kept:
            yield DeadlineChange(
                case_id=case.id,
                number=case.number,
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


def _is_provisional(clock: Clock, calendar: WorkCalendar) -> bool:
    """A limit counted round the clock never is: holidays do not move it."""
    return clock.limit.unit.is_working and calendar.is_provisional(clock.started_at, clock.due_at)
