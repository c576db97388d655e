"""Splits a connected set of cells into connected groups of nearly equal size.

Recursive halving: lay a straight line across the set so that both sides get their share, try a
handful of directions, and keep the cut that leaves both sides connected and is shortest.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from app.demo_city.ground import Points

Neighbours = Sequence[Mapping[int, float]]

_DIRECTIONS = 24
_SLACK = (0, 1, -1, 2, -2, 3, -3)
"""Cells that one side may have more than its share, where no even cut keeps both connected."""


def connected_parts(members: Iterable[int], neighbours: Neighbours) -> list[list[int]]:
    """The connected components among the members, largest first, members in order."""
    left = set(members)
    parts = []
    while left:
        start = min(left)
        left.remove(start)
        part, edge = [start], [start]
        while edge:
            near = [i for i in neighbours[edge.pop()] if i in left]
            left.difference_update(near)
            part += near
            edge += near
        parts.append(sorted(part))
    return sorted(parts, key=lambda part: (-len(part), part))


def split(
    members: Sequence[int], groups: int, centres: Points, neighbours: Neighbours
) -> list[list[int]]:
    """The members in `groups` connected groups of nearly equal size.

    Args:
        members: a connected set of cells.
        centres: of every cell, in metres.
        neighbours: of every cell, with the length of the common border in metres.
    """
    if groups == 1:
        return [sorted(members)]
    first = groups // 2
    side = _cut(members, first / groups, centres, neighbours)
    other = sorted(set(members) - set(side))
    return [
        *split(side, first, centres, neighbours),
        *split(other, groups - first, centres, neighbours),
    ]


def _cut(
    members: Sequence[int], share: float, centres: Points, neighbours: Neighbours
) -> list[int]:
    """One side of the best cut that leaves about this share of the members on it."""
    here = np.asarray(members)
    size = round(len(members) * share)
    for slack in _SLACK:
        if not 0 < size + slack < len(members):
            continue
        found = []
        for angle in np.arange(_DIRECTIONS) * (2 * np.pi / _DIRECTIONS):
            along = centres[here] @ (np.cos(angle), np.sin(angle))
            order = here[np.argsort(along, kind="stable")].tolist()
            side, other = order[: size + slack], order[size + slack :]
            if all(len(connected_parts(s, neighbours)) == 1 for s in (side, other)):
                found.append((round(_length(side, other, neighbours), 3), side))
        if found:
            return sorted(min(found)[1])
    return _grown(here.tolist(), size, neighbours)


def _length(side: list[int], other: list[int], neighbours: Neighbours) -> float:
    across = set(other)
    return sum(length for i in side for near, length in neighbours[i].items() if near in across)


def _grown(members: list[int], size: int, neighbours: Neighbours) -> list[int]:
    """The connected side nearest to the size wished, for sets that no straight line halves.

    Any connected set has a spanning tree, and cutting one edge of it leaves two connected sides.
    """
    parent, order = {members[0]: members[0]}, [members[0]]
    inside = set(members)
    for cell in order:
        for near in sorted(neighbours[cell]):
            if near in inside and near not in parent:
                parent[near] = cell
                order.append(near)
    below: dict[int, list[int]] = {cell: [cell] for cell in order}
    for cell in reversed(order[1:]):
        below[parent[cell]] += below[cell]
    sides = [below[cell] for cell in order[1:]]
    best = min(sides, key=lambda side: abs(len(side) - size))
    return sorted(best)
