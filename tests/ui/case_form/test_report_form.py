"""The report form: nothing half-done is sent, nothing written is lost."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.desk import settle
from tests.helpers.fake_city import TRANSITIONS
from tests.helpers.fake_record import FakeRecord, FakeRules
from ui.case_form.report_form import ReportForm
from ui.session import DeskSession
from workflow.posts import Post
from workflow.states import State
from workflow.transitions import Transition, TransitionTable

REGISTER = Transition(
    operation="register",
    from_state=None,
    to_state=State.REPORTED,
    posts=frozenset({Post.ACCEPTOR}),
    photo_usage="report",
    name="登记",
)


@pytest.fixture
def record() -> FakeRecord:
    record = FakeRecord()
    table = TransitionTable("shift_leader_closes", 1, (*TRANSITIONS, REGISTER))
    record._rules = replace(FakeRules(), table=table)
    return record


@pytest.fixture
def form(qtbot: QtBot, session: DeskSession, record: FakeRecord) -> ReportForm:
    session.take_seat(next(seat for seat in record.seats() if seat.post is Post.ACCEPTOR))
    form = ReportForm(session)
    qtbot.addWidget(form)
    form.resize(440, 900)
    form.show()
    return form


def line(form: ReportForm, name: str) -> QLineEdit:
    found = form.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit)
    return found


def words(form: ReportForm, name: str) -> str:
    found = form.findChild(QLabel, name)
    assert isinstance(found, QLabel)
    return found.text()


def describe(form: ReportForm, text: str) -> None:
    found = form.findChild(QPlainTextEdit, "report-description")
    assert isinstance(found, QPlainTextEdit)
    found.setPlainText(text)


def pick_class(qtbot: QtBot, form: ReportForm, code: str) -> None:
    field = line(form, "class-search")
    field.clear()
    qtbot.keyClicks(field, code)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def submit(form: ReportForm) -> None:
    button = form.findChild(QPushButton, "report-submit")
    assert isinstance(button, QPushButton)
    button.click()


def test_an_empty_form_names_what_is_missing_in_one_line(form: ReportForm) -> None:
    assert words(form, "report-missing") == "还缺：类别、问题描述、位置"


def test_a_complete_report_becomes_a_case_and_the_form_is_empty_again(
    qtbot: QtBot, session: DeskSession, record: FakeRecord, form: ReportForm
) -> None:
    pick_class(qtbot, form, "0402")
    describe(form, "流动摊点占道")
    form.set_place(121.49, 31.236)
    settle(qtbot, session)
    with qtbot.waitSignals([form.submitted, form.closed]):
        submit(form)
    settle(qtbot, session)
    number = session.notices.kept[-1].text.rsplit(" ", 1)[-1]
    assert record.case_number(number) == session.selection.case_id
    assert form.draft.entry is None
    assert form.draft.description == ""


def test_an_incomplete_report_is_not_sent(
    qtbot: QtBot, session: DeskSession, record: FakeRecord, form: ReportForm
) -> None:
    before = len(record.markers())
    pick_class(qtbot, form, "0402")
    submit(form)
    settle(qtbot, session)
    assert words(form, "report-missing") == "还缺：问题描述、位置"
    assert len(record.markers()) == before


def test_putting_the_form_away_keeps_what_is_written(qtbot: QtBot, form: ReportForm) -> None:
    describe(form, "写了一半")
    with qtbot.waitSignal(form.closed):
        form.cancel()
    assert form.draft.description == "写了一半"


def test_an_unknown_class_is_answered_with_a_sentence(qtbot: QtBot, form: ReportForm) -> None:
    pick_class(qtbot, form, "zzzz")
    assert "zzzz" in words(form, "class-where")
    assert form.draft.entry is None


def test_arrows_choose_among_the_hits(qtbot: QtBot, form: ReportForm) -> None:
    field = line(form, "class-search")
    pick_class(qtbot, form, "01")
    first = form.draft.entry
    field.clear()
    qtbot.keyClicks(field, "01")
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert first is not None
    assert form.draft.entry is not None
    assert form.draft.entry != first


def test_typing_on_takes_the_chosen_class_back(qtbot: QtBot, form: ReportForm) -> None:
    pick_class(qtbot, form, "0402")
    qtbot.keyClick(line(form, "class-search"), Qt.Key.Key_Backspace)
    assert form.draft.entry is None


def test_a_place_outside_the_city_is_refused_and_nothing_is_kept(
    qtbot: QtBot, session: DeskSession, form: ReportForm
) -> None:
    form.set_place(120.0, 30.0)
    settle(qtbot, session)
    assert words(form, "place-refusal") != ""
    assert form.draft.place is None


def test_typed_coordinates_are_located_and_wrong_ones_explained(
    qtbot: QtBot, session: DeskSession, form: ReportForm
) -> None:
    field = line(form, "place-coordinates")
    field.setText("外滩")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert "外滩" in words(form, "place-refusal")
    field.setText("121.49, 31.236")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    settle(qtbot, session)
    assert words(form, "place-refusal") == ""
    assert form.draft.place is not None


def test_a_component_fills_class_owner_and_place(
    qtbot: QtBot, session: DeskSession, form: ReportForm
) -> None:
    form.set_component("3101010301000482")
    settle(qtbot, session)
    assert form.draft.entry is not None
    assert form.draft.entry.small_name == "路灯"
    assert form.draft.component is not None
    assert form.draft.place is not None


def test_the_map_is_asked_for_a_place_and_let_go_when_it_has_one(
    qtbot: QtBot, session: DeskSession, form: ReportForm
) -> None:
    asked: list[bool] = []
    form.place_wanted.connect(asked.append)
    pick = form.findChild(QPushButton, "place-pick")
    assert isinstance(pick, QPushButton)
    pick.click()
    form.set_place(121.49, 31.236)
    settle(qtbot, session)
    assert asked == [True, False]


def test_a_filing_condition_of_the_class_fills_the_description(
    qtbot: QtBot, form: ReportForm
) -> None:
    pick_class(qtbot, form, "0402")
    chip = form.findChild(QWidget, "report-description-phrase-0")
    assert chip is not None
    chip.click()  # type: ignore[attr-defined]
    assert form.draft.description == "流动摊点"


def test_a_post_that_makes_no_reports_is_told_so(
    session: DeskSession, record: FakeRecord, form: ReportForm
) -> None:
    session.take_seat(next(seat for seat in record.seats() if seat.post is Post.DISPATCHER))
    button = form.findChild(QPushButton, "report-submit")
    assert isinstance(button, QPushButton)
    assert not button.isEnabled()
    assert "派遣员" in words(form, "report-missing")
