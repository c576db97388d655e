"""The whole demo city without its cases: ground, cells, divisions, people, components."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from app.demo_city.cells import Cells, cut_cells
from app.demo_city.components import Components, cell_of, place_components
from app.demo_city.divisions import Divisions, divide
from app.demo_city.ground import Ground, Points, read_ground, to_degrees
from app.demo_city.organisation import Organisation, staff
from app.demo_city.places import Located, Places, classify_areas
from app.demo_city.spots import Spots
from resources import rulebook
from workflow.case import Place

_BESIDE = 1.5
"""Metres: how far from a component an event is put, at most."""


@dataclass(frozen=True)
class City:
    """Everything that cases happen in; what concerns components runs parallel to them."""

    ground: Ground
    cells: Cells
    divisions: Divisions
    organisation: Organisation
    places: Places
    components: Components
    located: Located
    codes: tuple[str, ...]
    beside: Points

    def place_of(self, component: int) -> Place:
        """Where a component stands."""
        return self.places.place(self.located, component)

    def place_beside(self, component: int) -> Place:
        """A place for an event: the component's address, a step aside."""
        return self.places.place(self._located_beside, component)

    def street_of(self, component: int) -> tuple[str, str]:
        """Codes of the district and the street that a component stands in."""
        cell = int(self.components.cell[component])
        street = self.divisions.beats[self.divisions.beat_of[cell]].community.street
        return self.cells.districts[cell], street.code

    @cached_property
    def beats(self) -> NDArray[np.int64]:
        """Index of the beat of every component."""
        found: NDArray[np.int64] = np.array(self.divisions.beat_of)[self.components.cell]
        return found

    @cached_property
    def class_names(self) -> dict[str, tuple[str, str]]:
        """Edition and name of every class in the mix.

        The list that the filing conditions belong to comes first; a class that it leaves out has
        the name of GB/T 30428.2-2013, and no filing condition.
        """
        found: dict[str, tuple[str, str]] = {}
        for edition in (rulebook.GBT_30428_2_2013, rulebook.DEMO_EDITION):
            for row in rulebook.class_rows():
                if row.edition == edition and row.kind == "component" and row.small_name:
                    found[row.big_code + row.small_code] = edition, row.small_name
        return found

    @cached_property
    def _located_beside(self) -> Located:
        return Located(self.beside, self.located.cell, self.located.roads, self.located.addresses)


def make_city(components: int, seed: int) -> City:
    """The city with about so many components; the same seed makes the same city."""
    rng = np.random.default_rng(seed)
    ground = read_ground()
    cells = cut_cells(ground.districts)
    divisions = divide(ground, cells)
    major = np.array([row["kind"] == "major_road" for row in ground.roads.rows])
    places = Places(ground, cells, divisions, classify_areas(cells, ground.roads.shapes[major]))
    spots = Spots(ground, shapely.union_all(cells.shapes))
    organisation = staff(divisions, rng)
    placed = place_components(spots, cells, components, rng)
    return City(
        ground=ground,
        cells=cells,
        divisions=divisions,
        organisation=organisation,
        places=places,
        components=placed,
        located=places.locate(placed.points, placed.cell),
        codes=tuple(_codes(placed, cells)),
        beside=to_degrees(_step_aside(placed, cells, rng)),
    )


def _codes(components: Components, cells: Cells) -> list[str]:
    """16 digits (GB/T 30428.2): numbered within district and class, in the order of setting."""
    districts = sorted(set(cells.districts))
    district = np.array([districts.index(code) for code in cells.districts])[components.cell]
    group = district * len(components.mix) + components.row
    order = np.argsort(group, kind="stable")
    starts = np.flatnonzero(np.diff(group[order], prepend=-1))
    sequence = np.empty(len(group), dtype=np.int64)
    sizes = np.diff(np.append(starts, len(group)))
    sequence[order] = np.arange(len(group)) - np.repeat(starts, sizes) + 1
    heads = [f"{code}{row.class_code}" for code in districts for row in components.mix]
    return [
        f"{heads[g]}{number:06}"
        for g, number in zip(group.tolist(), sequence.tolist(), strict=True)
    ]


def _step_aside(components: Components, cells: Cells, rng: np.random.Generator) -> Points:
    """A point near every component and in the same cell."""
    beside = components.points + rng.uniform(-_BESIDE, _BESIDE, components.points.shape)
    elsewhere = cell_of(beside, cells) != components.cell
    beside[elsewhere] = components.points[elsewhere]
    return beside
