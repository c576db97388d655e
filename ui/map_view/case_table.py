"""The open cases as columns: thousands of markers are coloured again in a millisecond or two."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from workflow.case import CaseKind
from workflow.clock import Lamp
from workflow.ids import CaseId
from workflow.instants import epoch_ms
from workflow.queries import CaseMarker

NEVER = np.iinfo(np.int64).max
LAMPS = tuple(Lamp)
Whole = NDArray[np.int64]
Floats = NDArray[np.float64]

_WEIGHT = np.array(
    [{Lamp.GREY: 0, Lamp.BLUE: 1, Lamp.GREEN: 2, Lamp.YELLOW: 3, Lamp.RED: 4}[one] for one in LAMPS]
)
"""The more pressing lie over the others."""


class CaseTable:
    """Cases by identity, in columns that grow by doubling; a case that goes leaves no gap.

    The lamp is that of `workflow.clocks.lamp`, told from due, warn and paused alone.
    """

    def __init__(self) -> None:
        self._row_of: dict[CaseId, int] = {}
        self._make(64)

    def __len__(self) -> int:
        return len(self._row_of)

    def put_all(self, cases: Sequence[CaseMarker]) -> None:
        """Hold these cases and no others."""
        self._row_of.clear()
        self._make(max(64, len(cases)))
        for case in cases:
            self.put(case)

    def put(self, case: CaseMarker) -> None:
        """Add a case, or say how it is now."""
        row = self._row_of.setdefault(case.case_id, len(self._row_of))
        if row >= len(self._keys):
            self._grow()
        self._keys[row] = case.case_id
        self._places[row] = (case.lon, case.lat)
        self._due[row] = NEVER if case.due_at is None else epoch_ms(case.due_at)
        self._warn[row] = NEVER if case.warn_at is None else epoch_ms(case.warn_at)
        self._looks[row] = (
            case.due_at is None,
            case.paused,
            case.kind == CaseKind.EVENT.value,
            case.urgent,
        )

    def drop(self, case_id: CaseId) -> None:
        """Forget a case; one that is not there is no harm."""
        row = self._row_of.pop(case_id, None)
        if row is None:
            return
        last = len(self._row_of)
        if row != last:
            for column in self._columns():
                column[row] = column[last]
            self._row_of[CaseId(int(self._keys[row]))] = row

    def place_of(self, case_id: CaseId) -> tuple[float, float] | None:
        """Longitude and latitude of a case; None where it is not held."""
        row = self._row_of.get(case_id)
        return None if row is None else (float(self._places[row, 0]), float(self._places[row, 1]))

    def lamps(self, now: datetime) -> Whole:
        """The lamp of every case, as its place in `LAMPS`, row by row."""
        count, instant = len(self), epoch_ms(now)
        without_clock, paused = self._looks[:count, 0], self._looks[:count, 1]
        return np.select(
            [without_clock, paused, self._due[:count] < instant, self._warn[:count] <= instant],
            [LAMPS.index(one) for one in (Lamp.GREY, Lamp.BLUE, Lamp.RED, Lamp.YELLOW)],
            LAMPS.index(Lamp.GREEN),
        ).astype(np.int64)

    def drawn(self, now: datetime) -> tuple[Whole, Floats, Floats, Whole]:
        """Keys, longitudes, latitudes and sprites, the most pressing last, so on top.

        A sprite is 4 × lamp + 2 × event + urgent.
        """
        count = len(self)
        lamps = self.lamps(now)
        is_event, is_urgent = self._looks[:count, 2], self._looks[:count, 3]
        order = np.argsort(_WEIGHT[lamps] * 2 + is_urgent, kind="stable")
        sprites = lamps * 4 + is_event * 2 + is_urgent
        places = self._places[:count][order]
        return self._keys[:count][order], places[:, 0], places[:, 1], sprites[order]

    def _make(self, size: int) -> None:
        self._keys = np.zeros(size, np.int64)
        self._places = np.zeros((size, 2))
        self._due, self._warn = np.zeros(size, np.int64), np.zeros(size, np.int64)
        self._looks = np.zeros((size, 4), np.bool_)

    def _grow(self) -> None:
        self._keys, self._due, self._warn = (
            np.concatenate([column, np.zeros_like(column)])
            for column in (self._keys, self._due, self._warn)
        )
        self._places = np.concatenate([self._places, np.zeros_like(self._places)])
        self._looks = np.concatenate([self._looks, np.zeros_like(self._looks)])

    def _columns(self) -> tuple[NDArray[np.generic], ...]:
        return (self._keys, self._places, self._due, self._warn, self._looks)
