"""Rules that another desk puts in force hold on every open desk, at once and without a restart."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from db.engine import Database
from db.profiles import use_profile
from db.record import SqlRecord, open_record
from resources import profile
from tests.helpers.stored_city import fill_ground, lonlat
from tests.helpers.trade import (
    ACCEPTOR,
    COLLECTOR,
    FRIDAY_MORNING,
    TOWN_DISPATCHER,
    demo_rules,
    manhole_report,
)
from workflow.commands import Move
from workflow.ids import CaseId
from workflow.posts import Seat
from workflow.states import State

FIRST, POOL = profile.DEFAULT_PROFILE, "acceptor_pool"
TWO_LEVEL = "shift_leader_closes+two_level_command"
LATER = FRIDAY_MORNING + timedelta(minutes=5)


@pytest.fixture
def other(database: Database) -> Database:
    """Another desk's door to a city that has ground."""
    with database.write() as connection:
        fill_ground(connection)
    return database


@pytest.fixture
def desk(other: Database, place: str, tmp_path: Path) -> Iterator[SqlRecord]:
    """A desk that was open all the time."""
    with open_record(place, tmp_path / "photos") as record:
        yield record


def report(record: SqlRecord) -> CaseId:
    """A broken cover, reported at this desk."""
    told = replace(manhole_report(), place=record.locate(*lonlat(0.5, 1.05)).place)
    (case_id,) = record.report(told, COLLECTOR, LATER).cases
    return case_id


def lives_under(record: SqlRecord, case_id: CaseId) -> tuple[str, int]:
    """Profile and version that the case was reported under."""
    case = record.case_file(case_id, ACCEPTOR, LATER).case
    return case.profile, case.rules_version


def titles(record: SqlRecord, seat: Seat) -> list[str]:
    """The boxes of a seat."""
    return [count.box.title for count in record.boxes(seat, LATER)]


def test_new_cases_on_an_open_desk_are_reported_under_the_profile_that_was_put_in_force(
    desk: SqlRecord, other: Database
) -> None:
    before = report(desk)
    use_profile(other, POOL, LATER)
    after = report(desk)
    assert lives_under(desk, before) == (profile.DEFAULT_PROFILE, profile.DEFAULT_VERSION)
    assert lives_under(desk, after) == (POOL, profile.DEFAULT_VERSION)


def test_a_case_of_the_old_profile_goes_on_with_its_own_table(
    desk: SqlRecord, other: Database
) -> None:
    old = report(desk)
    use_profile(other, POOL, LATER)
    new = report(desk)
    offered = {
        case_id: {
            move.transition.operation for move in desk.case_file(case_id, ACCEPTOR, LATER).moves
        }
        for case_id in (old, new)
    }
    assert "accept" in offered[old]
    assert "file" not in offered[old]
    assert "file" in offered[new]  # the pool's acceptor files at once
    desk.move(old, 1, Move(operation="accept"), ACCEPTOR, LATER)
    assert desk.case_file(old, ACCEPTOR, LATER).case.state is State.PENDING_FILING


def test_boxes_rules_and_city_follow_without_a_restart(desk: SqlRecord, other: Database) -> None:
    assert titles(desk, TOWN_DISPATCHER) == ["我的已办"]
    use_profile(other, TWO_LEVEL, LATER)
    assert "待镇街派遣" in titles(desk, TOWN_DISPATCHER)
    assert desk.city().profile == TWO_LEVEL
    assert desk.rules().table.profile == TWO_LEVEL


def test_boxes_of_an_earlier_profile_stay_as_long_as_a_case_of_it_is_open(
    desk: SqlRecord, other: Database
) -> None:
    use_profile(other, TWO_LEVEL, LATER)
    case_id = report(desk)
    use_profile(other, FIRST, LATER)
    assert "待镇街派遣" in titles(desk, TOWN_DISPATCHER)
    assert titles(desk, ACCEPTOR) == list(dict.fromkeys(titles(desk, ACCEPTOR)))
    desk.move(case_id, 1, Move(operation="reject", opinion="不在范围"), ACCEPTOR, LATER)
    assert titles(desk, TOWN_DISPATCHER) == ["我的已办"]


def test_the_feed_tells_open_desks_that_rules_are_to_be_read_again(
    desk: SqlRecord, other: Database
) -> None:
    start = desk.last_change()
    use_profile(other, POOL, LATER)
    heard = desk.changes_since(start)
    assert heard is not None
    assert (heard.rules, heard.cases) == (True, frozenset())


def test_a_case_under_rules_that_came_and_went_can_still_be_opened(
    desk: SqlRecord, other: Database, place: str, tmp_path: Path
) -> None:
    desk.rules()
    use_profile(other, POOL, LATER)
    with open_record(place, tmp_path / "photos") as second:
        case_id = report(second)
    use_profile(other, profile.DEFAULT_PROFILE, LATER)
    assert lives_under(desk, case_id) == (POOL, profile.DEFAULT_VERSION)
    moves = {move.transition.operation for move in desk.case_file(case_id, ACCEPTOR, LATER).moves}
    assert "file" in moves


def test_the_desk_offers_a_case_what_its_own_rules_allow(desk: SqlRecord, other: Database) -> None:
    old = report(desk)
    use_profile(other, POOL, LATER)
    new = report(desk)
    files = {case_id: desk.case_file(case_id, ACCEPTOR, LATER) for case_id in (old, new)}
    rules = {case_id: demo_rules(name) for case_id, name in ((old, FIRST), (new, POOL))}
    assert rules[old].settings != rules[new].settings
    for case_id, file in files.items():
        assert file.settings == rules[case_id].settings
        assert file.conditions
        assert file.reply_limit is not None
