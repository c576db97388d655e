"""A small synthetic city with ground and cases in every state, as rows of a real database.

Eight cells of 200 m in two streets, a road with house numbers along them, and cases that walked the
transition table by chance; the same rows every time.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import Connection, insert

from db.engine import Database
from db.queries.places import locate
from db.repositories.unit_of_work import SqlUnitOfWork
from db.tables import (
    BeatCollectorRow,
    BeatRow,
    CommunityRow,
    DivisionRow,
    HouseNumberRow,
    PoiRow,
    RoadRow,
    UnitCellRow,
)
from resources.profile import DEFAULT_PROFILE
from tests.helpers.stored_trade import fill
from tests.helpers.trade import (
    COLLECTOR,
    EVERYONE,
    LIGHTS,
    OTHER_COLLECTOR,
    ROADS,
    SEAT_OF,
    TOWN_CENTER,
    demo_rules,
    full_move,
    manhole_report,
)
from workflow.case import Case, CaseKind, Place
from workflow.commands import Move, Report
from workflow.decide import decide, decide_report
from workflow.errors import NotAllowed, NotFound, RequirementMissing
from workflow.ids import CaseId
from workflow.instants import CHINA_STANDARD_TIME
from workflow.limits import Limit, TimeUnit
from workflow.past import Past
from workflow.posts import Post, Seat
from workflow.rules import RuleSet
from workflow.service import look_around
from workflow.states import State
from workflow.transitions import MAIN, Need, Transition

NOW = datetime(2026, 11, 20, 16, 30, tzinfo=CHINA_STANDARD_TIME)
"""When the city is looked at: a Friday afternoon, after every step of its cases."""

WEST, SOUTH = 121.49, 31.23
CELL = 0.002
"""Degrees from one side of a cell to the other; about 190 m by 220 m."""

COLUMNS, ROWS = 4, 2
STREETS = ("310101015", "310101016")
CASES = 160

CLASSES = (
    (CaseKind.COMPONENT, "0101"),
    (CaseKind.COMPONENT, "0102"),
    (CaseKind.EVENT, "0101"),
    (CaseKind.EVENT, "0201"),
)
SOURCES = ("监督员上报", "公众举报", "视频监控")
DESCRIPTIONS = ("井盖破损", "暴露垃圾一堆", "完成 50% 后停工", "编号 a_b 的牌子掉了", "路面积水")
_HELD_BACK = {
    "refuseSign": 0.5,
    "handleDone": 0.4,
    "askSuspend": 0.4,
    "auditSuspend": 0.0,
    "resume": 0.95,
    "reopen": 0.97,
    "link": 0.95,
    "recount": 0.95,
    "reassign": 0.95,
    "auditVoid": 0.1,
    "auditExtension": 0.1,
    "forceClose": 0.98,
    "reject": 0.95,
    "merge": 0.95,
    "answerNow": 0.95,
}
_ASIDE = 0.85
"""How often a step off the main line waits until no other is possible; else no case would close."""

OLD = timedelta(days=40)
"""How long ago some cases were reported: long enough to be archived."""


def lonlat(column: float, row: float) -> tuple[float, float]:
    """Degrees of a point counted in cells from the south-west corner."""
    return WEST + column * CELL, SOUTH + row * CELL


def fill_city(connection: Connection, profile: str = DEFAULT_PROFILE) -> None:
    """People and rules of the trade, and the ground they stand on."""
    fill(connection, profile)
    fill_ground(connection)


def fill_ground(connection: Connection) -> None:
    """Divisions, cells, beats, roads, house numbers and a place of interest."""
    divisions = (
        ("31", "上海市", "province", None),
        ("3101", "市辖区", "city", "31"),
        ("310101", "黄浦区", "district", "3101"),
        (STREETS[0], "外滩街道", "street", "310101"),
        (STREETS[1], "南京东路街道", "street", "310101"),
    )
    names = ("code", "name", "level", "parent_code")
    connection.execute(
        insert(DivisionRow), [dict(zip(names, row, strict=True)) for row in divisions]
    )
    for number, street in enumerate(STREETS):
        half = COLUMNS // 2
        outline = f"SRID=4490;MULTIPOLYGON({_box(number * half, 0, (number + 1) * half, ROWS)})"
        connection.execute(
            insert(CommunityRow).values(
                code=f"{street}001",
                name=f"第{'一二'[number]}社区",
                street_code=street,
                geom=outline,
            )
        )
        connection.execute(
            insert(BeatRow).values(
                id=number + 1,
                code=f"0{number + 1}",
                name=f"责任网格 0{number + 1}",
                street_code=street,
                geom=outline,
            )
        )
    connection.execute(
        insert(BeatCollectorRow),
        [
            {"beat_id": 1, "person_id": COLLECTOR.person_id},
            {"beat_id": 2, "person_id": OTHER_COLLECTOR.person_id},
            {"beat_id": 2, "person_id": COLLECTOR.person_id},
        ],
    )
    connection.execute(insert(UnitCellRow), list(_cells()))
    _fill_addresses(connection)


def _cells() -> Iterator[dict[str, Any]]:
    for row in range(ROWS):
        for column in range(COLUMNS):
            street = column // (COLUMNS // 2)
            yield {
                "code": f"{STREETS[street]}001{row * COLUMNS + column + 1:03}",
                "community_code": f"{STREETS[street]}001",
                "beat_id": street + 1,
                "area_class": 1,
                "area_m2": 42_000.0,
                "perimeter_m": 820.0,
                "component_count": 0,
                "geom": f"SRID=4490;POLYGON{_box(column, row, column + 1, row + 1)}",
            }


def _fill_addresses(connection: Connection) -> None:
    """滨江路 runs along the middle; a tunnel lies under it, nearer to points south of it."""
    west, east = lonlat(0, 1), lonlat(COLUMNS, 1)
    tunnel_west, tunnel_east = lonlat(0, 0.95), lonlat(COLUMNS, 0.95)
    connection.execute(
        insert(RoadRow),
        [
            {"name": "滨江路", "kind": "major_road", "geom": _line(west, east)},
            {"name": "滨江隧道", "kind": "tunnel", "geom": _line(tunnel_west, tunnel_east)},
            {"name": None, "kind": "path", "geom": _line(lonlat(0, 0.99), lonlat(4, 0.99))},
        ],
    )
    door = "SRID=4490;POINT({:.6f} {:.6f})"
    connection.execute(
        insert(HouseNumberRow),
        [
            {"road": "滨江路", "number": "12", "geom": door.format(*lonlat(0.5, 1.05))},
            {"road": "滨江路", "number": "14号", "geom": door.format(*lonlat(1.5, 1.05))},
            {"road": "", "number": "", "name": "钟楼", "geom": door.format(*lonlat(0.5, 0.9))},
        ],
    )
    connection.execute(
        insert(PoiRow).values(name="小广场", kind="square", geom=door.format(*lonlat(3.5, 1.9)))
    )


def _box(west: float, south: float, east: float, north: float) -> str:
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    return "((" + ", ".join("{:.6f} {:.6f}".format(*lonlat(*corner)) for corner in corners) + "))"


def _line(start: tuple[float, float], end: tuple[float, float]) -> str:
    ends = ", ".join("{:.6f} {:.6f}".format(*point) for point in (start, end))
    return f"SRID=4490;MULTILINESTRING(({ends}))"


def add_cases(
    database: Database,
    count: int = CASES,
    *,
    seed: int = 4490,
    profile: str = DEFAULT_PROFILE,
) -> None:
    """Cases in every state and lamp, reported in the two days before `NOW`, in one commit."""
    rules = demo_rules(profile)
    with database.read() as connection:
        corners = (lonlat(c + 0.5, r + 0.5) for c in range(COLUMNS) for r in range(ROWS))
        places = [locate(connection, *corner).place for corner in corners]
    with database.write_uncommitted() as connection:
        unit = SqlUnitOfWork(connection)
        for number in range(count):
            _Tale(unit, Random(seed + number), number, places, rules).tell()
        unit.commit()


@dataclass
class _Tale:
    """One case from its report to wherever chance leaves it."""

    unit: SqlUnitOfWork
    chance: Random
    number: int
    places: list[Place]
    rules: RuleSet

    def tell(self) -> None:
        now = self._reported_at()
        is_old = NOW - now > OLD / 2
        seat = self.chance.choice((COLLECTOR, OTHER_COLLECTOR, SEAT_OF[Post.PUBLIC]))
        made = decide_report(
            self._report(),
            seat,
            now,
            self.rules,
            case_id=self.unit.next_case_id(),
            number=self.unit.next_number(now.date()),
        )
        self.unit.add(made.case, made.event)
        case, past = made.case, Past().after(made.event)
        for _ in range(40 if is_old else self.chance.randrange(26)):
            now += timedelta(minutes=self.chance.choice((0, 1, 3, 9, 20)))
            if case.state is State.CLOSED and is_old:
                now = max(now, NOW - timedelta(days=2))
            elif case.state.is_ended:
                return
            if now > NOW:
                return
            case, past = self._step(case, past, now)

    def _reported_at(self) -> datetime:
        """Four cases come in the same instant, and so have equal keys in many queues."""
        together = self.number - self.number % 4
        if together % 20 == 0:
            return NOW - OLD - timedelta(seconds=together)
        return NOW - timedelta(days=together % 3 == 0, minutes=2 * together, seconds=together)

    def _report(self) -> Report:
        kind, class_code = CLASSES[self.number % len(CLASSES)]
        return replace(
            manhole_report(),
            kind=kind,
            class_code=class_code,
            source=self.chance.choice(SOURCES),
            description=self.chance.choice(DESCRIPTIONS),
            place=self.chance.choice(self.places),
            urgent=self.number % 11 == 0,
        )

    def _step(self, case: Case, past: Past, now: datetime) -> tuple[Case, Past]:
        rows = list(self.rules.table.leaving(case.state))
        self.chance.shuffle(rows)
        rows.sort(key=self._is_put_off)  # what is put off stays possible, where nothing else is
        for row in rows:
            for seat in EVERYONE:
                if seat.post not in row.posts or not _has_handlers(case, row):
                    continue
                move = self._move(case, row)
                try:
                    around = look_around(self.unit, case, move, now, self.rules)
                    made = decide(case, move, seat, now, self.rules, past, around)
                except (NotAllowed, RequirementMissing, NotFound):
                    continue
                self.unit.save(made.case, made.event)
                return made.case, past.after(made.event)
        return case, past

    def _is_put_off(self, row: Transition) -> bool:
        usual = 0.0 if row.tone == MAIN else _ASIDE
        return self.chance.random() < _HELD_BACK.get(row.operation, usual)

    def _move(self, case: Case, row: Transition) -> Move:
        move = full_move(row, self.chance.choice((COLLECTOR, OTHER_COLLECTOR)))
        if Need.CONDITION in row.needs:
            conditions = self.rules.catalog.conditions_of(case.kind, case.class_code)
            move = replace(move, condition_id=self.chance.choice(conditions).id)
        if Need.DEPARTMENT in row.needs:
            # Short limits, so that departments are late as well within two days.
            limit = Limit(self.chance.choice((20, 60, 90, 600)), TimeUnit.MINUTE)
            department = self.chance.choice((LIGHTS, LIGHTS, ROADS))
            move = replace(move, department_id=department, limit=limit, opinion="限时处置")
        if Need.PERSON in row.needs and row.operation != "assign":
            assert case.holder_post is not None
            move = replace(move, person_id=SEAT_OF[case.holder_post].person_id)
        if Need.AUTHORISATION in row.needs:
            rule = self.chance.choice(sorted(self.rules.authorisations))
            move = replace(move, authorisation_id=rule)
        if Need.UNIT in row.needs and row.outcome == "town":
            move = replace(move, unit_id=TOWN_CENTER)
        if Need.MASTER in row.needs:
            move = replace(move, master_id=CaseId(self.chance.randint(1, max(1, case.id - 1))))
        return move


def _has_handlers(case: Case, row: Transition) -> bool:
    """Only the lights have somebody to assign a case to."""
    return row.operation != "assign" or case.department_id == LIGHTS


def seats_that_look() -> tuple[Seat, ...]:
    """Every person in every post."""
    return EVERYONE


def states_of_the_table() -> frozenset[State]:
    """Every state that the profile's table leads to."""
    return frozenset(row.to_state for row in demo_rules().table.rows)
