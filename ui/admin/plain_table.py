"""A table of words for the pages of the rules: read-only, rows in a tone, one of them chosen."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ui.session import DeskSession
from ui.theme.fonts import BODY, font
from ui.theme.tokens import Tokens

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
ROW_HEIGHT, ROOM = 30, 10


@dataclass(frozen=True, slots=True)
class TextRow:
    """One row.

    Attributes:
        key: what it stands for. tone: the name of a colour of the theme, else the text's own.
    """

    cells: tuple[str, ...]
    key: object = None
    tone: str = "text"
    is_bold: bool = False


class TextRows(QAbstractTableModel):
    """The rows under their titles."""

    def __init__(self, titles: Sequence[str], theme: Tokens, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._titles = tuple(titles)
        self.theme = theme
        self.rows: tuple[TextRow, ...] = ()

    def set_rows(self, rows: Sequence[TextRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._titles)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self._titles[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return row.cells[index.column()]
            case Qt.ItemDataRole.ForegroundRole:
                return QColor(getattr(self.theme, row.tone))
            case Qt.ItemDataRole.FontRole:
                return font(BODY, bold=row.is_bold)
        return None


class TextTable(QTableView):
    """The rows on the screen.

    Args:
        columns: title and width in pixels of each; a width of 0 takes what is left.
        wraps: whether long cells are written on several lines, else they are cut with a tool tip.

    Signals:
        row_chosen(key): the operator or the program chose a row.
    """

    row_chosen = Signal(object)

    def __init__(
        self,
        session: DeskSession,
        name: str,
        columns: Sequence[tuple[str, int]],
        *,
        wraps: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._wraps = wraps
        self.rows = TextRows([title for title, _ in columns], session.theme, self)
        self.setObjectName(name)
        self.setModel(self.rows)
        self.setShowGrid(False)
        self.setWordWrap(wraps)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        for column, (_, width) in enumerate(columns):
            if width:
                self.setColumnWidth(column, width)
            else:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.selectionModel().currentRowChanged.connect(self._on_row)
        session.theme_changed.connect(self._on_theme)

    def set_rows(self, rows: Sequence[TextRow]) -> None:
        """Show other rows; the chosen one stays chosen where it is still there."""
        current = self.currentIndex()
        key = self.rows.rows[current.row()].key if current.isValid() else None
        self.rows.set_rows(rows)
        self._fit()
        if key is not None:
            self.choose(key)

    def choose(self, key: object) -> None:
        """Choose the row that stands for something."""
        for number, row in enumerate(self.rows.rows):
            if row.key == key:
                self.selectRow(number)

    def texts(self) -> list[tuple[str, ...]]:
        """Everything that it says, row by row."""
        return [row.cells for row in self.rows.rows]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._wraps:
            for row in range(len(self.rows.rows)):
                self.setRowHeight(row, max(ROW_HEIGHT, self.sizeHintForRow(row) + ROOM))

    @Slot(QModelIndex, QModelIndex)
    def _on_row(self, current: QModelIndex, before: QModelIndex) -> None:
        if current.isValid():
            self.row_chosen.emit(self.rows.rows[current.row()].key)

    @Slot(object)
    def _on_theme(self, theme: Tokens) -> None:
        self.rows.theme = theme
        self.viewport().update()
