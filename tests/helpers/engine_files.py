"""Case files and queue rows out of a record in memory, as the database would read them."""

from datetime import datetime

from tests.helpers.memory_record import MemoryRecord, MemoryUnit
from tests.helpers.trade import DEPARTMENT_NAMES, DISTRICT_CENTER, EVERYONE, TOWN_CENTER
from workflow.address import offset
from workflow.case import Case
from workflow.case_file import CoTaskRow, RelatedCase, RequestView
from workflow.clocks import ClockKind, Lamp
from workflow.decide import open_moves
from workflow.encoding import decode_photo
from workflow.events import CaseEvent
from workflow.ids import CaseId, DepartmentId, PersonId
from workflow.instants import from_epoch_ms, midnight
from workflow.past import Past
from workflow.posts import Post, Seat
from workflow.queries import CaseFile, ProcessRow, QueueRow, Suggestion
from workflow.queues import Suspension
from workflow.rules import RuleSet
from workflow.service import quota_month
from workflow.states import State

_REQUESTS = {
    "extension": "askExtension",
    "suspend": "askSuspend",
    "void": "askVoid",
    "restore": "askRestore",
    "appeal": "askAppeal",
}
_NAMES = {**DEPARTMENT_NAMES, DepartmentId(5): "绿化所", DepartmentId(6): "环卫公司"}
_RULERS = {0: "专业部门", 1: "派遣员", 2: "值班长", 3: "领导"}


def case_file(
    memory: MemoryRecord, rules: RuleSet, case_id: CaseId, seat: Seat, now: datetime
) -> CaseFile:
    """Everything that the case panel shows."""
    case, events = memory.cases[case_id], memory.events[case_id]
    condition = rules.catalog.condition(case.condition_id) if case.condition_id else None
    process = tuple(_process(memory, rules, events))
    clock = case.main_clock
    calendar = rules.calendar
    unit = MemoryUnit(memory)
    quota = None
    if case.department_id is not None and case.state is State.HANDLING:
        quota = unit.quota(case.department_id, quota_month(case, now), rules)
    return CaseFile(
        case=case,
        condition=condition.text if condition else "",
        closing_condition=condition.closing_condition if condition else "",
        limit_text=str(case.handle_limit) if case.handle_limit else "",
        reporter_name=_name(memory, case.reporter_id),
        department_name=_department(case.department_id),
        collector_name=_name(memory, case.collector_id),
        holder=_holder(memory, case),
        component=None,
        process=process,
        photos=tuple(photo for row in process for photo in row.photos),
        moves=open_moves(case, seat, rules, Past.of(events), now),
        departments=_departments(),
        collectors=tuple(_people(Post.COLLECTOR, "责任网格监督员")),
        segments=calendar.segments(clock.started_at, clock.due_at) if clock else (),
        provisional=False,
        waiting_for=next((one for one in EVERYONE if one.post is case.holder_post), None),
        handlers=tuple(_people(Post.HANDLER, "本部门处置人员")),
        units=tuple(
            Suggestion(one, DEPARTMENT_NAMES[one], "所在辖区")
            for one in (DISTRICT_CENTER, TOWN_CENTER)
        ),
        colleagues=tuple(_people(case.holder_post or seat.post, "同岗位")),
        authorisations=tuple(
            rule for rule in rules.authorisations.values() if rule.covers(case, rule.operation)
        ),
        used_today={rule: unit.used_since(rule, midnight(now)) for rule in rules.authorisations},
        quota=quota,
        request=_request(memory, case, events),
        claimed_by=_name(memory, case.claimed_by),
        owner=_name(memory, case.owner_id),
        handler=_name(memory, case.handler_id),
        levels=tuple(
            _department(one) for one in (case.upper_unit_id, case.dispatch_unit_id) if one
        ),
        co_tasks=tuple(_co_tasks(case)),
        related=tuple(_related(memory, case)),
        calendars={calendar.version: calendar},
    )


def queue_row(memory: MemoryRecord, case_id: CaseId) -> QueueRow:
    """A case in a queue."""
    case = memory.cases[case_id]
    timing = case.timing
    return QueueRow(
        case_id=case.id,
        version=case.version,
        number=case.number,
        state=case.state,
        kind=case.kind.value,
        class_code=case.class_code,
        class_name=case.class_name,
        condition="",
        source=case.source,
        address=case.place.address,
        street_name=case.place.street_name,
        holder=_holder(memory, case),
        lon=case.place.lon,
        lat=case.place.lat,
        urgent=case.urgent,
        rework_count=case.rework_count,
        reported_at=case.reported_at,
        due_at=timing.due_at,
        warn_at=timing.warn_at,
        paused=timing.lamp(case.reported_at) is Lamp.BLUE,
        claimed_by=_name(memory, case.claimed_by),
        supervised=case.supervised,
        request_kind=case.request_kind,
        return_count=case.return_count,
        extension_count=case.extension_count,
        emergency=case.emergency,
        suspended_until=case.suspended_until,
        duplicate=case.duplicate_of is not None,
        suspension=_suspension(memory, case),
    )


