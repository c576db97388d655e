"""Our judgement of time against the flag of the file: who agrees, who does not, and why."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from app.importing.foreign_case import ForeignCase
from app.importing.wall_clock import Doubt
from resources.language import translatable
from workflow.case import Case
from workflow.clocks import ClockKind, is_overdue


class Reason(StrEnum):
    """Why a row is not compared, or why the two judgements differ."""

    NO_DEADLINE = "no_deadline"
    NO_FLAG = "no_flag"
    WITHIN_A_MINUTE = "within_a_minute"
    STILL_OPEN = "still_open"
    CLOCK_CHANGE = "clock_change"
    DAY_ONLY = "day_only"
    UNEXPLAINED = "unexplained"

    @property
    def is_no_comparison(self) -> bool:
        """Whether there is nothing to agree on."""
        return self in (Reason.NO_DEADLINE, Reason.NO_FLAG)


EXPLANATIONS = {
    Reason.NO_DEADLINE: translatable("The file gives no deadline, so there is nothing to judge."),
    Reason.NO_FLAG: translatable("The file's own flag is empty or a word of no meaning."),
    Reason.WITHIN_A_MINUTE: translatable(
        "Closed and due within the same minute: the file judges by the minute, we by the second."
    ),
    Reason.STILL_OPEN: translatable(
        "Still open: the file judged when it was drawn, and the mapping's snapshot differs."
    ),
    Reason.CLOCK_CHANGE: translatable(
        "One of the times lies in an hour that a clock change repeats or skips."
    ),
    Reason.DAY_ONLY: translatable(
        "The deadline is a bare date: the file means the end of that day, we its first instant."
    ),
    Reason.UNEXPLAINED: translatable("No reason is known; look at the row."),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Both judgements of one case: on time or overdue.

    Attributes:
        reason: None where they agree.
    """

    foreign: ForeignCase
    theirs: bool | None
    ours: bool | None
    reason: Reason | None


def verdict(foreign: ForeignCase, case: Case, judged_at: datetime) -> Verdict:
    """Hold the file's flag against the case as our engine left it.

    Args:
        judged_at: when an open case is judged: the moment at which the file was drawn.
    """
    theirs, ours = foreign.on_time, case.handle_on_time
    if ours is None:
        clock = case.newest_clock(ClockKind.HANDLE)
        ours = clock is not None and not is_overdue(clock, judged_at)
    if foreign.times.deadline is None:
        return Verdict(foreign, theirs, None, Reason.NO_DEADLINE)
    if theirs is None:
        return Verdict(foreign, None, ours, Reason.NO_FLAG)
    if theirs is ours:
        return Verdict(foreign, theirs, ours, None)
    return Verdict(foreign, theirs, ours, _why(foreign))


def _why(foreign: ForeignCase) -> Reason:
    times = foreign.times
    deadline, closed = times.deadline, times.closed
    assert deadline is not None
    if closed is None:
        return Reason.STILL_OPEN
    if any(one.doubt is not Doubt.NONE for one in (times.opened, deadline, closed)):
        return Reason.CLOCK_CHANGE
    if abs(closed.at - deadline.at) < timedelta(minutes=1):
        return Reason.WITHIN_A_MINUTE
    bare = deadline.written.time() == time(0)
    if bare and closed.written.date() == deadline.written.date():
        return Reason.DAY_ONLY
    return Reason.UNEXPLAINED
