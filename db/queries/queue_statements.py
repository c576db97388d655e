"""The SELECTs of a queue: a page by keyset, the place of a row, how many rows.

Without a filter a page is one plain SELECT that an index answers in order. With one, SQLite is told
where to begin (db.queries.plans): the case table is read twice, once as `first` by the condition
chosen there, once for all the rest; `aside` keeps it from beginning elsewhere.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    tuple_,
)
from sqlalchemy.sql.util import ClauseAdapter

from db.queries.boxes import BoxKind, held_by
from db.queries.filters import Given
from db.queries.flags import aside
from db.queries.plans import BOX, WALK, WORDS, is_few, parts_of
from db.queries.words import IN_FILE, PIECES, is_said_on_server, says
from db.tables import CaseRow, CaseSearchRow
from workflow.queries import Box

SHOWN = (
    CaseRow.id,
    CaseRow.version,
    CaseRow.number,
    CaseRow.state,
    CaseRow.kind,
    CaseRow.class_code,
    CaseRow.class_name,
    CaseRow.condition_id,
    CaseRow.source,
    CaseRow.address,
    CaseRow.street_name,
    CaseRow.holder_post,
    CaseRow.holder_person_id,
    CaseRow.holder_department_id,
    CaseRow.lon,
    CaseRow.lat,
    CaseRow.urgent,
    CaseRow.rework_count,
    CaseRow.reported_at,
    CaseRow.due_at,
    CaseRow.warn_at,
    CaseRow.paused,
    CaseRow.department_id,
    CaseRow.claimed_by,
    CaseRow.supervised,
    CaseRow.request_kind,
    CaseRow.return_count,
    CaseRow.extension_count,
    CaseRow.emergency,
    CaseRow.suspended_until,
    CaseRow.duplicate_of,
)


FIRST = CaseRow.__table__.alias("first")
_EVERYTHING = Box(id="", title="")
_KNOW_STATES = frozenset({"class_code", "address"})
"""Columns whose own index holds the states of the cases too (migration 0003)."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What decides the text of a SELECT; queries of one shape differ in their values only.

    Attributes:
        column: the name of the column that the queue is sorted by.
        begin: the condition to begin with; None leaves it to the planner.
    """

    kind: BoxKind
    given: Given
    column: str
    descending: bool
    begin: str | None = None

    @property
    def key(self) -> Any:
        """The column that the queue is sorted by, of the table whose index may have its order."""
        if self.begin is None:
            column = getattr(CaseRow, self.column)
            # The open cases of a million are few: read and sort them all. As an expression the key
            # fits no index, or all cases would be walked in its order to find those few.
            few = self.kind.is_open and self.column != "due_at"
            return func.coalesce(column, column) if few else column
        return FIRST.c[self.column] if self._is_in_order else getattr(CaseRow, self.column)

    @property
    def _is_in_order(self) -> bool:
        """Whether the cases are found in the wanted order."""
        if self.begin == WALK:
            return True
        parts = {part.name: part for part in parts_of(self.kind, self.given)}
        return self.begin in parts and self.column in parts[self.begin].orders

    @property
    def order(self) -> list[ColumnElement[Any]]:
        """The order, the id last: no two rows are equal in it."""
        key = self.key
        ids = FIRST.c.id if getattr(key, "table", None) is FIRST else CaseRow.id
        ways = [one.desc() if self.descending else one.asc() for one in (key, ids)]
        if self._may_lack_key:
            ways[0] = ways[0].nulls_last()
        return ways

    @property
    def _may_lack_key(self) -> bool:
        return bool(getattr(CaseRow, self.column).nullable)

    @property
    def up_to_edge(self) -> ColumnElement[bool]:
        """What comes no later than the case with `edge_key` and `edge_id`."""
        here = tuple_(self.key, FIRST.c.id)
        edge = tuple_(
            bindparam("edge_key", type_=self.key.type), bindparam("edge_id", type_=BigInteger)
        )
        return here >= edge if self.descending else here <= edge

    def behind(self, after: str) -> ColumnElement[bool]:
        """What follows the last row of the page before; rows without a key stand at the end."""
        key = self.key
        ids = FIRST.c.id if getattr(key, "table", None) is FIRST else CaseRow.id
        last_id = bindparam("last_id", type_=BigInteger)
        if after == "end":
            return and_(key.is_(None), ids < last_id if self.descending else ids > last_id)
        here, last = tuple_(key, ids), tuple_(bindparam("last_key", type_=key.type), last_id)
        further: ColumnElement[bool] = here < last if self.descending else here > last
        return or_(further, key.is_(None)) if self._may_lack_key else further


@lru_cache(maxsize=256)
def page_statement(
    shape: Shape, after: str | None, *, to_edge: bool = False
) -> Select[*tuple[Any, ...]]:
    """A page; `after` says whether the last row of the page before had a "value" or none ("end").

    Made once for each shape: making and compiling it costs more than running it.

    Args:
        to_edge: look no further than the row of `edge_statement`.
    """
    page = _in_order(select(*SHOWN), shape) if after else _narrowed(select(*SHOWN), shape)
    if after is not None:
        page = page.where(shape.behind(after))
    if to_edge:
        page = page.where(shape.up_to_edge)
    return page.order_by(*shape.order).limit(bindparam("limit"))


@lru_cache(maxsize=64)
def edge_statement(shape: Shape, after: str | None) -> Select[*tuple[Any, ...]]:
    """Key and id of the case behind `skipped` others, in the box or among all, whatever they are.

    Args:
        shape: begun with the box or with nothing.
    """
    kind = shape.kind if shape.begin == BOX else BoxKind.of(_EVERYTHING)
    shape = Shape(kind, Given(), shape.column, shape.descending)
    found = select(shape.key, CaseRow.id).where(*held_by(kind))
    if after is not None:
        found = found.where(shape.behind(after))
    return found.order_by(*shape.order).limit(1).offset(bindparam("skipped"))


@lru_cache(maxsize=64)
def place_statement(shape: Shape) -> Select[*tuple[Any, ...]]:
    """Key and id of the row behind `skipped` others: mostly an index alone is read."""
    found = _in_order(select(shape.key, CaseRow.id), shape)
    return found.order_by(*shape.order).limit(1).offset(bindparam("skipped"))


@lru_cache(maxsize=64)
def count_statement(shape: Shape) -> Select[int]:
    """How many rows, counted up to `limit`."""
    some = _narrowed(select(literal_column("1")).select_from(CaseRow), shape)
    return select(func.count()).select_from(some.limit(bindparam("limit")).subquery())


@lru_cache(maxsize=64)
def numbered_statement(shape: Shape) -> Select[*tuple[Any, ...]]:
    """The row of the case whose number is `number`."""
    found = select(*SHOWN).where(CaseRow.number == bindparam("number"), *held_by(shape.kind))
    return found.where(*(part.condition for part in shape.given.parts))


def _in_order(found: Select[*tuple[Any, ...]], shape: Shape) -> Select[*tuple[Any, ...]]:
    """The cases of a box that has more than a page, for who goes on in it.

    Half a million cases of a state are walked in the order of an index that knows their states
    sooner than they are sorted.
    """
    is_plain = shape.begin is None and shape.given == Given() and not is_few(shape.kind)
    if is_plain and shape.column in _KNOW_STATES:
        return found.where(*held_by(shape.kind, in_order=True))
    return _narrowed(found, shape)


def _narrowed(found: Select[*tuple[Any, ...]], shape: Shape) -> Select[*tuple[Any, ...]]:
    """The cases that lie in the box and meet the filter, begun as the shape says."""
    if shape.begin is None:
        found = found.where(*held_by(shape.kind), *(p.condition for p in shape.given.parts))
        words = shape.given.words
        return found.where(is_said_on_server(words)) if words else found
    beginning = PIECES.c.rowid if shape.begin == WORDS else FIRST.c.id
    found = found.where(CaseRow.id == aside(beginning))
    if shape.begin == WORDS:
        found = found.where(IN_FILE)
    if shape.given.words:
        said = CaseSearchRow.case_id == aside(beginning)
        found = found.where(said, says(shape.given.words))
    for part in parts_of(shape.kind, shape.given):
        if part.name == shape.begin:
            found = found.where(ClauseAdapter(FIRST).traverse(part.condition))
        else:
            found = found.where(part.condition)
    return found
