"""A small synthetic city in a SpatiaLite file, shaped like the product's own tables.

Nothing in it is real: a grid of streets, a river, a park, buildings, cells, beats and components,
the same rows every time. Used by the map's tests and benchmarks under both interpreters, so it
needs nothing but the standard library and ``mod_spatialite``.
"""

import itertools
import math
import random
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

SRID = 4490
"""CGCS2000 longitude and latitude, in degrees."""

METRES_PER_DEGREE = 110_900.0

TABLES: dict[str, tuple[str, str]] = {
    "road": ("name VARCHAR, kind VARCHAR, kind_detail VARCHAR", "MULTILINESTRING"),
    "base_area": ("kind VARCHAR, name VARCHAR, height DOUBLE", "MULTIPOLYGON"),
    "house_number": ("road VARCHAR, number VARCHAR, name VARCHAR", "POINT"),
    "poi": ("name VARCHAR, kind VARCHAR", "POINT"),
    "unit_cell": (
        "code VARCHAR, community_code VARCHAR, beat_id INTEGER, area_class VARCHAR,"
        " component_count INTEGER",
        "POLYGON",
    ),
    "beat": ("code VARCHAR, name VARCHAR", "MULTIPOLYGON"),
    "component": (
        "code VARCHAR, big_code VARCHAR, small_code VARCHAR, name VARCHAR, cell_code VARCHAR,"
        " state VARCHAR",
        "POINT",
    ),
}
"""Table name to its plain columns and its geometry type."""

BIG_CODES = ("01", "02", "03", "04", "05", "06")


@dataclass(frozen=True)
class City:
    """What was built, and where: ``west``/``south`` in degrees, sizes in metres."""

    path: Path
    west: float
    south: float
    columns: int
    rows: int
    block: float

    def lonlat(self, east: float, north: float) -> tuple[float, float]:
        """Degrees of a point ``east`` and ``north`` metres from the south-west corner."""
        shrink = math.cos(math.radians(self.south))
        return (
            self.west + east / (METRES_PER_DEGREE * shrink),
            self.south + north / METRES_PER_DEGREE,
        )

    @property
    def width(self) -> float:
        """Metres from west to east."""
        return self.columns * self.block

    @property
    def height(self) -> float:
        """Metres from south to north."""
        return self.rows * self.block

    @property
    def centre(self) -> tuple[float, float]:
        """Longitude and latitude of the middle of the city."""
        return self.lonlat(self.width / 2, self.height / 2)


def connect(path: Path) -> sqlite3.Connection:
    """Open ``path`` with SpatiaLite loaded."""
    connection = sqlite3.connect(path)
    connection.enable_load_extension(True)
    connection.load_extension("mod_spatialite")
    return connection


def create_tables(connection: sqlite3.Connection) -> None:
    """Make the empty tables with their geometry columns (no index yet)."""
    connection.execute("SELECT InitSpatialMetaData(1, 'NONE')")
    connection.execute(f"SELECT InsertEpsgSrid({SRID})")
    for table, (columns, geometry) in TABLES.items():
        connection.execute(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, {columns})")
        connection.execute(f"SELECT AddGeometryColumn('{table}', 'geom', {SRID}, '{geometry}')")


def create_indexes(connection: sqlite3.Connection) -> None:
    """Add the R-trees and the layer statistics; quicker after the rows than before them."""
    for table in TABLES:
        connection.execute(f"SELECT CreateSpatialIndex('{table}', 'geom')")
    connection.execute("SELECT UpdateLayerStatistics()")


