"""What another profile changes, operation by operation: "结案：值班长 → 受理员"."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QLabel, QListView, QVBoxLayout, QWidget

from resources.language import tr
from ui.admin.step_words import difference_words
from workflow.matrix import Difference

KEY = Qt.ItemDataRole.UserRole


class DifferenceList(QFrame):
    """The list with its count.

    Signals:
        chosen(key): the operation whose line is wanted.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = QLabel()
        self._title.setProperty("role", "strong")
        self._model = QStandardItemModel(self)
        self._list = QListView()
        self._list.setObjectName("differences")
        self._list.setModel(self._model)
        self._list.setWordWrap(True)
        self._list.setResizeMode(QListView.ResizeMode.Adjust)
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setSpacing(2)
        self._list.selectionModel().currentChanged.connect(self._on_current)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addWidget(self._list, 1)

    @property
    def lines(self) -> list[str]:
        """What stands in the list."""
        return [self._model.item(row).text() for row in range(self._model.rowCount())]

    def show_differences(self, changes: Sequence[Difference]) -> None:
        """List them."""
        self._title.setText(tr("{n} operations change", n=len(changes)))
        self._model.clear()
        for change in changes:
            item = QStandardItem(f"{change.name}：{difference_words(change)}")
            item.setData(change.key, KEY)
            self._model.appendRow(item)

    @Slot(QModelIndex)
    def _on_current(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(index.data(KEY))
