"""The explained deadline in the desk: what opens it, and where the keyboard goes afterwards."""

from PySide6.QtCore import QObject, Qt, Slot

from ui.deadline.opener import DeadlineOpener
from ui.desk.frame import DeskFrame
from ui.session import DeskSession


class DeadlineTool(QObject):
    """Joins the opener to the case panel.

    Attributes:
        opener: opens and closes the explained deadline.
    """

    def __init__(self, session: DeskSession, frame: DeskFrame) -> None:
        super().__init__(frame)
        self._case = frame.case_panel
        self.opener = DeadlineOpener(session, frame, frame.case_panel)
        head = frame.case_panel.head
        for lamp in head.lamps:
            self.opener.watch(lamp)
        self.opener.watch(head.ruler, hovering=False)
        head.explain.clicked.connect(self.opener.toggle)
        frame.case_panel.shown.connect(self._on_shown)
        self.opener.closed.connect(self._on_closed)

    def leave(self) -> bool:
        """Put it away; False where it is not open."""
        return self.opener.leave()

    @Slot(object)
    def _on_shown(self, case_id: object) -> None:
        self.opener.renew(self._case.file)

    @Slot()
    def _on_closed(self) -> None:
        """The keyboard goes back to the case."""
        self._case.setFocus(Qt.FocusReason.OtherFocusReason)
