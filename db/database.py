"""An open record: the transactions that reading and writing take place in."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import ExceptionContext

from workflow.errors import WanmiError

BUSY_SECONDS = 5.0
"""How long a write waits for another writer before it gives up."""

InWords = Callable[[BaseException, str], WanmiError | None]
"""Turns a driver's error on the database of that name into a sentence, where it has one."""


class Database:
    """The record of one city, open for reading and writing.

    Attributes:
        name: what sentences call it: the file's name, or server and database.
        path: the SpatiaLite file; None on a server.
        engine: SQLAlchemy's engine; its errors arrive as sentences (db.errors).
    """

    def __init__(
        self, engine: Engine, name: str, in_words: InWords, path: Path | None = None
    ) -> None:
        _speak_plainly(engine, name, in_words)
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


def _speak_plainly(engine: Engine, name: str, in_words: InWords) -> None:
    def replace(context: ExceptionContext) -> BaseException | None:
        # The pool only asks whether a connection is still alive; it helps itself.
        return None if context.is_pre_ping else in_words(context.original_exception, name)

    event.listen(engine, "handle_error", replace)
