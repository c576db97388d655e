"""What a ruler consists of: rows of spans, and marks that go through all rows."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ui.deadline.cells import Look


class RowKind(StrEnum):
    """The rows, from top to bottom. SIDE may stand several times."""

    HOLDERS = "holders"
    TIME = "time"
    CLOCKS = "clocks"
    PAUSES = "pauses"
    MOVES = "moves"
    SIDE = "side"


class MarkKind(StrEnum):
    """What a line through all rows says."""

    NOW = "now"
    DUE = "due"
    EXTENDED = "extended"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A piece of a row from `left` to `right`, shares of its width.

    Attributes:
        text: what stands in it where there is room, else `short`; `below` a second line.
        sentence: all that there is to say.
        look: what it is drawn as; None where the row has one look for all.
        broken: much longer than it is drawn.
        late: a clock that ran over its limit; a stretch beyond it.
        due: where the clock's limit was used up, where that lies on the ruler.
        start: tells a span apart while the ruler is drawn anew every second.
    """

    left: float
    right: float
    sentence: str
    start: datetime
    text: str = ""
    short: str = ""
    below: str = ""
    look: Look | None = None
    past: bool = True
    broken: bool = False
    late: bool = False
    due: float | None = None


@dataclass(frozen=True, slots=True)
class RulerRow:
    """A row with its title at the left."""

    kind: RowKind
    title: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A line through all rows with words on top."""

    kind: MarkKind
    place: float
    text: str


@dataclass(frozen=True, slots=True)
class Tick:
    """An instant at the edge of a cell; the lower its rank, the sooner it gets room."""

    place: float
    at: datetime
    rank: int
