"""The panel at the left: the boxes (案件箱) of the post, and the way to the scores."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListView,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from resources.language import tr
from ui.admin.view import LOOKERS
from ui.desk.box_list import AnyIndex, BoxDelegate, BoxModel, BoxView
from ui.desk.saved_filters import SavedFilters
from ui.session import DeskSession
from ui.theme.icons import icon
from ui.theme.tokens import Tokens
from ui.throttle import Throttle
from workflow.clock import Lamp
from workflow.ports import Record
from workflow.queries import BoxCount, Changes
from workflow.states import State

WIDTH = 172
COUNT_EVERY_SECONDS = 15
"""Cases become overdue by themselves; nothing is committed then that a feed could tell."""

RECOUNT_MS = 300
"""Counting all boxes of a large city takes long enough to keep a queue waiting."""


class BoxesPanel(QFrame):
    """Lists the boxes and keeps their counts fresh.

    Attributes:
        filters: the filters that this person keeps.

    Signals:
        chosen(BoxCount): the operator opened a box, or the first one was opened at the start.
        score_chosen: the operator wants the scores.
        admin_chosen: the operator wants the rules of the city.
        counted(list of BoxCount): fresh counts.
    """

    chosen = Signal(object)
    score_chosen = Signal()
    admin_chosen = Signal()
    counted = Signal(object)

    def __init__(
        self, session: DeskSession, wanted_box: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("panel", "true")
        self.setFixedWidth(WIDTH)
        self._session = session
        self._wanted = wanted_box
        self._holding: State | None = None
        self._seconds = 0
        self._recount = Throttle(self.refresh, RECOUNT_MS, self)
        self.model = BoxModel(self)
        self._delegate = BoxDelegate(session.theme, self)
        self.view = BoxView(self)
        self.view.setModel(self.model)
        self.view.setItemDelegate(self._delegate)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setMouseTracking(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setAccessibleName(tr("Boxes"))
        self.filters = SavedFilters(session, self)
        self._score = _wide_button(tr("Scores of departments"), self)
        self._admin = _wide_button(tr("Rules of the city"), self)
        self._admin.setObjectName("rules-of-the-city")
        self._admin.hide()
        self._lay_out()
        self.view.selectionModel().currentChanged.connect(self._on_current)
        self.view.clicked.connect(self._on_clicked)
        self._score.clicked.connect(self.choose_score)
        self._admin.clicked.connect(self.choose_admin)
        session.ready.connect(self.refresh)
        session.rules_changed.connect(self.refresh)
        session.seat_changed.connect(self.refresh)
        session.ready.connect(self._offer_admin)
        session.seat_changed.connect(self._offer_admin)
        session.changed.connect(self._on_changed)
        session.ticked.connect(self._on_tick)
        session.theme_changed.connect(self._on_theme)
        self._on_theme(session.theme)

    @property
    def box_id(self) -> str:
        """Identity of the open box."""
        return self._wanted

    @property
    def is_behind(self) -> bool:
        """Something was committed that the counts do not show yet."""
        return self._recount.is_waiting

    def choose(self, place: int) -> None:
        """Open the box at a place of the list, counted from 0."""
        if 0 <= place < self.model.rowCount():
            self._open(self.model.index(place))

    @Slot()
    def choose_next(self) -> None:
        """Open the next box."""
        self.choose(self.view.currentIndex().row() + 1)

    @Slot()
    def choose_previous(self) -> None:
        """Open the box before."""
        self.choose(self.view.currentIndex().row() - 1)

    def choose_lamp(self, lamp: Lamp) -> None:
        """Open the box that holds just the cases with one lamp, where the post has one."""
        for place, count in enumerate(self.model.counts):
            if count.box.lamps == (lamp,):
                self.choose(place)

    @Slot(object)
    def follow(self, state: State) -> None:
        """Open the box that holds cases of this state once the next post's boxes are counted."""
        self._holding = state

    def leave(self) -> None:
        """No box is open: something else is shown in the queue's place."""
        self.view.selectionModel().clear()
        self._check(None)

    def go_back(self) -> None:
        """Open the box again that was open last."""
        self.choose(max(0, self.model.row_of(self._wanted)))

    @Slot()
    def choose_score(self) -> None:
        """Show the scores instead of a queue."""
        self._check(self._score)
        self.view.selectionModel().clear()
        self.score_chosen.emit()

    @Slot()
    def choose_admin(self) -> None:
        """Show the rules of the city instead of a queue, to whoever may look at them."""
        if not self._may_look:
            return
        self._check(self._admin)
        self.view.selectionModel().clear()
        self.admin_chosen.emit()

    @Slot()
    def refresh(self) -> None:
        """Count again."""
        if not self._session.is_ready:
            return
        seat, now = self._session.seat, self._session.now()

        def work(record: Record) -> list[BoxCount]:
            return list(record.boxes(seat, now))

        self._session.door.ask(work, self._on_counts, key="boxes")

    def _lay_out(self) -> None:
        head = QLabel(tr("Boxes"), self)
        head.setProperty("role", "section")
        head.setContentsMargins(10, 0, 0, 0)
        line = QFrame(self)
        line.setObjectName("rule")
        line.setFixedHeight(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(7, 10, 7, 8)
        column.setSpacing(4)
        column.addWidget(head)
        column.addWidget(self.view, 1)
        column.addWidget(self.filters)
        column.addWidget(line)
        column.addWidget(self._score)
        column.addWidget(self._admin)

    @property
    def _may_look(self) -> bool:
        return self._session.is_ready and self._session.seat.post in LOOKERS

    @Slot()
    def _offer_admin(self) -> None:
        self._admin.setVisible(self._may_look)
        if self._admin.isChecked() and not self._may_look:
            self._check(None)
            self.go_back()

    def _check(self, shown: QToolButton | None) -> None:
        """One of the two is shown in the queue's place, or neither."""
        for button in (self._score, self._admin):
            button.setChecked(button is shown)

    def _on_counts(self, counts: list[BoxCount]) -> None:
        before = [one.box for one in self.model.counts]
        self.model.show_counts(counts)
        is_new = [one.box for one in self.model.counts] != before  # both in the list's order
        if is_new and counts:
            self._open(self.model.index(self._place_to_open(counts)))
        self.counted.emit(counts)

    def _place_to_open(self, counts: list[BoxCount]) -> int:
        holding, self._holding = self._holding, None
        for place, count in enumerate(self.model.counts):
            if holding in count.box.states:
                return place
        return max(0, self.model.row_of(self._wanted))

    def _open(self, index: AnyIndex) -> None:
        chooser = self.view.selectionModel()
        if index == chooser.currentIndex():
            self._on_current(index)
        chooser.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    @Slot(QModelIndex)
    def _on_current(self, index: AnyIndex) -> None:
        if index.isValid():
            count = self.model.counts[index.row()]
            self._wanted = count.box.id
            self._check(None)
            self.chosen.emit(count)

    @Slot(QModelIndex)
    def _on_clicked(self, index: AnyIndex) -> None:
        if self._score.isChecked() or self._admin.isChecked():
            self._on_current(index)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.cases:
            self._recount.request()

    @Slot()
    def _on_tick(self) -> None:
        self._seconds += 1
        if self._seconds >= COUNT_EVERY_SECONDS:
            self._seconds = 0
            self.refresh()

    @Slot(object)
    def _on_theme(self, theme: Tokens) -> None:
        self._delegate.theme = theme
        self._score.setIcon(icon("score", theme.secondary))
        self._admin.setIcon(icon("rules", theme.secondary))
        self.view.viewport().update()


def _wide_button(text: str, parent: QWidget) -> QToolButton:
    button = QToolButton(parent)
    button.setText(text)
    button.setCheckable(True)
    button.setProperty("wide", True)
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    button.setIconSize(QSize(16, 16))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return button
