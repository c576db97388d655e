"""The time limit of a step, whatever it is for."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from resources.language import tr
from ui.case_form.decision import Decision
from ui.case_form.limit_box import LimitBox
from ui.case_form.step_input import StepInput
from ui.case_form.step_needs import LimitPurpose
from workflow.limits import Limit
from workflow.transitions import Need


class LimitInput(StepInput):
    """A number and a unit; what they mean follows from the step.

    Attributes:
        reply_limit: how long the answer to a supervision may take, as the city has it.
    """

    need = Need.LIMIT

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reply_limit: Limit | None = None
        self._box = LimitBox(self)
        self._box.chosen.connect(self._on_chosen)
        self.column.addWidget(self._box)

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
        self.edited.emit()
