"""Every need of the table can be pressed in the panel, and the engine under it takes it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QDateEdit, QLabel, QLineEdit, QPlainTextEdit, QSpinBox

from tests.helpers.desk import settle
from tests.helpers.engine_record import place_at
from tests.helpers.trade import (
    ACCEPTOR,
    COLLECTOR,
    DEPARTMENT,
    DISPATCHER,
    DISTRICT_CENTER,
    FRIDAY_MORNING,
    HANDLER,
    LIGHTS,
    ROADS,
    SHIFT_LEADER,
    SUPERVISOR,
    TWO_URGENT_DAYS,
    manhole_report,
    seat,
    shed_report,
)
from tests.ui.case_form.conftest import EngineDesk
from workflow.commands import Move
from workflow.ids import CaseId, PersonId
from workflow.instants import CHINA_STANDARD_TIME
from workflow.limits import Limit, TimeUnit
from workflow.posts import Post
from workflow.states import State

TO_HANDLING = ("accept", "file", "dispatch", "sign")


def walked(desk: EngineDesk, *steps: str, **report: object) -> CaseId:
    return desk.record.walk(*steps, at=FRIDAY_MORNING, report=manhole_report(**report))


def filed_shed(desk: EngineDesk, *steps: str) -> CaseId:
    """A filed event of another class than the manhole covers."""
    filing = Move(operation="file", condition_id=TWO_URGENT_DAYS)
    return desk.record.walk(
        "accept", (SHIFT_LEADER, filing), *steps, at=FRIDAY_MORNING, report=shed_report()
    )


def test_a_step_aside_shows_its_inputs_first_and_is_taken_when_pressed_again(
    desk: EngineDesk,
) -> None:
    case_id = walked(desk)
    desk.show(case_id, ACCEPTOR)
    assert not desk.sees("collector-1")
    desk.press("move-sendVerify")
    assert desk.sees("collector-1")
    assert desk.said("missing") == "再按一次“发核实”即办理。"
    assert desk.state(case_id) is State.REPORTED
    desk.press("move-sendVerify")
    assert desk.state(case_id) is State.VERIFYING
    assert desk.case(case_id).collector_id == COLLECTOR.person_id


def test_the_step_that_was_opened_can_be_left_for_the_one_onward(desk: EngineDesk) -> None:
    case_id = walked(desk, "accept", "file")
    desk.show(case_id, DISPATCHER)
    assert desk.sees("department-1")
    desk.press("move-askVoid")
    assert desk.said("missing") == "申请作废还缺：处理意见"
    desk.press("chosen-step-leave")
    assert desk.sees("department-1")
    assert not desk.sees("chosen-step")


def test_a_dispatch_asks_departments_to_help(desk: EngineDesk) -> None:
    case_id = walked(desk, "accept", "file")
    desk.show(case_id, DISPATCHER)
    assert not desk.sees("co-department-2")
    desk.press("co-departments-open")
    assert not desk.sees("co-department-1"), "the main department does not help itself"
    desk.press("co-department-2")
    desk.press("move-dispatch")
    assert [task.department_id for task in desk.case(case_id).co_tasks] == [ROADS]


def test_help_is_asked_for_later_too(desk: EngineDesk) -> None:
    case_id = walked(desk, *TO_HANDLING)
    desk.show(case_id, DISPATCHER)
    desk.press("move-coHandle")
    desk.press("co-department-2")
    desk.press("co-department-2")
    desk.press("co-department-2")
    desk.write("请配合")
    desk.press("move-coHandle")
    assert [task.department_id for task in desk.case(case_id).co_tasks] == [ROADS]


def test_a_case_goes_to_a_districts_center(make_desk: Callable[..., EngineDesk]) -> None:
    desk = make_desk("shift_leader_closes+two_level_command")
    case_id = walked(desk, "accept", "file")
    desk.show(case_id, DISPATCHER)
    desk.press("move-dispatch-district")
    desk.press(f"unit-{DISTRICT_CENTER}")
    desk.press("move-dispatch-district")
    assert desk.state(case_id) is State.PENDING_DISTRICT_DISPATCH
    assert desk.case(case_id).dispatch_unit_id == DISTRICT_CENTER


def test_a_handler_is_assigned(desk: EngineDesk) -> None:
    case_id = walked(desk, *TO_HANDLING)
    desk.show(case_id, DEPARTMENT)
    desk.press("move-assign")
    desk.press(f"person-{HANDLER.person_id}")
    desk.press("move-assign")
    assert desk.case(case_id).handler_id == HANDLER.person_id


def test_a_case_is_handed_to_a_colleague_from_the_menu(desk: EngineDesk) -> None:
    case_id = walked(desk)
    desk.show(case_id, SHIFT_LEADER)
    named = {action.text(): action for action in desk.box.buttons.menu.actions()}
    if "转交" in named:
        named["转交"].trigger()
    else:
        desk.press("move-reassign")
    desk.write("换班")
    desk.press(f"person-{ACCEPTOR.person_id}")
    desk.press("move-reassign")
    assert desk.case(case_id).claimed_by == ACCEPTOR.person_id


def test_an_extension_is_at_most_the_original_limit_in_its_own_unit(desk: EngineDesk) -> None:
    case_id = walked(desk, *TO_HANDLING)
    desk.show(case_id, DEPARTMENT)
    desk.press("move-askExtension")
    amount = desk.widget("limit-amount")
    assert isinstance(amount, QSpinBox)
    assert (amount.minimum(), amount.maximum(), amount.value()) == (1, 4, 4)
    amount.setValue(2)
    desk.write("配件未到")
    desk.press("move-askExtension")
    assert desk.case(case_id).request_limit == Limit(2, TimeUnit.WORK_HOUR)


def test_a_supervision_has_a_time_to_answer(desk: EngineDesk) -> None:
    case_id = walked(desk, *TO_HANDLING)
    desk.show(case_id, SUPERVISOR)
    desk.press("move-supervise-important")
    amount = desk.widget("limit-amount")
    assert isinstance(amount, QSpinBox)
    amount.setValue(3)
    desk.write("请抓紧")
    desk.press("move-supervise-important")
    assert desk.case(case_id).supervised == "important"
    assert any(clock.limit.amount == 3 for clock in desk.case(case_id).clocks)


def test_a_suspension_needs_a_review_date_and_takes_the_usual_spans(desk: EngineDesk) -> None:
    case_id = walked(desk, *TO_HANDLING)
    desk.show(case_id, DEPARTMENT)
    desk.press("move-askSuspend")
    desk.write("列入工程")
    desk.press("move-askSuspend")
    assert desk.said("missing") == "申请挂账还缺：复核日"
    desk.press("until-30")
    desk.press("move-askSuspend")
    until = desk.case(case_id).request_until
    assert until == datetime(2026, 12, 20, tzinfo=CHINA_STANDARD_TIME)


def test_a_review_date_is_chosen_in_the_calendar_and_within_what_the_city_allows(
    desk: EngineDesk,
) -> None:
    case_id = walked(desk, *TO_HANDLING)
    desk.show(case_id, DEPARTMENT)
    desk.press("move-askSuspend")
    edit = desk.widget("until-date")
    assert isinstance(edit, QDateEdit)
    assert edit.calendarPopup()
    assert edit.maximumDate() == QDate(2027, 11, 20)
    edit.setDate(QDate(2026, 12, 1))
    desk.write("列入工程")
    desk.press("move-askSuspend")
    until = desk.case(case_id).request_until
    assert until is not None
    assert until.astimezone(CHINA_STANDARD_TIME).date() == date(2026, 12, 1)


def test_a_duplicate_is_merged_into_a_case_nearby(desk: EngineDesk) -> None:
    master = walked(desk, "accept", "file", place=place_at("中山东一路 18 号", 0.0003))
    case_id = walked(desk)
    desk.show(case_id, ACCEPTOR)
    desk.press("move-merge")
    assert desk.said("missing") == "合并重复件还缺：处理意见、另一件案卷"
    desk.press(f"master-{master}")
    desk.write("重复")
    desk.press("move-merge")
    assert desk.case(case_id).duplicate_of == master


def test_a_master_is_found_by_its_number_and_an_unknown_number_is_said(desk: EngineDesk) -> None:
    master = filed_shed(desk)
    case_id = walked(desk)
    desk.show(case_id, ACCEPTOR)
    desk.press("move-merge")
    field = desk.widget("master-number")
    assert isinstance(field, QLineEdit)
    for number, is_known in (("1", False), (desk.case(master).number, True)):
        field.setText(number)
        field.returnPressed.emit()
        settle(desk.qtbot, desk.session)
        assert desk.sees("master-refusal") is not is_known
    desk.write("重复")
    desk.press("move-merge")
    assert desk.case(case_id).duplicate_of == master


def test_a_report_is_not_merged_into_a_case_that_has_ended_but_may_be_linked_with_it(
    desk: EngineDesk,
) -> None:
    ended = walked(desk, "accept", "file", place=place_at("中山东一路 18 号", 0.0003))
    case_id = walked(desk)
    desk.record.take(ended, "forceClose", FRIDAY_MORNING)
    desk.show(case_id, ACCEPTOR)
    desk.press("move-merge")
    assert not desk.sees(f"master-{ended}")
    desk.box.press("move-link")
    desk.qtbot.waitUntil(lambda: desk.sees(f"master-{ended}"))


def test_the_number_of_a_case_that_was_linked_does_not_stand_in_the_next_step(
    desk: EngineDesk,
) -> None:
    master = walked(desk, "accept", "file", place=place_at("中山东一路 18 号", 0.0003))
    case_id = walked(desk)
    desk.show(case_id, ACCEPTOR)
    desk.box.press("move-link")
    desk.press(f"master-{master}")
    desk.press("move-link")
    assert desk.case(case_id).similar_to == master
    desk.press("move-merge")
    field = desk.widget("master-number")
    assert isinstance(field, QLineEdit)
    assert field.text() == ""


def test_who_checks_is_called_so_and_who_verifies_is_a_collector(desk: EngineDesk) -> None:
    def titles() -> set[str]:
        return {one.text() for one in desk.box.findChildren(QLabel) if one.isVisible()}

    verified, checked = walked(desk), walked(desk, *TO_HANDLING, "feedback", "passFeedback")
    desk.show(verified, ACCEPTOR)
    desk.press("move-sendVerify")
    assert "监督员（发核实必选）" in titles()
    desk.show(checked, ACCEPTOR)
    assert "核查人（发核查必选）" in titles()


def test_what_no_authorisation_covers_is_refused_before_anything_is_written(
    desk: EngineDesk,
) -> None:
    case_id = walked(desk, *TO_HANDLING)
    desk.show(case_id, DEPARTMENT)
    desk.press("move-askDirectClose")
    said = desk.said("missing")
    assert said.startswith("没有授权规则适用于")


def test_an_authorisation_says_what_is_left_of_it_today(desk: EngineDesk) -> None:
    case_id = filed_shed(desk, "dispatch", "sign")
    rule = next(iter(desk.record.rules().authorisations.values()))
    desk.show(case_id, DEPARTMENT)
    desk.press("move-askDirectClose")
    row = desk.widget(f"authorisation-{rule.id}")
    assert f"今日余 {rule.per_day} / {rule.per_day} 次" in row.accessibleName()


def test_what_was_reported_wrongly_is_put_right_before_filing(desk: EngineDesk) -> None:
    case_id = walked(desk)
    desk.show(case_id, ACCEPTOR)
    desk.press("move-amend")
    desk.press("move-amend")
    assert desk.said("missing") == "更正还缺：更正内容"
    words = desk.widget("amend-description")
    assert isinstance(words, QPlainTextEdit)
    words.setPlainText("井盖缺失，已围挡")
    desk.press("move-amend")
    case = desk.case(case_id)
    assert (case.description, case.class_code) == ("井盖缺失，已围挡", "0101")
    assert case.place.address == "中山东一路 12 号 东 6 米"


def test_an_emergency_is_dispatched_first_with_a_limit_that_somebody_sets(
    desk: EngineDesk,
) -> None:
    case_id = walked(desk, "transferEmergency")
    desk.show(case_id, DISPATCHER)
    desk.press("move-emergencyDispatch")
    desk.write("先行处置")
    desk.press("move-emergencyDispatch")
    assert desk.said("missing") == "应急先行派遣还缺：时限"
    amount = desk.widget("limit-amount")
    assert isinstance(amount, QSpinBox)
    amount.setValue(2)
    desk.press("move-emergencyDispatch")
    case = desk.case(case_id)
    assert case.state is State.PENDING_SIGN
    assert case.department_id == LIGHTS
    assert case.responsibility_open


# -- claims, refusals, keys, menu ----------------------------------------------------------------
def test_a_claim_shows_its_holder_and_stops_the_others_with_a_reason(desk: EngineDesk) -> None:
    case_id = walked(desk)
    desk.show(case_id, ACCEPTOR)
    desk.press("move-claim")
    assert desk.said("mark-claimed") == "何静 正在办理"
    other = seat(31, "林涛", Post.ACCEPTOR)
    desk.record.memory.posts.add((other.person_id, other.post, None))
    desk.show(case_id, other)
    desk.press("move-accept")
    assert "认领" in desk.said("missing")
    assert desk.state(case_id) is State.REPORTED
    desk.show(case_id, ACCEPTOR)
    desk.press("move-release")
    assert desk.case(case_id).claimed_by is None
    assert not desk.sees("mark-claimed")


def test_a_refused_step_stays_grey_and_says_why_when_the_keyboard_comes(desk: EngineDesk) -> None:
    case_id = walked(desk, *TO_HANDLING, "assign")
    desk.show(case_id, DEPARTMENT)
    button = desk.widget("move-refuseSign")
    assert button.property("refused") is True
    assert "请先撤销指派" in button.toolTip()
    button.setFocus()
    assert desk.said("missing") == button.toolTip()


def test_the_keys_of_the_table_press_steps(desk: EngineDesk) -> None:
    case_id = walked(desk)
    desk.show(case_id, ACCEPTOR)
    desk.panel.activateWindow()
    desk.qtbot.waitUntil(desk.panel.isActiveWindow)
    button = desk.widget("move-accept")
    button.setFocus()
    desk.qtbot.keyClick(button, Qt.Key.Key_K)
    desk.qtbot.waitUntil(lambda: desk.case(case_id).claimed_by == ACCEPTOR.person_id)
    settle(desk.qtbot, desk.session)


def test_rare_steps_stand_in_the_menu_by_name_and_can_be_taken_from_there(
    desk: EngineDesk,
) -> None:
    case_id = walked(desk)
    desk.show(case_id, ACCEPTOR)
    assert not desk.sees("move-link")
    names = {action.text(): action for action in desk.box.buttons.menu.actions()}
    assert "关联相似件" in names
    names["关联相似件"].trigger()
    assert desk.sees("move-link"), "the step that is being filled in has its button"
    assert desk.sees("master-number")


@pytest.mark.parametrize("count", [1, 2])
def test_a_double_press_takes_a_step_only_once(desk: EngineDesk, count: int) -> None:
    case_id = walked(desk)
    desk.show(case_id, ACCEPTOR)
    for _ in range(count):
        desk.box.press("move-accept")
    settle(desk.qtbot, desk.session)
    assert desk.case(case_id).version == 2


def test_who_is_forestalled_is_told_by_whom_though_other_steps_are_left(desk: EngineDesk) -> None:
    case_id = walked(desk, "accept")
    colleague = replace(SHIFT_LEADER, person_id=PersonId(990), person_name="许丽华")
    desk.show(case_id, colleague)
    desk.record.take(case_id, "file", desk.now)
    desk.panel.reload()
    settle(desk.qtbot, desk.session)
    assert desk.sees("move-urge")
    said = desk.said("case-notice")
    assert said == f"值班长{SHIFT_LEADER.person_name}刚刚办理了本案：立案。已写的意见仍保留。"
