"""Rows as a list model that is as long as its queue: those from the top are known, others blank."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex

from ui.case_list.row_changes import Change, row_changes
from workflow.ids import CaseId
from workflow.queries import QueueRow

AnyIndex = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class RowList(QAbstractListModel):
    """The list, and every way in which it changes.

    Attributes:
        head: the rows from the top as far as they are known.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.head: list[QueueRow] = []
        self._blank = 0

    @property
    def has_blanks(self) -> bool:
        """Whether rows stand in the list that are not in the head."""
        return self._blank > 0

    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        """How many rows, known or blank."""
        return 0 if parent.isValid() else len(self.head) + self._blank

    def begin_anew(self, rows: Sequence[QueueRow]) -> None:
        """Another queue."""
        self.beginResetModel()
        self.head = list(rows)
        self._blank = 0
        self.endResetModel()

    def cut(self, count: int) -> None:
        """Forget the rows of the head behind so many; they stay in the list, blank."""
        self._blank += max(0, len(self.head) - count)
        del self.head[count:]

    def take_over(self, rows: Sequence[QueueRow]) -> None:
        """Turn the head into these rows, one change after the other."""
        fresh = {row.case_id: row for row in rows}
        new = [row.case_id for row in rows]
        for step in row_changes([row.case_id for row in self.head], new):
            if step.change is Change.REMOVE:
                self.beginRemoveRows(NOWHERE, step.at, step.at)
                del self.head[step.at]
                self.endRemoveRows()
            elif step.change is Change.INSERT:
                self.beginInsertRows(NOWHERE, step.at, step.at)
                self.head.insert(step.at, fresh[new[step.at]])
                self.endInsertRows()
            else:
                self.beginMoveRows(NOWHERE, step.source, step.source, NOWHERE, step.at)
                self.head.insert(step.at, self.head.pop(step.source))
                self.endMoveRows()
        self.head = list(rows)
        self.show_changed(0, self.rowCount())

    def extend(self, rows: Sequence[QueueRow]) -> None:
        """More rows of the head: first in the places of blank ones, then behind the last."""
        first, filled = len(self.head), min(len(rows), self._blank)
        self.head.extend(rows[:filled])
        self._blank -= filled
        self.show_changed(first, first + filled)
        if rows[filled:]:
            first = self.rowCount()
            self.beginInsertRows(NOWHERE, first, first + len(rows) - filled - 1)
            self.head.extend(rows[filled:])
            self.endInsertRows()

    def make_as_long(self, count: int) -> None:
        """Have so many rows by more or fewer blank ones; known rows stay."""
        blank, rows = max(0, count - len(self.head)), self.rowCount()
        if blank > self._blank:
            self.beginInsertRows(NOWHERE, rows, rows + blank - self._blank - 1)
            self._blank = blank
            self.endInsertRows()
        elif blank < self._blank:
            self.beginRemoveRows(NOWHERE, rows - (self._blank - blank), rows - 1)
            self._blank = blank
            self.endRemoveRows()

    def show_changed(self, first: int, end: int) -> None:
        """Rows from one place to before another are to be drawn anew."""
        if end > first:
            self.dataChanged.emit(self.index(first), self.index(end - 1))

    def place_in_head(self, case_id: CaseId) -> int:
        """Where a case stands in the head; -1 where it does not."""
        ids = (row.case_id for row in self.head)
        return next((place for place, one in enumerate(ids) if one == case_id), -1)
