"""The record proves itself: every chain recomputed, every case rebuilt and compared."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, func, select

from db import guards
from db.engine import Database
from db.errors import DatabaseDamaged
from db.repositories.case_rows import case_values
from db.repositories.clock_rows import clock_values
from db.repositories.event_rows import attachment_values, event_from
from db.tables import (
    AttachmentRow,
    CaseEventRow,
    CaseRow,
    ClockRow,
    TransitionPostRow,
    TransitionRow,
)
from workflow.errors import RecordDamaged, WanmiError
from workflow.events import FIRST_HASH, CaseEvent, event_hash
from workflow.replay import first_break, replay

Progress = Callable[[int, int], None]
"""Told how many cases are done, of how many."""

AT_ONCE: Final = 500
_KEPT: Final = 20

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
_OTHER_SPELLING: Final = (
    "Case {number} is damaged: step {seq} is not spelled as it was sealed. "
    "Keep the file as it is and restore a backup."
)
_NOT_ALLOWED: Final = (
    "Case {number} is damaged: its transition table does not allow step {seq}. "
    "Keep the file as it is and restore a backup."
)

_Allowed = frozenset[tuple[str, int, str, str, str, str, str]]


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


def verify(database: Database, progress: Progress | None = None) -> Verification:
    """Walk over every case of one moment's record; memory stays flat however many there are.

    For every case: its steps are numbered without a gap, each is chained to the one before and has
    the hash of its content, the transition table allows it; and what the steps make of the case is,
    column by column, what the case row, its clocks and its photos say. Before that, every page of
    a file must be readable and in its place.

    Raises:
        DatabaseDamaged: the pages are damaged, so the cases cannot be looked at.
    """
    with database.snapshot() as connection:
        _refuse_damaged_pages(connection, database.name)
        return _Walk(connection, progress or _silent).run()


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
    """One pass over the record, a few hundred cases at a time."""

    def __init__(self, connection: Connection, progress: Progress) -> None:
        self._connection = connection
        self._progress = progress
        self._allowed = _read_allowed(connection)
        self._damages = 0
        self._first: list[WanmiError] = []
        self._events = 0

    def run(self) -> Verification:
        self._report(_missing_guards(self._connection))
        total = self._connection.execute(select(func.count()).select_from(CaseRow)).scalar_one()
        done = last = 0
        while cases := self._cases_after(last):
            upto = cases[-1]["id"]
            self._check_span(cases, last, upto)
            last = upto
            done += len(cases)
            self._progress(done, total)
        self._check_span([], last, None)
        return Verification(
            cases=done, events=self._events, damages=self._damages, first=tuple(self._first)
        )

    def _cases_after(self, last: int) -> Sequence[RowMapping]:
        table = CaseRow.__table__
        found = select(table).where(table.c.id > last).order_by(table.c.id).limit(AT_ONCE)
        return self._connection.execute(found).mappings().all()

    def _check_span(self, cases: Sequence[RowMapping], after: int, upto: int | None) -> None:
        """Check the cases with ids in (after, upto], and what else names a case in that span."""
        events = self._of_span(CaseEventRow.__table__, ("seq",), after, upto)
        clocks = self._of_span(ClockRow.__table__, ("ord",), after, upto)
        photos = self._of_span(AttachmentRow.__table__, ("event_seq", "id"), after, upto)
        for case in cases:
            key = case["id"]
            steps = events.pop(key, [])
            self._events += len(steps)
            self._report(self._check(case, steps, clocks.pop(key, []), photos.pop(key, [])))
        for key in sorted({*events, *clocks, *photos}):
            self._report([_orphans(key)])

    def _of_span(
        self, table: Any, order: tuple[str, ...], after: int, upto: int | None
    ) -> dict[int, list[RowMapping]]:
        found = select(table).where(table.c.case_id > after)
        if upto is not None:
            found = found.where(table.c.case_id <= upto)
        found = found.order_by(table.c.case_id, *(table.c[name] for name in order))
        rows = self._connection.execute(found).mappings()
        return {key: list(group) for key, group in groupby(rows, itemgetter("case_id"))}

    def _check(
        self,
        row: RowMapping,
        steps: Sequence[RowMapping],
        clocks: Sequence[RowMapping],
        photos: Sequence[RowMapping],
    ) -> Iterator[WanmiError]:
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
        if not _same_rows(clocks, clock_values(rebuilt)):
            yield _damage(_OTHER_CLOCKS, row)
        if not _same_rows(photos, (p for event in events for p in attachment_values(event))):
            yield _damage(_OTHER_PHOTOS, row)

    def _not_allowed(self, row: RowMapping, events: Iterable[CaseEvent]) -> Iterator[WanmiError]:
        for event in events:
            step = (event.from_state or "", event.operation, event.outcome, event.to_state)
            if (row["profile"], row["rules_version"], *step, event.post) not in self._allowed:
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


def _read_allowed(connection: Connection) -> _Allowed:
    t, p = TransitionRow, TransitionPostRow
    rows = connection.execute(
        select(t.profile, t.version, t.from_state, t.operation, t.outcome, t.to_state, p.post).join(
            p, (p.profile == t.profile) & (p.version == t.version) & (p.ord == t.ord)
        )
    )
    return frozenset((*row,) for row in rows)


def _missing_guards(connection: Connection) -> Iterator[WanmiError]:
    if missing := guards.missing(connection):
        yield RecordDamaged(
            "The database does not guard itself: {names} are missing. "
            "Find out who removed them, and restore a backup if the record is damaged.",
            names=", ".join(missing),
        )


def _orphans(case_id: int) -> RecordDamaged:
    return RecordDamaged(
        "The case with the id {case_id} is gone, but steps, clocks or photos of it are there. "
        "Keep the file as it is and restore a backup.",
        case_id=case_id,
    )


def _damage(template: str, row: RowMapping, **values: object) -> RecordDamaged:
    return RecordDamaged(template, number=row["number"], **values)  # words of a table
