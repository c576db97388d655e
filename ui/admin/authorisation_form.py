"""One standing rule in fields: what it allows, for which classes, how often and until when."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time

from PySide6.QtCore import QDate, Signal, Slot
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QDateEdit, QFrame, QGridLayout, QLabel, QLineEdit, QWidget

from resources.language import tr
from ui.admin.standing_words import covered_classes, operations
from ui.case_form.inputs import CalmCombo
from workflow.case import CaseKind
from workflow.catalog import Catalog
from workflow.instants import CHINA_STANDARD_TIME
from workflow.limits import LONGEST_LIMIT
from workflow.settings import Authorisation
from workflow.transitions import TransitionTable


class AuthorisationForm(QFrame):
    """Fields for one rule; every change is told at once.

    Signals:
        edited(Authorisation): the rule as the fields say it now.
    """

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("authorisation-form")
        self.setProperty("panel", "raised")
        self._rule: Authorisation | None = None
        self._is_showing = False
        self.name = _line("authorisation-name")
        self.operation = CalmCombo()
        self.classes = CalmCombo()
        self.per_day = _line("authorisation-per-day")
        self.per_day.setValidator(QIntValidator(0, LONGEST_LIMIT, self))
        self.until = QDateEdit()
        self.until.setDisplayFormat("yyyy-MM-dd")
        self.until.setCalendarPopup(True)
        self.granted_by = _line("authorisation-granted-by")
        self.operation.setObjectName("authorisation-operation")
        self.classes.setObjectName("authorisation-classes")
        self.until.setObjectName("authorisation-until")
        self._lay_out()
        for line in (self.name, self.per_day, self.granted_by):
            line.textEdited.connect(self._on_edit)
        for combo in (self.operation, self.classes):
            combo.activated.connect(self._on_edit)
        self.until.dateChanged.connect(self._on_edit)

    @property
    def fields(self) -> tuple[QWidget, ...]:
        """What the tab key goes through."""
        return (
            *(self.name, self.operation, self.classes),
            *(self.per_day, self.until, self.granted_by),
        )

    def set_choices(self, table: TransitionTable, catalog: Catalog) -> None:
        """What may be chosen: operations that ask for a standing rule, and classes."""
        self._is_showing = True
        _fill(self.operation, operations(table))
        _fill(self.classes, covered_classes(catalog))
        self._is_showing = False

    def show_rule(self, rule: Authorisation | None) -> None:
        """Show a rule; with none the fields are asleep."""
        self._rule = rule
        self.setEnabled(rule is not None)
        if rule is None:
            return
        self._is_showing = True
        until = rule.until.astimezone(CHINA_STANDARD_TIME).date()
        _write(self.name, rule.name)
        _write(self.per_day, str(rule.per_day))
        _write(self.granted_by, rule.granted_by)
        self.until.setDate(QDate(until.year, until.month, until.day))
        self.operation.setCurrentIndex(self.operation.findData(rule.operation))
        self.classes.setCurrentIndex(self.classes.findData(f"{rule.kind}:{rule.class_prefix}"))
        self._is_showing = False

    @Slot()
    def _on_edit(self) -> None:
        if self._rule is None or self._is_showing:
            return
        day = self.until.date()
        kind, _, prefix = str(self.classes.currentData() or "").partition(":")
        if not kind:
            kind, prefix = self._rule.kind.value, self._rule.class_prefix
        self._rule = replace(
            self._rule,
            name=self.name.text().strip(),
            operation=str(self.operation.currentData() or self._rule.operation),
            kind=CaseKind(kind),
            class_prefix=prefix,
            per_day=int(self.per_day.text() or 0),
            until=datetime.combine(
                datetime(day.year(), day.month(), day.day()), time(), CHINA_STANDARD_TIME
            ),
            granted_by=self.granted_by.text().strip(),
        )
        self.edited.emit(self._rule)

    def _lay_out(self) -> None:
        fields = (
            (tr("Name"), self.name),
            (tr("Operation"), self.operation),
            (tr("Classes"), self.classes),
            (tr("At most a day"), self.per_day),
            (tr("Ends on"), self.until),
            (tr("Granted by"), self.granted_by),
        )
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 10, 12, 10)
        grid.setHorizontalSpacing(10)
        for number, (title, field) in enumerate(fields):
            label = QLabel(title)
            label.setProperty("role", "secondary")
            label.setBuddy(field)
            field.setAccessibleName(title)
            row, column = divmod(number, 3)
            grid.addWidget(label, row * 2, column)
            grid.addWidget(field, row * 2 + 1, column)
        for column in range(3):
            grid.setColumnStretch(column, 1)


def _line(name: str) -> QLineEdit:
    line = QLineEdit()
    line.setObjectName(name)
    return line


def _write(line: QLineEdit, text: str) -> None:
    """A field that says it already keeps its cursor."""
    if line.text().strip() != text:
        line.setText(text)


def _fill(combo: CalmCombo, choices: Mapping[str, str]) -> None:
    was = combo.currentData()
    combo.clear()
    for value, name in choices.items():
        combo.addItem(name, value)
    combo.setCurrentIndex(combo.findData(was))
