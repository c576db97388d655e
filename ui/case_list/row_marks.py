"""The small icons of a queue's row: what presses, how often it came back, who is working on it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtGui import QPixmap

from resources.language import tr
from ui.case_form.flag_words import request_name, supervision_name
from ui.theme.icons import icon_pixmap
from ui.theme.tokens import Tokens
from workflow.queries import QueueRow

ICON = 14


@dataclass(frozen=True, slots=True)
class RowMark:
    """One icon.

    Attributes:
        text: stands beside it: a count, or who claimed the case.
        tip: what it means.
        lamp: its colour: "red", "yellow", "blue" or "secondary".
    """

    icon: str
    text: str
    tip: str
    lamp: str = "secondary"

    def colour(self, theme: Tokens) -> str:
        """The colour in a theme."""
        return str(getattr(theme, self.lamp))


def marks_of(row: QueueRow) -> tuple[RowMark, ...]:
    """The marks beside the class, what presses first."""
    return tuple(_marks(row))


def _marks(row: QueueRow) -> Iterator[RowMark]:
    if row.emergency:
        yield RowMark("emergency", "", tr("Emergency"), "red")
    elif row.urgent:
        yield RowMark("urgent", "", tr("Urgent"), "red")
    if row.supervised is not None:
        yield RowMark("supervised", "", supervision_name(row.supervised), "red")
    if row.request_kind is not None:
        yield RowMark("request", "", request_name(row.request_kind), "yellow")
    if row.claimed_by:
        tip = tr("{name} is working on it", name=row.claimed_by)
        yield RowMark("lock", row.claimed_by, tip, "blue")
    if row.return_count:
        yield _count("returned", row.return_count, tr("Returned {n}", n=row.return_count))
    if row.rework_count:
        yield _count("rework", row.rework_count, tr("Rework {n}", n=row.rework_count))
    if row.extension_count:
        yield _count("extended", row.extension_count, tr("Extended {n}", n=row.extension_count))
    if row.duplicate:
        yield RowMark("duplicate", "", tr("merged into another case"))


def _count(icon: str, count: int, tip: str) -> RowMark:
    return RowMark(icon, str(count) if count > 1 else "", tip)


@lru_cache(maxsize=128)
def mark_pixmap(icon: str, colour: str, ratio: float) -> QPixmap:
    """An icon in a colour, drawn once."""
    return icon_pixmap(icon, colour, ICON, ratio)
