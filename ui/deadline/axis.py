"""Where an instant stands on the ruler: minutes stay wide, nights and months are compressed."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from ui.deadline.cells import Cell, Look

WIDTH = 800.0
"""The width that the sizes below are meant for; the ruler itself is drawn at any width."""

LONGEST: dict[Look, float] = {
    Look.LUNCH: 12,
    Look.NIGHT: 18,
    Look.WEEKEND: 26,
    Look.HOLIDAY: 40,
    Look.PAUSED: 72,
    Look.UNCOUNTED: 48,
    Look.FOLDED: 64,
}
"""How wide time that does not count may get, however long it is."""

LEAST_CELL, LEAST_TURN = 4.0, 40.0
"""Every cell can be seen, and everybody's turn can be pointed at and read."""

MOST_FOR_TURNS = 0.6
"""How much of the width is shared out among the turns before their length counts."""

BREAK = 0.4
"""A cell drawn at less than this share of the counted time's scale shows a break."""


class Axis:
    """Places of cells side by side, as shares of the width.

    Attributes:
        cells: from left to right, without gaps.
        edges: their borders, one more than there are cells; from 0 to 1.
        broken: for each cell, whether it is compressed so much that it shows a break.
    """

    def __init__(self, cells: Sequence[Cell]) -> None:
        self.cells = tuple(cells)
        scale = _scale(self.cells)
        widths = _with_readable_turns(self.cells, [_width(cell, scale) for cell in self.cells])
        total = sum(widths) or 1.0
        self.edges = [0.0]
        for width in widths:
            self.edges.append(self.edges[-1] + width / total)
        self.edges[-1] = 1.0
        self.broken = tuple(
            width < BREAK * scale * cell.seconds and cell.look in LONGEST
            for cell, width in zip(self.cells, widths, strict=True)
        )
        self._starts = [cell.start for cell in self.cells]

    def place(self, instant: datetime) -> float:
        """Where an instant stands; before the first cell 0, behind the last 1."""
        if not self.cells or instant <= self.cells[0].start:
            return 0.0
        if instant >= self.cells[-1].end:
            return 1.0
        found = bisect_right(self._starts, instant) - 1
        cell = self.cells[found]
        share = (instant - cell.start).total_seconds() / (cell.seconds or 1.0)
        left, right = self.edges[found], self.edges[found + 1]
        return left + (right - left) * min(1.0, share)

    def holds(self, instant: datetime) -> bool:
        """Whether the instant lies on the ruler."""
        return bool(self.cells) and self.cells[0].start <= instant <= self.cells[-1].end


def _scale(cells: Sequence[Cell]) -> float:
    """Width of a second of counted time: what is left once all others have the most they can."""
    counted = sum(cell.seconds for cell in cells if cell.look not in LONGEST)
    rest = WIDTH - sum(LONGEST.get(cell.look, LEAST_CELL) for cell in cells)
    if counted <= 0:
        return WIDTH / (sum(cell.seconds for cell in cells) or 1.0)
    return max(rest, WIDTH / 4) / counted


def _width(cell: Cell, scale: float) -> float:
    linear = LEAST_CELL + scale * cell.seconds
    return min(LONGEST.get(cell.look, linear), linear)


def _with_readable_turns(cells: Sequence[Cell], widths: list[float]) -> list[float]:
    """Every holder's turn at least so wide that a name fits into it; the others make room."""
    turns = [list(group) for _, group in groupby(range(len(cells)), lambda n: cells[n].tenure)]
    sums = [sum(widths[place] for place in turn) for turn in turns]
    least = min(LEAST_TURN, WIDTH * MOST_FOR_TURNS / max(1, len(turns)))
    small: set[int] = set()
    shrink = WIDTH / (sum(sums) or 1.0)
    while True:
        found = {n for n, width in enumerate(sums) if 0 < width * shrink < least} | small
        if found == small or len(found) == len(turns):
            break
        small = found
        rest = WIDTH - least * len(small)
        shrink = rest / sum(width for n, width in enumerate(sums) if n not in small)
    wide = list(widths)
    for number, turn in enumerate(turns):
        scale = least / sums[number] if number in small else shrink
        for place in turn:
            wide[place] = widths[place] * scale
    return wide
