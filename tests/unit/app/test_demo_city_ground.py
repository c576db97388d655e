"""The ground of the demo city: cells without gaps or overlaps, divisions with real codes."""

from itertools import pairwise

import numpy as np
import pytest
import shapely

from app.demo_city.cells import SMALLEST
from app.demo_city.city import City
from app.demo_city.divisions import territory
from app.demo_city.ground import read_ground, stored_shapes
from app.demo_city.partition import connected_parts
from tests.helpers.demo_city import small_city
from workflow.codes import UnitCellCode

MISSING_TILE = shapely.box(121.4978027, 31.2362886, 121.5032959, 31.2409854)


@pytest.fixture(scope="module")
def city() -> City:
    return small_city()


def test_cells_share_every_corner_of_their_borders_and_overlap_nowhere(city: City) -> None:
    stored = stored_shapes(city.cells.shapes)
    assert shapely.is_valid(stored).all()
    assert shapely.coverage_is_valid(stored)


def test_cells_cover_the_districts_and_nothing_else(city: City) -> None:
    covered = shapely.union_all(stored_shapes(city.cells.shapes))
    wanted = shapely.union_all(city.ground.districts.stored)
    assert covered.symmetric_difference(wanted).area / wanted.area < 1e-5


def test_neighbours_are_neighbours_of_each_other(city: City) -> None:
    for cell, near in enumerate(city.cells.neighbours):
        assert cell not in near
        assert all(city.cells.neighbours[other][cell] == near[other] for other in near)


def test_the_missing_tile_is_left_out(city: City) -> None:
    covered = shapely.union_all(stored_shapes(city.cells.shapes))
    assert covered.intersection(MISSING_TILE).area < 1e-12


def test_a_cell_has_about_ten_thousand_square_metres(city: City) -> None:
    areas = shapely.area(city.cells.shapes)
    assert areas.min() >= SMALLEST
    assert areas.max() < 2 * 10_000
    assert np.isclose(areas, 10_000, atol=1).mean() > 0.75


def test_no_cell_lies_in_two_districts(city: City) -> None:
    districts = dict(
        zip(city.ground.districts.column("code"), city.ground.districts.shapes, strict=True)
    )
    for shape, code in zip(city.cells.shapes, city.cells.districts, strict=True):
        assert shape.difference(districts[code].buffer(0.1)).area < 1.0


def test_beats_are_connected_have_ten_to_25_cells_and_stay_in_one_community(city: City) -> None:
    for beat in city.divisions.beats:
        assert 10 <= len(beat.cells) <= 25
        assert len(connected_parts(beat.cells, city.cells.neighbours)) == 1
        assert set(beat.cells) <= set(beat.community.cells)


def test_every_cell_is_in_exactly_one_beat_and_one_community(city: City) -> None:
    every = list(range(len(city.cells.shapes)))
    assert sorted(c for beat in city.divisions.beats for c in beat.cells) == every
    assert sorted(c for one in city.divisions.communities for c in one.cells) == every


def test_streets_are_connected(city: City) -> None:
    for street in city.divisions.streets:
        members = [i for c in city.divisions.communities if c.street == street for i in c.cells]
        assert len(connected_parts(members, city.cells.neighbours)) == 1


def test_communities_have_real_codes_and_names_of_their_street(city: City) -> None:
    real = {division.code: division for division in read_ground().divisions}
    for community in city.divisions.communities:
        assert real[community.code].name == community.name
        assert community.code.startswith(community.street.code)
        assert {city.cells.districts[i] for i in community.cells} == {community.code[:6]}


def test_cell_codes_count_from_the_north_and_from_west_to_east(city: City) -> None:
    divisions = city.divisions
    assert len(set(divisions.codes)) == len(divisions.codes)
    for community in divisions.communities:
        codes = [UnitCellCode(divisions.codes[i]) for i in community.cells]
        assert [code.sequence for code in codes] == list(range(1, len(codes) + 1))
        assert {code.community_code.text for code in codes} == {community.code}
        for before, after in pairwise(city.cells.centres[list(community.cells)]):
            same_row = before[1] // 100 == after[1] // 100
            assert (before[0] < after[0]) if same_row else (before[1] > after[1])


def test_old_codes_are_the_same_cells_in_fourteen_digits(city: City) -> None:
    for new, old in zip(city.divisions.codes, city.divisions.old_codes, strict=True):
        assert old is not None
        assert UnitCellCode(old).sequence == UnitCellCode(new).sequence


def test_a_territory_keeps_the_corners_of_its_cells(city: City) -> None:
    beat = city.divisions.beats[0]
    union = territory(city.cells, beat.cells)
    inside = shapely.union_all(city.cells.shapes[list(beat.cells)])
    assert union.area == pytest.approx(inside.area)
    assert union.symmetric_difference(inside).area < 1e-3
