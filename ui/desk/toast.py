"""Quiet notices on the window: a card over the map that goes by itself, and the list."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from resources.language import tr
from ui.notices import Level, Notice
from ui.session import DeskSession
from ui.theme.icons import icon
from workflow.instants import CHINA_STANDARD_TIME

SHOWN_MS = {Level.DONE: 4_000, Level.INFO: 6_000, Level.WARNING: 12_000}
"""How long a card stays; an error stays until it is closed or taken back."""

MOST_CARDS = 3
WIDTH, LEAST_WIDTH = 460, 240
MARGIN = 14
BESIDE = 56
"""Room kept free on both sides of the cards: the map's buttons stand there."""
GAP = 6
LISTED = 12
_LAMPS = {Level.DONE: "green", Level.INFO: "blue", Level.WARNING: "yellow", Level.ERROR: "red"}
_MARKS = {Level.DONE: "✓", Level.INFO: "●", Level.WARNING: "▲", Level.ERROR: "■"}


class Card(QFrame):
    """One notice on the window.

    Signals:
        closed(Card): its time is over, or it was closed.
    """

    closed = Signal(object)

    def __init__(self, notice: Notice, session: DeskSession, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("panel", "raised")
        self.notice = notice
        mark = QLabel(_MARKS[notice.level], self)
        mark.setProperty("lamp", _LAMPS[notice.level])
        text = QLabel(notice.text, self)
        text.setWordWrap(True)
        close = QToolButton(self)
        close.setIcon(icon("close", session.theme.secondary, 12))
        close.setToolTip(tr("Close this notice"))
        close.clicked.connect(self._close)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(10)
        row.addWidget(mark)
        row.addWidget(text, 1)
        row.addWidget(close)
        if notice.level in SHOWN_MS:
            QTimer.singleShot(SHOWN_MS[notice.level], self, self._close)

    @Slot()
    def _close(self) -> None:
        self.closed.emit(self)


class Toasts(QWidget):
    """The cards of the newest notices, at the upper edge of the map; it takes no focus.

    There they cover neither a list nor the legend, and the eye that works on the case sees them.

    Args:
        parent: the window.
        over: the map; where it is hidden, the cards keep to the window itself.
    """

    def __init__(self, session: DeskSession, parent: QWidget, over: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._over = over
        self._cards: list[Card] = []
        parent.installEventFilter(self)
        over.installEventFilter(self)
        session.notices.posted.connect(self._on_posted)
        session.notices.withdrawn.connect(self._on_withdrawn)
        self.hide()

    @property
    def texts(self) -> tuple[str, ...]:
        """What is on the window now, oldest first."""
        return tuple(card.notice.text for card in self._cards)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep to the upper edge of the map."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Move}:
            self._place()
        return super().eventFilter(watched, event)

    def show_list(self, button: QWidget) -> None:
        """The last notices as a menu over a button."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        kept = self._session.notices.kept[-LISTED:]
        for notice in kept or ():
            at = notice.at.astimezone(CHINA_STANDARD_TIME)
            menu.addAction(f"{at:%H:%M:%S}  {_MARKS[notice.level]}  {notice.text}")
        if not kept:
            menu.addAction(tr("Nothing was said yet.")).setEnabled(False)
        size = menu.sizeHint()
        corner = button.mapToGlobal(QPoint(button.width(), 0))
        menu.popup(corner - QPoint(size.width(), size.height()))

    def put_away(self, key: str) -> None:
        """Take a notice off the window that is said elsewhere on it; the list keeps it."""
        self._on_withdrawn(key)

    @Slot(object)
    def _on_posted(self, notice: Notice) -> None:
        if notice.key:
            self._on_withdrawn(notice.key)
        card = Card(notice, self._session, self)
        card.closed.connect(self._drop)
        self._cards.append(card)
        if len(self._cards) > MOST_CARDS:
            self._drop(self._cards[0])
        card.show()
        self._place()

    @Slot(str)
    def _on_withdrawn(self, key: str) -> None:
        for card in [one for one in self._cards if one.notice.key == key]:
            self._drop(card)

    @Slot(object)
    def _drop(self, card: Card) -> None:
        if card in self._cards:
            self._cards.remove(card)
            card.hide()
            card.deleteLater()
            self._place()

    def _place(self) -> None:
        """Stack the cards downward from the upper edge, in the middle."""
        window = self.window()
        over = self._over if self._over.isVisible() else window
        corner = over.mapTo(window, QPoint(0, 0))
        width = min(WIDTH, max(over.width() - 2 * BESIDE, LEAST_WIDTH))
        top = 0
        for card in self._cards:
            height = card.heightForWidth(width)
            card.setGeometry(0, top, width, height)
            top += height + GAP
        self.setVisible(bool(self._cards))
        left = corner.x() + (over.width() - width) // 2
        self.setGeometry(left, corner.y() + MARGIN, width, max(top, 1))
        self.raise_()
