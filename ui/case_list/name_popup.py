"""Asks for a name without stopping anything: a field under what was pressed."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QWidget

from resources.language import tr
from workflow.filters import LONGEST_NAME

WIDTH = 280
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class NamePopup(QFrame):
    """A part of the window, shown while it asks.

    Signals:
        named(str): the name that was given.
    """

    named = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent.window())
        self.setProperty("panel", "true")
        self.setFixedWidth(WIDTH)
        self.edit = QLineEdit(self)
        self.edit.setMaxLength(LONGEST_NAME)
        self.edit.setPlaceholderText(tr("Name of the filter"))
        self.edit.installEventFilter(self)
        self._keep = QPushButton(tr("Keep"), self)
        self._keep.setProperty("tone", "main")
        self._keep.clicked.connect(self._on_keep)
        self.edit.textChanged.connect(self._allow)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 8, 8, 8)
        row.addWidget(self.edit, 1)
        row.addWidget(self._keep)
        self.hide()

    def ask(self, below: QWidget, name: str = "") -> None:
        """Open under a widget, with a name to begin with."""
        window = below.window()
        corner = below.mapTo(window, QPoint(0, below.height() + 2))
        self.adjustSize()
        corner.setX(max(4, min(corner.x(), window.width() - WIDTH - 4)))
        corner.setY(max(4, min(corner.y(), window.height() - self.height() - 4)))
        self.move(corner)
        self.edit.setText(name)
        self.edit.selectAll()
        self._allow()
        self.show()
        self.raise_()
        self.edit.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter keeps, Escape leaves."""
        if not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        is_escape = event.key() == Qt.Key.Key_Escape
        if event.type() == QEvent.Type.ShortcutOverride and is_escape:
            event.accept()  # the window's own Escape leaves more than this field
            return True
        if event.type() == QEvent.Type.KeyPress and is_escape:
            self.hide()
            return True
        if event.type() == QEvent.Type.KeyPress and event.key() in _ENTER:
            self._on_keep()
            return True
        return super().eventFilter(watched, event)

    @Slot()
    def _allow(self) -> None:
        self._keep.setEnabled(bool(self.edit.text().strip()))

    @Slot()
    def _on_keep(self) -> None:
        name = self.edit.text().strip()
        if name:
            self.hide()
            self.named.emit(name)
