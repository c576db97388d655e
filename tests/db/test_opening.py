"""Opening a database: the right one opens, every wrong one is refused in a sentence."""

import shutil
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from db import files
from db import server as servers
from db.engine import Database, open_database
from db.errors import (
    DatabaseBusy,
    DatabaseDamaged,
    DiskFull,
    FileReplaced,
    ForeignDatabase,
    MissingDatabase,
    MissingSpatialite,
    NetworkFileSystem,
    NewerDatabase,
    NotADatabase,
    NotWritable,
    ServerUnreachable,
    StorageError,
    UnknownSchema,
)
from db.feed import Feed
from db.files import put_aside
from db.repositories.unit_of_work import units_of_work
from db.verify import verify
from tests.helpers.postgres import Server
from tests.helpers.stored_walk import report
from tests.helpers.trade import demo_shelf
from workflow.service import CaseService

MANY = 100


def report_many(service: CaseService) -> None:
    """More cases than fit."""
    for _ in range(MANY):
        report(service)


@pytest.fixture
def copy(city_file: Path, tmp_path: Path) -> Path:
    """A city file to spoil."""
    return Path(shutil.copyfile(city_file, tmp_path / "city.db"))


def absent(path: Path) -> None:
    path.unlink()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def letter(path: Path) -> None:
    path.write_text("Dear Sir or Madam, " * 100)


def half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def header_only(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:60])


