"""The statements of a step, each made once: making them anew costs more than running them."""

from functools import lru_cache
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    Insert,
    Select,
    Table,
    Update,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from db.tables import (
    AttachmentRow,
    CaseEventRow,
    CaseRow,
    ChangeLogRow,
    ClockRow,
    CoTaskRow,
    PersonPostRow,
)


def _table(rows_of: Any) -> Table:
    found: Table = rows_of.__table__
    return found


_cases, _clocks, _events = _table(CaseRow), _table(ClockRow), _table(CaseEventRow)
_of_case: Final[BindParameter[Any]] = bindparam("of_case")

CASE: Final[Select[*tuple[Any, ...]]] = select(_cases).where(_cases.c.id == _of_case)
CASE_LOCKED: Final = CASE.with_for_update()
CLOCKS: Final[Select[*tuple[Any, ...]]] = (
    select(_clocks).where(_clocks.c.case_id == _of_case).order_by(_clocks.c.ord)
)
EVENTS: Final[Select[*tuple[Any, ...]]] = (
    select(_events).where(_events.c.case_id == _of_case).order_by(_events.c.seq)
)
PAST: Final = (
    select(_events.c.at, _events.c.person_id, _events.c.post)
    .where(_events.c.case_id == _of_case)
    .order_by(_events.c.seq)
)
HOLDS: Final = (
    select(PersonPostRow.id)
    .where(
        PersonPostRow.person_id == bindparam("person_id"), PersonPostRow.post == bindparam("post")
    )
    .limit(1)
)

ADD_CASE: Final[Insert] = insert(_cases).inline()
ADD_EVENT: Final[Insert] = insert(_events).inline()
ADD_CLOCK: Final[Insert] = insert(_clocks).inline()
ADD_PHOTO: Final[Insert] = insert(_table(AttachmentRow)).inline()
ADD_TASK: Final[Insert] = insert(_table(CoTaskRow)).inline()
ADD_CHANGE: Final[Insert] = insert(_table(ChangeLogRow))
DROP_TASKS: Final = delete(_table(CoTaskRow)).where(_table(CoTaskRow).c.case_id == _of_case)

CHANGE_CLOCK: Final[Update] = (
    update(_clocks)
    .where(
        _clocks.c.case_id == _of_case,
        _clocks.c.kind == bindparam("of_kind"),
        _clocks.c.round == bindparam("of_round"),
    )
    .values({name: bindparam(name) for name in _clocks.columns.keys() if name != "case_id"})  # noqa: SIM118
)


@lru_cache(maxsize=512)
def project(columns: tuple[str, ...]) -> Update:
    """Write these columns of a case, and no others: each index on the others is spared."""
    values: dict[str, Any] = {name: bindparam(name) for name in columns}
    return update(_cases).where(_cases.c.id == _of_case).values(values)
