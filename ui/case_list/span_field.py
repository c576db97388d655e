"""A span of days: one of a few usual ones, or two dates."""

from datetime import date

from PySide6.QtCore import QDate, Signal, Slot
from PySide6.QtWidgets import QComboBox, QDateEdit, QHBoxLayout, QLabel, QWidget

from resources.language import tr
from ui.case_list.filter_words import span_words
from workflow.queries import DaySpan

PAST = (1, 3, 7, 30, 90)
COMING = (-1, -3, -7)
_ANY, _DATES = "any", "dates"


class SpanField(QWidget):
    """The field.

    Signals:
        changed: `span` is another one.
    """

    changed = Signal()

    def __init__(self, usual: tuple[int, ...], today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choice = QComboBox(self)
        self._choice.addItem(tr("any time"), _ANY)
        for days in usual:
            self._choice.addItem(span_words(DaySpan(days=days)), days)
        self._choice.addItem(tr("from … to …"), _DATES)
        self._first, self._last = self._date_edit(today), self._date_edit(today)
        self._dash = QLabel("–", self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._choice, 1)
        for widget in (self._first, self._dash, self._last):
            row.addWidget(widget, 1 if widget is not self._dash else 0)
        self._show_dates()
        self._choice.currentIndexChanged.connect(self._on_choice)
        self._first.dateChanged.connect(self._on_dates)
        self._last.dateChanged.connect(self._on_dates)

    @property
    def span(self) -> DaySpan | None:
        """What is chosen; None for any time."""
        chosen = self._choice.currentData()
        if chosen == _ANY:
            return None
        if chosen == _DATES:
            first, last = (_day(edit) for edit in (self._first, self._last))
            return DaySpan(min(first, last), max(first, last))
        return DaySpan(days=int(chosen))

    def show_span(self, span: DaySpan | None) -> None:
        """Show this as what is chosen."""
        for widget in (self._choice, self._first, self._last):
            widget.blockSignals(True)
        key = _ANY if span is None else span.days or _DATES
        if self._choice.findData(key) < 0 and span is not None:
            self._choice.insertItem(self._choice.count() - 1, span_words(span), key)
        self._choice.setCurrentIndex(self._choice.findData(key))
        if span is not None and not span.days:
            for edit, end in ((self._first, span.first), (self._last, span.last)):
                if end is not None:
                    edit.setDate(QDate(end.year, end.month, end.day))
        for widget in (self._choice, self._first, self._last):
            widget.blockSignals(False)
        self._show_dates()

    def _date_edit(self, today: date) -> QDateEdit:
        edit = QDateEdit(QDate(today.year, today.month, today.day), self)
        edit.setCalendarPopup(True)
        edit.setDisplayFormat("yyyy-MM-dd")
        return edit

    def _show_dates(self) -> None:
        is_dates = self._choice.currentData() == _DATES
        for widget in (self._first, self._dash, self._last):
            widget.setVisible(is_dates)

    @Slot()
    def _on_choice(self) -> None:
        self._show_dates()
        self.changed.emit()

    @Slot()
    def _on_dates(self) -> None:
        self.changed.emit()


def _day(edit: QDateEdit) -> date:
    chosen = edit.date()
    return date(chosen.year(), chosen.month(), chosen.day())
