"""The service over a unit of work: all or nothing, first come first served, nobody unknown."""

from datetime import timedelta

import pytest

from tests.helpers.memory_record import MemoryRecord
from tests.helpers.trade import (
    ACCEPTOR,
    COLLECTOR,
    DEPARTMENT,
    DISPATCHER,
    FOUR_WORK_HOURS,
    FRIDAY_MORNING,
    LEADER,
    OTHER_DEPARTMENT,
    SEAT_OF,
    SHIFT_LEADER,
    demo_rules,
    demo_shelf,
    full_move,
    manhole_report,
    seat,
)
from workflow.commands import Move
from workflow.errors import (
    CaseChanged,
    ClockTurnedBack,
    NotAllowed,
    NotFound,
    RequirementMissing,
)
from workflow.ids import CaseId, DepartmentId
from workflow.posts import Post
from workflow.replay import first_break, replay
from workflow.service import CaseService
from workflow.states import State

ACCEPT = Move(operation="accept")


@pytest.fixture
def record() -> MemoryRecord:
    """An empty record."""
    return MemoryRecord()


@pytest.fixture
def service(record: MemoryRecord) -> CaseService:
    """The service of that record."""
    return CaseService(record.open_unit, demo_shelf())


def reported(service: CaseService) -> CaseId:
    """A fresh case."""
    changes = service.report(manhole_report(), COLLECTOR, FRIDAY_MORNING)
    return next(iter(changes.cases))


def test_a_report_answers_its_number_and_stands_in_the_record(
    service: CaseService, record: MemoryRecord
) -> None:
    changes = service.report(manhole_report(), COLLECTOR, FRIDAY_MORNING)
    (case_id,) = changes.cases
    assert changes.number == record.cases[case_id].number == "26112000001"
    assert record.cases[case_id].state is State.REPORTED
    second = service.report(manhole_report(), ACCEPTOR, FRIDAY_MORNING)
    assert second.number == "26112000002"
    assert second.seq > changes.seq


def test_numbers_start_anew_at_midnight_in_china(service: CaseService) -> None:
    late = FRIDAY_MORNING.replace(hour=23, minute=59)
    assert service.report(manhole_report(), COLLECTOR, late).number == "26112000001"
    after = late + timedelta(minutes=2)
    assert service.report(manhole_report(), COLLECTOR, after).number == "26112100001"


def test_a_whole_case_goes_through_the_service(service: CaseService, record: MemoryRecord) -> None:
    case_id = reported(service)
    table, now = demo_rules().table, FRIDAY_MORNING
    while (case := record.cases[case_id]).state is not State.CLOSED:
        row = next(row for row in table.leaving(case.state) if row.tone == "main")
        now += timedelta(minutes=2)
        actor = next(SEAT_OF[post] for post in Post if post in row.posts)
        service.move(case_id, case.version, full_move(row), actor, now)
    assert replay(record.events[case_id]) == record.cases[case_id]
    assert first_break(record.events[case_id]) is None


def test_of_two_seats_on_one_case_the_second_is_told_who_did_what_when(
    service: CaseService, record: MemoryRecord
) -> None:
    case_id = reported(service)
    seen = record.cases[case_id].version
    service.move(case_id, seen, ACCEPT, ACCEPTOR, FRIDAY_MORNING + timedelta(minutes=3))
    with pytest.raises(CaseChanged) as told:
        service.move(case_id, seen, ACCEPT, ACCEPTOR, FRIDAY_MORNING + timedelta(minutes=4))
    assert str(told.value) == (
        "Case 26112000001 was changed meanwhile: 何静 did 受理 at 2026-11-20 09:03:00. "
        "Look at the case again before you go on."
    )
    assert len(record.events[case_id]) == 2


def test_a_step_refused_leaves_the_record_as_it_was(
    service: CaseService, record: MemoryRecord
) -> None:
    case_id = reported(service)
    before = record.cases[case_id]
    with pytest.raises(RequirementMissing):
        service.move(case_id, 1, Move(operation="reject"), ACCEPTOR, FRIDAY_MORNING)
    with pytest.raises(NotAllowed):
        service.move(case_id, 1, ACCEPT, LEADER, FRIDAY_MORNING)
    with pytest.raises(ClockTurnedBack):
        service.move(case_id, 1, ACCEPT, ACCEPTOR, FRIDAY_MORNING - timedelta(seconds=1))
    assert record.cases[case_id] is before
    assert record.log == [case_id]


