"""The part of the record that lists read: pages, places and counts of queues, kept filters."""

from collections.abc import Sequence
from datetime import datetime

from db.engine import Database
from db.queries import saved_filters
from db.queries.filter_choices import read_choices
from db.queries.names import Names
from db.queries.nearest import read_nearest
from db.queries.queues import read_page, read_page_at, read_rows, read_total
from db.queries.vocabulary import Vocabulary, read_vocabulary
from workflow.ids import CaseId, PersonId
from workflow.queries import (
    FilterChoices,
    QueueFilter,
    QueuePage,
    QueueQuery,
    QueueRow,
    QueueTotal,
    SavedFilter,
)


class RecordQueues:
    """Queues of a record (see workflow.ports.Record).

    Args:
        database: open, with a city in it.
        names: what stands behind the ids of rows.
    """

    def __init__(self, database: Database, names: Names) -> None:
        self._base = database
        self._names_of_rows = names
        self._vocabulary: Vocabulary | None = None

    def page(self, query: QueueQuery, now: datetime) -> QueuePage:
        """One page of a box."""
        with self._base.read() as connection:
            return read_page(connection, query, now, self._names_of_rows, self._meanings(query))

    def page_at(self, query: QueueQuery, offset: int, now: datetime) -> QueuePage:
        """The page of a box that begins with the row at a place counted from 0."""
        words = self._meanings(query)
        with self._base.read() as connection:
            return read_page_at(connection, query, offset, now, self._names_of_rows, words)

    def total(self, query: QueueQuery, now: datetime) -> QueueTotal:
        """How many cases a narrowed box holds."""
        with self._base.read() as connection:
            return read_total(connection, query, now, self._meanings(query))

    def rows(self, case_ids: Sequence[CaseId]) -> Sequence[QueueRow]:
        """Fresh rows of given cases."""
        with self._base.read() as connection:
            return read_rows(connection, case_ids, self._names_of_rows)

    def nearest_texts(self, query: QueueQuery, now: datetime) -> Sequence[str]:
        """Shorter texts that do find something."""
        words = self._meanings(query)
        with self._base.read() as connection:
            return read_nearest(connection, query, now, words)

    def filter_choices(self) -> FilterChoices:
        """What of this city a filter can be narrowed to."""
        with self._base.read() as connection:
            return read_choices(connection)

    def saved_filters(self, person_id: PersonId) -> Sequence[SavedFilter]:
        """The filters that a person keeps."""
        with self._base.read() as connection:
            return saved_filters.read_saved(connection, person_id)

    def keep_filter(self, person_id: PersonId, name: str, wanted: QueueFilter) -> None:
        """Keep a filter under a name; one of that name is replaced."""
        with self._base.write() as connection:
            saved_filters.keep_filter(connection, person_id, name, wanted)

    def rename_filter(self, person_id: PersonId, filter_id: int, name: str) -> None:
        """Give a kept filter another name."""
        with self._base.write() as connection:
            saved_filters.rename_filter(connection, person_id, filter_id, name)

    def drop_filter(self, person_id: PersonId, filter_id: int) -> None:
        """Forget a kept filter."""
        with self._base.write() as connection:
            saved_filters.drop_filter(connection, person_id, filter_id)

    def _meanings(self, query: QueueQuery) -> Vocabulary | None:
        """What letters may mean; read once somebody searches."""
        if self._vocabulary is None and query.filter.text:
            with self._base.read() as connection:
                self._vocabulary = read_vocabulary(connection)
        return self._vocabulary
