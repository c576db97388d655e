"""Streets, communities and beats of the demo city: real codes and names, synthetic borders.

The district of a cell is real. Its street is that of the nearest real point, a street's centre or
a community's office, in the same district. Inside a street the communities are synthetic groups
of cells; they carry real codes and names of that street, those with a known office near first.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import shapely
from shapely import Geometry

from app.demo_city.cells import Cells
from app.demo_city.ground import Division, Ground, RealPlace
from app.demo_city.partition import connected_parts, split
from workflow.codes import CommunityCode, UnitCellCode

CELLS_OF_BEAT = 17
"""What a beat should have; 10 to 25 is what one collector walks."""
SMALLEST_STREET = 20
"""Cells; a corner of a street smaller than this is given to its neighbour."""
GRID_PLACED_ON = "2026-03-01"
"""The day of this (synthetic) grid."""


@dataclass(frozen=True)
class Community:
    """A community with the cells of its synthetic territory."""

    code: str
    name: str
    street: Division
    cells: tuple[int, ...]


@dataclass(frozen=True)
class Beat:
    """A responsibility grid (责任网格): cells that one shift of two collectors walks."""

    id: int
    code: str
    name: str
    community: Community
    cells: tuple[int, ...]


@dataclass(frozen=True)
class Divisions:
    """How the cells are divided; the tuples run parallel to the cells."""

    districts: tuple[Division, ...]
    streets: tuple[Division, ...]
    communities: tuple[Community, ...]
    beats: tuple[Beat, ...]
    beat_of: tuple[int, ...]
    codes: tuple[str, ...]
    old_codes: tuple[str | None, ...]


def divide(ground: Ground, cells: Cells) -> Divisions:
    """Give every cell its street, community, beat and codes."""
    named = {division.code: division for division in ground.divisions}
    communities: list[Community] = []
    beats: list[Beat] = []
    for street, members in _streets(ground, cells).items():
        groups = _beats(members, cells)
        for community, parts in _communities(ground, cells, named[street], groups):
            communities.append(community)
            for part in parts:
                number = 1 + sum(beat.community.street.code == street for beat in beats)
                name = f"{named[street].name.removesuffix('街道')}{number:02}"
                code = f"{street}{number:03}"
                beats.append(Beat(len(beats) + 1, code, name, community, tuple(part)))
    beat_of = {cell: index for index, beat in enumerate(beats) for cell in beat.cells}
    codes = _codes(communities, cells)
    streets = sorted({community.street for community in communities}, key=lambda s: s.code)
    return Divisions(
        districts=tuple(named[code] for code in sorted(set(cells.districts))),
        streets=tuple(streets),
        communities=tuple(communities),
        beats=tuple(beats),
        beat_of=tuple(beat_of[i] for i in range(len(cells.shapes))),
        codes=tuple(codes[i][0] for i in range(len(cells.shapes))),
        old_codes=tuple(codes[i][1] for i in range(len(cells.shapes))),
    )


def territory(cells: Cells, members: Iterable[int]) -> Geometry:
    """The union of cells, in metres, with every corner of theirs kept."""
    return shapely.coverage_union_all(cells.shapes[sorted(members)])


def _streets(ground: Ground, cells: Cells) -> dict[str, list[int]]:
    """Cells by street code: nearest real point, then pieces too small or cut off given away."""
    alive = {d.code for d in ground.divisions if d.level == "street"}
    places = [place for place in ground.places if place.code[:9] in alive]
    where = np.array([(place.x, place.y) for place in places])
    district = np.array([place.code[:6] for place in places])
    street_of = []
    for centre, code in zip(cells.centres, cells.districts, strict=True):
        distance = np.hypot(*(where - centre).T)
        distance[district != code] = np.inf
        street_of.append(places[int(np.argmin(distance))].code[:9])
    while moved := _stray(street_of, cells):
        for cell in moved:
            street_of[cell] = _surrounding(moved, street_of, cells)
    found: dict[str, list[int]] = defaultdict(list)
    for cell, street in enumerate(street_of):
        found[street].append(cell)
    return dict(sorted(found.items()))


def _stray(street_of: Sequence[str], cells: Cells) -> list[int]:
    """The smallest piece of a street that is cut off from the rest of it, or all of a tiny one."""
    pieces = []
    for street in sorted(set(street_of)):
        members = [i for i, s in enumerate(street_of) if s == street]
        main, *others = connected_parts(members, cells.neighbours)
        pieces += others if len(main) >= SMALLEST_STREET else [*others, main]
    return min(pieces, key=lambda piece: (len(piece), piece), default=[])


def _surrounding(piece: list[int], street_of: Sequence[str], cells: Cells) -> str:
    """The other street of the same district that the piece borders most on."""
    shared: dict[str, float] = defaultdict(float)
    for cell in piece:
        for near, length in cells.neighbours[cell].items():
            if near not in piece and cells.districts[near] == cells.districts[cell]:
                shared[street_of[near]] += length
    return max(sorted(shared), key=lambda street: shared[street])


def _beats(members: list[int], cells: Cells) -> list[list[int]]:
    count = max(1, round(len(members) / CELLS_OF_BEAT))
    return split(members, count, cells.centres, cells.neighbours)


def _communities(
    ground: Ground, cells: Cells, street: Division, groups: list[list[int]]
) -> list[tuple[Community, list[list[int]]]]:
    """Beats in ones and twos to communities; splitting made neighbours stand side by side."""
    pairs: list[list[list[int]]] = []
    for group in groups:
        near = set(chain.from_iterable(cells.neighbours[cell] for cell in group))
        if pairs and len(pairs[-1]) == 1 and near & set(pairs[-1][0]):
            pairs[-1].append(group)
        else:
            pairs.append([group])
    offices = {place.code: place for place in ground.places}
    free = [
        d for d in ground.divisions if d.level == "community" and d.code.startswith(street.code)
    ]
    members = [sorted(chain.from_iterable(parts)) for parts in pairs]
    middles = [cells.centres[m].mean(axis=0) for m in members]
    wishes = sorted(
        (_distance(offices.get(division.code), middle), division.code, index, division)
        for division in free
        for index, middle in enumerate(middles)
    )
    chosen: dict[int, Division] = {}
    for _, _, index, division in wishes:
        if index not in chosen and division not in chosen.values():
            chosen[index] = division
    return [
        (Community(chosen[i].code, chosen[i].name, street, tuple(members[i])), pairs[i])
        for i in range(len(pairs))
    ]


def _distance(office: RealPlace | None, point: Sequence[float]) -> float:
    return np.inf if office is None else float(np.hypot(office.x - point[0], office.y - point[1]))


def _codes(communities: list[Community], cells: Cells) -> dict[int, tuple[str, str | None]]:
    """15- and 14-digit codes: inside a community rows from the north, each from west to east.

    The old code has two digits for the sequence (its 00 is the community itself), so a community
    of a hundred cells or more has none from the hundredth on.
    """
    found: dict[int, tuple[str, str | None]] = {}
    for community in communities:
        for sequence, cell in enumerate(community.cells, start=1):
            head = CommunityCode(community.code)
            old = UnitCellCode.of(head, sequence, digits=2).text if sequence < 100 else None
            found[cell] = UnitCellCode.of(head, sequence).text, old
    return found
