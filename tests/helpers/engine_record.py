"""A record in memory with the real engine under it: every step is one of the shipped table."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from resources import profile
from tests.helpers.engine_files import case_file, queue_row
from tests.helpers.fake_record import BOUNDS, NOW, FakeRecord
from tests.helpers.memory_record import MemoryRecord
from tests.helpers.trade import BUND, EVERYONE, demo_rules, demo_shelf, full_move, manhole_report
from ui.theme.lamps import lamp_of
from workflow.boxes import boxes_of
from workflow.case import Case, Place
from workflow.clock import Lamp
from workflow.commands import Move, Report
from workflow.errors import NotFound
from workflow.flags import Flag
from workflow.ids import CaseId
from workflow.posts import Post, Seat
from workflow.queries import (
    Box,
    BoxCount,
    BoxScope,
    CaseFile,
    CaseMarker,
    Changes,
    CityInfo,
    QueuePage,
    QueueQuery,
    QueueRow,
)
from workflow.rules import RuleSet
from workflow.service import CaseService
from workflow.states import State


class EngineRecord(FakeRecord):
    """A city without cases at first; `walk` reports one and takes it along.

    Attributes:
        memory: its cases and events.
    """

    def __init__(self, name: str = profile.DEFAULT_PROFILE) -> None:
        super().__init__(cases=0)
        self.profile = name
        self.memory = MemoryRecord()
        self._shelf = demo_shelf(name)
        self._service = CaseService(self.memory.open_unit, self._shelf)

    def walk(
        self,
        *steps: str | tuple[Seat, Move],
        at: datetime = NOW,
        report: Report | None = None,
        by: Post = Post.COLLECTOR,
    ) -> CaseId:
        """A case that took these steps: "operation" or "operation:outcome" by whoever may."""
        seat = next(one for one in EVERYONE if one.post is by)
        number = self.report(report or manhole_report(), seat, at).number
        case_id = self.case_number(number)
        assert case_id is not None
        for step in steps:
            self.take(case_id, step, at)
        return case_id

    def take(self, case_id: CaseId, step: str | tuple[Seat, Move], at: datetime = NOW) -> None:
        """One more step."""
        case = self.memory.cases[case_id]
        if isinstance(step, str):
            operation, _, outcome = step.partition(":")
            row = next(
                row
                for row in self.rules().table.leaving(case.state)
                if (row.operation, row.outcome) == (operation, outcome)
            )
            seat = next(one for one in EVERYONE if one.post in row.posts)
            self.move(case_id, case.version, full_move(row), seat, at)
        else:
            self.move(case_id, case.version, step[1], step[0], at)

    def case(self, case_id: CaseId) -> Case:
        """The case as it stands."""
        return self.memory.cases[case_id]

    # -- acting ---------------------------------------------------------------------------------
    def report(self, command: Report, seat: Seat, now: datetime) -> Changes:
        """A new case, decided by the engine."""
        return self._service.report(command, seat, now)

    def move(self, case_id: CaseId, version: int, move: Move, seat: Seat, now: datetime) -> Changes:
        """One step, decided by the engine."""
        return self._service.move(case_id, version, move, seat, now)

    # -- reading --------------------------------------------------------------------------------
    def city(self) -> CityInfo:
        """The city, under the profile of this record."""
        return CityInfo("陆家嘴–外滩", BOUNDS, "EPSG:4549", self.profile, True, 800, 20000)

    def rules(self) -> RuleSet:  # type: ignore[override]
        """The shipped rules."""
        return demo_rules(self.profile)

    def seats(self) -> Sequence[Seat]:
        """A seat for every post."""
        return EVERYONE

    def boxes(self, seat: Seat, now: datetime) -> Sequence[BoxCount]:
        """The boxes of the profile, counted."""
        counts = []
        for box in boxes_of(seat.post, profile.rows("boxes", self.profile)):
            lamps = [lamp_of(row, now) for row in self._held(box, seat, now)]
            counts.append(
                BoxCount(box, len(lamps), lamps.count(Lamp.RED), lamps.count(Lamp.YELLOW))
            )
        return counts

    def page(self, query: QueueQuery, now: datetime) -> QueuePage:
        """All rows of a box at once, the first due first."""
        rows = sorted(self._held(query.box, query.seat, now), key=lambda row: row.number)
        return QueuePage(tuple(rows), None)

    def rows(self, case_ids: Sequence[CaseId]) -> Sequence[QueueRow]:
        """Fresh rows of given cases."""
        return [queue_row(self.memory, one) for one in case_ids if one in self.memory.cases]

    def case_file(self, case_id: CaseId, seat: Seat, now: datetime) -> CaseFile:
        """Everything about a case."""
        if case_id not in self.memory.cases:
            raise NotFound("There is no case {id}; refresh the queue.", id=case_id)
        return case_file(self.memory, self.rules(), case_id, seat, now)

    def case_number(self, number: str) -> CaseId | None:
        """The case with that number."""
        return next((one.id for one in self.memory.cases.values() if one.number == number), None)

    def markers(self) -> Sequence[CaseMarker]:
        """None: these tests look at no map."""
        return ()

    def last_change(self) -> int:
        """The newest change."""
        return len(self.memory.log)

    def changes_since(self, seq: int) -> Changes | None:
        """What was committed after `seq`."""
        fresh = self.memory.log[seq:]
        return Changes(len(self.memory.log), frozenset(fresh)) if fresh else None

    def _held(self, box: Box, seat: Seat, now: datetime) -> Iterator[QueueRow]:
        for case in self.memory.cases.values():
            if not _is_in(box, case, seat, [e.person_id for e in self.memory.events[case.id]]):
                continue
            row = queue_row(self.memory, case.id)
            if not box.lamps or lamp_of(row, now) in box.lamps:
                yield row


def _is_in(box: Box, case: Case, seat: Seat, hands: Sequence[int]) -> bool:
    if box.mine:
        return seat.person_id in hands
    if box.states and case.state not in box.states:
        return False
    if not all(_has(case, flag) for flag in box.flags):
        return False
    match box.scope:
        case BoxScope.DEPARTMENT:
            return case.department_id == seat.department_id
        case BoxScope.PERSON:
            return case.collector_id == seat.person_id
        case BoxScope.HANDLER:
            return case.handler_id == seat.person_id
        case BoxScope.UNIT:
            return case.dispatch_unit_id == seat.department_id
        case BoxScope.CO:
            open_ones = [one.department_id for one in case.co_tasks if one.replied_at is None]
            return seat.department_id in open_ones
        case _:
            return True


def _has(case: Case, flag: Flag) -> bool:
    """The flags that the boxes of these tests ask for."""
    return {
        Flag.EMERGENCY: case.emergency,
        Flag.SUPERVISED: case.supervised is not None,
        Flag.SELF_HANDLED: case.self_handled,
        Flag.TO_VISIT: case.needs_visit and case.satisfaction is None,
        Flag.RESPONSIBILITY_OPEN: case.responsibility_open,
        Flag.EXTENSION_ASKED: case.request_kind == "extension",
        Flag.SUSPENSION_ASKED: case.request_kind == "suspend",
        Flag.VOID_ASKED: case.request_kind == "void",
        Flag.RESTORE_ASKED: case.request_kind == "restore",
        Flag.APPEAL_ASKED: case.request_kind == "appeal",
        Flag.TIER_1: case.request_tier == 1,
        Flag.TIER_2: case.request_tier == 2,
        Flag.TIER_3: case.request_tier == 3,
        Flag.DISTRICT_LEVEL: case.level == "district",
    }[flag]


def place_at(address: str, east: float = 0.0) -> Place:
    """A place of the Bund so many degrees further east."""
    return replace(BUND, lon=BUND.lon + east, address=address)


def waiting(record: EngineRecord, state: State) -> CaseId:
    """Some case in a state. Raises StopIteration where there is none."""
    return next(case.id for case in record.memory.cases.values() if case.state is state)