def build_city(
    path: Path, *, components: int = 400, columns: int = 12, rows: int = 9, block: float = 100.0
) -> City:
    """Write the synthetic city to ``path`` (which must not exist) and say where it lies."""
    city = City(path, 121.49, 31.23, columns, rows, block)
    connection = connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    with connection:
        create_tables(connection)
        _insert(connection, "road", _roads(city))
        _insert(connection, "base_area", _areas(city))
        _insert(connection, "house_number", _house_numbers(city))
        _insert(connection, "poi", _pois(city))
        _insert(connection, "beat", _beats(city))
        _insert(connection, "component", _components(city, components))
        _insert(connection, "unit_cell", _cells(city, components))
        create_indexes(connection)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return city


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Insert rows whose last value is well-known text."""
    names = [part.split()[0] for part in TABLES[table][0].split(",")]
    marks = ", ".join("?" * len(names))
    statement = (
        f"INSERT INTO {table} ({', '.join(names)}, geom) VALUES ({marks}, GeomFromText(?, {SRID}))"
    )
    connection.executemany(statement, rows)


def _text(city: City, points: Iterable[tuple[float, float]]) -> str:
    return ", ".join("{:.8f} {:.8f}".format(*city.lonlat(*point)) for point in points)


def _box(city: City, west: float, south: float, east: float, north: float) -> str:
    corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    return f"(({_text(city, corners)}))"


def _roads(city: City) -> Iterator[tuple[object, ...]]:
    details = ("residential", "tertiary", "secondary", "primary")
    for row in range(city.rows + 1):
        kind = details[row % 4]
        line = _text(city, [(0, row * city.block), (city.width, row * city.block)])
        group = "minor_road" if kind == "residential" else "major_road"
        yield f"东{row}路", group, kind, f"MULTILINESTRING(({line}))"
    for column in range(city.columns + 1):
        line = _text(city, [(column * city.block, 0), (column * city.block, city.height)])
        yield f"北{column}路", "minor_road", "residential", f"MULTILINESTRING(({line}))"


def _areas(city: City) -> Iterator[tuple[object, ...]]:
    b = city.block
    yield "water", "河", None, f"MULTIPOLYGON({_box(city, 0, b, city.width, 2 * b)})"
    yield "green", "公园", None, f"MULTIPOLYGON({_box(city, 0, 3 * b, 2 * b, 5 * b)})"
    for column, row in itertools.product(range(2, city.columns), range(2, city.rows)):
        west, south = column * b + 0.2 * b, row * b + 0.2 * b
        box = _box(city, west, south, west + 0.5 * b, south + 0.6 * b)
        yield "building", None, 20.0, f"MULTIPOLYGON({box})"


def _house_numbers(city: City) -> Iterator[tuple[object, ...]]:
    for column in range(2, city.columns):
        point = _text(city, [(column * city.block + 20, 2 * city.block + 12)])
        yield "东2路", str(column * 2), None, f"POINT({point})"


def _pois(city: City) -> Iterator[tuple[object, ...]]:
    for column in range(2, city.columns, 3):
        point = _text(city, [((column + 0.5) * city.block, 4.5 * city.block)])
        yield f"小学{column}", "school", f"POINT({point})"


def _beats(city: City) -> Iterator[tuple[object, ...]]:
    span = 3 * city.block
    count = itertools.count(1)
    for row, column in itertools.product(range(0, city.rows, 3), range(0, city.columns, 3)):
        west, south = column * city.block, row * city.block
        number = next(count)
        box = _box(city, west, south, west + span, south + span)
        yield f"B{number:03}", f"责任网格 {number:02}", f"MULTIPOLYGON({box})"


def _cells(city: City, components: int) -> Iterator[tuple[object, ...]]:
    counts = [0] * (city.columns * city.rows)
    for east, north, _ in _places(city, components):
        counts[int(north // city.block) * city.columns + int(east // city.block)] += 1
    for row, column in itertools.product(range(city.rows), range(city.columns)):
        west, south = column * city.block, row * city.block
        number = row * city.columns + column
        beat = (row // 3) * math.ceil(city.columns / 3) + column // 3 + 1
        box = _box(city, west, south, west + city.block, south + city.block)
        code = f"310101015{number:06}"
        yield code, "310101015003", beat, "A", counts[number], f"POLYGON{box}"


def _places(city: City, components: int) -> Iterator[tuple[float, float, random.Random]]:
    """Metres east and north of each component, beside a street, the same every time."""
    chance = random.Random(4490)
    for _ in range(components):
        along = chance.uniform(0.5, city.height - 0.5)
        street = chance.randrange(city.columns) * city.block
        yield street + chance.choice((6.0, 7.5, city.block - 6.0)), along, chance


def _components(city: City, components: int) -> Iterator[tuple[object, ...]]:
    for number, (east, north, _) in enumerate(_places(city, components), start=1):
        big = BIG_CODES[number % len(BIG_CODES)]
        cell = int(north // city.block) * city.columns + int(east // city.block)
        code = f"310101{big}01{number:06}"
        cell_code = f"310101015{cell:06}"
        point = f"POINT({_text(city, [(east, north)])})"
        yield code, big, "01", f"部件 {number}", cell_code, "正常", point
