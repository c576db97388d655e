"""A queue that is asked for: its words understood, its beginning chosen, its SELECTs run."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row

from db.queries.boxes import MOST_COUNTED, BoxKind, asked, is_open_box
from db.queries.filters import Given, narrowed
from db.queries.plans import FAR, Beginning, choose, parts_of
from db.queries.queue_statements import (
    Shape,
    count_statement,
    numbered_statement,
    page_statement,
    place_statement,
)
from db.queries.vocabulary import Vocabulary
from db.queries.words import Words, count_said, is_told_by_pieces, values_of
from db.tables import CaseRow
from workflow.grams import words_of
from workflow.queries import QueueQuery, QueueSort, QueueTotal

Cursor = tuple[object, ...]

_SORT_COLUMN: dict[QueueSort, Any] = {
    QueueSort.REMAINING: CaseRow.due_at,
    QueueSort.REPORTED: CaseRow.reported_at,
    QueueSort.NUMBER: CaseRow.number,
    QueueSort.CLASS: CaseRow.class_code,
    QueueSort.PLACE: CaseRow.address,
}
_ALL: Final = 1 << 40


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
        self._given = given
        column, descending = order_of(query)
        self._plain_shape = Shape(self._kind, given, column.key, descending)
        self._shape = self._begun(column.key)[0]

    def page(self, after: Cursor | None, limit: int) -> Sequence[Row[*tuple[Any, ...]]]:
        """The rows behind a cursor, from the first one where there is none."""
        which = None if not after else "value" if after[0] is not None else "end"
        last = dict(zip(("last_key", "last_id"), after or (), strict=False))
        values = self._values | last | {"limit": limit}
        return self._connection.execute(page_statement(self._shape, which), values).all()

    def cursor(self, row: Row[*tuple[Any, ...]]) -> Cursor:
        """What the page behind this row is asked with."""
        return (getattr(row, self._shape.column), row.id)

    def cursor_before(self, offset: int) -> Cursor | None:
        """The cursor of the row before a place; None where there are not so many rows."""
        values = self._values | {"skipped": offset - 1}
        row = self._connection.execute(place_statement(self._shape), values).one_or_none()
        return None if row is None else tuple(row)

    def numbered(self, number: str) -> Row[*tuple[Any, ...]] | None:
        """The case of that number, where the queue would hold it whatever it says."""
        values = self._values | {"number": number}
        return self._connection.execute(numbered_statement(self._shape), values).one_or_none()

    def total(self) -> QueueTotal:
        """How many rows; of a filter that every case must be read for, only whether many."""
        if self._is_told_by_index:
            return QueueTotal(count_said(self._connection, self._values["match"], _ALL), True)
        shape, beginning = self._begun(None)
        spellings = sum(map(len, self.words)) or 1
        is_quick = beginning is None or beginning.count * spellings < FAR
        most = _ALL if is_quick else MOST_COUNTED
        values = self._values | {"limit": most}
        count = self._connection.execute(count_statement(shape), values).scalar_one()
        return QueueTotal(count, count < most)

    @property
    def _is_told_by_index(self) -> bool:
        """Only short words are asked for: the index of pieces knows how many cases hold them."""
        has_words_only = bool(self.words) and not parts_of(self._kind, self._given)
        is_file = self._connection.dialect.name == "sqlite"
        return has_words_only and is_file and is_told_by_pieces(self.words)

    def _begun(self, column: str | None) -> tuple[Shape, Beginning | None]:
        """The shape with its beginning, for rows in the order of a column, or for their number."""
        if self._connection.dialect.name != "sqlite" or self._given == Given():
            return self._plain_shape, None
        beginning = choose(self._connection, self._kind, self._given, self._values, column)
        return replace(self._plain_shape, begin=beginning.name), beginning


def order_of(query: QueueQuery) -> tuple[Any, bool]:
    """The column that a queue is sorted by, and whether downward."""
    if query.sort is QueueSort.REMAINING and not is_open_box(query.box):
        return CaseRow.reported_at, True
    return _SORT_COLUMN[query.sort], query.descending
