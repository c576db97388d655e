"""Widgets die on the UI thread, whoever let them go."""

import gc
import threading

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tests.helpers.fake_record import FakeRecord, opened
from ui.data import DataDoor
from ui.garbage import Garbage
from workflow.ports import Record


class Mortal(QObject):
    """Remembers on which thread it died."""

    def __init__(self, deaths: list[str]) -> None:
        super().__init__()
        self._deaths = deaths

    def take(self, answer: object) -> None:
        """Be told an answer."""

    def work(self, record: Record) -> str:
        """Be what the database thread runs."""
        return "done"

    def __del__(self) -> None:
        self._deaths.append(threading.current_thread().name)


def test_an_asker_that_is_forgotten_dies_on_the_ui_thread(qtbot: QtBot, record: FakeRecord) -> None:
    deaths: list[str] = []
    door = DataDoor(lambda: opened(record))
    door.start()
    for _ in range(200):
        mortal = Mortal(deaths)
        door.ask(mortal.work, mortal.take)
        del mortal
    qtbot.waitUntil(lambda: door.idle)
    door.close()
    assert set(deaths) == {threading.main_thread().name}
    assert len(deaths) == 200


def test_cycles_are_collected_on_the_ui_thread_only(qtbot: QtBot, record: FakeRecord) -> None:
    deaths: list[str] = []
    door = DataDoor(lambda: opened(record))
    door.start()

    def allocate(record: Record) -> int:
        return len([[number] for number in range(20_000)])

    for _ in range(50):
        mortal = Mortal(deaths)
        mortal.me = mortal  # type: ignore[attr-defined]
        del mortal
        door.ask(allocate)
    qtbot.waitUntil(lambda: door.idle)
    door._garbage.collect()
    door.close()
    gc.collect()
    assert set(deaths) == {threading.main_thread().name}
    assert len(deaths) == 50


def test_python_collects_by_itself_again_when_nobody_needs_it_here(qtbot: QtBot) -> None:
    owner = QObject()
    one, other = Garbage(owner), Garbage(owner)
    one.start()
    other.start()
    one.stop()
    assert not gc.isenabled()
    other.stop()
    assert gc.isenabled()
