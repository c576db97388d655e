"""A calm line at the top of the map while the engine is away, with a way to call it back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from map.client.colours import Colours
from resources.language import tr

WIDEST = 640


class Banner(QFrame):
    """Hidden unless there is something to say."""

    retried = Signal()
    """The person wants the map back."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._map = parent
        self.setObjectName("mapBanner")
        self._label = QLabel(self)
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._button = QPushButton(tr("Start the map again"), self)
        self._button.clicked.connect(self.retried)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(12)
        layout.addWidget(self._label, 1)
        layout.addWidget(self._button)
        self.set_colours(Colours.of({}))
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._label.text()

    def set_colours(self, colours: Colours) -> None:
        """Wear the theme's colours."""
        self.setStyleSheet(
            f"#mapBanner {{ background: {colours.panel.name()};"
            f" border: 1px solid {colours.border.name()}; border-radius: 6px; }}"
            f" #mapBanner QLabel {{ color: {colours.text.name()}; border: none; }}"
        )

    def say(self, sentence: str, *, can_retry: bool) -> None:
        """Show a sentence, and the button where it is up to the person."""
        self._label.setText(sentence)
        self.setAccessibleName(sentence)
        self._button.setVisible(can_retry)
        self.show()
        self.raise_()
        self.place()

    def place(self) -> None:
        """Stand in the middle of the parent's top."""
        width = min(WIDEST, self._map.width() - 120)
        natural = self._label.fontMetrics().horizontalAdvance(self._label.text()) + 40
        if not self._button.isHidden():
            natural += self._button.sizeHint().width() + 12
        width = max(min(width, natural), 120)
        self.resize(width, self.heightForWidth(width))
        self.move((self._map.width() - width) // 2, 14)
