"""Words that a case left behind: it moved on before they were sent; they can still be copied."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from resources.language import tr


class LeftWords(QFrame):
    """A card with the words, a button that copies them and one that throws them away.

    Signals:
        thrown_away: nobody wants them any more.
    """

    thrown_away = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("left-words")
        self.setProperty("panel", "raised")
        why = QLabel(tr("The case has moved on since; your words are kept here."), self)
        why.setProperty("lamp", "yellow")
        why.setWordWrap(True)
        self._photos = QLabel(self)
        self._photos.setProperty("role", "secondary")
        self._photos.setWordWrap(True)
        self._words = QLabel(self)
        self._words.setObjectName("left-words-text")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._copy = QPushButton(tr("Copy"), self)
        self._copy.setObjectName("left-words-copy")
        self._copy.clicked.connect(self._on_copy)
        drop = QPushButton(tr("Throw away"), self)
        drop.setObjectName("left-words-drop")
        drop.clicked.connect(self.thrown_away)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._copy)
        buttons.addWidget(drop)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(6)
        column.addWidget(why)
        column.addWidget(self._words)
        column.addWidget(self._photos)
        column.addLayout(buttons)
        self.hide()

    def show_words(self, words: Sequence[str], photos: int = 0) -> None:
        """Show these words, one paragraph each; nothing is shown where nothing was left.

        Args:
            photos: how many photos were attached to them.
        """
        self._words.setText("\n".join(words))
        self._words.setVisible(bool(words))
        self._photos.setText(
            tr("{n} photo(s) were attached; attach them again where they are needed.", n=photos)
        )
        self._photos.setVisible(photos > 0)
        self._copy.setText(tr("Copy"))
        self._copy.setVisible(bool(words))
        self.setVisible(bool(words) or photos > 0)

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._words.text())
        self._copy.setText(tr("Copied"))
