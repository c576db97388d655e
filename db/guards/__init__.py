"""The guards: triggers by which the database itself refuses what the rules of the record forbid.

A guard stops mistakes and careless SQL. Whoever owns a SQLite file can drop it; then the chain of
hashes shows what was altered (`verify`), and on PostgreSQL ownership can be kept from every seat.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection

from db.guards.changing import COUNTS_IN_SQL, OWN_IN_SQL, foreign_change, jumping_count
from db.guards.fragments import LOT_IN_SQL, place_of_the_lot, setting
from db.guards.projection import PLACE_IN_SQL, differs

_FOLDER = Path(__file__).parent
_NAMES = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_master"
    " WHERE type = 'trigger' AND name LIKE 'guard@_%' ESCAPE '@'",
    "postgresql": "SELECT tgname, tgrelid::regclass::text FROM pg_trigger"
    " WHERE NOT tgisinternal AND tgenabled <> 'D' AND tgname LIKE 'guard@_%' ESCAPE '@'",
}

_SETTING = re.compile(r"\{\{setting (?P<key>\w+) (?P<usual>\d+)\}\}")
_FUNCTIONS = (
    "SELECT p.oid::regprocedure::text FROM pg_proc AS p"
    " WHERE p.pronamespace = current_schema()::regnamespace"
    " AND p.proname LIKE 'guard@_%' ESCAPE '@'"
)
# No parameters at all: a percent sign in the text must stay one.
_PLAIN = {"no_parameters": True}


def install(connection: Connection) -> None:
    """Put every guard in place, in the transaction that is open."""
    for statement in _statements(connection.dialect.name):
        connection.exec_driver_sql(statement, execution_options=_PLAIN)


def remove(connection: Connection) -> None:
    """Take every guard away, in the transaction that is open."""
    for name, table in _installed(connection):
        on_table = f" ON {table}" if connection.dialect.name == "postgresql" else ""
        connection.exec_driver_sql(f"DROP TRIGGER {name}{on_table}")
    if connection.dialect.name == "postgresql":
        for (function,) in connection.exec_driver_sql(_FUNCTIONS, execution_options=_PLAIN).all():
            connection.exec_driver_sql(f"DROP FUNCTION {function}")
    for view in ("guard_checker", "guard_step"):  # the second was schema 0001's
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {view}")


@contextmanager
def suspended(connection: Connection) -> Iterator[None]:
    """Load rows in bulk without the guards; `verify` is the proof of what was loaded.

    The guards go and come back inside the transaction that is open, so no other seat ever sees the
    record without them. An error rolls that transaction back, and the guards stand as before.
    """
    remove(connection)
    try:
        yield
    except BaseException:
        if (transaction := connection.get_transaction()) is not None:
            transaction.rollback()
        raise
    install(connection)


def missing(connection: Connection) -> list[str]:
    """Names of guards that should stand in this database and do not."""
    expected = {
        line.split()[2]
        for line in _text(connection.dialect.name).splitlines()
        if line.startswith("CREATE TRIGGER ")
    }
    return sorted(expected - {name for name, _ in _installed(connection)})


def _installed(connection: Connection) -> list[tuple[str, str]]:
    rows = connection.exec_driver_sql(_NAMES[connection.dialect.name], execution_options=_PLAIN)
    return [(row[0], row[1]) for row in rows]


def _statements(dialect: str) -> Iterator[str]:
    """The file's statements; SQLite takes them one at a time and knows itself where one ends."""
    if dialect != "sqlite":
        yield _text(dialect)
        return
    gathered = ""
    for line in _text(dialect).splitlines(keepends=True):
        gathered += line
        if sqlite3.complete_statement(gathered):
            yield gathered
            gathered = ""


def _text(dialect: str) -> str:
    text = (_FOLDER / f"{dialect}.sql").read_text(encoding="utf-8")
    text = text.replace(OWN_IN_SQL, foreign_change(dialect)).replace(COUNTS_IN_SQL, jumping_count())
    text = text.replace(PLACE_IN_SQL, differs(dialect)).replace(LOT_IN_SQL, place_of_the_lot())
    return _SETTING.sub(lambda found: setting(found["key"], found["usual"]), text)
