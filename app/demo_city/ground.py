"""The shipped ground of the demo city, read from its tables and laid out in metres.

Sources and licences of every table: `resources/demo_city/SOURCES.md`. Stored coordinates are
CGCS2000 degrees (EPSG:4490; WGS 84 is taken for it, they differ by centimetres). Whatever is
measured is measured in EPSG:4549, the 3-degree Gauss-Kruger zone of 120 E.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely import Geometry

import resources
from workflow.coordinates import gcj02_to_wgs84

FOLDER = Path(resources.__file__).parent / "demo_city"
VIEW_CRS = "EPSG:4549"
STORED_CRS = "EPSG:4490"
DECIMALS = 7
"""Of stored degrees: about a centimetre."""

Points = NDArray[np.float64]
"""Pairs of coordinates, one row a point."""
Shapes = NDArray[np.object_]
"""Shapely geometries."""


@dataclass(frozen=True)
class Layer:
    """A table with geometries: `rows` as read, `shapes` in metres, `stored` in degrees."""

    rows: tuple[dict[str, str], ...]
    stored: Shapes
    shapes: Shapes

    def column(self, name: str) -> list[str]:
        """One column of every row."""
        return [row[name] for row in self.rows]


@dataclass(frozen=True)
class RealPlace:
    """A street's or community's published point, in metres, with its code of 2016."""

    code: str
    name: str
    level: str
    x: float
    y: float


@dataclass(frozen=True, order=True)
class Division:
    """A province, city, district, street or community of the 2023 statistics code."""

    code: str
    name: str
    level: str


@dataclass(frozen=True)
class Ground:
    """Everything real that the demo city stands on."""

    districts: Layer
    roads: Layer
    areas: Layer
    house_numbers: Layer
    pois: Layer
    divisions: tuple[Division, ...]
    places: tuple[RealPlace, ...]


def read_ground() -> Ground:
    """Read every shipped table."""
    return Ground(
        districts=_layer("districts"),
        roads=_layer("roads"),
        areas=_layer("areas"),
        house_numbers=_layer("house_numbers"),
        pois=_layer("pois"),
        divisions=tuple(Division(**row) for row in read_table("ground/divisions")),
        places=tuple(_place(row) for row in read_table("ground/places_gcj02")),
    )


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of a shipped CSV table, named by its path without the suffix."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def to_metres(degrees: Points) -> Points:
    """EPSG:4490 degrees to EPSG:4549 metres."""
    return np.column_stack(_transformer(STORED_CRS, VIEW_CRS).transform(*degrees.T))


def to_degrees(metres: Points) -> Points:
    """EPSG:4549 metres to EPSG:4490 degrees, rounded as they are stored."""
    degrees = np.column_stack(_transformer(VIEW_CRS, STORED_CRS).transform(*metres.T))
    return np.round(degrees, DECIMALS)


def stored_shapes(shapes: Shapes) -> Shapes:
    """Geometries in metres to stored degrees; equal corners stay equal."""
    return np.asarray(shapely.transform(shapes, to_degrees), dtype=object)


@cache
def _transformer(source: str, target: str) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)


def _layer(name: str) -> Layer:
    rows = read_table(f"ground/{name}")
    stored: Shapes = shapely.from_wkt([row.pop("wkt") for row in rows])
    shapes: Shapes = np.asarray(shapely.transform(stored, to_metres), dtype=object)
    return Layer(tuple(rows), stored, shapes)


def _place(row: dict[str, str]) -> RealPlace:
    degrees = gcj02_to_wgs84(float(row["lon"]), float(row["lat"]))
    ((x, y),) = to_metres(np.array([degrees]))
    return RealPlace(row["code"], row["name"], row["level"], float(x), float(y))


def multi(shape: Geometry) -> Geometry:
    """A polygon or line as its multi-part kind, which the tables hold."""
    if isinstance(shape, shapely.Polygon):
        return shapely.MultiPolygon([shape])
    if isinstance(shape, shapely.LineString):
        return shapely.MultiLineString([shape])
    return shape
