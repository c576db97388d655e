"""The decision: what is offered, what is missing, and the move that the draft makes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.helpers.fake_record import NOW, FakeRecord, case_with_state
from ui.case_form.decision import Decision
from ui.case_form.draft import Draft
from ui.case_form.panel_model import headline
from workflow.case import Photo, PhotoUsage
from workflow.catalog import FilingCondition
from workflow.clock import ClockKind, Lamp
from workflow.errors import NotAllowed
from workflow.ids import DepartmentId
from workflow.posts import Post, Seat
from workflow.queries import CaseFile, OpenMove
from workflow.states import State
from workflow.transitions import Need, Transition

PHOTO = Photo(sha256="ab" * 32, usage=PhotoUsage.REPORT, media_type="image/png", size=9)


def seat_in(record: FakeRecord, post: Post) -> Seat:
    return next(seat for seat in record.seats() if seat.post is post)


def file_of(state: State, post: Post) -> CaseFile:
    record = FakeRecord()
    return record.case_file(case_with_state(record, state), seat_in(record, post), NOW)


def step(
    name: str, *needs: Need, tone: str = "main", usage: str = "", outcome: str = ""
) -> OpenMove:
    return OpenMove(
        Transition(
            operation=name,
            outcome=outcome,
            from_state=State.HANDLING,
            to_state=State.PENDING_FEEDBACK,
            posts=frozenset({Post.DEPARTMENT}),
            needs=frozenset(needs),
            name=name,
            tone=tone,
            photo_usage=usage,
        )
    )


def decision_with(*moves: OpenMove, draft: Draft | None = None) -> Decision:
    file = replace(file_of(State.PENDING_DISPATCH, Post.DISPATCHER), moves=moves)
    return Decision(file, draft or Draft())


def test_the_recommended_department_is_chosen_at_first() -> None:
    file = file_of(State.PENDING_DISPATCH, Post.DISPATCHER)
    decision = Decision(file, Draft())
    assert decision.draft.department_id == file.departments[0].id
    assert decision.missing_line() == ""


def test_the_operators_own_choice_stays_when_the_file_is_read_again() -> None:
    file = file_of(State.PENDING_DISPATCH, Post.DISPATCHER)
    draft = Draft(department_id=DepartmentId(3))
    assert Decision(file, draft).draft.department_id == 3
    assert Decision(file, draft).draft.department_id == 3


def test_a_choice_that_is_no_longer_offered_gives_way_to_the_first() -> None:
    file = file_of(State.PENDING_DISPATCH, Post.DISPATCHER)
    assert Decision(file, Draft(department_id=DepartmentId(99))).draft.department_id == 1


def test_a_lone_filing_condition_is_chosen_and_of_several_none() -> None:
    file = file_of(State.PENDING_FILING, Post.SHIFT_LEADER)
    one = FakeRecord().rules().catalog.conditions_of(file.case.kind, file.case.class_code)
    several = (*one, replace_condition(one[0], "other"))
    assert Decision(file, Draft(), one).draft.condition_id == one[0].id
    assert Decision(file, Draft(), several).draft.condition_id is None


def replace_condition(condition: FilingCondition, identity: str) -> FilingCondition:
    return replace(condition, id=identity)


def test_steps_onward_stand_before_steps_back() -> None:
    decision = decision_with(step("back", tone="back"), step("any", tone="plain"), step("on"))
    assert [button.text for button in decision.buttons()] == ["on", "any", "back"]


def test_an_outcome_is_part_of_the_buttons_name() -> None:
    decision = decision_with(step("replyCheck", outcome="done"), step("sign"))
    assert [button.name for button in decision.buttons()] == ["move-replyCheck-done", "move-sign"]


def test_of_two_rows_for_one_step_the_open_one_is_shown() -> None:
    refused = replace(step("replyVerify", outcome="true"), refusal=NotAllowed("Not from here."))
    decision = decision_with(refused, step("replyVerify", outcome="true"))
    assert [button.refusal for button in decision.buttons()] == [""]


@pytest.mark.parametrize(
    ("draft", "line"),
    [
        (Draft(), "feedback还缺：处理意见、照片"),
        (Draft(opinion="  "), "feedback还缺：处理意见、照片"),
        (Draft(opinion="已修复"), "feedback还缺：照片"),
        (Draft(opinion="已修复", photos=[PHOTO]), ""),
    ],
)
def test_one_line_says_what_the_step_onward_still_needs(draft: Draft, line: str) -> None:
    needs = (Need.OPINION, Need.PHOTO)
    assert (
        decision_with(step("feedback", *needs, usage="after"), draft=draft).missing_line() == line
    )


def test_photos_of_a_step_show_what_the_table_says() -> None:
    decision = decision_with(step("feedback", usage="after"), draft=Draft(photos=[PHOTO]))
    move = decision.move(decision.buttons()[0])
    assert [photo.usage for photo in move.photos] == [PhotoUsage.AFTER]


def test_a_step_gets_nothing_that_it_does_not_take() -> None:
    draft = Draft(opinion=" 退回 ", department_id=DepartmentId(2), photos=[PHOTO])
    decision = decision_with(step("refuseSign", Need.OPINION, tone="back"), draft=draft)
    move = decision.move(decision.buttons()[0])
    assert (move.opinion, move.department_id, move.photos) == ("退回", None, ())


def test_a_seat_without_steps_has_no_decision() -> None:
    assert not decision_with().is_open


def test_a_headline_over_a_late_verification_says_so_in_red_beside_the_blue_lamp() -> None:
    file = file_of(State.VERIFYING, Post.COLLECTOR)
    clock = next(one for one in file.case.clocks if one.kind is ClockKind.VERIFY)
    late = clock.due_at + timedelta(minutes=11)
    head = headline(file, late)
    assert head.lamp is Lamp.BLUE
    assert head.remaining == "超 11 分"
    assert head.left_lamp is Lamp.RED
