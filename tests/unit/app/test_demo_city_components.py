"""Components along the streets: where they stand, and what they are called."""

from collections import Counter

import numpy as np
import pytest
import shapely

from app.demo_city.city import City, make_city
from app.demo_city.ground import read_table
from app.demo_city.spots import Spots
from tests.helpers.demo_city import FEW_COMPONENTS, SEED, small_city
from workflow.codes import ComponentCode

BESIDE_THE_TRAFFIC = {"kerb", "path", "lawn", "bank", "corner", "crossing"}


@pytest.fixture(scope="module")
def city() -> City:
    return small_city()


@pytest.fixture(scope="module")
def spots(city: City) -> Spots:
    return Spots(city.ground, shapely.union_all(city.cells.shapes))


def test_there_are_as_many_components_as_asked_for(city: City) -> None:
    assert len(city.components) == FEW_COMPONENTS == len(city.codes)


def test_codes_are_valid_unique_and_numbered_within_district_and_class(city: City) -> None:
    assert len(set(city.codes)) == len(city.codes)
    groups: dict[tuple[str, str], list[int]] = {}
    for text, row, cell in zip(city.codes, city.components.row, city.components.cell, strict=True):
        code = ComponentCode(text)
        assert code.class_code == city.components.mix[row].class_code
        assert text[:6] == city.cells.districts[cell]
        groups.setdefault((text[:6], code.class_code), []).append(code.sequence)
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in groups.values())


def test_every_component_lies_in_its_cell(city: City) -> None:
    points = shapely.points(city.components.points)
    assert shapely.intersects(city.cells.shapes[city.components.cell], points).all()


def test_nothing_stands_in_a_building_or_a_carriageway(city: City, spots: Spots) -> None:
    places = np.array([city.components.mix[row].place for row in city.components.row])
    standing = city.components.points[np.isin(places, list(BESIDE_THE_TRAFFIC))]
    assert not spots.hits_building(standing).any()
    assert not spots.hits_carriageway(standing).any()


def test_only_bridges_carry_components_over_the_water(city: City, spots: Spots) -> None:
    wet = spots.hits_water(city.components.points)
    assert wet.mean() < 0.01


def test_every_class_has_a_name_in_its_edition(city: City) -> None:
    for row in city.components.mix:
        edition, name = city.class_names[row.class_code]
        assert edition
        assert name


def test_trees_are_more_common_than_lamps_and_lamps_than_notice_boards(city: City) -> None:
    counts = Counter(city.components.mix[row].class_code for row in city.components.row)
    assert counts["0402"] > counts["0137"] > counts["0308"] > 0


def test_every_kind_of_department_in_the_mix_exists(city: City) -> None:
    kinds = {row["kind"] for row in read_table("departments")}
    used = {k for row in city.components.mix for k in (row.authority, row.owner, row.maintainer)}
    used |= {row["department"] for row in read_table("case_mix") if row["department"]}
    assert used <= kinds


def test_addresses_are_phrases_of_a_house_number_or_a_road(city: City) -> None:
    addresses = city.located.addresses
    assert sum("号" in a or "近" in a for a in addresses) / len(addresses) > 0.9


def test_the_same_seed_makes_the_same_city_and_another_one_another(city: City) -> None:
    again, other = make_city(FEW_COMPONENTS, SEED), make_city(FEW_COMPONENTS, SEED + 1)
    assert (again.located.degrees == city.located.degrees).all()
    assert again.codes == city.codes
    assert [s.person_name for s in again.organisation.seats] == [
        s.person_name for s in city.organisation.seats
    ]
    assert other.codes != city.codes
