"""What can go wrong with the stored record, worded once; driver errors become sentences here.

Each class carries an English template and its values (workflow.errors). The driver's own error
stays chained behind it (`__cause__`) for the log and for "copy details".
"""

import sqlite3
from typing import Final

from db.guards.sentences import refusal
from workflow.errors import WanmiError


class StorageError(WanmiError):
    """The place where the record is kept cannot be used as asked."""


class MissingDatabase(StorageError):
    """No file there."""


class DatabaseExists(StorageError):
    """A new database was asked for where a file stands already."""


class NotADatabase(StorageError):
    """The file is no SQLite database."""


class ForeignDatabase(StorageError):
    """A database, but not one of Wanmi's."""


class OlderDatabase(StorageError):
    """Written by an earlier version of the program; an upgrade brings it up."""


class NewerDatabase(StorageError):
    """Written by a newer version of the program."""


class UnknownSchema(StorageError):
    """Ours, but in a shape that no version up to this one has made."""


class DatabaseDamaged(StorageError):
    """The file or its pages are damaged."""


class MissingSpatialite(StorageError):
    """The SpatiaLite library is not on this machine, or this Python cannot load it."""


class DiskFull(StorageError):
    """No room left; the transaction was rolled back."""


class DatabaseBusy(StorageError):
    """Another writer held the record for too long."""


class NetworkFileSystem(StorageError):
    """SQLite's write-ahead log needs memory shared on one machine; a network share has none."""


class FileReplaced(StorageError):
    """Another file, or none, stands where the open one was."""


class NotWritable(StorageError):
    """The file or its folder may not be written."""


class BadAddress(StorageError):
    """No address of a server."""


class ServerUnreachable(StorageError):
    """The PostgreSQL server does not answer or does not let this login in."""


PRIMARY_CODES: Final = {
    sqlite3.SQLITE_FULL: (
        DiskFull,
        "Nothing was saved in {name}: the disk is full. Free some space and try again.",
    ),
    sqlite3.SQLITE_BUSY: (
        DatabaseBusy,
        "Nothing was saved in {name}: another program has been writing there for too long. "
        "Try again, and close what keeps it busy.",
    ),
    sqlite3.SQLITE_LOCKED: (
        DatabaseBusy,
        "Nothing was saved in {name}: another program has been writing there for too long. "
        "Try again, and close what keeps it busy.",
    ),
    sqlite3.SQLITE_CORRUPT: (
        DatabaseDamaged,
        "{name} is damaged: part of it cannot be read. Put the last backup in its place.",
    ),
    sqlite3.SQLITE_NOTADB: (
        NotADatabase,
        "{name} cannot be opened: it is not a database. Choose the city's database file.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        NotWritable,
        "{name} cannot be opened here. Check that you may read and write the file and its folder.",
    ),
    sqlite3.SQLITE_READONLY: (
        NotWritable,
        "{name} cannot be written. Check that you may write the file and its folder.",
    ),
    sqlite3.SQLITE_IOERR: (
        StorageError,
        "{name} cannot be read or written: the disk reports an error. Check the disk.",
    ),
}


def in_words(error: BaseException, name: str, has_room: bool = True) -> WanmiError | None:
    """The sentence for an error of SQLite on a file; None where the program itself is wrong.

    Args:
        has_room: whether the file's disk has room. SQLite calls it an error of the disk where the
            memory that desks share beside the file does not fit on it any more.
    """
    # Errors of the Python module itself (a closed connection, a wrong type) carry no code.
    code: int = getattr(error, "sqlite_errorcode", 0)
    if code == sqlite3.SQLITE_CONSTRAINT_TRIGGER:
        return refusal(str(error))
    primary = code & 0xFF
    if primary == sqlite3.SQLITE_IOERR and not has_room:
        primary = sqlite3.SQLITE_FULL
    known = PRIMARY_CODES.get(primary)
    return said(known, name) if known else None


def said(known: tuple[type[StorageError], str], name: str) -> WanmiError:
    """The error with its sentence."""
    kind, template = known
    return kind(template, name=name)  # words of a table
