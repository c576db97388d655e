"""What leads off the main line: verify, reject, the ways back, returns of departments, rework."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.helpers.case_walk import CaseWalk
from tests.helpers.trade import (
    COLLECTOR,
    LIGHTS,
    OTHER_DEPARTMENT,
    ROADS,
    SHIFT_LEADER,
    full_move,
)
from workflow.clocks import ClockKind, Lamp, remaining
from workflow.errors import NotAllowed
from workflow.ids import PersonId
from workflow.posts import Post
from workflow.states import State


@pytest.mark.parametrize(
    ("before", "kind"),
    [(State.REPORTED, ClockKind.ACCEPT), (State.PENDING_FILING, ClockKind.FILING)],
)
def test_verifying_stops_the_time_of_the_step_it_came_from_to_the_second(
    before: State, kind: ClockKind
) -> None:
    walk = CaseWalk().to(before, after=1)
    calendar = walk.rules.calendar
    walk.do("sendVerify", after=4.5)
    left = remaining(walk.clock(kind), calendar, walk.now)
    assert walk.clock(kind).is_paused
    assert walk.case.main_clock == walk.clock(ClockKind.VERIFY)
    walk.do("replyVerify:true", after=17.25)
    assert walk.case.state is before
    assert remaining(walk.clock(kind), calendar, walk.now) == left
    assert walk.clock(kind).due_at == walk.now + left
    assert walk.case.main_clock == walk.clock(kind)
    assert walk.clock(kind).pauses[0].reason == "发核实"


def test_a_case_out_for_verifying_has_a_blue_lamp_and_the_time_of_the_collector() -> None:
    walk = CaseWalk().do("sendVerify", after=1)
    assert walk.lamp() is walk.lamp(after=90) is Lamp.BLUE
    assert walk.case.timing.due_at == walk.now + timedelta(minutes=30)
    assert (walk.case.holder_post, walk.case.holder_person_id) == (
        Post.COLLECTOR,
        COLLECTOR.person_id,
    )
    assert walk.do("replyVerify:true", after=1).case.collector_id is None


def test_what_was_verified_untrue_goes_back_and_can_only_be_rejected_or_verified_again() -> None:
    walk = CaseWalk().do("sendVerify").do("replyVerify:untrue")
    assert walk.case.verify_result == "untrue"
    with pytest.raises(NotAllowed, match="verified it as untrue"):
        walk.do("accept")
    assert walk.do("reject").case.state is State.REJECTED
    again = CaseWalk().do("sendVerify").do("replyVerify:untrue").do("sendVerify")
    assert again.case.verify_result is None
    assert again.do("replyVerify:true").do("accept").case.state is State.PENDING_FILING


@pytest.mark.parametrize("state", [State.REPORTED, State.PENDING_FILING])
def test_a_rejected_case_has_ended_and_its_clock_is_not_judged(state: State) -> None:
    walk = CaseWalk().to(state).do("reject", after=3)
    case = walk.case
    assert case.state is State.REJECTED
    assert (case.holder_post, case.main_clock, walk.lamp()) == (None, None, Lamp.GREY)
    assert case.clocks[-1].cancelled
    assert walk.buttons(SHIFT_LEADER) == ()


def test_a_case_sent_back_by_the_shift_leader_gets_a_new_round_of_accepting() -> None:
    walk = CaseWalk().to(State.PENDING_FILING, after=2).do("fileBack", after=3)
    assert (walk.case.state, walk.case.holder_post) == (State.REPORTED, Post.ACCEPTOR)
    assert walk.clock(ClockKind.ACCEPT).round == 2
    assert walk.clock(ClockKind.ACCEPT).started_at == walk.now
    assert walk.to(State.CLOSED).case.state is State.CLOSED


def test_a_case_sent_back_by_the_dispatcher_is_not_filed_any_more() -> None:
    walk = CaseWalk().to(State.PENDING_DISPATCH, after=2)
    filed_at = [walk.case.filed_at]
    for step in ("dispatchBack", "file"):
        filed_at.append(walk.do(step, after=3).case.filed_at)
    assert filed_at == [walk.now - timedelta(minutes=6), None, walk.now]
    assert walk.clock(ClockKind.FILING).round == 2


def test_refusing_to_sign_stops_the_time_for_handling_and_calls_the_dispatcher() -> None:
    walk = CaseWalk().to(State.PENDING_SIGN).do("refuseSign", after=10)
    case = walk.case
    assert (case.state, case.holder_post) == (State.RETURNED, Post.DISPATCHER)
    assert (case.return_count, case.department_id) == (1, LIGHTS)
    assert walk.clock(ClockKind.HANDLE).is_paused
    assert case.main_clock == walk.clock(ClockKind.DISPATCH)
    assert walk.clock(ClockKind.DISPATCH).round == 2
    assert walk.lamp() is Lamp.GREEN


def test_a_return_refused_goes_to_the_same_department_with_the_time_that_was_left() -> None:
    walk = CaseWalk().to(State.PENDING_SIGN).do("refuseSign", after=10)
    left = remaining(walk.clock(ClockKind.HANDLE), walk.rules.calendar, walk.now)
    walk.do("returnAudit:refused", after=25)
    case = walk.case
    assert (case.state, case.holder_department_id) == (State.PENDING_SIGN, LIGHTS)
    handle = walk.clock(ClockKind.HANDLE)
    assert (handle.round, handle.is_running) == (1, True)
    assert remaining(handle, walk.rules.calendar, walk.now) == left
    assert walk.clock(ClockKind.SIGN).round == 2
    assert case.departments_tried == 1


def test_a_return_agreed_frees_the_department_and_the_next_one_starts_anew() -> None:
    walk = CaseWalk().to(State.PENDING_SIGN).do("refuseSign", after=10)
    walk.do("returnAudit:agreed", after=5)
    case = walk.case
    assert (case.state, case.department_id, case.dispatched_at) == (
        State.PENDING_DISPATCH,
        None,
        None,
    )
    assert walk.clock(ClockKind.HANDLE).is_paused
    move = replace(full_move(walk.row("dispatch")), department_id=ROADS)
    walk.do("dispatch", after=5, move=move)
    assert walk.case.department_id == walk.case.holder_department_id == ROADS
    assert walk.case.departments_tried == 2
    handle = walk.clock(ClockKind.HANDLE)
    assert (handle.round, handle.started_at) == (2, walk.now)
    assert [c.cancelled for c in walk.case.clocks if c.kind is ClockKind.HANDLE] == [True, False]
    assert walk.do("sign", seat=OTHER_DEPARTMENT).case.state is State.HANDLING


@pytest.mark.parametrize(
    "state", [State.PENDING_FEEDBACK, State.PENDING_CHECK, State.PENDING_CLOSE]
)
def test_rework_gives_the_same_department_the_full_limit_again(state: State) -> None:
    walk = CaseWalk().to(state, after=1)
    first = walk.clock(ClockKind.HANDLE)
    walk.do("rework", after=5)
    case, handle = walk.case, walk.clock(ClockKind.HANDLE)
    assert (case.state, case.holder_department_id) == (State.HANDLING, LIGHTS)
    assert (case.rework_count, case.fed_back_at, case.check_result) == (1, None, None)
    assert (handle.round, handle.limit, handle.started_at) == (2, first.limit, walk.now)
    assert handle.rule == first.rule
    assert case.main_clock == handle
    walk.to(State.CLOSED, after=1)
    assert walk.case.rework_count == 1


def test_a_department_that_was_late_once_stays_late_after_a_rework() -> None:
    walk = CaseWalk().to(State.HANDLING)
    walk.do("feedback", after=60 * 24 * 7).do("rework").do("feedback", after=1)
    assert walk.case.handle_on_time is False


def test_what_the_check_found_undone_cannot_be_closed_and_goes_to_rework() -> None:
    walk = CaseWalk().to(State.CHECKING).do("replyCheck:undone")
    assert (walk.case.state, walk.case.check_result) == (State.PENDING_CLOSE, "undone")
    with pytest.raises(NotAllowed, match="Send it back for rework"):
        walk.do("close")
    close, rework = walk.button("close", SHIFT_LEADER), walk.button("rework", SHIFT_LEADER)
    assert close is not None
    assert close.refusal is not None
    assert rework is not None
    assert rework.refusal is None
    walk.do("rework").to(State.CLOSED)
    assert walk.case.state is State.CLOSED


def test_nobody_closes_what_he_dispatched_himself() -> None:
    walk = CaseWalk().to(State.PENDING_DISPATCH)
    both = replace(SHIFT_LEADER, post=Post.DISPATCHER)
    walk.do("dispatch", seat=both).to(State.PENDING_CLOSE)
    with pytest.raises(NotAllowed, match="徐强 dispatched or handled case 26112000001"):
        walk.do("close")
    colleague = replace(SHIFT_LEADER, person_id=PersonId(40), person_name="高敏")
    assert walk.do("close", seat=colleague).case.state is State.CLOSED


def test_nobody_checks_what_he_handled_himself() -> None:
    walk = CaseWalk().to(State.HANDLING)
    handler = replace(COLLECTOR, post=Post.DEPARTMENT, department_id=LIGHTS)
    walk.do("feedback", seat=handler).do("passFeedback")
    with pytest.raises(NotAllowed, match="choose another collector"):
        walk.do("sendCheck")
