"""The alarm tray: counts in the bar, a list beside the work, each alarm told once."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from tests.helpers.desk import settle
from tests.helpers.fake_record import NOW, FakeRecord
from ui.actions import ActionId
from ui.alarms.tray import AlarmTray
from ui.desk.window import DeskWindow
from ui.session import DeskSession
from workflow.alarms import AlarmKind
from workflow.posts import Post


@pytest.fixture
def tray(qtbot: QtBot, window: DeskWindow, new_session: DeskSession) -> AlarmTray:
    """The tray, open."""
    settle(qtbot, new_session)
    window.table[ActionId.ALARMS].trigger()
    return window.frame.bar.alarms.tray


def link(tray: AlarmTray, name: str) -> QToolButton:
    found = tray.findChild(QToolButton, name)
    assert found is not None
    return found


def rows(tray: AlarmTray) -> int:
    """How many alarms the list shows."""
    model = tray.view.model()
    return model.rowCount() if tray.view.isVisible() else 0


def test_the_button_says_how_many_alarms_the_seat_has(
    window: DeskWindow, tray: AlarmTray, record: FakeRecord, new_session: DeskSession
) -> None:
    alarms = record.alarms(new_session.seat, NOW)
    assert alarms
    assert window.frame.bar.alarms.text() == f"告警 {len(alarms)}"
    assert rows(tray) == len(alarms)


def test_it_lies_in_the_window_and_takes_no_click_from_the_rest(
    qtbot: QtBot, window: DeskWindow, tray: AlarmTray
) -> None:
    assert not tray.isWindow()
    assert QApplication.activeModalWidget() is None
    assert QApplication.activePopupWidget() is None
    window.frame.queue.view.setFocus()
    assert tray.isVisible()


def test_it_does_not_lie_over_the_case_that_is_worked_on(
    window: DeskWindow, tray: AlarmTray
) -> None:
    form = window.frame.case_panel
    assert tray.geometry().right() < form.mapTo(window, QPoint(0, 0)).x()


def test_a_click_shows_the_case_and_leaves_the_tray_open(
    qtbot: QtBot, tray: AlarmTray, new_session: DeskSession
) -> None:
    index = tray.view.model().index(1, 0)
    alarm = index.data(Qt.ItemDataRole.UserRole + 1)
    at = tray.view.visualRect(index).center() - QPoint(60, 0)
    QTest.mouseClick(tray.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert new_session.selection.case_id == alarm.case_id
    assert tray.isVisible()


def test_the_tick_acknowledges_one_and_the_record_knows(
    qtbot: QtBot,
    window: DeskWindow,
    tray: AlarmTray,
    record: FakeRecord,
    new_session: DeskSession,
) -> None:
    before = rows(tray)
    index = tray.view.model().index(0, 0)
    first = index.data(Qt.ItemDataRole.UserRole + 1)
    rect = tray.view.visualRect(index)
    at = QPoint(rect.right() - 12, rect.center().y())
    QTest.mouseClick(tray.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert rows(tray) == before - 1
    settle(qtbot, new_session)
    assert first.key not in {alarm.key for alarm in record.alarms(new_session.seat, NOW)}
    assert window.frame.bar.alarms.text() == f"告警 {before - 1}"


def test_the_space_bar_acknowledges_and_goes_on_to_the_next(tray: AlarmTray) -> None:
    before = rows(tray)
    tray.view.setCurrentIndex(tray.view.model().index(0, 0))
    QTest.keyClick(tray.view, Qt.Key.Key_Space)
    QTest.keyClick(tray.view, Qt.Key.Key_Space)
    assert rows(tray) == before - 2
    assert tray.view.currentIndex().row() == 0


def test_all_of_one_kind_can_be_acknowledged_and_the_others_stay(
    qtbot: QtBot, tray: AlarmTray, record: FakeRecord, new_session: DeskSession
) -> None:
    link(tray, f"alarm-kind-{AlarmKind.OVERDUE.value}").click()
    link(tray, "alarms-all").click()
    settle(qtbot, new_session)
    left = {alarm.kind for alarm in record.alarms(new_session.seat, NOW)}
    assert left
    assert AlarmKind.OVERDUE not in left


def test_an_empty_tray_says_so(qtbot: QtBot, tray: AlarmTray, new_session: DeskSession) -> None:
    link(tray, "alarms-all").click()
    settle(qtbot, new_session)
    assert rows(tray) == 0
    assert "没有新的告警" in tray._nothing.text()
    assert tray._nothing.isVisible()


def test_another_seat_has_alarms_of_its_own(
    qtbot: QtBot, window: DeskWindow, tray: AlarmTray, new_session: DeskSession
) -> None:
    before = {alarm.key for alarm in window.frame.bar.alarms.feed.alarms}
    seats = new_session.reference.seats
    new_session.take_seat(next(one for one in seats if one.post is Post.ACCEPTOR))
    settle(qtbot, new_session)
    feed = window.frame.bar.alarms.feed
    qtbot.waitUntil(lambda: not feed.is_behind and new_session.door.idle)
    assert not before & {alarm.key for alarm in feed.alarms}


def test_deadlines_that_pass_by_themselves_are_asked_for(
    qtbot: QtBot, window: DeskWindow, record: FakeRecord, new_session: DeskSession
) -> None:
    settle(qtbot, new_session)
    asked = record.asked.count("alarms")
    new_session.ticked.emit(NOW + timedelta(seconds=5))
    new_session.ticked.emit(NOW + timedelta(seconds=25))
    qtbot.waitUntil(lambda: record.asked.count("alarms") == asked + 1)


def test_escape_puts_it_away_and_the_keyboard_goes_back(
    window: DeskWindow, tray: AlarmTray
) -> None:
    tray.leave()
    window.activateWindow()
    window.frame.queue.view.setFocus()
    window.table[ActionId.ALARMS].trigger()
    QTest.keyClick(tray.view, Qt.Key.Key_Escape)
    assert tray.isHidden()
    assert window.focusWidget() is window.frame.queue.view


def test_escape_puts_it_away_though_the_keyboard_is_elsewhere(
    qtbot: QtBot, window: DeskWindow, tray: AlarmTray
) -> None:
    window.frame.queue.view.setFocus()
    window.table[ActionId.LEAVE].trigger()
    assert not tray.isVisible()


def test_whoever_acknowledged_all_keeps_the_keyboard_in_the_tray(
    qtbot: QtBot, tray: AlarmTray, new_session: DeskSession
) -> None:
    everything = link(tray, "alarms-all")
    everything.setFocus()
    everything.click()
    settle(qtbot, new_session)
    assert everything.isHidden()
    assert link(tray, "alarms-close").hasFocus()


def test_the_keyboard_opens_the_tray(window: DeskWindow) -> None:
    assert window.table[ActionId.ALARMS].shortcut().toString() == "Ctrl+3"
    assert "Ctrl+3" in window.frame.bar.alarms.toolTip()
