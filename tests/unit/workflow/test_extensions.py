"""Extensions (延期): asked in time, by tiers, at most so often, and moved on from the deadline."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from tests.helpers.case_walk import CaseWalk
from tests.helpers.trade import (
    DEPARTMENT,
    DISPATCHER,
    FRIDAY_MORNING,
    HANDLER,
    LEADER,
    SHIFT_LEADER,
)
from tests.helpers.ways import USED_UP
from workflow.clocks import ClockKind
from workflow.commands import Move
from workflow.errors import NotAllowed
from workflow.limits import Limit, TimeUnit
from workflow.posts import Post, Seat
from workflow.states import State
from workflow.surroundings import Quota, Surroundings

ASK = Move(operation="askExtension", opinion="缺备件")
GRANT = Move(operation="auditExtension", outcome="approved")
REFUSE = Move(operation="auditExtension", outcome="refused", opinion="可按期完成")
MONDAY_MORNING = FRIDAY_MORNING.replace(day=23, hour=11)
RULERS = (DEPARTMENT, DISPATCHER, SHIFT_LEADER, LEADER)


@pytest.fixture
def walk() -> CaseWalk:
    """A case in handling since Friday 09:00, due at 15:00: four work hours with a lunch."""
    walk = CaseWalk().to(State.HANDLING)
    assert walk.clock(ClockKind.HANDLE).due_at == FRIDAY_MORNING + timedelta(hours=6)
    return walk


def granted(walk: CaseWalk) -> CaseWalk:
    """One more extension, ruled by whoever has to."""
    return walk.do("askExtension").do("auditExtension:approved")


def test_an_extension_moves_the_deadline_on_from_where_it_is_by_the_original_limit(
    walk: CaseWalk,
) -> None:
    walk.do("askExtension", after=60)
    due = walk.clock(ClockKind.HANDLE).due_at
    walk.do("auditExtension:approved", after=60)
    # 15:00 on Friday and four work hours: 18:00, then Monday 08:00 to 09:00.
    assert walk.clock(ClockKind.HANDLE).due_at == MONDAY_MORNING.replace(hour=9) > due
    assert walk.clock(ClockKind.HANDLE).rule.endswith("第 1 次延期 4 工作时")
    assert (walk.case.extension_count, walk.case.request_kind) == (1, None)
    assert walk.case.handle_limit == Limit(4, TimeUnit.WORK_HOUR)


def test_less_than_the_limit_can_be_asked_for_and_not_more(walk: CaseWalk) -> None:
    for asked, hour in ((1, 16), (2, 18)):
        walk.do("askExtension", move=replace(ASK, limit=Limit(asked, TimeUnit.WORK_HOUR)))
        walk.do("auditExtension:approved")
        assert walk.clock(ClockKind.HANDLE).due_at == FRIDAY_MORNING.replace(hour=hour)
    other = CaseWalk().to(State.HANDLING)
    for limit in (Limit(5, TimeUnit.WORK_HOUR), Limit(0, TimeUnit.WORK_HOUR)):
        with pytest.raises(NotAllowed, match="one extension is at most its own limit, 4 工作时"):
            other.do("askExtension", move=replace(ASK, limit=limit))
    with pytest.raises(NotAllowed, match="counted the same way"):
        other.do("askExtension", move=replace(ASK, limit=Limit(1, TimeUnit.WORK_DAY)))


def test_a_second_extension_adds_the_original_limit_and_not_the_extended_one(
    walk: CaseWalk,
) -> None:
    granted(granted(walk))
    handle = walk.clock(ClockKind.HANDLE)
    assert handle.limit == Limit(12, TimeUnit.WORK_HOUR)
    assert handle.due_at == MONDAY_MORNING.replace(hour=15)


def test_twice_is_all_and_a_refusal_does_not_count(walk: CaseWalk) -> None:
    walk.do("askExtension").do("auditExtension:refused")
    assert walk.case.extension_count == 0
    granted(granted(walk))
    with pytest.raises(NotAllowed, match="was extended 2 times already"):
        walk.do("askExtension")


def test_nothing_is_asked_for_after_the_deadline_to_the_millisecond(walk: CaseWalk) -> None:
    due = walk.clock(ClockKind.HANDLE).due_at
    walk.now = due
    assert walk.button("askExtension", DEPARTMENT) is not None
    walk.now = due + timedelta(milliseconds=1)
    with pytest.raises(NotAllowed, match="was due at 2026-11-20 15:00:00"):
        walk.do("askExtension")
    walk.now = due
    assert walk.do("askExtension").case.request_kind == "extension"


def test_nothing_is_granted_after_the_deadline_either(walk: CaseWalk) -> None:
    walk.do("askExtension")
    walk.now = walk.clock(ClockKind.HANDLE).due_at + timedelta(milliseconds=1)
    with pytest.raises(NotAllowed, match="after that no extension"):
        walk.do("auditExtension:approved")
    assert walk.do("auditExtension:refused").case.request_kind is None


def test_only_one_request_waits_at_a_time(walk: CaseWalk) -> None:
    walk.do("askExtension")
    for again in ("askExtension", "askSuspend", "askVoid"):
        with pytest.raises(NotAllowed, match="waits for its ruling"):
            walk.do(again)


def test_a_handlers_request_is_looked_at_in_the_department_first(walk: CaseWalk) -> None:
    walk.do("askExtension", seat=HANDLER)
    assert (walk.case.request_tier, walk.case.request_by) == (0, HANDLER.person_id)
    assert refused_to(walk, GRANT) == set(RULERS)
    walk.do("forwardExtension")
    assert walk.case.request_tier == 1
    assert refused_to(walk, GRANT) == {DEPARTMENT, SHIFT_LEADER, LEADER}
    again = CaseWalk().to(State.HANDLING).do("askExtension", seat=HANDLER)
    assert again.do("auditExtension:refused", seat=DEPARTMENT).case.request_kind is None


def test_a_first_extension_is_the_dispatchers_and_a_second_one_the_shift_leaders(
    walk: CaseWalk,
) -> None:
    for ruler in (DISPATCHER, SHIFT_LEADER):
        walk.do("askExtension")
        assert refused_to(walk, GRANT) == set(RULERS) - {ruler}
        walk.do("auditExtension:approved", seat=ruler)


def test_beyond_the_months_quota_it_is_the_leaders_and_marked(walk: CaseWalk) -> None:
    walk.around = Surroundings(quota=USED_UP)
    walk.do("askExtension")
    assert walk.case.request_tier == 3
    assert refused_to(walk, GRANT) == {DEPARTMENT, DISPATCHER, SHIFT_LEADER}
    assert walk.do("auditExtension:approved", seat=LEADER).case.over_quota


def test_within_the_quota_nothing_is_marked(walk: CaseWalk) -> None:
    walk.around = Surroundings(quota=replace(USED_UP, base=100, extended=2))
    assert not granted(walk).case.over_quota


@pytest.mark.parametrize(
    ("base", "extended", "allowed", "left"),
    [(0, 0, 0, 0), (33, 0, 0, 0), (34, 1, 1, 0), (100, 3, 3, 0), (100, 2, 3, 1), (99, 4, 2, -2)],
)
def test_the_quota_is_the_share_rounded_down(
    base: int, extended: int, allowed: int, left: int
) -> None:
    quota = replace(USED_UP, base=base, extended=extended)
    assert (quota.allowed, quota.left) == (allowed, left)
    assert isinstance(quota, Quota)


def test_who_asked_does_not_rule(walk: CaseWalk) -> None:
    walk.do("askExtension")
    asker = replace(DISPATCHER, person_id=DEPARTMENT.person_id, person_name="照明中心值班")
    with pytest.raises(NotAllowed, match="asked for this on case 26112000001 and cannot rule"):
        walk.do("auditExtension:approved", seat=asker)
    # Taking one's own request back is no favour.
    assert walk.do("auditExtension:refused", seat=asker).case.request_kind is None


def test_a_request_falls_with_the_state_that_it_was_made_in(walk: CaseWalk) -> None:
    walk.do("askExtension").do("feedback", after=5)
    assert (walk.case.request_kind, walk.case.request_by, walk.case.request_limit) == (None,) * 3


def refused_to(walk: CaseWalk, move: Move) -> set[Seat]:
    """Which of those who rule on extensions may not rule on this one."""
    refused = set()
    for ruler, wanted in product(RULERS, [move]):
        before = walk.case
        try:
            walk.take(wanted, ruler)
        except NotAllowed:
            refused.add(ruler)
        walk.case = before
        walk.events, walk.cases = walk.events[: before.version], walk.cases[: before.version]
    assert Post.DEPARTMENT in {one.post for one in refused}
    return refused
