"""A case and its events as they are stored, turned into values of `workflow`."""

from sqlalchemy import Connection

from db.repositories.case_rows import case_from
from db.repositories.clock_rows import clock_from
from db.repositories.event_rows import event_from
from db.repositories.statements import CASE, CASE_LOCKED, CLOCKS, EVENTS
from workflow.case import Case
from workflow.errors import NotFound
from workflow.events import CaseEvent
from workflow.ids import CaseId


def stored_case(connection: Connection, case_id: CaseId, *, lock: bool = False) -> Case:
    """The case with its clocks; with `lock`, no one else can change it until the transaction ends.

    Raises:
        NotFound: there is no such case.
    """
    which = {"of_case": case_id}
    row = connection.execute(CASE_LOCKED if lock else CASE, which).mappings().one_or_none()
    if row is None:
        raise NotFound("There is no case with the id {case_id} in the record.", case_id=case_id)
    rows = connection.execute(CLOCKS, which).mappings()
    return case_from(row, [clock_from(one) for one in rows])


def stored_events(connection: Connection, case_id: CaseId) -> tuple[CaseEvent, ...]:
    """Every event of a case, in order."""
    rows = connection.execute(EVENTS, {"of_case": case_id}).mappings()
    return tuple(event_from(row) for row in rows)
