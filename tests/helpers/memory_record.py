"""A unit of work over plain dictionaries that behaves: staged until commit, gone without it."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime

from tests.helpers.trade import DISTRICT_CENTER, EVERYONE, TOWN_CENTER
from workflow.case import Case
from workflow.codes import ComponentCode
from workflow.errors import CaseChanged, NotFound
from workflow.events import CaseEvent
from workflow.ids import CaseId, DepartmentId, PersonId
from workflow.past import Past
from workflow.ports import Rules
from workflow.posts import Post, Seat
from workflow.queries import Changes
from workflow.surroundings import Quota


class MemoryRecord:
    """Cases, their events and who holds which post; `open_unit` is the factory of its units.

    Attributes:
        events: of every case, in order.
        log: ids of the changed cases, one for each commit.
    """

    def __init__(self, seats: Iterable[Seat] = EVERYONE) -> None:
        self.cases: dict[CaseId, Case] = {}
        self.events: dict[CaseId, list[CaseEvent]] = {}
        self.components: set[str] = set()
        self.log: list[CaseId] = []
        self.posts = {(one.person_id, one.post, one.department_id) for one in seats}
        self.names: dict[PersonId, str] = {one.person_id: one.person_name for one in seats}
        self.departments: dict[DepartmentId, str] = {
            one.department_id: one.department_name for one in seats if one.department_id
        }
        self.serials: dict[date, int] = {}
        self.last_id = 0

    @contextmanager
    def open_unit(self) -> Iterator["MemoryUnit"]:
        """A unit of work; what it staged is lost unless it was committed."""
        yield MemoryUnit(self)


class MemoryUnit:
    """One transaction on a MemoryRecord."""

    def __init__(self, record: MemoryRecord) -> None:
        self._record = record
        self._steps: list[tuple[Case, CaseEvent]] = []
        self._serials: dict[date, int] = {}

    def case(self, case_id: CaseId) -> Case:
        """The case as it stands."""
        for case, _ in reversed(self._steps):
            if case.id == case_id:
                return case
        if case_id not in self._record.cases:
            raise NotFound("There is no case with id {id}.", id=case_id)
        return self._record.cases[case_id]

    def next_case_id(self) -> CaseId:
        """A fresh identity; never given twice, even where the unit is dropped."""
        self._record.last_id += 1
        return CaseId(self._record.last_id)

    def next_number(self, day: date) -> str:
        """yyMMdd and a five-digit serial."""
        before = self._serials.get(day, self._record.serials.get(day, 0))
        self._serials[day] = before + 1
        return f"{day:%y%m%d}{before + 1:05}"

    def add(self, case: Case, event: CaseEvent) -> None:
        """Stage a new case."""
        self._steps.append((case, event))

    def save(self, case: Case, event: CaseEvent) -> None:
        """Stage a step, refused where another unit was first."""
        if self.case(case.id).version != case.version - 1:
            raise CaseChanged("Case {number} was changed meanwhile.", number=case.number)
        self._steps.append((case, event))

    def last_step(self, case_id: CaseId) -> tuple[CaseEvent, str]:
        """The newest event and the name of who did it."""
        event = self._record.events[case_id][-1]
        return event, self._record.names[event.person_id]

    def past(self, case_id: CaseId) -> Past:
        """What the committed events left."""
        return Past.of(self._record.events[case_id])

    def department_name(self, department_id: DepartmentId) -> str:
        """The name of a department."""
        if department_id not in self._record.departments:
            raise NotFound("There is no department {id}.", id=department_id)
        return self._record.departments[department_id]

    def component_class(self, code: str) -> str:
        """The class that the code of a component holds."""
        if code not in self._record.components:
            raise NotFound("There is no component {code}.", code=code)
        return ComponentCode(code).class_code

    def unit_kind(self, department_id: DepartmentId) -> str:
        """District and town centers as the trade helper has them."""
        self.department_name(department_id)
        return {DISTRICT_CENTER: "district_center", TOWN_CENTER: "town_center"}.get(
            department_id, "company"
        )

    def quota(self, department_id: DepartmentId, month: date, rules: Rules) -> Quota:
        """Of the department's cases that are due in the month, and a hundred more of the base."""
        due = [
            case
            for case in self._record.cases.values()
            if case.department_id == department_id
            and (at := case.timing.handle_due_at) is not None
            and at.date().replace(day=1) == month
        ]
        return Quota(
            department_id=department_id,
            department_name=self.department_name(department_id),
            month=month,
            extended=sum(1 for case in due if case.extension_count),
            base=100 + len(due),
            percent=rules.settings.quota_percent,
        )

    def used_since(self, authorisation_id: str, since: datetime) -> int:
        """How often the authorisation was used from then on."""
        return sum(
            1
            for case in self._record.cases.values()
            for event in self._record.events[case.id]
            if case.authorisation_id == authorisation_id
            and event.at >= since
            and event.operation in ("authClose", "askDirectClose")
        )

    def checkers(self, case: Case) -> Sequence[PersonId]:
        """Every collector but the reporter."""
        return sorted(
            person
            for person, post, _ in self._record.posts
            if post is Post.COLLECTOR and person != case.reporter_id
        )

    def holds(self, seat: Seat) -> bool:
        """Whether the person holds the post in that department."""
        return (seat.person_id, seat.post, seat.department_id) in self._record.posts

    def commit(self) -> Changes:
        """Make the staged steps part of the record."""
        record = self._record
        number = ""
        for case, event in self._steps:
            record.cases[case.id] = case
            record.events.setdefault(case.id, []).append(event)
            record.log.append(case.id)
            number = case.number if event.seq == 1 else number
        record.serials |= self._serials
        changed = frozenset(case.id for case, _ in self._steps)
        return Changes(seq=len(record.log), cases=changed, number=number)
