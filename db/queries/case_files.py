"""The case file: everything that the case panel shows, read in one transaction."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select

from db.queries.names import Names
from db.queries.places import read_component
from db.tables import (
    BeatCollectorRow,
    BeatRow,
    CaseRow,
    DepartmentRow,
    PersonPostRow,
    PersonRow,
)
from workflow import clocks
from workflow.calendar import Segment
from workflow.case import Case
from workflow.catalog import FilingCondition
from workflow.decide import open_moves
from workflow.encoding import decode_photo
from workflow.events import CaseEvent
from workflow.ids import DepartmentId, PersonId
from workflow.past import Past
from workflow.ports import Rules
from workflow.posts import Post, Seat
from workflow.queries import CaseFile, ComponentCard, ProcessRow, Suggestion
from workflow.states import State

_PRECEDENTS = 5


def build_case_file(
    connection: Connection,
    case: Case,
    events: Sequence[CaseEvent],
    seat: Seat,
    rules: Rules,
    names: Names,
    now: datetime,
) -> CaseFile:
    """The file of a case as this seat sees it; `events` are all events of the case, in order."""
    condition = rules.catalog.condition(case.condition_id) if case.condition_id else None
    component = read_component(connection, case.component_code) if case.component_code else None
    process = _process(events, case, rules, names)
    segments, provisional = _ruler(case, rules)
    return CaseFile(
        case=case,
        condition=condition.text if condition else "",
        closing_condition=condition.closing_condition if condition else "",
        limit_text=_limit_text(case, condition),
        reporter_name=names.people.get(case.reporter_id, ""),
        department_name=names.departments.get(case.department_id or 0, ""),
        collector_name=names.people.get(case.collector_id or 0, ""),
        holder=names.holder(case.holder_post, case.holder_person_id, case.holder_department_id),
        component=component,
        process=process,
        photos=tuple(photo for row in process for photo in row.photos),
        moves=open_moves(case, seat, rules, Past.of(events), now),
        departments=_departments(connection, case, component, names),
        collectors=_collectors(connection, case, names),
        segments=segments,
        provisional=provisional,
        waiting_for=_waiting_for(connection, case, names),
    )


def _limit_text(case: Case, condition: FilingCondition | None) -> str:
    if case.handle_limit is not None:
        return str(case.handle_limit)
    if condition is None:
        return ""
    return str(condition.limit) if condition.limit else condition.limit_text


def _process(
    events: Iterable[CaseEvent], case: Case, rules: Rules, names: Names
) -> tuple[ProcessRow, ...]:
    operations = {
        (row.operation, row.outcome, row.from_state): row.name for row in rules.table.rows
    }
    late = {c.stopped_at for c in case.clocks if _missed(c)}
    rows: list[ProcessRow] = []
    for event in events:
        took = (event.at - rows[-1].at).total_seconds() if rows else None
        rows.append(
            ProcessRow(
                seq=event.seq,
                at=event.at,
                operation_name=operations.get(
                    (event.operation, event.outcome, event.from_state), event.operation
                ),
                from_state=event.from_state,
                to_state=event.to_state,
                person_name=names.people.get(event.person_id, ""),
                post_name=names.posts.get(event.post, event.post),
                opinion=event.opinion,
                took_seconds=None if took is None else int(took),
                overdue=event.at in late,
                photos=tuple(decode_photo(photo) for photo in event.photos),
            )
        )
    return tuple(rows)


def _missed(clock: clocks.Clock) -> bool:
    return clock.stopped_at is not None and not clock.cancelled and clock.stopped_at > clock.due_at


def _ruler(case: Case, rules: Rules) -> tuple[tuple[Segment, ...], bool]:
    """What lies between start and due of the clock that runs now; nothing once the case ended."""
    clock = None if case.state.is_ended else case.main_clock
    if clock is None:
        return (), False
    calendar = rules.calendar_of(clock.calendar_version)
    return (
        calendar.segments(clock.started_at, clock.due_at),
        calendar.is_provisional(clock.started_at, clock.due_at),
    )


def _departments(
    connection: Connection, case: Case, component: ComponentCard | None, names: Names
) -> tuple[Suggestion, ...]:
    """Departments best first, each with its reason: ownership, then precedents, then the place."""
    reasons: dict[int, list[str]] = {}
    if component is not None:
        reasons.setdefault(component.maintainer_id, []).append("部件养护单位")
        reasons.setdefault(component.owner_id, []).append("部件权属单位")
    precedents = connection.execute(
        select(CaseRow.department_id, func.count().label("times"))
        .where(
            CaseRow.class_code == case.class_code,
            CaseRow.kind == case.kind.value,
            CaseRow.state == State.CLOSED.value,
            CaseRow.street_code == case.place.street_code,
            CaseRow.department_id.is_not(None),
        )
        .group_by(CaseRow.department_id)
        .order_by(func.count().desc(), CaseRow.department_id)
        .limit(_PRECEDENTS)
    )
    for department, times in precedents:
        if department is not None:
            reasons.setdefault(department, []).append(f"本街道同类已结 {times} 件")
    first = tuple(
        Suggestion(department, names.departments.get(department, ""), " · ".join(why))
        for department, why in reasons.items()
    )
    rest = connection.execute(
        select(DepartmentRow.id, DepartmentRow.name)
        .where(DepartmentRow.id.not_in(list(reasons)))
        .order_by(DepartmentRow.id)
    )
    return first + tuple(Suggestion(department, name, "") for department, name in rest)


def _collectors(connection: Connection, case: Case, names: Names) -> tuple[Suggestion, ...]:
    """Collectors of the beat first, then those of the neighbouring beats of the street."""
    found = connection.execute(
        select(BeatCollectorRow.person_id, BeatRow.code, BeatRow.name)
        .join(BeatRow, BeatRow.id == BeatCollectorRow.beat_id)
        .where(BeatRow.street_code == case.place.street_code)
        .order_by(BeatRow.code != case.place.beat_code, BeatRow.code, BeatCollectorRow.person_id)
    )
    listed: dict[int, Suggestion] = {}
    for person, code, beat_name in found:
        reason = "本责任网格" if code == case.place.beat_code else beat_name
        listed.setdefault(person, Suggestion(person, names.people.get(person, ""), reason))
    return tuple(listed.values())


def _waiting_for(connection: Connection, case: Case, names: Names) -> Seat | None:
    """A person who can take the next step: the holder, or the first in the holding post."""
    if case.holder_post is None:
        return None
    query = (
        select(PersonRow.id, PersonRow.name, PersonPostRow.department_id)
        .join(PersonPostRow, PersonPostRow.person_id == PersonRow.id)
        .where(PersonPostRow.post == case.holder_post.value)
        .order_by(PersonRow.id)
        .limit(1)
    )
    if case.holder_person_id is not None:
        query = query.where(PersonRow.id == case.holder_person_id)
    if case.holder_department_id is not None:
        query = query.where(PersonPostRow.department_id == case.holder_department_id)
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    return Seat(
        PersonId(row.id),
        row.name,
        Post(case.holder_post),
        names.posts.get(case.holder_post.value, ""),
        None if row.department_id is None else DepartmentId(row.department_id),
        names.departments.get(row.department_id or 0, ""),
    )
