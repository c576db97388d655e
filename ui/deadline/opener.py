"""Opens the explained deadline beside the case: by pointing, by a click that pins it, by a key."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from ui.deadline.panel import DeadlinePanel
from ui.session import DeskSession
from workflow.case_file import CaseFile

OPEN_AFTER_MS, CLOSE_AFTER_MS = 350, 450
"""Whoever only passes over opens nothing; whoever goes over to the ruler does not lose it."""

WIDEST, NARROWEST = 960, 560
GUTTER = 10


class DeadlineOpener(QObject):
    """Shows and hides one DeadlinePanel.

    Args:
        host: the widget that the ruler lies on, without a layout's help.
        beside: the panel that stays free: the ruler lies at its left.

    Attributes:
        panel: the explained deadline.

    Signals:
        closed: a pinned ruler was put away.
    """

    closed = Signal()

    def __init__(self, session: DeskSession, host: QWidget, beside: QWidget) -> None:
        super().__init__(host)
        self._host, self._beside = host, beside
        self._file: CaseFile | None = None
        self._pinned = False
        self._triggers: list[QWidget] = []
        self.panel = DeadlinePanel(session, host)
        self.panel.installEventFilter(self)
        host.installEventFilter(self)
        beside.installEventFilter(self)
        self._opening = self._timer(OPEN_AFTER_MS, self._open)
        self._closing = self._timer(CLOSE_AFTER_MS, self._close)
        self.panel.closed.connect(self._on_closed)
        self.panel.resized.connect(self._place)

    @property
    def is_pinned(self) -> bool:
        """Whether it stays until it is put away."""
        return self._pinned and not self.panel.isHidden()

    def watch(self, widget: QWidget, *, hovering: bool = True) -> None:
        """Open on this widget's click; where it says nothing else on hover, by pointing too."""
        widget.setCursor(Qt.CursorShape.PointingHandCursor)
        widget.setProperty("opens-on-hover", hovering)
        widget.installEventFilter(self)
        self._triggers.append(widget)

    def renew(self, file: CaseFile | None) -> None:
        """The case panel shows this now: the same case one step on, another one, or none."""
        other = file is None or self._file is None or file.case.id != self._file.case.id
        self._file = file
        if self.panel.isHidden():
            return
        if file is None or (other and not self._pinned):
            self.panel.hide()
            return
        self.panel.explain(file)
        self._place()

    @Slot()
    def toggle(self) -> None:
        """Pin it open with the keyboard on the ruler; the same key puts it away again."""
        if self.is_pinned:
            self.leave()
        elif self._file is not None:
            self._pin()
            self.panel.canvas.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> bool:
        """Put it away; False where it is not open."""
        is_open = not self.panel.isHidden()
        self.panel.put_away()
        return is_open

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the pointer, and the size of the desk."""
        kind = event.type()
        if watched in self._triggers:
            self._follow_trigger(watched, event)
        elif watched is self.panel and kind == QEvent.Type.Enter:
            self._closing.stop()
        elif watched is self.panel and kind == QEvent.Type.Leave and not self._pinned:
            self._closing.start()
        elif watched is self.panel and kind == QEvent.Type.MouseButtonPress:
            self._pinned = True
        elif watched is self._beside and kind == QEvent.Type.Hide:
            self._put_aside()
        elif watched is self._host and kind == QEvent.Type.Resize and self.panel.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _follow_trigger(self, trigger: QObject, event: QEvent) -> None:
        kind = event.type()
        if kind == QEvent.Type.Enter and trigger.property("opens-on-hover"):
            self._closing.stop()
            if self.panel.isHidden():
                self._opening.start()
        elif kind == QEvent.Type.Leave:
            self._opening.stop()
            if not self._pinned and not self.panel.isHidden():
                self._closing.start()
        elif (
            isinstance(event, QMouseEvent)
            and kind == QEvent.Type.MouseButtonRelease
            and event.button() == Qt.MouseButton.LeftButton
        ):
            self._opening.stop()
            if self.is_pinned:
                self.leave()
            else:
                self._pin()

    def _pin(self) -> None:
        self._pinned = True
        self._open()

    @Slot()
    def _open(self) -> None:
        if self._file is None:
            return
        self.panel.explain(self._file)
        self._place()
        self.panel.show()
        self.panel.raise_()

    def _put_aside(self) -> None:
        """Another form took the case's place: nothing is explained beside it."""
        self._pinned = False
        self._opening.stop()
        self.panel.hide()

    @Slot()
    def _close(self) -> None:
        """The pointer went elsewhere; the keyboard never was here, so nothing is told."""
        if not self._pinned:
            self.panel.hide()

    @Slot()
    def _on_closed(self) -> None:
        was_pinned, self._pinned = self._pinned, False
        if was_pinned:
            self.closed.emit()

    @Slot()
    def _place(self) -> None:
        """At the left of the case, its top beside the case's top, as wide as there is room."""
        corner = self._beside.mapTo(self._host, QPoint(0, 0))
        room = corner.x() - 2 * GUTTER
        width = min(WIDEST, room) if room >= NARROWEST else self._host.width() - 2 * GUTTER
        layout = self.panel.layout()
        least = 0 if layout is None else layout.totalHeightForWidth(width)
        height = min(
            max(least, self.panel.sizeHint().height()), self._host.height() - corner.y() - GUTTER
        )
        left = corner.x() - GUTTER - width if room >= NARROWEST else GUTTER
        self.panel.setGeometry(left, corner.y(), width, height)

    def _timer(self, delay: int, done: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(delay)
        timer.timeout.connect(done)
        return timer
