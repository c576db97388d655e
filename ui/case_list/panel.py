"""The queue's panel: title with count and order, filter chips, the list, and its keys."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from resources.language import tr
from resources.profile import rows
from ui.case_list.counts import short_count
from ui.case_list.empty_hint import EmptyHint
from ui.case_list.filter_bar import FilterBar
from ui.case_list.lamp_hint import LampHint
from ui.case_list.model import QueueModel
from ui.case_list.narrowing import Narrowing
from ui.case_list.sorting import order_name, sort_name
from ui.case_list.view import QueueView
from ui.session import DeskSession
from ui.theme.icons import icon
from workflow.queries import Box, QueueFilter, QueueSort, QueueTotal


class QueuePanel(QFrame):
    """One box's queue.

    Attributes:
        model: its rows. view: the list. filter_bar: the chips. empty_hint: shown without rows.
        narrowing: what keeps filter, popup and hint in step.

    Signals:
        filtered(QueueFilter): the queue was narrowed otherwise.
    """

    filtered = Signal(object)

    def __init__(self, session: DeskSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", "true")
        self._session = session
        self._box: Box | None = None
        self._total: int | None = None
        self.model = QueueModel(session, self)
        self.view = QueueView(session, self.model, self)
        self._hint = LampHint(session, self.view)
        sources = [row["name"] for row in rows("sources")]
        self.filter_bar = FilterBar(session, sources, self)
        self.filter_bar.hide()
        self.empty_hint = EmptyHint(self.view.viewport())
        self.narrowing = Narrowing(session, self.filter_bar, self.empty_hint, self.model)
        self._title = QLabel(self)
        self._title.setProperty("role", "title")
        self._sub = QLabel(self)
        self._sub.setProperty("role", "secondary")
        self._filter_button = QToolButton(self)
        self._filter_button.setCheckable(True)
        self._filter_button.setToolTip(tr("Filter the queue"))
        self._sort_button = QToolButton(self)
        self._sort_button.setToolTip(tr("Order of the queue"))
        self._sort_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._sort_button.setMenu(self._sort_menu())
        self._elsewhere = QLabel(tr("The chosen case is not in this list."), self)
        self._elsewhere.setProperty("role", "secondary")
        self._elsewhere.hide()
        keys = tr("↑↓ choose   Enter open   letters act   space on map")
        self._keys = QLabel(keys, self)
        self._keys.setProperty("role", "secondary")
        self._lay_out()
        self._connect()
        self._dress()

    @property
    def box(self) -> Box | None:
        """The open box."""
        return self._box

    def open_box(
        self, box: Box, total: int | None = None, *, wanted: QueueFilter | None = None
    ) -> None:
        """Show a box; `total` is its count where that is known already.

        Args:
            wanted: what it is narrowed to; what is chosen now, if not given.
        """
        self._box, self._total = box, total
        if wanted is not None:
            self.narrowing.show_filter(wanted)
            self._show_chips(wanted)
        self.model.open_box(box, self.filter_bar.filter)
        self._say_title()
        if wanted is not None:
            self.filtered.emit(wanted)

    def set_total(self, total: int) -> None:
        """How many cases the open box holds."""
        self._total = total
        self._say_title()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 8, 0)
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._sub)
        head.addStretch()
        head.addWidget(self._filter_button)
        head.addWidget(self._sort_button)
        chips = QHBoxLayout()
        chips.setContentsMargins(12, 0, 12, 0)
        chips.addWidget(self.filter_bar)
        body = QHBoxLayout()
        body.setContentsMargins(8, 0, 2, 0)
        body.addWidget(self.view)
        cover = QVBoxLayout(self.view.viewport())
        cover.setContentsMargins(0, 0, 0, 0)
        cover.addWidget(self.empty_hint)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 2, 12, 0)
        foot.addWidget(self._keys)
        foot.addStretch()
        foot.addWidget(self._elsewhere)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 6)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(chips)
        column.addLayout(body, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        self._filter_button.toggled.connect(self.filter_bar.setVisible)
        self.filter_bar.changed.connect(self._on_filter)
        self.model.loaded.connect(self._on_loaded)
        self.model.counted.connect(self._say_title)
        self._session.selection.changed.connect(self._say_elsewhere)
        self._session.theme_changed.connect(self._dress)

    def _sort_menu(self) -> QMenu:
        menu = QMenu(self)
        self._sorts = QActionGroup(self)
        for sort in QueueSort:
            action = menu.addAction(sort_name(sort))
            action.setCheckable(True)
            action.setChecked(sort is QueueSort.REMAINING)
            action.setData(sort)
            self._sorts.addAction(action)
        menu.addSeparator()
        self._descending = menu.addAction(tr("Reverse order"))
        self._descending.setCheckable(True)
        menu.triggered.connect(self._on_sort)
        return menu

    @Slot(QAction)
    def _on_sort(self, action: QAction) -> None:
        chosen = self._sorts.checkedAction()
        self.model.set_sort(QueueSort(chosen.data()), descending=self._descending.isChecked())
        self._say_title()

    @Slot(object)
    def _on_filter(self, wanted: QueueFilter) -> None:
        self._show_chips(wanted)
        self.model.set_filter(wanted)
        self._say_title()
        self.filtered.emit(wanted)

    def _show_chips(self, wanted: QueueFilter) -> None:
        if wanted != QueueFilter(text=wanted.text):
            self._filter_button.setChecked(True)

    @Slot()
    def _on_loaded(self) -> None:
        self._say_title()
        self._say_elsewhere()

    @Slot()
    def _say_elsewhere(self) -> None:
        case_id = self._session.selection.case_id
        is_elsewhere = case_id is not None and self.model.row_of(case_id) < 0
        self._elsewhere.setVisible(is_elsewhere)
        self._keys.setVisible(not is_elsewhere)

    @Slot()
    def _say_title(self) -> None:
        if self._box is None:
            return
        self._title.setText(self._box.title)
        query = self.model.query
        order = order_name(query) if query else sort_name(QueueSort.REMAINING)
        self._sub.setText(tr("{count} · {order}", count=self._count(), order=order))

    def _count(self) -> str:
        """How many, with a plus where more may follow than were counted."""
        counted = self.model.total
        if self.filter_bar.filter == QueueFilter():
            if counted is None:
                return tr("{n} cases", n=short_count(self._total or 0))
            return tr("{n} cases", n=_exact(counted))
        if counted is None:
            counted = QueueTotal(len(self.model.head), self.model.is_complete)
        return tr("{n} match", n=_exact(counted))

    @Slot()
    def _dress(self) -> None:
        colour = self._session.theme.secondary
        self._filter_button.setIcon(icon("filter", colour))
        self._sort_button.setIcon(icon("sort", colour))


def _exact(total: QueueTotal) -> str:
    return f"{total.count:,}" + ("" if total.is_exact else "+")
