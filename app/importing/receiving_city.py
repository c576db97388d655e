"""The city that takes cases over: its cells in memory, its departments, the seat that imports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import shapely
from sqlalchemy import Connection, func, insert, select
from sqlalchemy.orm import aliased

from db.database import Database
from db.rules import load_rules
from db.tables import (
    BeatRow,
    CommunityRow,
    DepartmentRow,
    DivisionRow,
    PersonPostRow,
    PersonRow,
    UnitCellRow,
)
from resources import profile
from workflow.case import Place
from workflow.ids import DepartmentId, PersonId
from workflow.ports import Rules
from workflow.posts import Post, Seat

PORTER = "接入"
"""Follows the other system's name in the name of the one who takes its cases over."""


class Cells:
    """Every unit cell of a city with its divisions.

    Args:
        places: of each cell, without a point and an address.
        shapes: in degrees, running parallel.
    """

    def __init__(self, places: Sequence[Mapping[str, str | int]], shapes: Sequence[bytes]) -> None:
        self._places = places
        self._shapes = shapely.from_wkb(list(shapes))
        self._tree = shapely.STRtree(self._shapes)

    def place_at(self, lon: float, lat: float, address: str) -> Place | None:
        """The place of a point; None where no cell holds it. The address may be empty."""
        point = shapely.Point(lon, lat)
        found = sorted(self._tree.query(point, predicate="intersects").tolist())
        if not found:
            return None
        divisions = self._places[found[0]]
        code = str(divisions["cell_code"])
        usual = f"{divisions['community_name']} {code[-3:]} 号网格"
        return Place(lon=lon, lat=lat, address=address or usual, **divisions)


@dataclass(frozen=True, slots=True)
class ReceivingCity:
    """What taking over needs of the city, read once.

    Attributes:
        departments: by name.
        seat: who takes the cases of this other system over, in the post System.
    """

    rules: Rules
    cells: Cells
    departments: Mapping[str, DepartmentId]
    seat: Seat


def receiving_city(database: Database, system: str) -> ReceivingCity:
    """Read the city of a database; the seat that imports is made if it is not there."""
    with database.write() as connection:
        return ReceivingCity(
            load_rules(connection),
            _cells(connection),
            _departments(connection),
            _seat(connection, system),
        )


def _cells(connection: Connection) -> Cells:
    street, district = aliased(DivisionRow), aliased(DivisionRow)
    rows = connection.execute(
        select(
            UnitCellRow.code.label("cell_code"),
            BeatRow.code.label("beat_code"),
            CommunityRow.code.label("community_code"),
            CommunityRow.name.label("community_name"),
            street.code.label("street_code"),
            street.name.label("street_name"),
            district.code.label("district_code"),
            district.name.label("district_name"),
            UnitCellRow.area_class,
            func.ST_AsBinary(UnitCellRow.geom, type_=None).label("shape"),
        )
        .join(BeatRow, BeatRow.id == UnitCellRow.beat_id)
        .join(CommunityRow, CommunityRow.code == UnitCellRow.community_code)
        .join(street, street.code == CommunityRow.street_code)
        .join(district, district.code == street.parent_code)
        .order_by(UnitCellRow.code)
    ).mappings()
    places: list[dict[str, str | int]] = []
    shapes: list[bytes] = []
    for row in rows:
        divisions = dict(row)
        shapes.append(bytes(divisions.pop("shape")))
        places.append(divisions)
    return Cells(places, shapes)


def _departments(connection: Connection) -> dict[str, DepartmentId]:
    rows = connection.execute(
        select(DepartmentRow.name, DepartmentRow.id).order_by(DepartmentRow.id.desc())
    )
    return {name: DepartmentId(number) for name, number in rows}


def _seat(connection: Connection, system: str) -> Seat:
    name, staff_no = f"{system}{PORTER}", f"{PORTER} {system}"
    person = connection.execute(select(PersonRow.id).where(PersonRow.staff_no == staff_no)).scalar()
    if person is None:
        # A server does not see ids that were given by hand, as those of a new city were.
        person = 1 + (connection.execute(select(func.max(PersonRow.id))).scalar() or 0)
        post = 1 + (connection.execute(select(func.max(PersonPostRow.id))).scalar() or 0)
        connection.execute(insert(PersonRow).values(id=person, staff_no=staff_no, name=name))
        connection.execute(
            insert(PersonPostRow).values(id=post, person_id=person, post=Post.SYSTEM.value)
        )
    return Seat(PersonId(person), name, Post.SYSTEM, profile.name_of(Post.SYSTEM))
