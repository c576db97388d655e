"""授权: the standing rules by which cases are closed; the administrator changes them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from resources.language import tr
from ui.admin.authorisation_form import AuthorisationForm
from ui.admin.plain_table import TextRow, TextTable
from ui.admin.rules_page import RulesPage
from ui.admin.standing_words import (
    classes_words,
    fresh_id,
    operations,
    standing_words,
    until_words,
)
from ui.operations.rules import RulesRead
from ui.session import DeskSession
from ui.tab_order import tab_through
from workflow.case import CaseKind
from workflow.instants import midnight
from workflow.rule_edits import RulesEdit
from workflow.settings import Authorisation

USUAL_PER_DAY = 10


class AuthorisationsPage(RulesPage):
    """A table of all rules, those that ended grey; under it the chosen one in fields."""

    has_source = False

    def __init__(self, session: DeskSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setObjectName("authorisations-page")
        self._edited: dict[str, Authorisation] = {}
        self._chosen = ""
        self.form = AuthorisationForm()
        self.form.edited.connect(self._on_edited)
        self.table = TextTable(
            session,
            "authorisations",
            (
                (tr("Name"), 0),
                (tr("Operation"), 112),
                (tr("Classes"), 0),
                (tr("At most a day"), 72),
                (tr("Used today"), 72),
                (tr("Ends on"), 88),
                (tr("Granted by"), 0),
                (tr("Standing"), 80),
            ),
            wraps=True,
        )
        self.table.row_chosen.connect(self.choose)
        self.add_button = _button("add-authorisation", tr("New rule"))
        self.end_button = _button("end-authorisation", tr("End it now"))
        self.add_button.clicked.connect(self.add)
        self.end_button.clicked.connect(self.end)
        self._head = QLabel()
        self._head.setProperty("role", "secondary")
        self._head.setWordWrap(True)
        self._build()

    @property
    def rules(self) -> dict[str, Authorisation]:
        """All rules as the page says them now, by id."""
        stored = dict(self.read.rules.authorisations) if self.read is not None else {}
        return {**stored, **self._edited}

    def show_rules(self, read: RulesRead) -> None:
        """Every rule, those in force first."""
        self._head.setText(
            tr(
                "A standing rule lets a case of its classes be closed, or spared the check, "
                "without asking each time. Who used which stands in the case's record."
            )
        )
        self.form.set_choices(read.rules.table, read.catalog)
        self._fill(read)
        for widget in (self.form, self.add_button, self.end_button):
            widget.setVisible(self.may_change)
        if self._chosen not in self.rules:
            self._chosen = next(iter(self.rules), "")
        self.table.choose(self._chosen)
        self._show_chosen()

    def drop_changes(self) -> None:
        """The rules as in force."""
        self._edited.clear()

    def change(self) -> RulesEdit | None:
        """All rules, where one is other than in force."""
        if self.read is None or self.rules == dict(self.read.rules.authorisations):
            return None
        return RulesEdit(authorisations=list(self.rules.values()), reason=self.strip.reason)

    def own_faults(self) -> Sequence[str]:
        """Rules without a name or without whoever granted them."""
        faults = []
        for rule in self._edited.values():
            if not rule.name:
                faults.append(tr("The standing rule {id} has no name; write one.", id=rule.id))
            if not rule.granted_by:
                faults.append(
                    tr("{name}: write who granted it.", name=rule.name or rule.id),
                )
        return faults

    @Slot(object)
    def choose(self, rule_id: object) -> None:
        """Show a rule in the fields."""
        if rule_id != self._chosen:
            self._chosen = str(rule_id)
            self._show_chosen()

    @Slot()
    def add(self) -> None:
        """A new rule, to be filled in."""
        if self.read is None:
            return
        known = operations(self.read.rules.table)
        if not known:
            return
        now = self.session.now()
        rule = Authorisation(
            id=fresh_id(self.rules),
            name="",
            operation=next(iter(known)),
            kind=CaseKind.EVENT,
            class_prefix="",
            per_day=USUAL_PER_DAY,
            until=_a_year_on(now),
            granted_by="",
        )
        self._edited[rule.id] = rule
        self._chosen = rule.id
        self._refresh()
        self.table.choose(rule.id)
        self._show_chosen()
        self.form.name.setFocus()

    @Slot()
    def end(self) -> None:
        """The chosen rule no longer holds from today on; it stays to be read."""
        rule = self.rules.get(self._chosen)
        if rule is not None:
            self._edited[rule.id] = replace(rule, until=midnight(self.session.now()))
            self._refresh()
            self._show_chosen()

    @Slot(object)
    def _on_edited(self, rule: Authorisation) -> None:
        self._edited[rule.id] = rule
        self._refresh()

    def _refresh(self) -> None:
        if self.read is not None:
            self._fill(self.read)
            self.follow()

    def _show_chosen(self) -> None:
        rule = self.rules.get(self._chosen)
        self.form.show_rule(rule)
        is_over = rule is None or rule.until <= self.session.now()
        self.end_button.setEnabled(not is_over)

    def _fill(self, read: RulesRead) -> None:
        now = self.session.now()
        rows = [self._row(rule, read, now) for rule in self.rules.values()]
        rows.sort(key=lambda row: row.tone == "grey")
        self.table.set_rows(rows)

    def _row(self, rule: Authorisation, read: RulesRead, now: datetime) -> TextRow:
        used = read.rules.used_today.get(rule.id, 0)
        names = operations(read.rules.table)
        is_changed = read.rules.authorisations.get(rule.id) != rule
        cells = (
            rule.name or "—",
            names.get(rule.operation, rule.operation),
            classes_words(rule, read.catalog),
            str(rule.per_day),
            str(used),
            until_words(rule),
            rule.granted_by or "—",
            standing_words(rule, used, now),
        )
        tone = "grey" if rule.until <= now else "text"
        return TextRow(cells, key=rule.id, tone=tone, is_bold=is_changed)

    def _build(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._head, 1)
        line.addWidget(self.add_button)
        line.addWidget(self.end_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(line)
        column.addWidget(self.table, 1)
        column.addWidget(self.form)
        column.addWidget(self.strip)
        tab_through(
            self.add_button, self.end_button, self.table, *self.form.fields, *self.strip.fields
        )


def _a_year_on(now: datetime) -> datetime:
    """The last day of next year: rules are looked at again at least so often."""
    return midnight(now).replace(year=now.year + 1, month=12, day=31)


def _button(name: str, text: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    return button
