"""The change log as a seat follows it: nothing missed, nothing twice."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from db.engine import Database, open_database
from db.feed import Feed
from tests.helpers.stored_walk import report, walk
from workflow.service import CaseService

LINE = text(
    "INSERT INTO change_log (at, entity, entity_id, kind) VALUES (1, :entity, :id, 'changed')"
)


@pytest.fixture
def feed(place: str) -> Iterator[Feed]:
    """The feed of another seat on the same record."""
    other = open_database(place)
    reading = Feed(other)
    yield reading
    reading.close()
    other.close()


def test_a_quiet_record_has_nothing_new(feed: Feed) -> None:
    assert feed.position() == 0
    assert feed.since(0) is None


def test_another_seat_hears_of_a_report_and_of_every_step_once(
    feed: Feed, service: CaseService
) -> None:
    case_id, _ = report(service)
    heard = feed.since(0)
    assert heard is not None
    assert heard.cases == {case_id}
    assert feed.since(heard.seq) is None
    walk(service, case_id, steps=2)
    again = feed.since(heard.seq)
    assert again is not None
    assert again.seq == heard.seq + 2 == feed.position()
    assert feed.since(again.seq) is None


def test_components_and_cases_are_told_apart(feed: Feed, database: Database) -> None:
    with database.write() as connection:
        connection.execute(LINE, [{"entity": "case", "id": 3}, {"entity": "component", "id": 7}])
    heard = feed.since(0)
    assert heard is not None
    assert heard.cases == {3}
    assert heard.components == {7}


def test_asking_again_from_an_earlier_line_tells_it_again(feed: Feed, database: Database) -> None:
    with database.write() as connection:
        connection.execute(LINE, [{"entity": "case", "id": one} for one in (1, 2, 3)])
    for _ in range(2):
        heard = feed.since(1)
        assert heard is not None
        assert heard.cases == {2, 3}


def test_what_is_not_committed_is_not_heard(feed: Feed, database: Database) -> None:
    with database.write_uncommitted() as connection:
        connection.execute(LINE, {"entity": "case", "id": 1})
        assert feed.since(0) is None
    assert feed.since(0) is None


def test_a_line_committed_after_a_later_one_is_not_lost(place: str) -> None:
    if not place.startswith("postgresql"):
        return  # one writer at a time: it cannot happen
    slow, quick, reader = (open_database(place) for _ in range(3))
    feed = Feed(reader)
    with slow.write_uncommitted() as first:
        first.execute(LINE, {"entity": "case", "id": 1})
        with quick.write() as second:
            second.execute(LINE, {"entity": "case", "id": 2})
        assert feed.since(0) is None
        first.commit()
    heard = feed.since(0)
    assert heard is not None
    assert heard.cases == {1, 2}
    feed.close()
    for database in (slow, quick, reader):
        database.close()


def test_a_transaction_that_began_first_and_wrote_its_line_last_is_not_lost(place: str) -> None:
    if not place.startswith("postgresql"):
        return  # one writer at a time: it cannot happen
    early, late, reader = (open_database(place) for _ in range(3))
    feed = Feed(reader)
    with early.write_uncommitted() as first, late.write_uncommitted() as second:
        first.execute(text("UPDATE city SET seed = 2"))
        second.execute(LINE, {"entity": "case", "id": 2})
        first.execute(LINE, {"entity": "case", "id": 1})
        first.commit()
        heard = feed.since(0)
        assert heard is not None
        assert heard.cases == {1}
        second.commit()
    after = feed.since(heard.seq)
    assert after is not None
    assert after.cases == {2}
    feed.close()
    for database in (early, late, reader):
        database.close()
