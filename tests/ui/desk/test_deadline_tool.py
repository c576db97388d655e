"""The explained deadline in the desk: opened by pointing, pinned by click and key, left by Esc."""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.desk import settle
from ui.actions import ActionId
from ui.deadline.opener import DeadlineOpener
from ui.desk.window import DeskWindow
from ui.session import DeskSession


@pytest.fixture
def opener(qtbot: QtBot, window: DeskWindow, new_session: DeskSession) -> DeadlineOpener:
    """Of a desk with a case on screen."""
    window.frame.queue.view.choose_first()
    settle(qtbot, new_session)
    assert window.frame.case_panel.file is not None
    return window.deadline.opener


def enter(widget: QWidget) -> None:
    place = QPointF(2, 2)
    QApplication.sendEvent(widget, QEnterEvent(place, place, place))


def leave(widget: QWidget) -> None:
    QApplication.sendEvent(widget, QEvent(QEvent.Type.Leave))


def test_pointing_at_the_lamp_opens_it_and_going_away_closes_it(
    qtbot: QtBot, window: DeskWindow, opener: DeadlineOpener
) -> None:
    lamp = window.frame.case_panel.head.lamps[0]
    enter(lamp)
    qtbot.waitUntil(opener.panel.isVisible)
    assert not opener.is_pinned
    leave(lamp)
    qtbot.waitUntil(lambda: not opener.panel.isVisible())


def test_going_over_to_the_ruler_keeps_it_open(
    qtbot: QtBot, window: DeskWindow, opener: DeadlineOpener
) -> None:
    lamp = window.frame.case_panel.head.lamps[1]
    enter(lamp)
    qtbot.waitUntil(opener.panel.isVisible)
    leave(lamp)
    enter(opener.panel)
    QTest.mouseClick(opener.panel, Qt.MouseButton.LeftButton)
    leave(opener.panel)
    assert opener.is_pinned


def test_a_click_pins_it_and_a_second_one_puts_it_away(
    window: DeskWindow, opener: DeadlineOpener
) -> None:
    ruler = window.frame.case_panel.head.ruler
    QTest.mouseClick(ruler, Qt.MouseButton.LeftButton)
    assert opener.is_pinned
    QTest.mouseClick(ruler, Qt.MouseButton.LeftButton)
    assert not opener.panel.isVisible()


def test_the_key_opens_it_with_the_keyboard_on_the_ruler_and_escape_gives_it_back(
    window: DeskWindow, opener: DeadlineOpener
) -> None:
    action = window.table[ActionId.DEADLINE]
    assert [key.toString() for key in action.shortcuts()] == ["F4", "?"]
    action.trigger()
    assert opener.is_pinned
    assert opener.panel.canvas.hasFocus()
    assert opener.panel.sentence
    window.table[ActionId.LEAVE].trigger()
    assert not opener.panel.isVisible()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert window.frame.case_panel.isAncestorOf(focused)


def test_the_button_says_its_key(window: DeskWindow, opener: DeadlineOpener) -> None:
    button = window.frame.case_panel.head.findChild(QToolButton, "explain-deadline")
    assert isinstance(button, QToolButton)
    assert "F4" in button.text()
    button.click()
    assert opener.is_pinned


def test_it_lies_beside_the_case_and_never_over_it(
    window: DeskWindow, opener: DeadlineOpener
) -> None:
    for width, height in ((1920, 1080), (1280, 800)):
        window.resize(width, height)
        opener.leave()
        opener.toggle()
        case = window.frame.case_panel
        shown = opener.panel.geometry()
        left = case.mapTo(window.frame, case.rect().topLeft()).x()
        assert shown.right() < left
        assert window.frame.rect().contains(shown)


def test_a_report_takes_its_place_with_that_of_the_case(
    window: DeskWindow, opener: DeadlineOpener
) -> None:
    opener.toggle()
    window.open_report()
    assert not opener.panel.isVisible()


def test_pinned_it_follows_the_selection(
    qtbot: QtBot, window: DeskWindow, new_session: DeskSession, opener: DeadlineOpener
) -> None:
    opener.toggle()
    new_session.selection.select(window.frame.queue.model.row_at(1).case_id, "list")
    settle(qtbot, new_session)
    assert opener.is_pinned
    assert opener.panel.file is not None
    assert opener.panel.file.case.id == new_session.selection.case_id
