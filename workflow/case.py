"""A case: one report of a damaged component or an untidy event, and where its handling stands."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from workflow.clocks import Clock
from workflow.calendar import Limit
from workflow.ids import CaseId, DepartmentId, PersonId
from workflow.posts import Post
from workflow.states import State


class CaseKind(StrEnum):
    """部件 or 事件."""

    COMPONENT = "component"
    EVENT = "event"


class PhotoUsage(StrEnum):
    """What a photo shows."""

    REPORT = "report"
    VERIFY = "verify"
    AFTER = "after"
    CHECK = "check"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something is: CGCS2000 degrees (EPSG:4490) and the divisions that hold the point.

    Attributes:
        area_class: 1 or 2, the management class of the area (一/二级管理区域).
        road: name of the nearest road, empty where none is near.
        address: the phrase operators read, e.g. "中山东一路 12 号 东 6 米".
    """

    lon: float
    lat: float
    cell_code: str
    beat_code: str
    community_code: str
    community_name: str
    street_code: str
    street_name: str
    district_code: str
    district_name: str
    area_class: int = 1
    road: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A photo that belongs to a step of a case; its bytes lie in the media store under `sha256`."""

    sha256: str
    usage: PhotoUsage
    media_type: str
    size: int
    taken_at: datetime | None = None
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The case as its events leave it: a projection, rebuilt by replaying them.

    Attributes:
        version: number of events so far; the guard of compare-and-swap.
        profile, rules_version: the transition table that the case runs under.
        came_from: state to go back to after verifying, or that a return left.
        class_code: big and small class together, as the catalog of `edition` has it.
        collector_id: who holds the open verify or check task.
        department_id: the main department, once dispatched.
        holder_post: the post that must act now; None when ended.
        holder_person_id: the person who must act, where it is one; else the post's pool.
        holder_department_id: the department that must act, where it is one.
        handle_on_time: whether the last feedback came before the handle clock was due.
        departments_tried: how many different departments the case was dispatched to.
        head_hash: hash of the last event in the chain.
    """

    id: CaseId
    number: str
    version: int
    profile: str
    rules_version: int
    state: State
    came_from: State | None = None
    kind: CaseKind
    edition: str
    class_code: str
    class_name: str
    condition_id: str | None = None
    source: str
    description: str
    urgent: bool = False
    place: Place
    component_code: str | None = None
    reporter_id: PersonId
    collector_id: PersonId | None = None
    department_id: DepartmentId | None = None
    handle_limit: Limit | None = None
    verify_result: str | None = None
    check_result: str | None = None
    rework_count: int = 0
    return_count: int = 0
    departments_tried: int = 0
    holder_post: Post | None
    holder_person_id: PersonId | None = None
    holder_department_id: DepartmentId | None = None
    reported_at: datetime
    filed_at: datetime | None = None
    dispatched_at: datetime | None = None
    fed_back_at: datetime | None = None
    handle_on_time: bool | None = None
    closed_at: datetime | None = None
    clocks: tuple[Clock, ...] = ()
    head_hash: bytes = b""
