"""Suspension (挂账): everything stands still, and it ends on its date, whenever that is noted."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.helpers.case_walk import CaseWalk
from tests.helpers.laws import check_laws
from tests.helpers.trade import (
    DEPARTMENT,
    DISPATCHER,
    FRIDAY_MORNING,
    LEADER,
    OTHER_DEPARTMENT,
    SHIFT_LEADER,
    SYSTEM,
)
from workflow.clocks import ClockKind, Lamp, remaining
from workflow.commands import Move
from workflow.errors import NotAllowed
from workflow.states import State

UNTIL = FRIDAY_MORNING + timedelta(days=20, hours=3)
ASK = Move(operation="askSuspend", opinion="绿化季节不宜", until=UNTIL)


@pytest.fixture
def suspended() -> CaseWalk:
    """Suspended on Friday at 10:30, an hour and a half after the dispatch."""
    walk = CaseWalk().to(State.HANDLING).do("askSuspend", after=60, move=ASK)
    return walk.do("auditSuspend:approved", after=30)


def test_a_suspended_case_stands_still_in_the_problem_library(suspended: CaseWalk) -> None:
    case = suspended.case
    assert (case.state, case.suspended_until) == (State.SUSPENDED, UNTIL)
    assert (case.main_clock, case.holder_post, case.holder_department_id) == (None, None, None)
    left = remaining(suspended.clock(ClockKind.HANDLE), suspended.rules.calendar, suspended.now)
    later = suspended.now + timedelta(days=15)
    assert remaining(suspended.clock(ClockKind.HANDLE), suspended.rules.calendar, later) == left
    assert suspended.lamp(after=60 * 24 * 15) is Lamp.BLUE


def test_nobody_handles_a_suspended_case(suspended: CaseWalk) -> None:
    assert suspended.buttons(DEPARTMENT) == ()
    for step in ("feedback", "handleDone", "askExtension", "refuseSign"):
        with pytest.raises(
            NotAllowed, match="not open to Department while case 26112000001 is Suspended"
        ):
            suspended.take(Move(operation=step, opinion="理由"), DEPARTMENT)


def test_it_ends_on_its_date_with_the_time_that_was_left(suspended: CaseWalk) -> None:
    left = remaining(suspended.clock(ClockKind.HANDLE), suspended.rules.calendar, suspended.now)
    suspended.now = UNTIL
    suspended.do("resume", seat=SYSTEM)
    handle = suspended.clock(ClockKind.HANDLE)
    assert (suspended.case.state, suspended.case.suspended_until) == (State.HANDLING, None)
    assert handle.pauses[-1].end == UNTIL
    assert remaining(handle, suspended.rules.calendar, UNTIL) == left == timedelta(hours=2.5)


def test_it_ends_on_its_date_even_where_nobody_wrote_it_down_for_days(
    suspended: CaseWalk,
) -> None:
    in_time, due = CaseWalk().to(State.HANDLING).do("askSuspend", after=60, move=ASK), None
    in_time.do("auditSuspend:approved", after=30)
    in_time.now = UNTIL
    due = in_time.do("resume", seat=SYSTEM).clock(ClockKind.HANDLE).due_at
    suspended.now = UNTIL + timedelta(days=5)
    suspended.do("resume", seat=SYSTEM)
    assert suspended.clock(ClockKind.HANDLE).due_at == due
    assert suspended.lamp() is Lamp.RED
    assert suspended.events[-1].at == UNTIL + timedelta(days=5)
    check_laws(suspended.case, suspended.events, suspended.rules.table)


def test_the_record_does_not_end_it_a_millisecond_early(suspended: CaseWalk) -> None:
    suspended.now = UNTIL - timedelta(milliseconds=1)
    with pytest.raises(NotAllowed, match="is suspended until 2026-12-10 12:00:00"):
        suspended.do("resume", seat=SYSTEM)


def test_the_shift_leader_may_end_it_before_its_date(suspended: CaseWalk) -> None:
    suspended.do("resume", after=600, seat=SHIFT_LEADER)
    assert suspended.clock(ClockKind.HANDLE).pauses[-1].end == suspended.now < UNTIL


def test_only_once_only_ahead_and_a_year_at_most() -> None:
    walk = CaseWalk().to(State.HANDLING)
    for until in (
        walk.now,
        walk.now - timedelta(days=1),
        walk.now + timedelta(days=365, seconds=1),
    ):
        with pytest.raises(NotAllowed, match="at most 365 days ahead"):
            walk.do("askSuspend", move=replace(ASK, until=until))
    walk.do("askSuspend", move=replace(ASK, until=walk.now + timedelta(days=365)))
    walk.do("auditSuspend:approved").do("resume", after=5, seat=SHIFT_LEADER)
    with pytest.raises(NotAllowed, match="was suspended 1 times already"):
        walk.do("askSuspend")


def test_a_refusal_does_not_count() -> None:
    walk = CaseWalk().to(State.HANDLING).do("askSuspend").do("auditSuspend:refused")
    assert (walk.case.state, walk.case.suspend_count) == (State.HANDLING, 0)
    assert walk.do("askSuspend").do("auditSuspend:approved").case.suspend_count == 1


def test_a_ruling_after_the_review_date_cannot_suspend_into_the_past() -> None:
    walk = CaseWalk().to(State.HANDLING)
    walk.do("askSuspend", move=replace(ASK, until=walk.now + timedelta(hours=1)))
    walk.now += timedelta(hours=1)
    with pytest.raises(NotAllowed, match="the review date asked for has passed"):
        walk.do("auditSuspend:approved")
    assert walk.do("auditSuspend:refused").case.request_until is None


def test_whoever_asked_does_not_suspend() -> None:
    walk = CaseWalk().to(State.HANDLING).do("askSuspend")
    asker = replace(DISPATCHER, person_id=DEPARTMENT.person_id)
    with pytest.raises(NotAllowed, match="cannot rule on it"):
        walk.do("auditSuspend:approved", seat=asker)


def test_suspending_stops_the_clocks_of_helpers_and_of_a_supervision_too() -> None:
    walk = CaseWalk().to(State.HANDLING).do("coHandle").do("supervise:leader")
    walk.do("askSuspend", move=ASK).do("auditSuspend:approved", after=60)
    stands = {clock.kind for clock in walk.case.clocks if clock.is_paused}
    assert stands == {ClockKind.HANDLE, ClockKind.CO_HANDLE, ClockKind.SUPERVISE_REPLY}
    calendar = walk.rules.calendar
    left = {kind: remaining(walk.clock(kind), calendar, walk.now) for kind in stands}
    walk.now = UNTIL + timedelta(days=2)
    walk.do("resume", seat=SYSTEM)
    assert {k: remaining(walk.clock(k), calendar, UNTIL) for k in stands} == left
    walk.do("coReply", seat=OTHER_DEPARTMENT).do("replySupervise")
    check_laws(walk.case, walk.events, walk.rules.table)


def test_a_helper_may_reply_while_the_case_is_suspended_and_a_leader_may_supervise_it() -> None:
    walk = CaseWalk().to(State.HANDLING).do("coHandle").do("askSuspend", move=ASK)
    walk.do("auditSuspend:approved").do("coReply", after=5).do("supervise:leader", seat=LEADER)
    assert walk.clock(ClockKind.SUPERVISE_REPLY).is_running
    walk.now = UNTIL
    walk.do("resume", seat=SYSTEM).do("feedback")
    check_laws(walk.case, walk.events, walk.rules.table)


def test_a_suspended_case_closed_by_force_and_reopened_is_suspended_no_more(
    suspended: CaseWalk,
) -> None:
    left = remaining(suspended.clock(ClockKind.HANDLE), suspended.rules.calendar, suspended.now)
    suspended.do("forceClose", after=100).do("reopen", after=100)
    assert (suspended.case.state, suspended.case.suspended_until) == (State.HANDLING, None)
    assert remaining(
        suspended.clock(ClockKind.HANDLE), suspended.rules.calendar, suspended.now
    ) == (left)
    suspended.now = UNTIL + timedelta(days=9)
    suspended.do("refuseSign").do("returnAudit:refused", after=3)
    check_laws(suspended.case, suspended.events, suspended.rules.table)
