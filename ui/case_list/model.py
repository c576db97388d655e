"""The queue of one box: pages from the top by keyset, refreshed in place; far rows by their place.

The list is as long as the queue as soon as its length is counted. Rows that are not read yet are
blank; a view that asks for one has it read.
"""

from collections.abc import Callable
from dataclasses import replace
from enum import IntEnum

from PySide6.QtCore import QObject, Qt, Signal, Slot

from ui.case_form.wording import listed
from ui.case_list.far_rows import FarRows
from ui.case_list.library_words import reason_words
from ui.case_list.remaining import remaining_text
from ui.case_list.row_list import AnyIndex, RowList
from ui.case_list.row_marks import marks_of
from ui.session import DeskSession
from ui.throttle import Throttle
from workflow.errors import WanmiError
from workflow.ids import CaseId
from workflow.ports import Record
from workflow.queries import (
    Box,
    Changes,
    QueueFilter,
    QueuePage,
    QueueQuery,
    QueueRow,
    QueueSort,
    QueueTotal,
)

PAGE = 60
MOST_REFRESHED = 1_200
"""Deeper rows than these are read again only when the view scrolls down to them."""

REREAD_MS = 200
"""Commits of a busy city are read together, at most this often."""

KEY, TOTAL_KEY = "queue-page", "queue-total"
_MORE = 600
"""Rows that a queue of unknown length is made longer by when its end is reached."""


class QueueRole(IntEnum):
    """What the delegate asks for beside the text."""

    ROW = Qt.ItemDataRole.UserRole + 1


