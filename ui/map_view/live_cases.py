"""The open cases on the map, kept up with every commit and with passing time."""

from collections.abc import Callable, Sequence
from datetime import datetime

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from ui.map_view.case_table import CaseTable, Whole
from ui.session import DeskSession
from ui.throttle import Throttle
from workflow.ids import CaseId
from workflow.ports import Record
from workflow.queries import CaseMarker, Changes, QueueRow

LOOK_EVERY_SECONDS = 5
"""How often lamps are looked at again; a lamp turns without a commit."""

GATHER_MS = 150
"""Commits of a busy city are shown together, at most this often."""


class LiveCases(QObject):
    """Every case that has not ended.

    Attributes:
        table: the cases in columns.

    Signals:
        changed: cases came, went or moved, or a lamp turned.
    """

    changed = Signal()

    def __init__(self, session: DeskSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.table = CaseTable()
        self._lamps: Whole = np.zeros(0, np.int64)
        self._seconds = 0
        self._tell = Throttle(self.changed.emit, GATHER_MS, self)
        session.ready.connect(self.reload)
        session.changed.connect(self._on_changed)
        session.ticked.connect(self._on_tick)

    def where(self, case_id: CaseId, done: Callable[[float, float], None]) -> None:
        """Tell where a case is, an ended one too; of several in a row only the newest."""
        known = self.table.place_of(case_id)
        if known is not None:
            done(*known)
            return

        def tell(rows: Sequence[QueueRow]) -> None:
            for row in rows:
                done(row.lon, row.lat)

        self._session.door.ask(lambda record: record.rows([case_id]), tell, key="where")

    @Slot()
    def reload(self) -> None:
        """Read all of them."""
        self._session.door.ask(_read_all, self._on_all, key="markers")

    def _on_all(self, cases: Sequence[CaseMarker]) -> None:
        self.table.put_all(cases)
        self.changed.emit()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        ids = sorted(changes.cases)
        if ids:
            self._session.door.ask(lambda record: record.rows(ids), self._on_rows)

    def _on_rows(self, rows: Sequence[QueueRow]) -> None:
        for row in rows:
            if row.state.is_ended:
                self.table.drop(row.case_id)
            else:
                self.table.put(marker_of(row))
        self._tell.request()

    @Slot(object)
    def _on_tick(self, now: datetime) -> None:
        self._seconds += 1
        if self._seconds % LOOK_EVERY_SECONDS:
            return
        lamps = self.table.lamps(now)
        if not np.array_equal(lamps, self._lamps):
            self._lamps = lamps
            self.changed.emit()


def marker_of(row: QueueRow) -> CaseMarker:
    """The marker of a case that a queue row describes."""
    return CaseMarker(
        case_id=row.case_id,
        lon=row.lon,
        lat=row.lat,
        kind=row.kind,
        due_at=row.due_at,
        warn_at=row.warn_at,
        paused=row.paused,
        urgent=row.urgent,
    )


def _read_all(record: Record) -> Sequence[CaseMarker]:
    return record.markers()
