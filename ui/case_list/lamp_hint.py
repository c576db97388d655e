"""Why a lamp of the list shows what it shows: at once from the row, a moment later in full."""

from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QPoint, QRect
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QAbstractItemView, QToolTip

from resources.language import tr
from resources.profile import name_of
from ui.case_form.wording import full_moment, lamp_meaning
from ui.case_list.delegate import TEXT_X
from ui.case_list.model import QueueRole
from ui.case_list.remaining import remaining_text
from ui.deadline.current import with_calendar
from ui.deadline.explained import short
from ui.session import DeskSession
from ui.theme.lamps import lamp_of
from workflow.case_file import CaseFile
from workflow.errors import WanmiError
from workflow.ids import CaseId
from workflow.ports import Record
from workflow.queries import QueueRow

KEY = "lamp-hint"
REMAINING_WIDTH, FIRST_LINE = 110, 30
"""Where the remaining time stands in a row, from its right edge and from its top."""


class LampHint(QObject):
    """Explains the lamp or the remaining time that the pointer rests on.

    The row knows when it is due; limit, rule and what is used are read with the case, off the
    window's thread, and only when somebody asks.
    """

    def __init__(self, session: DeskSession, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._session, self._view = session, view
        self._wanted: tuple[CaseId, int] | None = None
        self._read: CaseFile | None = None
        self._point = QPoint()
        self._place = QRect()
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the hints of lamps; all others stay with the list."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            row = self._row_at(event.pos())
            if row is not None:
                self._point = event.globalPos()
                self._explain(row)
                return True
            self._wanted = None
        elif event.type() == QEvent.Type.Leave:
            self._wanted = None
        return super().eventFilter(watched, event)

    def words(self, row: QueueRow, now: datetime) -> str:
        """What is said about a row now: in full where its case was read, else what the row has."""
        return short(self._read, now) if self._read and self._has_read(row) else row_words(row, now)

    def _has_read(self, row: QueueRow) -> bool:
        case = None if self._read is None else self._read.case
        return case is not None and (case.id, case.version) == (row.case_id, row.version)

    def _row_at(self, point: QPoint) -> QueueRow | None:
        index = self._view.indexAt(point)
        if not index.isValid():
            return None
        box = self._view.visualRect(index)
        on_lamp = point.x() - box.left() < TEXT_X
        on_time = box.right() - point.x() < REMAINING_WIDTH and point.y() - box.top() < FIRST_LINE
        if not (on_lamp or on_time):
            return None
        self._place = box
        row = index.data(QueueRole.ROW)
        return row if isinstance(row, QueueRow) else None

    def _explain(self, row: QueueRow) -> None:
        now = self._session.now()
        self._say(self.words(row, now))
        self._wanted = row.case_id, row.version
        if self._has_read(row):
            return
        seat = self._session.seat

        def work(record: Record) -> CaseFile:
            return record.case_file(row.case_id, seat, now)

        self._session.door.ask(work, self._on_read, self._on_refused, key=KEY)

    def _on_read(self, file: CaseFile) -> None:
        self._read = with_calendar(file, self._session.reference.rules.calendar)
        if self._wanted == (file.case.id, file.case.version):
            self._say(short(self._read, self._session.now()))

    def _on_refused(self, error: WanmiError) -> None:
        """What the row says stays."""

    def _say(self, words: str) -> None:
        QToolTip.showText(self._point, words, self._view.viewport(), self._place)


def row_words(row: QueueRow, now: datetime) -> str:
    """What a row knows of its deadline without asking the record."""
    left = remaining_text(row, now)
    meaning = lamp_meaning(lamp_of(row, now))
    if row.due_at is None or row.state.is_ended:
        return tr("{meaning}: {left}", meaning=meaning, left=left)
    return tr(
        "{meaning}: {left}, due {due} ({state}, {holder})",
        meaning=meaning,
        left=left,
        due=full_moment(row.due_at),
        state=name_of(row.state),
        holder=row.holder,
    )
