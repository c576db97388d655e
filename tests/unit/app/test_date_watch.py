"""Steps whose date has come are taken while a desk is open: at once, then every minute."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from pytestqt.qtbot import QtBot

from app.date_watch import DateWatch
from tests.helpers.desk import settle
from tests.helpers.fake_record import NOW, FakeClassSearch, FakeRecord, opened
from ui.data import DataDoor
from ui.session import DeskSession
from workflow.errors import WanmiError
from workflow.ids import CaseId
from workflow.queries import Changes


class DueRecord(FakeRecord):
    """A record with lots of steps that are due; it notes when it was asked to take them."""

    def __init__(self) -> None:
        super().__init__()
        self.asked_at: list[datetime] = []
        self.lots = 0
        self.broken = False

    def run_dates(self, now: datetime) -> Changes | None:
        self.asked_at.append(now)
        if self.broken:
            raise WanmiError("The disk is full.")
        if not self.lots:
            return None
        self.lots -= 1
        return Changes(1, frozenset({CaseId(1)}))


@pytest.fixture
def record() -> DueRecord:
    return DueRecord()


@pytest.fixture
def shown() -> list[datetime]:
    """What the desk's clock shows: the last one."""
    return [NOW]


@pytest.fixture
def session(
    record: DueRecord, shown: list[datetime], monkeypatch: pytest.MonkeyPatch
) -> Iterator[DeskSession]:
    monkeypatch.setenv("WANMI_LANGUAGE", "en")
    session = DeskSession(DataDoor(lambda: opened(record)), FakeClassSearch, now=lambda: shown[-1])
    DateWatch(session)
    yield session
    session.close()


def start(qtbot: QtBot, session: DeskSession) -> None:
    with qtbot.waitSignal(session.ready):
        session.start()
    settle(qtbot, session)


def test_a_desk_that_opens_asks_at_once(
    qtbot: QtBot, session: DeskSession, record: DueRecord
) -> None:
    start(qtbot, session)
    assert record.asked_at == [NOW]


def test_it_asks_again_after_a_minute_and_not_before(
    qtbot: QtBot, session: DeskSession, record: DueRecord, shown: list[datetime]
) -> None:
    start(qtbot, session)
    for seconds in (30, 59, 61):
        shown.append(NOW + timedelta(seconds=seconds))
        session.ticked.emit(shown[-1])
        settle(qtbot, session)
    assert record.asked_at == [NOW, NOW + timedelta(seconds=61)]


def test_while_there_is_more_to_do_it_goes_on_in_small_lots(
    qtbot: QtBot, session: DeskSession, record: DueRecord
) -> None:
    record.lots = 1
    start(qtbot, session)
    qtbot.waitUntil(lambda: len(record.asked_at) == 2)
    assert record.lots == 0


def test_a_failure_is_one_quiet_notice(
    qtbot: QtBot, session: DeskSession, record: DueRecord, shown: list[datetime]
) -> None:
    record.broken = True
    start(qtbot, session)
    shown.append(NOW + timedelta(minutes=2))
    session.ticked.emit(shown[-1])
    settle(qtbot, session)
    assert [notice.text for notice in session.notices.kept] == [
        "What is due today could not be done by itself: The disk is full."
    ]
