"""The rows of queues as windows have them, and the pages that they come in."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from db.queries.names import Names
from db.queries.questions import Question
from db.queries.queue_statements import SHOWN
from db.queries.sightings import sightings
from db.queries.suspensions import suspensions
from db.queries.vocabulary import Vocabulary
from db.tables import CaseRow
from workflow.grams import words_of
from workflow.ids import CaseId
from workflow.instants import from_epoch_ms
from workflow.queries import Found, QueuePage, QueueQuery, QueueRow, QueueTotal
from workflow.queues import Suspension
from workflow.states import State

_STATES = {state.value: state for state in State}


def read_page(
    connection: Connection,
    query: QueueQuery,
    now: datetime,
    names: Names,
    vocabulary: Vocabulary | None = None,
) -> QueuePage:
    """One page of a box, by keyset: it costs what the first one does.

    Boxes that hold ended cases have no deadline to sort by: newest first. A case whose whole number
    is searched stands at the top.
    """
    question = Question(connection, query, now, vocabulary)
    found = list(question.page(query.after, query.limit))
    last = None if len(found) < query.limit else found[-1]
    named = _named(question, query) if query.filter.text else None
    if named is not None:
        found = [row for row in found if row.id != named.id]
        found[:0] = [named] if query.after is None else []
    seen = sightings(connection, [row.id for row in found], question.words)
    rows = _queue_rows(connection, found, names, seen)
    return QueuePage(rows, None if last is None else question.cursor(last))


def read_page_at(
    connection: Connection,
    query: QueueQuery,
    offset: int,
    now: datetime,
    names: Names,
    vocabulary: Vocabulary | None = None,
) -> QueuePage:
    """The page that begins with the row at a place counted from 0; empty behind the last row."""
    question = Question(connection, query, now, vocabulary)
    after = question.cursor_before(offset) if offset else None
    if offset and after is None:
        return QueuePage((), None)
    found = question.page(after, query.limit)
    seen = sightings(connection, [row.id for row in found], question.words)
    rows = _queue_rows(connection, found, names, seen)
    is_last = len(found) < query.limit
    return QueuePage(rows, None if is_last else question.cursor(found[-1]))


def read_total(
    connection: Connection,
    query: QueueQuery,
    now: datetime,
    vocabulary: Vocabulary | None = None,
) -> QueueTotal:
    """How many cases a narrowed box holds; exactly wherever that is quick to know."""
    return Question(connection, query, now, vocabulary).total()


def _named(question: Question, query: QueueQuery) -> Row[*tuple[Any, ...]] | None:
    """The case of the queue whose number is the whole of the searched text."""
    words = words_of(query.filter.text)
    return question.numbered(words[0]) if len(words) == 1 else None


def read_rows(
    connection: Connection, case_ids: Sequence[CaseId], names: Names
) -> tuple[QueueRow, ...]:
    """Fresh rows of given cases; a case that does not exist is left out."""
    found = connection.execute(select(*SHOWN).where(CaseRow.id.in_(case_ids)))
    return _queue_rows(connection, list(found), names, {})


def _queue_rows(
    connection: Connection,
    found: Sequence[Row[*tuple[Any, ...]]],
    names: Names,
    seen: Mapping[int, Found],
) -> tuple[QueueRow, ...]:
    """The rows as windows have them; of suspended cases also why they are."""
    waiting = {row.id: row.department_id for row in found if row.state == State.SUSPENDED}
    why = suspensions(connection, waiting, names)
    return tuple(_queue_row(row, names, seen.get(row.id), why.get(row.id)) for row in found)


def _queue_row(
    row: Row[*tuple[Any, ...]], names: Names, found: Found | None, suspension: Suspension | None
) -> QueueRow:
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
        *marks,
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
        found=found,
        **_marks(marks, names),
        suspension=suspension,
    )


def _marks(row: Sequence[Any], names: Names) -> dict[str, Any]:
    """What the small icons of a row say."""
    (
        _,
        claimed_by,
        supervised,
        request_kind,
        return_count,
        extension_count,
        emergency,
        suspended_until,
        duplicate_of,
    ) = row
    return {
        "claimed_by": names.people.get(claimed_by, ""),
        "supervised": supervised,
        "request_kind": request_kind,
        "return_count": return_count,
        "extension_count": extension_count,
        "emergency": emergency,
        "suspended_until": None if suspended_until is None else from_epoch_ms(suspended_until),
        "duplicate": duplicate_of is not None,
    }
