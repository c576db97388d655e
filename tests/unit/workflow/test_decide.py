"""The main line of a case, step by step: states, holders, clocks, lamps and what the events say."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.helpers.case_walk import MAIN_LINE, CaseWalk
from tests.helpers.trade import (
    ACCEPTOR,
    BUND,
    COLLECTOR,
    DEPARTMENT,
    DISPATCHER,
    FOUR_WORK_HOURS,
    FRIDAY_MORNING,
    LIGHTS,
    OTHER_DEPARTMENT,
    PUBLIC,
    SHIFT_LEADER,
    demo_rules,
    full_move,
    manhole_report,
)
from workflow.calendar import Limit, TimeUnit
from workflow.case import CaseKind
from workflow.clocks import ClockKind, Lamp, pause
from workflow.decide import decide_report
from workflow.ids import CaseId
from workflow.instants import epoch_ms
from workflow.posts import Post, Seat
from workflow.states import State


def test_a_report_makes_a_case_in_version_one_that_waits_for_the_acceptor() -> None:
    case = CaseWalk().case
    assert (case.version, case.state, case.holder_post) == (1, State.REPORTED, Post.ACCEPTOR)
    assert case.number == "26112000001"
    assert case.kind is CaseKind.COMPONENT
    assert case.class_name == "上水井盖"
    assert case.edition == demo_rules().catalog.edition
    assert (case.profile, case.rules_version) == ("shift_leader_closes", 2)
    assert case.place == BUND
    assert case.reporter_id == COLLECTOR.person_id
    assert case.reported_at == FRIDAY_MORNING
    assert [clock.kind for clock in case.clocks] == [ClockKind.ACCEPT]


def test_the_report_event_carries_the_whole_case_and_its_photo() -> None:
    event = CaseWalk(manhole_report(opinion="急", urgent=True)).events[0]
    assert (event.seq, event.operation, event.from_state) == (1, "report", None)
    assert event.changes["number"] == [None, "26112000001"]
    assert event.changes["urgent"] == [None, True]
    assert event.changes["place"][1]["cell_code"] == BUND.cell_code
    assert event.changes["reported_at"] == [None, epoch_ms(FRIDAY_MORNING)]
    assert "verify_result" not in event.changes
    assert event.opinion == "急"
    assert [photo["usage"] for photo in event.photos] == ["report"]
    assert event.prev_hash == bytes(32)
    assert len(event.hash) == 32


@pytest.mark.parametrize(
    ("seat", "operation"),
    [(COLLECTOR, "report"), (PUBLIC, "report"), (ACCEPTOR, "register")],
)
def test_collector_and_public_report_and_the_acceptor_registers(seat: Seat, operation: str) -> None:
    walk = CaseWalk(seat=seat)
    assert walk.events[0].operation == operation


def test_the_main_line_passes_every_state_by_name() -> None:
    walk = CaseWalk()
    states = [walk.case.state]
    for step in MAIN_LINE:
        states.append(walk.do(step, after=2).case.state)
    assert states == [
        State.REPORTED,
        State.PENDING_FILING,
        State.PENDING_DISPATCH,
        State.PENDING_SIGN,
        State.HANDLING,
        State.PENDING_FEEDBACK,
        State.PENDING_CHECK,
        State.CHECKING,
        State.PENDING_CLOSE,
        State.CLOSED,
    ]
    assert walk.case.version == 10
    assert walk.case.closed_at == FRIDAY_MORNING + timedelta(minutes=18)


def test_the_case_always_waits_for_the_one_who_must_act() -> None:
    walk = CaseWalk()
    holders = []
    for step in MAIN_LINE:
        case = walk.do(step, after=1).case
        holders.append((case.holder_post, case.holder_person_id, case.holder_department_id))
    assert holders == [
        (Post.SHIFT_LEADER, None, None),
        (Post.DISPATCHER, None, None),
        (Post.DEPARTMENT, None, LIGHTS),
        (Post.DEPARTMENT, None, LIGHTS),
        (Post.DISPATCHER, None, None),
        (Post.ACCEPTOR, None, None),
        (Post.COLLECTOR, COLLECTOR.person_id, None),
        (Post.SHIFT_LEADER, None, None),
        (None, None, None),
    ]


def test_each_step_starts_the_next_clock_when_it_stops_the_last() -> None:
    walk = CaseWalk()
    mains = [walk.case.main_clock]
    for step in MAIN_LINE:
        mains.append(walk.do(step, after=3).case.main_clock)
    kinds = [clock.kind if clock else None for clock in mains]
    assert kinds == [
        ClockKind.ACCEPT,
        ClockKind.FILING,
        ClockKind.DISPATCH,
        ClockKind.HANDLE,
        ClockKind.HANDLE,
        ClockKind.FEEDBACK,
        ClockKind.SEND_CHECK,
        ClockKind.CHECK,
        ClockKind.CLOSE,
        None,
    ]
    accept = walk.clock(ClockKind.ACCEPT)
    assert accept.stopped_at == walk.clock(ClockKind.FILING).started_at
    assert all(clock.stopped_at and not clock.cancelled for clock in walk.case.clocks)


def test_handling_is_timed_from_the_dispatch_on_by_the_filing_condition() -> None:
    walk = CaseWalk().to(State.PENDING_DISPATCH).do("dispatch", after=30)
    handle = walk.clock(ClockKind.HANDLE)
    assert handle.started_at == walk.now == walk.case.dispatched_at
    assert handle.limit == walk.case.handle_limit == Limit(4, TimeUnit.WORK_HOUR)
    assert handle.rule == f"立案标准 {FOUR_WORK_HOURS}：4小时"
    # 09:30 to 12:00 are two and a half hours, lunch does not count, the rest ends at 15:30.
    assert handle.due_at == FRIDAY_MORNING + timedelta(hours=6, minutes=30)
    assert walk.do("sign", after=20).clock(ClockKind.HANDLE) == handle
    assert walk.clock(ClockKind.SIGN).stopped_at == walk.now


def test_the_dispatcher_may_set_another_limit_with_an_opinion() -> None:
    walk = CaseWalk().to(State.PENDING_DISPATCH)
    move = full_move(walk.row("dispatch"))
    limit = Limit(2, TimeUnit.URGENT_HOUR)
    walk.do("dispatch", move=replace(move, limit=limit, opinion="有行人摔倒"))
    assert walk.case.handle_limit == limit
    assert walk.clock(ClockKind.HANDLE).due_at == FRIDAY_MORNING + timedelta(hours=2)
    assert walk.clock(ClockKind.HANDLE).rule == "派遣员给定的处置时限"


def test_a_stage_clock_says_where_its_limit_comes_from() -> None:
    assert CaseWalk().clock(ClockKind.ACCEPT).rule == "受理时限 15 分钟（软件默认值）"


def test_the_lamp_goes_from_green_to_yellow_to_red_with_the_clock_that_runs() -> None:
    walk = CaseWalk()
    assert walk.lamp() is Lamp.GREEN
    assert walk.lamp(after=11.9) is Lamp.GREEN
    assert walk.lamp(after=12) is Lamp.YELLOW
    assert walk.lamp(after=15) is Lamp.YELLOW
    assert walk.lamp(after=15.1) is Lamp.RED
    assert walk.do("accept", after=16).lamp() is Lamp.GREEN
    assert walk.to(State.CLOSED).lamp() is Lamp.GREY
    assert walk.case.timing.due_at is None
    assert walk.case.timing.handle_due_at == walk.clock(ClockKind.HANDLE).due_at


def test_the_lamp_in_handling_is_the_handle_clock_and_not_the_sign_clock() -> None:
    walk = CaseWalk().to(State.PENDING_SIGN)
    assert walk.case.timing.due_at == walk.clock(ClockKind.HANDLE).due_at
    assert walk.case.timing.due_at == walk.case.timing.handle_due_at


def test_after_the_feedback_the_lamp_leaves_the_handle_clock_behind() -> None:
    walk = CaseWalk().to(State.PENDING_FEEDBACK, after=1)
    timing = walk.case.timing
    assert timing.due_at == walk.clock(ClockKind.FEEDBACK).due_at != timing.handle_due_at
    assert timing.handle_due_at == walk.clock(ClockKind.HANDLE).due_at


def test_a_suspended_case_has_a_blue_lamp_and_no_main_clock() -> None:
    case = CaseWalk().to(State.HANDLING).case
    handle = pause(case.clocks[-2], FRIDAY_MORNING, "挂账")
    hung = replace(case, state=State.SUSPENDED, clocks=(*case.clocks[:-2], handle))
    assert hung.main_clock is None
    assert hung.timing.lamp(FRIDAY_MORNING + timedelta(days=90)) is Lamp.BLUE
    assert hung.timing.due_at == handle.due_at


def test_feedback_in_time_and_late_are_told_apart_to_the_millisecond() -> None:
    due = CaseWalk().to(State.HANDLING).clock(ClockKind.HANDLE).due_at
    in_time, late = CaseWalk().to(State.HANDLING), CaseWalk().to(State.HANDLING)
    in_time.now = due
    late.now = due + timedelta(milliseconds=1)
    assert in_time.do("feedback").case.handle_on_time is True
    assert late.do("feedback").case.handle_on_time is False
    assert late.case.fed_back_at == late.now


def test_a_department_may_review_its_own_handling_before_it_feeds_back() -> None:
    walk = CaseWalk().to(State.HANDLING)
    states = []
    for step in ("handleDone", "deptRework", "handleDone", "feedback"):
        assert walk.clock(ClockKind.HANDLE).is_running
        states.append(walk.do(step, after=5).case.state)
    review, handling = State.DEPT_REVIEW, State.HANDLING
    assert states == [review, handling, review, State.PENDING_FEEDBACK]
    assert walk.case.rework_count == 0


def test_an_event_says_what_changed_from_what_to_what() -> None:
    walk = CaseWalk().to(State.PENDING_FILING).do("file", after=4, seat=SHIFT_LEADER)
    event = walk.events[-1]
    assert (event.from_state, event.to_state) == (State.PENDING_FILING, State.PENDING_DISPATCH)
    assert (event.person_id, event.post) == (SHIFT_LEADER.person_id, Post.SHIFT_LEADER)
    assert event.changes == {
        "condition_id": [None, FOUR_WORK_HOURS],
        "filed_at": [None, epoch_ms(walk.now)],
        "owner_id": [None, SHIFT_LEADER.person_id],
        "holder_post": ["ShiftLeader", "Dispatcher"],
    }
    assert [(clock["kind"], clock["stopped"]) for clock in event.clocks] == [
        ("filing", epoch_ms(walk.now)),
        ("dispatch", None),
    ]
    assert event.prev_hash == walk.events[-2].hash
    assert walk.case.head_hash == event.hash


def test_times_are_whole_milliseconds_whatever_the_machine_counts() -> None:
    walk = CaseWalk(now=FRIDAY_MORNING + timedelta(microseconds=1234))
    assert walk.case.reported_at == FRIDAY_MORNING + timedelta(milliseconds=1)
    assert walk.events[0].at == walk.case.reported_at


def test_deciding_twice_gives_the_same_event() -> None:
    first, second = (
        decide_report(
            manhole_report(),
            COLLECTOR,
            FRIDAY_MORNING,
            demo_rules(),
            case_id=CaseId(7),
            number="26112000007",
        )
        for _ in range(2)
    )
    assert first == second


def test_an_event_class_is_reported_and_closed_in_the_same_way() -> None:
    catalog = demo_rules().catalog
    condition = next(c for c in catalog.conditions if c.kind is CaseKind.EVENT and c.limit)
    report = manhole_report(kind=CaseKind.EVENT, class_code=condition.class_code)
    walk = CaseWalk(report).to(State.PENDING_FILING)
    walk.do("file", move=replace(full_move(walk.row("file")), condition_id=condition.id))
    assert walk.to(State.CLOSED).case.kind is CaseKind.EVENT
    assert walk.clock(ClockKind.HANDLE).limit == condition.limit


def test_the_buttons_of_a_seat_are_the_rows_that_concern_it() -> None:
    walk = CaseWalk().to(State.PENDING_SIGN)
    buttons = walk.buttons(DEPARTMENT)
    assert [one.transition.operation for one in buttons] == ["sign", "refuseSign", "askVoid"]
    assert all(one.refusal is None for one in buttons)
    assert [one.transition.operation for one in walk.buttons(DISPATCHER)] == ["coHandle", "urge"]
    assert walk.buttons(OTHER_DEPARTMENT) == walk.buttons(COLLECTOR) == ()
