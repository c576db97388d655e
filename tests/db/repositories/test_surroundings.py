"""What a step must know beyond its case: quotas, uses of an authorisation, who may check."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import text

from db.database import Database
from db.repositories.stored import stored_case
from db.repositories.surroundings import count_uses, read_checkers, read_department, read_quota
from tests.helpers.stored_walk import report, walk
from tests.helpers.trade import (
    ACCEPTOR,
    COLLECTOR,
    DEPARTMENT,
    DISPATCHER,
    DISTRICT_CENTER,
    FRIDAY_MORNING,
    INSPECTOR,
    LEADER,
    LIGHTS,
    OTHER_COLLECTOR,
    ROADS,
    SHIFT_LEADER,
    demo_rules,
    manhole_report,
    photo,
)
from workflow.case import CaseKind
from workflow.commands import Move
from workflow.errors import NotFound
from workflow.ids import CaseId, DepartmentId
from workflow.instants import midnight
from workflow.service import CaseService
from workflow.settings import QuotaBase

NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)
HANDLING = 4


def extended(service: CaseService, case_id: CaseId) -> None:
    """One extension granted on a case that is being handled."""
    now = FRIDAY_MORNING + timedelta(minutes=30)
    asked = Move(operation="askExtension", opinion="配件次日到货。")
    service.move(case_id, HANDLING + 1, asked, DEPARTMENT, now)
    granted = Move(operation="auditExtension", outcome="approved")
    service.move(case_id, HANDLING + 2, granted, DISPATCHER, now + timedelta(minutes=1))


def test_the_quota_counts_the_cases_of_the_month_and_those_extended(
    database: Database, service: CaseService
) -> None:
    for number in range(40):
        case_id, _ = report(service)
        walk(service, case_id, HANDLING)
        if number == 0:
            first = case_id
    extended(service, first)
    with database.read() as connection:
        quota = read_quota(connection, LIGHTS, NOVEMBER, demo_rules())
        other = read_quota(connection, ROADS, NOVEMBER, demo_rules())
        later = read_quota(connection, LIGHTS, DECEMBER, demo_rules())
    assert (quota.base, quota.extended, quota.allowed, quota.left) == (40, 1, 1, 0)
    assert quota.base_name
    assert (other.base, later.base) == (0, 0)


def test_an_extension_into_the_next_month_is_one_of_the_month_that_granted_it(
    database: Database, service: CaseService
) -> None:
    case_id, _ = report(service)
    walk(service, case_id, HANDLING - 2)
    last_day = FRIDAY_MORNING.replace(day=30, hour=14)
    dispatch = Move(operation="dispatch", department_id=LIGHTS)
    asked = Move(operation="askExtension", opinion="配件次日到货。")
    granted = Move(operation="auditExtension", outcome="approved")
    steps = [
        (dispatch, DISPATCHER),
        (Move(operation="sign"), DEPARTMENT),
        (asked, DEPARTMENT),
        (granted, LEADER),  # a quota of one case is none
    ]
    for version, (move, seat) in enumerate(steps, HANDLING - 1):
        service.move(case_id, version, move, seat, last_day)
    with database.read() as connection:
        case = stored_case(connection, case_id)
        assert case.timing.handle_due_at == last_day.replace(month=12, day=1, hour=12)
        for month in (NOVEMBER, DECEMBER):
            assert read_quota(connection, LIGHTS, month, demo_rules()).extended == 1


@pytest.mark.parametrize("base", QuotaBase)
def test_every_base_counts_what_it_says(
    database: Database, service: CaseService, base: QuotaBase
) -> None:
    case_id, _ = report(service)
    walk(service, case_id, HANDLING)
    rules = replace(demo_rules(), settings=replace(demo_rules().settings, quota_base=base))
    with database.read() as connection:
        assert read_quota(connection, LIGHTS, NOVEMBER, rules).base == 1
        assert read_quota(connection, LIGHTS, DECEMBER, rules).base == 0


def test_the_quota_of_nobody_is_not_found(database: Database) -> None:
    with database.read() as connection, pytest.raises(NotFound):
        read_quota(connection, DepartmentId(999), NOVEMBER, demo_rules())


def test_a_center_is_known_by_its_kind(database: Database) -> None:
    with database.read() as connection:
        assert read_department(connection, DISTRICT_CENTER)[1] == "district_center"


def test_a_use_of_an_authorisation_counts_from_its_instant_on(
    database: Database, service: CaseService
) -> None:
    now = FRIDAY_MORNING
    shed = manhole_report(kind=CaseKind.EVENT, class_code="0101", description="暴露垃圾一堆")
    (case_id,) = service.report(shed, COLLECTOR, now).cases
    condition = demo_rules().catalog.conditions_of(CaseKind.EVENT, "0101")[0].id
    _handled(service, case_id, condition, now)
    direct = Move(
        operation="askDirectClose",
        opinion="现场已清理。",
        authorisation_id="D-0",
        photos=(photo(),),
    )
    service.move(case_id, HANDLING + 1, direct, DEPARTMENT, now + timedelta(minutes=20))
    with database.read() as connection:
        assert count_uses(connection, "D-0", midnight(now)) == 1
        assert count_uses(connection, "D-0", now + timedelta(minutes=21)) == 0
        assert count_uses(connection, "A-1", midnight(now)) == 0


def _handled(service: CaseService, case_id: CaseId, condition: str, now: datetime) -> None:
    steps = (
        (Move(operation="accept"), ACCEPTOR),
        (Move(operation="file", condition_id=condition), SHIFT_LEADER),
        (Move(operation="dispatch", department_id=LIGHTS), DISPATCHER),
        (Move(operation="sign"), DEPARTMENT),
    )
    for version, (move, seat) in enumerate(steps, 1):
        service.move(case_id, version, move, seat, now + timedelta(minutes=version))


def test_who_reported_or_walks_the_beat_does_not_check(
    database: Database, service: CaseService
) -> None:
    case_id, _ = report(service)
    with database.write() as connection:
        connection.execute(
            text(
                "INSERT INTO beat (id, code, name, street_code, geom) VALUES (9, '07', '07',"
                " '310101015', ST_GeomFromText("
                "'MULTIPOLYGON(((121 31, 122 31, 122 32, 121 31)))', 4490))"
            )
        )
        connection.execute(
            text("INSERT INTO beat_collector (beat_id, person_id) VALUES (9, :person)"),
            {"person": OTHER_COLLECTOR.person_id},
        )
    with database.read() as connection:
        found = read_checkers(connection, stored_case(connection, case_id))
    assert COLLECTOR.person_id not in found  # who reported it
    assert OTHER_COLLECTOR.person_id not in found
    assert list(found) == sorted(found)
    assert INSPECTOR.person_id in found
