"""The record in a SpatiaLite file of this machine."""

import sqlite3
from pathlib import Path

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.pool import QueuePool

from db.database import BUSY_SECONDS, Database
from db.errors import (
    DatabaseDamaged,
    MissingDatabase,
    MissingSpatialite,
    NetworkFileSystem,
    NotADatabase,
    in_words,
)
from db.file_systems import network_kind

SPATIALITE = "mod_spatialite"
_MAGIC = b"SQLite format 3\x00"
_SETTINGS = ("foreign_keys = ON", "cache_size = -32000", "temp_store = MEMORY")
# What was acknowledged survives a power cut.
_DURABLE = ("synchronous = FULL",)
_WHILE_BUILDING = ("journal_mode = MEMORY", "synchronous = OFF")


def connect_file(path: Path, *, building: bool = False) -> Database:
    """A database on a file as it is, made where there is none; its content is not looked at.

    Args:
        building: nobody else sees the file and nobody would miss it: write without waiting for the
            disk.
    """
    if kind := network_kind(path):
        raise NetworkFileSystem(
            "{name} cannot be used on a network share ({kind}): several desks would damage it. "
            "Move it to a local disk, or use a PostgreSQL server.",
            name=path.name,
            kind=kind,
        )
    engine = create_engine(
        "sqlite://", creator=lambda: _connect_file(path, building), poolclass=QueuePool
    )
    event.listen(engine, "begin", _begin)
    return Database(engine, path.name, in_words, path)


def check_file(path: Path) -> None:
    """Refuse what is plainly no whole SQLite file, without reading more than its first page."""
    if not path.is_file():
        raise MissingDatabase(
            "{name} cannot be opened: there is no such file in {folder}. "
            "Choose the city's database file, or build the demo city with `./wanmi demo`.",
            name=path.name,
            folder=path.parent,
        )
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as error:
        raise MissingDatabase(
            "{name} cannot be read: {reason}. Check that you may read it.",
            name=path.name,
            reason=error.strerror,
        ) from error
    if len(header) < 100 or not header.startswith(_MAGIC):
        raise NotADatabase(
            "{name} cannot be opened: it is not a database. Choose the city's database file.",
            name=path.name,
        )
    # With a write-ahead log beside it, the file alone does not tell its length.
    page_size = int.from_bytes(header[16:18]) or 1
    whole = int.from_bytes(header[28:32]) * (65_536 if page_size == 1 else page_size)
    if path.stat().st_size < whole and not path.with_name(f"{path.name}-wal").exists():
        raise DatabaseDamaged(
            "{name} is damaged: its end is missing. Put the last backup in its place.",
            name=path.name,
        )


def _connect_file(path: Path, building: bool) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        _load_spatialite(connection)
        # SpatiaLite sets a patience of its own while it is loaded.
        connection.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
        for pragma in _SETTINGS + (_WHILE_BUILDING if building else _DURABLE):
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def _load_spatialite(connection: sqlite3.Connection) -> None:
    if not hasattr(connection, "enable_load_extension"):
        raise MissingSpatialite(
            "This Python cannot load SpatiaLite: its sqlite3 was built without extensions. "
            "Start Wanmi with the distribution's Python, as `./wanmi` does."
        )
    connection.enable_load_extension(True)
    try:
        connection.load_extension(SPATIALITE)
    except sqlite3.OperationalError as error:
        raise MissingSpatialite(
            "The SpatiaLite library is not on this machine. Install the package "
            "libsqlite3-mod-spatialite; `./wanmi doctor` shows what else is missing."
        ) from error
    finally:
        connection.enable_load_extension(False)


def _begin(connection: Connection) -> None:
    """Open the transaction ourselves: a writer takes its place at once, not at its first change."""
    if begin := connection.get_execution_options().get("begin", "BEGIN"):
        connection.exec_driver_sql(begin)
