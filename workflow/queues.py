"""What lists and the live map read: boxes, queues with their filters and pages, markers."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from workflow.clocks import Lamp
from workflow.filters import QueueFilter
from workflow.flags import Flag
from workflow.ids import CaseId
from workflow.posts import Seat
from workflow.states import State


class BoxScope(StrEnum):
    """Whose cases a box holds.

    ALL: everybody's. DEPARTMENT: whose `department_id` is the seat's. PERSON: whose `collector_id`
    is the seat's person. HANDLER: whose `handler_id` is. UNIT: whose `dispatch_unit_id` is the
    seat's department. DISTRICT: those of the seat's district. CO: with an open co-handling task of
    the seat's department.
    """

    ALL = "all"
    DEPARTMENT = "department"
    PERSON = "person"
    HANDLER = "handler"
    UNIT = "unit"
    DISTRICT = "district"
    CO = "co"


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A box (案件箱) of a post.

    Attributes:
        title: Chinese name as data has it.
        states: the states it holds; empty means every state, `states.ACTIVE` every open case.
        lamps: lamps it holds; empty means every lamp.
        mine: cases in which this person did a step (我的已办) instead of cases waiting.
        flags: flags that its cases must all have.
        group: heading that it stands under: 待办, 审批, 关注 or 台账.
    """

    id: str
    title: str
    states: tuple[State, ...] = ()
    scope: BoxScope = BoxScope.ALL
    lamps: tuple[Lamp, ...] = ()
    mine: bool = False
    flags: tuple[Flag, ...] = ()
    group: str = ""


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
class QueueQuery:
    """One page of a box. `after` is the cursor that the page before returned."""

    box: Box
    seat: Seat
    sort: QueueSort = QueueSort.REMAINING
    descending: bool = False
    filter: QueueFilter = field(default_factory=QueueFilter)
    after: tuple[object, ...] | None = None
    limit: int = 100


@dataclass(frozen=True, slots=True)
class Found:
    """Where a searched text stands in a case.

    Attributes:
        field: the column of the case row, or or "big_class", "reporter", "collector",
            "holder", "handler", "department".
        text: the field, cut around the words. words: the words that stand in it.
    """

    field: str
    text: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QueueTotal:
    """How many cases a queue holds; `is_exact` is False where counting stopped."""

    count: int
    is_exact: bool


@dataclass(frozen=True, slots=True)
class Suspension:
    """Why a case stands in the problem library (问题库), since when, and whose it is."""

    department_name: str
    since: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow:
    """One case in a queue.

    Attributes:
        due_at, warn_at: of the clock that runs now; None where none runs.
        paused: the running clock is paused (blue lamp).
        holder: who must act, in words: a post's name, a person, or a department.
        claimed_by: who took it out of the pool; empty where nobody did.
        supervised: kind of the supervision that waits for its reply; None without one.
        request_kind: what was asked for and waits for a ruling; None where nothing does.
        suspended_until: the review date of a suspended case; `suspension` the rest about that.
        found: where the searched text stands, where no other field of the row shows it.
        provisional: a holiday notice that is still to come may move the deadline.
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
    found: Found | None = None
    claimed_by: str = ""
    supervised: str | None = None
    request_kind: str | None = None
    return_count: int = 0
    extension_count: int = 0
    emergency: bool = False
    suspended_until: datetime | None = None
    duplicate: bool = False
    suspension: Suspension | None = None
    provisional: bool = False


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
