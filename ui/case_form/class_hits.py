"""The hits of a class search as a list: a name, and quietly where it stands in the catalog."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.case_form.report_model import class_words
from ui.session import DeskSession
from ui.theme.fonts import font
from workflow.catalog import ClassEntry

ROW = 30
Index = QModelIndex | QPersistentModelIndex
ENTRY = Qt.ItemDataRole.UserRole
_ROOT = QModelIndex()


class ClassModel(QAbstractListModel):
    """The hits of a search, best first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: Sequence[ClassEntry] = ()

    def set_entries(self, entries: Sequence[ClassEntry]) -> None:
        """Show these hits."""
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role == ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{entry.small_name}  {class_words(entry)}"
        return None


class ClassDelegate(QStyledItemDelegate):
    """Draws a hit: its name, and quietly where it stands."""

    def __init__(self, session: DeskSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, entry = self._session.theme, index.data(ENTRY)
        place = option.rect.adjusted(10, 0, -10, 0)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(theme.selection))
        painter.setFont(font(13, bold=True))
        painter.setPen(QColor(theme.text))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, entry.small_name)
        place.setLeft(place.left() + painter.fontMetrics().horizontalAdvance(entry.small_name) + 12)
        painter.setFont(font(12))
        painter.setPen(QColor(theme.secondary))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(place, flags, class_words(entry))
