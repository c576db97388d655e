"""Roads as straight runs, and points set along them at an even spacing and an offset.

Traffic keeps to the right: a one-way carriageway has its kerb on the right, any other road on both
sides. Half widths are typical ones for the kind of road; the source has none.
"""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry

from app.demo_city.ground import Layer, Points, Shapes

HALF_WIDTH = {
    "trunk": 9.0,
    "primary": 8.0,
    "secondary": 6.5,
    "tertiary": 5.5,
    "primary_link": 4.0,
    "secondary_link": 4.0,
    "tertiary_link": 4.0,
    "residential": 4.0,
    "unclassified": 4.0,
    "living_street": 3.0,
    "service": 2.8,
}
"""Metres from the middle line to the kerb; a road of any other kind is a path."""
PATH_HALF_WIDTH = 1.5
GROUPS = {
    "A": frozenset({"primary", "secondary", "primary_link", "secondary_link"}),
    "B": frozenset({"tertiary", "tertiary_link", "residential", "unclassified", "living_street"}),
    "C": frozenset({"service"}),
    "P": frozenset({"footway", "pedestrian", "path", "cycleway"}),
}
"""Roads that component classes are set along, by the letter that the mix gives them."""
ELEVATED = "高架"
BRIDGE = "桥"


@dataclass(frozen=True)
class Runs:
    """Straight pieces of roads, each with a side to set things on.

    Attributes:
        start, end: in metres.
        side: unit vector from the middle line to the kerb.
        half_width: metres.
        group: letter of `GROUPS`.
        on_bridge: nothing there stands in the water.
    """

    start: Points
    end: Points
    side: Points
    half_width: NDArray[np.float64]
    group: NDArray[np.str_]
    on_bridge: NDArray[np.bool_]

    def along(
        self, groups: str, spacing: float, rng: np.random.Generator
    ) -> tuple[NDArray[np.int64], Points]:
        """Run and middle-line position of points this far apart, on average, on these groups."""
        chosen = np.flatnonzero(np.isin(self.group, list(groups)))
        length = np.hypot(*(self.end[chosen] - self.start[chosen]).T)
        reach = np.cumsum(length)
        count = int(reach[-1] / spacing)
        shift = rng.uniform(0.3, 0.7, count)
        where = (np.arange(count) + shift) * (reach[-1] / max(count, 1))
        index = np.searchsorted(reach, where, side="right").clip(max=len(chosen) - 1)
        run = chosen[index]
        share = 1 - (reach[index] - where) / length[index]
        points = self.start[run] + (self.end[run] - self.start[run]) * share[:, None]
        return run, points


def lay_runs(roads: Layer, area: Geometry) -> Runs:
    """Every run on the ground inside the area: no tunnels, no elevated roads, no rails."""
    letter = {detail: group for group, details in GROUPS.items() for detail in details}
    parts: list[tuple[Points, str, str, bool]] = []
    for row, shape in zip(roads.rows, shapely.intersection(roads.shapes, area), strict=True):
        detail = row["kind_detail"]
        if row["kind"] == "tunnel" or detail not in letter or ELEVATED in row["name"]:
            continue
        for line in shapely.get_parts(shape):
            if isinstance(line, shapely.LineString):
                corners = shapely.get_coordinates(line)
                parts.append((corners, detail, row["name"], row["oneway"] == "1"))
    start = np.concatenate([p[0][:-1] for p in parts])
    end = np.concatenate([p[0][1:] for p in parts])
    sizes = [len(p[0]) - 1 for p in parts]
    group = np.repeat([letter[p[1]] for p in parts], sizes)
    half_width = np.repeat([HALF_WIDTH.get(p[1], PATH_HALF_WIDTH) for p in parts], sizes)
    on_bridge = np.repeat([p[2].endswith(BRIDGE) for p in parts], sizes)
    both = np.flatnonzero(~np.repeat([p[3] for p in parts], sizes))
    ahead = (end - start) / np.hypot(*(end - start).T)[:, None]
    right = np.column_stack([ahead[:, 1], -ahead[:, 0]])
    return Runs(
        # First every right side road by road, then the left ones: along one side of a road the
        # spacing is even.
        start=np.concatenate([start, start[both]]),
        end=np.concatenate([end, end[both]]),
        side=np.concatenate([right, -right[both]]),
        half_width=np.concatenate([half_width, half_width[both]]),
        group=np.concatenate([group, group[both]]),
        on_bridge=np.concatenate([on_bridge, on_bridge[both]]),
    )


def carriageways(roads: Layer) -> Shapes:
    """What vehicles drive on, in metres: nothing stands there."""
    wide = [HALF_WIDTH.get(row["kind_detail"], 0.0) for row in roads.rows]
    real = [
        width > 0 and row["kind"] != "tunnel" and ELEVATED not in row["name"]
        for width, row in zip(wide, roads.rows, strict=True)
    ]
    lines = roads.shapes[np.array(real)]
    widths = np.array(wide)[np.array(real)] - 0.3
    return np.asarray(shapely.buffer(lines, widths, cap_style="flat"), dtype=object)
