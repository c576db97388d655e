"""Addresses and divisions of many points at once, in the same words as the desk's own search."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from app.demo_city.cells import Cells
from app.demo_city.divisions import Divisions
from app.demo_city.ground import Ground, Points, Shapes, to_degrees
from workflow.address import address_phrase, house_name, offset
from workflow.case import Place

REACH = 80.0
"""Metres: how far a house number or a road may be and still name a place (as db.queries.places)."""
CROSSING_REACH = 200.0
"""Metres: how far the next road may be that says whereabouts on a road a place is."""
_STEP = 12.0
"""Metres between the points by which a road is found."""
NAMELESS_KINDS = frozenset({"rail", "ferry", "tunnel"})
"""Nobody stands beside these, so they name no place."""


@dataclass(frozen=True)
class Located:
    """Points with their degrees, cells, nearest roads and addresses; everything runs parallel."""

    degrees: Points
    cell: NDArray[np.int64]
    roads: Sequence[str]
    addresses: Sequence[str]


@dataclass(frozen=True)
class Places:
    """The city as something that points can be looked up in."""

    ground: Ground
    cells: Cells
    divisions: Divisions
    area_class: Sequence[int]

    def locate(self, points: Points, cell: NDArray[np.int64]) -> Located:
        """Name the points, given in metres with the index of their cell."""
        degrees = to_degrees(points)
        stretches = _nearest(self._stretch_index, points).tolist()
        houses = _nearest(self._house_index, points).tolist()
        roads, addresses = [], []
        for (lon, lat), stretch, house, where in zip(
            degrees.tolist(), stretches, houses, cell.tolist(), strict=True
        ):
            road, phrase = self._stretches[stretch] if stretch >= 0 else ("", "")
            if house >= 0:
                name, at_lon, at_lat = self._houses[house]
                phrase = address_phrase(name, offset(at_lon, at_lat, lon, lat))
            roads.append(road)
            addresses.append(phrase or self._grid_phrase(where))
        return Located(degrees, cell, roads, addresses)

    def place(self, located: Located, index: int) -> Place:
        """One of the located points as the record has it."""
        lon, lat = located.degrees[index].tolist()
        cell = int(located.cell[index])
        beat = self.divisions.beats[self.divisions.beat_of[cell]]
        community = beat.community
        district = self._districts[self.cells.districts[cell]]
        return Place(
            lon=lon,
            lat=lat,
            cell_code=self.divisions.codes[cell],
            beat_code=beat.code,
            community_code=community.code,
            community_name=community.name,
            street_code=community.street.code,
            street_name=community.street.name,
            district_code=self.cells.districts[cell],
            district_name=district,
            area_class=self.area_class[cell],
            road=located.roads[index],
            address=located.addresses[index],
        )

    def _grid_phrase(self, cell: int) -> str:
        community = self.divisions.beats[self.divisions.beat_of[cell]].community
        return f"{community.name} {self.divisions.codes[cell][-3:]} 号网格"

    @cached_property
    def _districts(self) -> dict[str, str]:
        return {district.code: district.name for district in self.divisions.districts}

    @cached_property
    def _road_points(self) -> tuple[Points, list[str], Shapes]:
        """Points along every named road, the road's name by point, and the roads."""
        layer = self.ground.roads
        kept = [
            i for i, r in enumerate(layer.rows) if r["name"] and r["kind"] not in NAMELESS_KINDS
        ]
        points, road = shapely.get_coordinates(
            shapely.segmentize(layer.shapes[kept], _STEP), return_index=True
        )
        return points, [layer.rows[kept[i]]["name"] for i in road], layer.shapes[kept]

    @cached_property
    def _stretch_index(self) -> shapely.STRtree:
        return shapely.STRtree(shapely.points(self._road_points[0]))

    @cached_property
    def _stretches(self) -> list[tuple[str, str]]:
        """Road and phrase by road point: the road and the next other one, if one is near."""
        points, names, _ = self._road_points
        here, other = self._stretch_index.query(
            shapely.points(points), predicate="dwithin", distance=CROSSING_REACH
        )
        distance = np.hypot(*(points[here] - points[other]).T)
        order = np.lexsort((other, distance, here))
        crossing: dict[int, str] = {}
        for i, j in zip(here[order].tolist(), other[order].tolist(), strict=True):
            if i not in crossing and names[j] != names[i]:
                crossing[i] = names[j]
        return [
            (name, f"{name}近{crossing[i]}" if i in crossing else f"{name}附近")
            for i, name in enumerate(names)
        ]

    @cached_property
    def _house_rows(self) -> list[int]:
        rows = self.ground.house_numbers.rows
        return [i for i, row in enumerate(rows) if row["road"] and row["number"]]

    @cached_property
    def _houses(self) -> list[tuple[str, float, float]]:
        layer = self.ground.house_numbers
        where = shapely.get_coordinates(layer.stored[self._house_rows]).tolist()
        names = [
            house_name(layer.rows[i]["road"], layer.rows[i]["number"]) for i in self._house_rows
        ]
        return [(name, lon, lat) for name, (lon, lat) in zip(names, where, strict=True)]

    @cached_property
    def _house_index(self) -> shapely.STRtree:
        return shapely.STRtree(self.ground.house_numbers.shapes[self._house_rows])


def classify_areas(cells: Cells, roads: Shapes) -> list[int]:
    """Management class of each cell: 1 (一级) where a major road runs through it, else 2."""
    classes = np.full(len(cells.shapes), 2)
    classes[shapely.STRtree(cells.shapes).query(roads, predicate="intersects")[1]] = 1
    found: list[int] = classes.tolist()
    return found


def _nearest(index: shapely.STRtree, points: Points) -> NDArray[np.int64]:
    """Index of the nearest shape within reach of every point, -1 where there is none."""
    found = np.full(len(points), -1, dtype=np.int64)
    which, shape = index.query_nearest(
        shapely.points(points), max_distance=REACH, all_matches=False
    )
    found[which] = shape
    return found
