"""Opening the record: a SpatiaLite file of one machine, or a PostgreSQL server with PostGIS."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL, ExceptionContext
from sqlalchemy.pool import QueuePool

from db import schema
from db.errors import (
    DatabaseDamaged,
    MissingDatabase,
    MissingSpatialite,
    NetworkFileSystem,
    NotADatabase,
    in_words,
)
from db.file_systems import network_kind

BUSY_SECONDS = 5.0
"""How long a write waits for another writer before it gives up."""

SPATIALITE = "mod_spatialite"
_MAGIC = b"SQLite format 3\x00"
_SETTINGS = (
    "foreign_keys = ON",
    "cache_size = -32000",
    "temp_store = MEMORY",
)
# What was acknowledged survives a power cut.
_DURABLE = ("synchronous = FULL",)
_WHILE_BUILDING = ("journal_mode = MEMORY", "synchronous = OFF")


class Database:
    """The record of one city, open for reading and writing.

    Attributes:
        name: what sentences call it: the file's name, or server and database.
        path: the SpatiaLite file; None on a server.
        engine: SQLAlchemy's engine; its errors arrive as sentences (db.errors).
    """

    def __init__(self, engine: Engine, name: str, path: Path | None = None) -> None:
        self.engine = engine
        self.name = name
        self.path = path
        self._writing = engine.execution_options(begin="BEGIN IMMEDIATE")

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that only reads; on SQLite everything in it is one moment's picture."""
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A transaction in which every statement sees the same moment, on a server too."""
        with self.engine.connect() as connection:
            if self.path is None:
                connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that is committed at the end of the block and rolled back by an error."""
        with self._writing.begin() as connection:
            yield connection

    @contextmanager
    def write_uncommitted(self) -> Iterator[Connection]:
        """A transaction that is rolled back unless the block commits it."""
        with self._writing.connect() as connection:
            yield connection

    def keep_write_ahead_log(self) -> None:
        """Let readers and one writer work at the same time; a SQLite file remembers it."""
        with self.engine.connect().execution_options(begin="") as connection:
            connection.exec_driver_sql("PRAGMA journal_mode = WAL")

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def open_database(where: str | Path) -> Database:
    """Open the record in a file, or on a server by its URL ("postgresql://…").

    Raises:
        StorageError: one of its kinds says in a sentence what is wrong and what to do.
    """
    if is_server(where):
        database = connect_server(str(where))
    else:
        path = Path(where)
        _check_file(path)
        database = connect_file(path)
    try:
        with database.read() as connection:
            schema.check(connection, database.name)
    except BaseException:
        database.close()
        raise
    return database


def is_server(where: str | Path) -> bool:
    """Whether this is the URL of a server rather than a file."""
    return isinstance(where, str) and where.startswith(("postgresql:", "postgresql+psycopg:"))


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
    _speak_plainly(engine, path.name)
    return Database(engine, path.name, path)


def connect_server(url: str) -> Database:
    """A database on a PostgreSQL server as it is."""
    address = make_url(url).set(drivername="postgresql+psycopg")
    milliseconds = int(BUSY_SECONDS * 1000)
    engine = create_engine(
        address,
        connect_args={
            "application_name": "wanmi",
            "connect_timeout": 10,
            "options": f"-c lock_timeout={milliseconds} -c timezone=UTC",
        },
    )
    name = _server_name(address)
    _speak_plainly(engine, name)
    return Database(engine, name)


def _server_name(address: URL) -> str:
    host = f"{address.host or 'localhost'}:{address.port or 5432}"
    return f"{host}/{address.database or ''}"


def _check_file(path: Path) -> None:
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


def _speak_plainly(engine: Engine, name: str) -> None:
    def replace(context: ExceptionContext) -> BaseException | None:
        return in_words(context.original_exception, name)

    event.listen(engine, "handle_error", replace)
