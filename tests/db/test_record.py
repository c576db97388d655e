"""The record as windows know it: acting, reading and hearing of changes through one door."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from db.engine import open_database
from db.record import SqlRecord, open_record
from tests.helpers.stored_city import STREETS, fill_ground, lonlat
from tests.helpers.trade import (
    ACCEPTOR,
    COLLECTOR,
    FRIDAY_MORNING,
    LEADER,
    demo_rules,
    full_move,
    manhole_report,
    seat,
)
from workflow.commands import Report
from workflow.errors import CaseChanged, NotAllowed, NotFound, OutsideCity
from workflow.ids import CaseId
from workflow.posts import Post
from workflow.states import State

A_MINUTE_LATER = FRIDAY_MORNING + timedelta(minutes=1)


@pytest.fixture
def ground(place: str) -> str:
    """A city of the test's own with cells to report in: where it is."""
    database = open_database(place)
    with database.write() as connection:
        fill_ground(connection)
    database.close()
    return place


@pytest.fixture
def record(ground: str, tmp_path: Path) -> Iterator[SqlRecord]:
    """The record of that city."""
    with open_record(ground, tmp_path / "photos") as opened:
        yield opened


def report_here(record: SqlRecord) -> Report:
    """A broken cover in the first cell."""
    return replace(manhole_report(), place=record.locate(*lonlat(0.5, 1.05)).place)


def accepted(record: SqlRecord, case_id: CaseId, version: int = 1) -> None:
    """The acceptor takes a case in."""
    row = demo_rules().table.candidates(State.REPORTED, "accept", "", Post.ACCEPTOR)[0]
    record.move(case_id, version, full_move(row), ACCEPTOR, A_MINUTE_LATER)


def test_a_report_becomes_a_case_that_every_view_can_show(record: SqlRecord) -> None:
    changes = record.report(report_here(record), COLLECTOR, FRIDAY_MORNING)
    (case_id,) = changes.cases
    assert record.case_number(changes.number) == case_id
    (row,) = record.rows([case_id])
    assert (row.number, row.state, row.holder) == (changes.number, State.REPORTED, "受理员")
    assert (row.address, row.street_name) == ("滨江路 12 号", "外滩街道")
    assert [marker.case_id for marker in record.markers()] == [case_id]
    assert record.case_file(case_id, ACCEPTOR, FRIDAY_MORNING).case.place.street_code == STREETS[0]
    assert record.boxes(ACCEPTOR, FRIDAY_MORNING)[0].total == 1


def test_a_report_outside_the_cells_is_refused_and_leaves_nothing(record: SqlRecord) -> None:
    outside = replace(manhole_report().place, lon=121.4, lat=31.1)
    with pytest.raises(OutsideCity):
        record.report(replace(manhole_report(), place=outside), COLLECTOR, FRIDAY_MORNING)
    assert record.markers() == ()
    assert record.last_change() == 0


def test_of_two_steps_on_the_same_version_only_the_first_is_taken(record: SqlRecord) -> None:
    (case_id,) = record.report(report_here(record), COLLECTOR, FRIDAY_MORNING).cases
    accepted(record, case_id)
    with pytest.raises(CaseChanged, match="何静 did 受理"):
        accepted(record, case_id)
    (row,) = record.rows([case_id])
    assert (row.version, row.state) == (2, State.PENDING_FILING)


def test_who_does_not_hold_the_post_cannot_act_from_it(record: SqlRecord) -> None:
    stranger = seat(1, "李建国", Post.ACCEPTOR)
    with pytest.raises(NotAllowed, match="the post is not held"):
        record.report(report_here(record), stranger, FRIDAY_MORNING)


def test_a_seat_hears_of_each_commit_once(record: SqlRecord, ground: str, tmp_path: Path) -> None:
    with open_record(ground, tmp_path / "photos") as other:
        start = other.last_change()
        assert other.changes_since(start) is None
        (case_id,) = record.report(report_here(record), COLLECTOR, FRIDAY_MORNING).cases
        heard = other.changes_since(start)
        assert heard is not None
        assert heard.cases == {case_id}
        assert other.changes_since(heard.seq) is None
        accepted(record, case_id)
        again = other.changes_since(heard.seq)
        assert again is not None
        assert again.seq > heard.seq
        assert other.rows([case_id])[0].state is State.PENDING_FILING


def test_a_seat_that_opens_later_does_not_hear_of_the_past(
    record: SqlRecord, ground: str, tmp_path: Path
) -> None:
    record.report(report_here(record), COLLECTOR, FRIDAY_MORNING)
    with open_record(ground, tmp_path / "photos") as later:
        assert later.last_change() == record.last_change() > 0
        assert later.changes_since(later.last_change()) is None


def test_a_photo_is_kept_by_its_content_and_read_back(record: SqlRecord) -> None:
    first, second = (record.keep_photo(b"a picture", "image/jpeg") for _ in range(2))
    assert first == second
    assert record.photo(first) == b"a picture"
    with pytest.raises(NotFound):
        record.photo("00" * 32)


def test_the_rules_of_the_record_are_those_that_were_seeded(record: SqlRecord) -> None:
    rules = record.rules()
    assert rules.table == demo_rules().table
    assert rules.catalog.conditions == demo_rules().catalog.conditions
    assert rules.stage_limits == demo_rules().stage_limits


def test_an_empty_record_answers_every_question(record: SqlRecord) -> None:
    assert {count.total for count in record.boxes(LEADER, FRIDAY_MORNING)} == {0}
    assert record.markers() == ()
    assert record.case_number("26112000001") is None
    assert record.day_sum(FRIDAY_MORNING).adds_up
    assert record.last_change() == 0
