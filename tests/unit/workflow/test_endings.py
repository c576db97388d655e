"""How cases end and go on again: void, force, authority, direct, on the spot; visit and appeal."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.helpers.case_walk import CaseWalk
from tests.helpers.laws import check_laws
from tests.helpers.trade import (
    ACCEPTOR,
    ADMIN,
    COLLECTOR,
    DEPARTMENT,
    DISPATCHER,
    FRIDAY_MORNING,
    OTHER_DEPARTMENT,
    SHIFT_LEADER,
    SYSTEM,
    manhole_report,
    photo,
    shed_report,
)
from tests.helpers.ways import HOTLINE, into
from workflow.case import PhotoUsage
from workflow.clocks import ClockKind, remaining
from workflow.commands import Move
from workflow.errors import NotAllowed, RequirementMissing
from workflow.instants import CHINA_STANDARD_TIME
from workflow.states import State
from workflow.surroundings import Surroundings

A_WEEK = 7 * 24 * 60
BACK_AGAIN = (State.PENDING_DISPATCH, State.RETURNED, State.PENDING_SIGN, State.HANDLING)
BOTH = tuple(replace(photo(), usage=usage) for usage in (PhotoUsage.REPORT, PhotoUsage.AFTER))


def left(walk: CaseWalk) -> timedelta:
    """The time that the department has left."""
    return remaining(walk.clock(ClockKind.HANDLE), walk.rules.calendar, walk.now)


# -- void and restore -------------------------------------------------------------------------


@pytest.mark.parametrize("state", BACK_AGAIN)
def test_a_void_case_restored_stands_where_it_was_with_the_time_that_was_left(
    state: State,
) -> None:
    walk = into(state, "shift_leader_closes")
    walk.do("urge", after=50)
    before, dispatched = walk.case, walk.case.newest_clock(ClockKind.HANDLE) is not None
    time_left = left(walk) if dispatched else None
    walk.do("askVoid").do("auditVoid:approved")
    assert (walk.case.state, walk.case.closing_route) == (State.REJECTED, "void")
    assert all(clock.stopped_at is not None for clock in walk.case.clocks)
    walk.do("askRestore", after=A_WEEK).do("auditRestore:approved", after=30)
    after = walk.case
    assert after.state is state
    for field in ("holder_post", "department_id", "handler_id", "came_from", "handle_limit"):
        assert getattr(after, field) == getattr(before, field), field
    assert (left(walk) if dispatched else None) == time_left
    assert (after.ended_from, after.closing_route, after.request_kind) == (None, "", None)
    check_laws(after, walk.events, walk.rules.table)


def test_a_restored_return_is_ruled_on_as_if_nothing_had_been() -> None:
    walk = into(State.RETURNED, "shift_leader_closes")
    before = left(walk)
    walk.do("askVoid").do("auditVoid:approved", after=9).do("askRestore")
    walk.do("auditRestore:approved", after=A_WEEK).do("returnAudit:refused", after=20)
    assert (walk.case.state, left(walk)) == (State.PENDING_SIGN, before)


def test_nothing_is_void_or_restored_without_the_approval_of_somebody_else() -> None:
    walk = CaseWalk().to(State.PENDING_DISPATCH)
    for ruling in ("auditVoid:approved", "auditVoid:refused"):
        with pytest.raises(NotAllowed, match="has no such request open"):
            walk.do(ruling)
    walk.do("askVoid")
    both = replace(SHIFT_LEADER, person_id=DISPATCHER.person_id)
    with pytest.raises(NotAllowed, match="cannot rule on it"):
        walk.do("auditVoid:approved", seat=both)
    walk.do("auditVoid:refused")
    assert (walk.case.state, walk.case.request_kind) == (State.PENDING_DISPATCH, None)
    walk.do("askVoid").do("auditVoid:approved").do("askRestore").do("auditRestore:refused")
    assert walk.case.state is State.REJECTED
    assert walk.do("askRestore").case.request_kind == "restore"


def test_a_rejected_report_is_restored_too() -> None:
    walk = CaseWalk().do("reject", after=5)
    assert (walk.case.closing_route, walk.case.ended_from) == ("rejected", State.REPORTED)
    walk.do("askRestore", after=60, seat=ACCEPTOR).do("auditRestore:approved")
    assert walk.case.state is State.REPORTED
    assert walk.clock(ClockKind.ACCEPT).round == 2


# -- force ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "state",
    [
        state
        for state in State
        if not state.is_ended
        and state not in (State.PENDING_DISTRICT_DISPATCH, State.PENDING_TOWN_DISPATCH)
    ],
)
def test_force_closes_from_any_state_cancels_every_clock_and_is_counted_apart(
    state: State,
) -> None:
    walk = into(state, "shift_leader_closes")
    walk.do("supervise:leader")
    running = {(c.kind, c.round) for c in walk.case.clocks if c.stopped_at is None}
    walk.do("forceClose", after=10)
    case = walk.case
    assert (case.state, case.closing_route, case.ended_from) == (
        State.FORCE_CLOSED,
        "forced",
        state,
    )
    assert (case.closed_at, case.supervised, case.main_clock) == (walk.now, None, None)
    assert {(c.kind, c.round) for c in case.clocks if c.cancelled} >= running
    walk.do("reopen", after=5)
    assert not walk.case.state.is_ended
    check_laws(walk.case, walk.events, walk.rules.table)


def test_force_closing_does_not_wipe_out_that_the_case_was_late() -> None:
    late = CaseWalk().to(State.HANDLING).do("forceClose", after=A_WEEK)
    assert late.case.handle_on_time is False
    in_time = CaseWalk().to(State.HANDLING).do("forceClose", after=5)
    assert in_time.case.handle_on_time is None


def test_who_handled_or_dispatched_a_case_does_not_force_it_closed() -> None:
    walk = CaseWalk().to(State.PENDING_DISPATCH)
    walk.do("dispatch", seat=replace(DISPATCHER, person_id=SHIFT_LEADER.person_id))
    with pytest.raises(NotAllowed, match="cannot check or close it"):
        walk.do("forceClose")


def test_a_case_reopened_goes_on_where_it_ended_with_its_time() -> None:
    walk = CaseWalk().to(State.HANDLING).do("urge", after=75)
    before = left(walk)
    walk.do("forceClose").do("reopen", after=A_WEEK)
    assert (walk.case.state, left(walk)) == (State.HANDLING, before)
    assert walk.case.closed_at is None
    closed = CaseWalk().to(State.CLOSED).do("reopen", after=A_WEEK)
    assert (closed.case.state, closed.case.closing_route) == (State.PENDING_CLOSE, "")
    assert closed.clock(ClockKind.CLOSE).round == 2


# -- standing rules ---------------------------------------------------------------------------


def operator(report: str = "shed") -> CaseWalk:
    """A case of the profile in which operators close under a standing rule, fed back."""
    made = shed_report() if report == "shed" else manhole_report()
    return CaseWalk(made, profile="operator_closes").to(State.PENDING_FEEDBACK)


def test_a_standing_rule_closes_without_check_and_says_which_one() -> None:
    walk = operator().do("authClose")
    case = walk.case
    assert (case.state, case.closing_route, case.authorisation_id) == (
        State.CLOSED,
        "authorised",
        "A-1",
    )
    assert walk.clock(ClockKind.FEEDBACK).stopped_at == walk.now
    assert walk.do("reopen").case.state is State.PENDING_FEEDBACK


def test_a_standing_rule_holds_for_its_class_only() -> None:
    for walk in (operator("manhole"), operator()):
        wrong = Move(operation="authClose", opinion="小额", authorisation_id="A-2")
        with pytest.raises(NotAllowed, match="Choose one that does"):
            walk.do("authClose", move=wrong)
        unknown = replace(wrong, authorisation_id="A-9")
        with pytest.raises(NotAllowed, match="Choose one that does"):
            walk.do("authClose", move=unknown)


def test_a_standing_rule_is_used_so_often_a_day_and_no_more() -> None:
    walk = operator()
    rule = walk.rules.authorisations["A-1"]
    walk.around = Surroundings(used_today=rule.per_day)
    with pytest.raises(NotAllowed, match="was used 20 times today"):
        walk.do("authClose")
    walk.around = Surroundings(used_today=rule.per_day - 1)
    assert walk.do("authClose").case.state is State.CLOSED


def test_a_standing_rule_ends() -> None:
    walk = operator()
    walk.now = datetime(2027, 12, 31, tzinfo=CHINA_STANDARD_TIME)
    with pytest.raises(NotAllowed, match="ended at 2027-12-31 00:00:00; have it renewed"):
        walk.do("authClose")
    walk.now -= timedelta(milliseconds=1)
    assert walk.do("authClose").case.state is State.CLOSED


def test_what_the_check_found_undone_is_not_closed_under_a_standing_rule_either() -> None:
    walk = CaseWalk(shed_report(), profile="operator_closes").to(State.CHECKING)
    walk.do("replyCheck:undone")
    with pytest.raises(NotAllowed, match="Send it back for rework"):
        walk.do("authClose")
    assert walk.do("recheck").do("replyCheck:done").do("authClose").case.state is State.CLOSED


def test_who_had_a_hand_in_it_does_not_close_under_a_standing_rule() -> None:
    walk = operator()
    walk.do("passFeedback", seat=replace(DISPATCHER, person_id=ACCEPTOR.person_id))
    walk.to(State.PENDING_CLOSE)
    with pytest.raises(NotAllowed, match="cannot check or close it"):
        walk.do("authClose")


def test_a_direct_closing_spares_the_check_but_not_the_closing() -> None:
    walk = CaseWalk(shed_report()).to(State.HANDLING).do("askDirectClose", after=30)
    case = walk.case
    assert (case.state, case.closing_route, case.authorisation_id) == (
        State.PENDING_CLOSE,
        "direct",
        "D-0",
    )
    assert (case.handle_on_time, case.fed_back_at) == (True, walk.now)
    assert walk.clock(ClockKind.HANDLE).stopped_at == walk.now
    assert walk.do("close").case.closing_route == "direct"


def test_a_direct_closing_sent_back_loses_its_authorisation() -> None:
    walk = CaseWalk(shed_report()).to(State.HANDLING).do("askDirectClose").do("rework")
    assert (walk.case.closing_route, walk.case.authorisation_id) == ("", None)
    walk.to(State.CHECKING).do("replyCheck:undone")
    with pytest.raises(NotAllowed, match="Send it back for rework"):
        walk.do("close")


def test_a_direct_closing_has_its_class_and_its_cap() -> None:
    manhole = CaseWalk().to(State.HANDLING)
    with pytest.raises(NotAllowed, match="does not speak of 上水井盖"):
        manhole.do("askDirectClose")
    walk = CaseWalk(shed_report()).to(State.HANDLING)
    walk.around = Surroundings(used_today=10)
    with pytest.raises(NotAllowed, match="was used 10 times today"):
        walk.do("askDirectClose")


# -- on the spot ------------------------------------------------------------------------------


def self_handled() -> CaseWalk:
    """A case that the collector put right himself."""
    return CaseWalk(manhole_report(operation="selfHandle", photos=BOTH))


def test_what_a_collector_puts_right_is_reviewed_and_closed_apart() -> None:
    walk = self_handled()
    assert walk.case.self_handled
    assert [one["usage"] for one in walk.events[0].photos] == ["report", "after"]
    for step in ("accept", "sendVerify", "answerNow"):
        assert walk.button(step, ACCEPTOR) is None
        with pytest.raises(NotAllowed, match="review that first"):
            walk.do(step)
    walk.do("auditSelf:approved", after=3)
    assert (walk.case.state, walk.case.closing_route) == (State.CLOSED, "self_handled")
    assert walk.clock(ClockKind.ACCEPT).stopped_at == walk.now


def test_what_the_review_does_not_believe_goes_the_ordinary_way() -> None:
    walk = self_handled().do("auditSelf:refused")
    assert (walk.case.state, walk.case.self_handled) == (State.REPORTED, False)
    assert walk.to(State.CLOSED).case.closing_route == "checked"


@pytest.mark.parametrize("photos", [(), BOTH[:1], BOTH[1:]])
def test_who_puts_it_right_shows_it_before_and_after(photos: tuple[object, ...]) -> None:
    with pytest.raises(RequirementMissing, match=r"自行处置 needs (a|two) photo"):
        CaseWalk(manhole_report(operation="selfHandle", photos=photos))


def test_an_answer_given_at_once_closes_the_report() -> None:
    walk = CaseWalk(seat=ACCEPTOR).do("answerNow", after=4)
    assert (walk.case.state, walk.case.closing_route) == (State.CLOSED, "answered")
    assert walk.do("reopen").case.state is State.REPORTED


# -- visit ------------------------------------------------------------------------------------


def called(**changes: object) -> CaseWalk:
    """A case that somebody called in about."""
    return CaseWalk(manhole_report(source=HOTLINE, **changes), seat=ACCEPTOR)


def test_a_caller_is_asked_afterwards_and_the_visit_has_its_clock() -> None:
    walk = called().to(State.CLOSED)
    assert walk.clock(ClockKind.VISIT).is_running
    walk.do("visit:satisfied", after=30)
    assert (walk.case.state, walk.case.satisfaction) == (State.CLOSED, "satisfied")
    assert walk.clock(ClockKind.VISIT).stopped_at == walk.now
    with pytest.raises(NotAllowed, match="asks for no visit, or had it"):
        walk.do("visit:satisfied")


def test_nobody_is_asked_where_nobody_called() -> None:
    walk = CaseWalk().to(State.CLOSED)
    assert walk.case.newest_clock(ClockKind.VISIT) is None
    with pytest.raises(NotAllowed, match="asks for no visit"):
        walk.do("visit:satisfied")
    wishes = CaseWalk(manhole_report(wants_reply=True))
    assert wishes.case.needs_visit


def test_who_is_dissatisfied_reopens_the_case_and_is_asked_again() -> None:
    walk = called().to(State.CLOSED).do("visit:dissatisfied", after=60)
    case = walk.case
    assert (case.state, case.satisfaction, case.closed_at) == (
        State.PENDING_CLOSE,
        "dissatisfied",
        None,
    )
    assert walk.clock(ClockKind.CLOSE).round == 2
    walk.do("rework").to(State.CLOSED, after=3)
    assert (walk.case.satisfaction, walk.clock(ClockKind.VISIT).round) == (None, 2)
    assert walk.do("visit:very_satisfied").case.satisfaction == "very_satisfied"
    check_laws(walk.case, walk.events, walk.rules.table)


def test_a_dissatisfied_caller_who_was_answered_at_once_is_reported_anew() -> None:
    walk = called().do("answerNow").do("visit:dissatisfied", after=60)
    assert walk.case.state is State.REPORTED
    walk.to(State.CLOSED)
    check_laws(walk.case, walk.events, walk.rules.table)


def test_a_caller_is_asked_after_a_closing_under_a_standing_rule_too() -> None:
    walk = CaseWalk(shed_report(source=HOTLINE), seat=ACCEPTOR, profile="operator_closes")
    walk.to(State.PENDING_FEEDBACK).do("authClose").do("visit:dissatisfied")
    assert walk.case.state is State.PENDING_CLOSE
    walk.do("rework").to(State.CLOSED)
    check_laws(walk.case, walk.events, walk.rules.table)


def test_reopening_takes_the_visit_back() -> None:
    walk = called().to(State.CLOSED).do("reopen", after=5)
    assert walk.clock(ClockKind.VISIT).cancelled
    assert walk.do("close").clock(ClockKind.VISIT).round == 2


# -- appeal -----------------------------------------------------------------------------------


@pytest.fixture
def late() -> CaseWalk:
    """Closed, and handled a week too late."""
    return CaseWalk().to(State.HANDLING).do("feedback", after=A_WEEK).to(State.CLOSED)


def test_an_appeal_takes_two_levels_and_the_fact_is_kept(late: CaseWalk) -> None:
    late.do("askAppeal", after=5)
    assert (late.case.request_kind, late.case.request_tier) == ("appeal", 1)
    with pytest.raises(NotAllowed, match="for another post to rule on"):
        late.do("auditAppeal:approved")
    late.do("auditAppeal:passed", seat=DISPATCHER).do("auditAppeal:approved", seat=ACCEPTOR)
    case = late.case
    assert (case.state, case.exempt, case.appeal_result) == (State.CLOSED, True, "approved")
    assert case.handle_on_time is False


def test_a_granted_appeal_forgives_no_later_delay(late: CaseWalk) -> None:
    late.do("askAppeal").do("auditAppeal:passed").do("auditAppeal:approved")
    assert late.case.exempt
    late.do("reopen").do("rework").do("feedback", after=A_WEEK)
    assert not late.case.exempt


@pytest.mark.parametrize("refused_at", [1, 2])
def test_an_appeal_refused_at_either_level_is_refused_for_good(
    late: CaseWalk, refused_at: int
) -> None:
    late.do("askAppeal")
    if refused_at == 2:
        late.do("auditAppeal:passed")
    late.do("auditAppeal:refused")
    assert (late.case.exempt, late.case.appeal_result) == (False, "refused")
    with pytest.raises(NotAllowed, match="once is all there is"):
        late.do("askAppeal")


def test_only_the_main_department_appeals_and_only_what_was_late(late: CaseWalk) -> None:
    with pytest.raises(NotAllowed, match="dispatched to another department"):
        late.do("askAppeal", seat=OTHER_DEPARTMENT)
    in_time = CaseWalk().to(State.CLOSED)
    with pytest.raises(NotAllowed, match="nothing to appeal"):
        in_time.do("askAppeal", seat=DEPARTMENT)


def test_who_appealed_does_not_rule(late: CaseWalk) -> None:
    late.do("askAppeal")
    with pytest.raises(NotAllowed, match="cannot rule on it"):
        late.do("auditAppeal:passed", seat=replace(DISPATCHER, person_id=DEPARTMENT.person_id))


# -- archive ----------------------------------------------------------------------------------


@pytest.mark.parametrize("seat", [ADMIN, SYSTEM])
@pytest.mark.parametrize("end", [State.CLOSED, State.FORCE_CLOSED])
def test_a_case_is_archived_when_it_has_rested(seat: object, end: State) -> None:
    walk = into(end, "shift_leader_closes")
    walk.now = (walk.case.closed_at or FRIDAY_MORNING) + timedelta(days=30, milliseconds=-1)
    with pytest.raises(NotAllowed, match="archived 30 days after its end"):
        walk.do("archive", seat=seat)  # type: ignore[arg-type]
    walk.now += timedelta(milliseconds=1)
    assert walk.do("archive", seat=seat).case.state is State.ARCHIVED  # type: ignore[arg-type]
    assert walk.rows() == ()


def test_nothing_is_archived_while_an_appeal_waits(late: CaseWalk) -> None:
    late.do("askAppeal", after=A_WEEK * 5)
    with pytest.raises(NotAllowed, match="waits for its ruling"):
        late.do("archive")


def test_a_visit_that_nobody_made_ends_with_the_archive() -> None:
    walk = called().to(State.CLOSED)
    walk.now += timedelta(days=31)
    assert walk.do("archive").clock(ClockKind.VISIT).cancelled
    assert COLLECTOR.person_id != walk.events[0].person_id
