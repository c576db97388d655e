"""A desk at a real record: a small city of its own on a file, so that edits really are edits."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.building import new_database
from db.record import open_record
from tests.helpers.desk import settle
from tests.helpers.stored_trade import fill
from tests.helpers.trade import ADMIN, FRIDAY_MORNING
from ui.case_form.class_search import search_of
from ui.data import DataDoor
from ui.session import DeskSession
from ui.theme.style_sheet import apply_theme
from ui.theme.tokens import LIGHT


@pytest.fixture(scope="session")
def small_city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The finished file; copy it, do not write it."""
    path = tmp_path_factory.mktemp("rules") / "city.db"
    with new_database(path) as database, database.write() as connection:
        fill(connection)
    return path


@pytest.fixture
def city_file(small_city: Path, tmp_path: Path) -> Path:
    """A city of the test's own."""
    copy = tmp_path / "city.db"
    shutil.copyfile(small_city, copy)
    return copy


def sit_down(qtbot: QtBot, city_file: Path) -> DeskSession:
    """A desk with the administrator at it."""
    door = DataDoor(lambda: open_record(city_file, city_file.with_suffix(".media")))
    session = DeskSession(door, lambda rules: search_of(rules), now=lambda: FRIDAY_MORNING)
    with qtbot.waitSignal(session.ready, timeout=20_000):
        session.start()
    settle(qtbot, session)
    session.take_seat(ADMIN)
    return session


@pytest.fixture
def city_desk(qtbot: QtBot, qapp: QApplication, city_file: Path) -> Iterator[DeskSession]:
    """The administrator at a desk."""
    apply_theme(qapp, LIGHT)
    session = sit_down(qtbot, city_file)
    yield session
    session.close()


@pytest.fixture
def other_desk(qtbot: QtBot, city_desk: DeskSession, city_file: Path) -> Iterator[DeskSession]:
    """A second desk on the same city."""
    session = sit_down(qtbot, city_file)
    yield session
    session.close()
