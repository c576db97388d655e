"""What a step must know beyond its own case: quotas, uses of an authorisation, who may check."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Final

from sqlalchemy import Connection, Select, and_, func, literal_column, or_, select, text

from db.tables import (
    BeatCollectorRow,
    BeatRow,
    CaseEventRow,
    CaseRow,
    DepartmentRow,
    PersonPostRow,
    TransitionPostRow,
    TransitionRow,
)
from workflow.case import Case
from workflow.errors import NotFound
from workflow.ids import DepartmentId, PersonId
from workflow.instants import CHINA_STANDARD_TIME, epoch_ms
from workflow.ports import Rules
from workflow.posts import COMMAND_AXIS
from workflow.settings import QuotaBase
from workflow.surroundings import Quota

BASE_NAMES: Final = {
    QuotaBase.DUE: "当月到期案件",
    QuotaBase.DISPATCHED: "当月派遣案件",
    QuotaBase.FILED: "当月立案案件",
}
_BASE_COLUMNS: Final = {
    QuotaBase.DUE: CaseRow.handle_due_at,
    QuotaBase.DISPATCHED: CaseRow.dispatched_at,
    QuotaBase.FILED: CaseRow.filed_at,
}


def read_department(connection: Connection, department_id: DepartmentId) -> tuple[str, str]:
    """Name and kind of a department. Raises NotFound."""
    row = connection.execute(
        select(DepartmentRow.name, DepartmentRow.kind).where(DepartmentRow.id == department_id)
    ).one_or_none()
    if row is None:
        raise NotFound(
            "There is no department with the id {department_id} in the record.",
            department_id=department_id,
        )
    return row.name, row.kind


def read_quota(
    connection: Connection, department_id: DepartmentId, month: date, rules: Rules
) -> Quota:
    """How much of a department's month has been extended. Raises NotFound."""
    name, _ = read_department(connection, department_id)
    settings = rules.settings
    month = month.replace(day=1)
    # An instant of the month lies between its first midnight and the next month's.
    values = {
        "department_id": department_id,
        "first": epoch_ms(_midnight(month)),
        "next": epoch_ms(_midnight(_month_after(month))),
    }
    return Quota(
        department_id=department_id,
        department_name=name,
        month=month,
        extended=connection.execute(_EXTENDED, values).scalar_one(),
        base=connection.execute(_BASES[settings.quota_base], values).scalar_one(),
        percent=settings.quota_percent,
        base_name=BASE_NAMES[settings.quota_base],
    )


def count_uses(connection: Connection, authorisation_id: str, since: datetime) -> int:
    """How many steps an authorisation allowed from an instant on."""
    used = _USED_ON_SERVER if connection.dialect.name == "postgresql" else _USED_IN_FILE
    values = {"since": epoch_ms(since), "authorisation_id": authorisation_id}
    return int(connection.execute(used, values).scalar_one())


def read_checkers(connection: Connection, case: Case) -> Sequence[PersonId]:
    """Who may check the case: neither reporter, nor beat, nor who had a hand in it; by id."""
    beat = (
        select(BeatCollectorRow.person_id)
        .join(BeatRow, BeatRow.id == BeatCollectorRow.beat_id)
        .where(BeatRow.code == case.place.beat_code)
    )
    hands = select(CaseEventRow.person_id).where(
        CaseEventRow.case_id == case.id,
        CaseEventRow.post.in_([post.value for post in COMMAND_AXIS]),
    )
    found = connection.execute(
        select(PersonPostRow.person_id)
        .distinct()
        .where(
            PersonPostRow.post.in_(checking_posts(connection, case)),
            PersonPostRow.person_id != case.reporter_id,
            PersonPostRow.person_id.not_in(beat),
            PersonPostRow.person_id.not_in(hands),
        )
        .order_by(PersonPostRow.person_id)
    ).scalars()
    return tuple(PersonId(person) for person in found)


def checking_posts(connection: Connection, case: Case) -> tuple[str, ...]:
    """The posts that answer a check under the rules of the case, by code."""
    t, p = TransitionRow, TransitionPostRow
    found = connection.execute(
        select(p.post)
        .distinct()
        .join(t, (t.profile == p.profile) & (t.version == p.version) & (t.ord == p.ord))
        .where(
            t.profile == case.profile,
            t.version == case.rules_version,
            t.from_state == "Checking",
            t.operation == "replyCheck",
        )
        .order_by(p.post)
    ).scalars()
    return tuple(found)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), CHINA_STANDARD_TIME)


def _month_after(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _counted(base: QuotaBase) -> Select[int]:
    column = _BASE_COLUMNS[base]
    return (
        select(func.count())
        .select_from(CaseRow)
        .where(
            CaseRow.department_id == text(":department_id"),
            column >= text(":first"),
            column < text(":next"),
        )
    )


_BASES: Final = {base: _counted(base) for base in QuotaBase}
# In the spelling of the partial index. An extension at the end of a month moves the deadline into
# the next one and still is one of the month that granted it.
_EXTENDED: Final = (
    select(func.count())
    .select_from(CaseRow)
    .where(
        CaseRow.department_id == text(":department_id"),
        CaseRow.extension_count > literal_column("0"),
        or_(
            and_(
                CaseRow.handle_due_at >= text(":first"),
                CaseRow.handle_due_at < text(":next"),
            ),
            and_(CaseRow.extended_at >= text(":first"), CaseRow.extended_at < text(":next")),
        ),
    )
)
_USED_IN_FILE: Final = text(
    "SELECT count(*) FROM case_event AS e JOIN cases AS c ON c.id = e.case_id"
    " WHERE e.operation IN ('authClose', 'askDirectClose') AND e.at >= :since"
    " AND coalesce(e.body ->> '$.changes.authorisation_id[1]', c.authorisation_id)"
    " = :authorisation_id"
)
_USED_ON_SERVER: Final = text(
    "SELECT count(*) FROM case_event AS e JOIN cases AS c ON c.id = e.case_id"
    " WHERE e.operation IN ('authClose', 'askDirectClose') AND e.at >= :since"
    " AND coalesce(e.body::jsonb #>> '{changes,authorisation_id,1}', c.authorisation_id)"
    " = :authorisation_id"
)
