"""A queue that is asked for: its words understood, its beginning chosen, its SELECTs run."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from sqlalchemy import Connection, Row

from db.queries.boxes import MOST_COUNTED, BoxKind, asked, is_open_box
from db.queries.filters import Given, narrowed
from db.queries.plans import BOX, FAR, WALK, Beginning, choose, is_few, parts_of
from db.queries.queue_statements import (
    Shape,
    count_statement,
    edge_statement,
    numbered_statement,
    page_statement,
    place_statement,
)
from db.queries.vocabulary import Vocabulary
from db.queries.words import Words, count_said, is_told_by_pieces, values_of
from db.tables import CaseRow
from workflow.clocks import Lamp
from workflow.grams import words_of
from workflow.queries import Box, BoxScope, QueueFilter, QueueQuery, QueueSort, QueueTotal
from workflow.states import ENDED

Cursor = tuple[object, ...]

_SORT_COLUMN: dict[QueueSort, Any] = {
    QueueSort.REMAINING: CaseRow.due_at,
    QueueSort.REPORTED: CaseRow.reported_at,
    QueueSort.NUMBER: CaseRow.number,
    QueueSort.CLASS: CaseRow.class_code,
    QueueSort.PLACE: CaseRow.address,
}
_ALL: Final = 1 << 40
STEPS: Final = 30_000
"""So many cases are looked over in some ten milliseconds, and they fill nearly every page."""

STEPS_OF_WORDS: Final = 8_000
"""Reading what a case says costs more; and of words the index knows quickly where they stand."""


class Question:
    """One queue on an open connection, as it stands now.

    Args:
        vocabulary: what typed letters may mean; without it they mean themselves.

    Attributes:
        words: the words of the searched text with their spellings.
    """

    def __init__(
        self,
        connection: Connection,
        query: QueueQuery,
        now: datetime,
        vocabulary: Vocabulary | None = None,
    ) -> None:
        self._connection = connection
        self.words: Words = [
            vocabulary.meant_by(word) if vocabulary else (word,)
            for word in words_of(query.filter.text)
        ]
        given, values = narrowed(query.filter, now)
        self._values = values | asked(query.box, query.seat, now)
        if self.words:
            given = replace(given, words=tuple(map(len, self.words)))
            self._values |= values_of(self.words, connection.dialect.name)
        self._kind = BoxKind.of(query.box)
        self._is_contradiction = contradicts(query.box, query.filter)
        self._given = given
        column, descending = order_of(query)
        self._plain_shape = Shape(self._kind, given, column.key, descending)

    def page(self, after: Cursor | None, limit: int) -> Sequence[Row[*tuple[Any, ...]]]:
        """The rows behind a cursor, from the first one where there is none."""
        which = None if not after else "value" if after[0] is not None else "end"
        last = dict(zip(("last_key", "last_id"), after or (), strict=False))
        values = self._values | last | {"limit": limit}
        if self._is_contradiction:
            return ()
        if self._may_be_near:
            near = self._near(which, values)
            if near is not None:
                return near
        return self._connection.execute(page_statement(self._shape, which), values).all()

    def cursor(self, row: Row[*tuple[Any, ...]]) -> Cursor:
        """What the page behind this row is asked with."""
        return (getattr(row, self._plain_shape.column), row.id)

    def cursor_before(self, offset: int) -> Cursor | None:
        """The cursor of the row before a place; None where there are not so many rows."""
        values = self._values | {"skipped": offset - 1}
        row = self._connection.execute(place_statement(self._shape), values).one_or_none()
        return None if row is None else tuple(row)

    def numbered(self, number: str) -> Row[*tuple[Any, ...]] | None:
        """The case of that number, where the queue would hold it whatever it says."""
        values = self._values | {"number": number}
        return self._connection.execute(numbered_statement(self._plain_shape), values).one_or_none()

    def total(self) -> QueueTotal:
        """How many rows; of a filter that every case must be read for, only whether many."""
        if self._is_contradiction:
            return QueueTotal(0, is_exact=True)
        if self._is_told_by_index:
            return QueueTotal(count_said(self._connection, self._values["match"], _ALL), True)
        shape, beginning = self._begun(None)
        spellings = sum(map(len, self.words)) or 1
        is_quick = beginning is None or beginning.count * spellings < FAR
        most = _ALL if is_quick else MOST_COUNTED
        values = self._values | {"limit": most}
        count = self._connection.execute(count_statement(shape), values).scalar_one()
        return QueueTotal(count, count < most)

    def _near(
        self, after: str | None, values: Mapping[str, Any]
    ) -> Sequence[Row[*tuple[Any, ...]]] | None:
        """The page, where the next cases in the wanted order fill it: most often they do.

        None where they do not: then it is worth counting where to begin.
        """
        box = next((p for p in parts_of(self._kind, self._given) if p.name == BOX), None)
        is_ordered = box is not None and self._plain_shape.column in box.orders
        shape = replace(self._plain_shape, begin=BOX if is_ordered else WALK)
        steps = {"skipped": STEPS_OF_WORDS if self.words else STEPS}
        edge = self._connection.execute(
            edge_statement(shape, after), {**values, **steps}
        ).one_or_none()
        if edge is None:
            return self._connection.execute(page_statement(shape, after), values).all()
        within = {**values, "edge_key": edge[0], "edge_id": edge[1]}
        found = self._connection.execute(page_statement(shape, after, to_edge=True), within).all()
        return found if len(found) == values["limit"] else None

    @property
    def _may_be_near(self) -> bool:
        """Whether an index has the wanted order, and the box more cases than one would read."""
        return self._is_begun and self._plain_shape.column != "due_at" and not is_few(self._kind)

    @cached_property
    def _shape(self) -> Shape:
        return self._begun(self._plain_shape.column)[0]

    @property
    def _is_begun(self) -> bool:
        """Whether the query says itself where to begin: SQLite, with a filter or one's own."""
        is_narrowed = self._given != Given() or self._kind.scope is not BoxScope.ALL
        is_plain = is_few(self._kind) and self._given == Given()
        return self._connection.dialect.name == "sqlite" and is_narrowed and not is_plain

    @property
    def _is_told_by_index(self) -> bool:
        """Only short words are asked for: the index of pieces knows how many cases hold them."""
        has_words_only = bool(self.words) and not parts_of(self._kind, self._given)
        is_file = self._connection.dialect.name == "sqlite"
        return has_words_only and is_file and is_told_by_pieces(self.words)

    def _begun(self, column: str | None) -> tuple[Shape, Beginning | None]:
        """The shape with its beginning, for rows in the order of a column, or for their number."""
        if not self._is_begun:
            return self._plain_shape, None
        beginning = choose(self._connection, self._kind, self._given, self._values, column)
        return replace(self._plain_shape, begin=beginning.name), beginning


def contradicts(box: Box, wanted: QueueFilter) -> bool:
    """Whether no case of the box can meet the filter: nobody need look for one."""
    if not box.states:
        return False
    if wanted.states and set(wanted.states).isdisjoint(box.states):
        return True
    runs = wanted.due is not None or wanted.lamp not in (None, Lamp.GREY)
    return runs and ENDED.issuperset(box.states)


def order_of(query: QueueQuery) -> tuple[Any, bool]:
    """The column that a queue is sorted by, and whether downward."""
    if query.sort is QueueSort.REMAINING and not is_open_box(query.box):
        return CaseRow.reported_at, True
    return _SORT_COLUMN[query.sort], query.descending
