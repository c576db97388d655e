"""The desk's parts in their places: bar, boxes, queue or scores, map, case or report, status."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.admin.view import AdminView
from ui.case_form.case_panel import CasePanel
from ui.case_form.report_form import ReportForm
from ui.case_list.panel import QueuePanel
from ui.desk.bar import Bar
from ui.desk.boxes_panel import BoxesPanel
from ui.desk.layout_memory import DeskLayout
from ui.desk.status_line import DatabaseName, StatusLine
from ui.evaluation.score_view import ScoreView
from ui.map_view.view import MapView
from ui.session import DeskSession

GUTTER = 10
QUEUE_WIDTH, CASE_WIDTH = 452, 440
NARROW_QUEUE_WIDTH, NARROW_CASE_WIDTH = 350, 370
SCORES_WIDTH, SCORES_LEAST = 1360, 680
"""What the scores take of queue and map together; where less is left, all of it."""

MAP_LEAST = 360
NARROW = 1600
"""Windows narrower than this give the map a part of what the lists have."""


class DeskFrame(QWidget):
    """The parts of a desk and where they stand.

    Attributes:
        bar, boxes, queue, scores, admin, map_view, case_panel, report_form, status: the parts.
    """

    def __init__(
        self, session: DeskSession, map_view: MapView, database: DatabaseName, layout: DeskLayout
    ) -> None:
        super().__init__()
        self.setObjectName("desk")
        self._sizes = list(layout.splitter)
        self._is_wide = False
        self.bar = Bar(session, self)
        self.boxes = BoxesPanel(session, layout.box, self)
        self.queue = QueuePanel(session, self)
        self.scores = ScoreView(session, self)
        self.admin = AdminView(session, self)
        self.map_view = map_view
        self.case_panel = CasePanel(session, self)
        self.report_form = ReportForm(session, self)
        self.status = StatusLine(session, database, self)
        self._left = _stacked(self.queue, self.scores, self.admin)
        self._right = _stacked(self.case_panel, self.report_form)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._absence = QLabel(self)
        self._absence.setObjectName("absence")
        self._lay_out()

    @property
    def sizes(self) -> tuple[int, ...]:
        """Widths of queue, map and case in pixels."""
        return tuple(self._sizes if self._is_wide else self._splitter.sizes())

    @property
    def is_reporting(self) -> bool:
        """Whether the report form is in the case panel's place."""
        return self._right.currentWidget() is self.report_form

    def show_absence(self, why: str) -> None:
        """A sentence where the panels would stand, for a desk without a record."""
        self.bar.search.setEnabled(False)
        self.boxes.hide()
        self._splitter.hide()
        self._absence.setText(why)
        self._absence.show()

    def show_queue(self) -> None:
        """The queue in its place, and everything as wide as it was."""
        self._left.setCurrentWidget(self.queue)
        if self._is_wide:
            self._is_wide = False
            self.map_view.show()
            self._right.show()
            self._splitter.setSizes(self._sizes)

    def show_scores(self) -> None:
        """The scores in the queue's place and a part of the map's: a table wants width."""
        if self._is_wide and self._left.currentWidget() is self.scores:
            return
        self._widen(self.scores)
        self._right.show()
        queue, shown, case = self._sizes
        wanted = min(max(queue, queue + shown - MAP_LEAST), SCORES_WIDTH)
        self.map_view.setVisible(wanted >= SCORES_LEAST)
        rest = queue + shown - wanted if wanted >= SCORES_LEAST else 0
        self._splitter.setSizes([queue + shown - rest, rest, case])

    def show_admin(self) -> None:
        """The rules of the city alone: no case and no place has to do with them."""
        self._widen(self.admin)
        self.map_view.hide()
        self._right.hide()

    @property
    def is_administering(self) -> bool:
        """Whether the rules of the city are in the queue's place."""
        return self._left.currentWidget() is self.admin

    def _widen(self, page: QWidget) -> None:
        """A page in the queue's place that wants more room than it; how it was is remembered."""
        self._left.setCurrentWidget(page)
        if not self._is_wide:
            self._sizes = self._splitter.sizes()
            self._is_wide = True

    def show_case(self) -> None:
        """The case panel in its place."""
        self._right.setCurrentWidget(self.case_panel)

    def show_report(self) -> None:
        """The report form in the case panel's place."""
        self._right.setCurrentWidget(self.report_form)

    def focus_right(self) -> None:
        """The keyboard to the case, or to the report."""
        shown = self.report_form if self.is_reporting else self.case_panel
        shown.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Give the panels their widths once the window's own is known."""
        super().showEvent(event)
        if not self._sizes:
            is_narrow = self.width() < NARROW
            queue = NARROW_QUEUE_WIDTH if is_narrow else QUEUE_WIDTH
            case = NARROW_CASE_WIDTH if is_narrow else CASE_WIDTH
            rest = self.width() - self.boxes.width() - 5 * GUTTER - queue - case
            self._sizes = [queue, rest, case]
        self._splitter.setSizes(self._sizes)

    def _lay_out(self) -> None:
        for panel in (self._left, self.map_view, self._right):
            self._splitter.addWidget(panel)
        self._splitter.setHandleWidth(GUTTER)
        self._splitter.setChildrenCollapsible(False)
        for place, stretch in enumerate((0, 1, 0)):
            self._splitter.setStretchFactor(place, stretch)
        self._left.setMinimumWidth(NARROW_QUEUE_WIDTH)
        self._right.setMinimumWidth(NARROW_CASE_WIDTH)
        middle = QHBoxLayout()
        middle.setContentsMargins(GUTTER, GUTTER, GUTTER, GUTTER)
        middle.setSpacing(GUTTER)
        middle.addWidget(self.boxes)
        middle.addWidget(self._splitter, 1)
        middle.addStretch()
        middle.addWidget(self._absence, 2)
        middle.addStretch()
        self._absence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._absence.setTextFormat(Qt.TextFormat.PlainText)
        self._absence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._absence.setWordWrap(True)
        self._absence.setProperty("role", "title")
        self._absence.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addLayout(middle, 1)
        column.addWidget(self.status)


def _stacked(*pages: QWidget) -> QStackedWidget:
    stack = QStackedWidget()
    for page in pages:
        stack.addWidget(page)
    return stack
