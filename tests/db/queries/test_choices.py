"""Whom a step can be given, what belongs together, and who is kept from whom, in the case file."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from db.building import new_database
from db.engine import Database, open_database
from db.media import MediaStore
from db.record import SqlRecord
from db.repositories.stored import stored_case
from db.repositories.surroundings import read_checkers
from db.repositories.unit_of_work import units_of_work
from tests.helpers.case_walk import MAIN_LINE
from tests.helpers.stored_city import fill_city
from tests.helpers.stored_walk import report, walk
from tests.helpers.trade import (
    ACCEPTOR,
    BUND,
    COLLECTOR,
    DEPARTMENT,
    DISPATCHER,
    DISTRICT_CENTER,
    EVERYONE,
    FRIDAY_MORNING,
    HANDLER,
    INSPECTOR,
    OTHER_COLLECTOR,
    SHIFT_LEADER,
    SUPERVISOR,
    demo_shelf,
    full_move,
    manhole_report,
)
from workflow.case_file import CaseFile
from workflow.commands import Move
from workflow.ids import CaseId, PersonId
from workflow.posts import Post, Seat
from workflow.service import CaseService, allowed_checkers
from workflow.settings import CheckerRule
from workflow.states import State

LATER = FRIDAY_MORNING + timedelta(hours=2)
TO_CHECK = MAIN_LINE.index("sendCheck")
HANDLING = MAIN_LINE.index("sign") + 1


@contextmanager
def opened(path: Path, profile: str) -> Iterator[tuple[Database, CaseService, SqlRecord]]:
    """A city of a profile on a file."""
    with new_database(path) as database, database.write() as connection:
        fill_city(connection, profile)
    with closing(open_database(path)) as database:
        record = SqlRecord(database, MediaStore(path.parent))
        yield database, CaseService(units_of_work(database), demo_shelf(profile)), record
        record.close()


def to_be_checked(service: CaseService, profile: str) -> CaseId:
    """A case that waits for its check, with one step of the main line after the other."""
    table = demo_shelf(profile).current.table
    case_id, _ = report(service)
    state, version, now = State.REPORTED, 1, FRIDAY_MORNING
    while state is not State.PENDING_CHECK:
        row = next(row for row in table.leaving(state) if row.tone == "main")
        seat = next(seat for seat in EVERYONE if seat.post in row.posts)
        now += timedelta(minutes=1)
        service.move(case_id, version, full_move(row), seat, now)
        state, version = row.to_state, version + 1
    return case_id


@pytest.fixture
def record(database: Database, tmp_path: Path) -> Iterator[SqlRecord]:
    """The record of the test's own city."""
    opened_record = SqlRecord(database, MediaStore(tmp_path))
    yield opened_record
    opened_record.close()


def file_of(record: SqlRecord, case_id: CaseId, seat: Seat, now: datetime = LATER) -> CaseFile:
    """The case as that seat sees it."""
    return record.case_file(case_id, seat, now)


def test_the_lot_proposes_one_person_and_says_how_many_there_were(tmp_path: Path) -> None:
    with opened(tmp_path / "city.db", "acceptor_pool") as (database, service, record):
        case_id = to_be_checked(service, "acceptor_pool")
        with database.read() as connection:
            case = stored_case(connection, case_id)
            apart = read_checkers(connection, case)
        (proposed,) = file_of(record, case_id, ACCEPTOR).collectors
        drawn = allowed_checkers(case, CheckerRule.DRAWN, apart)
    assert drawn == frozenset({PersonId(proposed.id)})
    assert f"{len(apart)} 人" in proposed.reason


def test_who_reported_a_case_or_walks_its_beat_is_not_proposed_to_check_it(tmp_path: Path) -> None:
    with opened(tmp_path / "city.db", "operator_closes") as (_, service, record):
        case_id = to_be_checked(service, "operator_closes")
        proposed = file_of(record, case_id, ACCEPTOR).collectors
    assert COLLECTOR.person_id not in {one.id for one in proposed}
    assert OTHER_COLLECTOR.person_id in {one.id for one in proposed}
    assert all("异地核查" in one.reason for one in proposed)


def test_squads_come_first_where_the_profile_names_them_first(
    service: CaseService, record: SqlRecord
) -> None:
    case_id, _ = report(service)
    walk(service, case_id, TO_CHECK)
    first = file_of(record, case_id, ACCEPTOR).collectors[0]
    assert (first.id, first.reason) == (INSPECTOR.person_id, "督查队员")


def test_the_center_of_the_case_s_own_district_comes_first(
    service: CaseService, record: SqlRecord
) -> None:
    case_id, _ = report(service)
    walk(service, case_id, MAIN_LINE.index("dispatch"))
    file = file_of(record, case_id, DISPATCHER)
    assert [(one.id, one.reason) for one in file.units] == [(DISTRICT_CENTER, "案件所在区")]
    assert DISTRICT_CENTER not in {one.id for one in file.departments}


