"""My filters (我的筛选): everything, and the filters that this person keeps, with their counts."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QListView, QMenu, QVBoxLayout, QWidget

from resources.language import tr
from ui.case_list.name_popup import NamePopup
from ui.desk.box_list import ROW_HEIGHT, BoxDelegate, BoxModel
from ui.desk.everything import everything
from ui.session import DeskSession
from ui.theme.tokens import Tokens
from workflow.ports import Record
from workflow.queries import Box, BoxCount, QueueFilter, QueueQuery, QueueTotal, SavedFilter

MOST_SHOWN = 7
_EVERYTHING = 0
"""Stands for the filter that takes nothing away; those that are kept count from 1."""

COUNT_EVERY_SECONDS = 30
"""A filter is counted by reading what it leaves; nobody needs that every second."""


class SavedFilters(QWidget):
    """The list.

    Signals:
        chosen(QueueFilter): open all cases narrowed to this.
    """

    chosen = Signal(object)

    def __init__(self, session: DeskSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._kept: tuple[SavedFilter, ...] = ()
        self._totals: dict[int, int] = {}
        self._seconds = 0
        self._renaming = 0
        self._name: NamePopup | None = None
        head = QLabel(tr("My filters"), self)
        head.setProperty("role", "section")
        head.setContentsMargins(10, 0, 0, 0)
        self.model = BoxModel(self)
        self._delegate = BoxDelegate(session.theme, self)
        self.view = QListView(self)
        self.view.setModel(self.model)
        self.view.setItemDelegate(self._delegate)
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.setAccessibleName(tr("My filters"))
        self.view.installEventFilter(self)
        self.view.clicked.connect(self._on_opened)
        self.view.activated.connect(self._on_opened)
        self.view.customContextMenuRequested.connect(self._on_menu)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addWidget(head)
        column.addWidget(self.view)
        session.ready.connect(self.refresh)
        session.seat_changed.connect(self.refresh)
        session.ticked.connect(self._on_tick)
        session.theme_changed.connect(self._on_theme)
        self._show()

    @property
    def kept(self) -> tuple[SavedFilter, ...]:
        """The filters of the person at this seat."""
        return self._kept

    @Slot()
    def refresh(self) -> None:
        """Read them again."""
        person = self._session.seat.person_id
        self._session.door.ask(
            lambda record: tuple(record.saved_filters(person)), self._on_read, key="saved-filters"
        )

    def leave(self) -> None:
        """None of them is open any more."""
        self.view.selectionModel().clear()

    def rename(self, place: int) -> None:
        """Ask for another name of a filter, counted from 0."""
        if not 0 <= place < len(self._kept):
            return
        if self._name is None:
            self._name = NamePopup(self)
            self._name.named.connect(self._on_renamed)
        self._renaming = self._kept[place].id
        self._name.ask(self.view, self._kept[place].name)

    def drop(self, place: int) -> None:
        """Forget a filter, counted from 0."""
        if not 0 <= place < len(self._kept):
            return
        person, filter_id = self._session.seat.person_id, self._kept[place].id

        def work(record: Record) -> None:
            record.drop_filter(person, filter_id)

        self._session.door.ask(work, self._on_written)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Delete forgets the filter that is chosen, F2 renames it."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            place = self.view.currentIndex().row() - 1
            if event.key() == Qt.Key.Key_Delete:
                self.drop(place)
                return True
            if event.key() == Qt.Key.Key_F2:
                self.rename(place)
                return True
        return super().eventFilter(watched, event)

    def _on_read(self, kept: tuple[SavedFilter, ...]) -> None:
        self._kept = kept
        self._show()
        self._count()

    def _on_written(self, _: None) -> None:
        self.refresh()

    def _show(self) -> None:
        counts = [_line(one, self._totals.get(one.id, 0)) for one in self._kept]
        everything_there = BoxCount(everything(None), self._totals.get(_EVERYTHING, 0), 0, 0)
        self.model.show_counts([everything_there, *counts])
        self.view.setFixedHeight(ROW_HEIGHT * min(1 + len(counts), MOST_SHOWN) + 2)

    def _count(self) -> None:
        """Each in a question of its own: a queue that is opened meanwhile goes before."""
        seat, now = self._session.seat, self._session.now()
        filters = {one.id: one.filter for one in self._kept if one.filter is not None}
        for number, wanted in ({_EVERYTHING: QueueFilter()} | filters).items():
            query = QueueQuery(box=everything(seat), seat=seat, filter=wanted)

            def work(record: Record, query: QueueQuery = query) -> QueueTotal:
                return record.total(query, now)

            def on_total(total: QueueTotal, filter_id: int = number) -> None:
                self._totals[filter_id] = total.count
                self._show()

            self._session.door.ask(work, on_total, key=f"filter-total-{number}")

    @Slot(QModelIndex)
    def _on_opened(self, index: QModelIndex) -> None:
        place = index.row() - 1
        if place < 0:
            self.chosen.emit(QueueFilter())
            return
        kept = self._kept[place]
        if kept.filter is not None:
            self.chosen.emit(kept.filter)
        elif kept.problem is not None:
            self._session.notices.refuse(kept.problem, key="saved-filter")

    @Slot(QPoint)
    def _on_menu(self, at: QPoint) -> None:
        place = self.view.indexAt(at).row() - 1
        if place < 0:
            return
        menu = QMenu(self)
        menu.addAction(tr("Rename…")).triggered.connect(lambda: self.rename(place))
        menu.addAction(tr("Delete")).triggered.connect(lambda: self.drop(place))
        menu.popup(self.view.viewport().mapToGlobal(at))

    @Slot(str)
    def _on_renamed(self, name: str) -> None:
        person, filter_id = self._session.seat.person_id, self._renaming

        def work(record: Record) -> None:
            record.rename_filter(person, filter_id, name)

        self._session.door.ask(work, self._on_written)

    @Slot()
    def _on_tick(self) -> None:
        self._seconds += 1
        if self._seconds >= COUNT_EVERY_SECONDS and self._session.is_ready:
            self._seconds = 0
            self._count()

    @Slot(object)
    def _on_theme(self, theme: Tokens) -> None:
        self._delegate.theme = theme
        self.view.viewport().update()


def _line(kept: SavedFilter, total: int) -> BoxCount:
    """A kept filter as a line of the list; one that cannot be read says so."""
    title = kept.name if kept.filter is not None else tr("{name} (unreadable)", name=kept.name)
    return BoxCount(Box(id=f"filter {kept.id}", title=title, mine=True), total, 0, 0)
