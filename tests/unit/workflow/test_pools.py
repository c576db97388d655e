"""Pools: claimed, released and handed over; checks that keep apart who must not meet."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.helpers.case_walk import CaseWalk
from tests.helpers.memory_record import MemoryRecord
from tests.helpers.trade import (
    ACCEPTOR,
    COLLECTOR,
    DISPATCHER,
    DISTRICT_ACCEPTOR,
    DISTRICT_SHIFT_LEADER,
    FRIDAY_MORNING,
    HANDLER,
    INSPECTOR,
    LEADER,
    OTHER_COLLECTOR,
    SHIFT_LEADER,
    demo_shelf,
    manhole_report,
    seat,
    shed_report,
)
from tests.helpers.ways import into
from workflow.commands import Move
from workflow.errors import NotAllowed
from workflow.ids import PersonId
from workflow.posts import Post, Seat
from workflow.service import CaseService, allowed_checkers
from workflow.settings import CheckerRule
from workflow.states import State
from workflow.surroundings import Surroundings

COLLEAGUE = seat(30, "罗兰", Post.ACCEPTOR)
DISTRICT_COLLEAGUE = replace(DISTRICT_ACCEPTOR, person_id=PersonId(31), person_name="区里的同事")
RECHECKS = frozenset({OTHER_COLLECTOR.person_id})


def stored(walk: CaseWalk, *more: Seat, profile: str = "shift_leader_closes") -> CaseService:
    """The service of a record that holds the walked case."""
    record = MemoryRecord([*_EVERYONE, *more])
    record.cases[walk.case.id] = walk.case
    record.events[walk.case.id] = list(walk.events)
    record.last_id = walk.case.id
    return CaseService(record.open_unit, demo_shelf(profile))


_EVERYONE = (
    ACCEPTOR,
    COLLECTOR,
    DISPATCHER,
    HANDLER,
    INSPECTOR,
    LEADER,
    OTHER_COLLECTOR,
    SHIFT_LEADER,
    DISTRICT_ACCEPTOR,
    DISTRICT_SHIFT_LEADER,
)


def test_who_claims_a_case_has_it_and_the_others_keep_off() -> None:
    walk = CaseWalk().do("claim", seat=ACCEPTOR)
    assert (walk.case.state, walk.case.claimed_by) == (State.REPORTED, ACCEPTOR.person_id)
    for step in ("accept", "sendVerify", "reject", "amend"):
        with pytest.raises(NotAllowed, match="being worked on by a colleague"):
            walk.do(step, seat=COLLEAGUE)
    with pytest.raises(NotAllowed, match="is claimed already"):
        walk.do("claim", seat=COLLEAGUE)
    with pytest.raises(NotAllowed, match="was not claimed by this person"):
        walk.do("release", seat=COLLEAGUE)
    assert walk.do("accept", seat=ACCEPTOR).case.claimed_by is None


def test_what_is_released_is_everybodys_again() -> None:
    walk = CaseWalk().do("claim", seat=ACCEPTOR).do("release", after=5, seat=ACCEPTOR)
    assert walk.case.claimed_by is None
    assert walk.do("accept", seat=COLLEAGUE).case.state is State.PENDING_FILING


def test_a_claim_moves_no_clock_and_no_state() -> None:
    walk = into(State.RETURNED, "shift_leader_closes")
    before = walk.case
    walk.do("claim", after=5).do("release", after=5)
    assert (walk.case.clocks, walk.case.state) == (before.clocks, before.state)


def test_the_shift_leader_hands_a_claimed_case_over() -> None:
    walk = CaseWalk().do("claim", seat=ACCEPTOR)
    hand_over = Move(operation="reassign", opinion="下班", person_id=COLLEAGUE.person_id)
    walk.do("reassign", move=hand_over)
    assert walk.case.claimed_by == COLLEAGUE.person_id
    with pytest.raises(NotAllowed, match="being worked on by a colleague"):
        walk.do("accept", seat=ACCEPTOR)
    assert walk.do("accept", seat=COLLEAGUE).case.claimed_by is None


def test_a_case_is_handed_over_only_to_somebody_of_the_post_that_acts() -> None:
    walk = CaseWalk()
    service = stored(walk, COLLEAGUE)
    to_leader = Move(operation="reassign", opinion="转交", person_id=LEADER.person_id)
    with pytest.raises(NotAllowed, match="does not hold the post that acts on it"):
        service.move(walk.case.id, 1, to_leader, SHIFT_LEADER, FRIDAY_MORNING)
    to_colleague = replace(to_leader, person_id=COLLEAGUE.person_id)
    assert service.move(walk.case.id, 1, to_colleague, SHIFT_LEADER, FRIDAY_MORNING).cases


def test_in_a_district_a_case_is_handed_over_within_its_center() -> None:
    name = "shift_leader_closes+two_loops"
    walk = CaseWalk(seat=DISTRICT_ACCEPTOR, profile=name)
    service = stored(walk, COLLEAGUE, DISTRICT_COLLEAGUE, profile=name)
    wrong = Move(operation="reassign", opinion="转交", person_id=COLLEAGUE.person_id)
    with pytest.raises(NotAllowed, match="does not hold the post that acts on it"):
        service.move(walk.case.id, 1, wrong, DISTRICT_SHIFT_LEADER, FRIDAY_MORNING)
    right = replace(wrong, person_id=DISTRICT_COLLEAGUE.person_id)
    assert service.move(walk.case.id, 1, right, DISTRICT_SHIFT_LEADER, FRIDAY_MORNING).cases


def test_who_filed_a_case_of_the_pool_answers_for_it_to_the_end() -> None:
    walk = CaseWalk(profile="acceptor_pool").do("file", seat=ACCEPTOR).to(State.PENDING_CHECK)
    with pytest.raises(NotAllowed, match="whoever filed it answers for it to the end"):
        walk.do("sendCheck", seat=COLLEAGUE)
    walk.do("sendCheck", seat=ACCEPTOR).to(State.PENDING_CLOSE)
    with pytest.raises(NotAllowed, match="Ask the shift leader to hand it over"):
        walk.do("close", seat=COLLEAGUE)
    hand_over = Move(operation="reassign", opinion="休假", person_id=COLLEAGUE.person_id)
    walk.do("reassign", move=hand_over)
    assert walk.case.owner_id == COLLEAGUE.person_id
    assert walk.do("close", seat=COLLEAGUE).case.state is State.CLOSED


def test_handing_a_dispatch_over_makes_no_dispatcher_answer_for_the_filing() -> None:
    walk = CaseWalk(profile="acceptor_pool").to(State.PENDING_DISPATCH)
    owner = walk.case.owner_id
    move = Move(operation="reassign", opinion="转交", person_id=DISPATCHER.person_id)
    walk.do("reassign", move=move)
    assert (walk.case.owner_id, walk.case.claimed_by) == (owner, DISPATCHER.person_id)
    assert walk.to(State.CLOSED).case.closing_route == "checked"


@pytest.mark.parametrize(
    ("state", "operation"), [(State.VERIFYING, "改派监督员"), (State.CHECKING, "改派核查")]
)
def test_a_task_is_given_to_another_collector(state: State, operation: str) -> None:
    walk = into(state, "shift_leader_closes")
    other = COLLECTOR if walk.case.collector_id == OTHER_COLLECTOR.person_id else OTHER_COLLECTOR
    before = walk.case.main_clock
    walk.collector = other
    assert walk.row("reassign").name == operation
    walk.do("reassign", after=5)
    assert walk.case.collector_id == walk.case.holder_person_id == other.person_id
    assert walk.case.main_clock == before


def test_a_task_goes_only_to_a_post_that_can_answer_it() -> None:
    verify, check = CaseWalk(), CaseWalk().to(State.PENDING_CHECK)
    inspector = INSPECTOR.person_id
    with pytest.raises(NotAllowed, match="holds no post that does it"):
        stored(verify).move(
            verify.case.id,
            verify.case.version,
            Move(operation="sendVerify", collector_id=inspector),
            ACCEPTOR,
            verify.now,
        )
    send = Move(operation="sendCheck", collector_id=inspector)
    assert stored(check).move(check.case.id, check.case.version, send, ACCEPTOR, check.now).cases
    pool = CaseWalk(profile="acceptor_pool").to(State.PENDING_CHECK)
    with pytest.raises(NotAllowed, match="holds no post that does it"):
        stored(pool, profile="acceptor_pool").move(
            pool.case.id, pool.case.version, send, ACCEPTOR, pool.now
        )


def test_an_inspector_checks_what_he_was_sent_to() -> None:
    walk = CaseWalk().to(State.PENDING_CHECK)
    walk.collector = INSPECTOR
    walk.do("sendCheck").do("replyCheck:done", seat=INSPECTOR)
    assert walk.case.check_result == "done"


def test_the_check_keeps_apart_from_reporter_and_beat_where_the_profile_says_so() -> None:
    walk = CaseWalk(profile="operator_closes").to(State.PENDING_CHECK)
    walk.around = Surroundings(checkers=RECHECKS)
    with pytest.raises(NotAllowed, match="cannot go to who reported it or walks its beat"):
        walk.do("sendCheck")
    walk.collector = OTHER_COLLECTOR
    assert walk.do("sendCheck").case.collector_id == OTHER_COLLECTOR.person_id


def test_the_check_goes_to_whom_the_lot_fell_on_where_the_profile_says_so() -> None:
    walk = CaseWalk(profile="acceptor_pool").to(State.PENDING_CHECK)
    walk.around = Surroundings(checkers=RECHECKS)
    with pytest.raises(NotAllowed, match="to whom the lot fell on"):
        walk.do("sendCheck")


def test_the_lot_falls_on_one_that_nobody_chooses_and_anybody_can_draw_again() -> None:
    apart = [PersonId(number) for number in range(40, 47)]
    drawn: set[PersonId] = set()
    for number in range(60):
        case = replace(CaseWalk().case, head_hash=bytes([number]) * 32)
        lot = allowed_checkers(case, CheckerRule.DRAWN, apart)
        assert lot == allowed_checkers(case, CheckerRule.DRAWN, apart)
        assert lot is not None
        assert len(lot) == 1
        drawn |= lot
    assert drawn == set(apart)
    case = CaseWalk().case
    assert allowed_checkers(case, CheckerRule.APART, apart) == frozenset(apart)
    assert allowed_checkers(case, CheckerRule.NEAREST, apart) is None
    assert allowed_checkers(case, CheckerRule.DRAWN, []) is None


@pytest.mark.parametrize(("minutes", "allowed"), [(0, True), (60, True), (-60, True), (61, False)])
def test_an_event_is_checked_at_the_time_of_day_of_its_report(minutes: int, allowed: bool) -> None:
    walk = CaseWalk(shed_report(), profile="operator_closes").to(State.CHECKING)
    walk.now = FRIDAY_MORNING + timedelta(days=3, minutes=minutes)
    if allowed:
        assert walk.do("replyCheck:done").case.check_result == "done"
        return
    with pytest.raises(NotAllowed, match="between 08:00 and 10:00"):
        walk.do("replyCheck:done")
    assert walk.do("replyCheck:undone").case.check_result == "undone"


def test_around_midnight_the_time_of_day_wraps_around() -> None:
    late = FRIDAY_MORNING.replace(hour=23, minute=40)
    walk = CaseWalk(shed_report(), profile="operator_closes", now=late).to(State.CHECKING)
    walk.now = late + timedelta(days=1, minutes=59)
    assert walk.do("replyCheck:done").case.check_result == "done"


def test_a_component_is_checked_at_any_hour() -> None:
    walk = CaseWalk(manhole_report(), profile="operator_closes").to(State.CHECKING)
    assert walk.do("replyCheck:done", after=60 * 6).case.check_result == "done"


def test_a_check_that_found_nothing_done_can_be_made_again() -> None:
    walk = CaseWalk().to(State.CHECKING).do("replyCheck:undone")
    walk.collector = OTHER_COLLECTOR
    walk.do("recheck", after=5)
    assert (walk.case.state, walk.case.check_result) == (State.CHECKING, None)
    assert walk.do("replyCheck:done").do("close").case.closing_route == "checked"
