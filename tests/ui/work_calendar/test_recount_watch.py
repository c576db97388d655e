"""The recount goes on wherever an administrator sits, and nowhere else."""

from datetime import datetime

import pytest
from pytestqt.qtbot import QtBot

from tests.helpers.desk import settle
from tests.helpers.fake_record import FakeRecord
from tests.helpers.trade import ADMIN
from tests.ui.work_calendar.conftest import AdministeredRecord
from ui.session import DeskSession
from ui.work_calendar import recount_watch
from ui.work_calendar.recount_watch import RecountWatch
from workflow.calendar_versions import RecountProgress
from workflow.errors import CaseChanged
from workflow.ids import CaseId
from workflow.posts import Post, Seat


class ContestedRecord(AdministeredRecord):
    """Another seat does not leave the first case alone for a while."""

    refusals = 1

    def recount_next(
        self, seat: Seat, now: datetime, limit: int, after: CaseId | None
    ) -> RecountProgress:
        if self.to_recount and self.refusals:
            self.refusals -= 1
            raise CaseChanged("Case {number} was changed.", number="26112000001")
        return super().recount_next(seat, now, limit, after)


@pytest.fixture
def record() -> FakeRecord:
    return ContestedRecord()


def test_what_another_desk_left_undone_is_taken_up_when_an_administrator_sits_down(
    qtbot: QtBot, session: DeskSession, record: FakeRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recount_watch, "AGAIN_MS", 1)
    dispatcher = next(one for one in session.reference.seats if one.post is Post.DISPATCHER)
    session.take_seat(dispatcher)
    watch = RecountWatch.of(session)
    record.to_recount = [CaseId(number) for number in range(1, 8)]
    watch.begin()
    settle(qtbot, session)
    assert not watch.is_running
    assert len(record.to_recount) == 7
    session.take_seat(ADMIN)
    qtbot.waitUntil(lambda: not watch.is_running and record.to_recount == [])
    assert watch.recounted == 7
    assert session.notices.kept == ()


def test_there_is_one_watch_for_a_session(session: DeskSession) -> None:
    assert RecountWatch.of(session) is RecountWatch.of(session)
