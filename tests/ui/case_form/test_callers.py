"""Who called and what was put right on the spot: what the form asks, and what the engine gets."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.desk import settle
from tests.helpers.engine_record import EngineRecord
from tests.helpers.fake_record import NOW, FakeClassSearch, opened
from tests.helpers.trade import ACCEPTOR, BUND, COLLECTOR
from ui.case_form.report_form import ReportForm
from ui.data import DataDoor
from ui.session import DeskSession
from workflow.case import Case, CaseKind, Photo, PhotoUsage
from workflow.posts import Seat
from workflow.states import State

PHOTO = Photo(sha256="ab" * 32, usage=PhotoUsage.REPORT, media_type="image/png", size=9)
OTHER = Photo(sha256="cd" * 32, usage=PhotoUsage.REPORT, media_type="image/png", size=9)


class Desk:
    """A report form over the engine."""

    def __init__(self, qtbot: QtBot, seat: Seat) -> None:
        self.qtbot, self.record = qtbot, EngineRecord()
        door = DataDoor(lambda: opened(self.record))
        self.session = DeskSession(door, FakeClassSearch, now=lambda: NOW)
        self.form = ReportForm(self.session)
        qtbot.addWidget(self.form)
        self.form.show()
        with qtbot.waitSignal(self.session.ready):
            self.session.start((int(seat.person_id), seat.post.value))
        settle(qtbot, self.session)
        entry = self.record.rules().catalog.entry(CaseKind.COMPONENT, "0101")
        self.form.draft.entry, self.form.draft.place = entry, BUND
        self.text("report-description", QPlainTextEdit).setPlainText("井盖破损")

    def text(self, name: str, kind: type[QPlainTextEdit]) -> QPlainTextEdit:
        found = self.form.findChild(kind, name)
        assert isinstance(found, kind)
        return found

    def write(self, name: str, words: str) -> None:
        field = self.form.findChild(QLineEdit, name)
        assert isinstance(field, QLineEdit)
        self.qtbot.keyClicks(field, words)

    def press(self, name: str) -> None:
        found = self.form.findChild(QToolButton, name) or self.form.findChild(QPushButton, name)
        assert isinstance(found, QToolButton | QPushButton)
        found.click()
        settle(self.qtbot, self.session)

    def sees(self, name: str) -> bool:
        found = self.form.findChild(QWidget, name)
        return found is not None and not found.isHidden()

    def said(self) -> str:
        line = self.form.findChild(QWidget, "report-missing")
        assert line is not None
        return str(line.text())  # type: ignore[attr-defined]

    def only_case(self) -> Case:
        (case,) = self.record.memory.cases.values()
        return case


@pytest.fixture
def sit(qtbot: QtBot) -> Iterator[Callable[[Seat], Desk]]:
    desks: list[Desk] = []

    def make(seat: Seat) -> Desk:
        desks.append(Desk(qtbot, seat))
        return desks[-1]

    yield make
    for desk in desks:
        desk.session.close()


def test_the_call_taker_writes_down_who_called_and_what_was_promised(
    sit: Callable[[Seat], Desk],
) -> None:
    desk = sit(ACCEPTOR)
    desk.write("caller-name", "Zhang")
    desk.write("caller-phone", "13812345678")
    desk.write("external-number", "SH-0087")
    desk.write("report-remark", "again")
    desk.press("wants-reply")
    desk.press("confidential")
    desk.press("report-submit")
    case = desk.only_case()
    assert (case.caller_name, case.caller_phone) == ("Zhang", "13812345678")
    assert (case.external_number, case.remark) == ("SH-0087", "again")
    assert case.wants_reply
    assert case.confidential
    assert case.needs_visit


def test_a_desk_takes_calls_and_a_collector_puts_things_right(
    sit: Callable[[Seat], Desk],
) -> None:
    taker, walker = sit(ACCEPTOR), sit(COLLECTOR)
    assert taker.sees("caller-name")
    assert not taker.sees("report-self-handled")
    assert walker.sees("report-self-handled")
    caller = walker.form.findChild(QLineEdit, "caller-name")
    assert caller is not None
    assert not caller.isVisible()


def test_what_was_put_right_needs_both_photos_and_is_told_apart_by_them(
    sit: Callable[[Seat], Desk],
) -> None:
    desk = sit(COLLECTOR)
    desk.press("report-self-handled")
    desk.press("report-submit")
    assert desk.said() == "还缺：处置前照片、处置后照片"
    assert not desk.record.memory.cases
    desk.form.draft.photos.append(PHOTO)
    desk.form.draft.after_photos.append(OTHER)
    desk.press("report-submit")
    case = desk.only_case()
    assert case.self_handled
    assert case.state is State.REPORTED
    usages = [one["usage"] for one in desk.record.memory.events[case.id][0].photos]
    assert usages == ["report", "after"]


def test_an_ordinary_report_of_a_collector_takes_no_photo_from_after(
    sit: Callable[[Seat], Desk],
) -> None:
    desk = sit(COLLECTOR)
    desk.form.draft.photos.append(PHOTO)
    desk.form.draft.after_photos.append(OTHER)
    desk.press("report-submit")
    case = desk.only_case()
    assert not case.self_handled
    assert len(desk.record.memory.events[case.id][0].photos) == 1
