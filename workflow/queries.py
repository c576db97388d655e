"""What windows read: boxes, queues, case files, markers, scores. Plain values, ready to show."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from workflow.calendar import Segment
from workflow.case import Case, Photo, Place
from workflow.clocks import Lamp
from workflow.errors import NotAllowed
from workflow.ids import CaseId, ComponentId, DepartmentId, PersonId
from workflow.posts import Seat
from workflow.states import State
from workflow.transitions import Transition


class BoxScope(StrEnum):
    """Whose cases a box holds.

    ALL: everybody's. DEPARTMENT: whose `department_id` is the seat's. PERSON: whose `collector_id`
    is the seat's person.
    """

    ALL = "all"
    DEPARTMENT = "department"
    PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A box (案件箱) of a post.

    Attributes:
        title: Chinese name as data has it.
        states: the states it holds; empty means every state, `states.ACTIVE` every open case.
        lamps: lamps it holds; empty means every lamp.
        mine: cases in which this person did a step (我的已办) instead of cases waiting.
    """

    id: str
    title: str
    states: tuple[State, ...] = ()
    scope: BoxScope = BoxScope.ALL
    lamps: tuple[Lamp, ...] = ()
    mine: bool = False


@dataclass(frozen=True, slots=True)
class BoxCount:
    """A box with how many cases it holds now, and how many of those are overdue or soon due."""

    box: Box
    total: int
    overdue: int
    soon: int


class QueueSort(StrEnum):
    """Orders of a queue. REMAINING puts the earliest due first and cases without a clock last."""

    REMAINING = "remaining"
    REPORTED = "reported"
    NUMBER = "number"
    CLASS = "class"
    PLACE = "place"


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFilter:
    """What a queue is narrowed to; None or empty means no restriction.

    Attributes:
        text: part of the number, address, class name or description.
    """

    text: str = ""
    lamp: Lamp | None = None
    kind: str | None = None
    class_code: str | None = None
    source: str | None = None
    street_code: str | None = None
    urgent: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueQuery:
    """One page of a box. `after` is the cursor that the page before returned."""

    box: Box
    seat: Seat
    sort: QueueSort = QueueSort.REMAINING
    descending: bool = False
    filter: QueueFilter = field(default_factory=QueueFilter)
    after: tuple[object, ...] | None = None
    limit: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow:
    """One case in a queue.

    Attributes:
        due_at, warn_at: of the clock that runs now; None where none runs.
        paused: the running clock is paused (blue lamp).
        holder: who must act, in words: a post's name, a person, or a department.
    """

    case_id: CaseId
    version: int
    number: str
    state: State
    kind: str
    class_code: str
    class_name: str
    condition: str
    source: str
    address: str
    street_name: str
    holder: str
    lon: float
    lat: float
    urgent: bool
    rework_count: int
    reported_at: datetime
    due_at: datetime | None
    warn_at: datetime | None
    paused: bool


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Rows of a queue and the cursor of the next page; None when this was the last."""

    rows: tuple[QueueRow, ...]
    next: tuple[object, ...] | None


@dataclass(frozen=True, slots=True)
class CaseMarker:
    """An open case on the map; CGCS2000 degrees."""

    case_id: CaseId
    lon: float
    lat: float
    kind: str
    due_at: datetime | None
    warn_at: datetime | None
    paused: bool
    urgent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessRow:
    """One line of the process record (办理经过).

    Attributes:
        took: how long the case had waited for this step, in wall time; None for the report.
        overdue: the clock of the step before had run out when this was done.
    """

    seq: int
    at: datetime
    operation_name: str
    from_state: State | None
    to_state: State
    person_name: str
    post_name: str
    opinion: str
    took_seconds: int | None
    overdue: bool
    photos: tuple[Photo, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentCard:
    """A component (部件) with its three departments (CJ/T 214 attributes)."""

    id: ComponentId
    code: str
    class_code: str
    class_name: str
    cell_code: str
    lon: float
    lat: float
    address: str
    state: str
    authority_id: DepartmentId
    authority_name: str
    owner_id: DepartmentId
    owner_name: str
    maintainer_id: DepartmentId
    maintainer_name: str
    placed_on: date | None
    changed_on: date | None
    data_source: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A department or person recommended for a step, best first, with the reason in Chinese."""

    id: int
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class OpenMove:
    """A step that this seat may take now; `refusal` says why not yet, where a guard objects."""

    transition: Transition
    refusal: NotAllowed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """Everything the case panel shows.

    Attributes:
        segments: life of the running main clock from start to due, for the deadline ruler.
        provisional: the deadline falls in a year without an official holiday notice.
        waiting_for: seat that can act next in the demo (a person in the right post), if any.
    """

    case: Case
    condition: str
    closing_condition: str
    limit_text: str
    reporter_name: str
    department_name: str
    collector_name: str
    holder: str
    component: ComponentCard | None
    process: tuple[ProcessRow, ...]
    photos: tuple[Photo, ...]
    moves: tuple[OpenMove, ...]
    departments: tuple[Suggestion, ...]
    collectors: tuple[Suggestion, ...]
    conditions: tuple[Suggestion, ...]
    segments: tuple[Segment, ...]
    provisional: bool
    waiting_for: Seat | None


@dataclass(frozen=True, slots=True)
class Period:
    """Evaluation period, half-open: start <= t < end."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentScore:
    """A department's score by the CJ/T 292 department formula, with every part of it.

    Attributes:
        filed: 立案数; due_to_close: 应结案数 = handled + overdue_unhandled; closed: 结案数.
        due_to_handle: 应处置数; handled: 处置数; handled_on_time: 按期处置数.
        reworked: 返工数.
        score: 0 to 100, None where the department had no case; grade A to E.
    """

    department_id: DepartmentId
    department_name: str
    filed: int
    due_to_handle: int
    handled: int
    handled_on_time: int
    overdue_unhandled: int
    due_to_close: int
    closed: int
    reworked: int
    filed_points: float
    closing_rate: float | None
    on_time_rate: float | None
    rework_rate: float | None
    score: float | None
    grade: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredCase:
    """A case behind a score, with the parts it counts in (names of DepartmentScore fields)."""

    case_id: CaseId
    number: str
    class_name: str
    address: str
    state: State
    counts_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What a commit, of this seat or another, changed: enough for each view to decide.

    Attributes:
        seq: highest change_log sequence included.
        cases: ids of changed cases.
        components: ids of changed components.
        number: number of the case that a report made, else "".
    """

    seq: int
    cases: frozenset[CaseId] = frozenset()
    components: frozenset[ComponentId] = frozenset()
    number: str = ""


@dataclass(frozen=True, slots=True)
class CityInfo:
    """The city a database holds.

    Attributes:
        bounds: west, south, east, north in CGCS2000 degrees.
        view_crs: projected zone of CGCS2000 for the map, e.g. "EPSG:4549".
        synthetic: the people, components and cases are generated (the demo city).
    """

    name: str
    bounds: tuple[float, float, float, float]
    view_crs: str
    profile: str
    synthetic: bool
    cells: int
    components: int
    count_breaks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class LocatedPlace:
    """A point with its divisions, the component under it if any, and collectors of its beat."""

    place: Place
    component: ComponentCard | None = None
    collectors: tuple[PersonId, ...] = ()


@dataclass(frozen=True, slots=True)
class DaySum:
    """Today's reconciliation: received = filed + rejected + still before filing."""

    received: int
    filed: int
    rejected: int
    before_filing: int

    @property
    def adds_up(self) -> bool:
        """True where no report is unaccounted for."""
        return self.received == self.filed + self.rejected + self.before_filing
