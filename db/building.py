"""Making a new database: all of it, or nothing."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO

from db import migrating, schema
from db.address import is_server
from db.engine import Database, connect
from db.errors import DatabaseBusy, DatabaseExists, NotWritable
from db.files import BUILDING
from resources.reasons import reason


@contextmanager
def new_database(where: str | Path) -> Iterator[Database]:
    """An empty database to fill in the block; it appears in its place when the block ends.

    A file grows under the name "….building" beside its place and is moved there whole. After an
    error, or a machine that stopped, nothing stands in its place.

    Raises:
        DatabaseExists: something stands there already.
        StorageError: no room, no right to write, a network share, another program building it.
    """
    if is_server(where):
        with _on_server(str(where)) as database:
            yield database
    else:
        with _in_file(Path(where)) as database:
            yield database


@contextmanager
def _on_server(url: str) -> Iterator[Database]:
    database = connect(url)
    try:
        with database.write() as connection:
            if schema.has_tables(connection):
                raise DatabaseExists(
                    "{name} cannot be built: it holds a city already. Choose an empty database.",
                    name=database.name,
                )
            migrating.upgrade(connection)
        try:
            yield database
        except BaseException:
            with database.write() as connection:
                migrating.downgrade(connection, "base")
            raise
    finally:
        database.close()


@contextmanager
def _in_file(path: Path) -> Iterator[Database]:
    if os.path.lexists(path):
        raise DatabaseExists(
            "{name} cannot be built: there is a file of that name already. "
            "Move it away or choose another name.",
            name=path.name,
        )
    growing = path.with_name(path.name + BUILDING)
    with _claimed(growing) as place:
        try:
            with closing(connect(growing, building=True)) as database:
                with database.write() as connection:
                    migrating.upgrade(connection)
                yield database
                database.keep_write_ahead_log()
            os.fsync(place.fileno())
            growing.rename(path)
        finally:
            growing.unlink(missing_ok=True)
    _sync_folder(path.parent)


@contextmanager
def _claimed(growing: Path) -> Iterator[IO[bytes]]:
    """The growing file, empty, and ours alone as long as the block runs."""
    try:
        growing.parent.mkdir(parents=True, exist_ok=True)
        place = growing.open("ab")
    except OSError as error:
        raise NotWritable(
            "{name} cannot be built in {folder}: {reason}. Choose a folder that you may write.",
            name=growing.stem,
            folder=growing.parent,
            reason=reason(error),
        ) from error
    with place:
        try:
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise DatabaseBusy(
                "{name} is being built by another program. Wait for it to finish.",
                name=growing.stem,
            ) from error
        place.truncate(0)
        yield place


def _sync_folder(folder: Path) -> None:
    """Make the new name survive a power cut; a name lives in its folder."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
