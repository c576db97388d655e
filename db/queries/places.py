"""From a point to its divisions and address, and the component under it."""

from datetime import date
from typing import Any

import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection, Row, Select, func, select
from sqlalchemy.orm import aliased

from db.queries.nearby import within_box
from db.tables import (
    BeatCollectorRow,
    BeatRow,
    CommunityRow,
    ComponentRow,
    DepartmentRow,
    DivisionRow,
    HouseNumberRow,
    PoiRow,
    RoadRow,
    UnitCellRow,
)
from workflow.address import address_phrase, house_name, offset
from workflow.case import Place
from workflow.errors import NotFound, OutsideCity
from workflow.ids import ComponentId, DepartmentId, PersonId
from workflow.queries import ComponentCard, LocatedPlace

_ROAD_REACH, _HOUSE_REACH, _POI_REACH, _COMPONENT_REACH = 80.0, 80.0, 200.0, 4.0
_NOT_ON_THE_GROUND = ("rail", "ferry", "tunnel")
"""Kinds of roads that no address is named after: nobody stands on them."""


def locate(connection: Connection, lon: float, lat: float) -> LocatedPlace:
    """Divisions, nearest road and address of a point in CGCS2000 degrees.

    Raises:
        OutsideCity: no unit cell of this city holds the point.
    """
    cell = _cell_at(connection, lon, lat) if _is_on_earth(lon, lat) else None
    if cell is None:
        raise OutsideCity(
            "The point {lon}, {lat} lies outside the unit cells of this city; "
            "choose a point inside the cells drawn on the map.",
            lon=f"{lon:.6f}",
            lat=f"{lat:.6f}",
        )
    road, address = _address(connection, lon, lat)
    place = Place(
        lon=lon,
        lat=lat,
        cell_code=cell.code,
        beat_code=cell.beat_code,
        community_code=cell.community_code,
        community_name=cell.community_name,
        street_code=cell.street_code,
        street_name=cell.street_name,
        district_code=cell.district_code,
        district_name=cell.district_name,
        area_class=cell.area_class,
        road=road,
        address=address or f"{cell.community_name} {cell.code[-3:]} 号网格",
    )
    collectors = connection.execute(
        select(BeatCollectorRow.person_id)
        .where(BeatCollectorRow.beat_id == cell.beat_id)
        .order_by(BeatCollectorRow.person_id)
    ).scalars()
    return LocatedPlace(
        place,
        _component_at(connection, lon, lat),
        tuple(PersonId(person) for person in collectors),
    )


def read_component(connection: Connection, code: str) -> ComponentCard:
    """The component with that code. Raises NotFound."""
    row = connection.execute(_components().where(ComponentRow.code == code)).one_or_none()
    if row is None:
        raise NotFound(
            "There is no component {code} in the census; check the code or click it on the map.",
            code=code,
        )
    return _card(row)


def _is_on_earth(lon: float, lat: float) -> bool:
    """Short of the poles, where a metre has no length in degrees; false for NaN as well."""
    return abs(lon) <= 180 and abs(lat) < 90


def _cell_at(connection: Connection, lon: float, lat: float) -> Row[*tuple[Any, ...]] | None:
    """The cell that holds the point; of several that share a border point the first by code."""
    street, district = aliased(DivisionRow), aliased(DivisionRow)
    found = connection.execute(
        select(
            UnitCellRow.code,
            UnitCellRow.beat_id,
            UnitCellRow.community_code,
            UnitCellRow.area_class,
            BeatRow.code.label("beat_code"),
            CommunityRow.name.label("community_name"),
            street.code.label("street_code"),
            street.name.label("street_name"),
            district.code.label("district_code"),
            district.name.label("district_name"),
            func.ST_AsBinary(UnitCellRow.geom, type_=None).label("shape"),
        )
        .join(BeatRow, BeatRow.id == UnitCellRow.beat_id)
        .join(CommunityRow, CommunityRow.code == UnitCellRow.community_code)
        .join(street, street.code == CommunityRow.street_code)
        .join(district, district.code == street.parent_code)
        .where(within_box(connection, UnitCellRow.__table__, lon, lat, 0.01))
        .order_by(UnitCellRow.code)
    )
    here = Point(lon, lat)
    return next((row for row in found.all() if _shape(row.shape).covers(here)), None)


