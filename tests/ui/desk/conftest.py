"""A whole desk over the fake record; its map has an engine that was never started."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from map.city_scene import spatialite_source
from map.client.map_engine import MapEngine
from tests.helpers.desk import settle
from tests.helpers.fake_record import NOW, FakeClassSearch, FakeRecord, opened
from ui.data import DataDoor
from ui.desk.layout_memory import DeskLayout
from ui.desk.status_line import DatabaseName
from ui.desk.window import DeskWindow
from ui.map_view.view import MapView
from ui.session import DeskSession
from ui.theme.style_sheet import apply_theme
from ui.theme.tokens import LIGHT


@pytest.fixture
def new_session(record: FakeRecord) -> Iterator[DeskSession]:
    """A session that was not started yet."""
    session = DeskSession(DataDoor(lambda: opened(record)), FakeClassSearch, now=lambda: NOW)
    yield session
    session.close()


@pytest.fixture
def window(
    qtbot: QtBot, qapp: QApplication, new_session: DeskSession, wanmi_home: Path
) -> DeskWindow:
    """The desk of the dispatcher 周敏, settled, in the colours that a desk puts on."""
    apply_theme(qapp, LIGHT)
    engine = MapEngine(wanmi_home / "run")
    map_view = MapView(new_session, engine, spatialite_source("none.sqlite"))
    window = DeskWindow(new_session, map_view, DatabaseName("demo.sqlite"), DeskLayout())
    qtbot.addWidget(window)
    window.resize(1920, 1080)
    window.show()
    with qtbot.waitSignal(new_session.ready):
        new_session.start()
    settle(qtbot, new_session)
    return window
