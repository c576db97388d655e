"""The list of a box's cases: keys, one selection, and what it says when it is empty."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QRect, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from resources.language import tr
from ui.case_list.delegate import ROW_HEIGHT, QueueDelegate
from ui.case_list.model import QueueModel
from ui.case_list.row_list import AnyIndex
from ui.session import DeskSession
from ui.theme.fonts import BODY, font
from ui.theme.tokens import Tokens
from workflow.ids import CaseId
from workflow.queries import BoxScope, QueueFilter
from workflow.states import State

ORIGIN = "list"
_STEPS = {Qt.Key.Key_J: Qt.Key.Key_Down, Qt.Key.Key_K: Qt.Key.Key_Up}


class QueueView(QTableView):
    """Shows a `QueueModel`; the chosen row is the session's selection and nothing else.

    A table of one column: a QListView lays every row out and takes two seconds for a million.

    Signals:
        opened: Enter; the operator wants to work on the chosen case.
        locate_wanted(CaseId): space; show the chosen case on the map.
    """

    opened = Signal()
    locate_wanted = Signal(object)

    def __init__(
        self, session: DeskSession, model: QueueModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._queue = model
        self._place = 0
        self._is_arriving = False
        self._wants_top = False
        self._is_blank = False
        self._delegate = QueueDelegate(session.theme, session.now, self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self._make_plain()
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(20)
        self.setAccessibleName(tr("Cases of this box"))
        model.loaded.connect(self._on_loaded)
        model.modelReset.connect(self._on_opened)
        model.dataChanged.connect(self._on_read)
        session.selection.changed.connect(self._on_selection)
        session.theme_changed.connect(self._on_theme)
        session.ticked.connect(self._on_tick)
        self.activated.connect(self._on_activated)

    def _make_plain(self) -> None:
        """Rows of one height, and nothing else that a table has."""
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.setMinimumSectionSize(ROW_HEIGHT)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        rows.hide()
        columns.hide()
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)

    @property
    def empty_text(self) -> str:
        """What an empty list says; nothing while there are rows or while they are being read."""
        query = self._queue.query
        if self._queue.rowCount() or query is None or not self._queue.is_complete:
            return ""
        is_narrowed = query.filter != QueueFilter()
        return tr("No case of this box matches.") if is_narrowed else tr("This box is empty.")

    # -- the selection --------------------------------------------------------------------------
    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """The operator chose a row: it becomes everybody's selection."""
        super().currentChanged(current, previous)
        if current.isValid() and not self._queue.is_updating and not self._is_arriving:
            self._place = current.row()
            self._choose_current()

    @Slot()
    def _choose_current(self) -> None:
        """The row that the keyboard is on is chosen as soon as it is read."""
        row = self.currentIndex().row()
        self._is_blank = row >= 0 and not self._queue.is_read(row)
        if row >= 0 and not self._is_blank:
            self._session.selection.select(self._queue.row_at(row).case_id, ORIGIN)

    @Slot()
    def _on_read(self) -> None:
        if self._is_blank:
            self._choose_current()

    @Slot(object, str)
    def _on_selection(self, case_id: CaseId | None, origin: str) -> None:
        if origin != ORIGIN:
            self._show_selected(scroll=True)

    @Slot()
    def _on_opened(self) -> None:
        """Another box, order or filter begins at its top."""
        self.scrollToTop()
        if self._wants_top:
            self.choose_top()

    @Slot()
    def _on_loaded(self) -> None:
        query = self._queue.query
        if query is not None:
            box = query.box
            mixes = box.scope is BoxScope.ALL and (box.mine or len(box.states) != 1)
            self._delegate.shows_holder = mixes
            self._delegate.is_library = box.states == (State.SUSPENDED,)
        self._show_selected(scroll=False)
        self.viewport().update()

    def _show_selected(self, *, scroll: bool) -> None:
        """Mark the selected case's row; where it is not in the list, mark none."""
        place = self._queue.row_of(self._session.selection.case_id)
        chooser = self.selectionModel()
        if place < 0:
            if not self._is_blank:
                chooser.clear()
            return
        index = self._queue.index(place)
        self._place = place
        chooser.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if scroll:
            self.scrollTo(index)

    def choose_first(self) -> None:
        """Choose the first case, where none is chosen anywhere."""
        if self._queue.rowCount() and self._session.selection.case_id is None:
            self._session.selection.select(self._queue.row_at(0).case_id, "first")

    def choose_top(self) -> None:
        """Choose the row on top, of what is being read as soon as it is there."""
        self._wants_top = self._queue.is_opening
        if not self._wants_top and self._queue.rowCount():
            self.setCurrentIndex(self._queue.index(0))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the keyboard. Qt makes the first row current then; that is nobody's choice."""
        self._is_arriving = True
        super().focusInEvent(event)
        self._is_arriving = False

    # -- keys -----------------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """↑ ↓ J K Home End move, Enter opens, space shows on the map."""
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Space:
            self._locate()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_activated(self.currentIndex())
        elif key in _STEPS or key in _STEPS.values():
            self._step(1 if _STEPS.get(key, key) == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go_to(0 if key == Qt.Key.Key_Home else self._queue.rowCount() - 1)
        elif event.text().isprintable() and event.text():
            event.ignore()  # letters are the buttons' of the case; a list would search by them
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        """Go to the next row; after the chosen case has left, to the one in its place."""
        count = self._queue.rowCount()
        if not count:
            return
        here = self.currentIndex()
        self._go_to(here.row() + by if here.isValid() else self._place)

    def _go_to(self, place: int) -> None:
        if count := self._queue.rowCount():
            self.setCurrentIndex(self._queue.index(max(0, min(place, count - 1))))

    def _locate(self) -> None:
        case_id = self._session.selection.case_id
        if case_id is not None:
            self.locate_wanted.emit(case_id)

    @Slot(QModelIndex)
    def _on_activated(self, index: AnyIndex) -> None:
        if index.isValid():
            self.opened.emit()

    # -- looks ----------------------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows; in an empty box a sentence instead."""
        super().paintEvent(event)
        query = self._queue.query
        if not self.empty_text or query is None or query.filter != QueueFilter():
            return  # of a filter that leaves nothing the panel says more
        painter = QPainter(self.viewport())
        painter.setFont(font(BODY))
        painter.setPen(QColor(self._session.theme.secondary))
        room = QRect(0, 48, self.viewport().width(), 40)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, self.empty_text)
        painter.end()

    @Slot(object)
    def _on_theme(self, theme: Tokens) -> None:
        self._delegate.theme = theme
        self.viewport().update()

    @Slot()
    def _on_tick(self) -> None:
        self.viewport().update()
