"""The unit of work: what it stores, what it answers, and what it refuses."""

from datetime import date

import pytest

from db.engine import Database
from db.repositories.unit_of_work import units_of_work
from db.verify import verify
from tests.helpers.case_walk import CaseWalk
from tests.helpers.stored_trade import MANHOLE_CODE
from tests.helpers.stored_walk import report, walk
from tests.helpers.trade import (
    ACCEPTOR,
    COLLECTOR,
    DEPARTMENT,
    DISPATCHER,
    FRIDAY_MORNING,
    ROADS,
    demo_rules,
    full_move,
    manhole_report,
    seat,
)
from workflow.errors import CaseChanged, NotAllowed, NotFound
from workflow.ids import CaseId, DepartmentId
from workflow.posts import Post
from workflow.service import CaseService
from workflow.states import State


def test_a_case_walks_all_seven_steps_and_reads_back_as_it_was_decided(
    database: Database, service: CaseService
) -> None:
    case_id, number = report(service)
    walk(service, case_id)
    in_memory = CaseWalk(manhole_report())
    with units_of_work(database)() as unit:
        case = unit.case(case_id)
    assert number == "26112000001"
    assert case.state is State.CLOSED
    assert case.version == 10
    assert case.place == in_memory.case.place
    assert [clock.kind for clock in case.clocks][:3] == ["accept", "filing", "dispatch"]
    assert verify(database).is_clean


def test_numbers_count_up_within_a_day_and_start_again_on_the_next(database: Database) -> None:
    with units_of_work(database)() as unit:
        numbers = [unit.next_number(date(2026, 11, day)) for day in (20, 20, 21, 20)]
    assert numbers == ["26112000001", "26112000002", "26112100001", "26112000003"]


def test_a_number_that_was_not_committed_is_given_out_again(database: Database) -> None:
    for _ in range(2):
        with units_of_work(database)() as unit:
            assert unit.next_number(date(2026, 11, 20)) == "26112000001"


def test_leaving_without_commit_leaves_nothing(database: Database) -> None:
    walked = CaseWalk()
    with units_of_work(database)() as unit:
        unit.add(walked.case, walked.events[0])
    with units_of_work(database)() as unit, pytest.raises(NotFound):
        unit.case(CaseId(1))


def test_a_step_on_a_version_that_has_passed_is_refused_and_names_who_was_first(
    database: Database, service: CaseService
) -> None:
    case_id, _ = report(service)
    with units_of_work(database)() as unit:
        seen = unit.case(case_id)
    walk(service, case_id, steps=1)
    stale = CaseWalk()
    stale.case = seen
    with units_of_work(database)() as unit, pytest.raises(CaseChanged) as refused:
        unit.save(seen, stale.events[0])
    assert "何静" in str(refused.value)
    assert "受理" in str(refused.value)


def test_the_service_tells_the_loser_who_did_what(service: CaseService) -> None:
    case_id, number = report(service)
    walk(service, case_id, steps=1)
    row = demo_rules().table.candidates(State.REPORTED, "accept", "", Post.ACCEPTOR)[0]
    with pytest.raises(CaseChanged) as refused:
        service.move(case_id, 1, full_move(row), ACCEPTOR, FRIDAY_MORNING)
    assert number in str(refused.value)


def test_the_past_knows_the_last_step_and_every_hand_of_the_command_axis(
    database: Database, service: CaseService
) -> None:
    case_id, _ = report(service)
    walk(service, case_id, steps=5)
    with units_of_work(database)() as unit:
        past = unit.past(case_id)
        event, name = unit.last_step(case_id)
    assert past.hands == {DISPATCHER.person_id, DEPARTMENT.person_id}
    assert past.last_at == event.at
    assert (event.operation, name) == ("feedback", "照明中心值班")


def test_a_seat_is_held_only_in_the_department_that_it_claims(database: Database) -> None:
    elsewhere = seat(DEPARTMENT.person_id, "照明中心值班", Post.DEPARTMENT, ROADS)
    with units_of_work(database)() as unit:
        assert unit.holds(COLLECTOR)
        assert unit.holds(DEPARTMENT)
        assert not unit.holds(elsewhere)
        assert not unit.holds(seat(1, "李建国", Post.ACCEPTOR))


def test_a_component_is_known_by_its_code(database: Database) -> None:
    with units_of_work(database)() as unit:
        assert unit.component_class(MANHOLE_CODE) == "0101"
        with pytest.raises(NotFound, match="3101019999"):
            unit.component_class("3101019999")


def test_a_report_names_its_case_in_the_changes(service: CaseService) -> None:
    changes = service.report(manhole_report(), COLLECTOR, FRIDAY_MORNING)
    assert changes.number == "26112000001"
    assert changes.cases == {1}
    assert changes.seq == 1


def test_what_a_seat_may_not_do_leaves_no_trace(database: Database, service: CaseService) -> None:
    case_id, _ = report(service)
    row = demo_rules().table.candidates(State.REPORTED, "accept", "", Post.ACCEPTOR)[0]
    with pytest.raises(NotAllowed):
        service.move(case_id, 1, full_move(row), DISPATCHER, FRIDAY_MORNING)
    found = verify(database)
    assert (found.cases, found.events, found.damages) == (1, 1, 0)
    assert DepartmentId(1)
