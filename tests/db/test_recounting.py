"""Counting anew by processes of their own: killed in the middle, and beside a seat at work."""

import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from db.engine import Database
from db.media import MediaStore
from db.record import SqlRecord
from db.verify import verify
from tests.db.test_calendars import AFTERNOON, handled, with_days_off
from tests.db.test_many_seats import seat
from tests.helpers.racing import URGED
from tests.helpers.trade import ADMIN
from workflow.service import CaseService

CASES = 12
BEFORE_THE_KILL = 4


@pytest.fixture
def record(database: Database, tmp_path: Path) -> Iterator[SqlRecord]:
    opened = SqlRecord(database, MediaStore(tmp_path / "media"))
    yield opened
    opened.close()


def published(record: SqlRecord, service: CaseService) -> None:
    """Cases due on Monday, and a calendar in which Monday is a holiday."""
    handled(record, service, CASES)
    record.publish_calendar(with_days_off(record, "2026-11-23"), ADMIN, AFTERNOON)


def versions(database: Database) -> Counter[int]:
    """How many open handle clocks run on each version."""
    query = "SELECT calendar_version FROM clock WHERE kind = 'handle' AND stopped_at IS NULL"
    with database.read() as connection:
        return Counter(connection.execute(text(query)).scalars())


def recounts(database: Database) -> Counter[int]:
    """How often each case was counted anew."""
    query = "SELECT case_id FROM case_event WHERE operation = 'recount'"
    with database.read() as connection:
        return Counter(connection.execute(text(query)).scalars())


def test_a_recount_that_is_killed_leaves_whole_cases_and_the_next_one_does_the_rest(
    place: str, database: Database, record: SqlRecord, service: CaseService
) -> None:
    published(record, service)
    with seat("recount", place) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write("go\n")
        process.stdin.flush()
        for _ in range(BEFORE_THE_KILL):
            assert process.stdout.readline().startswith("recounted 1 ")
        process.send_signal(signal.SIGKILL)
        process.wait()
    done = versions(database)[2]
    # The last one may have been committed without anyone hearing of it.
    assert BEFORE_THE_KILL <= done <= CASES
    assert versions(database) == Counter({1: CASES - done, 2: done})
    assert verify(database).is_clean
    with seat("recount", place) as process:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
        assert sum(int(line.split()[1]) for line in process.stdout or ()) == CASES - done
    assert versions(database) == Counter({2: CASES})
    assert set(recounts(database).values()) == {1}
    assert verify(database).is_clean


def test_two_administrators_count_anew_beside_a_seat_at_work_and_each_case_once(
    place: str, database: Database, record: SqlRecord, service: CaseService
) -> None:
    published(record, service)
    with (
        seat("recount", place) as one,
        seat("recount", place) as other,
        seat("urge", place, str(CASES)) as busy,
    ):
        for process in (one, other, busy):
            assert process.stdin
            process.stdin.write("go\n")
            process.stdin.flush()
        told = [line.split() for process in (one, other) for line in process.stdout or ()]
        assert busy.stdout
        _, won, lost = busy.stdout.readline().split()
    assert sum(int(recounted) for _, recounted, _ in told) == CASES
    assert versions(database) == Counter({2: CASES})
    assert set(recounts(database).values()) == {1}
    assert int(won) + int(lost) == URGED * CASES
    found = verify(database)
    assert found.is_clean
