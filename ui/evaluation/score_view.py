"""综合评价: the departments' scores of a period, each explained down to its cases."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSplitter,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from resources.language import tr
from ui.case_form.flow_layout import FlowLayout
from ui.evaluation.grade_chip import GradeLegend
from ui.evaluation.score_detail import ScoreDetail
from ui.evaluation.score_model import Span, legend, period, period_words, scale_of, span_name
from ui.evaluation.score_table import COLUMNS, DUE, NAME, POINTS, SCORE, ScoreDelegate, ScoreTable
from ui.operations.scores import CasesOfScore, read_scored_cases, read_scores
from ui.session import DeskSession
from workflow.errors import WanmiError
from workflow.ids import DepartmentId
from workflow.queries import DepartmentScore, Period

STACKED = 1160
"""Below this width in pixels the explanation stands under the table."""

NARROW = 740
"""A table narrower than this has narrow columns, so that names are not cut."""

WIDTHS = (156, 56, 66, 66, 66, 92, 66)
NARROW_WIDTHS = (56, 38, 40, 0, 40, 54, 50)
REFRESH_MS = 1_000
"""Scores are read again at most so often while cases change."""


class ScoreView(QFrame):
    """Departments by score; choosing one shows how its score came about.

    Signals:
        case_chosen(case_id): the operator opened a case behind a score.
    """

    case_chosen = Signal(object)

    def __init__(self, session: DeskSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._span = Span.LAST_30_DAYS
        self._department: DepartmentId | None = None
        self._shown: DepartmentId | None = None
        self.setObjectName("score-view")
        self.setProperty("panel", "true")
        self._late = QTimer(self, interval=REFRESH_MS, singleShot=True)
        self._late.timeout.connect(self.reload)
        self._build()
        session.ready.connect(self._on_ready)
        session.rules_changed.connect(self._on_ready)
        session.changed.connect(self._on_changed)
        session.theme_changed.connect(self._on_theme_changed)
        self._detail.case_chosen.connect(self.case_chosen)
        if session.is_ready:
            self._on_ready()

    def show_span(self, span: Span) -> None:
        """Evaluate this period."""
        self._span = span
        for button in self._spans.buttons():
            button.setChecked(button.property("span") == span.value)
        self.reload()

    def show_department(self, department_id: DepartmentId) -> None:
        """Explain this department's score."""
        self._department = department_id
        self.reload()

    @property
    def explained(self) -> DepartmentId | None:
        """The department whose score and cases are on screen; None while they are being read."""
        return self._shown

    @Slot()
    def reload(self) -> None:
        """Read the scores again; the chosen department stays chosen."""
        if self._session.is_ready:
            self._dates.setText(period_words(self.period))
            read_scores(
                session=self._session,
                period=self.period,
                done=self._on_scores,
                failed=self._on_failed,
            )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reload()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # -- building -------------------------------------------------------------------------------
    def _build(self) -> None:
        title = QLabel(tr("Evaluation of departments"))
        title.setProperty("role", "title")
        self._dates = QLabel()
        self._dates.setProperty("role", "secondary")
        self._dates.setMinimumHeight(22)
        self._legend = GradeLegend(self._session.theme)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(title)
        self._spans = QButtonGroup(self)
        self._spans.buttonClicked.connect(self._on_span)
        for span in Span:
            head.addWidget(self._span_button(span))
        head.addStretch(1)
        self._below = QWidget()
        below = FlowLayout(self._below, gap=12)
        below.addWidget(self._dates)
        below.addWidget(self._legend)
        self._model = ScoreTable(self)
        self._table = self._score_table()
        self._detail = ScoreDetail()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(16)
        self._splitter.addWidget(self._table)
        self._splitter.addWidget(self._detail)
        self._splitter.setStretchFactor(0, 3)
        self._splitter.setStretchFactor(1, 2)
        self._splitter.setSizes([600, 400])
        self._splitter.splitterMoved.connect(self._fit)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self._below)
        column.addWidget(self._splitter, 1)
        self._fit()

    def _span_button(self, span: Span) -> QToolButton:
        button = QToolButton()
        button.setText(span_name(span))
        button.setObjectName(f"period-{span.value}")
        button.setProperty("chip", True)
        button.setProperty("span", span.value)
        button.setCheckable(True)
        button.setChecked(span is self._span)
        self._spans.addButton(button)
        return button

    def _score_table(self) -> QTableView:
        table = QTableView()
        table.setObjectName("score-table")
        table.setModel(self._model)
        table.setItemDelegate(ScoreDelegate(self._session, table))
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(34)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(24)
        header.setSortIndicator(POINTS, Qt.SortOrder.DescendingOrder)
        table.setSortingEnabled(True)
        table.selectionModel().currentRowChanged.connect(self._on_row)
        table.clicked.connect(self._on_cell)
        return table

    @Slot()
    def _fit(self) -> None:
        """Side by side where there is room for both, else one below the other in narrow columns."""
        is_stacked = self.width() < STACKED
        vertical, across = Qt.Orientation.Vertical, Qt.Orientation.Horizontal
        wanted = vertical if is_stacked else across
        if self._splitter.orientation() is not wanted:
            self._splitter.setOrientation(wanted)
            self._splitter.setSizes([420, 580] if is_stacked else [600, 400])
        room = self._splitter.width() if is_stacked else self._splitter.sizes()[0]
        is_narrow = room < NARROW
        for column, width in enumerate(NARROW_WIDTHS if is_narrow else WIDTHS, start=POINTS):
            self._table.setColumnWidth(column, width)
        self._table.setColumnHidden(DUE, is_narrow)  # the explanation below has it
        self._model.set_short_titles(is_narrow)

    # -- what happens ---------------------------------------------------------------------------
    @property
    def period(self) -> Period:
        """What is evaluated."""
        return period(self._span, self._session.now())

    @Slot()
    def _on_ready(self) -> None:
        self._scale = scale_of(self._session.reference.city.profile)
        self._legend.set_entries(legend(self._scale))
        if self.isVisible():
            self.reload()

    @Slot(object)
    def _on_changed(self, changes: object) -> None:
        if self.isVisible() and not self._late.isActive():
            self._late.start()

    @Slot(object)
    def _on_theme_changed(self, theme: object) -> None:
        self._legend.set_theme(self._session.theme)
        self._table.viewport().update()

    @Slot(object)
    def _on_span(self, button: QAbstractButton) -> None:
        self.show_span(Span(button.property("span")))

    def _on_scores(self, scores: Sequence[DepartmentScore]) -> None:
        wanted = self._department
        self._model.set_scores(scores)
        row = self._model.row_of(wanted) if wanted is not None else 0
        if scores:
            self._table.selectRow(max(row, 0))

    def _on_failed(self, error: WanmiError) -> None:
        self._session.notices.refuse(error, key="scores")

    @Slot(QModelIndex, QModelIndex)
    def _on_row(self, current: QModelIndex, before: QModelIndex) -> None:
        score = current.data(SCORE)
        if not isinstance(score, DepartmentScore):
            return
        self._department, self._shown = score.department_id, None
        self._detail.show_score(score, self._scale)
        read_scored_cases(
            session=self._session,
            department_id=score.department_id,
            period=self.period,
            done=self._on_cases,
            failed=self._on_failed,
        )

    @Slot(QModelIndex)
    def _on_cell(self, index: QModelIndex) -> None:
        """A click on a number opens the cases of that number."""
        opens = COLUMNS[index.column()].opens
        if opens:
            self._detail.open_count(opens)

    def _on_cases(self, answer: CasesOfScore) -> None:
        if answer.department_id == self._department and answer.period == self.period:
            self._detail.show_cases(answer.cases)
            self._shown = answer.department_id