def _address(connection: Connection, lon: float, lat: float) -> tuple[str, str]:
    """The nearest road's name, and the address phrase; empty where nothing is near."""
    here = (lon, lat)
    on_the_ground = RoadRow.kind.not_in(_NOT_ON_THE_GROUND)
    road = _nearest(connection, select(RoadRow.name).where(on_the_ground), here, _ROAD_REACH)
    numbers = select(HouseNumberRow.road, HouseNumberRow.number)
    house = _nearest(connection, numbers, here, _HOUSE_REACH)
    road_name = road[0].name if road else ""
    if house:
        row, shape = house
        return road_name, address_phrase(
            house_name(row.road, row.number), offset(shape.x, shape.y, lon, lat)
        )
    if road_name:
        return road_name, f"{road_name}附近"
    poi = _nearest(connection, select(PoiRow.name), here, _POI_REACH)
    if poi:
        return "", address_phrase(poi[0].name, offset(poi[1].x, poi[1].y, lon, lat))
    return "", ""


def _nearest(
    connection: Connection,
    shown: Select[*tuple[Any, ...]],
    here: tuple[float, float],
    reach: float,
) -> tuple[Row[*tuple[Any, ...]], Any] | None:
    """The nearest row within `reach` metres and its nearest point.

    Args:
        shown: columns of one table; the first is a name, and rows without one are passed over.
    """
    named = shown.selected_columns[0]
    rows = shown.get_final_froms()[0]
    found = connection.execute(
        shown.add_columns(func.ST_AsBinary(rows.c.geom, type_=None).label("shape")).where(
            named != "", within_box(connection, rows, *here, reach)
        )
    )
    best: tuple[float, Row[*tuple[Any, ...]], Any] | None = None
    for row in found:
        point = _nearest_point(_shape(row.shape), *here)
        distance = offset(point.x, point.y, *here).metres
        if distance <= reach and (best is None or distance < best[0]):
            best = (distance, row, point)
    return (best[1], best[2]) if best else None


def _nearest_point(shape: BaseGeometry, lon: float, lat: float) -> Any:
    line = shapely.shortest_line(shape, Point(lon, lat))
    return Point(line.coords[0])


def _component_at(connection: Connection, lon: float, lat: float) -> ComponentCard | None:
    found = connection.execute(
        _components().where(
            within_box(connection, ComponentRow.__table__, lon, lat, _COMPONENT_REACH)
        )
    ).all()
    cards = [_card(row) for row in found]
    return min(cards, key=lambda c: offset(c.lon, c.lat, lon, lat).metres, default=None)


def _components() -> Select[*tuple[Any, ...]]:
    authority, owner, maintainer = (aliased(DepartmentRow) for _ in range(3))
    return (
        select(
            ComponentRow.id,
            ComponentRow.code,
            ComponentRow.class_code,
            ComponentRow.name,
            ComponentRow.cell_code,
            ComponentRow.address,
            ComponentRow.state,
            ComponentRow.placed_on,
            ComponentRow.changed_on,
            ComponentRow.data_source,
            ComponentRow.authority_id,
            authority.name.label("authority_name"),
            ComponentRow.owner_id,
            owner.name.label("owner_name"),
            ComponentRow.maintainer_id,
            maintainer.name.label("maintainer_name"),
            func.ST_AsBinary(ComponentRow.geom, type_=None).label("shape"),
        )
        .join(authority, authority.id == ComponentRow.authority_id)
        .join(owner, owner.id == ComponentRow.owner_id)
        .join(maintainer, maintainer.id == ComponentRow.maintainer_id)
    )


def _card(row: Row[*tuple[Any, ...]]) -> ComponentCard:
    point = _shape(row.shape)
    return ComponentCard(
        id=ComponentId(row.id),
        code=row.code,
        class_code=row.class_code,
        class_name=row.name,
        cell_code=row.cell_code,
        lon=point.x,
        lat=point.y,
        address=row.address,
        state=row.state,
        authority_id=DepartmentId(row.authority_id),
        authority_name=row.authority_name,
        owner_id=DepartmentId(row.owner_id),
        owner_name=row.owner_name,
        maintainer_id=DepartmentId(row.maintainer_id),
        maintainer_name=row.maintainer_name,
        placed_on=_day(row.placed_on),
        changed_on=_day(row.changed_on),
        data_source=row.data_source,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _shape(binary: bytes | memoryview) -> Any:
    return shapely.from_wkb(bytes(binary))
