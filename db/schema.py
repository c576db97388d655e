"""Which schema a database has, and how it gets ours: the migrations, run by the program itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from db.errors import ForeignDatabase, NewerDatabase

APPLICATION_ID: Final = 0x574E4D49
"""The letters WNMI, where SQLite files say whose they are."""

HEAD: Final = "0001"
_MIGRATIONS: Final = Path(__file__).parent / "migrations"


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Bring the database to a revision, in the transaction that is open."""
    with _config(connection) as config:
        command.upgrade(config, revision)


def downgrade(connection: Connection, revision: str) -> None:
    """Take the database back to an earlier revision, in the transaction that is open."""
    with _config(connection) as config:
        command.downgrade(config, revision)


def revisions() -> list[str]:
    """Every revision that this program knows, newest first."""
    directory = ScriptDirectory(str(_MIGRATIONS))
    return [script.revision for script in directory.walk_revisions()]


def check(connection: Connection, name: str) -> None:
    """Refuse a database that is not one of ours, or not in a shape that this program knows.

    Raises:
        ForeignDatabase: another program's, or one that was never finished.
        NewerDatabase: its revision is unknown here.
    """
    if not _is_ours(connection):
        raise ForeignDatabase(
            "{name} cannot be opened: it is another program's database. "
            "Choose the city's database file.",
            name=name,
        )
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    # Reading the migrations costs half a second, so only a stranger pays for it.
    if found != HEAD:
        raise NewerDatabase(
            "{name} was written by a newer version of Wanmi (schema {found}, this one knows "
            "{known}). Install the newer version to open it.",
            name=name,
            found=found,
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


@contextmanager
def _config(connection: Connection) -> Iterator[Config]:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    yield config
