"""A PySide6 window with an empty list and nothing of ours: what a desk is measured against.

``python -m tests.bench.bare_window`` ends when it was painted.
"""

import sys

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QListView, QMainWindow


class _OnPaint(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.is_painted = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self.is_painted:
            self.is_painted = True
            QTimer.singleShot(0, QApplication.quit)
        return False


def main() -> int:
    """Show the window and see it painted."""
    application = QApplication(["bare"])
    window = QMainWindow()
    rows = QListView()
    window.setCentralWidget(rows)
    window.resize(1920, 1080)
    look = _OnPaint()
    rows.installEventFilter(look)
    window.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
