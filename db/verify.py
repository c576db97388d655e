"""The record proves itself: every chain recomputed, every case rebuilt and compared."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, func, select

from db import guards
from db.engine import Database
from db.errors import DatabaseDamaged
from db.looking_over import Looked, Looker, Span, looking_over, read_allowed, spans_up_to
from db.repositories.case_rows import case_values, co_task_values
from db.repositories.clock_rows import clock_values
from db.repositories.event_rows import attachment_values, event_from
from db.tables import (
    AttachmentRow,
    CaseEventRow,
    CaseRow,
    CaseSearchRow,
    ClockRow,
    CoTaskRow,
)
from workflow.errors import RecordDamaged, WanmiError
from workflow.events import FIRST_HASH, CaseEvent, event_hash
from workflow.replay import first_break, replay

Progress = Callable[[int, int], None]
"""Told how many cases are done, of how many."""

_KEPT: Final = 20
_WORTH_A_PROCESS: Final = 20_000
"""Cases for which starting another process pays."""

_NO_STEPS: Final = (
    "Case {number} is damaged: it has no steps. Keep the file as it is and restore a backup."
)
_OTHER_COLUMN: Final = (
    "Case {number} is damaged: its steps say otherwise about {column}. "
    "Keep the file as it is and restore a backup."
)
_OTHER_CLOCKS: Final = (
    "Case {number} is damaged: its clocks are not those of its steps. "
    "Keep the file as it is and restore a backup."
)
_OTHER_PHOTOS: Final = (
    "Case {number} is damaged: its photos are not those of its steps. "
    "Keep the file as it is and restore a backup."
)
_OTHER_TASKS: Final = (
    "Case {number} is damaged: its co-handling tasks are not those of its steps. "
    "Keep the file as it is and restore a backup."
)
_OTHER_SPELLING: Final = (
    "Case {number} is damaged: step {seq} is not spelled as it was sealed. "
    "Keep the file as it is and restore a backup."
)
_UNSEARCHABLE: Final = (
    "Case {number} is damaged: no search finds it, though its steps are there. "
    "Keep the file as it is and restore a backup."
)
_NOT_ALLOWED: Final = (
    "Case {number} is damaged: its transition table does not allow step {seq}. "
    "Keep the file as it is and restore a backup."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What a walk over the whole record found.

    Attributes:
        damages: how many damages there are.
        first: the first of them, in the order of the cases, as sentences.
    """

    cases: int
    events: int
    damages: int
    first: tuple[WanmiError, ...]

    @property
    def is_clean(self) -> bool:
        """Whether nothing is damaged."""
        return self.damages == 0


def verify(
    database: Database, progress: Progress | None = None, processes: int | None = None
) -> Verification:
    """Walk over every case of one moment's record; memory stays flat however many there are.

    For every case: its steps are numbered without a gap, each is chained to the one before and has
    the hash of its content, the transition table allows it; and what the steps make of the case is,
    column by column, what the case row, its clocks, its photos and its co-handling tasks say; and
    a search finds it.
    Before that, every page of a file must be readable and in its place. A large file is looked
    over by several processes; each case is seen as it stood at one moment.

    Args:
        processes: how many look over a file; None for as many as it is worth.

    Raises:
        DatabaseDamaged: the pages are damaged, so the cases cannot be looked at.
    """
    with database.snapshot() as connection:
        _refuse_damaged_pages(connection, database.name)
        walk = _Walk(connection, progress or _silent)
        helpers = _helpers(connection) if processes is None else processes
        if database.path is None or helpers < 2:
            return walk.run(lambda spans: map(Looker(connection).look_over, spans))
        with looking_over(database.path, helpers) as look_over:
            return walk.run(look_over)


