"""Cyclic garbage is collected on the UI thread only, as long as another thread runs Python.

Python collects cycles on whichever thread happens to allocate next. A widget or a timer in such a
cycle would then be destroyed on the database thread, and Qt does not survive that.
"""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

EVERY_MS = 500


class Garbage(QObject):
    """Switches Python's own collecting off while it works, and collects now and then itself."""

    _working = 0

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._is_working = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.collect)

    def start(self) -> None:
        """From now on garbage is collected here."""
        if not self._is_working:
            self._is_working = True
            Garbage._working += 1
            gc.disable()
            self._timer.start()

    def stop(self) -> None:
        """Leave it to Python again, unless somebody else still needs it here."""
        if self._is_working:
            self._is_working = False
            Garbage._working -= 1
            self._timer.stop()
            if not Garbage._working:
                gc.enable()

    @Slot()
    def collect(self) -> None:
        """Collect the generations that are due, by Python's own thresholds."""
        due = [
            generation
            for generation, (count, limit) in enumerate(
                zip(gc.get_count(), gc.get_threshold(), strict=True)
            )
            if limit and count > limit
        ]
        if due:
            gc.collect(max(due))
