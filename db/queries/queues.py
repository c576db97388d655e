"""Queues: pages of a box by keyset, never by offset: every page costs what the first one does."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
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

from db.queries.boxes import BoxKind, asked, held_by, is_open_box
from db.queries.filters import Given, narrowed
from db.queries.names import Names
from db.tables import CaseRow
from workflow.ids import CaseId
from workflow.instants import from_epoch_ms
from workflow.queries import QueuePage, QueueQuery, QueueRow, QueueSort
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

_STATES = {state.value: state for state in State}

_SORT_COLUMN: dict[QueueSort, Any] = {
    QueueSort.REMAINING: CaseRow.due_at,
    QueueSort.REPORTED: CaseRow.reported_at,
    QueueSort.NUMBER: CaseRow.number,
    QueueSort.CLASS: CaseRow.class_code,
    QueueSort.PLACE: CaseRow.address,
}


def read_page(connection: Connection, query: QueueQuery, now: datetime, names: Names) -> QueuePage:
    """One page of a box. Boxes that hold ended cases have no deadline to sort by: newest first."""
    statement, values = page_statement(query, now)
    found = connection.execute(statement, values).all()
    rows = tuple(_queue_row(row, names) for row in found)
    if len(found) < query.limit:
        return QueuePage(rows, None)
    column, _ = _order(query)
    last = found[-1]
    return QueuePage(rows, (getattr(last, column.key), last.id))


def page_statement(
    query: QueueQuery, now: datetime
) -> tuple[Select[*tuple[Any, ...]], dict[str, Any]]:
    """The SELECT of a page and the values of its parameters."""
    column, descending = _order(query)
    last = query.after or ()
    after = None if not last else "value" if last[0] is not None else "end"
    given, values = narrowed(query.filter)
    values |= asked(query.box, query.seat, now)
    values |= {"limit": query.limit, **dict(zip(("last_key", "last_id"), last, strict=False))}
    return _page(BoxKind.of(query.box), column.key, descending, given, after), values


@lru_cache(maxsize=256)
def _page(
    kind: BoxKind, column_name: str, descending: bool, given: Given, after: str | None
) -> Select[*tuple[Any, ...]]:
    """Made once for each kind of page: making and compiling it costs more than running it."""
    column = getattr(CaseRow, column_name)
    key = column
    if kind.is_open and column_name != "due_at":
        # The open cases of a million are few: read and sort them all. As an expression the key
        # fits no index, or all cases would be walked in its order to find those few.
        key = func.coalesce(column, column)
    ways = [one.desc() if descending else one.asc() for one in (key, CaseRow.id)]
    if column.nullable:
        ways[0] = ways[0].nulls_last()
    page = select(*_SHOWN).where(*held_by(kind), *given.conditions)
    if after is not None:
        page = page.where(_behind(key, after, descending, column.nullable))
    return page.order_by(*ways).limit(bindparam("limit"))


def _order(query: QueueQuery) -> tuple[Any, bool]:
    """The column that a queue is sorted by, and whether downward."""
    if query.sort is QueueSort.REMAINING and not is_open_box(query.box):
        return CaseRow.reported_at, True
    return _SORT_COLUMN[query.sort], query.descending


def _behind(key: Any, after: str, descending: bool, is_nullable: bool) -> ColumnElement[bool]:
    """What follows the last row of the page before; rows without a key stand at the end."""
    last_id = bindparam("last_id", type_=BigInteger)
    if after == "end":
        return and_(key.is_(None), CaseRow.id < last_id if descending else CaseRow.id > last_id)
    here, last = tuple_(key, CaseRow.id), tuple_(bindparam("last_key", type_=key.type), last_id)
    further: ColumnElement[bool] = here < last if descending else here > last
    return or_(further, key.is_(None)) if is_nullable else further


def read_rows(
    connection: Connection, case_ids: Sequence[CaseId], names: Names
) -> tuple[QueueRow, ...]:
    """Fresh rows of given cases; a case that does not exist is left out."""
    found = connection.execute(select(*_SHOWN).where(CaseRow.id.in_(case_ids)))
    return tuple(_queue_row(row, names) for row in found)


def _queue_row(row: Row[*tuple[Any, ...]], names: Names) -> QueueRow:
    # Taken apart at once: sixty rows by their attributes' names cost more than reading them did.
    (
        case_id,
        version,
        number,
        state,
        kind,
        class_code,
        class_name,
        condition_id,
        source,
        address,
        street_name,
        holder_post,
        holder_person_id,
        holder_department_id,
        lon,
        lat,
        urgent,
        rework_count,
        reported_at,
        due_at,
        warn_at,
        paused,
    ) = row
    return QueueRow(
        case_id=case_id,
        version=version,
        number=number,
        state=_STATES[state],
        kind=kind,
        class_code=class_code,
        class_name=class_name,
        condition=names.conditions.get(condition_id, ""),
        source=source,
        address=address,
        street_name=street_name,
        holder=names.holder(holder_post, holder_person_id, holder_department_id),
        lon=lon,
        lat=lat,
        urgent=urgent,
        rework_count=rework_count,
        reported_at=from_epoch_ms(reported_at),
        due_at=None if due_at is None else from_epoch_ms(due_at),
        warn_at=None if warn_at is None else from_epoch_ms(warn_at),
        paused=bool(paused),
    )
