"""The cases of the demo city as rows, a few thousand cases at a time."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from random import Random
from typing import Any

from sqlalchemy import Connection, Index

from app.demo_city.city import City
from app.demo_city.copies import (
    ATTACHMENT_COLUMNS,
    CASE_COLUMNS,
    CLOCK_COLUMNS,
    CO_TASK_COLUMNS,
    EVENT_COLUMNS,
    CaseRows,
    Mould,
    Spot,
)
from app.demo_city.history import History
from app.demo_city.load import insert_all
from app.demo_city.problems import Problem, Problems
from app.demo_city.scale import Scale, copies
from db.tables import AttachmentRow, CaseEventRow, CaseRow, ClockRow, CoTaskRow, NumberSeriesRow
from workflow.case import CaseKind

_AT_ONCE = 2_000
_SPOTS_KEPT = 60_000


class HistoryLoader:
    """Tells the history and loads it.

    Args:
        seed: of the places that copies get.
    """

    def __init__(self, city: City, problems: Problems, history: History, seed: int) -> None:
        self._city = city
        self._problems = problems
        self._history = history
        self._rng = Random(f"{seed} copies")
        self._spot = lru_cache(_SPOTS_KEPT)(self._make_spot)
        self._serials: dict[str, int] = {}

    def load(self, connection: Connection, scale: Scale) -> Iterator[float]:
        """Load every case; says after each lot which share of them is done."""
        tales = self._history.tales(scale.days, scale.share, scale.open_share)
        numbers = list(copies(tales, scale))
        total, done = max(sum(numbers), 1), 0
        with _indexed_afterwards(
            connection, (CaseRow, CaseEventRow, ClockRow, CoTaskRow, AttachmentRow)
        ):
            lot: list[CaseRows] = []
            for told, count in zip(self._history.tell(tales), numbers, strict=True):
                mould = Mould(told.decisions)
                for copy in range(count):
                    done += 1
                    anchor = told.problem.anchor
                    if copy:
                        anchor = self._problems.elsewhere(told.problem, self._rng)
                    lot.append(self._copy(mould, told.problem, anchor, done, told.day))
                    if len(lot) == _AT_ONCE:
                        _insert(connection, lot)
                        yield done / total
                        lot = []
            _insert(connection, lot)
        insert_all(connection, NumberSeriesRow, ("day", "last"), self._serials.items())

    def _copy(
        self, mould: Mould, problem: Problem, anchor: int, case_id: int, day: str
    ) -> CaseRows:
        self._serials[day] = serial = self._serials.get(day, 0) + 1
        of_component = problem.row.kind is CaseKind.COMPONENT
        return mould.rows(
            case_id,
            f"{day}{serial:05}",
            self._spot(anchor, of_component),
            self._city.codes[anchor] if of_component else None,
        )

    def _make_spot(self, anchor: int, of_component: bool) -> Spot:
        city = self._city
        return Spot.at(city.place_of(anchor) if of_component else city.place_beside(anchor))


def _insert(connection: Connection, lot: Sequence[CaseRows]) -> None:
    insert_all(connection, CaseRow, CASE_COLUMNS, (rows.case for rows in lot))
    insert_all(connection, CaseEventRow, EVENT_COLUMNS, (r for rows in lot for r in rows.events))
    insert_all(connection, ClockRow, CLOCK_COLUMNS, (r for rows in lot for r in rows.clocks))
    insert_all(connection, CoTaskRow, CO_TASK_COLUMNS, (r for rows in lot for r in rows.co_tasks))
    insert_all(
        connection,
        AttachmentRow,
        ATTACHMENT_COLUMNS,
        (r for rows in lot for r in rows.attachments),
    )


@contextmanager
def _indexed_afterwards(connection: Connection, tables: Sequence[Any]) -> Iterator[None]:
    """Load without the plain indexes and build each once at the end: much quicker."""
    indexes: list[Index] = [
        index
        for rows_of in tables
        for index in sorted(rows_of.__table__.indexes, key=lambda index: str(index.name))
        if not index.unique
    ]
    for index in indexes:
        index.drop(connection)
    yield
    for index in indexes:
        index.create(connection)
