"""One input of a step: shows what a decision has, fills its draft, says that it did."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.case_form.decision import Decision
from ui.case_form.need_words import section_title
from ui.theme.tokens import Tokens
from workflow.states import State
from workflow.transitions import Need


class StepInput(QWidget):
    """The base of all inputs: a column that knows what it fills in.

    Attributes:
        need: what it fills in.

    Signals:
        edited: the draft of the decision on screen has something else now.
    """

    edited = Signal()
    need: Need

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.decision: Decision | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(6)

    def is_wanted(self, decision: Decision) -> bool:
        """Whether the step on screen has a use for it."""
        return decision.asks(self.need)

    def title(self, decision: Decision) -> str:
        """The words over it."""
        chosen = decision.chosen
        insists = chosen is not None and decision.insists(self.need)
        checks = chosen is not None and chosen.to_state is State.CHECKING
        return section_title(self.need, chosen.name if chosen and insists else "", checks=checks)

    def show_decision(self, decision: Decision) -> None:
        """Show what this decision offers and what its draft has."""
        self.decision = decision

    def set_theme(self, theme: Tokens) -> None:
        """Draw in these colours."""

    def focus_first(self) -> None:
        """Take the keyboard to the first thing that can be chosen."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
