"""The record in a SpatiaLite file of this machine."""

import os
import shutil
import sqlite3
from pathlib import Path

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.pool import QueuePool

from db.database import BUSY_SECONDS, Database
from db.errors import (
    DatabaseBusy,
    DatabaseDamaged,
    FileReplaced,
    MissingDatabase,
    MissingSpatialite,
    NetworkFileSystem,
    NotADatabase,
    NotWritable,
    in_words,
)
from db.file_systems import network_kind
from resources.reasons import reason
from workflow.errors import WanmiError

SPATIALITE = "mod_spatialite"
_MAGIC = b"SQLite format 3\x00"
_SETTINGS = ("foreign_keys = ON", "cache_size = -32000", "temp_store = MEMORY")
BUILDING = ".building"
"""Ends the name of a file that is not yet whole."""
_LEAST_ROOM = 65_536
"""Bytes that SQLite needs beside an open file."""
# What was acknowledged survives a power cut. Writing the log back holds up the one step that sets
# it off, by some thirty milliseconds: at 4,000 pages (16 MB) that is one step in a hundred or more.
_DURABLE = ("synchronous = FULL", "wal_autocheckpoint = 4000")
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
    same = _SameFile(path)

    def connect() -> sqlite3.Connection:
        same.check()
        return _connect_file(path, building)

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool)
    event.listen(engine, "begin", same.on_begin)
    event.listen(engine, "begin", _begin)

    def in_our_words(error: BaseException, name: str) -> WanmiError | None:
        return in_words(error, name, _has_room(path))

    return Database(engine, path.name.removesuffix(BUILDING), in_our_words, path)


def _has_room(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.absolute().parent).free >= _LEAST_ROOM
    except OSError:
        return True


class _SameFile:
    """Sees to it that everything is read from and written to the file that was opened first.

    A file that was moved away or replaced stays open under no name: what is written there is lost.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._first: tuple[int, int] | None = None

    def check(self) -> None:
        """Raises FileReplaced."""
        try:
            found = self._path.stat()
        except OSError:
            here = None
        else:
            here = found.st_dev, found.st_ino
        if self._first is None:
            self._first = here
        elif here != self._first:
            raise FileReplaced(
                "Nothing was read from or saved in {name}: the file was moved away or replaced "
                "while it was open. Put it back in {folder}, then start the desk again.",
                name=self._path.name,
                folder=self._path.absolute().parent,
            )

    def on_begin(self, connection: Connection) -> None:
        """Look before every transaction."""
        self.check()


def check_file(path: Path) -> None:
    """Refuse what is plainly no whole SQLite file, without reading more than its first page.

    A desk writes, and even who only reads leaves marks beside the file (its write-ahead log): so
    the file and its folder must be writable from the first moment on, not at the first step.
    """
    if os.path.isdir(path):  # unlike Path.is_dir, it answers where one may not look
        raise NotADatabase(
            "{name} cannot be opened: it is a folder. Choose the city's database file in it.",
            name=path.name or path.absolute(),
        )
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError as error:
        raise MissingDatabase(
            "{name} cannot be opened: there is no such file in {folder}. "
            "Choose the city's database file, or build the demo city with `./wanmi demo`.",
            name=path.name,
            folder=path.absolute().parent,
        ) from error
    except OSError as error:
        raise MissingDatabase(
            "{name} cannot be read: {reason}. Check that you may read it.",
            name=path.name,
            reason=reason(error),
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
    if not (os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK | os.X_OK)):
        raise NotWritable(
            "{name} cannot be written. Check that you may write the file and its folder.",
            name=path.name,
        )


def put_aside(path: Path, aside: Path) -> None:
    """Give a database that nobody has open another name, whole: what its log holds goes with it.

    A file that is no database, or a damaged one, is put aside as it is.

    Raises:
        DatabaseBusy: a desk works on it.
        NotWritable: the folder may not be written.
    """
    try:
        fold_log(path)
        for ending in ("", "-wal", "-shm"):
            part = path.with_name(path.name + ending)
            if os.path.lexists(part):
                part.rename(aside.with_name(aside.name + ending))
    except OSError as error:
        raise NotWritable(
            "{name} cannot be renamed: {reason}. Choose a folder that you may write.",
            name=path.name,
            reason=reason(error),
        ) from error


def fold_log(path: Path) -> None:
    """Write the log back into the file, which only its single user can. Raises DatabaseBusy."""
    if not path.is_file():
        return
    connection = sqlite3.connect(path, timeout=0)
    try:
        connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
            raise DatabaseBusy(
                "{name} is open in another desk. Close that desk, then try again.", name=path.name
            ) from error
    except sqlite3.DatabaseError:
        # No database, or damaged: nothing that could be folded in.
        pass
    finally:
        connection.close()


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
