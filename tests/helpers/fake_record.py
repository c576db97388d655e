"""An in-memory record that behaves: invented cases, boxes, steps with their needs, and changes."""

import base64
import hashlib
import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from tests.helpers import fake_city as city
from tests.helpers.fake_calendars import FakeCalendars
from tests.helpers.fake_profiles import FakeProfiles
from tests.helpers.fake_queues import FakeFilters
from ui.theme.lamps import lamp_of
from workflow import clocks
from workflow.alarms import Alarm, AlarmKind
from workflow.calendar import Segment, SegmentKind, WorkCalendar
from workflow.case import Case, CaseKind, Photo, PhotoUsage, Place
from workflow.catalog import Catalog, ClassEntry, FilingCondition
from workflow.clock import Clock, Lamp
from workflow.commands import Move, Report
from workflow.errors import CaseChanged, NotFound, OutsideCity, RequirementMissing
from workflow.ids import CaseId, ComponentId, DepartmentId, PersonId
from workflow.instants import CHINA_STANDARD_TIME
from workflow.posts import Post, Seat
from workflow.queries import (
    Box,
    BoxCount,
    BoxScope,
    CaseFile,
    CaseMarker,
    Changes,
    CityInfo,
    ComponentCard,
    DaySum,
    DepartmentScore,
    LocatedPlace,
    OpenMove,
    Period,
    ProcessRow,
    QueuePage,
    QueueQuery,
    QueueRow,
    QueueSort,
    QueueTotal,
    ScoredCase,
    Suggestion,
)
from workflow.rule_edits import RulesEdit
from workflow.rules import StageLimit
from workflow.settings import Authorisation, Settings
from workflow.states import State
from workflow.transitions import Need, Transition, TransitionTable

NOW = datetime(2026, 11, 20, 10, 42, tzinfo=CHINA_STANDARD_TIME)
BOUNDS = (121.475, 31.222, 121.512, 31.247)
EDITION = "CJ/T 214-2007"
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGD4DwABBAEA"
    "X+XDSwAAAABJRU5ErkJggg=="
)
_RULES = CaseId(0)
"""Stands in the log for other rules."""

_FAR = datetime(9999, 1, 1, tzinfo=CHINA_STANDARD_TIME)


def fake_catalog() -> Catalog:
    """The dozen classes of the fake city, each with one filing condition."""
    entries = [
        ClassEntry(
            kind=CaseKind(kind),
            edition=EDITION,
            big_code=code[:2],
            big_name="公用设施" if kind == "component" else "市容环境",
            small_code=code[2:],
            small_name=name,
        )
        for kind, code, name, _ in city.CLASSES
    ]
    conditions = [
        FilingCondition(
            id=f"{kind}-{code}-1",
            kind=CaseKind(kind),
            class_code=code,
            text=text,
            limit=None,
            limit_text="1 工作日",
            closing_condition="恢复完好",
        )
        for kind, code, _, text in city.CLASSES
    ]
    return Catalog(EDITION, entries, conditions)


@dataclass(frozen=True)
class FakeRules:
    """The rules of the fake city."""

    table: TransitionTable = field(
        default_factory=lambda: TransitionTable("shift_leader_closes", 1, city.TRANSITIONS)
    )
    catalog: Catalog = field(default_factory=fake_catalog)
    calendar: WorkCalendar = field(default_factory=lambda: WorkCalendar(version=1))
    stage_limits: Mapping[clocks.ClockKind, StageLimit] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)
    authorisations: Mapping[str, Authorisation] = field(default_factory=dict)

    def calendar_of(self, version: int) -> WorkCalendar:
        """The one calendar, whatever its version."""
        return self.calendar


