"""Whether a database is one of ours, in a schema that this program knows."""

from typing import Final

from sqlalchemy import Connection, inspect, text

from db.errors import ForeignDatabase, NewerDatabase, OlderDatabase, UnknownSchema

APPLICATION_ID: Final = 0x574E4D49
"""The letters WNMI, where SQLite files say whose they are."""

HEAD: Final = "0006"

KNOWN: Final = tuple(f"{number:04}" for number in range(1, int(HEAD) + 1))
"""Every revision up to the newest: each can be upgraded."""


def check(connection: Connection, name: str) -> None:
    """Refuse a database that is not one of ours, or not in the shape that this program works with.

    Raises:
        ForeignDatabase: another program's, or one that was never finished.
        OlderDatabase: its revision comes before the newest one; it can be upgraded.
        NewerDatabase: its revision comes after those that are known here.
        UnknownSchema: its revision is none that there ever was.
    """
    found = known_revision(connection, name)
    if found != HEAD:
        raise OlderDatabase(
            "{name} was written by an earlier version of Wanmi (schema {found}, this one needs "
            "{known}). Close every desk on it and run `./wanmi upgrade --db {name}`, which keeps "
            "a copy.",
            name=name,
            found=found,
            known=HEAD,
        )


def known_revision(connection: Connection, name: str) -> str:
    """The revision of a database of ours, up to the newest one.

    Raises:
        ForeignDatabase, NewerDatabase, UnknownSchema: see `check`.
    """
    if not _is_ours(connection):
        raise ForeignDatabase(
            "{name} cannot be opened: it is another program's database. "
            "Choose the city's database file.",
            name=name,
        )
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if found in KNOWN:
        assert found is not None
        return found
    if found is not None and found.isdecimal() and found > HEAD:
        raise NewerDatabase(
            "{name} was written by a newer version of Wanmi (schema {found}, this one knows "
            "{known}). Install the newer version to open it.",
            name=name,
            found=found,
            known=HEAD,
        )
    raise UnknownSchema(
        "{name} cannot be opened: its schema {found} is none of this version of Wanmi, which "
        "knows {known}. Open it with the version that wrote it, or put the last backup in its "
        "place.",
        name=name,
        found=found or "—",
        known=HEAD,
    )


def _is_ours(connection: Connection) -> bool:
    if connection.dialect.name == "sqlite":
        found = connection.exec_driver_sql("PRAGMA application_id").scalar()
        if found != APPLICATION_ID:
            return False
    return has_tables(connection)


def has_tables(connection: Connection) -> bool:
    """Whether the tables of the record are there."""
    tables = inspect(connection)
    return tables.has_table("city") and tables.has_table("alembic_version")
