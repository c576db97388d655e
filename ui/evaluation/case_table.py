"""The cases behind a score, as rows that can be opened."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from resources.language import tr
from resources.profile import name_of
from workflow.ids import CaseId
from workflow.queries import ScoredCase

Index = QModelIndex | QPersistentModelIndex
CASE_ID = Qt.ItemDataRole.UserRole
_ROOT = QModelIndex()
_COLUMNS: tuple[tuple[Callable[[], str], Callable[[ScoredCase], str]], ...] = (
    (lambda: tr("Number"), lambda case: case.number),
    (lambda: tr("Class"), lambda case: case.class_name),
    (lambda: tr("Place"), lambda case: case.address),
    (lambda: tr("State"), lambda case: name_of(case.state.value)),
)


class CaseTable(QAbstractTableModel):
    """Rows of ScoredCase; role CASE_ID gives the case's identity."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cases: Sequence[ScoredCase] = ()

    def set_cases(self, cases: Sequence[ScoredCase]) -> None:
        """Show these cases."""
        self.beginResetModel()
        self._cases = cases
        self.endResetModel()

    def case_id(self, row: int) -> CaseId:
        """The case in a row."""
        return self._cases[row].case_id

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._cases)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(_COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        case = self._cases[index.row()]
        if role == CASE_ID:
            return case.case_id
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return _COLUMNS[index.column()][1](case)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _COLUMNS[section][0]()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None
