"""Loads rows in bulk: plain statements in big chunks, geometries as well-known binary."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import shapely
from sqlalchemy import Connection, Table

from app.demo_city.ground import Shapes
from db.base import CGCS2000

Row = tuple[Any, ...]
CHUNK = 20_000


def insert_rows(
    connection: Connection, rows_of: Any, columns: Sequence[str], rows: Iterable[Row]
) -> Iterator[int]:
    """Insert rows in chunks and say after each how many there were; `rows_of` is a row class.

    The column `geom`, where it is given, takes well-known binary in CGCS2000 degrees.
    """
    statement = _statement(connection, rows_of.__table__, columns)
    source = iter(rows)
    while chunk := list(islice(source, CHUNK)):
        connection.exec_driver_sql(statement, chunk)
        yield len(chunk)


def insert_all(
    connection: Connection, rows_of: Any, columns: Sequence[str], rows: Iterable[Row]
) -> int:
    """Insert rows and say how many there were."""
    return sum(insert_rows(connection, rows_of, columns, rows))


def binary(shapes: Shapes) -> list[bytes]:
    """Well-known binary of geometries in degrees."""
    found: list[bytes] = shapely.to_wkb(shapes).tolist()
    return found


def _statement(connection: Connection, table: Table, columns: Sequence[str]) -> str:
    server = connection.dialect.name == "postgresql"
    mark = "%s" if server else "?"
    geometry = f"{'ST_GeomFromWKB' if server else 'GeomFromWKB'}({mark}, {CGCS2000})"
    marks = ", ".join(geometry if name == "geom" else mark for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    return f"INSERT INTO {table.name} ({names}) VALUES ({marks})"
