"""The opinion (处理意见): a text box with the canned phrases of the open steps beside it."""

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, Qt, Signal, Slot
from PySide6.QtGui import QAction, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QToolButton, QVBoxLayout, QWidget

from resources.language import tr
from ui.case_form.flow_layout import FlowLayout
from ui.tab_order import tab_through
from ui.theme.fonts import SECONDARY, font

CHIPS = 3
CHIP_WIDTH = 176
LONGEST = 2_000


class PictureTextEdit(QPlainTextEdit):
    """A text box that passes on pictures pasted or dropped into it.

    Signals:
        picture_given(QMimeData): to attach; only emitted while `takes_pictures`.
        submitted: Ctrl+Enter was pressed.
    """

    picture_given = Signal(object)
    submitted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.takes_pictures = False
        self.setTabChangesFocus(True)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return self._has_picture(source) or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if self._has_picture(source):
            self.picture_given.emit(source)
        else:
            super().insertFromMimeData(source)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enters = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() in enters and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.submitted.emit()
        else:
            super().keyPressEvent(event)

    def _has_picture(self, source: QMimeData) -> bool:
        is_file = any(url.isLocalFile() for url in source.urls())
        return self.takes_pictures and (source.hasImage() or is_file)


class PhraseBox(QWidget):
    """A text box with phrases: the first ones as chips, the rest in a menu by step.

    Signals:
        edited(text): the text changed by hand or by a phrase.
    """

    edited = Signal(str)

    def __init__(self, name: str, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._phrases: list[tuple[str, tuple[str, ...]]] = []
        self.edit = PictureTextEdit(self)
        self.edit.setObjectName(name)
        self.edit.setAccessibleName(placeholder)
        self.edit.setPlaceholderText(placeholder)
        self.edit.setFixedHeight(58)
        self.edit.textChanged.connect(self._on_text_changed)
        self._chips = QWidget(self)
        self._flow = FlowLayout(self._chips, gap=6)
        self._menu = QMenu(self)
        self._menu.triggered.connect(self._on_menu)
        self._more = QToolButton(self._chips)
        self._more.setObjectName(f"{name}-phrases")
        self._more.setText(tr("Phrases ▾"))
        self._more.setProperty("role", "link")
        self._more.setMenu(self._menu)
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._buttons: list[QToolButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.edit)
        column.addWidget(self._chips)

    @property
    def last(self) -> QWidget:
        """Where the tab key leaves the box."""
        return self._more

    def set_text(self, text: str) -> None:
        """Show a draft's text; the cursor stays where the text is the same."""
        if text != self.edit.toPlainText():
            self.edit.setPlainText(text)

    def set_phrases(self, phrases: Sequence[tuple[str, tuple[str, ...]]]) -> None:
        """Offer these phrases, given with the step that they belong to."""
        if list(phrases) == self._phrases:
            return
        self._phrases = list(phrases)
        for button in self._buttons:
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._flow.removeWidget(self._more)
        everything = [phrase for _, canned in phrases for phrase in canned]
        self._buttons = [self._chip(phrase, n) for n, phrase in enumerate(everything[:CHIPS])]
        for button in self._buttons:
            self._flow.addWidget(button)
            button.show()
        self._flow.addWidget(self._more)
        tab_through(self.edit, *self._buttons, self._more)
        self._fill_menu()
        self._more.setVisible(len(everything) > CHIPS)
        self._chips.setVisible(bool(everything))

    def _chip(self, phrase: str, number: int) -> QToolButton:
        button = QToolButton(self._chips)
        button.setObjectName(f"{self.edit.objectName()}-phrase-{number}")
        button.setProperty("chip", True)
        metrics = QFontMetrics(font(SECONDARY))
        text = metrics.elidedText(phrase, Qt.TextElideMode.ElideRight, CHIP_WIDTH)
        button.setText(text.replace("&", "&&"))
        button.setToolTip(phrase)
        button.setProperty("phrase", phrase)
        button.clicked.connect(self._on_chip)
        return button

    def _fill_menu(self) -> None:
        self._menu.clear()
        for step, canned in self._phrases:
            if step:
                self._menu.addSection(step)
            for phrase in canned:
                self._menu.addAction(phrase).setData(phrase)

    def _insert(self, phrase: str) -> None:
        self.edit.textCursor().insertText(phrase)
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_chip(self) -> None:
        button = self.sender()
        if button is not None:
            self._insert(str(button.property("phrase")))

    @Slot(QAction)
    def _on_menu(self, action: QAction) -> None:
        self._insert(str(action.data()))

    @Slot()
    def _on_text_changed(self) -> None:
        text = self.edit.toPlainText()
        if len(text) > LONGEST:
            text = text[:LONGEST]
            self.edit.setPlainText(text)
            return
        self.edited.emit(text)
