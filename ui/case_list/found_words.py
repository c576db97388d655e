"""Where the searched words stand in a row: the field that says them, its words marked."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from resources.language import tr
from workflow.queries import QueueRow

SHOWN = frozenset({"number", "class_name", "address", "source"})
"""Fields that every row shows anyway."""

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def found_line(row: QueueRow) -> str:
    """What stands in the place of the address where the words stand in a field not shown."""
    if row.found is None or row.found.field in SHOWN:
        return ""
    name = _names().get(row.found.field)
    return tr("{name}: {value}", name=name, value=row.found.text) if name else row.found.text


def words_in(row: QueueRow) -> Sequence[str]:
    """The words to mark in a row."""
    return () if row.found is None else row.found.words


def pieces(text: str, words: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """The text in pieces that are one of the words or none; letters of either case."""
    plain, at = text.lower(), 0
    while at < len(text):
        starts = [(plain.find(word, at), word) for word in words if word]
        found = min((one for one in starts if one[0] >= 0), default=None)
        if found is None:
            yield text[at:], False
            return
        start, word = found
        if start > at:
            yield text[at:start], False
        yield text[start : start + len(word)], True
        at = start + len(word)


def paint_marked(
    painter: QPainter,
    line: QRectF,
    text: str,
    words: Sequence[str],
    metrics: QFontMetricsF,
    colours: tuple[str, str],
) -> None:
    """Draw a text with the words in the second colour, cut off at the end of the line."""
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, line.width() + 1)
    left = line.left()
    for piece, is_word in pieces(shown, words):
        width = metrics.horizontalAdvance(piece)
        painter.setPen(QColor(colours[is_word]))
        painter.drawText(QRectF(left, line.top(), width + 1, line.height()), _LEFT, piece)
        left += width


def _names() -> dict[str, str]:
    return {
        "big_class": tr("Big class"),
        "road": tr("Road"),
        "community_name": tr("Community"),
        "street_name": tr("Street"),
        "district_name": tr("District"),
        "description": tr("Description"),
        "remark": tr("Remark"),
        "component_code": tr("Component code"),
        "external_number": tr("Number elsewhere"),
        "caller_name": tr("Caller"),
        "caller_phone": tr("Caller's phone"),
        "reporter": tr("Reported by"),
        "collector": tr("Collector"),
        "holder": tr("Waits for"),
        "handler": tr("Handled by"),
        "department": tr("Department"),
    }
