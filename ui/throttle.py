"""Does something at most every so often, and never loses the last request."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot


class Throttle(QObject):
    """The first request is served at once; those that follow within the interval, once at its end.

    Args:
        act: what to do.
        interval_ms: the least time between two times that it is done.
    """

    def __init__(self, act: Callable[[], object], interval_ms: int, parent: QObject) -> None:
        super().__init__(parent)
        self._act = act
        self._is_wanted = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(interval_ms)
        self._pause.timeout.connect(self._on_pause_over)

    @property
    def is_waiting(self) -> bool:
        """Whether a request waits for the interval to end."""
        return self._is_wanted

    @Slot()
    def request(self) -> None:
        """Ask for it to be done."""
        if self._pause.isActive():
            self._is_wanted = True
        else:
            self._pause.start()
            self._act()

    @Slot()
    def _on_pause_over(self) -> None:
        if self._is_wanted:
            self._is_wanted = False
            self.request()
