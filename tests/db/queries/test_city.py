"""The city, its seats, the open cases on the map, and the sum of the day."""

from datetime import timedelta

from db.engine import Database
from db.queries.city import read_day_sum
from db.record import SqlRecord
from tests.helpers.stored_city import NOW
from tests.helpers.trade import ACCEPTOR, EVERYONE, FRIDAY_MORNING, manhole_report
from workflow.case import Case
from workflow.commands import Move
from workflow.ids import CaseId
from workflow.instants import CHINA_STANDARD_TIME
from workflow.service import CaseService
from workflow.states import State


def test_the_city_is_as_it_was_built(record: SqlRecord) -> None:
    city = record.city()
    assert (city.name, city.view_crs, city.synthetic) == ("外滩", "EPSG:4549", True)
    assert city.bounds == (121.48, 31.22, 121.5, 31.25)
    assert city.count_breaks == ()


def test_every_person_in_every_post_is_a_seat(record: SqlRecord) -> None:
    seats = record.seats()
    assert {(s.person_id, s.post, s.department_id) for s in seats} == {
        (s.person_id, s.post, s.department_id) for s in EVERYONE
    }
    assert [seat.post for seat in seats] == sorted(seat.post for seat in seats)
    of_department = next(seat for seat in seats if seat.department_id is not None)
    assert (of_department.post_name, of_department.department_name) == ("专业部门", "照明中心")


def test_the_map_has_every_open_case_and_no_other(
    record: SqlRecord, cases: tuple[Case, ...]
) -> None:
    markers = {marker.case_id: marker for marker in record.markers()}
    still_open = {case.id: case for case in cases if not case.state.is_ended}
    assert markers.keys() == still_open.keys()
    for case_id, marker in markers.items():
        case = still_open[case_id]
        assert (marker.lon, marker.lat) == (case.place.lon, case.place.lat)
        assert (marker.kind, marker.urgent) == (case.kind, case.urgent)
        assert (marker.due_at, marker.warn_at) == (case.timing.due_at, case.timing.warn_at)
        assert marker.paused == case.timing.paused


def test_the_sum_of_the_day_accounts_for_every_report_since_midnight(
    record: SqlRecord, cases: tuple[Case, ...]
) -> None:
    today = [case for case in cases if case.reported_at.date() == NOW.date()]
    filed = [case for case in today if case.filed_at is not None]
    rejected = [c for c in today if c.filed_at is None and c.state is State.REJECTED]
    found = record.day_sum(NOW)
    assert (found.received, found.filed, found.rejected) == (len(today), len(filed), len(rejected))
    assert 0 < found.received < len(cases)
    assert found.adds_up


def test_the_day_begins_at_midnight_in_china(record: SqlRecord, cases: tuple[Case, ...]) -> None:
    midnight = NOW.astimezone(CHINA_STANDARD_TIME).replace(hour=0, minute=0, second=0)
    assert record.day_sum(midnight).received == 0
    begin = midnight - timedelta(days=1)
    yesterday = [case for case in cases if begin <= case.reported_at < midnight]
    last_moment = midnight - timedelta(milliseconds=1)
    assert record.day_sum(last_moment).received == len(yesterday)


def test_a_report_that_was_answered_at_once_is_accounted_for_too(
    service: CaseService, database: Database
) -> None:
    service.report(manhole_report(), ACCEPTOR, FRIDAY_MORNING)
    answer = Move(operation="answerNow", opinion="已告知来电人施工期限。")
    service.move(CaseId(1), 1, answer, ACCEPTOR, FRIDAY_MORNING + timedelta(minutes=5))
    with database.read() as connection:
        found = read_day_sum(connection, FRIDAY_MORNING + timedelta(minutes=6))
    assert (found.received, found.settled, found.filed) == (1, 1, 0)
    assert found.adds_up


def test_an_empty_day_adds_up(database: Database) -> None:
    with database.read() as connection:
        found = read_day_sum(connection, NOW)
    assert (found.received, found.filed, found.rejected, found.before_filing) == (0, 0, 0, 0)
    assert found.adds_up
