"""The queue of one box: pages by keyset, refreshed in place, read by the view from memory."""

from collections.abc import Callable
from dataclasses import replace
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)

from ui.case_list.remaining import remaining_text
from ui.case_list.row_changes import Change, row_changes
from ui.session import DeskSession
from ui.throttle import Throttle
from workflow.errors import WanmiError
from workflow.ids import CaseId
from workflow.ports import Record
from workflow.queries import Box, Changes, QueueFilter, QueuePage, QueueQuery, QueueRow, QueueSort

PAGE = 60
MOST_REFRESHED = 1_200
"""Deeper rows than these are read again only when the view scrolls down to them."""

REREAD_MS = 200
"""Commits of a busy city are read together, at most this often."""

KEY = "queue-page"
AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class QueueRole(IntEnum):
    """What the delegate asks for beside the text."""

    ROW = Qt.ItemDataRole.UserRole + 1


class QueueModel(QAbstractListModel):
    """The rows of the open box.

    Signals:
        loaded: rows were read afresh (a box opened, a filter set, or a refresh).
    """

    loaded = Signal()

    def __init__(self, session: DeskSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rows: list[QueueRow] = []
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

    def row_at(self, row: int) -> QueueRow:
        """The case in a row of the list."""
        return self._rows[row]

    def row_of(self, case_id: CaseId | None) -> int:
        """Where a case stands in what was read so far; -1 where it does not."""
        ids = (row.case_id for row in self._rows)
        return next((place for place, one in enumerate(ids) if one == case_id), -1)

    # -- asking ---------------------------------------------------------------------------------
    def open_box(self, box: Box) -> None:
        """Show a box; sort and filter stay as they are."""
        sort, descending, wanted = QueueSort.REMAINING, False, QueueFilter()
        if self._query is not None:
            sort, descending = self._query.sort, self._query.descending
            wanted = self._query.filter
        self._ask_afresh(
            QueueQuery(
                box=box,
                seat=self._session.seat,
                sort=sort,
                descending=descending,
                filter=wanted,
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
        limit = min(max(PAGE, len(self._rows)), MOST_REFRESHED)
        self._ask(replace(self._query, limit=limit), self._on_refreshed)

    def _ask_afresh(self, query: QueueQuery) -> None:
        self._query = query
        self._opening = True
        self._ask(query, self._on_opened)

    def _ask(self, query: QueueQuery, done: Callable[[QueuePage], None]) -> None:
        now = self._session.now()

        def work(record: Record) -> QueuePage:
            return record.page(query, now)

        self._asking = True
        self._session.door.ask(work, done, self._on_failed, key=KEY, ahead=True)

    # -- answers --------------------------------------------------------------------------------
    def _on_failed(self, error: WanmiError) -> None:
        self._asking = self._opening = False
        self._session.notices.refuse(error, key=KEY)

    def _on_opened(self, page: QueuePage) -> None:
        self._asking = self._opening = False
        self.beginResetModel()
        self._rows = list(page.rows)
        self._next = page.next
        self.endResetModel()
        self.loaded.emit()

    def _on_refreshed(self, page: QueuePage) -> None:
        self._asking = False
        fresh = {row.case_id: row for row in page.rows}
        old = [row.case_id for row in self._rows]
        new = [row.case_id for row in page.rows]
        self._updating = True
        for step in row_changes(old, new):
            if step.change is Change.REMOVE:
                self.beginRemoveRows(_NOWHERE, step.at, step.at)
                del self._rows[step.at]
                self.endRemoveRows()
            elif step.change is Change.INSERT:
                self.beginInsertRows(_NOWHERE, step.at, step.at)
                self._rows.insert(step.at, fresh[new[step.at]])
                self.endInsertRows()
            else:
                self.beginMoveRows(_NOWHERE, step.source, step.source, _NOWHERE, step.at)
                self._rows.insert(step.at, self._rows.pop(step.source))
                self.endMoveRows()
        self._rows = list(page.rows)
        self._next = page.next
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))
        self._updating = False
        self.loaded.emit()

    def _on_more(self, page: QueuePage) -> None:
        self._asking = False
        known = {row.case_id for row in self._rows}
        rows = [row for row in page.rows if row.case_id not in known]
        self._next = page.next
        if rows:
            first = len(self._rows)
            self.beginInsertRows(_NOWHERE, first, first + len(rows) - 1)
            self._rows.extend(rows)
            self.endInsertRows()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.cases:
            self._reread.request()

    # -- Qt -------------------------------------------------------------------------------------
    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """How many rows were read so far."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The row for the delegate, a sentence for screen readers, a hint on hover."""
        if not self.checkIndex(index, self.CheckIndexOption.IndexIsValid):
            return None
        row = self._rows[index.row()]
        if role == QueueRole.ROW:
            return row
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(text for text in (row.condition, row.address) if text)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            left = remaining_text(row, self._session.now())
            return f"{row.class_name} {row.condition}，{row.address}，{left}，{row.number}"
        return None

    def canFetchMore(self, parent: AnyIndex) -> bool:
        """Whether there is a page behind the last row, and nobody is fetching."""
        return not parent.isValid() and self._next is not None and not self._asking

    def fetchMore(self, parent: AnyIndex) -> None:
        """Read the next page."""
        if self.canFetchMore(parent) and self._query is not None:
            self._ask(replace(self._query, after=self._next), self._on_more)