class FakeClassSearch:
    """Finds classes by a part of their Chinese name or code."""

    def __init__(self, rules: object) -> None:
        self._catalog = fake_catalog()

    def find(self, text: str, limit: int = 20) -> Sequence[ClassEntry]:
        """Every class whose name or code holds the text."""
        return [one for one in self._catalog if text in one.small_name + one.code][:limit]

    def conditions(self, entry: ClassEntry) -> Sequence[FilingCondition]:
        """The conditions of a class."""
        return self._catalog.conditions_of(entry.kind, entry.code)


class FakeRecord(FakeFilters, FakeProfiles, FakeCalendars):
    """A city of a few dozen cases in memory; see `workflow.ports.Record` for what it promises.

    Attributes:
        asked: names of the reading methods called, in order, for tests that count round trips.
    """

    def __init__(self, cases: int = 48, *, now: datetime = NOW, seed: int = 7) -> None:
        FakeFilters.__init__(self)
        FakeProfiles.__init__(self)
        FakeCalendars.__init__(self)
        self.asked: list[str] = []
        self.edits: list[RulesEdit] = []
        self._rules = FakeRules()
        self._cases: dict[CaseId, Case] = {}
        self._process: dict[CaseId, list[ProcessRow]] = {}
        self._log: list[CaseId] = []
        self._photos: dict[str, bytes] = {}
        self._seen: set[tuple[PersonId, tuple[AlarmKind, CaseId, int]]] = set()
        self._chance = random.Random(seed)
        for number in range(1, cases + 1):
            self._invent(number, now)
        self._log.clear()

    # -- acting ---------------------------------------------------------------------------------
    def report(self, command: Report, seat: Seat, now: datetime) -> Changes:
        """A new case."""
        entry = self._rules.catalog.entry(command.kind, command.class_code)
        case_id = CaseId(len(self._cases) + 1)
        case = Case(
            id=case_id,
            number=f"{now:%y%m%d}{case_id:05}",
            version=1,
            profile=self._rules.table.profile,
            rules_version=1,
            state=State.REPORTED,
            kind=command.kind,
            edition=EDITION,
            class_code=command.class_code,
            class_name=entry.small_name,
            source=command.source,
            description=command.description,
            urgent=command.urgent,
            place=command.place,
            component_code=command.component_code,
            reporter_id=seat.person_id,
            holder_post=Post.ACCEPTOR,
            reported_at=now,
            clocks=(self._clock(State.REPORTED, now, urgent=command.urgent),),
        )
        self._cases[case_id] = case
        self._note(case_id, seat, now, "上报", None, State.REPORTED, command.opinion)
        return self._committed(case_id, case.number)

    def move(self, case_id: CaseId, version: int, move: Move, seat: Seat, now: datetime) -> Changes:
        """One step, with its needs checked and the case's version compared."""
        case = self._case(case_id)
        if case.version != version:
            last = self._process[case_id][-1]
            raise CaseChanged(
                "Case {number} was changed by {name}.", number=case.number, name=last.person_name
            )
        row = self._rules.table.candidates(case.state, move.operation, move.outcome, seat.post)[0]
        self._demand(row, move)
        self._apply(case, row, move, now)
        self._note(case_id, seat, now, row.name, case.state, row.to_state, move.opinion)
        return self._committed(case_id)

    def change_rules(self, edit: RulesEdit, seat: Seat, now: datetime) -> int:
        """The edit is kept in `edits`, and the rules stay."""
        self.edits.append(edit)
        return self._rules.table.version + len(self.edits)

    def run_dates(self, now: datetime) -> Changes | None:
        """No case of this city waits for a date."""
        return None

    def alarms(self, seat: Seat, now: datetime) -> Sequence[Alarm]:
        """Cases that wait for the seat's post and are late, soon due or urgent."""
        self.asked.append("alarms")
        told = [
            alarm
            for case in self._cases.values()
            if case.holder_post is seat.post
            for alarm in _alarms_of(self._row(case), now)
            if (seat.person_id, alarm.key) not in self._seen
        ]
        return sorted(told, key=lambda alarm: alarm.since, reverse=True)

    def acknowledge(
        self, alarms: Sequence[tuple[AlarmKind, CaseId, int]], seat: Seat, now: datetime
    ) -> None:
        """Remember who saw what."""
        self._seen |= {(seat.person_id, key) for key in alarms}

    def keep_photo(self, data: bytes, media_type: str) -> str:
        """Keep bytes under their SHA-256."""
        sha256 = hashlib.sha256(data).hexdigest()
        self._photos[sha256] = data
        return sha256

    # -- reading --------------------------------------------------------------------------------
    def city(self) -> CityInfo:
        """The fake city."""
        return CityInfo("陆家嘴–外滩", BOUNDS, "EPSG:4549", "shift_leader_closes", True, 800, 20000)

    def rules(self) -> FakeRules:
        """Table, catalog and calendar."""
        return self._rules

    def seats(self) -> Sequence[Seat]:
        """Everybody."""
        return city.SEATS

    def boxes(self, seat: Seat, now: datetime) -> Sequence[BoxCount]:
        """The boxes of the seat's post, counted."""
        self.asked.append("boxes")
        return [self._count(box, seat, now) for box in city.boxes_of(seat.post)]

    def page(self, query: QueueQuery, now: datetime) -> QueuePage:
        """Rows after the cursor; the cursor is the position."""
        self.asked.append("page")
        return self._page(query, int(str(query.after[0])) if query.after else 0, now)

    def page_at(self, query: QueueQuery, offset: int, now: datetime) -> QueuePage:
        """Rows from a position on."""
        self.asked.append("page_at")
        return self._page(query, offset, now)

    def total(self, query: QueueQuery, now: datetime) -> QueueTotal:
        """How many rows there are."""
        self.asked.append("total")
        return QueueTotal(len(self._queue(query, now)), is_exact=True)

    def _page(self, query: QueueQuery, start: int, now: datetime) -> QueuePage:
        rows = self._queue(query, now)
        end = start + query.limit
        return QueuePage(tuple(rows[start:end]), (end,) if end < len(rows) else None)

    def _queue(self, query: QueueQuery, now: datetime) -> list[QueueRow]:
        rows = [row for row in self._rows(query.box, query.seat, now) if _passes(row, query, now)]
        rows.sort(key=_SORTS[query.sort], reverse=query.descending)
        return rows

    def rows(self, case_ids: Sequence[CaseId]) -> Sequence[QueueRow]:
        """Fresh rows of given cases."""
        self.asked.append("rows")
        return [self._row(self._cases[one]) for one in case_ids if one in self._cases]

    def case_file(self, case_id: CaseId, seat: Seat, now: datetime) -> CaseFile:
        """Everything about one case."""
        self.asked.append("case_file")
        case = self._case(case_id)
        clock = _running(case)
        waiting_for = next((one for one in city.SEATS if _holds(one, case)), None)
        return CaseFile(
            case=case,
            condition=self._condition(case),
            closing_condition="恢复完好",
            limit_text="1 工作日",
            reporter_name="李建国",
            department_name=city.DEPARTMENTS.get(case.department_id or DepartmentId(0), ""),
            collector_name=city.COLLECTORS.get(case.collector_id or PersonId(0), ""),
            holder=self._holder(case),
            component=self.component(case.component_code) if case.component_code else None,
            process=tuple(self._process[case_id]),
            photos=tuple(photo for row in self._process[case_id] for photo in row.photos),
            moves=tuple(
                OpenMove(row)
                for row in self._rules.table.open_to(case.state, seat.post)
                if _holds(seat, case)
            ),
            departments=tuple(
                Suggestion(one, name, "部件权属 · 同类案件由其办结")
                for one, name in city.DEPARTMENTS.items()
            ),
            collectors=tuple(
                Suggestion(one, name, "责任网格监督员") for one, name in city.COLLECTORS.items()
            ),
            segments=_life(clock),
            provisional=False,
            waiting_for=waiting_for,
        )

    def case_number(self, number: str) -> CaseId | None:
        """The case with that number."""
        return next((one.id for one in self._cases.values() if one.number == number), None)

    def markers(self) -> Sequence[CaseMarker]:
        """Every open case."""
        self.asked.append("markers")
        return [_marker(self._row(one)) for one in self._cases.values() if not one.state.is_ended]

    def photo(self, sha256: str) -> bytes:
        """The bytes kept under a hash."""
        return self._photos.get(sha256, PIXEL)

    def locate(self, lon: float, lat: float) -> LocatedPlace:
        """A place with made-up divisions."""
        west, south, east, north = BOUNDS
        if not (west <= lon <= east and south <= lat <= north):
            raise OutsideCity(
                "{lon:.5f}, {lat:.5f} lies outside the city; click inside its cells.",
                lon=lon,
                lat=lat,
            )
        return LocatedPlace(_place(lon, lat, "中山东一路 12 号 东 6 米"), None, (PersonId(11),))

    def component(self, code: str) -> ComponentCard:
        """A lamp post, whatever the code."""
        return ComponentCard(
            id=ComponentId(482),
            code=code,
            class_code="0301",
            class_name="路灯",
            cell_code="310101015003021",
            lon=121.49,
            lat=31.2365,
            address="中山东一路 12 号",
            state="完好",
            authority_id=DepartmentId(1),
            authority_name=city.DEPARTMENTS[DepartmentId(1)],
            owner_id=DepartmentId(1),
            owner_name=city.DEPARTMENTS[DepartmentId(1)],
            maintainer_id=DepartmentId(2),
            maintainer_name=city.DEPARTMENTS[DepartmentId(2)],
            placed_on=city.PLACED_ON,
            changed_on=None,
            data_source="合成",
        )

    def day_sum(self, now: datetime) -> DaySum:
        """Received, filed, rejected and waiting, over all cases."""
        states = [case.state for case in self._cases.values()]
        before = sum(s in (State.REPORTED, State.VERIFYING, State.PENDING_FILING) for s in states)
        rejected = states.count(State.REJECTED)
        return DaySum(len(states), len(states) - before - rejected, rejected, before)

    def scores(self, period: Period, now: datetime) -> Sequence[DepartmentScore]:
        """A score for every department from its closed cases."""
        return [self._score(one, name) for one, name in city.DEPARTMENTS.items()]

    def scored_cases(
        self, department_id: DepartmentId, period: Period, now: datetime
    ) -> Sequence[ScoredCase]:
        """The cases of a department."""
        return [
            ScoredCase(
                case_id=case.id,
                number=case.number,
                class_name=case.class_name,
                address=case.place.address,
                state=case.state,
                counts_in=("filed", "closed") if case.state is State.CLOSED else ("filed",),
            )
            for case in self._cases.values()
            if case.department_id == department_id
        ]

    def latest_step(self) -> datetime | None:
        """None: no case of this record tells its steps."""
        return None

    def last_change(self) -> int:
        """The newest change."""
        return len(self._log)

    def changes_since(self, seq: int) -> Changes | None:
        """What was committed after `seq`."""
        fresh = frozenset(self._log[seq:])
        if not fresh:
            return None
        return Changes(len(self._log), fresh - {_RULES}, rules=_RULES in fresh)

    def rules_put_in_force(self) -> None:
        """Let every desk hear that it lives under other rules."""
        self._log.append(_RULES)

    # -- inside ---------------------------------------------------------------------------------
    def _case(self, case_id: CaseId) -> Case:
        if case_id not in self._cases:
            raise NotFound("There is no case {id}; refresh the queue.", id=case_id)
        return self._cases[case_id]

    def _invent(self, number: int, now: datetime) -> None:
        chance = self._chance
        kind, code, name, condition = city.CLASSES[number % len(city.CLASSES)]
        states = [State.PENDING_DISPATCH, *city.CLOCKS] if number % 3 else [State.PENDING_DISPATCH]
        state = states[chance.randrange(len(states))]
        west, south, east, north = BOUNDS
        lon, lat = chance.uniform(west, east), chance.uniform(south, north)
        share = chance.choice((0.1, 0.3, 0.5, 0.7, 0.85, 0.95, 1.1, 1.6))
        clock = self._clock(state, now, share=share)
        department = DepartmentId(1 + number % 4) if state in _AFTER_DISPATCH else None
        collector = PersonId(11 + number % 3) if state in _WITH_COLLECTOR else None
        case_id = CaseId(number)
        case = Case(
            id=case_id,
            number=f"261120{number:05}",
            version=1,
            profile="shift_leader_closes",
            rules_version=1,
            state=state,
            kind=CaseKind(kind),
            edition=EDITION,
            class_code=code,
            class_name=name,
            condition_id=f"{kind}-{code}-1" if state in _AFTER_FILING else None,
            source=city.SOURCES[number % len(city.SOURCES)],
            description=f"{name}{condition}，请派人查看。",
            urgent=number % 17 == 0,
            place=_place(lon, lat, city.ADDRESSES[number % len(city.ADDRESSES)]),
            component_code=f"3101010301{number:06}" if kind == "component" else None,
            reporter_id=PersonId(11),
            collector_id=collector,
            department_id=department,
            holder_post=city.HOLDERS[state],
            holder_person_id=collector,
            holder_department_id=department if state in _HELD_BY_DEPARTMENT else None,
            reported_at=clock.started_at - timedelta(minutes=20),
            filed_at=clock.started_at if state in _AFTER_FILING else None,
            clocks=(clock,),
        )
        self._cases[case_id] = case
        self._process[case_id] = []
        reporter = city.SEATS[3]
        self._note(case_id, reporter, case.reported_at, "上报", None, State.REPORTED, "")
        if state is not State.REPORTED:
            at = clock.started_at
            self._note(case_id, city.SEATS[1], at, "受理", State.REPORTED, state, "情况属实")

    def _clock(
        self, state: State, now: datetime, *, share: float = 0.0, urgent: bool = False
    ) -> Clock:
        """A clock of which that share is used now."""
        kind, limit = city.CLOCKS[state]
        calendar = self._rules.calendar
        length = timedelta(milliseconds=calendar.limit_ms(limit))
        return clocks.start(kind, limit, "合成时限", calendar, now - length * share)

    def _demand(self, row: Transition, move: Move) -> None:
        given = {
            Need.OPINION: move.opinion.strip(),
            Need.CONDITION: move.condition_id,
            Need.DEPARTMENT: move.department_id,
            Need.COLLECTOR: move.collector_id,
            Need.PHOTO: move.photos,
        }
        for need in sorted(row.needs):
            if not given[need]:
                raise RequirementMissing(
                    "{operation} needs: {need}.", operation=row.name, need=need.value
                )

    def _apply(self, case: Case, row: Transition, move: Move, now: datetime) -> None:
        state = row.to_state
        ended = tuple(_stopped(one, now) for one in case.clocks)
        started = () if state.is_ended else (self._clock(state, now),)
        department = move.department_id or case.department_id
        collector = move.collector_id or (case.collector_id if state in _WITH_COLLECTOR else None)
        self._cases[case.id] = replace(
            case,
            version=case.version + 1,
            state=state,
            condition_id=move.condition_id or case.condition_id,
            department_id=department,
            collector_id=collector,
            holder_post=city.HOLDERS.get(state),
            holder_person_id=collector if state in _WITH_COLLECTOR else None,
            holder_department_id=department if state in _HELD_BY_DEPARTMENT else None,
            closed_at=now if state is State.CLOSED else None,
            rework_count=case.rework_count + (row.operation == "rework"),
            clocks=ended + started,
        )

    def _note(
        self,
        case_id: CaseId,
        seat: Seat,
        at: datetime,
        name: str,
        before: State | None,
        after: State,
        opinion: str,
    ) -> None:
        rows = self._process.setdefault(case_id, [])
        is_first = not rows
        photo = Photo(
            sha256="0" * 64, usage=PhotoUsage.REPORT, media_type="image/png", size=len(PIXEL)
        )
        rows.append(
            ProcessRow(
                seq=len(rows) + 1,
                at=at,
                operation_name=name,
                from_state=before,
                to_state=after,
                person_name=seat.person_name,
                post_name=seat.post_name,
                opinion=opinion,
                took_seconds=None if is_first else int((at - rows[-1].at).total_seconds()),
                overdue=False,
                photos=(photo,) if is_first else (),
            )
        )

    def _committed(self, case_id: CaseId, number: str = "") -> Changes:
        self._log.append(case_id)
        return Changes(len(self._log), frozenset({case_id}), number=number)

    def _count(self, box: Box, seat: Seat, now: datetime) -> BoxCount:
        lamps = [lamp_of(row, now) for row in self._rows(box, seat, now)]
        return BoxCount(box, len(lamps), lamps.count(Lamp.RED), lamps.count(Lamp.YELLOW))

    def _rows(self, box: Box, seat: Seat, now: datetime) -> Iterator[QueueRow]:
        for case in self._cases.values():
            if box.mine:
                names = {row.person_name for row in self._process[case.id]}
                if seat.person_name in names:
                    yield self._row(case)
                continue
            if box.states and case.state not in box.states:
                continue
            if box.scope is not BoxScope.ALL and not _holds(seat, case):
                continue
            row = self._row(case)
            if not box.lamps or lamp_of(row, now) in box.lamps:
                yield row

    def _row(self, case: Case) -> QueueRow:
        clock = _running(case)
        return QueueRow(
            case_id=case.id,
            version=case.version,
            number=case.number,
            state=case.state,
            kind=case.kind.value,
            class_code=case.class_code,
            class_name=case.class_name,
            condition=self._condition(case),
            source=case.source,
            address=case.place.address,
            street_name=case.place.street_name,
            holder=self._holder(case),
            lon=case.place.lon,
            lat=case.place.lat,
            urgent=case.urgent,
            rework_count=case.rework_count,
            reported_at=case.reported_at,
            due_at=clock.due_at if clock else None,
            warn_at=clock.warn_at if clock else None,
            paused=clock.is_paused if clock else False,
        )

    def _condition(self, case: Case) -> str:
        conditions = self._rules.catalog.conditions_of(case.kind, case.class_code)
        return next((one.text for one in conditions), "")

    def _holder(self, case: Case) -> str:
        if case.holder_department_id is not None:
            return city.DEPARTMENTS[case.holder_department_id]
        if case.holder_person_id is not None:
            return city.COLLECTORS[case.holder_person_id]
        return city.POST_NAMES[case.holder_post] if case.holder_post else ""

    def _score(self, department_id: DepartmentId, name: str) -> DepartmentScore:
        cases = [one for one in self._cases.values() if one.department_id == department_id]
        closed = sum(one.state is State.CLOSED for one in cases)
        score = 60 + 40 * closed / len(cases) if cases else None
        return DepartmentScore(
            department_id=department_id,
            department_name=name,
            filed=len(cases),
            due_to_handle=len(cases),
            handled=closed,
            handled_on_time=closed,
            overdue_unhandled=0,
            due_to_close=len(cases),
            closed=closed,
            reworked=sum(one.rework_count > 0 for one in cases),
            filed_points=10.0,
            closing_rate=closed / len(cases) if cases else None,
            on_time_rate=1.0 if closed else None,
            rework_rate=0.0 if cases else None,
            score=score,
            grade="" if score is None else "ABCDE"[min(4, int((100 - score) // 10))],
        )


@contextmanager
def opened(record: FakeRecord) -> Iterator[FakeRecord]:
    """The record as something that is opened on the database thread."""
    yield record


_AFTER_DISPATCH = frozenset(
    {
        State.PENDING_SIGN,
        State.HANDLING,
        State.RETURNED,
        State.PENDING_FEEDBACK,
        State.PENDING_CHECK,
        State.CHECKING,
        State.PENDING_CLOSE,
    }
)
_AFTER_FILING = _AFTER_DISPATCH | {State.PENDING_DISPATCH}
_WITH_COLLECTOR = frozenset({State.VERIFYING, State.CHECKING})
_HELD_BY_DEPARTMENT = frozenset({State.PENDING_SIGN, State.HANDLING})
_SORTS = {
    QueueSort.REMAINING: lambda row: (row.due_at or _FAR, row.case_id),
    QueueSort.REPORTED: lambda row: (row.reported_at, row.case_id),
    QueueSort.NUMBER: lambda row: (row.number,),
    QueueSort.CLASS: lambda row: (row.class_code, row.case_id),
    QueueSort.PLACE: lambda row: (row.address, row.case_id),
}


def _holds(seat: Seat, case: Case) -> bool:
    """Whether the case waits for this seat."""
    if seat.post is not case.holder_post:
        return False
    if case.holder_department_id is not None:
        return seat.department_id == case.holder_department_id
    return case.holder_person_id in (None, seat.person_id)


def _passes(row: QueueRow, query: QueueQuery, now: datetime) -> bool:
    wanted = query.filter
    words = row.number + row.address + row.class_name + row.condition
    return (
        wanted.text in words
        and wanted.lamp in (None, lamp_of(row, now))
        and wanted.kind in (None, row.kind)
        and wanted.class_code in (None, row.class_code)
        and wanted.source in (None, row.source)
        and wanted.urgent in (None, row.urgent)
    )


def _place(lon: float, lat: float, address: str) -> Place:
    return Place(
        lon=lon,
        lat=lat,
        cell_code="310101015003021",
        beat_code="310101015003B07",
        community_code="310101015003",
        community_name="外滩社区",
        street_code="310101015",
        street_name="外滩街道",
        district_code="310101",
        district_name="黄浦区",
        road="中山东一路",
        address=address,
    )


def _marker(row: QueueRow) -> CaseMarker:
    return CaseMarker(
        row.case_id, row.lon, row.lat, row.kind, row.due_at, row.warn_at, row.paused, row.urgent
    )


def _running(case: Case) -> Clock | None:
    return next((one for one in case.clocks if one.stopped_at is None), None)


def _stopped(clock: Clock, now: datetime) -> Clock:
    return clock if clock.stopped_at else replace(clock, stopped_at=max(now, clock.started_at))


def _life(clock: Clock | None) -> tuple[Segment, ...]:
    if clock is None:
        return ()
    return (Segment(SegmentKind.WORKING, clock.started_at, clock.due_at),)


def case_with_state(record: FakeRecord, state: State) -> CaseId:
    """Some case that stands in a state. Raises StopIteration where there is none."""
    return next(one.case_id for one in record.rows(list(record._cases)) if one.state is state)


def _alarms_of(row: QueueRow, now: datetime) -> Iterator[Alarm]:
    lamp = lamp_of(row, now)
    kinds = {Lamp.RED: AlarmKind.OVERDUE, Lamp.YELLOW: AlarmKind.SOON}
    for kind in (kinds.get(lamp), AlarmKind.URGENT if row.urgent else None):
        if kind is not None and row.due_at is not None:
            yield Alarm(
                kind=kind,
                case_id=row.case_id,
                mark=1,
                number=row.number,
                class_name=row.class_name,
                address=row.address,
                state=row.state,
                lamp=lamp,
                since=row.due_at,
            )