def _helpers(connection: Connection) -> int:
    """How many processes are worth their start."""
    last = connection.execute(select(func.max(CaseRow.id))).scalar() or 0
    return min(os.cpu_count() or 1, last // _WORTH_A_PROCESS)


def _refuse_damaged_pages(connection: Connection, name: str) -> None:
    if connection.dialect.name != "sqlite":
        return  # A server looks after its own pages.
    found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
    if found != "ok":
        raise DatabaseDamaged(
            "{name} is damaged: part of it cannot be read. Put the last backup in its place.",
            name=name,
        )


def _silent(done: int, of: int) -> None:
    """Nobody asked."""


class _Walk:
    """One pass over the record: quickly over all cases, carefully over those that look wrong."""

    def __init__(self, connection: Connection, progress: Progress) -> None:
        self._connection = connection
        self._progress = progress
        self._allowed = read_allowed(connection)
        self._damages = 0
        self._first: list[WanmiError] = []

    def run(self, spans: Callable[[Sequence[Span]], Iterator[Looked]]) -> Verification:
        """Look over every span with `spans`, which may have help."""
        self._report(_missing_guards(self._connection))
        self._report(_unsearchable(self._connection))
        total = self._connection.execute(select(func.count()).select_from(CaseRow)).scalar_one()
        last = self._connection.execute(select(func.max(CaseRow.id))).scalar() or 0
        cases = events = 0
        for looked in spans(spans_up_to(last)):
            cases += looked.cases
            events += looked.events
            for key in looked.suspicious:
                self._report(self._check(key))
            self._report(_orphans(key) for key in looked.orphans)
            if looked.cases:
                self._progress(cases, total)
        return Verification(
            cases=cases, events=events, damages=self._damages, first=tuple(self._first)
        )

    def _rows(self, rows_of: Any, key: int, *order: str) -> Sequence[RowMapping]:
        table = rows_of.__table__
        found = select(table).where(table.c.case_id == key)
        return self._connection.execute(found.order_by(*order)).mappings().all()

    def _check(self, key: int) -> Iterator[WanmiError]:
        """Everything that is wrong with one case, in words."""
        table = CaseRow.__table__
        row = self._connection.execute(select(table).where(table.c.id == key)).mappings().one()
        steps = self._rows(CaseEventRow, key, "seq")
        if not steps:
            yield _damage(_NO_STEPS, row)
            return
        try:
            events = [event_from(step) for step in steps]
            if broken := _chain_break(row, events, steps):
                yield broken
                return
            rebuilt = replay(events)
        except RecordDamaged as error:
            yield error
            return
        yield from self._not_allowed(row, events)
        for name in _differing(row, case_values(rebuilt)):
            yield _damage(_OTHER_COLUMN, row, column=name)
        if not _same_rows(self._rows(ClockRow, key, "ord"), clock_values(rebuilt)):
            yield _damage(_OTHER_CLOCKS, row)
        photos = (photo for event in events for photo in attachment_values(event))
        if not _same_rows(self._rows(AttachmentRow, key, "event_seq", "id"), photos):
            yield _damage(_OTHER_PHOTOS, row)
        if not _same_rows(self._rows(CoTaskRow, key, "round"), co_task_values(rebuilt)):
            yield _damage(_OTHER_TASKS, row)

    def _not_allowed(self, row: RowMapping, events: Iterable[CaseEvent]) -> Iterator[WanmiError]:
        allowed = self._allowed.get((row["profile"], row["rules_version"]), frozenset())
        for event in events:
            states = (event.from_state or "", event.to_state)
            if (event.operation, event.outcome, *states, event.post) not in allowed:
                yield _damage(_NOT_ALLOWED, row, seq=event.seq)

    def _report(self, found: Iterable[WanmiError]) -> None:
        for damage in found:
            self._damages += 1
            if len(self._first) < _KEPT:
                self._first.append(damage)


def _chain_break(
    row: RowMapping, events: Sequence[CaseEvent], steps: Sequence[RowMapping]
) -> RecordDamaged | None:
    """The first broken link; the text as it is stored is what must have the hash."""
    link = FIRST_HASH
    for event, step in zip(events, steps, strict=True):
        if event.prev_hash != link or event_hash(event, step["body"]) != event.hash:
            return first_break(events) or _damage(_OTHER_SPELLING, row, seq=event.seq)
        link = event.hash
    return None


def _differing(row: RowMapping, rebuilt: dict[str, Any]) -> list[str]:
    return [name for name, value in rebuilt.items() if row[name] != value]


def _same_rows(stored: Sequence[RowMapping], rebuilt: Iterable[dict[str, Any]]) -> bool:
    expected = list(rebuilt)
    return len(stored) == len(expected) and not any(
        _differing(row, values) for row, values in zip(stored, expected, strict=True)
    )


def _missing_guards(connection: Connection) -> Iterator[WanmiError]:
    if missing := guards.missing(connection):
        yield RecordDamaged(
            "The database does not guard itself: {names} are missing. "
            "Find out who removed them, and restore a backup if the record is damaged.",
            names=", ".join(missing),
        )


def _unsearchable(connection: Connection) -> Iterator[WanmiError]:
    said = select(CaseSearchRow.case_id).where(CaseSearchRow.case_id == CaseRow.id)
    missing = select(CaseRow.number).where(~said.exists()).order_by(CaseRow.id)
    for row in connection.execute(missing).mappings():
        yield _damage(_UNSEARCHABLE, row)


def _orphans(case_id: int) -> RecordDamaged:
    return RecordDamaged(
        "The case with the id {case_id} is gone, but steps, clocks or photos of it are there. "
        "Keep the file as it is and restore a backup.",
        case_id=case_id,
    )


def _damage(template: str, row: RowMapping, **values: object) -> RecordDamaged:
    return RecordDamaged(template, number=row["number"], **values)  # words of a table