class QueueModel(RowList):
    """The rows of the open box.

    Signals:
        loaded: rows were read afresh (a box opened, a filter set, or a refresh).
        counted: `total` is known, or another one.
    """

    loaded = Signal()
    counted = Signal()

    def __init__(self, session: DeskSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._total: QueueTotal | None = None
        self._far = FarRows(session, lambda: self._query, self)
        self._far.loaded.connect(self._on_far)
        self._query: QueueQuery | None = None
        self._next: tuple[object, ...] | None = None
        self._asking = False
        self._opening = False
        self._updating = False
        self._reread = Throttle(self.refresh, REREAD_MS, self)
        session.changed.connect(self._on_changed)

    # -- what it holds --------------------------------------------------------------------------
    @property
    def query(self) -> QueueQuery | None:
        """Box, seat, sort and filter in force; None before a box is open."""
        return self._query

    @property
    def is_updating(self) -> bool:
        """Rows are being moved about by a refresh, not by the operator."""
        return self._updating

    @property
    def is_behind(self) -> bool:
        """Something was committed that the rows do not show yet."""
        return self._reread.is_waiting

    @property
    def is_opening(self) -> bool:
        """Another box, order or filter is being read; the rows are still those before."""
        return self._opening

    @property
    def is_complete(self) -> bool:
        """Whether the last page is read."""
        return self._next is None

    @property
    def total(self) -> QueueTotal | None:
        """How many cases the queue holds; None until that is counted."""
        return self._total

    def is_read(self, row: int) -> bool:
        """Whether the case in a row of the list is known."""
        return row < len(self.head) or self._far.get(row) is not None

    def row_at(self, row: int) -> QueueRow:
        """The case in a row of the list that is read."""
        far = None if row < len(self.head) else self._far.get(row)
        return self.head[row] if far is None else far

    def row_of(self, case_id: CaseId | None) -> int:
        """Where a case stands in what was read so far; -1 where it does not."""
        if case_id is None:
            return -1
        near = self.place_in_head(case_id)
        return near if near >= 0 else self._far.place_of(case_id)

    # -- asking ---------------------------------------------------------------------------------
    def open_box(self, box: Box, wanted: QueueFilter | None = None) -> None:
        """Show a box, narrowed to `wanted`; the sort, and without it the filter, stay."""
        sort, descending, narrowed = QueueSort.REMAINING, False, QueueFilter()
        if self._query is not None:
            sort, descending = self._query.sort, self._query.descending
            narrowed = self._query.filter
        self._ask_afresh(
            QueueQuery(
                box=box,
                seat=self._session.seat,
                sort=sort,
                descending=descending,
                filter=narrowed if wanted is None else wanted,
                limit=PAGE,
            )
        )

    def set_sort(self, sort: QueueSort, *, descending: bool) -> None:
        """Order the open box otherwise."""
        if self._query is not None:
            self._ask_afresh(replace(self._query, sort=sort, descending=descending))

    def set_filter(self, wanted: QueueFilter) -> None:
        """Narrow the open box."""
        if self._query is not None and wanted != self._query.filter:
            self._ask_afresh(replace(self._query, filter=wanted))

    @Slot()
    def refresh(self) -> None:
        """Read again what is shown; selection and scroll stay."""
        if self._query is None:
            return
        if self._opening:
            self._ask_afresh(self._query)
            return
        limit = min(max(PAGE, len(self.head)), MOST_REFRESHED)
        self._ask(replace(self._query, limit=limit), self._on_refreshed)

    def _ask_afresh(self, query: QueueQuery) -> None:
        self._query = query
        self._total = None
        self._opening = True
        self._ask(query, self._on_opened)

    def _ask(self, query: QueueQuery, done: Callable[[QueuePage], None]) -> None:
        now = self._session.now()

        def work(record: Record) -> QueuePage:
            return record.page(query, now)

        self._asking = True
        self._session.door.ask(work, done, self._on_failed, key=KEY, ahead=True)

    def _ask_total(self) -> None:
        """Count the rows behind the last page that was read."""
        query, now = self._query, self._session.now()
        if query is None:
            return
        if self._next is None:
            self._on_total(QueueTotal(len(self.head), is_exact=True))
            return

        def work(record: Record) -> QueueTotal:
            return record.total(query, now)

        self._session.door.ask(work, self._on_total, key=TOTAL_KEY)

    # -- answers --------------------------------------------------------------------------------
    def _on_failed(self, error: WanmiError) -> None:
        self._asking = self._opening = False
        self._session.notices.refuse(error, key=KEY)

    def _on_opened(self, page: QueuePage) -> None:
        self._asking = self._opening = False
        self._far.forget()
        self._next = page.next
        self.begin_anew(page.rows)
        self.loaded.emit()
        self._ask_total()

    def _on_refreshed(self, page: QueuePage) -> None:
        self._asking = False
        self._next = page.next
        if page.next is not None:
            self.cut(len(page.rows))
        self._far.forget()
        self._updating = True
        self.take_over(page.rows)
        self._updating = False
        self.loaded.emit()
        self._ask_total()

    def _on_more(self, page: QueuePage) -> None:
        self._asking = False
        known = {row.case_id for row in self.head}
        self._next = page.next
        self.extend([row for row in page.rows if row.case_id not in known])
        if self._next is None:
            self._ask_total()

    def _on_total(self, total: QueueTotal) -> None:
        self._total = total
        self.make_as_long(total.count)
        self.counted.emit()

    @Slot(int, object)
    def _on_far(self, first: int, page: QueuePage) -> None:
        end = first + len(page.rows)
        self.show_changed(first, min(end, self.rowCount()))
        if page.next is None:
            self._on_total(QueueTotal(max(end, len(self.head)), is_exact=True))
        elif self._total is not None and not self._total.is_exact and end >= self.rowCount():
            self._on_total(QueueTotal(self._total.count + _MORE, is_exact=False))

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.cases:
            self._reread.request()

    # -- Qt -------------------------------------------------------------------------------------
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The row for the delegate, a sentence for screen readers, a hint on hover."""
        if not self.checkIndex(index, self.CheckIndexOption.IndexIsValid):
            return None
        if not self.is_read(index.row()):
            if role == QueueRole.ROW:
                self._want(index.row())
            return None
        row = self.row_at(index.row())
        if role == QueueRole.ROW:
            return row
        if role == Qt.ItemDataRole.ToolTipRole:
            marks = listed([mark.tip for mark in marks_of(row)])
            lines = (row.condition, row.address, reason_words(row), marks)
            return "\n".join(text for text in lines if text)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            left = remaining_text(row, self._session.now())
            words = [f"{row.class_name} {row.condition}", row.address, left, row.number]
            return "，".join([*words, *(mark.tip for mark in marks_of(row))])
        return None

    def _want(self, row: int) -> None:
        """Somebody looks at a row that is not read: the next page, or one far below."""
        is_next = row < len(self.head) + PAGE and self._next is not None
        if not is_next:
            self._far.want(row)
        elif not self._asking and self._query is not None:
            self._ask(replace(self._query, after=self._next), self._on_more)

    def canFetchMore(self, parent: AnyIndex) -> bool:
        """Whether there is a page behind the last row, and nobody is fetching."""
        is_open = self._next is not None and not self.has_blanks
        return not parent.isValid() and is_open and not self._asking

    def fetchMore(self, parent: AnyIndex) -> None:
        """Read the next page."""
        if self.canFetchMore(parent) and self._query is not None:
            self._ask(replace(self._query, after=self._next), self._on_more)
