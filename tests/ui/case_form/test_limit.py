"""The handling limit of a dispatch: the standard's by itself, another one with a reason."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QSpinBox
from pytestqt.qtbot import QtBot

from tests.helpers.fake_record import NOW, FakeRecord, case_with_state
from ui.case_form.decision import Decision
from ui.case_form.draft import Draft
from ui.case_form.limit_box import LimitBox
from ui.case_form.step_needs import LimitPurpose
from workflow.limits import Limit, TimeUnit
from workflow.posts import Post
from workflow.states import State
from workflow.transitions import Need

STANDARD = Limit(5, TimeUnit.WORK_DAY)
SHORTER = Limit(4, TimeUnit.URGENT_HOUR)


def decision(draft: Draft, standard: Limit | None = STANDARD) -> Decision:
    """A case to dispatch, whose filing condition has this limit."""
    record = FakeRecord()
    seat = next(one for one in record.seats() if one.post is Post.DISPATCHER)
    file = record.case_file(case_with_state(record, State.PENDING_DISPATCH), seat, NOW)
    catalog = record.rules().catalog
    (condition,) = catalog.conditions_of(file.case.kind, file.case.class_code)
    file = replace(file, case=replace(file.case, condition_id=condition.id))
    return Decision(file, draft, (replace(condition, limit=standard),))


@pytest.fixture
def box(qtbot: QtBot) -> LimitBox:
    """The box with the standard's limit."""
    box = LimitBox()
    qtbot.addWidget(box)
    box.show_limit(STANDARD, None)
    box.show()
    return box


def amount(box: LimitBox) -> QSpinBox:
    """The number."""
    found = box.findChild(QSpinBox, "limit-amount")
    assert isinstance(found, QSpinBox)
    return found


def unit(box: LimitBox) -> QComboBox:
    """The unit."""
    found = box.findChild(QComboBox, "limit-unit")
    assert isinstance(found, QComboBox)
    return found


def test_the_box_begins_with_the_standards_limit(box: LimitBox) -> None:
    assert amount(box).value() == 5
    assert unit(box).currentText() == "工作日"
    assert [unit(box).itemText(n) for n in range(unit(box).count())] == [
        "紧急工作时",
        "工作时",
        "工作日",
    ]


def test_another_number_or_unit_is_a_limit_of_ones_own_and_the_same_again_is_none(
    qtbot: QtBot, box: LimitBox
) -> None:
    chosen: list[Limit | None] = []
    box.chosen.connect(chosen.append)
    amount(box).setValue(3)
    unit(box).setCurrentText("工作时")
    unit(box).setCurrentText("工作日")
    amount(box).setValue(5)
    assert chosen == [
        Limit(3, TimeUnit.WORK_DAY),
        Limit(3, TimeUnit.WORK_HOUR),
        Limit(3, TimeUnit.WORK_DAY),
        None,
    ]


def test_the_wheel_over_the_box_changes_nothing_without_the_keyboard(box: LimitBox) -> None:
    for widget in (amount(box), unit(box)):
        down = QWheelEvent(
            QPointF(5, 5),
            QPointF(5, 5),
            QPoint(0, -120),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        widget.clearFocus()
        QApplication.sendEvent(widget, down)
    assert amount(box).value() == 5
    assert unit(box).currentText() == "工作日"


def test_a_dispatch_carries_only_a_limit_that_differs_from_the_standards() -> None:
    for own, sent in ((None, None), (STANDARD, None), (SHORTER, SHORTER)):
        made = decision(Draft(limit=own, opinion="情况紧急"))
        dispatch = next(one for one in made.buttons() if one.name == "move-dispatch")
        assert made.move(dispatch).limit == sent


def test_a_limit_of_ones_own_needs_an_opinion() -> None:
    made = decision(Draft(limit=SHORTER))
    dispatch = next(one for one in made.buttons() if one.name == "move-dispatch")
    assert dispatch.missing == (Need.OPINION,)
    assert made.missing_line() == "派遣还缺：处理意见"
    back = next(one for one in made.buttons() if one.name == "move-dispatchBack")
    assert made.move(back).limit is None


def test_only_a_dispatch_asks_for_a_limit() -> None:
    record = FakeRecord()
    leader = next(one for one in record.seats() if one.post is Post.SHIFT_LEADER)
    file = record.case_file(case_with_state(record, State.PENDING_FILING), leader, NOW)
    assert decision(Draft()).asks(Need.LIMIT)
    assert not Decision(file, Draft()).asks(Need.LIMIT)


def test_an_extension_of_the_only_unit_there_is_shows_its_number(box: LimitBox) -> None:
    one_day = Limit(1, TimeUnit.WORK_DAY)
    box.show_limit(one_day, None, LimitPurpose.EXTENSION)
    assert amount(box).text() == "1"
    assert unit(box).count() == 1
    box.show_limit(None, None)
    assert amount(box).text() == "—"
