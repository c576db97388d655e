"""A case panel over the real engine: what is pressed here is decided by the shipped table."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from resources import profile
from tests.helpers.desk import settle
from tests.helpers.engine_record import EngineRecord
from tests.helpers.fake_record import FakeClassSearch, opened
from tests.helpers.trade import FRIDAY_MORNING
from ui.case_form.case_panel import CasePanel
from ui.case_form.decision_box import DecisionBox
from ui.data import DataDoor
from ui.session import DeskSession
from workflow.case import Case
from workflow.ids import CaseId
from workflow.posts import Seat
from workflow.states import State


class EngineDesk:
    """A panel at a seat.

    Attributes:
        now: the desk's time; tests move it on.
    """

    def __init__(self, qtbot: QtBot, record: EngineRecord) -> None:
        self.qtbot, self.record = qtbot, record
        self.now: datetime = FRIDAY_MORNING + timedelta(hours=1)
        door = DataDoor(lambda: opened(record))
        self.session = DeskSession(door, FakeClassSearch, now=lambda: self.now)
        self.panel = CasePanel(self.session)
        qtbot.addWidget(self.panel)
        self.panel.resize(440, 1000)
        self.panel.show()
        with qtbot.waitSignal(self.session.ready):
            self.session.start()
        settle(qtbot, self.session)

    @property
    def box(self) -> DecisionBox:
        found = self.panel.findChild(DecisionBox)
        assert isinstance(found, DecisionBox)
        return found

    def show(self, case_id: CaseId, seat: Seat) -> None:
        """The case before a seat."""
        self.session.take_seat(seat)
        self.session.selection.select(None, "test")
        self.session.selection.select(case_id, "test")
        settle(self.qtbot, self.session)

    def widget(self, name: str) -> QWidget:
        """The visible widget of a name."""
        seen = [one for one in self.panel.findChildren(QWidget, name) if one.isVisible()]
        assert seen, f"nobody sees {name}"
        return seen[0]

    def sees(self, name: str) -> bool:
        """Whether a widget of that name is on screen."""
        return any(one.isVisible() for one in self.panel.findChildren(QWidget, name))

    def press(self, name: str) -> None:
        """Click a button, and wait for what comes of it."""
        button = self.widget(name)
        assert isinstance(button, QAbstractButton)
        button.click()
        settle(self.qtbot, self.session)

    def write(self, words: str) -> None:
        """Write an opinion."""
        box = self.widget("opinion")
        box.setPlainText(words)  # type: ignore[attr-defined]

    def said(self, name: str) -> str:
        """What a label says."""
        return str(self.widget(name).text())  # type: ignore[attr-defined]

    def case(self, case_id: CaseId) -> Case:
        """The case as the engine has it."""
        return self.record.case(case_id)

    def state(self, case_id: CaseId) -> State:
        """Where it stands."""
        return self.record.case(case_id).state


@pytest.fixture
def make_desk(qtbot: QtBot) -> Iterator[Callable[[str], EngineDesk]]:
    desks: list[EngineDesk] = []

    def make(name: str = profile.DEFAULT_PROFILE) -> EngineDesk:
        desks.append(EngineDesk(qtbot, EngineRecord(name)))
        return desks[-1]

    yield make
    for desk in desks:
        desk.session.close()


@pytest.fixture
def desk(make_desk: Callable[..., EngineDesk]) -> EngineDesk:
    """A desk under the default profile."""
    return make_desk()
