"""Rows whose deadline a holiday notice may still move say so; all others do not."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from db.engine import Database
from db.media import MediaStore
from db.record import SqlRecord
from tests.helpers.calendars import NEW_YEAR
from tests.helpers.case_walk import MAIN_LINE
from tests.helpers.stored_walk import main_row
from tests.helpers.trade import ADMIN, COLLECTOR, SEAT_OF, full_move, manhole_report
from workflow.calendar_file import read
from workflow.calendar_versions import draft_of
from workflow.ids import CaseId
from workflow.instants import CHINA_STANDARD_TIME
from workflow.posts import Post
from workflow.queries import QueueRow
from workflow.states import State

EVE = datetime(2026, 12, 31, 15, tzinfo=CHINA_STANDARD_TIME)


@pytest.fixture
def record(database: Database, tmp_path: Path) -> Iterator[SqlRecord]:
    opened = SqlRecord(database, MediaStore(tmp_path / "media"))
    yield opened
    opened.close()


def reported(record: SqlRecord, steps: int, now: datetime = EVE) -> CaseId:
    """A case after the first steps of the main line; four working hours from the fourth on."""
    service = record._service
    (case_id,) = service.report(manhole_report(), COLLECTOR, now).cases
    state = State.REPORTED
    for version, step in enumerate(MAIN_LINE[:steps], 1):
        row = main_row(state, step)
        seat = next(SEAT_OF[post] for post in Post if post in row.posts)
        record.move(case_id, version, full_move(row), seat, now + timedelta(minutes=version))
        state = row.to_state
    return case_id


def row_of(record: SqlRecord, case_id: CaseId) -> QueueRow:
    (row,) = record.rows([case_id])
    return row


def test_working_time_into_a_year_without_a_notice_is_provisional(record: SqlRecord) -> None:
    row = row_of(record, reported(record, 4))
    assert row.due_at is not None
    assert row.due_at.year == 2027
    assert row.provisional


def test_this_year_and_limits_round_the_clock_are_not(record: SqlRecord) -> None:
    assert not row_of(record, reported(record, 4, EVE - timedelta(days=7))).provisional
    late = EVE.replace(hour=23, minute=55)
    row = row_of(record, reported(record, 0, late))
    assert row.due_at is not None
    assert row.due_at.year == 2027
    assert not row.provisional


def test_a_notice_makes_it_certain_once_the_case_is_counted_anew(record: SqlRecord) -> None:
    case_id = reported(record, 4)
    drawn = read(NEW_YEAR.encode(), draft_of(record.calendars()[0]))
    record.publish_calendar(drawn, ADMIN, EVE + timedelta(hours=1))
    assert row_of(record, case_id).provisional
    assert record.recount_next(ADMIN, EVE + timedelta(hours=2), 9).recounted == 1
    assert not row_of(record, case_id).provisional
    assert not record.case_file(case_id, ADMIN, EVE + timedelta(hours=2)).provisional
