"""Steps whose date has come: taken by the record itself, once, however many desks look."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta

import pytest

from db.database import Database
from db.dates import AT_ONCE, run_dates
from db.engine import open_database
from db.repositories.stored import stored_case, stored_events
from db.repositories.unit_of_work import units_of_work
from db.rules import load_shelf
from db.verify import verify
from tests.helpers.stored_walk import report, walk
from tests.helpers.trade import DEPARTMENT, DISPATCHER, FRIDAY_MORNING, SYSTEM
from workflow.case import Case
from workflow.clocks import ClockKind
from workflow.commands import Move
from workflow.ids import CaseId
from workflow.posts import Post
from workflow.queries import Changes
from workflow.service import CaseService
from workflow.shelf import RuleShelf
from workflow.states import State

REVIEW = FRIDAY_MORNING + timedelta(days=10)
HANDLING, WHOLE_LINE = 4, 9


def shelf_of(database: Database) -> RuleShelf:
    """Every version of the rules."""
    with database.read() as connection:
        return load_shelf(connection)


def run(database: Database, now: datetime) -> Changes | None:
    """What a desk does now and then."""
    shelf = shelf_of(database)
    return run_dates(database, CaseService(units_of_work(database), shelf), shelf, now)


def standing(database: Database, case_id: CaseId) -> Case:
    """The case as it stands."""
    with database.read() as connection:
        return stored_case(connection, case_id)


def suspended(service: CaseService, until: datetime = REVIEW) -> CaseId:
    """A case in the problem library."""
    case_id, _ = report(service)
    walk(service, case_id, HANDLING)
    asked = Move(operation="askSuspend", opinion="等待断路施工许可。", until=until)
    now = FRIDAY_MORNING + timedelta(hours=1)
    service.move(case_id, 5, asked, DEPARTMENT, now)
    granted = Move(operation="auditSuspend", outcome="approved", opinion="情况属实。")
    service.move(case_id, 6, granted, DISPATCHER, now + timedelta(minutes=5))
    return case_id


def test_nothing_is_done_before_its_date(database: Database, service: CaseService) -> None:
    suspended(service)
    assert run(database, REVIEW - timedelta(milliseconds=1)) is None


def test_a_suspension_ends_on_its_review_date_however_late_a_desk_looks(
    database: Database, service: CaseService
) -> None:
    case_id = suspended(service)
    late = REVIEW + timedelta(days=2, hours=3)
    made = run(database, late)
    assert made is not None
    assert made.cases == {case_id}
    case = standing(database, case_id)
    assert case.state is State.HANDLING
    clock = case.newest_clock(ClockKind.HANDLE)
    assert clock is not None
    assert clock.pauses[-1].end == REVIEW
    with database.read() as connection:
        last = stored_events(connection, case_id)[-1]
    assert (last.at, last.post, last.person_id) == (late, Post.SYSTEM, SYSTEM.person_id)
    assert run(database, late) is None


def test_a_case_is_archived_when_it_has_rested(database: Database, service: CaseService) -> None:
    case_id, _ = report(service)
    walk(service, case_id, WHOLE_LINE)
    closed = FRIDAY_MORNING + timedelta(minutes=WHOLE_LINE)
    rest = timedelta(days=shelf_of(database).current.settings.archive_days)
    assert run(database, closed + rest - timedelta(milliseconds=1)) is None
    assert run(database, closed + rest) is not None
    assert standing(database, case_id).state is State.ARCHIVED
    assert verify(database).is_clean


def test_an_appeal_keeps_a_case_out_of_the_archive(
    database: Database, service: CaseService
) -> None:
    case_id, _ = report(service)
    walk(service, case_id, WHOLE_LINE, minutes=60 * 24)
    now = FRIDAY_MORNING + timedelta(days=WHOLE_LINE, hours=1)
    appeal = Move(operation="askAppeal", opinion="施工期间连续暴雨。")
    service.move(case_id, WHOLE_LINE + 1, appeal, DEPARTMENT, now)
    assert run(database, now + timedelta(days=400)) is None
    assert standing(database, case_id).state is State.CLOSED


def test_so_many_steps_are_done_in_one_call_and_the_rest_in_the_next(
    database: Database, service: CaseService
) -> None:
    for _ in range(AT_ONCE + 3):
        suspended(service)
    first, second = (run(database, REVIEW) for _ in range(2))
    assert first is not None
    assert second is not None
    assert (len(first.cases), len(second.cases)) == (AT_ONCE, 3)
    assert first.cases.isdisjoint(second.cases)


@pytest.mark.parametrize("desks", [3])
def test_desks_that_look_at_once_do_each_step_once(
    place: str, database: Database, service: CaseService, desks: int
) -> None:
    cases = {suspended(service) for _ in range(6)}

    def look(_: int) -> frozenset[CaseId]:
        with closing(open_database(place)) as own:
            made = run(own, REVIEW)
        return made.cases if made else frozenset()

    with ThreadPoolExecutor(desks) as pool:
        done = list(pool.map(look, range(desks)))
    assert sorted(one for cases_of in done for one in cases_of) == sorted(cases)
    assert {standing(database, one).version for one in cases} == {8}
    assert verify(database).is_clean
