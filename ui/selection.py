"""The one selection: the case that list, map and form all show."""

from PySide6.QtCore import QObject, Signal

from workflow.ids import CaseId


class Selection(QObject):
    """Which case is chosen, and who chose it.

    Signals:
        changed(case_id, origin): a CaseId or None; `origin` is the chooser's name ("list", "map",
            "form" …), so that a view can tell its own choice from another's.
    """

    changed = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._case_id: CaseId | None = None

    @property
    def case_id(self) -> CaseId | None:
        """The chosen case."""
        return self._case_id

    def select(self, case_id: CaseId | None, origin: str) -> None:
        """Choose a case, or none. Choosing what is chosen says nothing."""
        if case_id != self._case_id:
            self._case_id = case_id
            self.changed.emit(case_id, origin)
