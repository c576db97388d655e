"""Whether a database is one of ours, in a schema that this program knows."""

from typing import Final

from sqlalchemy import Connection, inspect, text

from db.errors import ForeignDatabase, NewerDatabase, UnknownSchema

APPLICATION_ID: Final = 0x574E4D49
"""The letters WNMI, where SQLite files say whose they are."""

HEAD: Final = "0004"


def check(connection: Connection, name: str) -> None:
    """Refuse a database that is not one of ours, or not in a shape that this program knows.

    Raises:
        ForeignDatabase: another program's, or one that was never finished.
        NewerDatabase: its revision comes after those that are known here.
        UnknownSchema: its revision is none that there ever was.
    """
    if not _is_ours(connection):
        raise ForeignDatabase(
            "{name} cannot be opened: it is another program's database. "
            "Choose the city's database file.",
            name=name,
        )
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if found == HEAD:
        return
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
