"""Steps written by plain statements, past every rule of the program: only the guards are there."""

from typing import Any

from sqlalchemy import Connection, insert, update

from db.repositories.case_rows import case_values
from db.repositories.clock_rows import clock_values
from db.repositories.event_rows import attachment_values, event_values
from db.search_index import index_case
from db.tables import AttachmentRow, CaseEventRow, CaseRow, ClockRow
from tests.helpers.case_walk import CaseWalk
from workflow.case import Case
from workflow.events import FIRST_HASH, CaseEvent


def walked(steps: int) -> list[tuple[Case, CaseEvent]]:
    """The case after each of the first steps of the main line, with the step; the report is one."""
    walk = CaseWalk()
    made = [(walk.case, walk.events[0])]
    while len(made) < steps:
        row = next(row for row in walk.rows() if row.tone == "main")
        walk.do(f"{row.operation}:{row.outcome}", after=1)
        made.append((walk.case, walk.events[-1]))
    return made


def insert_empty_case(connection: Connection, case: Case, **changes: Any) -> None:
    """The case row as it is before its first step."""
    before = {"version": 0, "projected_version": 0, "state": "", "head_hash": FIRST_HASH}
    connection.execute(insert(CaseRow).values({**case_values(case), **before, **changes}))


def insert_event(connection: Connection, event: CaseEvent, **changes: Any) -> None:
    """The step alone."""
    connection.execute(insert(CaseEventRow).values({**event_values(event), **changes}))


def insert_clocks(connection: Connection, case: Case, event: CaseEvent, **changes: Any) -> None:
    """The clocks that the step changed."""
    touched = {(clock["kind"], clock["round"]) for clock in event.clocks}
    for row in clock_values(case):
        if (key := (row["kind"], row["round"])) in touched:
            where = (ClockRow.case_id == case.id, ClockRow.kind == key[0], ClockRow.round == key[1])
            moved = connection.execute(update(ClockRow).where(*where).values({**row, **changes}))
            if not moved.rowcount:
                connection.execute(insert(ClockRow).values({**row, **changes}))


def insert_photos(connection: Connection, event: CaseEvent, **changes: Any) -> None:
    """The photos that came with the step."""
    for photo in attachment_values(event):
        connection.execute(insert(AttachmentRow).values({**photo, **changes}))


def project(connection: Connection, case: Case, **changes: Any) -> None:
    """The case row as the step leaves it, and what searches read of it."""
    values = case_values(case)
    index_case(connection, values)
    del values["id"], values["version"], values["state"], values["head_hash"]
    connection.execute(update(CaseRow).where(CaseRow.id == case.id).values({**values, **changes}))


def take(connection: Connection, case: Case, event: CaseEvent) -> None:
    """A whole step, in the order that the guards ask for."""
    if event.seq == 1:
        insert_empty_case(connection, case)
    insert_event(connection, event)
    insert_clocks(connection, case, event)
    insert_photos(connection, event)
    project(connection, case)
