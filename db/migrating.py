"""Bringing a database to a schema and back: the migrations, run by the program itself.

Apart from db.schema because Alembic takes a tenth of a second to load, and only building needs it.
"""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

_MIGRATIONS: Final = Path(__file__).parent / "migrations"


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Bring the database to a revision, in the transaction that is open."""
    command.upgrade(_config(connection), revision)


def downgrade(connection: Connection, revision: str) -> None:
    """Take the database back to an earlier revision, in the transaction that is open."""
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
