"""What is put right (更正) before filing: class and description; the place stays as it is."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from resources.language import tr
from ui.case_form.class_picker import ClassPicker
from ui.case_form.decision import Decision
from ui.case_form.opinion_edit import PhraseBox
from ui.case_form.step_input import StepInput
from ui.session import DeskSession
from workflow.case import CaseKind
from workflow.catalog import ClassEntry
from workflow.commands import Amendment
from workflow.errors import UnknownClass
from workflow.transitions import Need


class AmendmentInput(StepInput):
    """Begins with what the case says; only what differs from that is an amendment."""

    need = Need.AMENDMENT

    def __init__(self, session: DeskSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._is_filling = False
        self._classes = ClassPicker(session, self)
        self._classes.edit.setObjectName("amend-class")
        self._classes.picked.connect(self._on_class)
        self._words = PhraseBox("amend-description", tr("What is wrong, and how badly"), self)
        self._words.set_phrases(())
        self._words.edited.connect(self._on_words)
        self.column.addWidget(self._classes)
        self.column.addWidget(self._words)

    def show_decision(self, decision: Decision) -> None:
        """Show what the draft has, else what the case says."""
        is_other = self.decision is None or self.decision.file.case.id != decision.file.case.id
        super().show_decision(decision)
        case, amended = decision.file.case, decision.draft.amendment
        kind, code = (amended or case).kind, (amended or case).class_code
        self._is_filling = True
        if is_other or self._classes.entry is None:
            try:
                entry = self._session.reference.rules.catalog.entry(kind, code)
                self._classes.set_entry(entry)
            except UnknownClass:
                self._classes.set_entry(None)
        self._words.set_text(amended.description if amended else case.description)
        self._is_filling = False

    def focus_first(self) -> None:
        """Take the keyboard to the class."""
        self._classes.edit.setFocus()
        self._classes.edit.selectAll()

    def _amend(self) -> None:
        if self.decision is None or self._is_filling:
            return
        case, entry = self.decision.file.case, self._classes.entry
        description = self._words.edit.toPlainText().strip()
        amendment = None
        if entry is not None and description:
            is_same = (entry.kind, entry.code) == (case.kind, case.class_code)
            keeps = is_same or entry.kind is CaseKind.EVENT
            if not is_same or description != case.description:
                amendment = Amendment(
                    kind=entry.kind,
                    class_code=entry.code,
                    description=description,
                    component_code=case.component_code if keeps else None,
                )
        self.decision.draft.amendment = amendment
        self.edited.emit()

    @Slot(object)
    def _on_class(self, entry: ClassEntry | None) -> None:
        self._amend()

    @Slot(str)
    def _on_words(self, text: str) -> None:
        self._amend()
