"""Where the rows, labels and ticks of the ruler stand on the widget, in pixels."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from ui.deadline.ruler import LifeRuler
from ui.deadline.spans import Mark, RowKind, RulerRow, Span, Tick
from ui.deadline.words import tick

GUTTER, PAD = 56, 4
MARKS_TOP, TICKS_TOP, ROWS_TOP = 0, 18, 38
ROW_GAP, LABEL_GAP = 5, 8
LEGEND = 24
LEAST_SPAN = 6.0
HEIGHTS = {
    RowKind.HOLDERS: 38,
    RowKind.TIME: 28,
    RowKind.CLOCKS: 22,
    RowKind.PAUSES: 15,
    RowKind.MOVES: 16,
    RowKind.SIDE: 15,
}


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row with its box and the boxes of its spans."""

    row: RulerRow
    box: QRectF
    spans: tuple[QRectF, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """Words with the box that they stand in, and what they stand at."""

    box: QRectF
    text: str
    at: float


def height_of(ruler: LifeRuler) -> int:
    """How high the widget is with all its rows."""
    rows = sum(HEIGHTS[row.kind] + ROW_GAP for row in ruler.rows)
    return ROWS_TOP + rows + LEGEND


def placed_rows(ruler: LifeRuler, width: float) -> tuple[PlacedRow, ...]:
    """The rows from top to bottom."""
    found, top = [], float(ROWS_TOP)
    for row in ruler.rows:
        height = HEIGHTS[row.kind]
        box = QRectF(GUTTER, top, max(1.0, width - GUTTER - PAD), height)
        found.append(PlacedRow(row, box, tuple(_box(span, box) for span in row.spans)))
        top += height + ROW_GAP
    return tuple(found)


def _box(span: Span, row: QRectF) -> QRectF:
    left, right = row.left() + span.left * row.width(), row.left() + span.right * row.width()
    if right - left < LEAST_SPAN and span.look is None:
        middle = min(max((left + right) / 2, row.left() + 3), row.right() - 3)
        left, right = middle - LEAST_SPAN / 2, middle + LEAST_SPAN / 2
    return QRectF(round(left), row.top(), max(1, round(right) - round(left)), row.height())


def mark_labels(marks: Sequence[Mark], metrics: QFontMetricsF, width: float) -> tuple[Label, ...]:
    """The words over the marks, pushed apart where they would meet."""
    room = width - GUTTER - PAD
    lefts, sizes = [], []
    for mark in marks:
        size = metrics.horizontalAdvance(mark.text) + 4
        left = GUTTER + mark.place * room - size / 2
        lefts.append(min(max(left, 0.0), width - size))
        sizes.append(size)
    order = sorted(range(len(marks)), key=lambda one: (marks[one].place, one))
    for before, here in pairwise(order):
        lefts[here] = max(lefts[here], lefts[before] + sizes[before] + LABEL_GAP)
    edge = width
    for here in reversed(order):
        lefts[here] = min(lefts[here], edge - sizes[here])
        edge = lefts[here] - LABEL_GAP
    return tuple(
        Label(QRectF(left, MARKS_TOP, size, 16), mark.text, GUTTER + mark.place * room)
        for mark, left, size in zip(marks, lefts, sizes, strict=True)
    )


def free_ticks(ruler: LifeRuler) -> tuple[Tick, ...]:
    """The ticks that do not say what a mark says already."""
    taken = [mark.place for mark in ruler.marks]
    return tuple(
        one for one in ruler.ticks if all(abs(one.place - place) > 0.003 for place in taken)
    )


def tick_labels(ticks: Sequence[Tick], metrics: QFontMetricsF, width: float) -> tuple[Label, ...]:
    """The times under the marks: the most telling ones that have room beside each other."""
    room = width - GUTTER - PAD
    taken: list[tuple[float, float, Tick]] = []
    for one in sorted(ticks, key=lambda found: found.rank):
        middle = GUTTER + one.place * room
        before = max((t.at for _, _, t in taken if t.place < one.place), default=None)
        size = metrics.horizontalAdvance(tick(one.at, before))
        left = min(max(middle - size / 2, 0.0), width - size)
        if all(
            left > end + LABEL_GAP or left + size < begin - LABEL_GAP for begin, end, _ in taken
        ):
            taken.append((left, left + size, one))
    labels = []
    before_at: datetime | None = None
    for left, right, one in sorted(taken, key=lambda found: found[0]):
        text = tick(one.at, before_at)
        size = metrics.horizontalAdvance(text)
        start = min(max((left + right - size) / 2, 0.0), width - size)
        at = GUTTER + one.place * room
        labels.append(Label(QRectF(start, TICKS_TOP, size + 2, 16), text, at))
        before_at = one.at
    return tuple(labels)
