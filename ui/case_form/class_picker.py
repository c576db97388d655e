"""Picks a report's class: type Chinese, pinyin, initials or a code; arrows and Enter choose."""

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from resources.language import tr
from ui.case_form.class_hits import ENTRY, ROW, ClassDelegate, ClassModel
from ui.case_form.report_model import class_words
from ui.session import DeskSession
from workflow.case import CaseKind
from workflow.catalog import ClassEntry

SHOWN, SEARCHED = 7, 400


class ClassPicker(QWidget):
    """A search field with its hits below while it is searched.

    Signals:
        picked(ClassEntry): a class was chosen; None where the choice was taken back by typing.
    """

    picked = Signal(object)

    def __init__(self, session: DeskSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._entry: ClassEntry | None = None
        self._kind: CaseKind | None = None
        self.edit = QLineEdit(self)
        self.edit.setObjectName("class-search")
        self.edit.setPlaceholderText(tr("Class: Chinese, pinyin, initials or code"))
        self.edit.setClearButtonEnabled(True)
        self.edit.textEdited.connect(self._on_edited)
        self.edit.textChanged.connect(self._on_text_changed)
        self.edit.installEventFilter(self)
        self._model = ClassModel(self)
        self._hits = QListView(self)
        self._hits.setObjectName("class-results")
        self._hits.setModel(self._model)
        self._hits.setItemDelegate(ClassDelegate(session, self._hits))
        self._hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._hits.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._hits.clicked.connect(self._on_clicked)
        self._hits.hide()
        self._where = QLabel(self)
        self._where.setObjectName("class-where")
        self._where.setProperty("role", "secondary")
        self._where.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self.edit, self._hits, self._where):
            column.addWidget(widget)
        self._say("")

    @property
    def entry(self) -> ClassEntry | None:
        """The class that is chosen."""
        return self._entry

    def set_kind(self, kind: CaseKind | None) -> None:
        """Search only components or only events; None searches both."""
        self._kind = kind
        if self._hits.isVisible():
            self._search(self.edit.text())

    def set_entry(self, entry: ClassEntry | None) -> None:
        """Show this class as the chosen one."""
        self._entry = entry
        self.edit.setText(entry.small_name if entry else "")
        self._hits.hide()
        self._say(class_words(entry) if entry else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_press = watched is self.edit and event.type() == QEvent.Type.KeyPress
        if is_press and isinstance(event, QKeyEvent) and self._on_key(event.key()):
            return True
        return super().eventFilter(watched, event)

    def _on_key(self, key: int) -> bool:
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            if not self._hits.isVisible():
                self._search(self.edit.text() if self._entry is None else "")
            else:
                self._step(1 if key == Qt.Key.Key_Down else -1)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose_current()
            return True
        if key == Qt.Key.Key_Escape and self._hits.isVisible():
            self._hits.hide()
            return True
        return False

    def _step(self, by: int) -> None:
        rows = self._model.rowCount()
        row = min(max(self._hits.currentIndex().row() + by, 0), rows - 1)
        self._hits.setCurrentIndex(self._model.index(row))

    def _choose_current(self) -> None:
        entry = self._hits.currentIndex().data(ENTRY) if self._hits.isVisible() else None
        if isinstance(entry, ClassEntry):
            self._choose(entry)
        elif self._entry is None:
            self._say_unknown(self.edit.text())

    def _choose(self, entry: ClassEntry) -> None:
        self.set_entry(entry)
        self.picked.emit(entry)

    def _search(self, text: str) -> None:
        if not self._session.is_ready:
            return
        found = self._session.reference.classes.find(text, SEARCHED)
        entries = [entry for entry in found if self._kind in (None, entry.kind)]
        self._model.set_entries(entries)
        self._hits.setFixedHeight(ROW * min(len(entries), SHOWN) + 2)
        self._hits.setVisible(bool(entries))
        if entries:
            self._hits.setCurrentIndex(self._model.index(0))
            self._say("")
        else:
            self._say_unknown(text)

    def _say_unknown(self, text: str) -> None:
        if text.strip():
            self._say(
                tr(
                    "No class is called “{text}”; try another word, its pinyin or initials.",
                    text=text.strip(),
                ),
                warn=True,
            )

    def _say(self, text: str, *, warn: bool = False) -> None:
        self._where.setText(text)
        self._where.setVisible(bool(text))
        colour = "red" if warn else ""
        if self._where.property("lamp") != colour:
            self._where.setProperty("lamp", colour)
            self._where.style().polish(self._where)

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        if self._entry is not None:
            self._entry = None
            self.picked.emit(None)
        self._search(text)

    @Slot(str)
    def _on_text_changed(self, text: str) -> None:
        """The clear button changes the text without editing it."""
        if not text and self._entry is not None:
            self._entry = None
            self._say("")
            self.picked.emit(None)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        entry = index.data(ENTRY)
        if isinstance(entry, ClassEntry):
            self._choose(entry)
