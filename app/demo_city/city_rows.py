"""The demo city as rows: the city itself, its divisions and cells, its people."""

import json
from collections.abc import Sequence

import numpy as np
import shapely
from sqlalchemy import Connection, insert

from app.demo_city.city import City
from app.demo_city.divisions import GRID_PLACED_ON, territory
from app.demo_city.ground import VIEW_CRS, multi, stored_shapes
from app.demo_city.load import binary, insert_all
from app.demo_city.organisation import district_of
from db.seed import CALENDAR_VERSION
from db.tables import (
    BeatCollectorRow,
    BeatRow,
    CityRow,
    CommunityRow,
    DepartmentRow,
    DivisionRow,
    PersonPostRow,
    PersonRow,
    UnitCellRow,
)
from resources import profile, rulebook

NAME = "陆家嘴-外滩（合成演示城市）"


def load_city_row(connection: Connection, city: City, seed: int, built_at: int) -> None:
    """The city itself; comes first, the rules are read through it."""
    west, south, east, north = shapely.total_bounds(stored_shapes(city.cells.shapes)).tolist()
    connection.execute(
        insert(CityRow).values(
            id=1,
            name=NAME,
            profile=profile.DEFAULT_PROFILE,
            rules_version=profile.DEFAULT_VERSION,
            calendar_version=CALENDAR_VERSION,
            edition=rulebook.DEMO_EDITION,
            view_crs=VIEW_CRS,
            west=west,
            south=south,
            east=east,
            north=north,
            synthetic=True,
            seed=seed,
            cells=len(city.cells.shapes),
            components=len(city.components),
            count_breaks=json.dumps(_count_breaks(city)),
            built_at=built_at,
        )
    )


def load_divisions(connection: Connection, city: City) -> None:
    """Province to street, communities, beats, unit cells."""
    divisions, cells = city.divisions, city.cells
    codes = np.array(cells.districts)
    above = [("31", "上海市", "province", None), ("3101", "上海市", "city", "31")]
    columns = ("code", "name", "level", "parent_code", "geom")
    insert_all(connection, DivisionRow, columns[:4], above)
    members = [np.flatnonzero(codes == district.code).tolist() for district in divisions.districts]
    members += [
        [i for c in divisions.communities if c.street == street for i in c.cells]
        for street in divisions.streets
    ]
    insert_all(
        connection,
        DivisionRow,
        columns,
        (
            (d.code, d.name, d.level, "3101" if d.level == "district" else d.code[:6], shape)
            for d, shape in zip(
                (*divisions.districts, *divisions.streets), _territories(city, members), strict=True
            )
        ),
    )
    shapes = _territories(city, [list(c.cells) for c in divisions.communities])
    insert_all(
        connection,
        CommunityRow,
        ("code", "name", "street_code", "geom"),
        (
            (c.code, c.name, c.street.code, shape)
            for c, shape in zip(divisions.communities, shapes, strict=True)
        ),
    )
    shapes = _territories(city, [list(b.cells) for b in divisions.beats])
    insert_all(
        connection,
        BeatRow,
        ("id", "code", "name", "street_code", "geom"),
        (
            (b.id, b.code, b.name, b.community.street.code, shape)
            for b, shape in zip(divisions.beats, shapes, strict=True)
        ),
    )
    _load_cells(connection, city)


def load_people(connection: Connection, city: City) -> None:
    """Departments, people, the posts they hold and the beats they walk."""
    organisation = city.organisation
    insert_all(
        connection,
        DepartmentRow,
        ("id", "code", "name", "short_name", "kind", "parent_id", "district_code"),
        (
            (d.id, d.code, d.name, d.short_name, d.kind, d.parent_id, district_of(d) or None)
            for d in organisation.departments
        ),
    )
    seats = organisation.seats
    insert_all(
        connection,
        PersonRow,
        ("id", "staff_no", "name"),
        ((s.person_id, organisation.staff_no[s.person_id], s.person_name) for s in seats),
    )
    insert_all(
        connection,
        PersonPostRow,
        ("person_id", "post", "department_id"),
        ((s.person_id, s.post.value, s.department_id) for s in seats),
    )
    insert_all(
        connection,
        BeatCollectorRow,
        ("beat_id", "person_id"),
        (
            (beat.id, seat.person_id)
            for beat, collectors in zip(
                city.divisions.beats, organisation.beat_collectors, strict=True
            )
            for seat in collectors
        ),
    )


def _load_cells(connection: Connection, city: City) -> None:
    cells, divisions = city.cells, city.divisions
    counts = np.bincount(city.components.cell, minlength=len(cells.shapes)).tolist()
    area, perimeter = shapely.area(cells.shapes), shapely.length(cells.shapes)
    insert_all(
        connection,
        UnitCellRow,
        (
            *("id", "code", "code14", "community_code", "beat_id", "area_class", "area_m2"),
            *("perimeter_m", "component_count", "placed_on", "geom"),
        ),
        zip(
            range(1, len(cells.shapes) + 1),
            divisions.codes,
            divisions.old_codes,
            (divisions.beats[b].community.code for b in divisions.beat_of),
            (divisions.beats[b].id for b in divisions.beat_of),
            city.places.area_class,
            np.round(area, 1).tolist(),
            np.round(perimeter, 1).tolist(),
            counts,
            (GRID_PLACED_ON for _ in divisions.codes),
            binary(stored_shapes(cells.shapes)),
            strict=True,
        ),
    )


def _territories(city: City, groups: Sequence[Sequence[int]]) -> list[bytes]:
    """The union of each group of cells, in degrees."""
    shapes = [multi(territory(city.cells, members)) for members in groups]
    return binary(stored_shapes(np.array(shapes, dtype=object)))


def _count_breaks(city: City) -> list[int]:
    """Counts at which the colour of a cell changes: one colour for each fifth of the cells."""
    counts = np.bincount(city.components.cell)
    fifths = np.percentile(counts[counts > 0], (20, 40, 60, 80))
    return sorted({max(1, round(value)) for value in fifths.tolist()})
