"""The doors of the record: what windows may ask (`Record`), what the service needs from storage.

Every method blocks on the database and is called on its one thread, never on the UI thread.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Protocol

from workflow.alarms import Alarm, AlarmKind
from workflow.calendar import WorkCalendar
from workflow.calendar_versions import (
    CalendarDraft,
    CalendarPreview,
    CalendarVersion,
    RecountProgress,
)
from workflow.case import Case
from workflow.catalog import Catalog, ClassEntry, FilingCondition
from workflow.clocks import ClockKind
from workflow.commands import Move, Report
from workflow.events import CaseEvent
from workflow.ids import CaseId, DepartmentId, PersonId
from workflow.past import Past
from workflow.posts import Seat
from workflow.profiles import ProfileDoor
from workflow.queries import (
    Box,
    BoxCount,
    CaseFile,
    CaseMarker,
    Changes,
    CityInfo,
    ComponentCard,
    DaySum,
    DepartmentScore,
    FilterChoices,
    LocatedPlace,
    Period,
    QueueFilter,
    QueuePage,
    QueueQuery,
    QueueRow,
    QueueTotal,
    SavedFilter,
    ScoredCase,
)
from workflow.rule_edits import RulesEdit
from workflow.rules import StageLimit
from workflow.settings import Authorisation, Settings
from workflow.surroundings import Quota
from workflow.transitions import TransitionTable


class Rules(Protocol):
    """The rules that decide: table, catalog, calendar and stage limits, as they are in force.

    `workflow.rules.RuleSet` is the plain value that satisfies this.
    """

    @property
    def table(self) -> TransitionTable: ...
    @property
    def catalog(self) -> Catalog: ...
    @property
    def calendar(self) -> WorkCalendar: ...
    @property
    def stage_limits(self) -> Mapping[ClockKind, StageLimit]: ...
    @property
    def settings(self) -> Settings: ...
    @property
    def authorisations(self) -> Mapping[str, Authorisation]: ...
    def calendar_of(self, version: int) -> WorkCalendar:
        """The calendar that a clock was started on. Raises NotFound."""
        ...


class UnitOfWork(Protocol):
    """One transaction on the record: everything in it is committed together, or nothing is.

    Leaving the `with` block without `commit` rolls back. `commit` writes the change-log lines and
    is durable when it returns.
    """

    def case(self, case_id: CaseId) -> Case:
        """The case as it stands in this transaction. Raises NotFound."""
        ...

    def next_case_id(self) -> CaseId:
        """A fresh identity."""
        ...

    def next_number(self, day: date) -> str:
        """The next case number of a day: yyMMdd and a five-digit serial."""
        ...

    def add(self, case: Case, event: CaseEvent) -> None:
        """A new case with its first event."""
        ...

    def save(self, case: Case, event: CaseEvent) -> None:
        """One step: the event, then the projection. Raises CaseChanged if another seat won."""
        ...

    def last_step(self, case_id: CaseId) -> tuple[CaseEvent, str]:
        """The newest event of a case and the name of the person who did it."""
        ...

    def past(self, case_id: CaseId) -> Past:
        """Time of the newest event, and everyone who did an event from a post of COMMAND_AXIS."""
        ...

    def department_name(self, department_id: DepartmentId) -> str:
        """Raises NotFound."""
        ...

    def component_class(self, code: str) -> str:
        """Big and small class of the component with that code. Raises NotFound."""
        ...

    def unit_kind(self, department_id: DepartmentId) -> str:
        """What kind of department it is, e.g. "district_center". Raises NotFound."""
        ...

    def quota(self, department_id: DepartmentId, month: date, rules: Rules) -> Quota:
        """How much of a department's month has been extended, this transaction included."""
        ...

    def used_since(self, authorisation_id: str, since: datetime) -> int:
        """How often an authorisation was used from an instant on."""
        ...

    def checkers(self, case: Case) -> Sequence[PersonId]:
        """Who may check the case apart from its reporter and its beat, in a fixed order."""
        ...

    def holds(self, seat: Seat) -> bool:
        """Whether the person holds the post (and works in the department) that the seat claims."""
        ...

    def commit(self) -> Changes:
        """Make it durable and say what changed."""
        ...


UnitOfWorkFactory = Callable[[], AbstractContextManager[UnitOfWork]]


