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


@dataclass(frozen=True, slots=True)
class CoTask:
    """What a co-handling department (协办部门) was asked to do; `round` is that of its clock."""

    round: int
    department_id: DepartmentId
    asked_at: datetime
    replied_at: datetime | None = None


SIDE_CLOCKS = frozenset(
    {ClockKind.SIGN, ClockKind.CO_HANDLE, ClockKind.SUPERVISE_REPLY, ClockKind.VISIT}
)
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
        ended_from: state that the case ended in, for who restores it.
        level: who runs its loop: "city", or "district" where districts have centers of their own.
        class_code: big and small class together, as the catalog of `edition` has it.
        time_tier: A, B or C (计时等级), where the city's limits have tiers.
        external_number: the number that another system knows the case by.
        wants_reply: the caller asks to be told the outcome.
        owner_id: who filed it, and answers for it to the end (谁立案谁负责).
        claimed_by: who took it out of the pool; the others see the name and keep off.
        collector_id: who holds the open verify or check task.
        department_id: the main department (主办), once dispatched.
        last_department_id: the main department before a return that was agreed.
        dispatch_unit_id: the district's or town's center that was given the dispatch;
            upper_unit_id: the district's center above that of a town.
        handler_id: who in the department was given the work (指派).
        co_tasks: the co-handling departments (协办), in the order in which they were asked.
        holder_post: the post that must act now; None when ended.
        holder_person_id: the person who must act, where it is one; else the post's pool.
        holder_department_id: the department that must act, where it is one.
        emergency: dispatched first, its responsibility settled later (先解决后分责).
        responsibility_open: and not settled yet; it cannot be closed before.
        duplicate_of: the case it was merged into; similar_to: the case it was linked with.
        request_kind: what was asked for and waits for a ruling: extension, suspend, void, restore
            or appeal; `request_tier` says who rules (0 the department itself, then up),
            `request_limit` or `request_until` how much, `request_by` who asked.
        extension_count: extensions granted; over_quota: the last one beyond the month's quota.
        suspended_until: the review date (复核日) on which it goes on by itself.
        supervised: kind of the supervision (督办) that waits for its reply, else None.
        self_handled: the collector put it right on the spot (自行处置).
        closing_route: how it ended: checked, authorised, direct, answered, self_handled, forced,
            merged, void or imported; "direct" from the moment on at which a check is spared.
        authorisation_id: the standing rule by which a check or a close was spared.
        needs_visit: the caller is to be asked whether it is well; satisfaction: the answer.
        appeal_result: "approved" or "refused", once; exempt: overdue, but not held against anyone.
        filed_at, dispatched_at: of the filing and dispatch that hold; None after they were undone.
        fed_back_at: of the feedback that holds; None again from a rework on.
        handle_on_time: whether every feedback so far came before its handle clock was due; neither
            a rework nor an appeal wipes out that the department was late.
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
    ended_from: State | None = None
    level: str = "city"
    kind: CaseKind
    edition: str
    class_code: str
    class_name: str
    condition_id: str | None = None
    time_tier: str = ""
    source: str
    description: str
    remark: str = ""
    caller_name: str = ""
    caller_phone: str = ""
    wants_reply: bool = False
    confidential: bool = False
    external_number: str = ""
    urgent: bool = False
    place: Place
    component_code: str | None = None
    reporter_id: PersonId
    owner_id: PersonId | None = None
    claimed_by: PersonId | None = None
    collector_id: PersonId | None = None
    department_id: DepartmentId | None = None
    last_department_id: DepartmentId | None = None
    dispatch_unit_id: DepartmentId | None = None
    upper_unit_id: DepartmentId | None = None
    handler_id: PersonId | None = None
    co_tasks: tuple[CoTask, ...] = ()
    handle_limit: Limit | None = None
    verify_result: str | None = None
    check_result: str | None = None
    emergency: bool = False
    responsibility_open: bool = False
    duplicate_of: CaseId | None = None
    similar_to: CaseId | None = None
    request_kind: str | None = None
    request_tier: int = 0
    request_limit: Limit | None = None
    request_until: datetime | None = None
    request_by: PersonId | None = None
    extension_count: int = 0
    extended_at: datetime | None = None
    over_quota: bool = False
    suspend_count: int = 0
    suspended_until: datetime | None = None
    supervised: str | None = None
    supervise_count: int = 0
    urge_count: int = 0
    self_handled: bool = False
    closing_route: str = ""
    authorisation_id: str | None = None
    needs_visit: bool = False
    satisfaction: str | None = None
    appeal_result: str | None = None
    exempt: bool = False
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
