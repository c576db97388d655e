"""A clock that cannot be right is said at the desk, once, in a sentence."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from pytestqt.qtbot import QtBot

from app.clock_watch import ClockWatch
from tests.helpers.desk import settle
from tests.helpers.fake_record import NOW, FakeClassSearch, FakeRecord, opened
from ui.data import DataDoor
from ui.session import DeskSession


class Machine:
    """A clock on the wall, which can be moved, and the seconds that go on evenly."""

    def __init__(self) -> None:
        self.shown = NOW
        self.ran = 0.0

    def now(self) -> datetime:
        return self.shown

    def running(self) -> float:
        return self.ran

    def pass_on(self, seconds: float) -> None:
        self.ran += seconds
        self.shown += timedelta(seconds=seconds)


class DatedRecord(FakeRecord):
    """A record whose last step was taken at a moment of the test's choice."""

    latest = NOW - timedelta(minutes=5)

    def latest_step(self) -> datetime:
        return self.latest


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def record() -> DatedRecord:
    return DatedRecord()


@pytest.fixture
def session(
    qtbot: QtBot, record: DatedRecord, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> Iterator[DeskSession]:
    monkeypatch.setenv("WANMI_LANGUAGE", "en")
    session = DeskSession(DataDoor(lambda: opened(record)), FakeClassSearch, now=machine.now)
    ClockWatch(session, machine.running)
    yield session
    session.close()


def start(qtbot: QtBot, session: DeskSession) -> None:
    with qtbot.waitSignal(session.ready):
        session.start()
    settle(qtbot, session)


def said(session: DeskSession) -> list[str]:
    return [notice.text for notice in session.notices.kept if notice.key == "clock"]


def test_a_right_clock_is_not_spoken_of(
    qtbot: QtBot, session: DeskSession, machine: Machine
) -> None:
    start(qtbot, session)
    for seconds in (1, 1, 8 * 3600, 1):  # the machine slept a night in between
        machine.pass_on(seconds)
        session.ticked.emit(session.now())
    assert said(session) == []


def test_a_clock_behind_the_record_is_told_at_the_start(
    qtbot: QtBot, session: DeskSession, record: DatedRecord
) -> None:
    record.latest = NOW + timedelta(days=1)
    start(qtbot, session)
    (words,) = said(session)
    assert "but the record has a step of" in words
    assert words.endswith("take no step until then.")


@pytest.mark.parametrize(
    ("moved", "how"), [(timedelta(hours=-1), "turned back"), (timedelta(days=400), "put forward")]
)
def test_a_clock_that_is_moved_is_told_once(
    qtbot: QtBot, session: DeskSession, machine: Machine, moved: timedelta, how: str
) -> None:
    start(qtbot, session)
    machine.shown += moved
    for _ in range(3):
        machine.pass_on(1)
        session.ticked.emit(session.now())
    assert len(said(session)) == 1
    assert how in said(session)[0]
