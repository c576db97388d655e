"""Co-handling (协办): each helper has a clock of its own, and the main department waits for all."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.helpers.case_walk import CaseWalk
from tests.helpers.laws import check_laws
from tests.helpers.trade import (
    DEPARTMENT,
    DISTRICT_CENTER,
    LIGHTS,
    OTHER_DEPARTMENT,
    ROADS,
    SEAT_OF,
    seat,
)
from workflow.clocks import Clock, ClockKind
from workflow.commands import Move
from workflow.errors import NotAllowed
from workflow.ids import DepartmentId
from workflow.posts import Post
from workflow.states import State

THIRD = seat(60, "第三部门", Post.DEPARTMENT, DISTRICT_CENTER)
HELPERS = (ROADS, DISTRICT_CENTER)


@pytest.fixture
def helped() -> CaseWalk:
    """Dispatched to one department with two others to help it."""
    walk = CaseWalk().to(State.PENDING_DISPATCH)
    move = replace(walk.move_for(walk.row("dispatch")), co_department_ids=HELPERS)
    return walk.do("dispatch", after=5, move=move).do("sign", after=5)


def help_clocks(walk: CaseWalk) -> list[Clock]:
    """The co-handling clocks in the order of their rounds."""
    return [clock for clock in walk.case.clocks if clock.kind is ClockKind.CO_HANDLE]


def test_each_helper_has_a_clock_of_its_own_as_long_as_the_main_one(helped: CaseWalk) -> None:
    handle = helped.clock(ClockKind.HANDLE)
    assert [task.department_id for task in helped.case.co_tasks] == list(HELPERS)
    assert [clock.round for clock in help_clocks(helped)] == [1, 2]
    for clock in help_clocks(helped):
        assert (clock.limit, clock.due_at) == (handle.limit, handle.due_at)
        assert clock.rule.startswith("协办时限同主办部门")
    assert helped.case.main_clock == handle


def test_the_main_department_cannot_feed_back_before_every_helper_has_replied(
    helped: CaseWalk,
) -> None:
    for helper in (OTHER_DEPARTMENT, THIRD):
        for step in ("feedback", "askDirectClose"):
            with pytest.raises(NotAllowed, match="a co-handling department has not replied yet"):
                helped.do(step)
        helped.do("coReply", after=7, seat=helper)
    assert helped.do("feedback").case.state is State.PENDING_FEEDBACK


def test_a_reply_stops_the_clock_of_that_helper_alone(helped: CaseWalk) -> None:
    helped.do("coReply", after=7, seat=THIRD)
    first, second = help_clocks(helped)
    assert (first.is_running, second.stopped_at) == (True, helped.now)
    assert [task.replied_at for task in helped.case.co_tasks] == [None, helped.now]
    assert helped.clock(ClockKind.HANDLE).is_running
    with pytest.raises(NotAllowed, match="no open co-handling task"):
        helped.do("coReply", seat=THIRD)


def test_a_department_that_was_not_asked_replies_nothing(helped: CaseWalk) -> None:
    stranger = replace(THIRD, department_id=LIGHTS)
    with pytest.raises(NotAllowed, match="no open co-handling task"):
        helped.do("coReply", seat=stranger)
    assert helped.button("coReply", DEPARTMENT) is None


def test_helpers_are_asked_for_later_too_each_with_the_whole_limit() -> None:
    walk = CaseWalk().to(State.HANDLING, after=1).do("coHandle", after=90)
    (clock,) = help_clocks(walk)
    assert clock.started_at == walk.now
    assert clock.limit == walk.clock(ClockKind.HANDLE).limit


@pytest.mark.parametrize(
    "asked", [(LIGHTS,), (ROADS, ROADS)], ids=["the main department", "one of them twice"]
)
def test_nobody_is_asked_twice(asked: tuple[DepartmentId, ...]) -> None:
    walk = CaseWalk().to(State.HANDLING)
    wrong = Move(operation="coHandle", opinion="会同", co_department_ids=asked)
    with pytest.raises(NotAllowed, match="names a department twice, or the main one as helper"):
        walk.do("coHandle", move=wrong)
    walk.do("coHandle")
    twice = Move(operation="coHandle", opinion="会同", co_department_ids=(ROADS,))
    with pytest.raises(NotAllowed, match="names a department twice"):
        walk.do("coHandle", move=twice)


def test_the_dispatcher_releases_the_helpers_whose_reply_nobody_waits_for(
    helped: CaseWalk,
) -> None:
    helped.do("coReply", after=7, seat=THIRD).do("releaseCo", after=7)
    assert [task.department_id for task in helped.case.co_tasks] == [DISTRICT_CENTER]
    assert [clock.cancelled for clock in help_clocks(helped)] == [True, False]
    assert helped.do("feedback").case.state is State.PENDING_FEEDBACK


def test_whoever_is_asked_again_after_a_release_has_a_new_clock(helped: CaseWalk) -> None:
    helped.do("releaseCo", after=7).do("coHandle", after=7)
    assert [clock.round for clock in help_clocks(helped)] == [1, 2, 3]
    assert [task.round for task in helped.case.co_tasks] == [3]
    assert [clock.cancelled for clock in help_clocks(helped)] == [True, True, False]
    helped.do("coReply", after=5)
    check_laws(helped.case, helped.events, helped.rules.table)


def test_a_return_agreed_releases_the_helpers_and_one_refused_does_not() -> None:
    walk = CaseWalk().to(State.PENDING_SIGN).do("coHandle").do("refuseSign")
    walk.do("returnAudit:refused", after=5)
    assert help_clocks(walk)[0].is_running
    walk.do("refuseSign", after=5).do("returnAudit:agreed")
    assert (walk.case.co_tasks, help_clocks(walk)[0].cancelled) == ((), True)


@pytest.mark.parametrize("end", ["auditVoid:approved", "forceClose"])
def test_an_end_releases_the_helpers_and_a_case_that_goes_on_can_be_fed_back(end: str) -> None:
    walk = CaseWalk().to(State.HANDLING).do("coHandle")
    if end == "forceClose":
        walk.do(end).do("reopen", after=5)
    else:
        walk.do("askVoid").do(end).do("askRestore").do("auditRestore:approved", after=5)
    assert (walk.case.state, walk.case.co_tasks) == (State.HANDLING, ())
    walk.do("feedback", seat=SEAT_OF[Post.DEPARTMENT])
    check_laws(walk.case, walk.events, walk.rules.table)


def test_a_helpers_overdue_is_its_own(helped: CaseWalk) -> None:
    helped.do("coReply", after=7, seat=THIRD)
    due = help_clocks(helped)[0].due_at
    helped.now = due + timedelta(minutes=1)
    helped.do("coReply", seat=OTHER_DEPARTMENT)
    late, in_time = help_clocks(helped)
    assert late.stopped_at is not None
    assert in_time.stopped_at is not None
    assert late.stopped_at > late.due_at
    assert in_time.stopped_at < in_time.due_at
