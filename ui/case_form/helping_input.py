"""The departments that help (协办): any number of them, beside the main one."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QToolButton, QWidget

from resources.language import tr
from ui.case_form.choice_list import Choice, ChoiceList
from ui.case_form.decision import Decision
from ui.case_form.step_choices import suggestions
from ui.case_form.step_input import StepInput
from ui.theme.tokens import Tokens
from workflow.ids import DepartmentId
from workflow.transitions import Need


class HelpingInput(StepInput):
    """A list of which any number is chosen; folded away where no step insists on it."""

    need = Need.CO_DEPARTMENTS

    def __init__(self, theme: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_open = False
        self._open = QToolButton(self)
        self._open.setObjectName("co-departments-open")
        self._open.setText(tr("+ Departments that help…"))
        self._open.setProperty("role", "link")
        self._open.clicked.connect(self._on_open)
        self._rows = ChoiceList(theme, "co-departments", self, many=True)
        self._rows.chosen.connect(self._on_chosen)
        self.column.addWidget(self._open)
        self.column.addWidget(self._rows)

    def title(self, decision: Decision) -> str:
        """Nothing over the link that stands for the folded list."""
        return super().title(decision) if self._is_shown(decision) else ""

    def show_decision(self, decision: Decision) -> None:
        """Show all departments but the main one, the draft's chosen."""
        if self.decision is None or self.decision.file.case.id != decision.file.case.id:
            self._is_open = False
        super().show_decision(decision)
        shown = self._is_shown(decision)
        self._open.setVisible(not shown)
        self._rows.setVisible(shown)
        self._rows.set_choices(_choices(decision), frozenset(decision.draft.co_department_ids))

    def set_theme(self, theme: Tokens) -> None:
        """Draw in these colours."""
        self._rows.set_theme(theme)

    def focus_first(self) -> None:
        """Take the keyboard to the rows, or to the link that opens them."""
        if self._rows.isHidden():
            self._open.setFocus()
        else:
            self._rows.focus_first()

    def _is_shown(self, decision: Decision) -> bool:
        return (
            self._is_open or decision.insists(self.need) or bool(decision.draft.co_department_ids)
        )

    @Slot()
    def _on_open(self) -> None:
        self._is_open = True
        if self.decision is not None:
            self.show_decision(self.decision)
            self._rows.focus_first()
            self.edited.emit()

    @Slot(object)
    def _on_chosen(self, key: int) -> None:
        if self.decision is None:
            return
        chosen, department = self.decision.draft.co_department_ids, DepartmentId(key)
        if department in chosen:
            chosen.remove(department)
        else:
            chosen.append(department)
        self.edited.emit()


def _choices(decision: Decision) -> Sequence[Choice]:
    """Departments that neither handle the case nor help already; the reasons are the main one's."""
    row, file = decision.chosen, decision.file
    if row is None:
        return ()
    busy = {task.department_name for task in file.co_tasks if task.replied_at is None}
    draft, case = decision.draft, file.case
    main = draft.department_id if decision.asks(Need.DEPARTMENT) else case.department_id
    return [
        Choice(one.id, f"co-department-{one.id}", one.name)
        for one in suggestions(file, row, Need.CO_DEPARTMENTS)
        if one.id != main and one.name not in busy
    ]
