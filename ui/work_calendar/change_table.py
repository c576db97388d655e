"""The deadlines that a draft would change, as rows that can be opened."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from resources.language import tr
from workflow.ids import CaseId
from workflow.instants import CHINA_STANDARD_TIME
from workflow.recounting import DeadlineChange

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_COLUMNS: tuple[tuple[Callable[[], str], Callable[[DeadlineChange], str]], ...] = (
    (lambda: tr("Number"), lambda change: change.number),
    (lambda: tr("Clock"), lambda change: change.kind.label),
    (lambda: tr("Due before"), lambda change: _due(change, is_new=False)),
    (lambda: tr("Due after"), lambda change: _due(change, is_new=True)),
)
WIDTHS = (98, 66)


class ChangeTable(QAbstractTableModel):
    """Rows of DeadlineChange."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._changes: Sequence[DeadlineChange] = ()

    def set_changes(self, changes: Sequence[DeadlineChange]) -> None:
        """Show these changes."""
        self.beginResetModel()
        self._changes = changes
        self.endResetModel()

    def case_id(self, row: int) -> CaseId:
        """The case in a row."""
        return self._changes[row].case_id

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._changes)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(_COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return _COLUMNS[index.column()][1](self._changes[index.row()])
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _COLUMNS[section][0]()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


def change_view(model: ChangeTable) -> QTableView:
    """A quiet table of changes, a row at a time."""
    view = QTableView()
    view.setObjectName("deadline-changes")
    view.setModel(model)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setTabKeyNavigation(False)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(28)
    header = view.horizontalHeader()
    header.setHighlightSections(False)
    for column, width in enumerate(WIDTHS):
        view.setColumnWidth(column, width)
    header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
    header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
    return view


def _due(change: DeadlineChange, *, is_new: bool) -> str:
    due = change.new_due if is_new else change.old_due
    words = f"{due.astimezone(CHINA_STANDARD_TIME):%Y-%m-%d %H:%M}"
    if change.is_provisional if is_new else change.was_provisional:
        words += tr(" (provisional)")
    return words