def first_page_scrambled(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[100:4000] = bytes(3900)
    path.write_bytes(data)


def another_programs(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE city (id)")
    connection.close()


def without_tables(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE city")
    connection.close()


def from_the_future(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()


def from_another_line(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")
    connection.close()


def without_revision(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM alembic_version")
    connection.close()


@pytest.mark.parametrize(
    ("spoil", "kind", "said"),
    [
        (absent, MissingDatabase, "no such file"),
        (empty, NotADatabase, "not a database"),
        (letter, NotADatabase, "not a database"),
        (header_only, NotADatabase, "not a database"),
        (half, DatabaseDamaged, "end is missing"),
        (first_page_scrambled, DatabaseDamaged, "damaged"),
        (another_programs, ForeignDatabase, "another program's"),
        (without_tables, ForeignDatabase, "another program's"),
        (from_the_future, NewerDatabase, "9999"),
        (from_another_line, UnknownSchema, "0000"),
        (without_revision, UnknownSchema, "none of this version"),
    ],
)
def test_a_wrong_file_is_refused_by_name(
    copy: Path, spoil: Callable[[Path], None], kind: type[StorageError], said: str
) -> None:
    spoil(copy)
    with pytest.raises(kind, match=said) as refused:
        open_database(copy)
    assert "city.db" in str(refused.value)


def test_a_page_damaged_in_the_middle_is_a_sentence_when_it_is_read(copy: Path) -> None:
    with sqlite3.connect(copy) as connection:
        found = "SELECT rootpage FROM sqlite_master WHERE name = 'filing_condition'"
        ((page,),) = connection.execute(found)
    connection.close()
    data = bytearray(copy.read_bytes())
    start = (page - 1) * 4096
    data[start : start + 100] = b"\xff" * 100
    copy.write_bytes(data)
    database = open_database(copy)
    with database.read() as reading, pytest.raises(DatabaseDamaged) as refused:
        reading.execute(text("SELECT sum(length(text)) FROM filing_condition")).all()
    assert isinstance(refused.value.__cause__, sqlite3.DatabaseError)
    database.close()


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(NotADatabase, match="it is a folder"):
        open_database(tmp_path)


def test_a_damaged_page_that_no_case_lies_on_is_found_by_verify(copy: Path) -> None:
    with sqlite3.connect(copy) as connection:
        found = "SELECT rootpage FROM sqlite_master WHERE name = 'filing_condition'"
        ((page,),) = connection.execute(found)
    connection.close()
    data = bytearray(copy.read_bytes())
    data[(page - 1) * 4096 : (page - 1) * 4096 + 100] = b"\xff" * 100
    copy.write_bytes(data)
    database = open_database(copy)
    with pytest.raises(DatabaseDamaged, match="part of it cannot be read"):
        verify(database)
    database.close()


def test_a_file_moved_away_while_it_is_open_is_written_no_more(copy: Path) -> None:
    database = open_database(copy)
    service = CaseService(units_of_work(database), demo_shelf())
    report(service)
    aside = copy.rename(copy.with_name("moved.db"))
    for stranger in (False, True):
        if stranger:
            shutil.copyfile(aside, copy)
        with pytest.raises(FileReplaced, match="moved away or replaced"):
            report(service)
    copy.unlink()
    aside.rename(copy)
    report(service)
    assert verify(database).cases == 2
    database.close()


def test_a_database_that_is_open_cannot_be_put_aside(copy: Path) -> None:
    aside = copy.with_name("aside.db")
    database = open_database(copy)
    with pytest.raises(DatabaseBusy, match="open in another desk"):
        put_aside(copy, aside)
    database.close()
    put_aside(copy, aside)
    assert [path.name for path in copy.parent.iterdir()] == ["aside.db"]
    open_database(aside).close()


def test_what_is_no_database_can_be_put_aside_too(copy: Path) -> None:
    copy.write_text("letters")
    put_aside(copy, copy.with_name("aside.db"))
    assert copy.with_name("aside.db").read_text() == "letters"


def test_a_machine_without_spatialite_says_which_package_is_missing(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "SPATIALITE", "mod_not_there")
    with pytest.raises(MissingSpatialite, match="libsqlite3-mod-spatialite"):
        open_database(copy)


def test_a_python_that_loads_no_extensions_says_so(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Plain:
        """A connection of a Python whose sqlite3 was built without extensions."""

        def close(self) -> None: ...

    def connect(*_: Any, **__: Any) -> Plain:
        return Plain()

    monkeypatch.setattr(sqlite3, "connect", connect)
    with pytest.raises(MissingSpatialite, match="without extensions"):
        open_database(copy)


def test_a_file_on_a_network_share_is_refused(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "network_kind", lambda path: "nfs4")
    with pytest.raises(NetworkFileSystem, match="nfs4"):
        open_database(copy)


def test_a_full_disk_is_a_sentence_and_nothing_of_the_step_stays(copy: Path) -> None:
    database = open_database(copy)
    service = CaseService(units_of_work(database), demo_shelf())
    report(service)
    before = verify(database)
    with database.read() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DiskFull, match="disk is full"):
        report_many(service)
    after = verify(database)
    assert before.is_clean
    assert after.is_clean
    assert after.cases == after.events < MANY
    database.close()


def test_a_writer_that_waits_too_long_for_another_is_told(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "BUSY_SECONDS", 0.05)
    one, other = open_database(copy), open_database(copy)
    with one.write(), pytest.raises(DatabaseBusy, match="another program"), other.write():
        pass
    one.close()
    other.close()


def test_a_server_makes_a_writer_wait_no_longer_than_a_file_does(
    server: Server, city_template: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(servers, "BUSY_SECONDS", 0.05)
    name = server.create(city_template)
    one, other = open_database(server.url(name)), open_database(server.url(name))
    lock = text("LOCK TABLE city")
    with one.write() as first, other.write_uncommitted() as second:
        first.execute(lock)
        with pytest.raises(DatabaseBusy):
            second.execute(lock)
    one.close()
    other.close()
    server.drop(name)


def test_two_desks_work_on_one_record(place: str) -> None:
    first, second = open_database(place), open_database(place)
    with first.write() as connection:
        connection.execute(text("UPDATE city SET name = '黄浦'"))
    with second.read() as connection:
        assert connection.execute(text("SELECT name FROM city")).scalar() == "黄浦"
    first.close()
    second.close()


def test_readers_are_not_stopped_by_a_writer(database: Database) -> None:
    names: list[Any] = []

    def read() -> None:
        with database.read() as connection:
            names.append(connection.execute(text("SELECT name FROM city")).scalar())

    with database.write() as connection:
        connection.execute(text("UPDATE city SET name = '黄浦'"))
        reader = threading.Thread(target=read)
        reader.start()
        reader.join()
    assert names == ["外滩"]


def test_a_file_keeps_what_was_acknowledged(copy: Path) -> None:
    database = open_database(copy)
    with database.read() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    database.close()


def test_a_server_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ServerUnreachable, match="does not answer"):
        open_database(f"postgresql://nobody@/city?host={tmp_path}")


def test_a_connection_that_the_server_dropped_is_replaced_unnoticed(
    server: Server, city_template: str
) -> None:
    name = server.create(city_template)
    database = open_database(server.url(name))
    with database.read() as connection:
        mine = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    drop_connection(server, name, mine)
    with database.read() as connection:
        assert connection.execute(text("SELECT name FROM city")).scalar() == "外滩"
    database.close()
    server.drop(name)


def test_a_feed_that_the_server_dropped_fails_once_and_goes_on(
    server: Server, city_template: str
) -> None:
    name = server.create(city_template)
    database = open_database(server.url(name))
    feed = Feed(database)
    with database.read() as connection:
        others = (
            "SELECT pid FROM pg_stat_activity WHERE datname = :name AND pid <> pg_backend_pid()"
        )
        (theirs,) = connection.execute(text(others), {"name": name}).scalars()
    drop_connection(server, name, theirs)
    with pytest.raises(ServerUnreachable):
        feed.since(0)
    assert feed.since(0) is None
    feed.close()
    database.close()
    server.drop(name)


def drop_connection(server: Server, name: str, pid: int) -> None:
    """What a restart of the server does to a connection."""
    killer = open_database(server.url(name))
    with killer.read() as connection:
        connection.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
    killer.close()


def test_an_empty_database_of_a_server_is_refused(server: Server) -> None:
    name = server.create()
    with pytest.raises(ForeignDatabase, match=name):
        open_database(server.url(name))
    server.drop(name)


def test_a_file_that_may_not_be_written_is_a_sentence_when_it_is_written(copy: Path) -> None:
    database = open_database(copy)
    with database.read() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    with pytest.raises(NotWritable), database.write() as connection:
        connection.execute(text("UPDATE city SET name = 'x'"))
    database.close()
