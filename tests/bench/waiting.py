"""Waiting for what a window does, without sleeping and without asking again and again."""

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

PATIENCE_SECONDS = 60.0


class TookTooLong(Exception):
    """What was waited for did not happen."""


def application() -> QApplication:
    """The application of this process."""
    made = QApplication.instance() or QApplication(["wanmi-bench"])
    assert isinstance(made, QApplication)
    return made


def until(is_so: Callable[[], bool], what: str, seconds: float = PATIENCE_SECONDS) -> None:
    """Handle events until it is so. Raises TookTooLong."""
    wake = QTimer()
    wake.start(200)  # so that the deadline is looked at when nothing else happens
    deadline = QDeadlineTimer(int(seconds * 1000))
    while not is_so():
        if deadline.hasExpired():
            raise TookTooLong(f"{what} did not happen within {seconds:.0f} s")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def rest(milliseconds: int) -> None:
    """Let the window live for a while, as it does while nobody touches it."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


class Paints(QObject):
    """Counts how often a widget was painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.count = 0
        self.last = 0.0
        self._widget = widget
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look on; the event goes its way."""
        if event.type() == QEvent.Type.Paint and watched is self._widget:
            self.count += 1
            self.last = perf_counter()
        return False
