"""The real ground of the demo city as rows, as it was shipped."""

from collections.abc import Iterable

import numpy as np
from sqlalchemy import Connection

from app.demo_city.ground import Ground, Layer, multi
from app.demo_city.load import binary, insert_all
from db.tables import BaseAreaRow, HouseNumberRow, PoiRow, RoadRow

NAMED_BUILDING = "building"
"""Kind of a point of interest that the source has as an address: a building with a name."""


def load_ground(connection: Connection, ground: Ground) -> None:
    """Roads, areas, house numbers, points of interest."""
    insert_all(
        connection,
        RoadRow,
        ("name", "kind", "kind_detail", "geom"),
        (
            (row["name"] or None, row["kind"], row["kind_detail"] or None, shape)
            for row, shape in zip(ground.roads.rows, _parts(ground.roads), strict=True)
        ),
    )
    insert_all(
        connection,
        BaseAreaRow,
        ("kind", "name", "height", "geom"),
        (
            (row["kind"], row["name"] or None, float(row["height"] or 0) or None, shape)
            for row, shape in zip(ground.areas.rows, _parts(ground.areas), strict=True)
        ),
    )
    houses = list(zip(ground.house_numbers.rows, binary(ground.house_numbers.stored), strict=True))
    insert_all(
        connection,
        HouseNumberRow,
        ("road", "number", "name", "geom"),
        (
            (row["road"], row["number"], row["name"] or None, shape)
            for row, shape in houses
            if row["road"] and row["number"]
        ),
    )
    pois = zip(ground.pois.rows, binary(ground.pois.stored), strict=True)
    named = [
        (row["name"], NAMED_BUILDING, shape)
        for row, shape in houses
        if row["name"] and not (row["road"] and row["number"])
    ]
    insert_all(
        connection,
        PoiRow,
        ("name", "kind", "geom"),
        [*((row["name"], row["kind"], shape) for row, shape in pois), *named],
    )


def _parts(layer: Layer) -> Iterable[bytes]:
    """Geometries as their multi-part kind."""
    return binary(np.array([multi(shape) for shape in layer.stored], dtype=object))
