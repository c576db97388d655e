"""The rows of queues as windows have them, and the pages that they come in."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from db.queries.names import Names
from db.queries.provisional import provisional_cases
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
    unsure = provisional_cases(connection, found)
    return tuple(
        _queue_row(row, names, seen.get(row.id), why.get(row.id), is_unsure=row.id in unsure)
        for row in found
    )


def _queue_row(
    row: Row[*tuple[Any, ...]],
    names: Names,
    found: Found | None,
    suspension: Suspension | None,
    *,
    is_unsure: bool,
) -> QueueRow:
    # By their places: sixty rows by their attributes' names cost more than reading them did.
    values: dict[str, Any] = dict(zip(_COLUMNS, row, strict=True))
    holder = (values.pop(name) for name in _HOLDER)
    values["holder"] = names.holder(*holder)
    values["case_id"] = values.pop("id")
    values["condition"] = names.conditions.get(values.pop("condition_id"), "")
    values["claimed_by"] = names.people.get(values["claimed_by"], "")
    values["duplicate"] = values.pop("duplicate_of") is not None
    values["state"] = _STATES[values["state"]]
    values["paused"] = bool(values["paused"])
    for name in _INSTANTS:
        instant = values[name]
        values[name] = None if instant is None else from_epoch_ms(instant)
    del values["department_id"]
    return QueueRow(**values, found=found, suspension=suspension, provisional=is_unsure)


_COLUMNS = tuple(column.key for column in SHOWN)
_HOLDER = ("holder_post", "holder_person_id", "holder_department_id")
_INSTANTS = ("reported_at", "due_at", "warn_at", "suspended_until")
