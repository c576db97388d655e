"""Upgrades: a city that schema 0001 really wrote, brought up to this program without losing a step.

`city-0001.sqlite.xz` was written by the program as it was at schema 0001 (commit 3edd0af): the
synthetic city of these tests with sixty cases in thirteen states.
"""

import lzma
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from db import guards, migrating, schema
from db.engine import Database, connect, open_database
from db.errors import DatabaseBusy, OlderDatabase, StorageError
from db.repositories.stored import stored_case
from db.repositories.unit_of_work import units_of_work
from db.rules import load_shelf
from db.upgrading import upgrade_database
from db.verify import verify
from resources.profile import DEFAULT_VERSION
from tests.helpers.postgres import Server
from tests.helpers.stored_city import NOW
from tests.helpers.trade import ACCEPTOR, COLLECTOR, manhole_report, photo
from workflow.commands import Move
from workflow.errors import NotAllowed
from workflow.ids import CaseId
from workflow.service import CaseService
from workflow.states import State

OLD = Path(__file__).with_name("city-0001.sqlite.xz")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The old city, as its desk left it."""
    place = tmp_path / "city.sqlite"
    place.write_bytes(lzma.decompress(OLD.read_bytes()))
    return place


@pytest.fixture
def upgraded(old: Path) -> Iterator[Database]:
    """The old city after the upgrade, open."""
    upgrade_database(old)
    database = open_database(old)
    yield database
    database.close()


def service_on(database: Database) -> CaseService:
    """The service with every version of the rules that the database holds."""
    with database.read() as connection:
        return CaseService(units_of_work(database), load_shelf(connection))


def cases_in(database: Database, state: State) -> list[CaseId]:
    """Ids of the cases in a state."""
    query = text("SELECT id FROM cases WHERE state = :state ORDER BY id")
    with database.read() as connection:
        return [CaseId(row.id) for row in connection.execute(query, {"state": state.value})]


def test_an_older_database_says_what_to_do(old: Path) -> None:
    with pytest.raises(OlderDatabase, match=r"schema 0001.*\./wanmi upgrade --db"):
        open_database(old)


def test_the_upgraded_city_is_whole_and_keeps_a_copy(old: Path) -> None:
    before = old.read_bytes()
    done = upgrade_database(old)
    assert (done.before, done.after, done.rules) == ("0001", schema.HEAD, DEFAULT_VERSION)
    assert done.copy is not None
    assert _without_counters(done.copy.read_bytes()) == _without_counters(before)
    with closing(open_database(old)) as database:
        found = verify(database)
        with database.read() as connection:
            assert guards.missing(connection) == []
    assert (found.cases, found.events, found.damages) == (60, 520, 0)


def _without_counters(file: bytes) -> bytes:
    """The file without what SQLite counts in its first page: changes, schemas, its own version."""
    return file[:24] + file[28:40] + file[44:92] + file[100:]


def test_a_second_upgrade_has_nothing_to_do(old: Path) -> None:
    upgrade_database(old)
    beside = sorted(old.parent.iterdir())
    again = upgrade_database(old)
    assert (again.before, again.copy) == (schema.HEAD, None)
    assert sorted(old.parent.iterdir()) == beside


def test_open_cases_go_on_under_the_rules_of_their_report(upgraded: Database) -> None:
    service = service_on(upgraded)
    reported = cases_in(upgraded, State.REPORTED)[0]
    with upgraded.read() as connection:
        case = stored_case(connection, reported)
    assert case.rules_version == 1
    service.move(reported, case.version, Move(operation="accept"), ACCEPTOR, NOW)
    claim = Move(operation="claim")
    with pytest.raises(NotAllowed):  # the first rules knew no claims
        service.move(reported, case.version + 1, claim, ACCEPTOR, NOW + timedelta(minutes=1))
    with upgraded.read() as connection:
        assert stored_case(connection, reported).state is State.PENDING_FILING
    assert verify(upgraded).is_clean


def test_a_task_that_was_out_comes_back_to_where_it_came_from(upgraded: Database) -> None:
    service = service_on(upgraded)
    for case_id in cases_in(upgraded, State.VERIFYING):
        with upgraded.read() as connection:
            case = stored_case(connection, case_id)
        if case.collector_id != COLLECTOR.person_id:
            continue
        move = Move(operation="replyVerify", outcome="true", photos=(photo(),))
        service.move(case_id, case.version, move, COLLECTOR, NOW)
        with upgraded.read() as connection:
            assert stored_case(connection, case_id).state is case.came_from


def test_new_cases_run_under_the_new_rules(upgraded: Database) -> None:
    service = service_on(upgraded)
    (case_id,) = service.report(manhole_report(), COLLECTOR, NOW).cases
    with upgraded.read() as connection:
        assert stored_case(connection, case_id).rules_version == DEFAULT_VERSION
    service.move(case_id, 1, Move(operation="claim"), ACCEPTOR, NOW)


def test_the_record_itself_has_a_seat(upgraded: Database) -> None:
    query = text(
        "SELECT p.name FROM person AS p JOIN person_post AS h ON h.person_id = p.id"
        " WHERE h.post = 'System'"
    )
    with upgraded.read() as connection:
        assert connection.execute(query).scalars().all() == ["系统"]


def test_a_city_that_a_desk_has_open_is_left_alone(old: Path) -> None:
    before = old.read_bytes()
    with closing(sqlite3.connect(old)) as desk:
        desk.execute("PRAGMA journal_mode = WAL")
        desk.execute("BEGIN")
        desk.execute("SELECT count(*) FROM cases").fetchone()
        with pytest.raises(DatabaseBusy, match="Close that desk"):
            upgrade_database(old)
    assert [path.name for path in old.parent.glob("*schema*")] == []
    with closing(sqlite3.connect(old)) as again:
        again.execute("PRAGMA journal_mode = DELETE")
    assert len(old.read_bytes()) == len(before)


def test_an_upgrade_that_fails_leaves_the_file_as_it_was_and_no_copy(old: Path) -> None:
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("CREATE TABLE co_task (somebody_elses text)")
        connection.commit()
    before = old.read_bytes()
    with pytest.raises(Exception, match="co_task"):
        upgrade_database(old)
    assert old.read_bytes() == before
    assert [path.name for path in old.parent.iterdir()] == [old.name]


def test_what_is_no_older_city_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "notes.txt"
    place.write_text("words")
    with pytest.raises(StorageError, match="not a database"):
        upgrade_database(place)


@pytest.mark.postgis
def test_a_city_on_a_server_is_upgraded_in_one_transaction(
    server: Server, city_template: str
) -> None:
    url = server.url(server.create(city_template))
    with closing(connect(url)) as database, database.write() as connection:
        migrating.downgrade(connection, "0001")
        connection.execute(text("DELETE FROM transition_post"))
        connection.execute(text("DELETE FROM transition"))
        connection.execute(text("UPDATE city SET rules_version = 1"))
    with pytest.raises(OlderDatabase):
        open_database(url)
    done = upgrade_database(url)
    assert (done.before, done.after, done.copy) == ("0001", schema.HEAD, None)
    with closing(open_database(url)) as database:
        service = service_on(database)
        (case_id,) = service.report(manhole_report(), COLLECTOR, NOW).cases
        service.move(case_id, 1, Move(operation="accept"), ACCEPTOR, NOW)
        assert verify(database).is_clean
