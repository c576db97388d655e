"""What the case panel reads: the case with its process record, its component and its buttons."""

from dataclasses import dataclass
from datetime import date, datetime

from workflow.calendar import Segment
from workflow.case import Case, Photo
from workflow.errors import NotAllowed
from workflow.ids import ComponentId, DepartmentId
from workflow.posts import Seat
from workflow.states import State
from workflow.transitions import Transition


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
    segments: tuple[Segment, ...]
    provisional: bool
    waiting_for: Seat | None
