"""The case file of every case as every kind of seat sees it."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from db.engine import Database
from db.media import MediaStore
from db.record import SqlRecord
from tests.helpers.stored_city import NOW, states_of_the_table
from tests.helpers.stored_trade import MANHOLE_CODE
from tests.helpers.trade import (
    COLLECTOR,
    DEPARTMENT,
    EVERYONE,
    FRIDAY_MORNING,
    LEADER,
    LIGHTS,
    OTHER_COLLECTOR,
    OTHER_DEPARTMENT,
    ROADS,
    SEAT_OF,
    demo_rules,
    manhole_report,
)
from workflow.case import Case
from workflow.errors import NotFound
from workflow.ids import CaseId, DepartmentId
from workflow.posts import Post
from workflow.queries import CaseFile
from workflow.service import CaseService
from workflow.states import State


def one_of(cases: tuple[Case, ...], state: State) -> Case:
    """The last case in a state."""
    return [case for case in cases if case.state is state][-1]


@pytest.mark.parametrize("state", sorted(states_of_the_table()))
def test_the_file_of_a_case_in_any_state_tells_it_from_its_report_on(
    record: SqlRecord, cases: tuple[Case, ...], state: State
) -> None:
    case = one_of(cases, state)
    file = record.case_file(case.id, LEADER, NOW)
    assert file.case == case
    assert [row.seq for row in file.process] == list(range(1, case.version + 1))
    assert file.process[0].from_state is None
    assert file.process[-1].to_state is state
    assert file.process[0].took_seconds is None
    for before, after in pairwise(file.process):
        assert before.to_state is after.from_state
        assert after.took_seconds == (after.at - before.at).total_seconds()
    assert all(row.person_name and row.post_name for row in file.process)
    assert sum(len(row.photos) for row in file.process) == len(file.photos) > 0


def test_operations_of_the_process_record_have_their_chinese_names(
    record: SqlRecord, cases: tuple[Case, ...]
) -> None:
    file = record.case_file(one_of(cases, State.CLOSED).id, LEADER, NOW)
    names = [row.operation_name for row in file.process]
    assert names[0] == "上报"
    assert names[-1] == "结案"
    assert {"受理", "立案", "派遣", "签收"} <= set(names)


@pytest.mark.parametrize("state", sorted(states_of_the_table()))
def test_the_buttons_of_a_file_are_those_of_the_seats_post(
    record: SqlRecord, cases: tuple[Case, ...], state: State
) -> None:
    case = one_of(cases, state)
    for seat in EVERYONE:
        for move in record.case_file(case.id, seat, NOW).moves:
            assert seat.post in move.transition.posts
            assert move.transition.from_state is state


@pytest.mark.parametrize("state", sorted(states_of_the_table()))
def test_whoever_a_case_waits_for_can_take_a_step(
    record: SqlRecord, cases: tuple[Case, ...], state: State
) -> None:
    case = one_of(cases, state)
    file = record.case_file(case.id, LEADER, NOW)
    if state.is_ended or state is State.SUSPENDED:  # that one waits for its review date
        assert (file.waiting_for, file.holder) == (None, "")
        return
    assert file.waiting_for in EVERYONE
    assert file.holder
    moves = record.case_file(case.id, file.waiting_for, NOW).moves
    assert [move for move in moves if move.refusal is None]


def test_only_the_department_that_has_the_case_gets_its_buttons(
    record: SqlRecord, cases: tuple[Case, ...]
) -> None:
    case = one_of(cases, State.PENDING_SIGN)
    own, other = DEPARTMENT, OTHER_DEPARTMENT
    if case.department_id != LIGHTS:
        own, other = other, own
    assert record.case_file(case.id, own, NOW).moves
    assert record.case_file(case.id, other, NOW).moves == ()


def test_the_ruler_lies_between_start_and_end_of_the_clock_that_runs(
    record: SqlRecord, cases: tuple[Case, ...]
) -> None:
    for case in cases:
        segments = record.case_file(case.id, LEADER, NOW).segments
        if case.state.is_ended or case.main_clock is None:
            assert segments == ()
        else:
            clock = case.main_clock
            assert (segments[0].start, segments[-1].end) == (clock.started_at, clock.due_at)


def test_a_step_after_its_deadline_is_marked_as_late(
    record: SqlRecord, cases: tuple[Case, ...]
) -> None:
    marks = set()
    for case in cases:
        late = {
            clock.stopped_at
            for clock in case.clocks
            if clock.stopped_at and not clock.cancelled and clock.stopped_at > clock.due_at
        }
        rows = record.case_file(case.id, LEADER, NOW).process
        assert {row.at for row in rows if row.overdue} == late
        marks |= {row.overdue for row in rows}
    assert marks == {True, False}


def test_a_filed_case_names_its_condition_and_when_it_may_be_closed(
    record: SqlRecord, cases: tuple[Case, ...]
) -> None:
    case = one_of(cases, State.HANDLING)
    assert case.condition_id is not None
    condition = demo_rules().catalog.condition(case.condition_id)
    file = record.case_file(case.id, LEADER, NOW)
    assert (file.condition, file.closing_condition) == (condition.text, condition.closing_condition)
    assert file.limit_text == str(case.handle_limit)
    assert file.department_name in {"照明中心", "道路所"}
    assert file.reporter_name


def test_a_file_that_does_not_exist_is_refused(record: SqlRecord) -> None:
    with pytest.raises(NotFound, match="no case with the id 999999"):
        record.case_file(CaseId(999_999), LEADER, NOW)


# -- whom to give it to -------------------------------------------------------------------------
def suggestions(record: SqlRecord, case: Case) -> CaseFile:
    """The file as the dispatcher has it."""
    return record.case_file(case.id, SEAT_OF[Post.DISPATCHER], NOW)


def test_departments_with_precedents_come_first_and_say_how_many(
    record: SqlRecord, cases: tuple[Case, ...]
) -> None:
    for case in cases[::7]:
        precedents = [
            other.department_id
            for other in cases
            if other.state in (State.CLOSED, State.ARCHIVED)
            and (other.kind, other.class_code) == (case.kind, case.class_code)
            and other.place.street_code == case.place.street_code
        ]
        listed = suggestions(record, case).departments
        assert {one.id for one in listed} == {LIGHTS, ROADS}
        for one in listed:
            times = precedents.count(DepartmentId(one.id))
            assert one.reason == (f"本街道同类已结 {times} 件" if times else "")
        counts = [precedents.count(DepartmentId(one.id)) for one in listed]
        assert counts == sorted(counts, reverse=True)


def test_the_maintainer_of_the_component_comes_before_its_owner(
    database: Database, service: CaseService, tmp_path: Path
) -> None:
    command = replace(manhole_report(), component_code=MANHOLE_CODE)
    (case_id,) = service.report(command, COLLECTOR, FRIDAY_MORNING).cases
    record = SqlRecord(database, MediaStore(tmp_path))
    file = record.case_file(case_id, SEAT_OF[Post.DISPATCHER], NOW)
    record.close()
    assert file.component is not None
    assert file.component.code == MANHOLE_CODE
    assert [(one.id, one.reason) for one in file.departments] == [
        (LIGHTS, "部件养护单位"),
        (ROADS, "部件权属单位"),
    ]


def test_collectors_of_the_beat_come_first(record: SqlRecord, cases: tuple[Case, ...]) -> None:
    by_street = {case.place.street_code: case for case in cases}
    first, second = (suggestions(record, by_street[code]).collectors for code in sorted(by_street))
    assert [one.id for one in first] == [COLLECTOR.person_id]
    assert [one.id for one in second] == [COLLECTOR.person_id, OTHER_COLLECTOR.person_id]
    assert {one.reason for one in (*first, *second)} == {"本责任网格"}
