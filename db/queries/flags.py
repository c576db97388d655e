"""What a case is marked with, as conditions on the case row: one table for boxes and filters.

Each stands in the spelling of its partial index (db.tables.case_indexes), so that SQLite sees that
the index will do.
"""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import BigInteger, ColumnElement, and_, bindparam, literal_column, true
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from db.tables import CaseRow
from workflow.flags import Flag


class aside(FunctionElement[Any]):
    """A column or condition by which SQLite is to look nothing up: another index leads to fewer.

    SQLite keeps no statistics here; PostgreSQL does, and sees the plain column.
    """

    inherit_cache = True

    def __init__(self, column: ColumnElement[Any]) -> None:
        self.type = column.type
        super().__init__(column)


@compiles(aside)
def _aside_on_server(element: aside, compiler: SQLCompiler, **how: Any) -> str:
    return f"({compiler.process(element.clauses, **how)})"


@compiles(aside, "sqlite")
def _aside_in_file(element: aside, compiler: SQLCompiler, **how: Any) -> str:
    return f"+({compiler.process(element.clauses, **how)})"


def _word(word: str) -> ColumnElement[str]:
    return literal_column(f"'{word}'")


def _asked(kind: str) -> ColumnElement[bool]:
    return and_(CaseRow.request_kind.is_not(None), CaseRow.request_kind == _word(kind))


def _tier(tier: int) -> ColumnElement[bool]:
    is_tier = CaseRow.request_tier == literal_column(str(tier))
    return and_(CaseRow.request_kind.is_not(None), is_tier)


_NONE: Final[ColumnElement[int]] = literal_column("0")

FLAGS: Final[Mapping[Flag, ColumnElement[bool]]] = {
    Flag.URGENT: CaseRow.urgent == true(),
    Flag.EMERGENCY: CaseRow.emergency == true(),
    Flag.SUPERVISED: CaseRow.supervised.is_not(None),
    Flag.RETURNED: CaseRow.return_count > _NONE,
    Flag.REWORKED: CaseRow.rework_count > _NONE,
    Flag.EXTENDED: CaseRow.extension_count > _NONE,
    Flag.OVER_QUOTA: and_(CaseRow.extension_count > _NONE, CaseRow.over_quota == true()),
    Flag.URGED: CaseRow.urge_count > _NONE,
    Flag.CLAIMED: CaseRow.claimed_by.is_not(None),
    Flag.MINE: CaseRow.claimed_by == bindparam("person_id", type_=BigInteger),
    Flag.SELF_HANDLED: CaseRow.self_handled == true(),
    Flag.DUPLICATE: CaseRow.duplicate_of.is_not(None),
    Flag.LINKED: CaseRow.similar_to.is_not(None),
    Flag.TO_VISIT: and_(
        CaseRow.needs_visit == true(),
        CaseRow.satisfaction.is_(None),
        CaseRow.state == _word("Closed"),
    ),
    Flag.DISSATISFIED: CaseRow.satisfaction == _word("dissatisfied"),
    Flag.EXEMPT: CaseRow.exempt == true(),
    Flag.RESPONSIBILITY_OPEN: CaseRow.responsibility_open == true(),
    Flag.VOID: CaseRow.closing_route == _word("void"),
    Flag.DISTRICT_LEVEL: CaseRow.level == _word("district"),
    Flag.REQUESTED: CaseRow.request_kind.is_not(None),
    Flag.EXTENSION_ASKED: _asked("extension"),
    Flag.SUSPENSION_ASKED: _asked("suspend"),
    Flag.VOID_ASKED: _asked("void"),
    Flag.RESTORE_ASKED: _asked("restore"),
    Flag.APPEAL_ASKED: _asked("appeal"),
    Flag.TIER_1: _tier(1),
    Flag.TIER_2: _tier(2),
    Flag.TIER_3: _tier(3),
}
"""MINE asks for the parameter `person_id`."""

FEW_OPEN: Final = frozenset(
    {Flag.EMERGENCY, Flag.SELF_HANDLED, Flag.RESPONSIBILITY_OPEN, Flag.CLAIMED, Flag.MINE}
)
"""Few cases, and their index holds the open ones only."""

FEW: Final = FEW_OPEN | {
    Flag.SUPERVISED,
    Flag.TO_VISIT,
    Flag.REQUESTED,
    Flag.EXTENSION_ASKED,
    Flag.SUSPENSION_ASKED,
    Flag.VOID_ASKED,
    Flag.RESTORE_ASKED,
    Flag.APPEAL_ASKED,
    Flag.DUPLICATE,
    Flag.LINKED,
}
"""Few cases of a million, whatever their state: their own index leads to them."""
