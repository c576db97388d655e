"""Which cases of a page have a deadline that a holiday notice may still move."""

import json
from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, select

from db.tables import ClockRow, WorkCalendarRow
from workflow.instants import from_epoch_ms
from workflow.limits import TimeUnit


def provisional_cases(
    connection: Connection, found: Iterable[Row[*tuple[Any, ...]]]
) -> frozenset[int]:
    """Those whose running clock counts working time into a year without a notice, by id.

    Only rows that are due in such a year cost a question; at most times there are none.
    """
    noticed = {
        row.version: frozenset(json.loads(row.years_with_notice))
        for row in connection.execute(_NOTICES)
    }
    certain = frozenset.intersection(*noticed.values())
    due = {
        row.id: row.due_at
        for row in found
        if row.due_at is not None and from_epoch_ms(row.due_at).year not in certain
    }
    if not due:
        return frozenset()
    clocks = connection.execute(_CLOCKS, {"case_ids": list(due), "units": _WORKING})
    return frozenset(
        clock.case_id
        for clock in clocks
        if clock.due_at == due[clock.case_id]
        and not _years(clock.started_at, clock.due_at) <= noticed[clock.calendar_version]
    )


def _years(start: int, due: int) -> frozenset[int]:
    return frozenset(range(from_epoch_ms(start).year, from_epoch_ms(due).year + 1))


_WORKING: Final = [unit.value for unit in TimeUnit if unit.is_working]
_NOTICES: Final = select(WorkCalendarRow.version, WorkCalendarRow.years_with_notice)
_CLOCKS: Final = select(
    ClockRow.case_id, ClockRow.calendar_version, ClockRow.started_at, ClockRow.due_at
).where(
    ClockRow.case_id.in_(bindparam("case_ids", expanding=True)),
    ClockRow.stopped_at.is_(None),
    ClockRow.limit_unit.in_(bindparam("units", expanding=True)),
)
