"""The keyboard stays where the operator needs it: after a step, and when a case is taken away."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.desk import settle
from tests.helpers.fake_record import NOW, FakeRecord, case_with_state
from ui.desk.window import DeskWindow
from ui.session import DeskSession
from workflow.commands import Move
from workflow.errors import NotAllowed
from workflow.ids import CaseId, DepartmentId, PersonId
from workflow.posts import Post, Seat
from workflow.states import State


@pytest.fixture
def active(qtbot: QtBot, window: DeskWindow) -> DeskWindow:
    """The desk with the keyboard."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def choose(qtbot: QtBot, window: DeskWindow, session: DeskSession, place: int) -> CaseId:
    """Choose a row of the queue."""
    window.frame.queue.view.setCurrentIndex(window.frame.queue.model.index(place))
    settle(qtbot, session)
    return window.frame.queue.model.row_at(place).case_id


def part(window: DeskWindow, kind: type[QWidget], name: str) -> QWidget:
    """A part of the case panel."""
    found = window.frame.case_panel.findChild(kind, name)
    assert isinstance(found, QWidget)
    return found


@pytest.mark.parametrize("way", ["key", "click", "enter in the opinion"])
@pytest.mark.parametrize("key", [Qt.Key.Key_J, Qt.Key.Key_Down])
def test_after_a_step_the_next_case_is_one_key_away(
    qtbot: QtBot, active: DeskWindow, new_session: DeskSession, way: str, key: Qt.Key
) -> None:
    choose(qtbot, active, new_session, 2)
    following = active.frame.queue.model.row_at(3).case_id
    if way == "key":
        active.frame.queue.view.setFocus()
        qtbot.keyClick(active.frame.queue.view, Qt.Key.Key_D)
    elif way == "click":
        button = part(active, QPushButton, "move-dispatch")
        button.setFocus()
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    else:
        opinion = part(active, QPlainTextEdit, "opinion")
        opinion.setFocus()
        qtbot.keyClick(opinion, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    # A button that a letter presses shows so for a moment before it acts.
    qtbot.waitUntil(lambda: active.frame.queue.model.row_at(2).case_id == following)
    settle(qtbot, new_session)
    qtbot.keyClick(QApplication.focusWidget(), key)
    assert new_session.selection.case_id == following


def test_a_refused_step_gives_the_keyboard_back_to_the_opinion(
    qtbot: QtBot,
    active: DeskWindow,
    new_session: DeskSession,
    record: FakeRecord,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*args: object) -> None:
        raise NotAllowed("The step was refused.")

    choose(qtbot, active, new_session, 0)
    monkeypatch.setattr(record, "move", refuse)
    opinion = part(active, QPlainTextEdit, "opinion")
    opinion.setFocus()
    qtbot.keyClick(opinion, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, new_session)
    assert QApplication.focusWidget() is opinion


def test_when_another_desk_takes_the_case_typing_on_presses_nothing_and_the_panel_says_who(
    qtbot: QtBot, active: DeskWindow, new_session: DeskSession, record: FakeRecord
) -> None:
    case_id = choose(qtbot, active, new_session, 0)
    opinion = part(active, QPlainTextEdit, "opinion")
    assert isinstance(opinion, QPlainTextEdit)
    opinion.setFocus()
    qtbot.keyClicks(opinion, "qing")
    row = record.rows([case_id])[0]
    other = colleague_of(new_session.seat)
    move = Move(operation="dispatch", department_id=DepartmentId(1))
    with qtbot.waitSignal(new_session.changed):
        record.move(case_id, row.version, move, other, NOW)
    settle(qtbot, new_session)
    seat = new_session.seat
    for key in (Qt.Key.Key_Space, Qt.Key.Key_J, Qt.Key.Key_D, Qt.Key.Key_Down):
        qtbot.keyClick(QApplication.focusWidget(), key)
    settle(qtbot, new_session)
    assert new_session.seat == seat
    assert new_session.selection.case_id == case_id
    notice = active.frame.case_panel._body.said
    assert other.person_name in notice
    assert "派遣" in notice


def colleague_of(seat: Seat) -> Seat:
    """The same post, another person."""
    return replace(seat, person_id=PersonId(seat.person_id + 900), person_name="丁一")


def test_where_photos_are_taken_the_keyboard_begins_with_them(
    qtbot: QtBot, active: DeskWindow, new_session: DeskSession, record: FakeRecord
) -> None:
    case_id = case_with_state(record, State.HANDLING)
    case = record.case_file(case_id, new_session.seat, NOW).case
    seats = [one for one in record.seats() if one.post is Post.DEPARTMENT]
    new_session.take_seat(next(o for o in seats if o.department_id == case.holder_department_id))
    new_session.selection.select(case_id, "test")
    settle(qtbot, new_session)
    active.frame.case_panel.setFocus()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == "attach-photo"


def test_the_tab_key_goes_through_the_decision_as_it_reads(
    qtbot: QtBot, active: DeskWindow, new_session: DeskSession
) -> None:
    choose(qtbot, active, new_session, 0)
    active.frame.case_panel.setFocus()
    names: list[str] = []
    for _ in range(40):
        focused = QApplication.focusWidget()
        assert focused is not None
        if not active.frame.case_panel.isAncestorOf(focused):
            break
        names.append(focused.objectName())
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    order = ["department-", "limit-amount", "limit-unit", "opinion", "opinion-phrase", "move-"]
    places = [next(n for n, name in enumerate(names) if name.startswith(one)) for one in order]
    assert places == sorted(places), names
