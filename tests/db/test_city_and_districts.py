"""City and districts in the demo city: the variants are put in force and walked by real seats."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.demo_city.build import build
from app.tour.subject import find_subject
from db.engine import open_database
from db.profiles import use_profile
from db.record import open_record
from db.verify import verify
from resources import profile
from tests.helpers.city_hands import CityHands
from tests.helpers.demo_city import FRIDAY_MORNING
from workflow.ids import CaseId
from workflow.posts import Post
from workflow.states import State

GARBAGE = "0110"
TWO_LEVEL, TWO_LOOPS = "+two_level_command", "+two_loops"
END = ("sign", "feedback", "passFeedback", "sendCheck", "replyCheck:done", "close")
BASES = [name for name in profile.profiles() if "+" not in name]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small demo city; copy it, do not write it."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    build(path, components=900, cases=40, now=FRIDAY_MORNING)
    return path


@pytest.fixture
def where(built: Path, tmp_path: Path) -> Path:
    """A demo city of the test's own."""
    return Path(shutil.copyfile(built, tmp_path / "demo.db"))


@pytest.fixture
def hands(where: Path, tmp_path: Path) -> Iterator[CityHands]:
    """Its people, at a desk that was open before any profile was put in force."""
    with open_record(where, tmp_path / "photos") as record:
        yield CityHands(record, FRIDAY_MORNING)


def put_in_force(where: Path, name: str) -> None:
    with closing(open_database(where)) as database:
        use_profile(database, name, FRIDAY_MORNING)


def reported(hands: CityHands, where: Path) -> CaseId:
    lamp = find_subject(where)
    return hands.report(lamp.lon, lamp.lat, GARBAGE)


def start(hands: CityHands, case_id: CaseId) -> list[str]:
    """The steps up to filing, as the case's profile has them."""
    pool = hands.case(case_id).profile.startswith("acceptor_pool")
    return ["file"] if pool else ["accept", "file"]


@pytest.mark.parametrize("base", BASES)
def test_a_case_goes_from_the_city_over_a_district_to_a_town_and_is_closed_by_the_city(
    hands: CityHands, where: Path, base: str
) -> None:
    put_in_force(where, base + TWO_LEVEL)
    case_id = reported(hands, where)
    assert hands.case(case_id).profile == base + TWO_LEVEL
    hands.to(case_id, *start(hands, case_id), "dispatch:district")
    levels = [hands.do(case_id, step) for step in ("districtDispatch:town", "townDispatch")]
    assert [seat.post for seat in levels] == [Post.DISTRICT_DISPATCHER, Post.TOWN_DISPATCHER]
    place = hands.case(case_id).place
    assert levels[0].district_code == place.district_code
    assert levels[1].department_name.startswith(place.street_name)
    closers = hands.to(case_id, *END)
    assert closers[-1] in (Post.ACCEPTOR, Post.SHIFT_LEADER)
    assert hands.case(case_id).state is State.CLOSED


@pytest.mark.parametrize("base", BASES)
def test_a_case_runs_in_its_districts_own_loop_and_the_city_only_watches(
    hands: CityHands, where: Path, base: str
) -> None:
    put_in_force(where, base + TWO_LOOPS)
    case_id = reported(hands, where)
    assert hands.do(case_id, "handDown").post is Post.ACCEPTOR
    steps = (*start(hands, case_id), "dispatch", *END)
    took = [hands.do(case_id, step) for step in steps]
    own = hands.case(case_id).place.district_code
    loop = [seat for seat in took if seat.district_code]
    assert {seat.district_code for seat in loop} == {own}
    assert {seat.post for seat in took} - {seat.post for seat in loop} <= {
        *(Post.DEPARTMENT, Post.COLLECTOR, Post.INSPECTOR),
    }
    assert took[-1].post in (Post.DISTRICT_ACCEPTOR, Post.DISTRICT_SHIFT_LEADER)
    assert hands.case(case_id).state is State.CLOSED


def test_each_level_finds_the_case_in_its_own_box_and_nobody_else_can_dispatch_it(
    hands: CityHands, where: Path
) -> None:
    put_in_force(where, profile.DEFAULT_PROFILE + TWO_LEVEL)
    case_id = reported(hands, where)
    hands.to(case_id, "accept", "file", "dispatch:district")
    own = hands.case(case_id).place.district_code
    dispatchers = [seat for seat in hands.seats if seat.post is Post.DISTRICT_DISPATCHER]
    assert len({seat.district_code for seat in dispatchers}) > 1
    for seat in dispatchers:
        shown = "待区级派遣" in hands.boxes_with(case_id, seat)
        assert shown == (seat.district_code == own)
    assert {seat.district_code for seat in hands.open_to(case_id, "districtDispatch")} == {own}
    dispatcher = next(seat for seat in hands.seats if seat.post is Post.DISPATCHER)
    assert "区级待派" in hands.boxes_with(case_id, dispatcher)
    hands.do(case_id, "districtDispatch:town")
    towns = [seat for seat in hands.seats if seat.post is Post.TOWN_DISPATCHER]
    having = [seat for seat in towns if "待镇街派遣" in hands.boxes_with(case_id, seat)]
    assert len(having) == 1
    assert hands.open_to(case_id, "townDispatch") == having


def test_a_town_returns_to_its_district_and_the_district_to_the_city(
    hands: CityHands, where: Path
) -> None:
    put_in_force(where, profile.DEFAULT_PROFILE + TWO_LEVEL)
    case_id = reported(hands, where)
    hands.to(case_id, "accept", "file", "dispatch:district", "districtDispatch:town")
    back = hands.to(case_id, "townReturn", "districtReturn", "returnAudit:agreed")
    assert back == [Post.TOWN_DISPATCHER, Post.DISTRICT_DISPATCHER, Post.DISPATCHER]
    assert hands.case(case_id).state is State.PENDING_DISPATCH


def test_a_district_reports_a_case_up_that_is_the_citys(hands: CityHands, where: Path) -> None:
    put_in_force(where, profile.DEFAULT_PROFILE + TWO_LOOPS)
    case_id = reported(hands, where)
    hands.to(case_id, "handDown")
    own = hands.case(case_id).place.district_code
    acceptors = hands.open_to(case_id, "accept")
    assert {(seat.post, seat.district_code) for seat in acceptors} == {
        (Post.DISTRICT_ACCEPTOR, own)
    }
    assert hands.to(case_id, "handUp") == [Post.DISTRICT_ACCEPTOR]
    assert {seat.post for seat in hands.open_to(case_id, "accept")} == {Post.ACCEPTOR}


def test_cases_of_three_profiles_end_side_by_side_and_the_record_proves_itself(
    hands: CityHands, where: Path
) -> None:
    plain = reported(hands, where)
    put_in_force(where, profile.DEFAULT_PROFILE + TWO_LEVEL)
    nested = reported(hands, where)
    put_in_force(where, "acceptor_pool" + TWO_LOOPS)
    looped = reported(hands, where)
    hands.to(looped, "handDown", "file", "dispatch", *END)
    hands.to(nested, "accept", "file", "dispatch:district", "districtDispatch", *END)
    hands.to(plain, "accept", "file", "dispatch", *END)
    assert {hands.case(one).state for one in (plain, nested, looped)} == {State.CLOSED}
    with closing(open_database(where)) as database:
        assert verify(database).first == ()