class Record(ProfileDoor, Protocol):
    """All that a desk asks of the city's record."""

    # -- acting ---------------------------------------------------------------------------------
    def report(self, command: Report, seat: Seat, now: datetime) -> Changes:
        """A new case; `number` of the answer is its case number."""
        ...

    def move(self, case_id: CaseId, version: int, move: Move, seat: Seat, now: datetime) -> Changes:
        """One step on the case that the seat saw at `version`.

        Raises CaseChanged, NotAllowed, RequirementMissing, ClockTurnedBack.
        """
        ...

    def change_rules(self, edit: RulesEdit, seat: Seat, now: datetime) -> int:
        """The rules in force with an edit, as the next version: its number.

        Raises NotAllowed, EditRefused, ProfileFault.
        """
        ...

    def run_dates(self, now: datetime) -> Changes | None:
        """Do the steps whose date has come: suspensions that end, cases that are archived.

        Each is a step of the record in the post System. Any desk may call it, at any time; two at
        once do each step once.
        """
        ...

    def publish_calendar(self, draft: CalendarDraft, seat: Seat, now: datetime) -> int:
        """The draft as a new version of the working calendar, in force from now on: its number.

        Raises NotAllowed, CalendarChanged, InvalidCalendar.
        """
        ...

    def recount_next(
        self, seat: Seat, now: datetime, limit: int, after: CaseId | None
    ) -> RecountProgress:
        """Count the next open cases anew that run on an earlier calendar; behind `after`, by id.

        Raises CaseChanged where another seat does not leave a case alone.
        """
        ...

    def acknowledge(
        self, alarms: Sequence[tuple[AlarmKind, CaseId, int]], seat: Seat, now: datetime
    ) -> None:
        """This person has seen these alarms; they are not told again on any desk."""
        ...

    def keep_photo(self, data: bytes, media_type: str) -> str:
        """Keep a photo's bytes by content; answers their SHA-256 in hex."""
        ...

    # -- reading --------------------------------------------------------------------------------
    def city(self) -> CityInfo: ...
    def rules(self) -> Rules: ...
    def seats(self) -> Sequence[Seat]:
        """Every seat of the city, ordered by post, department and name (for the demo's switch)."""
        ...

    def boxes(self, seat: Seat, now: datetime) -> Sequence[BoxCount]: ...
    def page(self, query: QueueQuery, now: datetime) -> QueuePage: ...
    def page_at(self, query: QueueQuery, offset: int, now: datetime) -> QueuePage:
        """The page that begins with the row at a place counted from 0; empty behind the last."""
        ...

    def total(self, query: QueueQuery, now: datetime) -> QueueTotal:
        """How many cases a narrowed box holds; exactly wherever that is quick to know."""
        ...

    def nearest_texts(self, query: QueueQuery, now: datetime) -> Sequence[str]:
        """Shorter texts that do find something, where the query's text finds nothing."""
        ...

    def filter_choices(self) -> FilterChoices:
        """Streets, communities, departments and people of the city, by name."""
        ...

    def saved_filters(self, person_id: PersonId) -> Sequence[SavedFilter]:
        """The filters that a person keeps, in the order in which they were kept."""
        ...

    def keep_filter(self, person_id: PersonId, name: str, wanted: QueueFilter) -> None:
        """Keep a filter; one of that name is replaced. Raises FilterRefused."""
        ...

    def rename_filter(self, person_id: PersonId, filter_id: int, name: str) -> None:
        """Raises FilterRefused, NotFound."""
        ...

    def drop_filter(self, person_id: PersonId, filter_id: int) -> None: ...
    def rows(self, case_ids: Sequence[CaseId]) -> Sequence[QueueRow]:
        """Fresh rows of given cases, for views that hear of changes."""
        ...

    def alarms(self, seat: Seat, now: datetime) -> Sequence[Alarm]:
        """What the seat's boxes hold that it has not acknowledged yet, newest first."""
        ...

    def case_file(self, case_id: CaseId, seat: Seat, now: datetime) -> CaseFile: ...
    def case_number(self, number: str) -> CaseId | None: ...
    def markers(self) -> Sequence[CaseMarker]:
        """Every case that has not ended."""
        ...

    def photo(self, sha256: str) -> bytes: ...
    def locate(self, lon: float, lat: float) -> LocatedPlace:
        """Divisions, nearest road and house number of a point. Raises OutsideCity."""
        ...

    def calendars(self) -> Sequence[CalendarVersion]:
        """Every published version of the working calendar, newest first."""
        ...

    def preview_calendar(self, draft: CalendarDraft, now: datetime) -> CalendarPreview:
        """What a draft would change in the open cases. Raises InvalidCalendar."""
        ...

    def component(self, code: str) -> ComponentCard:
        """Raises NotFound."""
        ...

    def day_sum(self, now: datetime) -> DaySum: ...
    def scores(self, period: Period, now: datetime) -> Sequence[DepartmentScore]: ...
    def scored_cases(
        self, department_id: DepartmentId, period: Period, now: datetime
    ) -> Sequence[ScoredCase]: ...
    def latest_step(self) -> datetime | None:
        """When the step recorded last was taken, of whatever case; None in an empty record."""
        ...

    def last_change(self) -> int:
        """The newest change: where a seat that opens now starts to listen."""
        ...

    def changes_since(self, seq: int) -> Changes | None:
        """What other seats and this one committed after `seq`; None where nothing did."""
        ...


class ClassSearch(Protocol):
    """Search of the class catalog by Chinese, full pinyin or initials."""

    def find(self, text: str, limit: int = 20) -> Sequence[ClassEntry]: ...
    def conditions(self, entry: ClassEntry) -> Sequence[FilingCondition]: ...


__all__ = ["Box", "ClassSearch", "PersonId", "Record", "Rules", "UnitOfWork", "UnitOfWorkFactory"]
