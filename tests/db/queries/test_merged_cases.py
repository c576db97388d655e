"""Cases merged one into the other: the last one names every report that led to it."""

from dataclasses import replace

from db.engine import Database
from db.queries.names import read_names
from db.queries.related import related_cases
from db.repositories.stored import stored_case
from tests.helpers.stored_walk import report, walk
from tests.helpers.trade import ACCEPTOR, DISPATCHER, FRIDAY_MORNING, SHIFT_LEADER
from workflow.commands import Move
from workflow.service import CaseService


def test_a_case_that_is_merged_itself_brings_its_reports_along(
    database: Database, service: CaseService
) -> None:
    (first, _), (second, _), (last, _) = (report(service) for _ in range(3))
    walk(service, second, 2, minutes=0)
    walk(service, last, 2, minutes=0)
    now = FRIDAY_MORNING
    into = Move(operation="merge", opinion="同一处")
    back = Move(operation="dispatchBack", opinion="重复")
    service.move(first, 1, replace(into, master_id=second), ACCEPTOR, now)
    service.move(second, 3, back, DISPATCHER, now)
    service.move(second, 4, replace(into, master_id=last), SHIFT_LEADER, now)
    with database.read() as connection:
        names = read_names(connection)
        related = related_cases(connection, stored_case(connection, last), names)
    assert {one.case_id for one in related if one.relation == "duplicate"} == {first, second}