def test_only_the_own_department_is_offered_its_handlers_with_their_work(
    service: CaseService, record: SqlRecord
) -> None:
    cases = [report(service)[0] for _ in range(2)]
    for case_id in cases:
        walk(service, case_id, HANDLING)
    assign = Move(operation="assign", person_id=HANDLER.person_id)
    service.move(cases[0], HANDLING + 1, assign, DEPARTMENT, LATER)
    file = file_of(record, cases[1], DEPARTMENT)
    assert [(one.id, one.reason) for one in file.handlers] == [(HANDLER.person_id, "手中 1 件")]
    assert file_of(record, cases[1], DISPATCHER).handlers == ()
    assert file_of(record, cases[0], DEPARTMENT).handler == HANDLER.person_name


def test_an_extension_asked_for_shows_who_what_why_and_the_quota(
    service: CaseService, record: SqlRecord
) -> None:
    case_id, _ = report(service)
    walk(service, case_id, HANDLING)
    now = FRIDAY_MORNING + timedelta(minutes=20)
    asked = Move(operation="askExtension", opinion="配件次日到货。")
    service.move(case_id, HANDLING + 1, asked, DEPARTMENT, now)
    file = file_of(record, case_id, SHIFT_LEADER, now)
    assert file.request is not None
    assert (file.request.kind, file.request.asked_by) == ("extension", DEPARTMENT.person_name)
    assert (file.request.reason, file.request.asked_at) == ("配件次日到货。", now)
    assert file.request.limit is not None
    assert file.request.ruled_by == "领导"  # one case of one is more than three in a hundred


def test_the_quota_is_shown_where_an_extension_can_be_asked_for(
    service: CaseService, record: SqlRecord
) -> None:
    case_id, _ = report(service)
    walk(service, case_id, HANDLING)
    now = FRIDAY_MORNING + timedelta(minutes=20)
    quota = file_of(record, case_id, DEPARTMENT, now).quota
    assert quota is not None
    assert (quota.base, quota.extended, quota.allowed) == (1, 0, 0)
    assert file_of(record, case_id, ACCEPTOR, now).quota is None


def test_merged_linked_and_similar_cases_are_named_with_their_reporters(
    service: CaseService, record: SqlRecord
) -> None:
    master, duplicate, near, far = (report(service)[0] for _ in range(4))
    walk(service, master, 2)
    merge = Move(operation="merge", master_id=master, opinion="同一处井盖。")
    service.move(duplicate, 1, merge, ACCEPTOR, LATER)
    link = Move(operation="link", master_id=master)
    service.move(near, 1, link, ACCEPTOR, LATER)
    related = {one.case_id: one for one in file_of(record, master, ACCEPTOR).related}
    assert related[duplicate].relation == "duplicate"
    assert related[duplicate].reporter_name == COLLECTOR.person_name
    assert related[near].relation == "linked"
    assert (related[far].relation, related[far].metres) == ("similar", 0)
    assert "同类" in related[far].reason
    back = {one.case_id: one.relation for one in file_of(record, duplicate, ACCEPTOR).related}
    assert back[master] == "master"


def test_what_lies_farther_than_a_hundred_metres_or_a_week_is_not_similar(
    service: CaseService, record: SqlRecord
) -> None:
    first, _ = report(service)
    away = replace(BUND, lon=BUND.lon + 0.0012)
    service.report(manhole_report(place=away), COLLECTOR, FRIDAY_MORNING)
    report(service, FRIDAY_MORNING + timedelta(days=8))
    other = manhole_report(class_code="0102")
    service.report(other, COLLECTOR, FRIDAY_MORNING)
    assert file_of(record, first, ACCEPTOR).related == ()


@pytest.mark.parametrize(
    ("seat", "sees"), [(ACCEPTOR, True), (SUPERVISOR, True), (DISPATCHER, False)]
)
def test_who_called_in_confidence_is_kept_from_the_command_axis(
    service: CaseService, record: SqlRecord, seat: Seat, sees: bool
) -> None:
    told = manhole_report(confidential=True, caller_name="陈女士", caller_phone="12319")
    (case_id,) = service.report(told, ACCEPTOR, FRIDAY_MORNING).cases
    shown = file_of(record, case_id, seat).case
    assert (shown.caller_name, shown.caller_phone) == (("陈女士", "12319") if sees else ("", ""))


def test_colleagues_are_those_who_could_take_the_case_over(
    service: CaseService, record: SqlRecord
) -> None:
    case_id, _ = report(service)
    service.move(case_id, 1, Move(operation="claim"), ACCEPTOR, LATER)
    file = file_of(record, case_id, SHIFT_LEADER, LATER)
    assert file.claimed_by == ACCEPTOR.person_name
    held = {seat.person_id for seat in EVERYONE if seat.post is Post.ACCEPTOR}
    assert {one.id for one in file.colleagues} == held - {ACCEPTOR.person_id}
