"""The page of the working calendar over the fake record, with the administrator at the desk."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.helpers.desk import settle
from tests.helpers.fake_record import NOW, FakeClassSearch, FakeRecord, opened
from tests.helpers.trade import ADMIN
from ui.data import DataDoor
from ui.session import DeskSession
from ui.theme.style_sheet import apply_theme
from ui.theme.tokens import LIGHT
from ui.work_calendar.page import CalendarPage
from workflow.clocks import ClockKind
from workflow.ids import CaseId
from workflow.posts import Seat
from workflow.recounting import DeadlineChange


def change(number: int, *, provisional: bool = False) -> DeadlineChange:
    """A deadline that moves by a day."""
    due = NOW + timedelta(days=number)
    return DeadlineChange(
        case_id=CaseId(number),
        number=f"261120{number:05}",
        kind=ClockKind.HANDLE,
        round=1,
        old_due=due,
        new_due=due + timedelta(days=1),
        was_provisional=provisional,
        is_provisional=provisional,
    )


class AdministeredRecord(FakeRecord):
    """A record in which the administrator sits down first."""

    def seats(self) -> Sequence[Seat]:
        return (ADMIN, *super().seats())


@pytest.fixture
def record() -> FakeRecord:
    """Five deadlines move, whatever is drawn."""
    made = AdministeredRecord()
    made.foreseen = tuple(change(number, provisional=number == 4) for number in range(1, 6))
    return made


@pytest.fixture
def session(qtbot: QtBot, qapp: QApplication, record: FakeRecord) -> Iterator[DeskSession]:
    """The administrator's session."""
    apply_theme(qapp, LIGHT)
    session = DeskSession(DataDoor(lambda: opened(record)), FakeClassSearch, now=lambda: NOW)
    with qtbot.waitSignal(session.ready):
        session.start()
    settle(qtbot, session)
    yield session
    session.close()


@pytest.fixture
def page(qtbot: QtBot, session: DeskSession) -> CalendarPage:
    """The page, with the calendar read."""
    made = CalendarPage(session)
    qtbot.addWidget(made)
    made.resize(1330, 900)
    made.show()
    settle(qtbot, session)
    return made