def test_a_report_refused_gives_its_number_to_the_next(service: CaseService) -> None:
    with pytest.raises(RequirementMissing):
        service.report(manhole_report(source=""), COLLECTOR, FRIDAY_MORNING)
    changes = service.report(manhole_report(), COLLECTOR, FRIDAY_MORNING)
    assert changes.number == "26112000001"


def test_a_seat_that_the_person_does_not_hold_does_nothing(
    service: CaseService, record: MemoryRecord
) -> None:
    case_id = reported(service)
    stranger = seat(99, "路人", Post.ACCEPTOR)
    with pytest.raises(NotAllowed, match="路人 cannot act as Acceptor"):
        service.move(case_id, 1, ACCEPT, stranger, FRIDAY_MORNING)
    with pytest.raises(NotAllowed, match="Ask the administrator"):
        service.report(manhole_report(), stranger, FRIDAY_MORNING)
    climber = seat(int(ACCEPTOR.person_id), ACCEPTOR.person_name, Post.SHIFT_LEADER)
    with pytest.raises(NotAllowed, match="何静 cannot act as ShiftLeader"):
        service.move(case_id, 1, ACCEPT, climber, FRIDAY_MORNING)
    assert len(record.events[case_id]) == 1


def test_a_department_seat_of_another_department_is_no_seat(service: CaseService) -> None:
    case_id = reported(service)
    moved = seat(int(DEPARTMENT.person_id), "照明中心值班", Post.DEPARTMENT, DepartmentId(2))
    assert moved.department_id == OTHER_DEPARTMENT.department_id
    with pytest.raises(NotAllowed, match="the post is not held"):
        service.move(case_id, 1, Move(operation="sign"), moved, FRIDAY_MORNING)


def test_a_component_that_is_not_in_the_census_cannot_be_reported(
    service: CaseService, record: MemoryRecord
) -> None:
    report = manhole_report(component_code="3101010101000001")
    with pytest.raises(NotFound, match="no component 3101010101000001"):
        service.report(report, COLLECTOR, FRIDAY_MORNING)
    record.components.add("3101010101000001")
    assert service.report(report, COLLECTOR, FRIDAY_MORNING).number


def test_a_report_on_a_component_says_the_component_s_own_class(
    service: CaseService, record: MemoryRecord
) -> None:
    lamp = "3101010137000001"
    record.components.add(lamp)
    with pytest.raises(NotAllowed, match="is of class 0137, and the report says 0101"):
        service.report(manhole_report(component_code=lamp), COLLECTOR, FRIDAY_MORNING)
    assert not record.cases


def test_a_task_goes_only_to_a_collector_and_a_dispatch_only_to_a_department_that_exists(
    service: CaseService, record: MemoryRecord
) -> None:
    case_id = reported(service)
    to_leader = Move(operation="sendVerify", collector_id=LEADER.person_id)
    with pytest.raises(NotAllowed, match="who holds no post that does it"):
        service.move(case_id, 1, to_leader, ACCEPTOR, FRIDAY_MORNING)
    service.move(case_id, 1, ACCEPT, ACCEPTOR, FRIDAY_MORNING)
    file = Move(operation="file", condition_id=FOUR_WORK_HOURS)
    service.move(case_id, 2, file, SHIFT_LEADER, FRIDAY_MORNING)
    nowhere = Move(operation="dispatch", department_id=DepartmentId(404))
    with pytest.raises(NotFound, match="no department 404"):
        service.move(case_id, 3, nowhere, DISPATCHER, FRIDAY_MORNING)
    assert record.cases[case_id].state is State.PENDING_DISPATCH


def test_an_unknown_case_is_told(service: CaseService) -> None:
    with pytest.raises(NotFound):
        service.move(CaseId(404), 1, ACCEPT, ACCEPTOR, FRIDAY_MORNING)


def test_who_dispatched_is_remembered_across_units_of_work(
    service: CaseService, record: MemoryRecord
) -> None:
    record.posts.add((SHIFT_LEADER.person_id, Post.DISPATCHER, None))
    both = seat(int(SHIFT_LEADER.person_id), SHIFT_LEADER.person_name, Post.DISPATCHER)
    case_id = reported(service)
    table = demo_rules().table
    while (case := record.cases[case_id]).state is not State.PENDING_CLOSE:
        row = next(row for row in table.leaving(case.state) if row.tone == "main")
        actor = next(SEAT_OF[post] for post in Post if post in row.posts)
        actor = both if actor == DISPATCHER else actor
        service.move(case_id, case.version, full_move(row), actor, FRIDAY_MORNING)
    with pytest.raises(NotAllowed, match="leave that to a colleague"):
        service.move(case_id, case.version, Move(operation="close"), SHIFT_LEADER, FRIDAY_MORNING)
