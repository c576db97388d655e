"""What a window stands on: the map's engine, the record behind its door, the map's source."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from app.paths import data_dir, runtime_dir
from db.address import is_server
from map.city_scene import SourceOf, postgres_source, spatialite_source
from map.client.map_engine import MapEngine
from ui.data import DataDoor
from workflow.ports import Record


class Services:
    """The parts of one database; the engine runs as soon as they are made.

    Args:
        where: the database file, or the URL of a server.

    Attributes:
        engine: QGIS in its own process. door: the record. source: where the map's tables are.
        name: what people call the database. is_on_server: it is no file.
    """

    def __init__(self, where: str) -> None:
        self.source = source_of(where)
        self.engine = MapEngine(runtime_dir())
        self.engine.start()
        self.door = DataDoor(partial(open_here, where))
        self.is_on_server = is_server(where)
        self.name = where.rpartition("@")[2] if self.is_on_server else Path(where).name

    def close(self) -> None:
        """End the engine; the door is closed by its session."""
        self.engine.stop()


def source_of(where: str) -> SourceOf:
    """Where the map reads the tables of a database. Raises BadAddress."""
    if not is_server(where):
        return spatialite_source(str(Path(where).resolve()))
    # Only a desk on a server needs the driver.
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    from db.server import bad_address

    # QGIS reads "host=… dbname=…" and no URL.
    try:
        words = conninfo_to_dict(where.replace("postgresql+psycopg:", "postgresql:"))
    except ProgrammingError as error:
        raise bad_address(where) from error
    return postgres_source(make_conninfo("", **words))


@contextmanager
def open_here(where: str) -> Iterator[Record]:
    """The record, opened on the thread that calls this.

    SQLAlchemy is loaded there too: that takes a third of a second, which the window does not wait.
    """
    from db.media import MediaStore
    from db.record import open_record

    # A server keeps no photos yet: they stay on the machine that took them.
    media = data_dir() / "media" if is_server(where) else MediaStore.beside(Path(where)).folder
    with open_record(where, media) as record:
        yield record
