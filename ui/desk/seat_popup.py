"""The demo's switch: every seat of the city, grouped by post, found by typing."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QListView, QVBoxLayout, QWidget
from shiboken6 import isValid

from resources.language import tr
from ui.theme.fonts import SECONDARY, font
from workflow.posts import Seat

SEAT_ROLE = Qt.ItemDataRole.UserRole + 1
WIDTH, HEIGHT = 320, 420


class SeatPopup(QFrame):
    """A list under the seat button: a part of the window, not a window of its own.

    Signals:
        chosen(Seat): the seat to act from.
    """

    chosen = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setProperty("panel", "true")
        self.setFixedSize(WIDTH, HEIGHT)
        self._seats: Sequence[Seat] = ()
        self._came_from: QWidget | None = None
        self._search = QLineEdit(self)
        self._search.setPlaceholderText(tr("Name, post or department; first letters do"))
        self._search.textChanged.connect(self._fill)
        self._search.installEventFilter(self)
        self._model = QStandardItemModel(self)
        self._list = QListView(self)
        self._list.setObjectName("seats")
        self._list.setModel(self._model)
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.clicked.connect(self._on_clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self._search)
        column.addWidget(self._list)
        self.hide()

    def ask(self, seats: Sequence[Seat], below: QWidget) -> None:
        """Open under a button."""
        self._seats = seats
        self._search.clear()
        self._fill()
        self._came_from = self._window.focusWidget()
        corner = below.mapTo(self._window, QPoint(below.width() - WIDTH, below.height() + 4))
        self.move(corner)
        self.show()
        self.raise_()
        self._search.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows in the search field move in the list, Enter takes the seat, Escape none."""
        if event.type() == QEvent.Type.FocusOut and not self._is_within(QApplication.focusWidget()):
            self.hide()
        if event.type() == QEvent.Type.ShortcutOverride and _is_escape(event):
            event.accept()  # the window's own Escape leaves more than this list
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._step(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._leave()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(self._list.currentIndex().row())
                return True
        return super().eventFilter(watched, event)

    @Slot()
    def _fill(self) -> None:
        self._model.clear()
        for item in _items(_matching(self._seats, self._search.text().strip())):
            self._model.appendRow(item)
        if not self._model.rowCount():
            nobody = QStandardItem(tr("Nobody fits."))
            nobody.setFlags(Qt.ItemFlag.NoItemFlags)
            self._model.appendRow(nobody)
        self._step(1)

    def _step(self, by: int) -> None:
        place = self._list.currentIndex().row() + by
        while 0 <= place < self._model.rowCount():
            if self._model.item(place).data(SEAT_ROLE) is not None:
                self._list.setCurrentIndex(self._model.index(place, 0))
                return
            place += by

    def _is_within(self, widget: QWidget | None) -> bool:
        return widget is not None and (widget is self or self.isAncestorOf(widget))

    def _leave(self) -> None:
        """Go, and give the keyboard back to where it was."""
        self.hide()
        if self._came_from is not None and isValid(self._came_from):
            self._came_from.setFocus(Qt.FocusReason.PopupFocusReason)

    @Slot()
    def _on_clicked(self) -> None:
        self._take(self._list.currentIndex().row())

    def _take(self, place: int) -> None:
        seat = self._model.item(place).data(SEAT_ROLE) if place >= 0 else None
        if seat is not None:
            self._leave()
            self.chosen.emit(seat)


def _is_escape(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape


def seat_text(seat: Seat) -> str:
    """周敏 · 派遣员, with the department where the seat works for one."""
    return " · ".join(_words(seat))


def _matching(seats: Sequence[Seat], text: str) -> list[Seat]:
    wanted = "".join(text.split()).lower()
    return [seat for seat in seats if text in seat_text(seat) or _is_spelt(wanted, seat)]


def _is_spelt(wanted: str, seat: Seat) -> bool:
    """Whether a word of the seat is typed in pinyin, whole or by first letters: zm, zhoumin."""
    if not any(letter.isascii() for letter in wanted):
        return False
    # Its dictionaries need not be loaded for the first list.
    from resources.readings import reads_within

    return any(reads_within(wanted, word) for word in _words(seat))


def _words(seat: Seat) -> list[str]:
    return [word for word in (seat.person_name, seat.post_name, seat.department_name) if word]


def _items(seats: Sequence[Seat]) -> Iterator[QStandardItem]:
    post = ""
    for seat in seats:
        if seat.post_name != post:
            post = seat.post_name
            head = QStandardItem(post)
            head.setFont(font(SECONDARY, bold=True))
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            yield head
        words = [seat.person_name, seat.department_name]
        item = QStandardItem("  " + " · ".join(word for word in words if word))
        item.setData(seat, SEAT_ROLE)
        yield item
