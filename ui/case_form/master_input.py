"""The case that was first: one of those nearby, or the one whose number is typed."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QLabel, QLineEdit, QWidget

from resources.language import tr
from ui.case_form.decision import Decision
from ui.case_form.picture_store import PictureStore
from ui.case_form.related_row import RelatedRow
from ui.case_form.step_input import StepInput
from ui.operations.cases import find_case
from ui.session import DeskSession
from ui.theme.tokens import Tokens
from workflow.case_file import RelatedCase
from workflow.ids import CaseId
from workflow.queries import QueueRow
from workflow.transitions import Need

SHOWN = 5
MERGES = "merge"


class MasterInput(StepInput):
    """Cards to choose one of, and a field for any other case's number."""

    need = Need.MASTER

    def __init__(
        self, session: DeskSession, store: PictureStore, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._store = session, store
        self._rows: list[RelatedRow] = []
        self._typed: RelatedCase | None = None
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._on_clicked)
        self._number = QLineEdit(self)
        self._number.setObjectName("master-number")
        self._number.setPlaceholderText(tr("Another case's number, then Enter"))
        self._number.returnPressed.connect(self._on_entered)
        self._why = QLabel(self)
        self._why.setObjectName("master-refusal")
        self._why.setProperty("lamp", "red")
        self._why.setWordWrap(True)
        self._why.hide()
        self.column.addWidget(self._number)
        self.column.addWidget(self._why)

    def show_decision(self, decision: Decision) -> None:
        """Show the cases nearby, the draft's chosen; a typed one stands among them."""
        before = self.decision
        super().show_decision(decision)
        if before is None or before.draft is not decision.draft:
            self._typed = None
            self._number.clear()
            self._say("")
        draft = decision.draft
        if self._typed is None and draft.master_number:
            self._number.setText(draft.master_number)
        offered = [one for one in decision.file.related if _is_offered(one, decision)][:SHOWN]
        if self._typed is not None and self._typed.case_id not in [o.case_id for o in offered]:
            offered.append(self._typed)
        if [row.related for row in self._rows] != offered:
            self._rebuild(offered)
        self._group.setExclusive(False)
        for row in self._rows:
            row.setChecked(row.related.case_id == draft.master_id)
        self._group.setExclusive(True)

    def set_theme(self, theme: Tokens) -> None:
        """Draw in these colours."""
        for row in self._rows:
            row.set_theme(theme)

    def focus_first(self) -> None:
        """Take the keyboard to the first card, or to the field."""
        (self._rows[0] if self._rows else self._number).setFocus()

    def _rebuild(self, offered: Sequence[RelatedCase]) -> None:
        for row in self._rows:
            self._group.removeButton(row)
            self.column.removeWidget(row)
            row.hide()
            row.deleteLater()
        theme, now = self._session.theme, self._session.now()
        self._rows = [RelatedRow(one, now, self._store, theme, self) for one in offered]
        for place, row in enumerate(self._rows):
            row.setObjectName(f"master-{row.related.case_id}")
            row.setCheckable(True)
            self._group.addButton(row)
            self.column.insertWidget(place, row)

    def _choose(self, case_id: CaseId | None, number: str) -> None:
        if self.decision is not None:
            self.decision.draft.master_id = case_id
            self.decision.draft.master_number = number
            self.show_decision(self.decision)
            self.edited.emit()

    def _on_found(self, row: QueueRow | None) -> None:
        number = self._number.text().strip()
        if row is None:
            self._say(tr("There is no case {number}; look at the number again.", number=number))
            return
        self._say("")
        self._typed = RelatedCase(
            case_id=row.case_id,
            number=row.number,
            state=row.state,
            class_name=row.class_name,
            description=row.condition,
            address=row.address,
            reporter_name=row.source,
            reported_at=row.reported_at,
            relation="",
            metres=0,
        )
        self._choose(row.case_id, row.number)

    def _say(self, text: str) -> None:
        self._why.setText(text)
        self._why.setVisible(bool(text))

    @Slot(QAbstractButton)
    def _on_clicked(self, row: QAbstractButton) -> None:
        if isinstance(row, RelatedRow):
            self._choose(row.related.case_id, row.related.number)

    @Slot()
    def _on_entered(self) -> None:
        number = self._number.text().strip()
        if number:
            find_case(session=self._session, number=number, done=self._on_found)


def _is_offered(one: RelatedCase, decision: Decision) -> bool:
    """Whether a case may have been first; a report merged into an ended case would be lost."""
    is_merge = decision.chosen is not None and decision.chosen.operation == MERGES
    return one.relation != "duplicate" and not (is_merge and one.state.is_ended)
