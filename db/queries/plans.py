"""Which condition of a queue to begin with, by how many cases meet it.

SQLite reads a query by one index and looks every case that it finds there over. With a million
cases that is quick where the index leads to few, or stands in the wanted order and most cases will
do; what its statistics cannot know is how many cases *these* values lead to. So they are counted
first, in the index alone and not far, and the query says where to begin. PostgreSQL keeps such
statistics and joins indexes; there every query is left to its planner.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Connection, Select, and_, func, literal_column, select

from db.queries.boxes import BoxKind, held_by
from db.queries.filters import BY_REPORT, Given, Part
from db.queries.words import count_said
from db.tables import CaseRow
from workflow.queries import BoxScope

FAR: Final = 200_000
"""Counting stops here. To look so many cases over takes a tenth of a second."""

WALK: Final = "walk"
"""Begin with no condition: go through the cases in the wanted order until a page is full."""

BOX: Final = "box"
WORDS: Final = "words"


@dataclass(frozen=True, slots=True)
class Beginning:
    """Where to begin, and how many cases there are: exactly unless counting stopped at `FAR`."""

    name: str
    count: int


def parts_of(kind: BoxKind, given: Given) -> list[Part]:
    """The conditions of box and filter but for the text; those of the box as one part."""
    conditions = held_by(kind)
    if not conditions:
        return given.parts
    orders: frozenset[str] = frozenset({"due_at"} if kind.is_open else ())
    is_ordered = kind.scope in (BoxScope.ALL, BoxScope.DEPARTMENT) and kind.states != "some"
    if is_ordered and not (kind.is_open or kind.is_mine or kind.lamps or kind.flags):
        orders = BY_REPORT
    return [Part(BOX, and_(*conditions), orders=orders), *given.parts]


def choose(
    connection: Connection,
    kind: BoxKind,
    given: Given,
    values: Mapping[str, Any],
    column: str | None,
) -> Beginning:
    """Where to begin: with the condition that fewest cases meet.

    Where none leads to fewer than `FAR`, in the wanted order, best by an index of a condition.

    Args:
        column: the one that the queue is sorted by; None where rows are only counted.
    """
    parts = parts_of(kind, given)
    counts = {
        part.name: _count(connection, kind, given, part.name, values)
        for part in parts
        if part.has_index
    }
    if given.words:
        counts[WORDS] = count_said(connection, values["match"], FAR)
    least = min(counts, key=lambda name: counts[name], default=WALK)
    if counts.get(least, FAR) < FAR or is_few(kind):
        return Beginning(least, counts[least])
    ordered = (part.name for part in parts if column in part.orders and part.has_index)
    return Beginning(next(ordered, WALK), FAR)


def is_few(kind: BoxKind) -> bool:
    """Whether a box holds few cases of a million, whatever they are."""
    return kind.is_open or kind.is_mine or kind.is_flagged


def _count(
    connection: Connection, kind: BoxKind, given: Given, name: str, values: Mapping[str, Any]
) -> int:
    return connection.execute(_counting(kind, given, name), dict(values)).scalar_one()


@lru_cache(maxsize=512)
def _counting(kind: BoxKind, given: Given, name: str) -> Select[int]:
    condition = next(part.condition for part in parts_of(kind, given) if part.name == name)
    some = select(literal_column("1")).select_from(CaseRow).where(condition).limit(FAR).subquery()
    return select(func.count()).select_from(some)
