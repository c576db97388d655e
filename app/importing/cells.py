"""Unit cells for a city that has none: squares where cases lie, each in the precinct of most."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import cos, floor, radians

from app.importing.mapping import CityPlan
from app.importing.mapping_file import InvalidMapping

_METRES_OF_DEGREE = 111_320.0
_MOST = 999
"""Cells of a community: their codes end in three digits."""

Square = tuple[int, int]
Division = tuple[int, int]
"""Street and community by their numbers."""

WHOLE_CITY: Division = (1, 1)


@dataclass(slots=True)
class Survey:
    """Where the cases of a file lie, gathered row by row."""

    plan: CityPlan
    _votes: dict[Square, Counter[Division]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether no case lies in the city."""
        return not self._votes

    def add(self, lon: float, lat: float, division: str) -> None:
        """Note a case, with the cell of the division column."""
        if not self.holds(lon, lat):
            return
        votes = self._votes.setdefault(self.square_at(lon, lat), Counter())
        if (found := self._division(division)) is not None:
            votes[found] += 1

    def holds(self, lon: float, lat: float) -> bool:
        """Whether the point lies in the bounds of the city."""
        west, south, east, north = self.plan.bounds
        return west <= lon <= east and south <= lat <= north

    def square_at(self, lon: float, lat: float) -> Square:
        """The square of the grid that holds a point."""
        west, south = self.plan.bounds[:2]
        width, height = self.size
        return floor((lon - west) / width), floor((lat - south) / height)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of a square in degrees."""
        _, south, _, north = self.plan.bounds
        height = self.plan.cell_metres / _METRES_OF_DEGREE
        return height / cos(radians((south + north) / 2)), height

    def settle(self) -> dict[Square, Division]:
        """Every cell with its division: those with cases, and those around them.

        Raises:
            InvalidMapping: a community would get more cells than codes can tell apart.
        """
        settled = {
            square: max(sorted(votes), key=votes.__getitem__)
            for square, votes in sorted(self._votes.items())
            if votes
        }
        if not settled:
            settled = dict.fromkeys(sorted(self._votes), WHOLE_CITY)
        for square in sorted(set(self._votes) - set(settled)):
            nearest = min(settled, key=lambda one: (_distance(one, square), one))
            settled[square] = settled[nearest]
        for _ in range(self.plan.reach_cells):
            for square, division in list(settled.items()):
                for neighbour in _around(square):
                    if neighbour not in settled and self._is_inside(neighbour):
                        settled[neighbour] = division
        self._refuse_too_many(settled)
        return dict(sorted(settled.items()))

    def _division(self, text: str) -> Division | None:
        match = self.plan.division_pattern.fullmatch(text)
        if match is None:
            return None
        street, community = match["street"], match["community"]
        if not (street.isdecimal() and community.isdecimal()):
            return None
        found = int(street), int(community)
        return found if all(1 <= number <= _MOST for number in found) else None

    def _is_inside(self, square: Square) -> bool:
        west, south, east, north = self.plan.bounds
        width, height = self.size
        column, row = square
        return 0 <= column < (east - west) / width and 0 <= row < (north - south) / height

    def _refuse_too_many(self, settled: dict[Square, Division]) -> None:
        for (street, community), count in Counter(settled.values()).items():
            if count > _MOST:
                raise InvalidMapping(
                    "{community} would have {count} cells, and codes reach to {most}. "
                    "Make city.cell_metres larger in the mapping.",
                    community=self.plan.community_name.format(
                        street=f"{street:02}", community=f"{community:02}"
                    ),
                    count=count,
                    most=_MOST,
                )


def _around(square: Square) -> Iterator[Square]:
    column, row = square
    for east in (-1, 0, 1):
        for north in (-1, 0, 1):
            if east or north:
                yield column + east, row + north


def _distance(one: Square, other: Square) -> int:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2
