"""What can go wrong with the stored record, worded once; driver errors become sentences here.

Each class carries an English template and its values (workflow.errors). The driver's own error
stays chained behind it (`__cause__`) for the log and for "copy details".
"""

import sqlite3
from typing import Final

import psycopg

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


class NewerDatabase(StorageError):
    """Written by a newer version of the program."""


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


class NotWritable(StorageError):
    """The file or its folder may not be written."""


class ServerUnreachable(StorageError):
    """The PostgreSQL server does not answer or does not let this login in."""


_SQLITE: Final = {
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

_POSTGRESQL: Final = {
    "53100": _SQLITE[sqlite3.SQLITE_FULL],
    "55P03": _SQLITE[sqlite3.SQLITE_BUSY],
    "57014": _SQLITE[sqlite3.SQLITE_BUSY],
    "40P01": _SQLITE[sqlite3.SQLITE_BUSY],
    "XX001": _SQLITE[sqlite3.SQLITE_CORRUPT],
    "25006": _SQLITE[sqlite3.SQLITE_READONLY],
    "42501": _SQLITE[sqlite3.SQLITE_READONLY],
}
_UNREACHABLE: Final = (
    "The database server of {name} does not answer or does not accept this login. "
    "Check the address, the network and the login."
)


def in_words(error: BaseException, name: str) -> WanmiError | None:
    """The sentence for a driver's error on a database; None where the program itself is wrong."""
    if isinstance(error, sqlite3.Error):
        return _sqlite_in_words(error, name)
    if isinstance(error, psycopg.Error):
        return _postgresql_in_words(error, name)
    return None


def _sqlite_in_words(error: sqlite3.Error, name: str) -> WanmiError | None:
    # Errors of the Python module itself (a closed connection, a wrong type) carry no code.
    code: int = getattr(error, "sqlite_errorcode", 0)
    if code == sqlite3.SQLITE_CONSTRAINT_TRIGGER:
        return refusal(str(error))
    known = _SQLITE.get(code & 0xFF)
    return _said(known, name)


def _postgresql_in_words(error: psycopg.Error, name: str) -> WanmiError | None:
    if error.sqlstate == "WM001":
        return refusal(error.diag.message_primary or "")
    if error.sqlstate is None or error.sqlstate[:2] in {"08", "28", "57", "3D"}:
        if error.sqlstate is None and not isinstance(error, psycopg.OperationalError):
            return None
        known = _POSTGRESQL.get(error.sqlstate or "")
        return _said(known, name) or ServerUnreachable(_UNREACHABLE, name=name)
    return _said(_POSTGRESQL.get(error.sqlstate), name)


def _said(known: tuple[type[StorageError], str] | None, name: str) -> WanmiError | None:
    if known is None:
        return None
    kind, template = known
    return kind(template, name=name)  # words of a table
