"""Opening the record, wherever it is kept."""

from pathlib import Path

from db import schema
from db.address import is_server
from db.database import Database
from db.files import check_file, connect_file

__all__ = ["Database", "connect", "open_database"]


def open_database(where: str | Path) -> Database:
    """Open the record in a file, or on a server by its URL ("postgresql://…").

    Raises:
        StorageError: one of its kinds says in a sentence what is wrong and what to do.
    """
    if not is_server(where):
        check_file(Path(where))
    database = connect(where)
    try:
        with database.read() as connection:
            schema.check(connection, database.name)
    except BaseException:
        database.close()
        raise
    return database


def connect(where: str | Path, *, building: bool = False) -> Database:
    """A database as it is: made where it is a file that is not there, its content not looked at.

    Args:
        building: nobody else sees the file and nobody would miss it.
    """
    if not is_server(where):
        return connect_file(Path(where), building=building)
    # Only a desk on a server needs the driver, and loading it takes time.
    from db.server import connect_server

    return connect_server(str(where))
