"""The address phrase that operators read: "‹house number› ‹direction› ‹distance› 米"."""

import math
from dataclasses import dataclass

METRES_PER_DEGREE = 111_320.0
"""Metres on the ground in one degree of latitude; good to half a percent anywhere in China."""

_DIRECTIONS = ("东", "东北", "北", "西北", "西", "西南", "南", "东南")
_AT_THE_DOOR = 5.0


@dataclass(frozen=True, slots=True)
class Offset:
    """Where a point lies seen from another, in metres to the east and to the north."""

    east: float
    north: float

    @property
    def metres(self) -> float:
        """Distance as the crow flies."""
        return math.hypot(self.east, self.north)

    @property
    def direction(self) -> str:
        """One of the eight directions, in Chinese."""
        octant = round(math.degrees(math.atan2(self.north, self.east)) / 45)
        return _DIRECTIONS[octant % 8]


def offset(from_lon: float, from_lat: float, lon: float, lat: float) -> Offset:
    """From one point to another; degrees in, metres out; for distances within a city."""
    shrink = math.cos(math.radians((from_lat + lat) / 2))
    return Offset(
        (lon - from_lon) * METRES_PER_DEGREE * shrink, (lat - from_lat) * METRES_PER_DEGREE
    )


def house_name(road: str, number: str) -> str:
    """Road and number as people say them: "中山东一路 12 号"."""
    number = number.strip()
    return f"{road} {number if number.endswith('号') else f'{number} 号'}".strip()


def address_phrase(landmark: str, seen_from_it: Offset) -> str:
    """The landmark itself at its door, else with direction and distance."""
    if seen_from_it.metres < _AT_THE_DOOR:
        return landmark
    return f"{landmark} {seen_from_it.direction} {seen_from_it.metres:.0f} 米"
