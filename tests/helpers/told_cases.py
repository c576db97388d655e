"""Lives that the explained deadline must tell right: short, long, paused, extended, reworked."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.helpers.case_walk import CaseWalk
from tests.helpers.trade import DISPATCHER, LIGHTS, OTHER_DEPARTMENT, ROADS
from tests.helpers.walked_file import walked_file
from workflow.case_file import CaseFile
from workflow.commands import Move
from workflow.instants import CHINA_STANDARD_TIME
from workflow.limits import Limit, TimeUnit

FOUR_HOURS = Limit(4, TimeUnit.WORK_HOUR)


@dataclass(frozen=True, slots=True)
class Told:
    """A case with the instant at which it is looked at."""

    file: CaseFile
    now: datetime


def at(text: str) -> datetime:
    """An instant in China Standard Time: "2026-11-20 09:12:05"."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA_STANDARD_TIME)


def fresh() -> Told:
    """Reported two minutes ago."""
    walk = CaseWalk(now=at("2026-11-20 09:12:05"))
    return Told(walked_file(walk), walk.now + timedelta(minutes=2, seconds=3))


def handled(start: str, limit: Limit | None = None) -> CaseWalk:
    """In the hands of the lights' department a quarter of an hour after its report."""
    walk = CaseWalk(now=at(start)).do("accept", after=3.1).do("file", after=6)
    own = Move(operation="dispatch", department_id=LIGHTS, opinion="工程", limit=limit)
    return walk.do("dispatch", after=4.4, move=own if limit else None).do("sign", after=12)


def over_a_weekend() -> Told:
    """Dispatched on a Friday afternoon with four hours, overdue on Monday morning."""
    return Told(walked_file(handled("2026-11-20 14:30:00")), at("2026-11-23 11:20:17"))


def extended() -> Told:
    """Verified, sent to the wrong department, sent on with a helper, extended by four hours."""
    walk = CaseWalk(now=at("2026-11-18 09:05:00")).do("accept", after=4)
    walk.do("sendVerify", after=3.1).do("replyVerify:true", after=28.1)
    walk.do("file", after=5).do("dispatch", after=6).do("refuseSign", after=35)
    walk.do("returnAudit:agreed", after=15)
    onward = Move(operation="dispatch", department_id=ROADS, co_department_ids=(LIGHTS,))
    walk.do("dispatch", after=9, move=onward).do("sign", after=20, seat=OTHER_DEPARTMENT)
    ask = Move(operation="askExtension", opinion="需路面开挖", limit=FOUR_HOURS)
    walk.do("askExtension", after=40, seat=OTHER_DEPARTMENT, move=ask)
    walk.do("auditExtension:approved", after=12, seat=DISPATCHER)
    return Told(walked_file(walk), at("2026-11-19 09:40:08"))


def suspended() -> Told:
    """Suspended in September until the end of December, looked at in November."""
    walk = handled("2026-09-24 15:05:00")
    until = at("2026-12-28 08:00:00")
    walk.do("askSuspend", after=30, move=Move(operation="askSuspend", opinion="汛期", until=until))
    walk.do("auditSuspend:approved", after=15)
    return Told(walked_file(walk), at("2026-11-23 10:42:00"))


def reworked() -> Told:
    """Checked as not handled, reworked, closed the day after."""
    walk = handled("2026-11-16 08:50:00").do("feedback", after=290)
    walk.do("passFeedback", after=12).do("sendCheck", after=9).do("replyCheck:undone", after=44)
    walk.do("rework", after=7).do("feedback", after=22 * 60).do("passFeedback", after=8)
    walk.do("sendCheck", after=6).do("replyCheck:done", after=35).do("close", after=11)
    return Told(walked_file(walk), at("2026-11-20 09:00:00"))


def reworked_often() -> Told:
    """Five reworks before it was closed: two dozen turns of a few minutes."""
    walk = handled("2026-11-16 08:50:00").do("feedback", after=90)
    for minutes in (25, 480, 30, 95, 61):
        walk.do("passFeedback", after=4).do("sendCheck", after=3)
        walk.do("replyCheck:undone", after=21).do("rework", after=5).do("feedback", after=minutes)
    walk.do("passFeedback", after=4).do("sendCheck", after=3).do("replyCheck:done", after=12)
    return Told(walked_file(walk.do("close", after=2)), at("2026-11-20 09:00:00"))


def forgotten() -> Told:
    """Handled since March with fifteen work days, never fed back, looked at in November."""
    limit = Limit(15, TimeUnit.WORK_DAY)
    return Told(walked_file(handled("2026-03-02 09:00:00", limit)), at("2026-11-20 09:00:00"))


def across_the_year() -> Told:
    """Due in a year whose holidays nobody has announced yet."""
    limit = Limit(5, TimeUnit.WORK_DAY)
    return Told(walked_file(handled("2026-12-29 09:00:00", limit)), at("2026-12-30 10:00:00"))


ALL = (
    fresh,
    over_a_weekend,
    extended,
    suspended,
    reworked,
    reworked_often,
    forgotten,
    across_the_year,
)
