"""Returns (退件) and reworks: the time left comes back to the millisecond, or starts anew."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.helpers.case_walk import CaseWalk
from tests.helpers.trade import (
    DEPARTMENT,
    DISPATCHER,
    LIGHTS,
    OTHER_DEPARTMENT,
    ROADS,
)
from workflow.case import SIDE_CLOCKS
from workflow.clocks import ClockKind, remaining
from workflow.errors import NotAllowed
from workflow.ids import DepartmentId
from workflow.limits import Limit, TimeUnit
from workflow.states import State
from workflow.transitions import Transition

AN_ODD_WHILE = 61.00135
"""Minutes: 1 h 1 min and 81 ms, so that nothing is whole by chance."""


def left(walk: CaseWalk) -> timedelta:
    """The time that the department has left."""
    return remaining(walk.clock(ClockKind.HANDLE), walk.rules.calendar, walk.now)


def dispatched(walk: CaseWalk, department: DepartmentId, *, after: float = 0) -> CaseWalk:
    """The case dispatched to that department."""
    move = replace(walk.move_for(walk.row("dispatch")), department_id=department)
    return walk.do("dispatch", after=after, move=move)


@pytest.fixture
def returned() -> CaseWalk:
    """A case that its department returned an odd while after the dispatch."""
    walk = CaseWalk().to(State.PENDING_DISPATCH, after=1)
    return dispatched(walk, LIGHTS).do("refuseSign", after=AN_ODD_WHILE)


def test_a_return_refused_resumes_the_time_left_to_the_millisecond(returned: CaseWalk) -> None:
    before, due = left(returned), returned.clock(ClockKind.HANDLE).due_at
    returned.do("returnAudit:refused", after=37.5)
    assert left(returned) == before == timedelta(hours=4) - timedelta(minutes=AN_ODD_WHILE)
    assert returned.case.state is State.PENDING_SIGN
    assert returned.clock(ClockKind.HANDLE).due_at == due + timedelta(minutes=37.5)
    assert returned.clock(ClockKind.SIGN).round == 2
    assert returned.clock(ClockKind.SIGN).started_at == returned.now


def test_the_time_of_a_return_is_the_dispatchers_and_not_the_departments(
    returned: CaseWalk,
) -> None:
    dispatch = returned.clock(ClockKind.DISPATCH)
    assert returned.case.main_clock == dispatch
    assert (dispatch.round, dispatch.started_at) == (2, returned.now)
    before = left(returned)
    returned.now += timedelta(days=3)
    assert left(returned) == before


def test_a_return_agreed_and_dispatched_to_the_same_department_goes_on_with_the_time_left(
    returned: CaseWalk,
) -> None:
    before = left(returned)
    returned.do("returnAudit:agreed", after=10)
    assert (returned.case.department_id, returned.case.last_department_id) == (None, LIGHTS)
    assert left(returned) == before
    dispatched(returned, LIGHTS, after=9)
    assert left(returned) == before
    assert returned.clock(ClockKind.HANDLE).round == 1
    assert returned.case.handle_limit == Limit(4, TimeUnit.WORK_HOUR)
    assert returned.case.departments_tried == 2


def test_another_department_starts_anew(returned: CaseWalk) -> None:
    returned.do("returnAudit:agreed", after=10)
    dispatched(returned, ROADS, after=9)
    assert left(returned) == timedelta(hours=4)
    handle = returned.clock(ClockKind.HANDLE)
    assert (handle.round, handle.started_at) == (2, returned.now)
    first = next(clock for clock in returned.case.clocks if clock.kind is ClockKind.HANDLE)
    assert first.cancelled
    assert (returned.case.department_id, returned.case.last_department_id) == (ROADS, None)


def test_the_same_department_with_another_limit_starts_anew_too(returned: CaseWalk) -> None:
    returned.do("returnAudit:agreed")
    move = replace(
        returned.move_for(returned.row("dispatch")),
        limit=Limit(1, TimeUnit.URGENT_HOUR),
        opinion="有行人摔倒",
    )
    returned.do("dispatch", move=move)
    assert returned.clock(ClockKind.HANDLE).round == 2
    assert left(returned) == timedelta(hours=1)


def test_what_one_department_was_granted_is_not_held_against_the_next() -> None:
    walk = CaseWalk().to(State.HANDLING).do("askExtension").do("auditExtension:approved")
    assert (walk.case.extension_count, walk.case.extended_at) == (1, walk.now)
    same = CaseWalk().to(State.HANDLING).do("askExtension").do("auditExtension:approved")
    for one, department, count in ((walk, ROADS, 0), (same, LIGHTS, 1)):
        one.do("refuseSign").do("returnAudit:agreed")
        dispatched(one, department)
        assert one.case.extension_count == count
        assert (one.case.extended_at is None) == (count == 0)


def test_an_assignment_is_revoked_before_a_case_in_handling_is_returned() -> None:
    walk = CaseWalk().to(State.HANDLING).do("assign")
    with pytest.raises(NotAllowed, match="revoke that first"):
        walk.do("refuseSign")
    walk.do("revokeAssign").do("refuseSign", after=5)
    assert (walk.case.state, walk.case.came_from) == (State.RETURNED, State.HANDLING)
    assert walk.do("returnAudit:refused").case.state is State.PENDING_SIGN


def test_who_received_a_return_can_put_it_right_but_not_send_it_on(returned: CaseWalk) -> None:
    steps = {one.transition.operation for one in returned.buttons(DISPATCHER)}
    assert steps == {"returnAudit", "askVoid", "claim", "urge"}
    onward: set[State] = {
        row.to_state for row in returned.rows() if row.operation not in _NOT_ONWARD
    }
    assert onward == {State.PENDING_DISPATCH, State.PENDING_SIGN, State.RETURNED}


_NOT_ONWARD = frozenset({"auditVoid", "forceClose"})


def test_how_often_and_by_how_many_it_was_tried_is_counted(returned: CaseWalk) -> None:
    returned.do("returnAudit:agreed")
    dispatched(returned, ROADS).do("refuseSign", seat=OTHER_DEPARTMENT)
    case = returned.case
    assert (case.return_count, case.departments_tried) == (2, 2)
    with pytest.raises(NotAllowed, match="dispatched to another department"):
        returned.do("returnAudit:refused").do("sign", seat=DEPARTMENT)


@pytest.mark.parametrize("name", ["shift_leader_closes", "acceptor_pool"])
def test_a_rework_has_the_whole_limit_again_where_the_profile_says_so(name: str) -> None:
    walk = CaseWalk(profile=name).to(State.HANDLING).do("feedback", after=90)
    walk.do("rework", after=30)
    assert left(walk) == timedelta(hours=4)
    assert walk.clock(ClockKind.HANDLE).round == 2


def test_a_rework_has_only_the_time_left_where_the_profile_says_so() -> None:
    walk = CaseWalk(profile="operator_closes").to(State.HANDLING).do("feedback", after=90)
    before = left(walk)
    walk.do("rework", after=30)
    assert left(walk) == before == timedelta(hours=4) - timedelta(minutes=90)
    assert walk.clock(ClockKind.HANDLE).round == 1
    pause = walk.clock(ClockKind.HANDLE).pauses[-1]
    assert (pause.reason, pause.end) == ("返工", walk.now)


def test_a_rework_does_not_repeat_the_extensions() -> None:
    walk = CaseWalk().to(State.HANDLING).do("askExtension").do("auditExtension:approved")
    assert walk.clock(ClockKind.HANDLE).limit == Limit(8, TimeUnit.WORK_HOUR)
    walk.do("feedback").do("rework")
    assert walk.clock(ClockKind.HANDLE).limit == Limit(4, TimeUnit.WORK_HOUR)


def test_a_department_finds_its_own_rework_before_anybody_else() -> None:
    walk = CaseWalk().to(State.HANDLING).do("handleDone", after=5)
    before = walk.clock(ClockKind.HANDLE)
    walk.do("deptRework", after=5)
    assert walk.clock(ClockKind.HANDLE) == before
    assert walk.case.rework_count == 0


def test_signing_and_handling_share_one_deadline_where_they_are_bundled() -> None:
    walk = CaseWalk(profile="acceptor_pool").to(State.PENDING_SIGN)
    sign, handle = walk.clock(ClockKind.SIGN), walk.clock(ClockKind.HANDLE)
    assert (sign.due_at, sign.limit) == (handle.due_at, handle.limit)
    assert sign.rule.startswith("与处置捆绑计时")
    walk.do("refuseSign", after=20).do("returnAudit:refused", after=20)
    assert walk.clock(ClockKind.SIGN).due_at == walk.clock(ClockKind.HANDLE).due_at


def test_every_clock_that_a_return_touches_is_named_by_its_row() -> None:
    rows: list[Transition] = [
        row for row in CaseWalk().rules.table.rows if row.operation in ("refuseSign", "returnAudit")
    ]
    kinds = {effect.kind for row in rows for effect in row.clock_effects}
    assert kinds - SIDE_CLOCKS == {ClockKind.HANDLE, ClockKind.DISPATCH}
