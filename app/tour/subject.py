"""What the tour is about: a street lamp of the census that stands clear of open cases."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from db.engine import open_database
from db.tables import CaseRow, CityRow, ComponentRow
from workflow.errors import NotFound

LAMP = "路灯"
CLEAR = 0.0004
"""Degrees: some forty metres without an open case, so that the click meets the lamp."""

WESTWARD = 0.22
"""How far from the city's western edge the Bund lies, as a share of its width."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A component and its place in CGCS2000 degrees."""

    code: str
    lon: float
    lat: float


def find_subject(where: str | Path) -> Subject:
    """The lamp nearest to the Bund that has no case near it. Raises NotFound."""
    lon, lat = func.ST_X(ComponentRow.geom, type_=None), func.ST_Y(ComponentRow.geom, type_=None)
    lon_0 = CityRow.west + (CityRow.east - CityRow.west) * WESTWARD
    lat_0 = (CityRow.south + CityRow.north) / 2
    case_near = (
        select(CaseRow.id)
        .where(
            CaseRow.ended.is_(False),
            CaseRow.lon.between(lon - CLEAR, lon + CLEAR),
            CaseRow.lat.between(lat - CLEAR, lat + CLEAR),
        )
        .exists()
    )
    query = (
        select(ComponentRow.code, lon.label("lon"), lat.label("lat"))
        .join(CityRow, CityRow.id == 1)
        .where(ComponentRow.name == LAMP, ~case_near)
        .order_by(func.abs(lon - lon_0) + func.abs(lat - lat_0))
        .limit(1)
    )
    with closing(open_database(where)) as database, database.read() as connection:
        row = connection.execute(query).one_or_none()
    if row is None:
        raise NotFound(
            "The tour needs a street lamp and this census has none clear of open cases; "
            "build the demo city again with `./wanmi demo --fresh`."
        )
    return Subject(row.code, row.lon, row.lat)
