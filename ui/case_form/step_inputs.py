"""All inputs that steps of the table can ask for, of which those of one step are on screen."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from resources.language import tr
from ui.case_form.amendment_input import AmendmentInput
from ui.case_form.decision import Decision
from ui.case_form.helping_input import HelpingInput
from ui.case_form.limit_input import LimitInput
from ui.case_form.master_input import MasterInput
from ui.case_form.picture_store import PictureStore
from ui.case_form.step_input import StepInput
from ui.case_form.suggestion_input import SuggestionInput
from ui.case_form.tier_input import TierInput
from ui.case_form.until_input import UntilInput
from ui.session import DeskSession
from workflow.clocks import ClockKind
from workflow.limits import Limit
from workflow.transitions import Need


class StepInputs(QWidget):
    """Shows what the chosen step asks for, and fills the decision's draft.

    Signals:
        edited: the draft has something else now.
        left: the operator goes back to the step onward.
    """

    edited = Signal()
    left = Signal()

    def __init__(
        self, session: DeskSession, store: PictureStore, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._store = session, store
        self._decision: Decision | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._aside = QWidget(self)
        self._step = QLabel(self._aside)
        self._step.setObjectName("chosen-step")
        self._step.setProperty("role", "strong")
        self._lay_out_aside()
        self._inputs: dict[Need, tuple[QLabel, StepInput]] = {}
        for need in (Need.CONDITION, Need.DEPARTMENT, Need.UNIT, Need.COLLECTOR, Need.PERSON):
            self._add(SuggestionInput(need, session.theme, self))
        self._limit = LimitInput(session.now, self)
        for one in (
            SuggestionInput(Need.AUTHORISATION, session.theme, self),
            TierInput(self),
            HelpingInput(session.theme, self),
            self._limit,
            UntilInput(session, self),
            MasterInput(session, store, self),
        ):
            self._add(one)

    def set_theme(self) -> None:
        """Draw in the session's colours."""
        for _, one in self._inputs.values():
            one.set_theme(self._session.theme)

    def show_decision(self, decision: Decision) -> None:
        """Show the inputs of the decision's chosen step."""
        self._decision = decision
        if decision.asks(Need.AMENDMENT) and Need.AMENDMENT not in self._inputs:
            self._add(AmendmentInput(self._session, self))
        self._limit.reply_limit = self._reply_limit()
        chosen = decision.chosen
        self._aside.setVisible(decision.is_aside)
        self._step.setText(chosen.name if chosen else "")
        for title, one in self._inputs.values():
            is_wanted = one.is_wanted(decision)
            if is_wanted:
                one.show_decision(decision)
                title.setText(one.title(decision))
            title.setVisible(is_wanted and bool(title.text()))
            one.setVisible(is_wanted)
        self.setVisible(decision.is_aside or self.first() is not None)

    def first(self) -> StepInput | None:
        """The topmost input on screen."""
        return next((one for _, one in self._inputs.values() if not one.isHidden()), None)

    def focus(self, need: Need) -> bool:
        """Take the keyboard to an input; False where it is not on screen."""
        if need not in self._inputs or self._inputs[need][1].isHidden():
            return False
        self._inputs[need][1].focus_first()
        return True

    def _add(self, one: StepInput) -> None:
        title = QLabel(self)
        title.setProperty("role", "section")
        title.hide()
        one.hide()
        self._inputs[one.need] = (title, one)
        self._column.addWidget(title)
        self._column.addWidget(one)
        one.edited.connect(self._on_edited)

    def _lay_out_aside(self) -> None:
        """The line that names the step where it is not the one onward, and leads back."""
        back = QToolButton(self._aside)
        back.setObjectName("chosen-step-leave")
        back.setText(tr("Not this step"))
        back.setProperty("role", "link")
        back.clicked.connect(self.left)
        row = QHBoxLayout(self._aside)
        row.setContentsMargins(0, 2, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._step)
        row.addWidget(back)
        row.addStretch(1)
        self._column.addWidget(self._aside, 0, Qt.AlignmentFlag.AlignLeft)
        self._aside.hide()

    def _reply_limit(self) -> Limit | None:
        if self._decision is not None and self._decision.file.reply_limit is not None:
            return self._decision.file.reply_limit
        stage = self._session.reference.rules.stage_limits.get(ClockKind.SUPERVISE_REPLY)
        return stage.limit if stage else None

    @Slot()
    def _on_edited(self) -> None:
        """What one input has may change what another one offers."""
        if self._decision is not None:
            self.show_decision(self._decision)
        self.edited.emit()
