"""The review date (复核日) of a suspension: a calendar, and the usual spans."""

from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QDate, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QLabel, QToolButton, QWidget

from resources.language import tr
from ui.case_form.decision import Decision
from ui.case_form.step_input import StepInput
from ui.session import DeskSession
from workflow.instants import CHINA_STANDARD_TIME
from workflow.transitions import Need

SPANS = (7, 30, 90)
"""Days, for one click each."""


class CalmDate(QDateEdit):
    """A date that hears the wheel only while it has the keyboard."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class UntilInput(StepInput):
    """The day on which the case goes on by itself; not chosen until the operator chooses."""

    need = Need.UNTIL

    def __init__(self, session: DeskSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._date = CalmDate(self)
        self._date.setObjectName("until-date")
        self._date.setAccessibleName(tr("Review date"))
        self._date.setCalendarPopup(True)
        self._date.setDisplayFormat("yyyy-MM-dd")
        self._date.setSpecialValueText(tr("not chosen"))
        self._date.dateChanged.connect(self._on_date)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self._date)
        self._spans = [self._span(days) for days in SPANS]
        for chip in self._spans:
            row.addWidget(chip)
        row.addStretch(1)
        self._hint = QLabel(self)
        self._hint.setProperty("role", "secondary")
        self.column.addLayout(row)
        self.column.addWidget(self._hint)

    def show_decision(self, decision: Decision) -> None:
        """Show the draft's day; the first day of the calendar stands for none."""
        super().show_decision(decision)
        today, days = self._today(), decision.settings.suspend_days
        until = decision.draft.until
        self._date.blockSignals(True)
        self._date.setMinimumDate(_qdate(today))
        self._date.setMaximumDate(_qdate(today + timedelta(days=days)))
        chosen = until.astimezone(CHINA_STANDARD_TIME).date() if until else today
        self._date.setDate(_qdate(chosen))
        self._date.blockSignals(False)
        for chip, span in zip(self._spans, SPANS, strict=True):
            chip.setVisible(span <= days)
            chip.setChecked(until is not None and chosen == today + timedelta(days=span))
        self._hint.setText(
            tr("On that day the case goes on by itself; at most {days} days ahead.", days=days)
        )

    def focus_first(self) -> None:
        """Take the keyboard to the date."""
        self._date.setFocus()

    def _today(self) -> date:
        return self._session.now().astimezone(CHINA_STANDARD_TIME).date()

    def _span(self, days: int) -> QToolButton:
        chip = QToolButton(self)
        chip.setObjectName(f"until-{days}")
        chip.setText(tr("{n} days", n=days))
        chip.setCheckable(True)
        chip.setProperty("chip", True)
        chip.setProperty("days", days)
        chip.clicked.connect(self._on_span)
        return chip

    def _take(self, day: date) -> None:
        if self.decision is None:
            return
        is_chosen = day > self._today()
        beginning = datetime.combine(day, time(), CHINA_STANDARD_TIME)
        self.decision.draft.until = beginning if is_chosen else None
        self.show_decision(self.decision)
        self.edited.emit()

    @Slot(QDate)
    def _on_date(self, day: QDate) -> None:
        self._take(date(day.year(), day.month(), day.day()))

    @Slot()
    def _on_span(self) -> None:
        chip = self.sender()
        if chip is not None:
            self._take(self._today() + timedelta(days=int(chip.property("days"))))


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
