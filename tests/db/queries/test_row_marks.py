"""What a row of a queue is marked with, and what the problem library says, as the cases have it."""

from db.record import SqlRecord
from tests.helpers.stored_city import NOW
from tests.helpers.trade import LEADER
from workflow.case import Case
from workflow.queries import Box, QueueQuery, QueueRow
from workflow.states import State

LIBRARY = Box(id="library", title="问题库", states=(State.SUSPENDED,))


def rows_of(record: SqlRecord, cases: tuple[Case, ...]) -> dict[int, QueueRow]:
    return {row.case_id: row for row in record.rows([case.id for case in cases])}


def test_a_row_carries_every_mark_of_its_case(record: SqlRecord, cases: tuple[Case, ...]) -> None:
    rows = rows_of(record, cases)
    for case in cases:
        row = rows[case.id]
        assert (
            row.supervised,
            row.request_kind,
            row.return_count,
            row.extension_count,
            row.emergency,
            row.suspended_until,
            row.duplicate,
            bool(row.claimed_by),
        ) == (
            case.supervised,
            case.request_kind,
            case.return_count,
            case.extension_count,
            case.emergency,
            case.suspended_until,
            case.duplicate_of is not None,
            case.claimed_by is not None,
        )


def test_the_problem_library_says_whose_since_when_and_why(
    record: SqlRecord, cases: tuple[Case, ...]
) -> None:
    page = record.page(QueueQuery(box=LIBRARY, seat=LEADER), NOW)
    assert page.rows
    for row in page.rows:
        assert row.suspension is not None
        assert row.suspension.department_name
        assert row.suspension.reason
        assert row.suspended_until is not None
        assert row.suspension.since < row.suspended_until


def test_a_case_that_is_not_suspended_says_nothing_of_it(
    record: SqlRecord, cases: tuple[Case, ...]
) -> None:
    rows = rows_of(record, cases)
    others = [case.id for case in cases if case.state is not State.SUSPENDED]
    assert all(rows[one].suspension is None for one in others)
