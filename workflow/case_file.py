"""What the case panel reads: the case with its process record, its component and its buttons."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from workflow.calendar import Segment, WorkCalendar
from workflow.case import Case, Photo
from workflow.catalog import FilingCondition
from workflow.due_moves import DueMove
from workflow.errors import NotAllowed
from workflow.ids import CaseId, ComponentId, DepartmentId
from workflow.limits import Limit
from workflow.posts import Seat
from workflow.settings import Authorisation, Settings
from workflow.states import State
from workflow.surroundings import Quota
from workflow.tenures import Tenure
from workflow.transitions import Transition


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessRow:
    """One line of the process record (办理经过).

    Attributes:
        took: how long the case had waited for this step, in wall time; None for the report.
        overdue: the clock of the step before had run out when this was done.
        changes: what the step changed, as its event has it: [before, after] by field.
        due_at: when handling is due after the step, where the step moved that.
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
    changes: Mapping[str, Any] = field(default_factory=dict)
    due_at: datetime | None = None


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
class CoTaskRow:
    """A co-handling task (协办) as people read it; `due_at` is that of its own clock."""

    department_name: str
    asked_at: datetime
    due_at: datetime
    replied_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedCase:
    """Another case that this one was merged or linked with, or may be one with.

    Attributes:
        relation: "master" and "duplicate" of a merge, "linked", or "similar" for a proposal.
        reporter_name: who reported it: a merge keeps every reporter.
        metres: how far away it lies.
        reason: in Chinese, why it is shown.
        photo: SHA-256 of its first photo; empty where it has none.
    """

    case_id: CaseId
    number: str
    state: State
    class_name: str
    description: str
    address: str
    reporter_name: str
    reported_at: datetime
    relation: str
    metres: int
    reason: str = ""
    photo: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestView:
    """A request that waits for its ruling, in words; `ruled_by` is the post that rules next."""

    kind: str
    asked_by: str
    asked_at: datetime
    reason: str
    limit: Limit | None
    until: datetime | None
    ruled_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """Everything the case panel shows.

    Attributes:
        handlers: who of the seat's department can be assigned; `units` the centers to dispatch to;
            `colleagues` who could take the case over in its present state.
        authorisations: standing rules of the profile that cover this case for this seat;
            `used_today` how often each was used today, by id.
        quota: the department's month, where an extension can be asked for or ruled on.
        claimed_by, owner, handler: names; empty where there is none.
        levels: the centers that the dispatch goes through below the city's own, upper first.
        related: merged, linked and similar cases, nearest first.
        calendars: those that the case's clocks run on and the one in force, by version.
        tenures: who held the case from when on; due_moves: what moved its deadlines.
        segments: life of the running main clock from start to due, for the deadline ruler.
        provisional: an official holiday notice that is still to come may move the deadline.
        waiting_for: seat that can act next in the demo (a person in the right post), if any.
        settings, conditions, reply_limit: what the rules of this very case say, which may be older
            than those in force: settings, filing conditions of its class, time for a reply to a
            supervision. None where whoever made the file had no rules at hand.
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
    handlers: tuple[Suggestion, ...] = ()
    units: tuple[Suggestion, ...] = ()
    colleagues: tuple[Suggestion, ...] = ()
    authorisations: tuple[Authorisation, ...] = ()
    used_today: Mapping[str, int] = field(default_factory=dict)
    quota: Quota | None = None
    request: RequestView | None = None
    claimed_by: str = ""
    owner: str = ""
    handler: str = ""
    levels: tuple[str, ...] = ()
    co_tasks: tuple[CoTaskRow, ...] = ()
    related: tuple[RelatedCase, ...] = ()
    calendars: Mapping[int, WorkCalendar] = field(default_factory=dict)
    tenures: tuple[Tenure, ...] = ()
    due_moves: tuple[DueMove, ...] = ()
    settings: Settings | None = None
    conditions: tuple[FilingCondition, ...] | None = None
    reply_limit: Limit | None = None
