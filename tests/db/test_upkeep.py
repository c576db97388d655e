"""The planner's statistics follow a record that grows, and nobody waits for them."""

import sqlite3
from contextlib import closing

from sqlalchemy import text

from db.building import new_database
from db.database import Database
from db.engine import open_database
from db.upkeep import refresh_statistics
from tests.helpers.stored_city import add_cases, fill_city


def counted(database: Database) -> set[str]:
    """The indexes of which the planner knows how many rows they have."""
    with database.read() as connection:
        tables = connection.execute(text("SELECT name FROM sqlite_master")).scalars()
        if "sqlite_stat1" not in set(tables):
            return set()
        return set(connection.execute(text("SELECT idx FROM sqlite_stat1")).scalars())


def test_a_record_that_grew_is_counted(empty_place: str) -> None:
    with new_database(empty_place) as database, database.write() as connection:
        fill_city(connection)
    database = open_database(empty_place)
    add_cases(database, 40)
    refresh_statistics(database)
    if database.path is not None:
        assert {"ix_cases_reported_at", "ix_cases_class_reported"} <= counted(database)
    database.close()


def test_counting_again_changes_nothing_and_leaves_the_settings_alone(empty_place: str) -> None:
    with new_database(empty_place) as database, database.write() as connection:
        fill_city(connection)
    database = open_database(empty_place)
    refresh_statistics(database)
    if database.path is not None:
        with database.read() as connection:
            assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 5_000
        before = counted(database)
        refresh_statistics(database)
        assert counted(database) == before
    database.close()


def test_another_desk_that_writes_is_not_waited_for(database: Database) -> None:
    if database.path is None:
        refresh_statistics(database)
        return

    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        refresh_statistics(database)
        other.execute("ROLLBACK")
