"""Rows far below those that were read from the top: read where the scroll bar was dragged to."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ui.session import DeskSession
from workflow.ids import CaseId
from workflow.ports import Record
from workflow.queries import QueuePage, QueueQuery, QueueRow

KEY = "queue-far"
MOST_KEPT = 3_000
_GATHER_MS = 20
"""A view asks for its rows one by one; they are read together."""

_AROUND = 20
"""Rows read above and below those asked for: whoever drags goes on dragging, either way."""

_SCREEN = 100
"""More rows than any screen shows at once."""


class FarRows(QObject):
    """Rows by their place in the queue.

    Args:
        query: the queue as it is open now.

    Signals:
        loaded(int, QueuePage): the page that begins at a place was read.
    """

    loaded = Signal(int, object)

    def __init__(
        self, session: DeskSession, query: Callable[[], QueueQuery | None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._query = query
        self._rows: dict[int, QueueRow] = {}
        self._wanted: list[int] = []
        self._gather = QTimer(self)
        self._gather.setSingleShot(True)
        self._gather.setInterval(_GATHER_MS)
        self._gather.timeout.connect(self._ask)

    def forget(self) -> None:
        """Another queue, or the same one after a change: what is read is old."""
        self._rows.clear()
        self._wanted.clear()
        self._gather.stop()

    def get(self, place: int) -> QueueRow | None:
        """The row at a place, where it was read."""
        return self._rows.get(place)

    def place_of(self, case_id: CaseId) -> int:
        """Where a case stands among the rows that were read; -1 where it does not."""
        return next((at for at, row in self._rows.items() if row.case_id == case_id), -1)

    def want(self, place: int) -> None:
        """Have the row at a place read soon, with its neighbours."""
        self._wanted.append(place)
        if not self._gather.isActive():
            self._gather.start()

    @Slot()
    def _ask(self) -> None:
        query, wanted = self._query(), self._wanted
        self._wanted = []
        if query is None or not wanted:
            return
        # Whoever drags far looks at many places; the last one is where the view stands.
        near = [place for place in wanted if abs(place - wanted[-1]) <= _SCREEN]
        first = max(0, min(near) - _AROUND)
        query = replace(query, limit=max(near) + _AROUND - first)
        now = self._session.now()

        def work(record: Record) -> tuple[int, QueuePage]:
            return first, record.page_at(query, first, now)

        self._session.door.ask(work, self._on_page, key=KEY, ahead=True)

    def _on_page(self, answer: tuple[int, QueuePage]) -> None:
        first, page = answer
        if len(self._rows) > MOST_KEPT:
            self._rows.clear()
        self._rows.update(enumerate(page.rows, start=first))
        self.loaded.emit(first, page)