def _process(memory: MemoryRecord, rules: RuleSet, events: list[CaseEvent]) -> list[ProcessRow]:
    rows: list[ProcessRow] = []
    for event in events:
        handle = [one for one in event.clocks if one["kind"] == ClockKind.HANDLE]
        took = (event.at - rows[-1].at).total_seconds() if rows else None
        rows.append(
            ProcessRow(
                seq=event.seq,
                at=event.at,
                operation_name=rules.table.operation_name(event.operation, event.outcome),
                from_state=event.from_state,
                to_state=event.to_state,
                person_name=_name(memory, event.person_id),
                post_name=next((s.post_name for s in EVERYONE if s.post is event.post), ""),
                opinion=event.opinion,
                took_seconds=None if took is None else int(took),
                overdue=False,
                photos=tuple(decode_photo(photo) for photo in event.photos),
                changes=event.changes,
                due_at=from_epoch_ms(handle[-1]["due"]) if handle else None,
            )
        )
    return rows


def _request(memory: MemoryRecord, case: Case, events: list[CaseEvent]) -> RequestView | None:
    if case.request_kind is None:
        return None
    asked = next(e for e in reversed(events) if e.operation == _REQUESTS[case.request_kind])
    return RequestView(
        kind=case.request_kind,
        asked_by=_name(memory, asked.person_id),
        asked_at=asked.at,
        reason=asked.opinion,
        limit=case.request_limit,
        until=case.request_until,
        ruled_by=_RULERS[case.request_tier],
    )


def _co_tasks(case: Case) -> list[CoTaskRow]:
    clocks = {one.round: one for one in case.clocks if one.kind is ClockKind.CO_HANDLE}
    return [
        CoTaskRow(
            department_name=_department(task.department_id),
            asked_at=task.asked_at,
            due_at=clocks[task.round].due_at,
            replied_at=task.replied_at,
        )
        for task in case.co_tasks
    ]


def _related(memory: MemoryRecord, case: Case) -> list[RelatedCase]:
    found = []
    for other in memory.cases.values():
        if other.id == case.id:
            continue
        relation = "similar"
        if other.id == case.duplicate_of:
            relation = "master"
        elif other.duplicate_of == case.id:
            relation = "duplicate"
        elif case.id == other.similar_to or other.id == case.similar_to:
            relation = "linked"
        elif other.class_code != case.class_code:
            continue
        found.append(_related_case(memory, case, other, relation))
    return sorted(found, key=lambda one: one.metres)


def _related_case(memory: MemoryRecord, case: Case, other: Case, relation: str) -> RelatedCase:
    here, there = case.place, other.place
    photos = memory.events[other.id][0].photos
    return RelatedCase(
        case_id=other.id,
        number=other.number,
        state=other.state,
        class_name=other.class_name,
        description=other.description,
        address=there.address,
        reporter_name=_name(memory, other.reporter_id),
        reported_at=other.reported_at,
        relation=relation,
        metres=round(offset(here.lon, here.lat, there.lon, there.lat).metres),
        reason="同类，两日内",
        photo=decode_photo(photos[0]).sha256 if photos else "",
    )


def _suspension(memory: MemoryRecord, case: Case) -> Suspension | None:
    if case.state is not State.SUSPENDED:
        return None
    asked = next(e for e in reversed(memory.events[case.id]) if e.operation == "askSuspend")
    since = next(e.at for e in reversed(memory.events[case.id]) if e.operation == "auditSuspend")
    return Suspension(_department(case.department_id), since, asked.opinion)


def _departments() -> tuple[Suggestion, ...]:
    ordinary = [one for one in _NAMES if one not in (DISTRICT_CENTER, TOWN_CENTER)]
    return tuple(
        Suggestion(one, _NAMES[one], "部件权属单位" if place == 0 else "")
        for place, one in enumerate(ordinary)
    )


def _people(post: Post, why: str) -> list[Suggestion]:
    return [Suggestion(s.person_id, s.person_name, why) for s in EVERYONE if s.post is post]


def _holder(memory: MemoryRecord, case: Case) -> str:
    if case.holder_department_id is not None:
        return _department(case.holder_department_id)
    if case.holder_person_id is not None:
        return _name(memory, case.holder_person_id)
    return next((s.post_name for s in EVERYONE if s.post is case.holder_post), "")


def _name(memory: MemoryRecord, person_id: PersonId | None) -> str:
    return "" if person_id is None else memory.names.get(person_id, "")


def _department(department_id: DepartmentId | None) -> str:
    return "" if department_id is None else _NAMES.get(department_id, "")
