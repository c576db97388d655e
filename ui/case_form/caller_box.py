"""Who called (诉求人), and what was promised: name, phone, a reply, confidence, another number."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from resources.language import tr
from ui.case_form.report_model import ReportDraft

LONGEST = 60


class CallerBox(QWidget):
    """Fills the caller's part of a report's draft.

    Signals:
        changed: the draft has something else now.
    """

    changed = Signal()

    def __init__(self, draft: ReportDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._name = self._field("caller-name", tr("Caller's name"))
        self._phone = self._field("caller-phone", tr("Phone number"))
        self._number = self._field("external-number", tr("Number in the other system, e.g. 12345"))
        self._reply = self._chip("wants-reply", tr("wants a reply"))
        self._reply.setToolTip(tr("The caller asks to be told: a visit follows the closing."))
        self._confidential = self._chip("confidential", tr("In confidence"))
        self._confidential.setToolTip(tr("Only the desks of the supervision axis see who called."))
        self._lay_out()

    def show_draft(self, draft: ReportDraft) -> None:
        """Show another draft."""
        self._draft = draft
        for field, words in (
            (self._name, draft.caller_name),
            (self._phone, draft.caller_phone),
            (self._number, draft.external_number),
        ):
            field.setText(words)
        self._reply.setChecked(draft.wants_reply)
        self._confidential.setChecked(draft.confidential)

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        for row, widgets in (
            (first, (self._name, self._phone)),
            (second, (self._number, self._reply, self._confidential)),
        ):
            row.setSpacing(8)
            for widget in widgets:
                row.addWidget(widget, int(isinstance(widget, QLineEdit)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(first)
        column.addLayout(second)

    def _field(self, name: str, placeholder: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setObjectName(name)
        field.setPlaceholderText(placeholder)
        field.setAccessibleName(placeholder)
        field.setMaxLength(LONGEST)
        field.textEdited.connect(self._take)
        return field

    def _chip(self, name: str, text: str) -> QToolButton:
        chip = QToolButton(self)
        chip.setObjectName(name)
        chip.setText(text)
        chip.setCheckable(True)
        chip.setProperty("chip", True)
        chip.clicked.connect(self._take)
        return chip

    @Slot()
    def _take(self) -> None:
        draft = self._draft
        draft.caller_name, draft.caller_phone = self._name.text(), self._phone.text()
        draft.external_number = self._number.text()
        draft.wants_reply = self._reply.isChecked()
        draft.confidential = self._confidential.isChecked()
        self.changed.emit()
