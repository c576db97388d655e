"""The case panel: shows the selection, keeps what is typed, and takes each step once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.desk import settle
from tests.helpers.fake_record import NOW, PIXEL, FakeRecord, case_with_state
from ui.case_form.case_panel import CasePanel
from ui.case_form.need_words import section_title
from ui.case_form.opinion_edit import PictureTextEdit
from ui.case_form.photo_tray import PhotoFiles
from ui.session import DeskSession
from ui.theme.tokens import DARK
from workflow.commands import Move
from workflow.errors import NotFound
from workflow.ids import CaseId
from workflow.posts import Post, Seat
from workflow.queries import CaseFile, OpenMove
from workflow.states import State
from workflow.transitions import Need, Transition

Show = Callable[[State, Post], CaseId]


@pytest.fixture
def panel(qtbot: QtBot, session: DeskSession) -> CasePanel:
    panel = CasePanel(session)
    qtbot.addWidget(panel)
    panel.resize(440, 1000)
    panel.show()
    return panel


@pytest.fixture
def show(qtbot: QtBot, session: DeskSession, record: FakeRecord, panel: CasePanel) -> Show:
    """Sits down at a post that holds a case in that state, and selects the case."""

    def show_case(state: State, post: Post) -> CaseId:
        case_id = case_with_state(record, state)
        case = record.case_file(case_id, session.seat, NOW).case
        session.take_seat(
            next(
                seat
                for seat in record.seats()
                if seat.post is post
                and case.holder_department_id in (None, seat.department_id)
                and case.holder_person_id in (None, seat.person_id)
            )
        )
        session.selection.select(case_id, "list")
        settle(qtbot, session)
        return case_id

    return show_case


def button(panel: QWidget, name: str) -> QPushButton:
    found = panel.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def label(panel: QWidget, name: str) -> QLabel:
    found = panel.findChild(QLabel, name)
    assert isinstance(found, QLabel)
    return found


def opinion(panel: QWidget) -> PictureTextEdit:
    found = panel.findChild(QPlainTextEdit, "opinion")
    assert isinstance(found, PictureTextEdit)
    return found


def state_of(record: FakeRecord, case_id: CaseId) -> State:
    return record.rows([case_id])[0].state


def test_nothing_is_shown_until_a_case_is_selected(panel: CasePanel) -> None:
    assert panel.file is None
    assert not label(panel, "case-title").isVisible()


def test_the_selected_case_is_shown_with_its_number(panel: CasePanel, show: Show) -> None:
    case_id = show(State.PENDING_DISPATCH, Post.DISPATCHER)
    assert panel.file is not None
    assert panel.file.case.id == case_id
    assert label(panel, "case-number").text() == panel.file.case.number


def test_the_dispatcher_dispatches_to_the_recommended_department(
    qtbot: QtBot, session: DeskSession, record: FakeRecord, panel: CasePanel, show: Show
) -> None:
    case_id = show(State.PENDING_DISPATCH, Post.DISPATCHER)
    button(panel, "move-dispatch").click()
    settle(qtbot, session)
    assert state_of(record, case_id) is State.PENDING_SIGN
    assert record.case_file(case_id, session.seat, NOW).case.department_id == 1


def test_the_department_that_is_chosen_gets_the_case(
    qtbot: QtBot, session: DeskSession, record: FakeRecord, panel: CasePanel, show: Show
) -> None:
    case_id = show(State.PENDING_DISPATCH, Post.DISPATCHER)
    row = panel.findChild(QWidget, "department-3")
    assert row is not None
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    button(panel, "move-dispatch").click()
    settle(qtbot, session)
    assert record.case_file(case_id, session.seat, NOW).case.department_id == 3


def test_the_letter_of_a_step_presses_its_button_but_not_while_typing(
    qtbot: QtBot, session: DeskSession, record: FakeRecord, panel: CasePanel, show: Show
) -> None:
    case_id = show(State.PENDING_DISPATCH, Post.DISPATCHER)
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    opinion(panel).setFocus()
    qtbot.keyClick(opinion(panel), Qt.Key.Key_D)
    settle(qtbot, session)
    assert state_of(record, case_id) is State.PENDING_DISPATCH
    assert opinion(panel).toPlainText().lower() == "d"
    panel.setFocus()
    focused = panel.focusWidget()
    assert focused is not None
    assert focused.objectName() == "department-1"
    qtbot.keyClick(focused, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: state_of(record, case_id) is State.PENDING_SIGN)
    settle(qtbot, session)


def test_a_step_without_what_it_needs_says_so_and_sends_nothing(
    qtbot: QtBot, session: DeskSession, record: FakeRecord, panel: CasePanel, show: Show
) -> None:
    case_id = show(State.PENDING_DISPATCH, Post.DISPATCHER)
    button(panel, "move-dispatchBack").click()
    settle(qtbot, session)
    assert label(panel, "missing").text() == "回退受理还缺：处理意见"
    assert state_of(record, case_id) is State.PENDING_DISPATCH


def test_a_half_typed_opinion_survives_other_seats_and_other_cases(
    qtbot: QtBot, session: DeskSession, record: FakeRecord, panel: CasePanel, show: Show
) -> None:
    case_id = show(State.PENDING_DISPATCH, Post.DISPATCHER)
    opinion(panel).setPlainText("请先围护")
    other = case_with_state(record, State.HANDLING)
    session.selection.select(other, "map")
    settle(qtbot, session)
    session.selection.select(case_id, "list")
    settle(qtbot, session)
    assert opinion(panel).toPlainText() == "请先围护"
    panel.reload()
    settle(qtbot, session)
    assert opinion(panel).toPlainText() == "请先围护"


def test_a_phrase_fills_the_opinion(panel: CasePanel, show: Show) -> None:
    show(State.PENDING_DISPATCH, Post.DISPATCHER)
    chip = panel.findChild(QWidget, "opinion-phrase-0")
    assert chip is not None
    chip.click()  # type: ignore[attr-defined]
    assert opinion(panel).toPlainText() == "请于时限内修复，并上传处置后照片。"


def test_when_another_seat_was_first_it_is_said_and_the_fresh_case_is_shown(
    qtbot: QtBot, session: DeskSession, record: FakeRecord, panel: CasePanel, show: Show
) -> None:
    case_id = show(State.PENDING_DISPATCH, Post.DISPATCHER)
    other = next(seat for seat in record.seats() if seat.post is Post.DISPATCHER)
    record.move(case_id, 1, Move(operation="dispatchBack", opinion="权属不清"), other, NOW)
    button(panel, "move-dispatch").click()
    settle(qtbot, session)
    assert "周敏" in label(panel, "case-notice").text()
    assert panel.file is not None
    assert panel.file.case.state is State.PENDING_FILING


def test_a_change_by_another_seat_refreshes_the_panel(
    qtbot: QtBot, session: DeskSession, record: FakeRecord, panel: CasePanel, show: Show
) -> None:
    case_id = show(State.PENDING_DISPATCH, Post.DISPATCHER)
    other = next(seat for seat in record.seats() if seat.post is Post.DISPATCHER)
    record.move(case_id, 1, Move(operation="dispatchBack", opinion="权属不清"), other, NOW)
    qtbot.waitUntil(
        lambda: panel.file is not None and panel.file.case.state is State.PENDING_FILING
    )


def test_buttons_rest_while_a_step_is_under_way(
    qtbot: QtBot, session: DeskSession, panel: CasePanel, show: Show
) -> None:
    show(State.PENDING_DISPATCH, Post.DISPATCHER)
    button(panel, "move-dispatch").click()
    assert not button(panel, "move-dispatch").isEnabled()
    settle(qtbot, session)


def test_a_seat_that_can_do_nothing_may_switch_to_the_one_that_can(
    qtbot: QtBot, session: DeskSession, record: FakeRecord, panel: CasePanel, show: Show
) -> None:
    show(State.PENDING_DISPATCH, Post.DISPATCHER)
    session.selection.select(case_with_state(record, State.HANDLING), "list")
    settle(qtbot, session)
    assert label(panel, "waiting").text().startswith("等待 ")
    switch = button(panel, "switch-seat")
    assert switch.isVisible()
    switch.click()
    settle(qtbot, session)
    assert session.seat.post is Post.DEPARTMENT
    assert button(panel, "move-feedback").isVisible()


def test_a_seat_with_a_side_step_still_sees_whom_the_case_waits_for(
    record: FakeRecord, panel: CasePanel, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    side_step = Transition(
        operation="sendVerify",
        from_state=State.PENDING_FILING,
        to_state=State.VERIFYING,
        posts=frozenset({Post.ACCEPTOR}),
        name="发核实",
    )
    plain = record.case_file

    def with_side_step(case_id: CaseId, seat: Seat, now: datetime) -> CaseFile:
        return replace(plain(case_id, seat, now), moves=(OpenMove(side_step),))

    monkeypatch.setattr(record, "case_file", with_side_step)
    show(State.PENDING_FILING, Post.ACCEPTOR)
    assert button(panel, "move-sendVerify").isVisible()
    assert label(panel, "waiting").isVisible()
    assert button(panel, "switch-seat").isVisible()


def test_feedback_takes_an_attached_file_as_its_photo(
    qtbot: QtBot,
    session: DeskSession,
    record: FakeRecord,
    panel: CasePanel,
    show: Show,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case_id = show(State.HANDLING, Post.DEPARTMENT)
    file = tmp_path / "处置后.png"
    file.write_bytes(PIXEL)
    monkeypatch.setattr(PhotoFiles, "ask", classmethod(lambda cls, parent: [file]))
    button(panel, "attach-photo").click()
    settle(qtbot, session)
    opinion(panel).setPlainText("已修复")
    button(panel, "move-feedback").click()
    settle(qtbot, session)
    assert state_of(record, case_id) is State.PENDING_FEEDBACK


def test_a_file_that_is_no_photo_is_refused_in_the_panel(
    qtbot: QtBot,
    session: DeskSession,
    panel: CasePanel,
    show: Show,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    show(State.HANDLING, Post.DEPARTMENT)
    file = tmp_path / "说明.jpg"
    file.write_text("不是照片", encoding="utf-8")
    monkeypatch.setattr(PhotoFiles, "ask", classmethod(lambda cls, parent: [file]))
    button(panel, "attach-photo").click()
    settle(qtbot, session)
    assert "说明.jpg" in label(panel, "photo-refusal").text()
    assert label(panel, "missing").text() == "反馈还缺：处理意见、照片"


def test_a_picture_pasted_into_the_opinion_is_attached(
    qtbot: QtBot, session: DeskSession, panel: CasePanel, show: Show
) -> None:
    show(State.HANDLING, Post.DEPARTMENT)
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(0xFF808080)
    mime = QMimeData()
    mime.setImageData(image)
    opinion(panel).insertFromMimeData(mime)
    settle(qtbot, session)
    assert panel.findChild(QWidget, "attached-0") is not None
    assert opinion(panel).toPlainText() == ""


def test_a_synthetic_photo_is_offered_in_the_synthetic_city(
    qtbot: QtBot, session: DeskSession, record: FakeRecord, panel: CasePanel, show: Show
) -> None:
    show(State.HANDLING, Post.DEPARTMENT)
    button(panel, "synthetic-photo").click()
    settle(qtbot, session)
    assert label(panel, "missing").text() == "反馈还缺：处理意见"


def test_a_photo_that_is_clicked_is_asked_to_be_shown_large(
    qtbot: QtBot, session: DeskSession, panel: CasePanel, show: Show
) -> None:
    show(State.PENDING_DISPATCH, Post.DISPATCHER)
    thumbnail = panel.findChild(QWidget, "photo-0")
    assert thumbnail is not None
    with qtbot.waitSignal(panel.photo_opened) as opened:
        qtbot.mouseClick(thumbnail, Qt.MouseButton.LeftButton)
    assert panel.file is not None
    assert opened.args == [panel.file.photos[0].sha256]
    settle(qtbot, session)


def test_the_theme_changes_while_a_case_is_shown(
    session: DeskSession, panel: CasePanel, show: Show
) -> None:
    show(State.PENDING_DISPATCH, Post.DISPATCHER)
    session.set_theme(DARK)
    assert not panel.grab().isNull()


def test_a_case_that_is_gone_leaves_the_panel_empty_and_a_notice(
    qtbot: QtBot, session: DeskSession, panel: CasePanel
) -> None:
    session.selection.select(CaseId(99_999), "list")
    settle(qtbot, session)
    assert panel.file is None
    assert session.notices.kept[-1].key == "open-case"


def test_a_photo_that_is_gone_says_so_and_the_rest_goes_on(
    qtbot: QtBot,
    session: DeskSession,
    record: FakeRecord,
    panel: CasePanel,
    show: Show,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def gone(sha256: str) -> bytes:
        raise NotFound("The photo {sha256} is not in the store.", sha256=sha256)

    monkeypatch.setattr(record, "photo", gone)
    case_id = show(State.PENDING_DISPATCH, Post.DISPATCHER)
    panel.grab()
    settle(qtbot, session)
    assert not panel.grab().isNull()
    button(panel, "move-dispatch").click()
    settle(qtbot, session)
    assert state_of(record, case_id) is State.PENDING_SIGN


@pytest.mark.parametrize(
    ("need", "steps", "title"),
    [
        (Need.COLLECTOR, "发核实", "监督员（发核实必选）"),
        (Need.DEPARTMENT, "派遣", "派遣建议（派遣必选）"),
        (Need.OPINION, "退回受理、不予立案", "处理意见（退回受理、不予立案必填）"),
        (Need.OPINION, "", "处理意见"),
    ],
)
def test_a_sections_title_says_which_steps_insist_on_it(need: Need, steps: str, title: str) -> None:
    assert section_title(need, steps) == title
