"""The photo viewer: before and after under one slider, or the closing standard beside what is.

It stands over the map and stops nothing: lists and case go on beside it, Esc puts it away.
"""

from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from resources.closing_photos import StandardPhoto, standard_photo
from resources.language import tr
from ui.case_form.picture_store import PictureStore
from ui.photo_viewer.caption import Caption
from ui.photo_viewer.compare_canvas import CompareCanvas
from ui.photo_viewer.pairs import Pair, SeenPhoto, photo_pairs
from ui.session import DeskSession
from ui.theme.icons import icon
from workflow.queries import CaseFile

NARROW = 620
"""Pixels of width below which the title is left out."""


class Mode(StrEnum):
    """What is compared."""

    BEFORE_AFTER = "before-after"
    STANDARD = "standard"


class PhotoViewer(QFrame):
    """Shows the photos of one case.

    Args:
        over: the widget that it covers while it is open.

    Signals:
        closed: it was put away.
    """

    closed = Signal()

    def __init__(self, session: DeskSession, over: QWidget) -> None:
        super().__init__(over)
        self._session, self._over = session, over
        self._store = PictureStore(session.door, self)
        self._file: CaseFile | None = None
        self._pairs: tuple[Pair, ...] = ()
        self._place = 0
        self._mode = Mode.BEFORE_AFTER
        self.setObjectName("photo-viewer")
        self.setProperty("panel", "true")
        self._title = QLabel(self)
        self._title.setProperty("role", "title")
        self._count = QLabel(self)
        self._count.setObjectName("photo-count")
        self._count.setProperty("role", "secondary")
        self._hint = QLabel(self)
        self._hint.setProperty("role", "secondary")
        self._hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.canvas = CompareCanvas(session.theme, self)
        self._left = Caption("photo-caption-left", at_right=False)
        self._right = Caption("photo-caption-right", at_right=True)
        self._modes = {
            Mode.BEFORE_AFTER: self._button("photo-mode-pair", tr("Before / after  1"), chip=True),
            Mode.STANDARD: self._button(
                "photo-mode-standard", tr("Closing standard  2"), chip=True
            ),
        }
        self._back = self._button("photo-previous", "‹", tr("Previous pair (Page up)"))
        self._on = self._button("photo-next", "›", tr("Next pair (Page down)"))
        self._close = self._button("photo-close", "", tr("Close (Esc)"))
        self._lay_out()
        self._connect()
        self.hide()

    @property
    def pair(self) -> Pair | None:
        """The pair on screen."""
        return self._pairs[self._place] if self.isVisible() and self._pairs else None

    @property
    def mode(self) -> Mode:
        """What is compared."""
        return self._mode

    def open(self, file: CaseFile, sha256: str = "") -> None:
        """Show the photos of a case, beginning with a given one, else with the newest pair."""
        self._file, self._pairs = file, photo_pairs(file)
        if not self._pairs:
            self.put_away()
            return
        holding = [place for place, pair in enumerate(self._pairs) if pair.holds(sha256)]
        self._place = holding[-1] if holding else len(self._pairs) - 1
        self.canvas.set_share(0.5)
        self.canvas.fit()
        self.set_mode(Mode.BEFORE_AFTER)
        self._cover()
        self.show()
        self.raise_()
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def renew(self, file: CaseFile | None) -> None:
        """The case panel shows this now: the same case with a photo more, or another case."""
        if not self.isVisible() or file == self._file:
            return
        if file is None or self._file is None or file.case.id != self._file.case.id:
            self.put_away()
            return
        self._file, self._pairs = file, photo_pairs(file)
        self._place = min(self._place, len(self._pairs) - 1)
        self._show()

    def set_mode(self, mode: Mode) -> None:
        """Compare something else; without a standard there is nothing to switch to."""
        is_there = self._standard() is not None
        self._modes[Mode.STANDARD].setEnabled(is_there)
        self._modes[Mode.STANDARD].setToolTip(
            "" if is_there else tr("There is no closing standard for this class yet.")
        )
        self._mode = mode if is_there else Mode.BEFORE_AFTER
        self.canvas.set_beside(self._mode is Mode.STANDARD)
        self._hint.setText(
            tr("The wheel enlarges both")
            if self._mode is Mode.STANDARD
            else tr("Drag the line or press ← →; the wheel enlarges")
        )
        for one, button in self._modes.items():
            button.setChecked(one is self._mode)
        self._show()

    @Slot()
    def put_away(self) -> None:
        """Close the viewer."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; in a desk its table of actions does the same."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the map whatever size it has."""
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self._cover()
        return super().eventFilter(watched, event)

    # -- building -------------------------------------------------------------------------------
    def _button(self, name: str, text: str, tip: str = "", *, chip: bool = False) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setText(text)
        button.setToolTip(tip)
        if chip:
            button.setCheckable(True)
            button.setProperty("chip", True)
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        return button

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        for button in self._modes.values():
            head.addWidget(button)
        head.addWidget(self._hint, 1)
        for widget in (self._back, self._count, self._on, self._close):
            head.addWidget(widget)
        foot = QHBoxLayout()
        foot.setSpacing(24)
        foot.addWidget(self._left, 1)
        foot.addWidget(self._right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.canvas, 1)
        column.addLayout(foot)
        self._close.setIcon(icon("close", self._session.theme.secondary, 12))

    def _connect(self) -> None:
        self._over.installEventFilter(self)
        self._store.loaded.connect(self._on_loaded)
        self._session.theme_changed.connect(self._on_theme)
        self._close.clicked.connect(self.put_away)
        self._back.clicked.connect(self._go_back)
        self._on.clicked.connect(self._go_on)
        self._modes[Mode.BEFORE_AFTER].clicked.connect(self._compare_photos)
        self._modes[Mode.STANDARD].clicked.connect(self._compare_standard)
        keys = {
            "PgUp": self._go_back,
            "PgDown": self._go_on,
            "1": self._compare_photos,
            "2": self._compare_standard,
        }
        for key, doing in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(doing)

    # -- showing --------------------------------------------------------------------------------
    def _cover(self) -> None:
        """Over a narrow map there is room for the buttons; the case panel has the title too."""
        self.setGeometry(self._over.rect())
        self._title.setVisible(self.width() >= NARROW)

    def _standard(self) -> StandardPhoto | None:
        if self._file is None:
            return None
        case = self._file.case
        return standard_photo(case.edition, case.kind.value, case.class_code)

    def _show(self) -> None:
        if self._file is None or not self._pairs:
            return
        case = self._file.case
        self._title.setText(f"{case.class_name} · {case.number}")
        self._count.setText(tr("{n} of {total}", n=self._place + 1, total=len(self._pairs)))
        for widget in (self._back, self._on, self._count):
            widget.setVisible(len(self._pairs) > 1)
        pair, standard = self._pairs[self._place], self._standard()
        if self._mode is Mode.STANDARD and standard is not None:
            self._show_standard(pair.after or pair.before, standard, self._file.closing_condition)
        else:
            self._show_pair(pair)

    def _show_pair(self, pair: Pair) -> None:
        self.canvas.set_names(_name(pair.before), _name(pair.after))
        self.canvas.set_images(self._image(pair.before), self._image(pair.after))
        for caption, photo in ((self._left, pair.before), (self._right, pair.after)):
            caption.say(_name(photo), photo.lines if photo else ())
        if pair.after is None:
            self._right.say("", (tr("There is no photo after handling yet."),))
        elif pair.before is None:
            self._left.say("", (tr("There is no photo of the problem."),))

    def _show_standard(
        self, photo: SeenPhoto | None, standard: StandardPhoto, condition: str
    ) -> None:
        title = tr("Closing standard")
        if standard.synthetic:
            title = f"{title} · {tr('Synthetic picture')}"
        self.canvas.set_names(title, _name(photo))
        self.canvas.set_images(QImage(str(standard.path)), self._image(photo))
        words = tr("Closed when: {condition}", condition=condition)
        self._left.say(title, (words,) if condition else ())
        self._right.say(_name(photo), photo.lines if photo else ())

    def _image(self, photo: SeenPhoto | None) -> QImage | None:
        return self._store.image(photo.sha256) if photo else None

    # -- what happens ---------------------------------------------------------------------------
    def _go(self, by: int) -> None:
        if self._pairs:
            self._place = (self._place + by) % len(self._pairs)
            self._show()

    @Slot()
    def _go_back(self) -> None:
        self._go(-1)

    @Slot()
    def _go_on(self) -> None:
        self._go(1)

    @Slot()
    def _compare_photos(self) -> None:
        self.set_mode(Mode.BEFORE_AFTER)

    @Slot()
    def _compare_standard(self) -> None:
        self.set_mode(Mode.STANDARD)

    @Slot(str)
    def _on_loaded(self, sha256: str) -> None:
        if self.isVisible():
            self._show()

    @Slot(object)
    def _on_theme(self, theme: object) -> None:
        self.canvas.set_theme(self._session.theme)
        self._close.setIcon(icon("close", self._session.theme.secondary, 12))


def _name(photo: SeenPhoto | None) -> str:
    return photo.usage if photo else ""
