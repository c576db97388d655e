"""A desk session over the fake record, its time standing still, for every test of the windows."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.helpers.desk import settle
from tests.helpers.fake_record import NOW, FakeClassSearch, FakeRecord, opened
from ui.data import DataDoor
from ui.session import DeskSession
from ui.theme.style_sheet import apply_theme
from ui.theme.tokens import LIGHT


@pytest.fixture
def record() -> FakeRecord:
    """A city of 48 cases."""
    return FakeRecord()


@pytest.fixture
def session(qtbot: QtBot, qapp: QApplication, record: FakeRecord) -> Iterator[DeskSession]:
    """A session that is ready: the dispatcher 周敏 sits at the desk."""
    apply_theme(qapp, LIGHT)
    door = DataDoor(lambda: opened(record))
    session = DeskSession(door, FakeClassSearch, now=lambda: NOW)
    with qtbot.waitSignal(session.ready):
        session.start()
    settle(qtbot, session)
    yield session
    session.close()
