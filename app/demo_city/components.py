"""Components (部件) set along the real streets, class by class, as the shipped mix says.

`resources/demo_city/component_mix.csv` gives for each class where it stands, on which roads, how
far apart in a city of natural density, how far off, and which departments answer for it. Asking
for more components than that makes all of them stand closer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from app.demo_city.cells import Cells
from app.demo_city.ground import Points, read_table
from app.demo_city.spots import Spots

_STANDING = frozenset({"kerb", "path", "crossing", "corner", "lawn", "bank"})
"""Places beside the traffic: what stands there stands on no carriageway."""


@dataclass(frozen=True)
class MixRow:
    """One row of the mix; `every` is metres apart, or how many at each crossing or corner.

    `authority`, `owner` and `maintainer` are kinds of department (主管, 权属, 养护).
    """

    class_code: str
    place: str
    roads: str
    every: float
    offset: float
    authority: str
    owner: str
    maintainer: str

    @property
    def scales(self) -> bool:
        """Whether it can stand closer; what is counted by crossings and real places cannot."""
        return self.place not in ("crossing", "corner", "poi")


@dataclass(frozen=True)
class Components:
    """Where every component stands; arrays run parallel, in the order of the mix.

    Attributes:
        mix: the rows that `row` counts in.
        points: metres.
        cell: index of the unit cell.
    """

    mix: tuple[MixRow, ...]
    row: NDArray[np.int64]
    points: Points
    cell: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.row)


def read_mix() -> tuple[MixRow, ...]:
    """The shipped mix."""
    return tuple(
        MixRow(
            class_code=row["class_code"],
            place=row["place"],
            roads=row["roads"],
            every=float(row["every"]),
            offset=float(row["offset"]),
            authority=row["authority"],
            owner=row["owner"],
            maintainer=row["maintainer"],
        )
        for row in read_table("component_mix")
    )


def place_components(
    spots: Spots, cells: Cells, count: int, rng: np.random.Generator
) -> Components:
    """Set about `count` components, exactly `count` where the city can hold more than that.

    Fewer than its crossings and real places ask for cannot be had evenly: then some are left out.
    """
    mix = read_mix()
    closeness, seed = 1.0, rng.integers(2**63)
    for _ in range(4):
        # What falls into buildings or the river is only known once it was tried.
        placed = list(_placed(mix, spots, cells, closeness, np.random.default_rng(seed)))
        fixed = sum(len(p) for row, (p, _) in zip(mix, placed, strict=True) if not row.scales)
        scaling = sum(len(p) for row, (p, _) in zip(mix, placed, strict=True) if row.scales)
        if scaling == 0 or count <= fixed + scaling <= count * 1.02 + 50:
            break
        closeness *= max(count * 1.008 - fixed, 1) / scaling
    row = np.repeat(np.arange(len(mix)), [len(p) for p, _ in placed])
    points = np.concatenate([p for p, _ in placed])
    cell = np.concatenate([c for _, c in placed])
    kept = np.linspace(0, len(row) - 1, min(count, len(row))).round().astype(np.int64)
    return Components(mix, row[kept], points[kept], cell[kept])


def cell_of(points: Points, cells: Cells) -> NDArray[np.int64]:
    """Index of the cell that holds each point in metres, -1 outside the city."""
    found = np.full(len(points), -1, dtype=np.int64)
    which, cell = shapely.STRtree(cells.shapes).query(
        shapely.points(points), predicate="intersects"
    )
    found[which[::-1]] = cell[::-1]
    return found


def _placed(
    mix: Sequence[MixRow],
    spots: Spots,
    cells: Cells,
    closeness: float,
    rng: np.random.Generator,
) -> Iterator[tuple[Points, NDArray[np.int64]]]:
    """For every row of the mix its points and their cells, impossible points left out."""
    for row in mix:
        points, on_bridge = _wished(row, spots, closeness, rng)
        bad = spots.hits_water(points) & ~on_bridge
        if row.place != "poi":
            bad |= spots.hits_building(points)
        if row.place in _STANDING:
            bad |= spots.hits_carriageway(points)
        cell = cell_of(points, cells)
        good = ~bad & (cell >= 0)
        yield points[good], cell[good]


def _wished(
    row: MixRow, spots: Spots, closeness: float, rng: np.random.Generator
) -> tuple[Points, NDArray[np.bool_]]:
    spacing = row.every / closeness
    match row.place:
        case "kerb" | "path":
            return spots.kerb(row.roads, spacing, row.offset, rng)
        case "gutter":
            return spots.kerb(row.roads, spacing, -row.offset, rng)
        case "lane":
            return spots.lane(row.roads, spacing, row.offset, rng)
        case "lawn":
            points = spots.lawn(spacing, row.offset, rng)
        case "bank":
            points = spots.bank(spacing, row.offset, rng)
        case "crossing":
            points = spots.ring(spots.crossings, int(row.every), row.offset, rng)
        case "corner":
            points = spots.ring(spots.corners, int(row.every), row.offset, rng)
        case _:
            points = spots.poi(row.roads)
    return points, np.zeros(len(points), dtype=bool)
