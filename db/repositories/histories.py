"""Whole histories of new cases, many at a time and through the guards: what an import writes.

A case taken over from elsewhere arrives with all its steps. Step by step the record would take
minutes for a year of a city; here the first steps of a lot are written together, then the second
ones: to each single case it is the order that the guards ask for.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, text, update

from db.repositories.case_rows import case_values
from db.repositories.clock_rows import clock_values
from db.repositories.event_rows import attachment_values, event_values
from db.search_index import index_new
from db.tables import AttachmentRow, CaseEventRow, CaseRow, ChangeLogRow, ClockRow
from workflow.case import Case
from workflow.decide import Decision
from workflow.events import FIRST_HASH
from workflow.ids import PersonId
from workflow.instants import epoch_ms

History = Sequence[Decision]
"""The steps of one case from its report on."""
Row = dict[str, Any]

_EMPTY = {"version": 0, "projected_version": 0, "state": "", "head_hash": FIRST_HASH}
_MOVED_BY_THE_EVENT = frozenset({"id", "version", "state", "head_hash"})
_RESERVE = text(
    "INSERT INTO number_series (day, last) VALUES (:day, :count)"
    " ON CONFLICT (day) DO UPDATE SET last = number_series.last + :count RETURNING last"
)


def reserve_numbers(connection: Connection, days: Sequence[date]) -> list[str]:
    """A case number for each of these days: yyMMdd and a serial, in the order given."""
    keys = [f"{day:%y%m%d}" for day in days]
    following: dict[str, int] = {}
    for key, count in Counter(keys).items():
        last = connection.execute(_RESERVE, {"day": key, "count": count}).scalar_one()
        following[key] = last - count + 1
    numbers = []
    for key in keys:
        numbers.append(f"{key}{following[key]:05}")
        following[key] += 1
    return numbers


def known_numbers(connection: Connection, reporter_id: PersonId) -> set[str]:
    """The foreign numbers of all cases that this person took over."""
    found = connection.execute(
        select(CaseRow.external_number).where(
            CaseRow.external_number != "", CaseRow.reporter_id == reporter_id
        )
    )
    return set(found.scalars())


def newly_known(connection: Connection, reporter_id: PersonId, numbers: Iterable[str]) -> set[str]:
    """Those of the foreign numbers that are in the record by now."""
    found = connection.execute(
        select(CaseRow.external_number).where(
            CaseRow.external_number != "",
            CaseRow.external_number.in_(list(numbers)),
            CaseRow.reporter_id == reporter_id,
        )
    )
    return set(found.scalars())


def add_histories(connection: Connection, histories: Sequence[History]) -> None:
    """New cases with all their steps, in the transaction that is open.

    The change log has one line a case: for whoever looks at the record, each is one change.
    Co-handling (协办) is not in them: no other system's file tells of it.
    """
    if not histories:
        return
    rows = [[case_values(step.case) for step in history] for history in histories]
    connection.execute(insert(CaseRow), [{**of_case[0], **_EMPTY} for of_case in rows])
    for place in range(max(len(history) for history in histories)):
        there = [n for n, history in enumerate(histories) if len(history) > place]
        steps = [histories[n][place] for n in there]
        before = [histories[n][place - 1].case if place else None for n in there]
        _take_steps(connection, steps, before)
        # What enters the record for the first time is there already, but for its version.
        _project(connection, [(rows[n][max(place - 1, 0)], rows[n][place]) for n in there])
    index_new(connection, [of_case[-1] for of_case in rows])
    connection.execute(insert(ChangeLogRow), [_line(history) for history in histories])


def _line(history: History) -> dict[str, Any]:
    event = history[-1].event
    return {
        "at": epoch_ms(event.at),
        "entity": "case",
        "entity_id": event.case_id,
        "kind": "report",
    }


def _take_steps(
    connection: Connection, steps: Sequence[Decision], before: Sequence[Case | None]
) -> None:
    """One step of each of many cases: the event, then its clocks and photos."""
    connection.execute(insert(CaseEventRow), [event_values(step.event) for step in steps])
    _write_clocks(connection, steps, before)
    if photos := [row for step in steps for row in attachment_values(step.event)]:
        connection.execute(insert(AttachmentRow), photos)


def _write_clocks(
    connection: Connection, steps: Sequence[Decision], before: Sequence[Case | None]
) -> None:
    new: list[Row] = []
    changed: list[Row] = []
    for step, case in zip(steps, before, strict=True):
        touched = {(clock["kind"], clock["round"]) for clock in step.event.clocks}
        held = {(clock.kind.value, clock.round) for clock in case.clocks} if case else set()
        for row in clock_values(step.case):
            key = (row["kind"], row["round"])
            if key in touched:
                (changed if key in held else new).append(row)
    if new:
        connection.execute(insert(ClockRow), new)
    if changed:
        _update(connection, ClockRow, ("case_id", "kind", "round"), changed)


def _project(connection: Connection, rows: Iterable[tuple[Row, Row]]) -> None:
    """Write the columns that changed: alike ones together, so that each index is spared."""
    alike: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for before, after in rows:
        changed = {name for name, value in after.items() if value != before[name]}
        columns = ("id", *sorted({*changed, "projected_version"} - _MOVED_BY_THE_EVENT))
        alike[columns].append({name: after[name] for name in columns})
    for some in alike.values():
        _update(connection, CaseRow, ("id",), some)


def _update(
    connection: Connection, rows_of: Any, keys: tuple[str, ...], rows: Sequence[Row]
) -> None:
    table = rows_of.__table__
    # The columns to set are those of the rows; a key must not be named like a column.
    statement = update(table).where(*(table.c[key] == bindparam(f"key_{key}") for key in keys))
    named = [
        {(f"key_{name}" if name in keys else name): value for name, value in row.items()}
        for row in rows
    ]
    connection.execute(statement, named)
