"""How one department's score came about: each part times its weight, and the cases that made it."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QBoxLayout,
    QButtonGroup,
    QGridLayout,
    QHeaderView,
    QLabel,
    QSizePolicy,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from resources.language import tr
from ui.case_form.flow_layout import FlowLayout
from ui.evaluation.case_table import CaseTable
from ui.evaluation.score_model import (
    SOURCE,
    Breakdown,
    Filter,
    breakdown,
    cases_of,
    filters,
    score_text,
)
from workflow.evaluation import Scale
from workflow.queries import DepartmentScore, ScoredCase

WIDE = 740
"""From this width in pixels on the cases stand beside the explanation."""


class ScoreDetail(QWidget):
    """Shows a DepartmentScore in full.

    Signals:
        case_chosen(case_id): a case was opened.
    """

    case_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._score: DepartmentScore | None = None
        self._cases: Sequence[ScoredCase] = ()
        self._filters: tuple[Filter, ...] = ()
        self._chosen = "filed"
        self._title = _label("title", "score-department")
        self._parts = QWidget()
        self._grid = QGridLayout(self._parts)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self._remark = _label("secondary", "score-remark")
        self._remark.setWordWrap(True)
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips, gap=6)
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._on_filter)
        self._model = CaseTable(self)
        self._list = case_view(self._model)
        self._list.activated.connect(self._on_case)
        self._list.clicked.connect(self._on_case)
        self._counted = _label("secondary", "score-counted")
        self._body = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The cases stand beside the explanation where there is room for both."""
        super().resizeEvent(event)
        is_wide = self.width() >= WIDE
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._body.setDirection(across if is_wide else down)
        self._body.setStretch(0, 2 if is_wide else 0)
        self._body.setStretch(1, 3 if is_wide else 1)

    def _lay_out(self) -> None:
        explanation, cases = QVBoxLayout(), QVBoxLayout()
        for widget in (self._parts, self._remark, self._chips):
            explanation.addWidget(widget)
        explanation.addStretch()
        cases.addWidget(self._counted)
        cases.addWidget(self._list, 1)
        for part in (explanation, cases):
            part.setSpacing(8)
            self._body.addLayout(part)
        self._body.setSpacing(16)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addLayout(self._body, 1)

    def show_score(self, score: DepartmentScore, scale: Scale) -> None:
        """Show how a score came about; the cases follow with `show_cases`."""
        if self._score is None or self._score.department_id != score.department_id:
            self._cases = ()
        self._score = score
        self._title.setText(f"{score.department_name}  {score_text(score)}")
        self._show_breakdown(breakdown(score, scale))
        self._filters = filters(score)
        self._show_filters()
        self._show_cases()

    def show_cases(self, cases: Sequence[ScoredCase]) -> None:
        """Show the cases that made the score."""
        self._cases = cases
        self._show_cases()

    def open_count(self, key: str) -> None:
        """Show the cases of one count, such as "handled_on_time"."""
        self._chosen = key
        for button in self._group.buttons():
            button.setChecked(button.property("count") == key)
        self._show_cases()

    def _show_breakdown(self, shown: Breakdown) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        heads = (tr("Part"), tr("Count"), tr("Value"), tr("Weight"), tr("Points"))
        lines = [heads] if shown.parts else []
        lines += [(p.name, p.sum_of, p.value, p.weight, p.points) for p in shown.parts]
        for row, line in enumerate(lines):
            for column, text in enumerate(line):
                self._put(row, column, text, "secondary" if row == 0 else "")
        if shown.parts:
            words = tr("Score ({source}), the sum of the points", source=SOURCE)
            self._put(len(lines), 0, words, "strong", span=4)
            self._put(len(lines), 4, shown.total, "strong")
        self._remark.setText(shown.remark)
        self._remark.setVisible(bool(shown.remark))

    def _put(self, row: int, column: int, text: str, role: str, span: int = 1) -> None:
        label = _label(role, "")
        label.setText(text)
        if span > 1:
            self._grid.addWidget(label, row, column, 1, span)
        elif column == 0:
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            self._grid.addWidget(label, row, column)
        else:
            self._grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignRight)

    def _show_filters(self) -> None:
        buttons = {str(button.property("count")): button for button in self._group.buttons()}
        for one in self._filters:
            button = buttons.get(one.key) or self._make_chip(one)
            button.setText(f"{one.name} {one.count}")
            button.setChecked(one.key == self._chosen)

    def _make_chip(self, one: Filter) -> QAbstractButton:
        button = QToolButton(self._chips)
        button.setObjectName(f"score-part-{one.key}")
        button.setProperty("chip", True)
        button.setProperty("count", one.key)
        button.setCheckable(True)
        self._group.addButton(button)
        self._flow.addWidget(button)
        return button

    def _show_cases(self) -> None:
        chosen = next((one for one in self._filters if one.key == self._chosen), None)
        if chosen is None:
            return
        shown = cases_of(self._cases, chosen)
        self._model.set_cases(shown)
        words = tr("{name}: {n} cases, click one to open it", name=chosen.name, n=len(shown))
        self._counted.setText(words)

    @Slot(QAbstractButton)
    def _on_filter(self, button: QAbstractButton) -> None:
        self.open_count(str(button.property("count")))

    @Slot(QModelIndex)
    def _on_case(self, index: QModelIndex) -> None:
        self.case_chosen.emit(self._model.case_id(index.row()))


def case_view(model: CaseTable) -> QTableView:
    """A quiet table of cases, a row at a time."""
    view = QTableView()
    view.setObjectName("score-cases")
    view.setModel(model)
    view.setShowGrid(False)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setTabKeyNavigation(False)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(28)
    header = view.horizontalHeader()
    header.setHighlightSections(False)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
    for column, width in ((0, 104), (1, 110), (3, 84)):
        view.setColumnWidth(column, width)
    return view


def _label(role: str, name: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        label.setProperty("role", role)
    label.setObjectName(name)
    return label
