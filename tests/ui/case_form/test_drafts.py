"""Half-written steps and reports are there again at the next desk, and never where they mislead."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.desk import settle
from tests.helpers.fake_city import TRANSITIONS
from tests.helpers.fake_record import (
    NOW,
    PIXEL,
    FakeClassSearch,
    FakeRecord,
    FakeRules,
    case_with_state,
    opened,
)
from ui.case_form.case_panel import CasePanel
from ui.case_form.photo_tray import PhotoFiles
from ui.case_form.report_form import ReportForm
from ui.data import DataDoor
from ui.desk.draft_notices import DraftNotices
from ui.drafts.shelf import DraftShelf
from ui.session import DeskSession
from workflow.commands import Move
from workflow.ids import CaseId, DepartmentId
from workflow.posts import Post, Seat
from workflow.states import State
from workflow.transitions import Transition, TransitionTable

WORDS = "请先围护，再抢修"
REGISTER = Transition(
    operation="register",
    from_state=None,
    to_state=State.REPORTED,
    posts=frozenset({Post.ACCEPTOR, Post.SHIFT_LEADER}),
    photo_usage="report",
    name="登记",
)


@dataclass
class Desk:
    """A panel and a form over the record, with drafts in a folder."""

    qtbot: QtBot
    session: DeskSession
    panel: CasePanel
    form: ReportForm

    def sit(self, post: Post) -> Seat:
        seats = self.session.reference.seats
        self.session.take_seat(next(seat for seat in seats if seat.post is post))
        settle(self.qtbot, self.session)
        return self.session.seat

    def open(self, case_id: CaseId) -> None:
        self.session.selection.select(case_id, "list")
        settle(self.qtbot, self.session)

    def write(self, name: str, words: str) -> None:
        found = self.widget(name)
        assert isinstance(found, QPlainTextEdit)
        found.setPlainText(words)

    def text(self, name: str) -> str:
        found = self.widget(name)
        if isinstance(found, QPlainTextEdit):
            return found.toPlainText()
        assert isinstance(found, QLabel | QLineEdit)
        return found.text()

    def press(self, name: str) -> None:
        found = self.widget(name)
        assert isinstance(found, QPushButton)
        found.click()
        settle(self.qtbot, self.session)

    def widget(self, name: str) -> QWidget:
        found = self.panel.findChild(QWidget, name) or self.form.findChild(QWidget, name)
        assert found is not None
        return found

    def killed(self) -> None:
        """All that a kill leaves is what the writer has put on the disk by then."""
        self.qtbot.waitUntil(lambda: self.session.drafts.is_idle)


@pytest.fixture
def record() -> FakeRecord:
    record = FakeRecord()
    table = TransitionTable("shift_leader_closes", 1, (*TRANSITIONS, REGISTER))
    record._rules = replace(FakeRules(), table=table)
    return record


@pytest.fixture
def new_desk(qtbot: QtBot, record: FakeRecord, tmp_path: Path) -> Iterator[Callable[[], Desk]]:
    desks: list[Desk] = []  # until Qt has deleted their widgets: in a cycle Python would do it

    def make() -> Desk:
        shelf = DraftShelf(tmp_path / "drafts")
        door = DataDoor(lambda: opened(record))
        session = DeskSession(door, FakeClassSearch, now=lambda: NOW, drafts=shelf)
        DraftNotices(session)
        panel, form = CasePanel(session), ReportForm(session)
        for widget in (panel, form):
            qtbot.addWidget(widget)
            widget.resize(440, 1000)
            widget.show()
        with qtbot.waitSignal(session.ready):
            session.start()
        settle(qtbot, session)
        desks.append(Desk(qtbot, session, panel, form))
        return desks[-1]

    yield make
    for desk in desks:
        desk.session.close()


def dispatching(desk: Desk, record: FakeRecord) -> CaseId:
    """A case that waits for the dispatcher, on screen, half-written."""
    desk.sit(Post.DISPATCHER)
    case_id = case_with_state(record, State.PENDING_DISPATCH)
    desk.open(case_id)
    desk.write("opinion", WORDS)
    return case_id


# -- steps on a case -----------------------------------------------------------------------------
def test_a_half_written_step_is_there_again_with_what_was_chosen(
    qtbot: QtBot, record: FakeRecord, new_desk: Callable[[], Desk]
) -> None:
    first = new_desk()
    case_id = dispatching(first, record)
    qtbot.mouseClick(first.widget("department-3"), Qt.MouseButton.LeftButton)
    first.killed()
    second = new_desk()
    second.sit(Post.DISPATCHER)
    second.open(case_id)
    assert second.text("opinion") == WORDS
    assert not second.widget("left-words").isVisible()
    second.press("move-dispatch")
    assert record.case_file(case_id, second.session.seat, NOW).case.department_id == 3


def test_an_attached_photo_is_there_again_though_its_stick_is_gone(
    record: FakeRecord,
    new_desk: Callable[[], Desk],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stick = tmp_path / "after.png"
    stick.write_bytes(PIXEL)
    monkeypatch.setattr(PhotoFiles, "ask", classmethod(lambda cls, parent: [stick]))
    first = new_desk()
    case_id = case_with_state(record, State.HANDLING)
    case = record.case_file(case_id, first.session.seat, NOW).case
    at_department = next(
        one for one in record.seats() if one.department_id == case.holder_department_id
    )
    first.session.take_seat(at_department)
    first.open(case_id)
    first.press("attach-photo")
    stick.unlink()
    first.killed()
    second = new_desk()
    second.session.take_seat(at_department)
    second.open(case_id)
    assert second.widget("attached-0").isVisible()
    second.write("opinion", "已修复")
    second.press("move-feedback")
    assert record.rows([case_id])[0].state is State.PENDING_FEEDBACK


def test_each_seat_has_its_own_words_on_one_case(
    record: FakeRecord, new_desk: Callable[[], Desk]
) -> None:
    desk = new_desk()
    case_id = dispatching(desk, record)
    desk.sit(Post.SHIFT_LEADER)
    assert desk.session.selection.case_id == case_id
    assert desk.text("opinion") == ""
    desk.sit(Post.DISPATCHER)
    assert desk.text("opinion") == WORDS


def test_a_step_in_the_record_leaves_no_draft(
    record: FakeRecord, new_desk: Callable[[], Desk], tmp_path: Path
) -> None:
    desk = new_desk()
    dispatching(desk, record)
    desk.killed()
    assert len(list((tmp_path / "drafts").iterdir())) == 1
    desk.press("move-dispatch")
    desk.killed()
    assert list((tmp_path / "drafts").iterdir()) == []


def test_a_refused_step_keeps_its_draft(record: FakeRecord, new_desk: Callable[[], Desk]) -> None:
    desk = new_desk()
    case_id = dispatching(desk, record)
    desk.write("opinion", "")
    desk.press("move-dispatchBack")
    desk.write("opinion", WORDS)
    desk.killed()
    second = new_desk()
    second.sit(Post.DISPATCHER)
    second.open(case_id)
    assert second.text("opinion") == WORDS


def test_words_that_are_deleted_again_leave_no_draft(
    record: FakeRecord, new_desk: Callable[[], Desk]
) -> None:
    desk = new_desk()
    dispatching(desk, record)
    assert len(desk.session.drafts.keys) == 1
    desk.write("opinion", "")
    assert not desk.session.drafts.keys


def test_looking_at_cases_writes_no_drafts(
    record: FakeRecord, new_desk: Callable[[], Desk]
) -> None:
    desk = new_desk()
    desk.sit(Post.DISPATCHER)
    for row in record.rows([CaseId(number) for number in range(1, 12)]):
        desk.open(row.case_id)
    assert not desk.session.drafts.keys


def dispatch(record: FakeRecord, case_id: CaseId) -> None:
    """Another dispatcher was faster."""
    seat = next(one for one in record.seats() if one.post is Post.DISPATCHER)
    other = replace(seat, person_name="王强")
    move = Move(operation="dispatch", department_id=DepartmentId(1), opinion="尽快")
    record.move(case_id, record.rows([case_id])[0].version, move, other, NOW)


@pytest.mark.parametrize("is_killed", [True, False], ids=["after a kill", "in the same sitting"])
def test_words_on_a_case_that_moved_on_are_shown_and_can_be_copied_and_thrown_away(
    record: FakeRecord, new_desk: Callable[[], Desk], is_killed: bool
) -> None:
    desk = new_desk()
    case_id = dispatching(desk, record)
    desk.killed()
    dispatch(record, case_id)
    if is_killed:
        desk = new_desk()
        desk.sit(Post.DISPATCHER)
        desk.open(case_id)
    else:
        desk.panel.reload()
        settle(desk.qtbot, desk.session)
    card = desk.widget("left-words")
    assert card.isVisible()
    assert desk.text("left-words-text") == WORDS
    desk.press("left-words-copy")
    assert QGuiApplication.clipboard().text() == WORDS
    desk.press("left-words-drop")
    assert not card.isVisible()
    assert not desk.session.drafts.keys


def test_words_left_behind_survive_until_somebody_throws_them_away(
    record: FakeRecord, new_desk: Callable[[], Desk]
) -> None:
    first = new_desk()
    case_id = dispatching(first, record)
    first.killed()
    dispatch(record, case_id)
    for _ in range(2):
        desk = new_desk()
        desk.sit(Post.DISPATCHER)
        desk.open(case_id)
        assert desk.text("left-words-text") == WORDS
        desk.killed()


def test_a_step_that_was_sent_when_the_desk_ended_is_not_offered_again(
    record: FakeRecord, new_desk: Callable[[], Desk]
) -> None:
    first = new_desk()
    case_id = dispatching(first, record)
    first.killed()
    seat = first.session.seat
    move = Move(operation="dispatch", department_id=DepartmentId(1), opinion=WORDS)
    record.move(case_id, record.rows([case_id])[0].version, move, seat, NOW)
    second = new_desk()
    second.sit(Post.DISPATCHER)
    second.open(case_id)
    assert not second.widget("left-words").isVisible()
    assert not second.session.drafts.keys


def test_a_draft_of_a_city_that_was_built_anew_is_not_put_into_another_case(
    record: FakeRecord, new_desk: Callable[[], Desk]
) -> None:
    first = new_desk()
    case_id = dispatching(first, record)
    first.killed()
    record._cases[case_id] = replace(record._cases[case_id], number="26112099999")
    second = new_desk()
    second.sit(Post.DISPATCHER)
    second.open(case_id)
    assert second.text("opinion") == ""
    assert second.text("left-words-text") == WORDS


def test_a_draft_that_makes_no_sense_is_put_aside_and_said(
    record: FakeRecord, new_desk: Callable[[], Desk], tmp_path: Path
) -> None:
    first = new_desk()
    case_id = dispatching(first, record)
    first.killed()
    file = next((tmp_path / "drafts").glob("case-*.json"))
    file.write_text(file.read_text(encoding="utf-8").replace(f'"{WORDS}"', "12"), encoding="utf-8")
    second = new_desk()
    second.sit(Post.DISPATCHER)
    second.open(case_id)
    assert second.text("opinion") == ""
    assert file.name + ".damaged" in second.session.notices.kept[-1].text
    assert file.with_name(file.name + ".damaged").exists()


# -- reports -------------------------------------------------------------------------------------
def half_reported(desk: Desk) -> None:
    """A report with everything but the photo."""
    desk.sit(Post.ACCEPTOR)
    desk.form.set_component("3101010301000482")
    settle(desk.qtbot, desk.session)
    desk.write("report-description", "灯杆倾斜")
    address = desk.widget("place-address")
    assert isinstance(address, QLineEdit)
    address.clear()
    desk.qtbot.keyClicks(address, "east gate")
    desk.qtbot.mouseClick(desk.widget("report-urgent"), Qt.MouseButton.LeftButton)


def test_a_half_written_report_is_there_again_and_can_be_sent(
    record: FakeRecord, new_desk: Callable[[], Desk]
) -> None:
    first = new_desk()
    half_reported(first)
    first.killed()
    second = new_desk()
    second.sit(Post.ACCEPTOR)
    assert second.form.draft == first.form.draft
    assert second.text("report-description") == "灯杆倾斜"
    assert second.text("place-address") == "east gate"
    assert second.text("class-search") == "路灯"
    assert "Ctrl+N" in second.session.notices.kept[-1].text
    second.press("report-submit")
    case_id = second.session.selection.case_id
    assert case_id is not None
    case = record.case_file(case_id, second.session.seat, NOW).case
    assert (case.description, case.urgent, case.place.address) == ("灯杆倾斜", True, "east gate")
    assert not second.session.drafts.keys


def test_what_is_typed_into_class_and_place_and_not_chosen_yet_is_there_again(
    new_desk: Callable[[], Desk],
) -> None:
    first = new_desk()
    first.sit(Post.ACCEPTOR)
    for name, words in (("class-search", "ludeng"), ("place-coordinates", "121.49, 31")):
        first.qtbot.keyClicks(first.widget(name), words)
    first.killed()
    second = new_desk()
    second.sit(Post.ACCEPTOR)
    assert second.text("class-search") == "ludeng"
    assert second.text("place-coordinates") == "121.49, 31"
    second.form.set_component("3101010301000482")
    settle(second.qtbot, second.session)
    assert second.form.draft.class_words == ""
    assert second.form.draft.place_words == ""


def test_each_seat_has_its_own_report(new_desk: Callable[[], Desk]) -> None:
    desk = new_desk()
    half_reported(desk)
    desk.sit(Post.SHIFT_LEADER)
    assert desk.form.draft.is_empty
    assert desk.text("report-description") == ""
    desk.sit(Post.ACCEPTOR)
    assert desk.text("report-description") == "灯杆倾斜"


def test_a_report_begun_at_a_post_that_makes_none_goes_along_to_one_that_does(
    new_desk: Callable[[], Desk],
) -> None:
    desk = new_desk()
    desk.sit(Post.DISPATCHER)
    desk.write("report-description", "顺手写下的")
    desk.sit(Post.ACCEPTOR)
    assert desk.text("report-description") == "顺手写下的"
    desk.sit(Post.DISPATCHER)
    assert desk.text("report-description") == ""


def test_clearing_the_form_throws_its_draft_away(new_desk: Callable[[], Desk]) -> None:
    desk = new_desk()
    half_reported(desk)
    assert len(desk.session.drafts.keys) == 1
    desk.press("report-clear")
    assert not desk.session.drafts.keys


def test_a_report_that_was_being_sent_when_the_desk_ended_is_shown_with_a_warning(
    record: FakeRecord,
    new_desk: Callable[[], Desk],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = new_desk()
    half_reported(first)
    monkeypatch.setattr(first.session, "submit_report", lambda *given: None)  # no answer ever
    first.press("report-submit")
    first.killed()
    second = new_desk()
    second.sit(Post.ACCEPTOR)
    said = [notice.text for notice in second.session.notices.kept if notice.key == "report-sent"]
    assert "2026-11-20 10:42" in said[0]
    assert second.text("report-description") == "灯杆倾斜"


def test_a_class_that_the_catalog_has_no_more_is_asked_for_again(
    record: FakeRecord, new_desk: Callable[[], Desk], tmp_path: Path
) -> None:
    first = new_desk()
    half_reported(first)
    first.killed()
    file = next((tmp_path / "drafts").glob("report-*.json"))
    text = file.read_text(encoding="utf-8").replace('"small_code": "01"', '"small_code": "98"')
    file.write_text(text, encoding="utf-8")
    second = new_desk()
    second.sit(Post.ACCEPTOR)
    assert second.form.draft.entry is None
    assert second.text("report-description") == "灯杆倾斜"
    assert second.text("report-missing") == "还缺：类别"


# -- a disk that is of no use --------------------------------------------------------------------
def test_a_disk_that_takes_nothing_is_a_quiet_notice_and_the_form_goes_on(
    qtbot: QtBot, record: FakeRecord, new_desk: Callable[[], Desk], tmp_path: Path
) -> None:
    (tmp_path / "drafts").write_text("a file in the way")
    desk = new_desk()
    with qtbot.waitSignal(desk.session.drafts.troubled):
        case_id = dispatching(desk, record)
    qtbot.waitUntil(lambda: desk.session.notices.kept[-1].key == "drafts")
    desk.press("move-dispatch")
    assert record.rows([case_id])[0].state is State.PENDING_SIGN
