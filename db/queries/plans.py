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
from math import prod
from typing import Any, Final

from sqlalchemy import Connection, Select, and_, func, literal_column, select

from db.queries.boxes import BoxKind, held_by
from db.queries.filters import BY_REPORT, Given, Part
from db.queries.words import count_said
from db.tables import CaseRow
from workflow.queries import BoxScope

FAR: Final = 200_000
"""Counting stops here. To look so many cases over takes a tenth of a second."""

NEAR: Final = 30_000
"""So many are looked over in twenty milliseconds: nothing else need be thought of."""

WALK: Final = "walk"
"""Begin with no condition: go through the cases in the wanted order until a page is full."""

BOX: Final = "box"
WORDS: Final = "words"

_PAGE = 60
_SORTED = 1.5
"""What a case costs that is sorted, where one costs 1 that is only looked over."""

_AGAINST_CHANCE = 10
"""Conditions exclude each other; a walk may take so many times as long as chance would have it."""


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
    """Where to begin.

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
    everything = connection.execute(_EVERYTHING).scalar() or 1
    least = min(counts, key=lambda name: counts[name], default=WALK)
    if counts.get(least, FAR) > NEAR:
        orders = {part.name: part.orders for part in parts}
        costs = _costs(counts, orders, column, everything)
        least = min(costs, key=lambda name: costs[name])
    return Beginning(least, counts.get(least, everything))


def _costs(
    counts: Mapping[str, int],
    orders: Mapping[str, frozenset[str]],
    column: str | None,
    everything: int,
) -> dict[str, float]:
    """What each beginning costs, in cases looked over."""
    shares = {name: count / everything for name, count in counts.items() if count < FAR}
    costs = {
        name: _SORTED * (count if count < FAR else everything) for name, count in counts.items()
    }
    for name, count in counts.items():
        if column in orders.get(name, ()):
            others = prod(share for other, share in shares.items() if other != name)
            whole = count if count < FAR else everything
            costs[name] = min(whole, _PAGE * _AGAINST_CHANCE / max(others, 1e-6))
    if column == "reported_at":
        costs[WALK] = min(everything, _PAGE * _AGAINST_CHANCE / max(prod(shares.values()), 1e-6))
    elif not shares:
        # Other orders go with the filters: places with streets, numbers with days.
        costs[WALK] = 0.0
    return costs


def _count(
    connection: Connection, kind: BoxKind, given: Given, name: str, values: Mapping[str, Any]
) -> int:
    return connection.execute(_counting(kind, given, name), dict(values)).scalar_one()


@lru_cache(maxsize=512)
def _counting(kind: BoxKind, given: Given, name: str) -> Select[int]:
    condition = next(part.condition for part in parts_of(kind, given) if part.name == name)
    some = select(literal_column("1")).select_from(CaseRow).where(condition).limit(FAR).subquery()
    return select(func.count()).select_from(some)


_EVERYTHING = select(func.max(CaseRow.id))
