"""What lies near a point: one condition that uses the spatial index of either engine."""

import math
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, column, func, select, table

from db.base import CGCS2000
from workflow.address import METRES_PER_DEGREE


def within_box(
    connection: Connection, rows: FromClause, lon: float, lat: float, metres: float
) -> ColumnElement[bool]:
    """Rows whose envelope touches the square of `metres` around a point in CGCS2000 degrees."""
    tall = metres / METRES_PER_DEGREE
    wide = tall / math.cos(math.radians(lat))
    shape: Any = rows.c.geom
    if connection.dialect.name == "postgresql":
        box = func.ST_MakeEnvelope(lon - wide, lat - tall, lon + wide, lat + tall, CGCS2000)
        touches: ColumnElement[bool] = shape.bool_op("&&")(box)
        return touches
    index = table(
        f"idx_{rows.description}_geom",
        *(column(name) for name in ("pkid", "xmin", "xmax", "ymin", "ymax")),
    )
    hits = select(index.c.pkid).where(
        index.c.xmin <= lon + wide,
        index.c.xmax >= lon - wide,
        index.c.ymin <= lat + tall,
        index.c.ymax >= lat - tall,
    )
    return rows.c.id.in_(hits)
