"""City, district, town (B7): levels of dispatch with a clock each, and two loops side by side."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.helpers.case_walk import CaseWalk
from tests.helpers.laws import check_laws
from tests.helpers.memory_record import MemoryRecord
from tests.helpers.trade import (
    ACCEPTOR,
    BUND,
    DEPARTMENT,
    DISPATCHER,
    DISTRICT_ACCEPTOR,
    DISTRICT_CENTER,
    DISTRICT_DISPATCHER,
    DISTRICT_SHIFT_LEADER,
    EVERYONE,
    LIGHTS,
    OTHER_DEPARTMENT,
    ROADS,
    SHIFT_LEADER,
    TOWN_CENTER,
    TOWN_DISPATCHER,
    demo_shelf,
    manhole_report,
)
from workflow.clocks import ClockKind, remaining
from workflow.commands import Move
from workflow.errors import NotAllowed
from workflow.ids import DepartmentId
from workflow.posts import Post
from workflow.service import CaseService
from workflow.states import State

TWO_LEVEL = "shift_leader_closes+two_level_command"
TWO_LOOPS = "shift_leader_closes+two_loops"
ELSEWHERE = replace(DISTRICT_DISPATCHER, department_id=TOWN_CENTER, district_code="310104")


@pytest.fixture
def walk() -> CaseWalk:
    """Filed by the city and given to the district."""
    walk = CaseWalk(profile=TWO_LEVEL).to(State.PENDING_DISPATCH, after=1)
    return walk.do("dispatch:district", after=5)


def test_each_level_of_dispatch_has_a_clock_and_a_holder_of_its_own(walk: CaseWalk) -> None:
    assert (walk.case.state, walk.case.holder_department_id) == (
        State.PENDING_DISTRICT_DISPATCH,
        DISTRICT_CENTER,
    )
    assert walk.case.main_clock == walk.clock(ClockKind.DISTRICT_DISPATCH)
    walk.do("districtDispatch:town", after=5)
    assert (walk.case.holder_department_id, walk.case.upper_unit_id) == (
        TOWN_CENTER,
        DISTRICT_CENTER,
    )
    assert walk.case.main_clock == walk.clock(ClockKind.TOWN_DISPATCH)
    walk.do("townDispatch", after=5)
    assert walk.case.main_clock == walk.clock(ClockKind.HANDLE)
    assert walk.clock(ClockKind.HANDLE).started_at == walk.now
    kinds = [ClockKind.DISPATCH, ClockKind.DISTRICT_DISPATCH, ClockKind.TOWN_DISPATCH]
    stopped = [walk.clock(kind).stopped_at for kind in kinds]
    assert stopped == [walk.now - timedelta(minutes=m) for m in (10, 5, 0)]
    assert walk.to(State.CLOSED).case.closing_route == "checked"


def test_only_the_center_that_was_given_it_dispatches(walk: CaseWalk) -> None:
    for step in ("districtDispatch", "districtReturn", "districtDispatch:town"):
        with pytest.raises(NotAllowed, match="it was given to another center"):
            walk.do(step, seat=ELSEWHERE)
    with pytest.raises(NotAllowed, match="not open to Dispatcher"):
        walk.take(Move(operation="districtDispatch", department_id=LIGHTS), DISPATCHER)


def test_a_district_gives_back_with_a_reason_and_the_city_rules(walk: CaseWalk) -> None:
    walk.do("districtReturn", after=3)
    assert (walk.case.state, walk.case.came_from) == (
        State.RETURNED,
        State.PENDING_DISTRICT_DISPATCH,
    )
    walk.do("returnAudit:refused", after=3)
    assert walk.case.state is State.PENDING_DISTRICT_DISPATCH
    assert walk.clock(ClockKind.DISTRICT_DISPATCH).round == 2
    walk.do("districtReturn").do("returnAudit:agreed")
    assert (walk.case.state, walk.case.dispatch_unit_id) == (State.PENDING_DISPATCH, None)
    assert walk.case.return_count == 2


def test_a_town_gives_back_to_the_district_that_gave_it(walk: CaseWalk) -> None:
    walk.do("districtDispatch:town").do("townReturn", after=4)
    assert (walk.case.state, walk.case.dispatch_unit_id, walk.case.upper_unit_id) == (
        State.PENDING_DISTRICT_DISPATCH,
        DISTRICT_CENTER,
        None,
    )
    assert walk.do("districtDispatch").case.state is State.PENDING_SIGN


@pytest.mark.parametrize(("department", "same"), [(LIGHTS, True), (ROADS, False)])
def test_a_return_goes_on_with_the_same_department_by_way_of_the_district_too(
    walk: CaseWalk, department: DepartmentId, same: bool
) -> None:
    calendar = walk.rules.calendar
    walk.do("districtDispatch").do("refuseSign", after=75)
    left = remaining(walk.clock(ClockKind.HANDLE), calendar, walk.now)
    walk.do("returnAudit:agreed", after=5).do("dispatch:district", after=5)
    walk.do("districtReturn", after=5).do("returnAudit:agreed").do("dispatch:district")
    move = replace(walk.move_for(walk.row("districtDispatch")), department_id=department)
    walk.do("districtDispatch", after=5, move=move)
    again = remaining(walk.clock(ClockKind.HANDLE), calendar, walk.now)
    assert again == (left if same else timedelta(hours=4))
    check_laws(walk.case, walk.events, walk.rules.table)


def test_the_city_dispatches_past_a_district_too_and_then_it_has_no_say() -> None:
    walk = CaseWalk(profile=TWO_LEVEL).to(State.PENDING_DISPATCH).do("dispatch:district")
    walk.do("forceClose").do("reopen")
    assert walk.case.state is State.PENDING_DISPATCH
    walk.do("dispatch")
    assert (walk.case.dispatch_unit_id, walk.case.upper_unit_id) == (None, None)
    assert walk.case.holder_department_id == LIGHTS


@pytest.mark.parametrize("wrong", [TOWN_CENTER, LIGHTS])
def test_the_city_gives_a_case_to_a_districts_center_and_to_nothing_else(
    wrong: DepartmentId,
) -> None:
    walk = CaseWalk(profile=TWO_LEVEL).to(State.PENDING_DISPATCH)
    record = MemoryRecord()
    record.cases[walk.case.id], record.events[walk.case.id] = walk.case, walk.events
    service = CaseService(record.open_unit, demo_shelf(TWO_LEVEL))
    move = Move(operation="dispatch", outcome="district", unit_id=wrong)
    with pytest.raises(NotAllowed, match="which has no dispatchers for it; choose a center"):
        service.move(walk.case.id, walk.case.version, move, DISPATCHER, walk.now)
    right = replace(move, unit_id=DISTRICT_CENTER)
    assert service.move(walk.case.id, walk.case.version, right, DISPATCHER, walk.now).cases


def test_a_return_void_and_restored_stands_before_the_city_again(walk: CaseWalk) -> None:
    walk.do("districtReturn").do("askVoid").do("auditVoid:approved")
    walk.do("askRestore").do("auditRestore:approved", after=30)
    assert walk.case.state is State.RETURNED
    assert walk.do("returnAudit:refused").case.state is State.PENDING_DISTRICT_DISPATCH
    check_laws(walk.case, walk.events, walk.rules.table)


# -- two loops ----------------------------------------------------------------------------------


def test_a_district_runs_its_own_loop_to_the_end() -> None:
    walk = CaseWalk(seat=DISTRICT_ACCEPTOR, profile=TWO_LOOPS)
    assert (walk.case.level, walk.case.holder_post) == ("district", Post.DISTRICT_ACCEPTOR)
    walk.to(State.CLOSED, after=1)
    posts = {event.post for event in walk.events}
    assert {Post.DISTRICT_ACCEPTOR, Post.DISTRICT_SHIFT_LEADER, Post.DISTRICT_DISPATCHER} <= posts
    assert not posts & {Post.ACCEPTOR, Post.SHIFT_LEADER, Post.DISPATCHER}
    check_laws(walk.case, walk.events, walk.rules.table)


def test_the_posts_of_one_loop_do_not_act_in_the_other() -> None:
    district = CaseWalk(seat=DISTRICT_ACCEPTOR, profile=TWO_LOOPS)
    city = CaseWalk(seat=ACCEPTOR, profile=TWO_LOOPS)
    for walk, stranger in ((district, ACCEPTOR), (city, DISTRICT_ACCEPTOR)):
        assert walk.button("accept", stranger) is None
        with pytest.raises(NotAllowed, match="runs in another loop"):
            walk.do("accept", seat=stranger)
    district.do("accept")
    with pytest.raises(NotAllowed, match="runs in another loop"):
        district.do("file", seat=SHIFT_LEADER)
    assert district.do("file", seat=DISTRICT_SHIFT_LEADER).case.state is State.PENDING_DISPATCH


def test_a_district_reports_and_acts_at_home_only() -> None:
    abroad = manhole_report(place=replace(BUND, district_code="310104", district_name="徐汇区"))
    with pytest.raises(NotAllowed, match="it lies in 徐汇区"):
        CaseWalk(abroad, seat=DISTRICT_ACCEPTOR, profile=TWO_LOOPS)
    walk = CaseWalk(abroad, seat=ACCEPTOR, profile=TWO_LOOPS).do("handDown")
    with pytest.raises(NotAllowed, match="it lies in 徐汇区"):
        walk.do("accept", seat=DISTRICT_ACCEPTOR)


def test_a_report_goes_down_to_the_district_and_up_again_with_a_reason() -> None:
    walk = CaseWalk(seat=ACCEPTOR, profile=TWO_LOOPS).do("handDown", after=2)
    assert (walk.case.level, walk.case.holder_post) == ("district", Post.DISTRICT_ACCEPTOR)
    walk.do("handUp", after=2)
    assert (walk.case.level, walk.case.holder_post) == ("city", Post.ACCEPTOR)
    assert walk.clock(ClockKind.ACCEPT).round == 1


def test_the_city_supervises_chases_forces_and_reopens_in_the_districts_loop() -> None:
    walk = CaseWalk(seat=DISTRICT_ACCEPTOR, profile=TWO_LOOPS).to(State.HANDLING)
    assert walk.case.level == "district"
    walk.do("supervise:important").do("urge", seat=DISPATCHER)
    assert walk.do("forceClose", seat=SHIFT_LEADER).case.closing_route == "forced"
    assert walk.do("reopen", seat=SHIFT_LEADER).case.state is State.HANDLING


def test_departments_work_for_both_loops() -> None:
    walk = CaseWalk(seat=DISTRICT_ACCEPTOR, profile=TWO_LOOPS).to(State.PENDING_SIGN)
    assert walk.do("sign", seat=DEPARTMENT).case.state is State.HANDLING
    assert {TOWN_DISPATCHER, OTHER_DEPARTMENT} <= set(EVERYONE)
