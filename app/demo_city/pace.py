"""How long people take for each step of a synthetic case, by the working calendar."""

from random import Random

from app.demo_city.paths import Turn
from workflow.calendar import WorkCalendar
from workflow.case import Case
from workflow.clock import Clock, ClockKind
from workflow.instants import epoch_ms
from workflow.limits import Limit, TimeUnit

MINUTE = 60_000
MINUTES = {
    "sendVerify": (1, 8),
    "replyVerify": (9, 27),
    "accept": (1, 11),
    "reject": (2, 12),
    "fileBack": (2, 10),
    "file": (1, 11),
    "dispatch": (1, 11),
    "dispatchBack": (2, 11),
    "returnAudit": (3, 13),
    "sendCheck": (1, 11),
    "replyCheck": (8, 26),
    "close": (2, 24),
}
"""Between a step and the one before it, for what is done at once, at any hour."""
LATE = {"replyVerify": (31, 75), "replyCheck": (31, 80), "accept": (16, 40), "dispatch": (16, 45)}
LATE_SHARE = {"replyVerify": 0.08, "replyCheck": 0.06, "accept": 0.03, "dispatch": 0.03}
WORKING_MINUTES = {"sign": (4, 50), "refuseSign": (6, 55), "passFeedback": (5, 70)}
"""The same, of working time."""
REWORK_MINUTES = (5, 60)
OVERDUE_SHARE = 0.07
"""Of the cases that are handled; their departments take up to two and a half times the limit."""


def when(case: Case, turn: Turn, last: int, calendar: WorkCalendar, rng: Random) -> int:
    """Epoch milliseconds at which the next step of a case is taken; `last` is the one before."""
    operation = turn.operation
    if operation in WORKING_MINUTES and not _is_urgent(case, operation):
        taken = _some(WORKING_MINUTES[operation], rng)
        return calendar.advance_ms(last, taken, TimeUnit.WORK_HOUR)
    if operation in ("feedback", "handleDone"):
        return _handled(case, operation, last, calendar, rng)
    if operation in ("rework", "deptRework"):
        taken = _some(REWORK_MINUTES, rng)
        return calendar.advance_ms(last, taken, TimeUnit.WORK_HOUR)
    if rng.random() < LATE_SHARE.get(operation, 0):
        return last + _some(LATE[operation], rng)
    return last + _some(MINUTES.get(operation, (3, 20)), rng)


def started_for_share(limit: Limit, share: float, now: int, calendar: WorkCalendar) -> int:
    """When a clock must have started for this share of its limit to be used now."""
    wanted = int(calendar.limit_ms(limit) * share)
    # Far enough back for the longest limit, with a holiday week in it.
    early, late = now - 60 * 24 * 60 * MINUTE - 4 * wanted, now
    while late - early > 1:
        middle = (early + late) // 2
        if calendar.counted_ms(middle, now, limit.unit) >= wanted:
            early = middle
        else:
            late = middle
    return early


def _handled(case: Case, operation: str, last: int, calendar: WorkCalendar, rng: Random) -> int:
    clock = _handle_clock(case)
    share = rng.betavariate(2.2, 2.4) * 0.92 + 0.05
    if rng.random() < OVERDUE_SHARE:
        share = rng.uniform(1.03, 2.5)
    if operation == "handleDone":
        share *= 0.9
    counted = int(calendar.limit_ms(clock.limit) * share)
    reached = calendar.advance_ms(epoch_ms(clock.started_at), counted, clock.limit.unit)
    return max(reached, last + _some((4, 30), rng))


def _handle_clock(case: Case) -> Clock:
    clock = case.newest_clock(ClockKind.HANDLE)
    assert clock is not None
    return clock


def _is_urgent(case: Case, operation: str) -> bool:
    """What is limited round the clock is also signed and refused at any hour."""
    limit = case.handle_limit
    return operation != "passFeedback" and limit is not None and not limit.unit.is_working


def _some(minutes: tuple[int, int], rng: Random) -> int:
    return int(rng.uniform(*minutes) * MINUTE)
