"""The address phrase: landmark, direction and distance, as operators write it."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.address import METRES_PER_DEGREE, Offset, address_phrase, house_name, offset

LON, LAT = 121.49, 31.23
LANDMARK = "中山东一路 12 号"


def seen(degrees: float, metres: float = 20.0) -> Offset:
    """A point so many degrees counter-clockwise from the east."""
    angle = math.radians(degrees)
    return Offset(metres * math.cos(angle), metres * math.sin(angle))


@pytest.mark.parametrize(
    ("degrees", "direction"),
    [
        (0, "东"),
        (45, "东北"),
        (90, "北"),
        (135, "西北"),
        (180, "西"),
        (225, "西南"),
        (270, "南"),
        (315, "东南"),
    ],
)
def test_each_of_the_eight_directions_reaches_half_way_to_its_neighbours(
    degrees: float, direction: str
) -> None:
    for by in (-22.4, 0.0, 22.4):
        assert seen(degrees + by).direction == direction
    assert seen(degrees + 22.6).direction != direction
    assert seen(degrees - 22.6).direction != direction


def test_at_the_door_there_is_neither_direction_nor_distance() -> None:
    assert address_phrase(LANDMARK, Offset(0.0, 0.0)) == LANDMARK
    assert address_phrase(LANDMARK, seen(30, 4.99)) == LANDMARK


def test_from_five_metres_on_the_phrase_says_where_and_how_far() -> None:
    assert address_phrase(LANDMARK, seen(0, 5.0)) == "中山东一路 12 号 东 5 米"
    assert address_phrase(LANDMARK, seen(225, 62.4)) == "中山东一路 12 号 西南 62 米"


@pytest.mark.parametrize(
    ("road", "number", "name"),
    [
        ("中山东一路", "12", "中山东一路 12 号"),
        ("中山东一路", "12号", "中山东一路 12号"),
        ("中山东一路", " 12弄3号 ", "中山东一路 12弄3号"),
        ("中山东一路", "12-1", "中山东一路 12-1 号"),
        ("", "12", "12 号"),
    ],
)
def test_a_house_is_called_by_its_road_and_number_once(road: str, number: str, name: str) -> None:
    assert house_name(road, number) == name


def test_a_degree_of_longitude_is_shorter_than_one_of_latitude() -> None:
    east = offset(LON, LAT, LON + 0.001, LAT)
    north = offset(LON, LAT, LON, LAT + 0.001)
    assert north.metres == pytest.approx(0.001 * METRES_PER_DEGREE)
    assert east.metres == pytest.approx(north.metres * math.cos(math.radians(LAT)))
    assert (east.direction, north.direction) == ("东", "北")


@given(
    st.floats(-0.002, 0.002),
    st.floats(-0.002, 0.002),
)
def test_the_way_back_is_as_long_and_points_the_other_way(east: float, north: float) -> None:
    there = offset(LON, LAT, LON + east, LAT + north)
    back = offset(LON + east, LAT + north, LON, LAT)
    assert back.metres == pytest.approx(there.metres, abs=1e-6)
    assert back.east == pytest.approx(-there.east, abs=1e-6)
    assert back.north == pytest.approx(-there.north, abs=1e-6)


@pytest.mark.parametrize(("lat", "east_metres"), [(18.2, 105.8), (31.2, 95.2), (53.5, 66.2)])
def test_distances_are_right_from_the_south_of_china_to_its_north(
    lat: float, east_metres: float
) -> None:
    """A thousandth of a degree of longitude at Sanya, Shanghai and Mohe, within half a percent."""
    assert offset(LON, lat, LON + 0.001, lat).metres == pytest.approx(east_metres, rel=0.005)
