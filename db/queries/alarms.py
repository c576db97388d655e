"""Alarms: what a seat's own open cases have to say, and what the person has seen of it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, and_, func, or_, select, text

from db.tables import AlarmSeenRow, CaseEventRow, CaseRow, ClockRow
from workflow.alarms import Alarm, AlarmKind
from workflow.case import Timing
from workflow.clocks import ClockKind
from workflow.ids import CaseId
from workflow.instants import epoch_ms, from_epoch_ms
from workflow.posts import Post, Seat
from workflow.states import State

MOST: Final = 300
"""More alarms than anybody reads; the boxes have the rest."""

_OVERSEERS = frozenset({Post.SUPERVISOR, Post.LEADER})
"""They hold no case, and hear of what is late or under supervision in the whole city."""

_SEEN = text(
    "INSERT INTO alarm_seen (person_id, case_id, kind, mark, at)"
    " VALUES (:person_id, :case_id, :kind, :mark, :at) ON CONFLICT DO NOTHING"
)

Key = tuple[str, int, int]


def read_alarms(connection: Connection, seat: Seat, now: datetime) -> tuple[Alarm, ...]:
    """What the seat has not acknowledged yet, newest first."""
    seen = _seen(connection, seat)
    alarms = [
        alarm
        for row in connection.execute(_worth_telling(seat, epoch_ms(now)))
        for alarm in _alarms_of(row, seat, now)
        if (alarm.kind.value, int(alarm.case_id), alarm.mark) not in seen
    ]
    return tuple(sorted(alarms, key=lambda alarm: alarm.since, reverse=True)[:MOST])


def acknowledge(
    connection: Connection,
    alarms: Sequence[tuple[AlarmKind, CaseId, int]],
    seat: Seat,
    at: datetime,
) -> None:
    """Note that the person has seen these; seeing one twice changes nothing."""
    values = [
        {
            "person_id": seat.person_id,
            "kind": kind.value,
            "case_id": case_id,
            "mark": mark,
            "at": epoch_ms(at),
        }
        for kind, case_id, mark in alarms
    ]
    if values:
        connection.execute(_SEEN, values)


def _seen(connection: Connection, seat: Seat) -> set[Key]:
    rows = connection.execute(
        select(AlarmSeenRow.kind, AlarmSeenRow.case_id, AlarmSeenRow.mark)
        .join(CaseRow, CaseRow.id == AlarmSeenRow.case_id)
        .where(AlarmSeenRow.person_id == seat.person_id, ~CaseRow.ended)
    )
    return {(row.kind, row.case_id, row.mark) for row in rows}


def _worth_telling(seat: Seat, now: int) -> Any:
    """The open cases of the seat that have anything to say."""
    told_since = (
        select(func.max(ClockRow.started_at))
        .where(ClockRow.case_id == CaseRow.id, ClockRow.kind == ClockKind.SUPERVISE_REPLY.value)
        .correlate(CaseRow)
        .scalar_subquery()
    )
    last_step = (
        select(CaseEventRow.at)
        .where(CaseEventRow.case_id == CaseRow.id, CaseEventRow.seq == CaseRow.version)
        .correlate(CaseRow)
        .scalar_subquery()
    )
    late = and_(CaseRow.warn_at <= now, ~CaseRow.paused)
    news = or_(
        late,
        CaseRow.urgent,
        CaseRow.supervised.is_not(None),
        CaseRow.state == State.RETURNED.value,
    )
    if seat.post in _OVERSEERS:
        news = or_(and_(CaseRow.due_at < now, ~CaseRow.paused), CaseRow.supervised.is_not(None))
    return (
        select(
            CaseRow.id,
            CaseRow.number,
            CaseRow.class_name,
            CaseRow.address,
            CaseRow.state,
            CaseRow.urgent,
            CaseRow.supervised,
            CaseRow.supervise_count,
            CaseRow.return_count,
            CaseRow.reported_at,
            CaseRow.due_at,
            CaseRow.warn_at,
            CaseRow.paused,
            told_since.label("supervised_at"),
            last_step.label("last_step_at"),
        )
        .where(~CaseRow.ended, news, *_own(seat))
        .order_by(CaseRow.due_at.desc())
        .limit(2 * MOST)
    )


def _own(seat: Seat) -> Iterator[ColumnElement[bool]]:
    """Whose turn it is: this post's, this person's or this department's."""
    if seat.post in _OVERSEERS:
        return
    yield CaseRow.holder_post == seat.post.value
    yield or_(CaseRow.holder_person_id.is_(None), CaseRow.holder_person_id == seat.person_id)
    if seat.department_id is not None:
        yield or_(
            CaseRow.holder_department_id.is_(None),
            CaseRow.holder_department_id == seat.department_id,
        )
    if seat.district_code:
        yield CaseRow.district_code == seat.district_code


def _alarms_of(row: Row[Any], seat: Seat, now: datetime) -> Iterator[Alarm]:
    timing = Timing(from_epoch_ms(row.due_at), from_epoch_ms(row.warn_at), bool(row.paused), None)

    def alarm(kind: AlarmKind, mark: int, since: int) -> Alarm:
        return Alarm(
            kind=kind,
            case_id=CaseId(row.id),
            mark=mark,
            number=row.number,
            class_name=row.class_name,
            address=row.address,
            state=State(row.state),
            lamp=timing.lamp(now),
            since=from_epoch_ms(since),
        )

    if not row.paused and row.due_at < epoch_ms(now):
        yield alarm(AlarmKind.OVERDUE, row.due_at, row.due_at)
    elif not row.paused and row.warn_at <= epoch_ms(now) and seat.post not in _OVERSEERS:
        yield alarm(AlarmKind.SOON, row.due_at, row.warn_at)
    if row.urgent and seat.post not in _OVERSEERS:
        yield alarm(AlarmKind.URGENT, 0, row.reported_at)
    if row.state == State.RETURNED.value and seat.post not in _OVERSEERS:
        yield alarm(AlarmKind.RETURNED, row.return_count, row.last_step_at)
    if row.supervised is not None:
        yield alarm(AlarmKind.SUPERVISED, row.supervise_count, row.supervised_at)
