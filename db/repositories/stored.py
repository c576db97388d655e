"""A case and its events as they are stored, turned into values of `workflow`."""

from sqlalchemy import Connection, select

from db.repositories.case_rows import case_from
from db.repositories.clock_rows import clock_from
from db.repositories.event_rows import event_from
from db.tables import CaseEventRow, CaseRow, ClockRow
from workflow.case import Case
from workflow.errors import NotFound
from workflow.events import CaseEvent
from workflow.ids import CaseId


def stored_case(connection: Connection, case_id: CaseId, *, lock: bool = False) -> Case:
    """The case with its clocks; with `lock`, no one else can change it until the transaction ends.

    Raises:
        NotFound: there is no such case.
    """
    table, clocks = CaseRow.__table__, ClockRow.__table__
    query = select(table).where(table.c.id == case_id)
    if lock:
        query = query.with_for_update()
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise NotFound("There is no case with the id {case_id} in the record.", case_id=case_id)
    rows = connection.execute(
        select(clocks).where(clocks.c.case_id == case_id).order_by(clocks.c.ord)
    ).mappings()
    return case_from(row, [clock_from(one) for one in rows])


def stored_events(connection: Connection, case_id: CaseId) -> tuple[CaseEvent, ...]:
    """Every event of a case, in order."""
    events = CaseEventRow.__table__
    rows = connection.execute(
        select(events).where(events.c.case_id == case_id).order_by(events.c.seq)
    ).mappings()
    return tuple(event_from(row) for row in rows)
