"""时限与配额: limits of stages, quotas and other settings, limits of classes, and versions."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from resources.language import tr
from ui.admin.class_limits import ClassLimits
from ui.admin.rule_row import LimitRow, NumberRow, RuleRow, setting_row
from ui.admin.rules_page import RulesPage
from ui.admin.setting_names import setting_text, setting_words
from ui.admin.version_list import VersionList
from ui.operations.rules import RulesRead
from ui.session import DeskSession
from ui.tab_order import tab_through
from workflow.clocks import ClockKind
from workflow.limits import LONGEST_LIMIT
from workflow.rule_edits import RulesEdit

SIDE_BY_SIDE = 1240
"""Below this width in pixels the settings stand under the limits of stages."""


class LimitsPage(RulesPage):
    """Three leaves: what is edited, what is looked up, and what was before."""

    def __init__(self, session: DeskSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setObjectName("limits-page")
        self.limits = {kind: LimitRow(kind.value, kind.label) for kind in ClockKind}
        self.settings: dict[str, NumberRow] = {
            words.key: setting_row(words) for words in setting_words()
        }
        self.class_limits = ClassLimits(session)
        self.versions = VersionList(session)
        self._limit_column = QVBoxLayout()
        self._limit_column.setSpacing(4)
        self._leaves = QStackedWidget()
        self._buttons = QButtonGroup(self)
        self._buttons.idClicked.connect(self.open_leaf)
        self._head = QLabel()
        self._head.setProperty("role", "secondary")
        self._build()

    @Slot(int)
    def open_leaf(self, number: int) -> None:
        """Show the form, the limits of classes or the versions: 0, 1, 2."""
        self._leaves.setCurrentIndex(number)
        self._buttons.button(number).setChecked(True)

    def show_rules(self, read: RulesRead) -> None:
        """Every value with its source."""
        self._head.setText(
            tr("Version {version} is in force", version=read.in_force.version)
            if self.may_change
            else tr(
                "Version {version} is in force; the administrator changes it",
                version=read.in_force.version,
            )
        )
        self._show_limits(read)
        for key, row in self.settings.items():
            row.take(setting_text(read.rules.settings, key), read.rules.sources.get(key, "—"))
        for each in self._rows():
            each.set_editable(self.may_change)
        self.class_limits.show_catalog(read.catalog)
        self.versions.show_standing(read.standing)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room for both."""
        super().resizeEvent(event)
        ways = QBoxLayout.Direction
        is_wide = self.width() >= SIDE_BY_SIDE
        self._form_line.setDirection(ways.LeftToRight if is_wide else ways.TopToBottom)

    def drop_changes(self) -> None:
        """Every field as in force."""
        for row in self._rows():
            row.drop()

    def change(self) -> RulesEdit | None:
        """The values that are others than those in force and can be read."""
        limits = {
            kind: limit
            for kind, row in self.limits.items()
            if row.is_changed and (limit := row.limit()) is not None
        }
        settings = {key: row.text() for key, row in self.settings.items() if row.is_changed}
        if not limits and not settings:
            return None
        return RulesEdit(
            settings=settings,
            stage_limits=limits,
            reason=self.strip.reason,
            source=self.strip.source,
        )

    def own_faults(self) -> Sequence[str]:
        """Limits that are no numbers."""
        return [
            tr(
                "{name}: {text} is no number from 1 to {longest}; write one.",
                name=row.title,
                text=row.text().rpartition(" ")[0] or "—",
                longest=LONGEST_LIMIT,
            )
            for row in self.limits.values()
            if row.is_changed and row.limit() is None
        ]

    def _rows(self) -> list[RuleRow]:
        return [*self.limits.values(), *self.settings.values()]

    def _show_limits(self, read: RulesRead) -> None:
        for kind, row in self.limits.items():
            stage = read.rules.stage_limits.get(kind)
            row.setVisible(stage is not None)
            if stage is not None:
                row.take_limit(stage)

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        titles = (tr("Stages and settings"), tr("Limits by class"), tr("Versions"))
        leaves = (self._form(), self.class_limits, self.versions)
        for number, (title, leaf) in enumerate(zip(titles, leaves, strict=True)):
            top.addWidget(self._leaf_button(number, title))
            self._leaves.addWidget(leaf)
        top.addStretch(1)
        top.addWidget(self._head)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self._leaves, 1)
        column.addWidget(self.strip)
        fields = [field for row in self._rows() for field in row.fields]
        tab_through(self._buttons.button(len(leaves) - 1), *fields, *self.strip.fields)

    def _leaf_button(self, number: int, title: str) -> QAbstractButton:
        button = QToolButton()
        button.setText(title)
        button.setObjectName(f"leaf-{number}")
        button.setProperty("chip", True)
        button.setCheckable(True)
        button.setChecked(number == 0)
        self._buttons.addButton(button, number)
        return button

    def _form(self) -> QScrollArea:
        stages, settings = QWidget(), QWidget()
        stages.setLayout(self._limit_column)
        column = QVBoxLayout(settings)
        column.setSpacing(4)
        self._limit_column.addWidget(_section(tr("Limits of stages")))
        column.addWidget(_section(tr("Quotas and other settings")))
        for row in self._rows():
            row.edited.connect(self.follow)
            side = self._limit_column if isinstance(row, LimitRow) else column
            side.addWidget(row)
        self._form_line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._form_line.setSpacing(16)
        for each in (self._limit_column, column):
            each.setContentsMargins(0, 0, 8, 0)
        for half in (stages, settings):
            self._form_line.addWidget(half, 1, Qt.AlignmentFlag.AlignTop)
        page = QWidget()
        outer = QVBoxLayout(page)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(self._form_line)
        outer.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(page)
        page.setAutoFillBackground(False)
        area.viewport().setAutoFillBackground(False)
        return area


def _section(title: str) -> QLabel:
    label = QLabel(title)
    label.setProperty("role", "strong")
    return label
