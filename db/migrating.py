"""Bringing a database to a schema and back: the migrations, run by the program itself.

Apart from db.schema because Alembic takes a tenth of a second to load, and only building needs it.
"""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from db import guards

_MIGRATIONS: Final = Path(__file__).parent / "migrations"


def upgrade(connection: Connection) -> None:
    """Bring the database to the newest revision, in the transaction that is open.

    The guards are no migration: they go first, and those of this program stand at the end.
    """
    guards.remove(connection)
    command.upgrade(_config(connection), "head")
    guards.install(connection)


def downgrade(connection: Connection, revision: str) -> None:
    """Take the database back to an earlier revision, in the transaction that is open.

    It has no guards then: those are the business of the program that knows that revision.
    """
    guards.remove(connection)
    command.downgrade(_config(connection), revision)


def revisions() -> list[str]:
    """Every revision that this program knows, newest first."""
    directory = ScriptDirectory(str(_MIGRATIONS))
    return [script.revision for script in directory.walk_revisions()]


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
