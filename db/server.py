"""The record on a PostgreSQL server with PostGIS, and its driver's errors as sentences."""

import sqlite3
from typing import Final

import psycopg
from sqlalchemy import create_engine, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError

from db.database import BUSY_SECONDS, Database
from db.errors import PRIMARY_CODES, BadAddress, ServerUnreachable, said
from db.guards.sentences import refusal
from workflow.errors import WanmiError

_STATES: Final = {
    "53100": PRIMARY_CODES[sqlite3.SQLITE_FULL],
    "55P03": PRIMARY_CODES[sqlite3.SQLITE_BUSY],
    "57014": PRIMARY_CODES[sqlite3.SQLITE_BUSY],
    "40P01": PRIMARY_CODES[sqlite3.SQLITE_BUSY],
    "XX001": PRIMARY_CODES[sqlite3.SQLITE_CORRUPT],
    "25006": PRIMARY_CODES[sqlite3.SQLITE_READONLY],
    "42501": PRIMARY_CODES[sqlite3.SQLITE_READONLY],
}
_UNREACHABLE: Final = (
    ServerUnreachable,
    "The database server of {name} does not answer or does not accept this login. "
    "Check the address, the network and the login.",
)
# Connection, login, operator intervention, unknown database.
_UNREACHABLE_CLASSES: Final = frozenset({"08", "28", "57", "3D"})


def connect_server(url: str) -> Database:
    """A database on a PostgreSQL server as it is."""
    try:
        address = make_url(url).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError) as error:
        raise bad_address(url) from error
    milliseconds = int(BUSY_SECONDS * 1000)
    engine = create_engine(
        address,
        pool_pre_ping=True,  # after a restart of the server the next question just works
        connect_args={
            "application_name": "wanmi",
            "connect_timeout": 10,
            "options": f"-c lock_timeout={milliseconds} -c timezone=UTC",
        },
    )
    return Database(engine, _name_of(address), in_words)


def bad_address(url: str) -> BadAddress:
    """The refusal of an address; what may be a password in it is not repeated."""
    return BadAddress(
        "{url} is no address of a database server. "
        "Write it like postgresql://user@server/database.",
        url=url.rpartition("@")[2],
    )


def in_words(error: BaseException, name: str) -> WanmiError | None:
    """The sentence for the driver's error on a database; None where the program itself is wrong."""
    if not isinstance(error, psycopg.Error):
        return None
    if error.sqlstate == "WM001":
        return refusal(error.diag.message_primary or "")
    if known := _STATES.get(error.sqlstate or ""):
        return said(known, name)
    lost = error.sqlstate is None and isinstance(error, psycopg.OperationalError)
    if lost or (error.sqlstate or "")[:2] in _UNREACHABLE_CLASSES:
        return said(_UNREACHABLE, name)
    return None


def _name_of(address: URL) -> str:
    host = address.host or address.query.get("host") or "localhost"
    return f"{host}/{address.database or ''}"
