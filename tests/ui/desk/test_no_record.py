"""A desk whose database cannot be opened says so in its middle, and nothing else stands there."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import NoReturn

from pytestqt.qtbot import QtBot

from map.city_scene import spatialite_source
from map.client.map_engine import MapEngine
from tests.helpers.fake_record import NOW, FakeClassSearch
from ui.data import DataDoor
from ui.desk.layout_memory import DeskLayout
from ui.desk.status_line import DatabaseName, database_words
from ui.desk.window import DeskWindow
from ui.map_view.view import MapView
from ui.session import DeskSession
from workflow.errors import WanmiError
from workflow.ports import Record


class ClosedDoor(AbstractContextManager[Record]):
    """A record that refuses to open."""

    def __enter__(self) -> NoReturn:
        raise WanmiError("The layout of the desk could not be read; the usual one is used.")

    def __exit__(self, *args: object) -> None:
        """Nothing was opened."""


def test_the_reason_stands_where_the_panels_would_be(qtbot: QtBot, wanmi_home: Path) -> None:
    session = DeskSession(DataDoor(ClosedDoor), FakeClassSearch, now=lambda: NOW)
    map_view = MapView(session, MapEngine(wanmi_home / "run"), spatialite_source("none.sqlite"))
    window = DeskWindow(session, map_view, DatabaseName("none.sqlite"), DeskLayout())
    qtbot.addWidget(window)
    window.resize(1920, 1080)
    window.show()
    with qtbot.waitSignal(session.unopened) as said:
        session.start()
    frame = window.frame
    assert frame._absence.isVisible()
    assert frame._absence.text() == said.args[0]
    assert not frame.queue.isVisible()
    assert not frame.map_view.isVisible()
    assert not frame.boxes.isVisible()
    middle = frame._absence.geometry().center()
    assert abs(middle.x() - frame.rect().center().x()) < 20
    assert abs(middle.y() - frame.rect().center().y()) < 40
    assert window.toasts.texts == ()
    assert [one.text for one in session.notices.kept] == [said.args[0]]
    session.close()


def test_the_status_line_says_where_the_record_is_kept() -> None:
    assert database_words(DatabaseName("demo.sqlite")) == "本地数据库 · demo.sqlite"
    on_server = DatabaseName("db.city.cn/wanmi", is_on_server=True)
    assert database_words(on_server) == "服务器 · db.city.cn/wanmi"
