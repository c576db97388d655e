"""Why cases stand in the problem library (问题库): read from the steps that put them there."""

from collections.abc import Mapping

from sqlalchemy import Connection, select

from db.queries.names import Names
from db.tables import CaseEventRow
from workflow.instants import from_epoch_ms
from workflow.queues import Suspension

ASKED, GRANTED = "askSuspend", "auditSuspend"


def suspensions(
    connection: Connection, cases: Mapping[int, int | None], names: Names
) -> dict[int, Suspension]:
    """The reason and the beginning of each suspension, by case.

    Args:
        cases: suspended cases with their main departments; few, those of one page.
    """
    if not cases:
        return {}
    steps = connection.execute(
        select(
            CaseEventRow.case_id,
            CaseEventRow.operation,
            CaseEventRow.at,
            CaseEventRow.opinion,
        )
        .where(CaseEventRow.case_id.in_(cases), CaseEventRow.operation.in_((ASKED, GRANTED)))
        .order_by(CaseEventRow.case_id, CaseEventRow.seq)
    )
    reasons: dict[int, str] = {}
    found: dict[int, Suspension] = {}
    for case_id, operation, at, opinion in steps:
        if operation == ASKED:
            reasons[case_id] = opinion
            continue
        department = names.departments.get(cases[case_id] or 0, "")
        found[case_id] = Suspension(department, from_epoch_ms(at), reasons.get(case_id, ""))
    return found
