"""An open desk lives under the rules in force: boxes, report form and reference follow at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from map.city_scene import spatialite_source
from map.client.map_engine import MapEngine
from resources import profile
from tests.helpers.desk import settle
from tests.helpers.engine_record import EngineRecord
from tests.helpers.fake_record import NOW, FakeClassSearch, opened
from tests.helpers.trade import ADMIN, DISPATCHER, LEADER, TOWN_DISPATCHER
from ui.data import DataDoor
from ui.desk.layout_memory import DeskLayout
from ui.desk.status_line import DatabaseName
from ui.desk.window import DeskWindow
from ui.map_view.view import MapView
from ui.session import DeskSession
from workflow.posts import Seat
from workflow.queries import Changes

TWO_LEVEL = profile.DEFAULT_PROFILE + "+two_level_command"


@pytest.fixture
def city() -> EngineRecord:
    """A city with the whole table under it."""
    return EngineRecord()


@pytest.fixture
def sitting(city: EngineRecord) -> Iterator[DeskSession]:
    """A session on it that was not started yet."""
    session = DeskSession(DataDoor(lambda: opened(city)), FakeClassSearch, now=lambda: NOW)
    yield session
    session.close()


@pytest.fixture
def desk(qtbot: QtBot, sitting: DeskSession, wanmi_home: Path) -> DeskWindow:
    """An open desk."""
    engine = MapEngine(wanmi_home / "run")
    map_view = MapView(sitting, engine, spatialite_source("none.sqlite"))
    window = DeskWindow(sitting, map_view, DatabaseName("demo.sqlite"), DeskLayout())
    qtbot.addWidget(window)
    window.resize(1600, 900)
    window.show()
    with qtbot.waitSignal(sitting.ready):
        sitting.start()
    settle(qtbot, sitting)
    return window


def change_over(qtbot: QtBot, session: DeskSession, city: EngineRecord, name: str) -> None:
    """Another desk puts a profile in force."""
    city.profile = name
    with qtbot.waitSignal(session.rules_changed):
        session.door.changed.emit(Changes(seq=1, rules=True))
    settle(qtbot, session)


def take(qtbot: QtBot, session: DeskSession, seat: Seat) -> None:
    session.take_seat(seat)
    settle(qtbot, session)


def titles(desk: DeskWindow) -> list[str]:
    return [count.box.title for count in desk.frame.boxes.model.counts]


def test_boxes_and_rules_of_an_open_desk_follow(
    qtbot: QtBot, desk: DeskWindow, sitting: DeskSession, city: EngineRecord
) -> None:
    take(qtbot, sitting, TOWN_DISPATCHER)
    assert titles(desk) == []
    change_over(qtbot, sitting, city, TWO_LEVEL)
    assert "待镇街派遣" in titles(desk)
    assert sitting.reference.rules.table.profile == TWO_LEVEL
    assert sitting.reference.city.profile == TWO_LEVEL


def test_changes_of_cases_alone_read_no_rules(
    qtbot: QtBot, desk: DeskWindow, sitting: DeskSession, city: EngineRecord
) -> None:
    city.profile = TWO_LEVEL
    with qtbot.assertNotEmitted(sitting.rules_changed):
        sitting.door.changed.emit(Changes(seq=1))
        settle(qtbot, sitting)


def test_the_rules_of_the_city_are_offered_to_who_may_look(
    qtbot: QtBot, desk: DeskWindow, sitting: DeskSession
) -> None:
    take(qtbot, sitting, DISPATCHER)
    assert not desk.frame.boxes._admin.isVisible()
    desk.frame.boxes.choose_admin()
    assert not desk.frame.is_administering
    take(qtbot, sitting, LEADER)
    assert desk.frame.boxes._admin.isVisible()
    desk.frame.boxes._admin.click()
    assert desk.frame.is_administering


def test_the_rules_take_the_whole_desk_and_give_it_back(
    qtbot: QtBot, desk: DeskWindow, sitting: DeskSession
) -> None:
    take(qtbot, sitting, ADMIN)
    before = desk.frame.sizes
    desk.frame.boxes.choose_admin()
    assert not desk.frame.map_view.isVisible()
    assert not desk.frame.case_panel.isVisible()
    assert desk.frame.sizes == before
    desk.frame.boxes.choose(0)
    assert not desk.frame.is_administering
    assert desk.frame.map_view.isVisible()
    assert desk.frame.sizes == before


def test_whoever_asks_for_a_report_leaves_the_rules(
    qtbot: QtBot, desk: DeskWindow, sitting: DeskSession
) -> None:
    take(qtbot, sitting, ADMIN)
    desk.frame.boxes.choose_admin()
    desk.open_report()
    assert not desk.frame.is_administering
    assert desk.frame.report_form.isVisible()


def test_a_seat_that_may_not_look_is_shown_its_boxes(
    qtbot: QtBot, desk: DeskWindow, sitting: DeskSession
) -> None:
    take(qtbot, sitting, ADMIN)
    desk.frame.boxes.choose_admin()
    take(qtbot, sitting, DISPATCHER)
    assert not desk.frame.is_administering
    assert not desk.frame.boxes._admin.isChecked()


def test_scores_and_rules_take_turns(qtbot: QtBot, desk: DeskWindow, sitting: DeskSession) -> None:
    take(qtbot, sitting, ADMIN)
    desk.frame.boxes.choose_score()
    desk.frame.boxes.choose_admin()
    assert desk.frame.is_administering
    assert not desk.frame.boxes._score.isChecked()
    desk.frame.boxes.choose_score()
    assert desk.frame.scores.isVisible()
    assert desk.frame.case_panel.isVisible()
