"""The clocks of a case: the main and the side ones, when its life ended, when it will be due."""

from dataclasses import replace
from datetime import datetime

from workflow import clocks
from workflow.calendar import WorkCalendar
from workflow.case import SIDE_CLOCKS, Case
from workflow.case_file import CaseFile
from workflow.clock import Clock


def main_clocks(case: Case) -> tuple[Clock, ...]:
    """Those that follow one another, in the order in which they were started."""
    return tuple(clock for clock in case.clocks if clock.kind not in SIDE_CLOCKS)


def side_clocks(case: Case) -> tuple[Clock, ...]:
    """Those that run beside them: 签收, 协办, 督办回复, 回访."""
    return tuple(clock for clock in case.clocks if clock.kind in SIDE_CLOCKS)


def case_end(case: Case, now: datetime) -> datetime:
    """When the case ended, by its last main clock; now while it goes on."""
    if not case.state.is_ended:
        return now
    return max((c.stopped_at for c in main_clocks(case) if c.stopped_at is not None), default=now)


def in_force(file: CaseFile) -> WorkCalendar:
    """The newest calendar of a file: on it is counted whatever moves a deadline from now on."""
    return file.calendars[max(file.calendars)]


def prospect(case: Case, clock: Clock, calendar: WorkCalendar, now: datetime) -> Clock:
    """The clock as it will be when a suspension ends on its review date; else the clock itself.

    Args:
        calendar: the one in force.
    """
    until = case.suspended_until
    if not clock.is_paused or until is None or until <= now:
        return clock
    taken_over = replace(clock, calendar_version=calendar.version)
    return clocks.resume(taken_over, calendar, until)


def with_calendar(file: CaseFile, calendar: WorkCalendar) -> CaseFile:
    """The file with the calendar in force beside those that its clocks run on."""
    return replace(file, calendars={calendar.version: calendar, **file.calendars})
