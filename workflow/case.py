"""A case: one report of a damaged component or an untidy event, and where its handling stands."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from workflow.clocks import Clock, ClockKind, Lamp
from workflow.ids import CaseId, DepartmentId, PersonId
from workflow.limits import Limit
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


SIDE_CLOCKS = frozenset({ClockKind.SIGN, ClockKind.SUPERVISE_REPLY, ClockKind.VISIT})
WAITING = frozenset({State.VERIFYING, State.SUSPENDED})


@dataclass(frozen=True, slots=True)
class Timing:
    """What lists, lamps and alarms need of a case's clocks; all None where the case has ended.

    Attributes:
        due_at, warn_at: of the main clock that runs, or of the one that stands while none runs.
        paused: the work itself waits (核实, 挂账), so the lamp is blue; the time to verify still
            has its due_at.
        handle_due_at: when handling is due or was due, of its newest round; stays after the end.
    """

    due_at: datetime | None
    warn_at: datetime | None
    paused: bool
    handle_due_at: datetime | None

    def lamp(self, now: datetime) -> Lamp:
        """The lamp of the case."""
        if self.due_at is None or self.warn_at is None:
            return Lamp.GREY
        if self.paused:
            return Lamp.BLUE
        if now > self.due_at:
            return Lamp.RED
        return Lamp.YELLOW if now >= self.warn_at else Lamp.GREEN


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
        filed_at, dispatched_at: of the filing and dispatch that hold; None after they were undone.
        fed_back_at: of the feedback that holds; None again from a rework on.
        handle_on_time: whether every feedback so far came before its handle clock was due; a
            rework does not wipe out that the department was late.
        return_count: how often a department refused it (退件).
        departments_tried: departments the case was sent to, one after another; 1 where the first
            dispatch was right.
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

    @property
    def main_clock(self) -> Clock | None:
        """The one main clock that runs; None where the case has ended or is suspended."""
        for clock in reversed(self.clocks):
            if clock.is_running and clock.kind not in SIDE_CLOCKS:
                return clock
        return None

    @property
    def timing(self) -> Timing:
        """What the lamp and the lists show of the clocks."""
        handle = self.newest_clock(ClockKind.HANDLE)
        handle_due_at = None if handle is None or handle.cancelled else handle.due_at
        if self.state.is_ended:
            return Timing(None, None, False, handle_due_at)
        clock = self.main_clock or handle
        if clock is None:
            return Timing(None, None, False, None)
        return Timing(clock.due_at, clock.warn_at, self.state in WAITING, handle_due_at)

    def newest_clock(self, kind: ClockKind) -> Clock | None:
        """The clock of the last round of a kind, whether it runs or not."""
        for clock in reversed(self.clocks):
            if clock.kind is kind:
                return clock
        return None
