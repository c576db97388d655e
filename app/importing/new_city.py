"""A database for the cases of a foreign file: divisions, cells, classes and seats, no cases yet."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path

import shapely
from sqlalchemy import Connection, insert

from app.demo_city.load import insert_all
from app.importing.cells import Division, Square, Survey
from app.importing.mapping import CaseMapping, CityPlan
from app.importing.new_people import load_people
from db import guards, spatial
from db.building import new_database
from db.seed import CALENDAR_VERSION, seed_rules
from db.tables import (
    BeatRow,
    CityRow,
    ClassEntryRow,
    CommunityRow,
    DivisionRow,
    FilingConditionRow,
    UnitCellRow,
)
from resources import profile

NO_STANDARD = "外部系统的事项，未定立案条件"
CLOSING = "问题已处置"
LIMIT_WORDS = "由派遣员给定"


def build_city(where: str | Path, mapping: CaseMapping, survey: Survey, now: datetime) -> None:
    """Build the database; it appears in its place whole.

    Raises:
        InvalidMapping: a community would get too many cells.
        StorageError: whatever keeps the file from being written.
    """
    ground = Ground(survey)
    with (
        new_database(where) as database,
        database.write() as connection,
        guards.suspended(connection),
    ):
        _load_city(connection, survey.plan, mapping, ground)
        seed_rules(connection, edition=mapping.edition)
        _load_classes(connection, mapping)
        _load_divisions(connection, survey.plan, ground)
        _load_cells(connection, ground, now)
        load_people(connection, mapping, range(1, len(ground.communities) + 1))
        spatial.refresh_statistics(connection)


class Ground:
    """The cells of a survey, in order, with their divisions and shapes in degrees."""

    def __init__(self, survey: Survey) -> None:
        self._survey = survey
        self._settled = survey.settle()
        self.squares: list[Square] = list(self._settled)
        self.divisions: list[Division] = list(self._settled.values())
        self.side = survey.plan.cell_metres

    @cached_property
    def communities(self) -> list[Division]:
        """Every community that has a cell, by number."""
        return sorted(set(self.divisions))

    def community_code(self, division: Division) -> str:
        """Twelve digits."""
        street, community = division
        return f"{self._survey.plan.district[0]}{street:03}{community:03}"

    @cached_property
    def shapes(self) -> list[shapely.Polygon]:
        """The squares."""
        west, south = self._survey.plan.bounds[:2]
        width, height = self._survey.size
        return [
            shapely.box(
                west + column * width,
                south + row * height,
                west + (column + 1) * width,
                south + (row + 1) * height,
            )
            for column, row in self.squares
        ]

    def territory(self, *, street: int = 0, division: Division | None = None) -> bytes:
        """All cells, or those of a street or a community, as one shape: well-known binary."""
        chosen = [
            shape
            for shape, one in zip(self.shapes, self.divisions, strict=True)
            if (not street or one[0] == street) and (division is None or one == division)
        ]
        union = shapely.union_all(chosen)
        parts = shapely.get_parts(union).tolist()
        found: bytes = shapely.to_wkb(shapely.MultiPolygon(parts))
        return found


def _load_city(
    connection: Connection, plan: CityPlan, mapping: CaseMapping, ground: Ground
) -> None:
    west, south, east, north = shapely.total_bounds(ground.shapes).tolist()
    connection.execute(
        insert(CityRow).values(
            id=1,
            name=plan.name,
            profile=profile.DEFAULT_PROFILE,
            rules_version=profile.DEFAULT_VERSION,
            calendar_version=CALENDAR_VERSION,
            edition=mapping.edition,
            view_crs=plan.view_crs,
            west=west,
            south=south,
            east=east,
            north=north,
            synthetic=False,
            seed=0,
            cells=len(ground.squares),
            components=0,
            count_breaks="[]",
            built_at=None,
        )
    )


def _load_classes(connection: Connection, mapping: CaseMapping) -> None:
    """Their classes as an edition in force, each with one condition to file new cases under."""
    known = dict.fromkeys(mapping.classes.values())
    connection.execute(
        insert(ClassEntryRow),
        [
            {
                "edition": mapping.edition,
                "kind": one.kind.value,
                "big_code": one.big_code,
                "big_name": one.big_name,
                "small_code": one.small_code,
                "small_name": one.small_name,
                "confidence": "",
                "in_force": True,
            }
            for one in known
        ],
    )
    connection.execute(
        insert(FilingConditionRow),
        [
            {
                "id": f"{one.kind.value[0].upper()}-{one.code}",
                "ord": ord_,
                "profile": profile.DEFAULT_PROFILE,
                "version": profile.DEFAULT_VERSION,
                "kind": one.kind.value,
                "class_code": one.code,
                "text": NO_STANDARD,
                "limit_amount": None,
                "limit_unit": None,
                "limit_text": LIMIT_WORDS,
                "limit_note": "",
                "closing_condition": CLOSING,
                "handling_departments": "",
                "supervising_departments": "",
            }
            for ord_, one in enumerate(known)
        ],
    )


def _load_divisions(connection: Connection, plan: CityPlan, ground: Ground) -> None:
    (province, province_name), (district, district_name) = plan.province, plan.district
    city = district[:4]
    above = [
        (province, province_name, "province", None),
        (city, district_name, "city", province),
    ]
    columns = ("code", "name", "level", "parent_code", "geom")
    insert_all(connection, DivisionRow, columns[:4], above)
    streets = sorted({street for street, _ in ground.communities})
    rows = [(district, district_name, "district", city, ground.territory())]
    for street in streets:
        name = plan.street_name.format(street=f"{street:02}")
        shape = ground.territory(street=street)
        rows.append((f"{district}{street:03}", name, "street", district, shape))
    insert_all(connection, DivisionRow, columns, rows)
    _load_communities(connection, plan, ground)


def _load_communities(connection: Connection, plan: CityPlan, ground: Ground) -> None:
    """Communities, and a beat for each."""
    communities, beats = [], []
    numbers: dict[int, int] = defaultdict(int)
    for number, division in enumerate(ground.communities, 1):
        code, shape = ground.community_code(division), ground.territory(division=division)
        street = code[:9]
        name = plan.community_name.format(street=f"{division[0]:02}", community=f"{division[1]:02}")
        communities.append((code, name, street, shape))
        numbers[division[0]] += 1
        beat = f"{street}{numbers[division[0]]:03}"
        beats.append((number, beat, name, street, shape))
    insert_all(connection, CommunityRow, ("code", "name", "street_code", "geom"), communities)
    insert_all(connection, BeatRow, ("id", "code", "name", "street_code", "geom"), beats)


def _load_cells(connection: Connection, ground: Ground, now: datetime) -> None:
    beats = {division: number for number, division in enumerate(ground.communities, 1)}
    placed_on, side = now.date().isoformat(), float(ground.side)
    serials: dict[Division, int] = defaultdict(int)
    rows = []
    binary: Sequence[bytes] = shapely.to_wkb(ground.shapes).tolist()
    for number, (division, shape) in enumerate(zip(ground.divisions, binary, strict=True), 1):
        serials[division] += 1
        community = ground.community_code(division)
        code = f"{community}{serials[division]:03}"
        size = (number, code, None, community, beats[division], 1)
        rows.append((*size, side * side, 4 * side, 0, placed_on, shape))
    columns = (
        *("id", "code", "code14", "community_code", "beat_id", "area_class"),
        *("area_m2", "perimeter_m", "component_count", "placed_on", "geom"),
    )
    with spatial.index_rebuilt(connection, UnitCellRow.__tablename__):
        insert_all(connection, UnitCellRow, columns, rows)
