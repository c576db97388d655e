"""Long lives made short: the middle of a long run of alike cells becomes one cell with a break."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from ui.deadline.cells import Cell, Look

MOST_CELLS = 56
"""More than these nobody tells apart on a ruler."""

_KEPT = (4, 2, 1, 0)
"""How many cells stay at either end of a run: fewer, the longer the life is."""


def folded(cells: Sequence[Cell], most: int = MOST_CELLS) -> tuple[Cell, ...]:
    """The cells, folded only as far as needed; what stands at marks and changes always stays."""
    for kept in _KEPT:
        if len(cells) <= most:
            break
        cells = tuple(_fold(cells, kept))
    return tuple(cells)


def _fold(cells: Sequence[Cell], kept: int) -> Iterator[Cell]:
    for _, group in groupby(cells, key=_alike):
        run = tuple(group)
        middle = run[kept : len(run) - kept]
        if len(middle) < 3:
            yield from run
            continue
        yield from run[:kept]
        yield _one(middle)
        yield from run[len(run) - kept :]


def _alike(cell: Cell) -> tuple[object, ...]:
    """What may be folded together: the time of one holder on one clock, before or after a mark."""
    stands = cell.look is Look.PAUSED
    return cell.clock, cell.round, cell.tenure, cell.past, cell.late, stands


def _one(cells: Sequence[Cell]) -> Cell:
    inside = tuple(part for cell in cells for part in (cell.inside or (cell,)))
    return replace(
        cells[0], end=cells[-1].end, look=Look.FOLDED, label="", counted=False, inside=inside
    )
