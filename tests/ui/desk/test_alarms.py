"""The alarm button: overdue and soon due with their counts, each a way to its box."""

from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from tests.helpers.desk import settle
from ui.actions import ActionId
from ui.desk.window import DeskWindow
from ui.session import DeskSession
from workflow.clock import Lamp
from workflow.posts import Post


def entries(window: DeskWindow) -> list[QAction]:
    """What the alarm button offers."""
    menu = window.frame.bar.alarms.menu()
    assert menu is not None
    return menu.actions()


def test_the_alarms_are_those_of_the_post(window: DeskWindow) -> None:
    counts = window.frame.boxes.alarms
    overdue, soon = counts[Lamp.RED], counts[Lamp.YELLOW]
    assert overdue
    assert soon
    assert window.frame.bar.alarms.text() == f"预警 {overdue + soon}"
    texts = [one.text().split("\t") for one in entries(window)]
    assert texts == [[f"已超时 {overdue} 件", "Ctrl+1"], [f"即将超时 {soon} 件", "Ctrl+2"]]


def test_each_entry_opens_its_box(
    qtbot: QtBot, window: DeskWindow, new_session: DeskSession
) -> None:
    for entry, title in zip(entries(window), ("已超时", "即将超时"), strict=True):
        entry.trigger()
        settle(qtbot, new_session)
        assert window.frame.queue.box is not None
        assert window.frame.queue.box.title == title


def test_a_post_without_such_cases_is_offered_nothing(
    qtbot: QtBot, window: DeskWindow, new_session: DeskSession
) -> None:
    seats = new_session.reference.seats
    new_session.take_seat(next(one for one in seats if one.post is Post.COLLECTOR))
    settle(qtbot, new_session)
    assert not any(window.frame.boxes.alarms.values())
    assert window.frame.bar.alarms.text() == "预警 0"
    assert not any(one.isEnabled() for one in entries(window))


def test_the_keyboard_opens_the_list(window: DeskWindow) -> None:
    assert window.table[ActionId.ALARMS].shortcut().toString() == "Ctrl+3"
    assert "Ctrl+3" in window.frame.bar.alarms.toolTip()
