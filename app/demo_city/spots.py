"""Where components stand: along kerbs and lanes, at crossings and corners, in lawns, on banks.

Every function answers points in metres; which of them are possible (no building, no water, no
carriageway) is decided where components are put together.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry

from app.demo_city.ground import Ground, Points, Shapes
from app.demo_city.kerbs import GROUPS, Runs, carriageways, lay_runs

_NEAR = 25.0
"""Metres: corners and signals nearer than this are of one crossing."""
_BANK_STEP = 2.0
"""Metres between the points of which a bank is made."""


@dataclass(frozen=True)
class Spots:
    """The ground as places to put things; geometries are prepared once and used by every class."""

    ground: Ground
    area: Geometry

    @cached_property
    def runs(self) -> Runs:
        """The roads as straight runs."""
        return lay_runs(self.ground.roads, self.area)

    @cached_property
    def buildings(self) -> shapely.STRtree:
        """Index of the buildings."""
        return shapely.STRtree(self._areas("building"))

    @cached_property
    def waters(self) -> shapely.STRtree:
        """Index of the waters."""
        return shapely.STRtree(self._areas("water"))

    @cached_property
    def carriageways(self) -> shapely.STRtree:
        """Index of the carriageways."""
        return shapely.STRtree(carriageways(self.ground.roads))

    @cached_property
    def crossings(self) -> Points:
        """One point for every crossing with signals."""
        return _thinned(self._pois("traffic_signals"))

    @cached_property
    def corners(self) -> Points:
        """One point for every place where two named roads meet."""
        streets = GROUPS["A"] | GROUPS["B"]
        roads = self.ground.roads
        kept = [i for i, r in enumerate(roads.rows) if r["kind_detail"] in streets and r["name"]]
        shapes = roads.shapes[kept]
        first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
        names = np.array([roads.rows[i]["name"] for i in kept])
        meet = (first < second) & (names[first] != names[second])
        met = shapely.intersection(shapes[first[meet]], shapes[second[meet]])
        return _thinned(shapely.get_coordinates(shapely.centroid(met[~shapely.is_empty(met)])))

    def kerb(
        self, groups: str, spacing: float, offset: float, rng: np.random.Generator
    ) -> tuple[Points, NDArray[np.bool_]]:
        """Points this far outside the kerb, and which of them are on a bridge."""
        run, points = self.runs.along(groups, spacing, rng)
        away = self.runs.half_width[run] + offset + rng.uniform(-0.15, 0.15, len(run))
        return points + self.runs.side[run] * away[:, None], self.runs.on_bridge[run]

    def lane(
        self, groups: str, spacing: float, share: float, rng: np.random.Generator
    ) -> tuple[Points, NDArray[np.bool_]]:
        """Points in the carriageway, at this share of the way from its middle to the kerb."""
        run, points = self.runs.along(groups, spacing, rng)
        away = self.runs.half_width[run] * share * rng.uniform(0.85, 1.0, len(run))
        return points + self.runs.side[run] * away[:, None], self.runs.on_bridge[run]

    def ring(self, centres: Points, count: int, offset: float, rng: np.random.Generator) -> Points:
        """`count` points around each centre, pushed out until they leave the carriageway."""
        turn = rng.uniform(0, 0.3, len(centres))[:, None] + np.pi / 4
        angle = (turn + np.arange(count) * (2 * np.pi / count)).ravel()
        ahead = np.column_stack([np.cos(angle), np.sin(angle)])
        middle = np.repeat(centres, count, axis=0)
        found, open_ = middle + ahead * 6.0, np.ones(len(middle), dtype=bool)
        for reach in np.arange(6.0, 26.0, 1.0):
            found[open_] = (middle + ahead * (reach + offset))[open_]
            open_[open_] = _hits(self.carriageways, found[open_])
        return found[~open_]

    def lawn(self, spacing: float, offset: float, rng: np.random.Generator) -> Points:
        """Points along the inside of green areas, this far from their edge."""
        inner = shapely.buffer(self._areas("green"), -offset)
        return self._scattered(shapely.boundary(inner), spacing, rng, spread=offset)

    def bank(self, spacing: float, offset: float, rng: np.random.Generator) -> Points:
        """Points along the water, this far inland; not along the edges of the map."""
        shores = shapely.boundary(shapely.buffer(shapely.union_all(self._areas("water")), offset))
        inside = shapely.intersection(shores, shapely.buffer(self.area, -15.0))
        return self._scattered(np.array([inside]), spacing, rng, spread=0.2)

    def poi(self, kind: str) -> Points:
        """The real places of a kind."""
        return self._pois(kind)

    def hits_building(self, points: Points) -> NDArray[np.bool_]:
        """Which points lie in a building."""
        return _hits(self.buildings, points)

    def hits_water(self, points: Points) -> NDArray[np.bool_]:
        """Which points lie in the water."""
        return _hits(self.waters, points)

    def hits_carriageway(self, points: Points) -> NDArray[np.bool_]:
        """Which points lie where vehicles drive."""
        return _hits(self.carriageways, points)

    def _scattered(
        self, lines: Shapes, spacing: float, rng: np.random.Generator, spread: float
    ) -> Points:
        corners, line = shapely.get_coordinates(
            shapely.segmentize(shapely.get_parts(lines), _BANK_STEP), return_index=True
        )
        same = line[1:] == line[:-1]
        start, end = corners[:-1][same], corners[1:][same]
        reach = np.cumsum(np.hypot(*(end - start).T))
        count = int(reach[-1] / spacing)
        where = (np.arange(count) + rng.uniform(0.2, 0.8, count)) * (reach[-1] / max(count, 1))
        index = np.searchsorted(reach, where).clip(max=len(start) - 1)
        share = rng.uniform(0, 1, count)[:, None]
        points: Points = start[index] + (end[index] - start[index]) * share
        points += rng.uniform(-spread, spread, points.shape) * 0.7
        return points

    def _areas(self, kind: str) -> Shapes:
        kinds = np.array(self.ground.areas.column("kind"))
        shapes: Shapes = self.ground.areas.shapes[kinds == kind]
        return shapes

    def _pois(self, kind: str) -> Points:
        kinds = np.array(self.ground.pois.column("kind"))
        points: Points = shapely.get_coordinates(self.ground.pois.shapes[kinds == kind])
        return points


def _hits(tree: shapely.STRtree, points: Points) -> NDArray[np.bool_]:
    hit = np.zeros(len(points), dtype=bool)
    hit[tree.query(shapely.points(points), predicate="intersects")[0]] = True
    return hit


def _thinned(points: Points) -> Points:
    """The points without those that stand near an earlier one."""
    kept: list[NDArray[np.float64]] = []
    for point in points:
        if all(np.hypot(*(point - other)) > _NEAR for other in kept):
            kept.append(point)
    return np.array(kept)
