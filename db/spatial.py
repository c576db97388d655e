"""Geometry columns and spatial indexes on both engines: the few statements in which they differ."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Connection, inspect

from db.base import CGCS2000
from db.errors import StorageError

LAYERS: Final = {
    "division": "MULTIPOLYGON",
    "community": "MULTIPOLYGON",
    "beat": "MULTIPOLYGON",
    "unit_cell": "POLYGON",
    "road": "MULTILINESTRING",
    "base_area": "MULTIPOLYGON",
    "house_number": "POINT",
    "poi": "POINT",
    "component": "POINT",
}
"""Every table with a place, and the kind of its `geom`."""

# Longitude and latitude of WGS 84 and CGCS2000, and the zones of CGCS2000 that cities draw in. The
# full list of SpatiaLite has 6,000 systems, takes seconds to write, and QGIS has its own.
_REFERENCE_SYSTEMS: Final = (4326, *range(4490, 4555))


def prepare(connection: Connection) -> None:
    """Make an empty database able to hold places."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS postgis")
        return
    if inspect(connection).has_table("geometry_columns"):
        return
    _spatialite(connection, "InitSpatialMetaData('NONE')")
    for code in _REFERENCE_SYSTEMS:
        _spatialite(connection, f"InsertEpsgSrid({code})")


def add_geometry(connection: Connection, table: str, kind: str, *, required: bool = True) -> None:
    """Add the column `geom` in CGCS2000 with its spatial index."""
    if connection.dialect.name == "postgresql":
        null = " NOT NULL" if required else ""
        connection.exec_driver_sql(
            f"ALTER TABLE {table} ADD COLUMN geom geometry({kind}, {CGCS2000}){null}"
        )
    else:
        column = f"'{table}', 'geom', {CGCS2000}, '{kind}', 'XY', {int(required)}"
        _spatialite(connection, f"AddGeometryColumn({column})")
    add_index(connection, table)


def add_index(connection: Connection, table: str) -> None:
    """Build the spatial index of a layer."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"CREATE INDEX ix_{table}_geom ON {table} USING gist (geom)")
    else:
        _spatialite(connection, f"CreateSpatialIndex('{table}', 'geom')")


def drop_index(connection: Connection, table: str) -> None:
    """Remove the spatial index of a layer."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"DROP INDEX ix_{table}_geom")
    else:
        _spatialite(connection, f"DisableSpatialIndex('{table}', 'geom')")
        connection.exec_driver_sql(f"DROP TABLE idx_{table}_geom")


def drop_layer(connection: Connection, table: str) -> None:
    """Drop a table with its geometry column, index and triggers."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"DROP TABLE {table}")
    else:
        drop_index(connection, table)
        _spatialite(connection, f"DiscardGeometryColumn('{table}', 'geom')")
        connection.exec_driver_sql(f"DROP TABLE {table}")


@contextmanager
def index_rebuilt(connection: Connection, table: str) -> Iterator[None]:
    """Load a layer's rows without its spatial index and build it once at the end: much quicker."""
    drop_index(connection, table)
    yield
    add_index(connection, table)


def refresh_statistics(connection: Connection) -> None:
    """Tell the query planner, and QGIS, how much lies where; after a bulk load."""
    if connection.dialect.name == "sqlite":
        _spatialite(connection, "UpdateLayerStatistics()")
    connection.exec_driver_sql("ANALYZE")


def _spatialite(connection: Connection, call: str) -> None:
    """SpatiaLite's functions answer 0 where others raise."""
    if not connection.exec_driver_sql(f"SELECT {call}").scalar():
        raise StorageError(
            "The spatial tables cannot be set up: SpatiaLite refused {call}. "
            "Install the SpatiaLite of your distribution anew.",
            call=call,
        )
