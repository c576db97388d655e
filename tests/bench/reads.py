"""Reads of the record, timed beside the same statements through bare sqlite3."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from sqlalchemy import event

from db.engine import Database, open_database
from db.media import MediaStore
from db.record import SqlRecord
from workflow.posts import Post, Seat

Sent = list[tuple[str, Any]]


@dataclass(frozen=True)
class Timed:
    """Milliseconds of one read: ours, and its statements alone through bare sqlite3."""

    ours: float
    bare: float


class Reader:
    """The record of a database beside a bare connection to it."""

    def __init__(self, where: Path, database: Database) -> None:
        self.record = SqlRecord(database, MediaStore.beside(where))
        self._database = database
        self._bare = sqlite3.connect(where, isolation_level=None)
        self._bare.execute("PRAGMA cache_size = -32000")

    def seat(self, post: Post) -> Seat:
        """The first seat of a post."""
        return next(seat for seat in self.record.seats() if seat.post is post)

    def time(self, read: Callable[[], object]) -> Timed:
        """Once to know its statements, then ours and the bare ones."""
        sent = self.sent(read)
        started = perf_counter()
        read()
        between = perf_counter()
        self.run_bare(sent)
        return Timed((between - started) * 1000, (perf_counter() - between) * 1000)

    def sent(self, read: Callable[[], object]) -> Sent:
        """The SELECTs that a read sends to the driver, with their values."""
        sent: Sent = []

        def note(_: object, _cursor: object, statement: str, values: Any, *_rest: Any) -> None:
            if statement.startswith("SELECT"):
                sent.append((statement, values))

        event.listen(self._database.engine, "before_cursor_execute", note)
        try:
            read()
        finally:
            event.remove(self._database.engine, "before_cursor_execute", note)
        return sent

    def run_bare(self, sent: Sent) -> None:
        """The same statements, all their rows fetched."""
        for statement, values in sent:
            self._bare.execute(statement, values).fetchall()

    def rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Rows of a statement of the benchmark's own."""
        found: list[tuple[Any, ...]] = self._bare.execute(statement, values).fetchall()
        return found

    def close(self) -> None:
        """Close both."""
        self._bare.close()
        self.record.close()


@contextmanager
def reading(where: Path) -> Iterator[Reader]:
    """A reader of a database, closed at the end of the block."""
    database = open_database(where)
    try:
        reader = Reader(where, database)
        try:
            yield reader
        finally:
            reader.close()
    finally:
        database.close()
