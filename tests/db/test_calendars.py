"""Calendars one after the other: published whole, never changed, taken over by every desk."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from db.engine import Database, open_database
from db.media import MediaStore
from db.record import SqlRecord
from db.verify import verify
from resources import rulebook
from tests.helpers.calendars import NEW_YEAR, NOTICE_2027
from tests.helpers.case_walk import MAIN_LINE
from tests.helpers.ground import real_calendar
from tests.helpers.stored_walk import main_row, report
from tests.helpers.trade import ADMIN, COLLECTOR, DISPATCHER, FRIDAY_MORNING, SEAT_OF, full_move
from workflow.calendar_file import read
from workflow.calendar_versions import CalendarChanged, CalendarDraft, draft, draft_of
from workflow.clocks import ClockKind
from workflow.errors import NotAllowed, WanmiError
from workflow.ids import CaseId
from workflow.posts import Post, Seat
from workflow.service import CaseService
from workflow.states import State

AFTERNOON = FRIDAY_MORNING.replace(hour=16)
LATER = AFTERNOON + timedelta(hours=1)
MONDAY = "2026-11-23"
TO_HANDLING = 4


@pytest.fixture
def record(database: Database, tmp_path: Path) -> Iterator[SqlRecord]:
    """The record on that city."""
    opened = SqlRecord(database, MediaStore(tmp_path / "media"))
    yield opened
    opened.close()


def with_days_off(record: SqlRecord, *days: str) -> CalendarDraft:
    """The calendar in force with more days off."""
    in_force = next(one for one in record.calendars() if one.in_force)
    drawn = draft_of(in_force)
    rows = [{"date": day, "until": "", "kind": "holiday", "name": "防汛停工"} for day in days]
    return draft(
        in_force.version,
        days=[*drawn.days, *rows],
        notices=list(drawn.notices),
        hours=list(drawn.hours),
    )


def handled(record: SqlRecord, service: CaseService, count: int = 1) -> list[CaseId]:
    """Cases in handling since Friday afternoon: due on Monday."""
    made = []
    for _ in range(count):
        case_id, _number = report(service, AFTERNOON)
        walk_on(record, case_id)
        made.append(case_id)
    return made


def walk_on(record: SqlRecord, case_id: CaseId) -> None:
    state = State.REPORTED
    for version, step in enumerate(MAIN_LINE[:TO_HANDLING], 1):
        row = main_row(state, step)
        seat = next(SEAT_OF[post] for post in Post if post in row.posts)
        now = AFTERNOON + timedelta(minutes=version)
        record.move(case_id, version, full_move(row), seat, now)
        state = row.to_state


def due_of(record: SqlRecord, case_id: CaseId) -> tuple[int, datetime]:
    """Calendar and deadline of the handle clock."""
    clock = record.case_file(case_id, ADMIN, LATER).case.newest_clock(ClockKind.HANDLE)
    assert clock is not None
    return clock.calendar_version, clock.due_at


def recount(record: SqlRecord, limit: int = 100, seat: Seat = ADMIN) -> int:
    """All of it; answers how many cases were counted anew."""
    after, total = None, 0
    while True:
        progress = record.recount_next(seat, LATER, limit, after)
        total += progress.recounted
        after = progress.after
        if after is None:
            return total


def test_a_city_begins_with_the_shipped_calendar(record: SqlRecord) -> None:
    (only,) = record.calendars()
    assert (only.version, only.in_force, only.published_by) == (1, True, "")
    assert only.notices == rulebook.notices()
    assert only.calendar.holidays == real_calendar().holidays


def test_a_new_year_is_published_and_in_force_at_once(record: SqlRecord) -> None:
    drawn = read(NEW_YEAR.encode(), draft_of(record.calendars()[0]))
    assert record.publish_calendar(drawn, ADMIN, LATER) == 2
    newest, oldest = record.calendars()
    assert (newest.version, newest.in_force, oldest.in_force) == (2, True, False)
    assert (newest.published_at, newest.published_by) == (LATER, ADMIN.person_name)
    assert newest.notices[2027] == NOTICE_2027
    assert newest.calendar.make_up_days[date(2027, 1, 30)] == "春节调休上班"
    assert oldest.calendar.notice_years == real_calendar().notice_years
    assert record.rules().calendar.version == 2


def test_the_preview_says_what_the_recount_then_does(
    record: SqlRecord, service: CaseService
) -> None:
    cases = handled(record, service, 3)
    before = due_of(record, cases[0])
    drawn = with_days_off(record, MONDAY)
    preview = record.preview_calendar(drawn, LATER)
    assert (preview.cases, preview.looked_at) == (3, 3)
    assert {change.kind for change in preview.changes} == {ClockKind.HANDLE}
    record.publish_calendar(drawn, ADMIN, LATER)
    assert due_of(record, cases[0]) == before
    assert recount(record, limit=2) == 3
    assert due_of(record, cases[0]) == (2, before[1] + timedelta(days=1))
    assert {change.new_due for change in preview.changes} == {before[1] + timedelta(days=1)}
    assert record.preview_calendar(with_days_off(record), LATER).changes == ()
    assert recount(record) == 0


def test_every_changed_deadline_stands_in_the_process_record(
    record: SqlRecord, service: CaseService, database: Database
) -> None:
    (case_id,) = handled(record, service)
    record.publish_calendar(with_days_off(record, MONDAY), ADMIN, LATER)
    recount(record)
    file = record.case_file(case_id, ADMIN, LATER)
    assert file.process[-1].operation_name == "重算时限"
    assert file.process[-1].person_name == ADMIN.person_name
    assert "2026-11-23" in file.process[-1].opinion
    assert "2026-11-24" in file.process[-1].opinion
    (move,) = file.due_moves
    assert move.calendar_version == 2
    assert verify(database).is_clean


def test_new_clocks_run_on_the_new_calendar_in_a_desk_that_was_open_all_along(
    record: SqlRecord, service: CaseService, place: str, tmp_path: Path
) -> None:
    other_database = open_database(place)
    other = SqlRecord(other_database, MediaStore(tmp_path / "media"))
    assert other.rules().calendar.version == 1
    record.publish_calendar(with_days_off(record, MONDAY), ADMIN, LATER)
    case_id, _ = report(service, AFTERNOON)
    walk_on(other, case_id)
    assert due_of(other, case_id)[0] == 2
    assert other.rules().calendar.version == 2
    changes = other.changes_since(0)
    assert changes is not None
    assert changes.rules
    other.close()
    other_database.close()


def test_a_clock_keeps_its_calendar_until_it_is_counted_anew(
    record: SqlRecord, service: CaseService
) -> None:
    (case_id,) = handled(record, service)
    record.publish_calendar(with_days_off(record, "2026-11-24"), ADMIN, LATER)
    assert recount(record) == 0
    assert due_of(record, case_id)[0] == 1
    assert record.calendars()[1].open_clocks >= 1


def test_only_the_administrator_publishes(record: SqlRecord) -> None:
    drawn = with_days_off(record, MONDAY)
    for seat in (DISPATCHER, Seat(COLLECTOR.person_id, "李建国", Post.ADMIN, "系统管理员")):
        with pytest.raises(NotAllowed):
            record.publish_calendar(drawn, seat, LATER)
    assert len(record.calendars()) == 1


def test_a_draft_with_a_fault_publishes_nothing(record: SqlRecord) -> None:
    with pytest.raises(WanmiError):
        record.publish_calendar(with_days_off(record, "2026-10-01"), ADMIN, LATER)
    assert len(record.calendars()) == 1


def test_a_draft_that_changes_nothing_is_refused(record: SqlRecord) -> None:
    with pytest.raises(NotAllowed, match="nothing to publish"):
        record.publish_calendar(with_days_off(record), ADMIN, LATER)


def test_of_two_drafts_of_one_version_the_second_is_told_who_was_first(record: SqlRecord) -> None:
    one, other = with_days_off(record, MONDAY), with_days_off(record, "2026-11-24")
    record.publish_calendar(one, ADMIN, LATER)
    with pytest.raises(CalendarChanged, match=ADMIN.person_name):
        record.publish_calendar(other, ADMIN, LATER)
    assert len(record.calendars()) == 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE work_calendar SET spans = '[]' WHERE version = 1",
        "DELETE FROM work_calendar WHERE version = 1",
        "UPDATE calendar_day SET name = 'x' WHERE version = 1",
        "UPDATE calendar_day SET version = 1 WHERE version = 2",
        "DELETE FROM calendar_day WHERE version = 2",
        "INSERT INTO calendar_day (version, day, kind, name)"
        " VALUES (2, '2026-12-24', 'holiday', 'x')",
        "UPDATE city SET calendar_version = 1",
        "UPDATE city SET calendar_version = 9",
    ],
)
def test_the_database_refuses_to_change_a_calendar_in_use(
    record: SqlRecord, service: CaseService, database: Database, statement: str
) -> None:
    report(service)
    record.publish_calendar(with_days_off(record, MONDAY), ADMIN, LATER)
    with pytest.raises(NotAllowed), database.write() as connection:
        connection.execute(text(statement))
