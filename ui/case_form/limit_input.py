"""The time limit of a step, whatever it is for; of an extension with what it would do."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QWidget

from resources.language import tr
from ui.case_form.decision import Decision
from ui.case_form.limit_box import LimitBox
from ui.case_form.step_input import StepInput
from ui.case_form.step_needs import LimitPurpose
from ui.deadline.extension import extension_words
from workflow.limits import Limit
from workflow.transitions import Need


class LimitInput(StepInput):
    """A number and a unit; what they mean follows from the step.

    Args:
        now: the session's time, from which an extension is thought through.

    Attributes:
        reply_limit: how long the answer to a supervision may take, as the city has it.
    """

    need = Need.LIMIT

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self.reply_limit: Limit | None = None
        self._box = LimitBox(self)
        self._box.chosen.connect(self._on_chosen)
        self._preview = QLabel(self)
        self._preview.setObjectName("extension-preview")
        self._preview.setProperty("role", "secondary")
        self._preview.setWordWrap(True)
        self.column.addWidget(self._box)
        self.column.addWidget(self._preview)

    def title(self, decision: Decision) -> str:
        """What the time is for."""
        return {
            LimitPurpose.HANDLING: tr("Handling limit"),
            LimitPurpose.EXTENSION: tr("Time asked for"),
            LimitPurpose.REPLY: tr("Time to answer"),
        }[decision.limit_purpose or LimitPurpose.HANDLING]

    def show_decision(self, decision: Decision) -> None:
        """Show the limit that holds by itself, or the draft's own."""
        super().show_decision(decision)
        purpose, draft = decision.limit_purpose, decision.draft
        match purpose:
            case LimitPurpose.EXTENSION:
                self._box.show_limit(decision.original_limit, draft.extension, purpose)
            case LimitPurpose.REPLY:
                self._box.show_limit(self.reply_limit, draft.reply_limit, purpose)
            case _:
                self._box.show_limit(decision.standard_limit, draft.limit)
        self._show_preview(decision)

    def focus_first(self) -> None:
        """Take the keyboard to the number."""
        self._box.focus_first()

    @Slot(object)
    def _on_chosen(self, limit: Limit | None) -> None:
        if self.decision is None:
            return
        match self.decision.limit_purpose:
            case LimitPurpose.EXTENSION:
                self.decision.draft.extension = limit
            case LimitPurpose.REPLY:
                self.decision.draft.reply_limit = limit
            case _:
                self.decision.draft.limit = limit
        self._show_preview(self.decision)
        self.edited.emit()

    def _show_preview(self, decision: Decision) -> None:
        """Where the extension asked for would move the deadline; none asks for the whole limit."""
        words = ""
        if decision.limit_purpose is LimitPurpose.EXTENSION:
            wanted = decision.draft.extension or decision.original_limit
            words = extension_words(decision.file, wanted, self._now())
        self._preview.setText(words)
        self._preview.setVisible(bool(words))
