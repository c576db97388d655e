"""Pointing at a lamp of the list: the row's own words at once, the rule when it is read."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from tests.helpers.desk import settle
from tests.helpers.fake_record import NOW, FakeRecord
from ui.case_list.lamp_hint import row_words
from ui.case_list.panel import QueuePanel
from ui.session import DeskSession


@pytest.fixture
def queue(qtbot: QtBot, session: DeskSession, record: FakeRecord) -> QueuePanel:
    queue = QueuePanel(session)
    qtbot.addWidget(queue)
    queue.resize(452, 700)
    queue.open_box(record.boxes(session.seat, NOW)[0].box)
    queue.show()
    settle(qtbot, session)
    return queue


def point_at(queue: QueuePanel, x: int) -> None:
    box = queue.view.visualRect(queue.model.index(0))
    place = QPoint(box.left() + x, box.top() + 18)
    viewport = queue.view.viewport()
    event = QHelpEvent(QEvent.Type.ToolTip, place, viewport.mapToGlobal(place))
    QApplication.sendEvent(viewport, event)


def test_the_lamp_says_the_deadline_at_once_and_its_rule_when_the_case_is_read(
    qtbot: QtBot, session: DeskSession, record: FakeRecord, queue: QueuePanel
) -> None:
    row = queue.model.row_at(0)
    record.asked.clear()
    point_at(queue, 16)
    assert QToolTip.text() == row_words(row, NOW)
    assert "到期" in QToolTip.text()
    settle(qtbot, session)
    assert record.asked == ["case_file"]
    assert "依据：合成时限" in QToolTip.text()


def test_a_case_that_was_read_is_not_read_again(
    qtbot: QtBot, session: DeskSession, record: FakeRecord, queue: QueuePanel
) -> None:
    point_at(queue, 16)
    settle(qtbot, session)
    record.asked.clear()
    point_at(queue, 16)
    assert "依据：合成时限" in QToolTip.text()
    assert record.asked == []


def test_elsewhere_in_the_row_the_list_says_its_own_hint(
    session: DeskSession, record: FakeRecord, queue: QueuePanel
) -> None:
    record.asked.clear()
    point_at(queue, 150)
    hint = queue.model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert QToolTip.text() == hint
    assert record.asked == []
