"""Unit cells (万米单元网格): a lattice of 100 m cut to the districts, without gaps or overlaps.

The lattice and the district borders are noded into one planar graph, whose faces are the cells.
So two neighbours have every corner of their common border in common, and still have after rounding
to stored degrees. Slivers along the borders join the neighbour with which they share most.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from shapely import Geometry, Polygon

from app.demo_city.ground import Layer, Points, Shapes, to_metres

SIDE = 100.0
"""Metres: a cell has about 10,000 square metres."""
SMALLEST = 4_000.0
"""Square metres: what is smaller joins a neighbour."""
_GRID = 0.001
"""Metres: corners nearer than this are one corner."""
_DENSE = 0.0005
"""Degrees between corners along a border, so that it is the same line in both projections."""

Edge = frozenset[tuple[float, float]]


@dataclass(frozen=True)
class Cells:
    """The cells in a fixed order (north to south, then west to east).

    Attributes:
        shapes: polygons in metres.
        districts: code of the district of each.
        neighbours: for each cell, the common border with others in metres.
    """

    shapes: Shapes
    districts: tuple[str, ...]
    neighbours: tuple[Mapping[int, float], ...]

    @property
    def centres(self) -> Points:
        """Centroids in metres."""
        centres: Points = shapely.get_coordinates(shapely.centroid(self.shapes))
        return centres


def cut_cells(districts: Layer) -> Cells:
    """Lay the lattice over the districts and cut it."""
    faces, codes = _faces(districts)
    shapes, codes = _without_slivers(faces, codes)
    centres = shapely.get_coordinates(shapely.centroid(shapes))
    row = np.floor(centres[:, 1] / SIDE)
    order = np.lexsort((centres[:, 0], -row))
    shapes = shapes[order]
    return Cells(shapes, tuple(codes[i] for i in order), borders(shapes))


def borders(shapes: Shapes) -> tuple[dict[int, float], ...]:
    """For each polygon of a noded coverage, its neighbours and the length of the common border."""
    first: dict[Edge, int] = {}
    found: tuple[dict[int, float], ...] = tuple({} for _ in shapes)
    for index, shape in enumerate(shapes):
        for edge, length in _edges(shape):
            other = first.setdefault(edge, index)
            if other != index:
                found[index][other] = found[index].get(other, 0.0) + length
                found[other][index] = found[other].get(index, 0.0) + length
    return found


def _faces(districts: Layer) -> tuple[Shapes, list[str]]:
    shapes = shapely.transform(shapely.segmentize(districts.stored, _DENSE), to_metres)
    west, south, east, north = shapely.total_bounds(shapes)
    xs = np.arange(np.floor(west / SIDE), np.ceil(east / SIDE) + 1) * SIDE
    ys = np.arange(np.floor(south / SIDE), np.ceil(north / SIDE) + 1) * SIDE
    lattice: list[Geometry] = [shapely.LineString([(x, ys[0]), (x, ys[-1])]) for x in xs]
    lattice += [shapely.LineString([(xs[0], y), (xs[-1], y)]) for y in ys]
    graph = shapely.union_all([*lattice, *shapely.boundary(shapes)], grid_size=_GRID)
    faces: Shapes = shapely.get_parts(shapely.polygonize([graph]))
    inside = shapely.STRtree(shapes).query(shapely.point_on_surface(faces), predicate="within")
    codes = districts.column("code")
    return faces[inside[0]], [codes[i] for i in inside[1]]


def _without_slivers(faces: Shapes, codes: list[str]) -> tuple[Shapes, list[str]]:
    """Join every sliver, smallest first, to the neighbour of its district it borders most on."""
    near = borders(faces)
    areas = shapely.area(faces).tolist()
    parent = list(range(len(faces)))
    for index in sorted(range(len(faces)), key=areas.__getitem__):
        me = _root(parent, index)
        if me != index or areas[me] >= SMALLEST:
            continue
        shared: dict[int, float] = {}
        for member in (i for i in range(len(faces)) if _root(parent, i) == me):
            for other, length in near[member].items():
                root = _root(parent, other)
                if root != me and codes[root] == codes[me]:
                    shared[root] = shared.get(root, 0.0) + length
        if shared:
            into = max(shared, key=lambda root: (shared[root], -root))
            parent[me] = into
            areas[into] += areas[me]
    roots = [_root(parent, i) for i in range(len(faces))]
    kept = sorted(set(roots))
    groups = {root: [i for i, r in enumerate(roots) if r == root] for root in kept}
    merged = [shapely.coverage_union_all(faces[groups[root]]) for root in kept]
    return np.array([_polygon(shape) for shape in merged], dtype=object), [codes[i] for i in kept]


def _root(parent: list[int], index: int) -> int:
    while parent[index] != index:
        index = parent[index]
    return index


def _polygon(shape: Geometry) -> Polygon:
    (part,) = shapely.get_parts(shape)
    assert isinstance(part, Polygon)
    return part


def _edges(shape: Polygon) -> list[tuple[Edge, float]]:
    found = []
    for ring in (shape.exterior, *shape.interiors):
        for a, b in pairwise(ring.coords):
            found.append((frozenset((a, b)), float(np.hypot(a[0] - b[0], a[1] - b[1]))))
    return found
