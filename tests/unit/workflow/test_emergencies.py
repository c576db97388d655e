"""Emergencies first, responsibility later (B5); supervision and chasing beside the main line."""

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
    SUPERVISOR,
    manhole_report,
    shed_report,
)
from workflow.clocks import ClockKind
from workflow.commands import Move
from workflow.errors import NotAllowed, RequirementMissing
from workflow.limits import Limit, TimeUnit
from workflow.states import State

PROFILES = ("operator_closes", "shift_leader_closes", "acceptor_pool")


@pytest.fixture
def first() -> CaseWalk:
    """Dispatched out of the report, three minutes after it, before anybody filed it."""
    walk = CaseWalk().do("transferEmergency", after=1)
    return walk.do("emergencyDispatch", after=2)


def test_an_emergency_is_dispatched_before_it_is_filed(first: CaseWalk) -> None:
    case = first.case
    assert (case.state, case.emergency, case.urgent) == (State.PENDING_SIGN, True, True)
    assert (case.responsibility_open, case.filed_at) == (True, first.now)
    handle = first.clock(ClockKind.HANDLE)
    assert (handle.limit, handle.started_at) == (Limit(4, TimeUnit.WORK_HOUR), first.now)
    assert first.clock(ClockKind.ACCEPT).stopped_at == first.now


def test_only_an_emergency_is_dispatched_so_and_only_once_declared() -> None:
    walk = CaseWalk()
    with pytest.raises(NotAllowed, match="is no emergency"):
        walk.do("emergencyDispatch")
    walk.do("transferEmergency")
    with pytest.raises(NotAllowed, match="is an emergency already"):
        walk.do("transferEmergency")


def test_it_says_how_long_and_why() -> None:
    walk = CaseWalk().do("transferEmergency")
    full = walk.move_for(walk.row("emergencyDispatch"))
    for lacking in (replace(full, limit=None), replace(full, opinion=" ")):
        with pytest.raises(RequirementMissing, match="应急先行派遣 of case 26112000001 needs"):
            walk.do("emergencyDispatch", move=lacking)


@pytest.mark.parametrize("name", PROFILES)
def test_it_is_not_closed_before_somebody_settled_who_is_responsible(name: str) -> None:
    walk = CaseWalk(profile=name).do("transferEmergency").do("emergencyDispatch")
    walk.to(State.PENDING_CLOSE)
    with pytest.raises(NotAllowed, match="nobody has settled yet who is responsible"):
        walk.do("close")
    walk.do("settle", after=5)
    assert walk.do("close").case.state is State.CLOSED
    check_laws(walk.case, walk.events, walk.rules.table)


def test_a_standing_rule_does_not_get_around_it() -> None:
    walk = CaseWalk(shed_report(), profile="operator_closes").do("transferEmergency")
    walk.do("emergencyDispatch").to(State.PENDING_FEEDBACK)
    with pytest.raises(NotAllowed, match="nobody has settled yet"):
        walk.do("authClose")


def test_it_is_settled_once(first: CaseWalk) -> None:
    first.do("settle")
    assert not first.case.responsibility_open
    with pytest.raises(NotAllowed, match="is settled"):
        first.do("settle")


def test_returned_and_dispatched_again_it_needs_a_limit_for_want_of_a_condition(
    first: CaseWalk,
) -> None:
    first.do("refuseSign").do("returnAudit:agreed")
    other = replace(
        first.move_for(first.row("dispatch")), department_id=OTHER_DEPARTMENT.department_id
    )
    with pytest.raises(RequirementMissing, match="the filing condition of case 26112000001 gives"):
        first.do("dispatch", move=other)
    given = replace(other, limit=Limit(2, TimeUnit.WORK_HOUR), opinion="改派")
    assert first.do("dispatch", move=given).case.state is State.PENDING_SIGN
    assert first.case.responsibility_open


# -- supervision --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "seat"), [("timeout", SUPERVISOR), ("important", SUPERVISOR), ("leader", LEADER)]
)
def test_each_kind_of_supervision_asks_for_a_reply_in_its_own_time(kind: str, seat: object) -> None:
    walk = CaseWalk().to(State.HANDLING)
    main = walk.case.main_clock
    walk.do(f"supervise:{kind}", seat=seat)  # type: ignore[arg-type]
    reply = walk.clock(ClockKind.SUPERVISE_REPLY)
    assert (walk.case.supervised, walk.case.supervise_count) == (kind, 1)
    assert (reply.limit, reply.started_at) == (Limit(1, TimeUnit.WORK_DAY), walk.now)
    assert walk.case.main_clock == main
    walk.do("replySupervise", after=30, seat=DEPARTMENT)
    assert walk.case.supervised is None
    assert walk.clock(ClockKind.SUPERVISE_REPLY).stopped_at == walk.now


def test_the_time_to_reply_can_be_set_and_says_by_whom() -> None:
    walk = CaseWalk().to(State.HANDLING)
    hour = Move(
        operation="supervise",
        outcome="leader",
        opinion="今日答复",
        limit=Limit(1, TimeUnit.URGENT_HOUR),
    )
    walk.do("supervise:leader", move=hour)
    reply = walk.clock(ClockKind.SUPERVISE_REPLY)
    assert (reply.due_at, reply.rule) == (
        FRIDAY_MORNING + timedelta(hours=1),
        "督办人给定的答复时限",
    )
    assert walk.case.handle_limit == Limit(4, TimeUnit.WORK_HOUR)


def test_one_supervision_at_a_time_and_a_second_one_after_the_reply() -> None:
    walk = CaseWalk().to(State.HANDLING).do("supervise:timeout")
    with pytest.raises(NotAllowed, match="supervised already; wait for the reply"):
        walk.do("supervise:leader")
    walk.do("replySupervise").do("supervise:leader")
    assert (walk.case.supervise_count, walk.clock(ClockKind.SUPERVISE_REPLY).round) == (2, 2)


def test_only_the_department_that_has_it_replies() -> None:
    walk = CaseWalk().to(State.HANDLING).do("supervise:timeout")
    with pytest.raises(NotAllowed, match="dispatched to another department"):
        walk.do("replySupervise", seat=OTHER_DEPARTMENT)
    assert walk.do("replySupervise", seat=DISPATCHER).case.supervised is None


def test_a_supervision_ends_with_the_case() -> None:
    walk = CaseWalk().to(State.PENDING_CLOSE).do("supervise:important").do("close")
    assert walk.case.supervised is None
    assert walk.clock(ClockKind.SUPERVISE_REPLY).cancelled


def test_chasing_is_counted_and_changes_nothing_else() -> None:
    walk = CaseWalk().to(State.HANDLING)
    before = walk.case
    for seat in (DISPATCHER, SHIFT_LEADER, SUPERVISOR, LEADER):
        walk.do("urge", after=1, seat=seat)
    assert walk.case.urge_count == 4
    assert (walk.case.clocks, walk.case.state) == (before.clocks, before.state)
    assert not manhole_report().urgent
