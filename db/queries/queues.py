"""Queues: pages of a box by keyset, never by offset: every page costs what the first one does."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    func,
    or_,
    select,
    tuple_,
)

from db.queries.boxes import held_by, is_open_box, shows_lamp
from db.queries.names import Names
from db.tables import CaseRow
from workflow.ids import CaseId
from workflow.instants import epoch_ms, from_epoch_ms
from workflow.queries import QueueFilter, QueuePage, QueueQuery, QueueRow, QueueSort
from workflow.states import State

_SHOWN = (
    CaseRow.id,
    CaseRow.version,
    CaseRow.number,
    CaseRow.state,
    CaseRow.kind,
    CaseRow.class_code,
    CaseRow.class_name,
    CaseRow.condition_id,
    CaseRow.source,
    CaseRow.address,
    CaseRow.street_name,
    CaseRow.holder_post,
    CaseRow.holder_person_id,
    CaseRow.holder_department_id,
    CaseRow.lon,
    CaseRow.lat,
    CaseRow.urgent,
    CaseRow.rework_count,
    CaseRow.reported_at,
    CaseRow.due_at,
    CaseRow.warn_at,
    CaseRow.paused,
)

_SORT_COLUMN: dict[QueueSort, Any] = {
    QueueSort.REMAINING: CaseRow.due_at,
    QueueSort.REPORTED: CaseRow.reported_at,
    QueueSort.NUMBER: CaseRow.number,
    QueueSort.CLASS: CaseRow.class_code,
    QueueSort.PLACE: CaseRow.address,
}


def read_page(connection: Connection, query: QueueQuery, now: datetime, names: Names) -> QueuePage:
    """One page of a box. Boxes that hold ended cases have no deadline to sort by: newest first."""
    found = connection.execute(page_statement(query, now)).all()
    rows = tuple(_queue_row(row, names) for row in found)
    if len(found) < query.limit:
        return QueuePage(rows, None)
    column, _ = _order(query)
    last = found[-1]
    return QueuePage(rows, (getattr(last, column.key), last.id))


def page_statement(query: QueueQuery, now: datetime) -> Select[*tuple[Any, ...]]:
    """The SELECT of a page."""
    column, descending = _order(query)
    key = column
    if is_open_box(query.box) and column is not CaseRow.due_at:
        # The open cases of a million are few: read and sort them all. As an expression the key
        # fits no index, or all cases would be walked in its order to find those few.
        key = func.coalesce(column, column)
    conditions = [*held_by(query.box, query.seat, now), *_narrowed(query.filter, epoch_ms(now))]
    if query.after is not None:
        conditions.append(_behind(key, query.after, descending, column.nullable))
    ways = [one.desc() if descending else one.asc() for one in (key, CaseRow.id)]
    if column.nullable:
        ways[0] = ways[0].nulls_last()
    return select(*_SHOWN).where(*conditions).order_by(*ways).limit(query.limit)


def _order(query: QueueQuery) -> tuple[Any, bool]:
    """The column that a queue is sorted by, and whether downward."""
    if query.sort is QueueSort.REMAINING and not is_open_box(query.box):
        return CaseRow.reported_at, True
    return _SORT_COLUMN[query.sort], query.descending


def _behind(
    key: Any, after: tuple[Any, ...], descending: bool, is_nullable: bool
) -> ColumnElement[bool]:
    """What follows the last row of the page before; rows without a key stand at the end."""
    value, case_id = after
    if value is None:
        return and_(key.is_(None), CaseRow.id < case_id if descending else CaseRow.id > case_id)
    here = tuple_(key, CaseRow.id)
    last = tuple_(bindparam(None, value), bindparam(None, case_id))
    further: ColumnElement[bool] = here < last if descending else here > last
    return or_(further, key.is_(None)) if is_nullable else further


def read_rows(
    connection: Connection, case_ids: Sequence[CaseId], names: Names
) -> tuple[QueueRow, ...]:
    """Fresh rows of given cases; a case that does not exist is left out."""
    found = connection.execute(select(*_SHOWN).where(CaseRow.id.in_(case_ids)))
    return tuple(_queue_row(row, names) for row in found)


def _narrowed(wanted: QueueFilter, now: int) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if text := wanted.text.strip():
        conditions.append(
            or_(
                CaseRow.number.startswith(text, autoescape=True),
                *(
                    column.contains(text, autoescape=True)
                    for column in (CaseRow.address, CaseRow.class_name, CaseRow.description)
                ),
            )
        )
    if wanted.lamp is not None:
        conditions.append(shows_lamp(wanted.lamp, now))
    exact = {
        CaseRow.kind: wanted.kind,
        CaseRow.class_code: wanted.class_code,
        CaseRow.source: wanted.source,
        CaseRow.street_code: wanted.street_code,
        CaseRow.urgent: wanted.urgent,
    }
    conditions.extend(column == value for column, value in exact.items() if value is not None)
    return conditions


def _queue_row(row: Row[*tuple[Any, ...]], names: Names) -> QueueRow:
    return QueueRow(
        case_id=CaseId(row.id),
        version=row.version,
        number=row.number,
        state=State(row.state),
        kind=row.kind,
        class_code=row.class_code,
        class_name=row.class_name,
        condition=names.conditions.get(row.condition_id, ""),
        source=row.source,
        address=row.address,
        street_name=row.street_name,
        holder=names.holder(row.holder_post, row.holder_person_id, row.holder_department_id),
        lon=row.lon,
        lat=row.lat,
        urgent=row.urgent,
        rework_count=row.rework_count,
        reported_at=from_epoch_ms(row.reported_at),
        due_at=None if row.due_at is None else from_epoch_ms(row.due_at),
        warn_at=None if row.warn_at is None else from_epoch_ms(row.warn_at),
        paused=bool(row.paused),
    )
