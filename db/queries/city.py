"""The city, its seats, its open cases on the map, and today's sum."""

import json
from datetime import datetime

from sqlalchemy import Connection, Integer, and_, cast, false, func, select

from db.tables import CaseRow, CityRow, DepartmentRow, PersonPostRow, PersonRow, PostRow
from workflow.ids import CaseId, DepartmentId, PersonId
from workflow.instants import epoch_ms, from_epoch_ms, midnight
from workflow.posts import Post, Seat
from workflow.queries import CaseMarker, CityInfo, DaySum
from workflow.states import State

BEFORE_FILING = (State.REPORTED, State.VERIFYING, State.PENDING_FILING)
SETTLED = (State.CLOSED, State.FORCE_CLOSED, State.ARCHIVED)


def read_city(connection: Connection) -> CityInfo:
    """The one city of the database."""
    row = connection.execute(select(CityRow.__table__)).one()
    return CityInfo(
        name=row.name,
        bounds=(row.west, row.south, row.east, row.north),
        view_crs=row.view_crs,
        profile=row.profile,
        synthetic=row.synthetic,
        cells=row.cells,
        components=row.components,
        count_breaks=tuple(json.loads(row.count_breaks)),
    )


def read_seats(connection: Connection) -> tuple[Seat, ...]:
    """Every person in every post, ordered by post, department and person."""
    rows = connection.execute(
        select(
            PersonRow.id,
            PersonRow.name,
            PersonPostRow.post,
            PostRow.name,
            PersonPostRow.department_id,
            DepartmentRow.name,
            DepartmentRow.district_code,
        )
        .join(PersonPostRow, PersonPostRow.person_id == PersonRow.id)
        .join(PostRow, PostRow.code == PersonPostRow.post)
        .outerjoin(DepartmentRow, DepartmentRow.id == PersonPostRow.department_id)
        .order_by(PersonPostRow.post, PersonPostRow.department_id, PersonRow.id)
    )
    return tuple(
        Seat(
            PersonId(person),
            name,
            Post(post),
            post_name,
            None if department is None else DepartmentId(department),
            department_name or "",
            district_code or "",
        )
        for person, name, post, post_name, department, department_name, district_code in rows
    )


def read_markers(connection: Connection) -> tuple[CaseMarker, ...]:
    """Every case that has not ended."""
    rows = connection.execute(
        select(
            CaseRow.id,
            CaseRow.lon,
            CaseRow.lat,
            CaseRow.kind,
            CaseRow.due_at,
            CaseRow.warn_at,
            CaseRow.paused,
            CaseRow.urgent,
        ).where(CaseRow.ended == false())
    )
    return tuple(
        CaseMarker(
            CaseId(row.id),
            row.lon,
            row.lat,
            row.kind,
            None if row.due_at is None else from_epoch_ms(row.due_at),
            None if row.warn_at is None else from_epoch_ms(row.warn_at),
            bool(row.paused),
            row.urgent,
        )
        for row in rows
    )


def read_day_sum(connection: Connection, now: datetime) -> DaySum:
    """What came in since midnight and where it stands: every report must be in one of the sums."""
    filed = CaseRow.filed_at.is_not(None)
    rejected = and_(~filed, CaseRow.state == State.REJECTED.value)
    before = and_(~filed, CaseRow.state.in_([state.value for state in BEFORE_FILING]))
    settled = and_(~filed, CaseRow.state.in_([state.value for state in SETTLED]))
    parts = (filed, rejected, before, settled)
    sums = (func.coalesce(func.sum(cast(part, Integer)), 0) for part in parts)
    counts = connection.execute(
        select(func.count(), *sums).where(
            CaseRow.reported_at >= epoch_ms(midnight(now)), CaseRow.reported_at <= epoch_ms(now)
        )
    ).one()
    return DaySum(*tuple(counts))
