"""GCJ-02, the shifted coordinates of Chinese web maps, converted to WGS 84 and back.

WGS 84 is taken as CGCS2000 (EPSG:4490) everywhere in Wanmi: the two differ by centimetres, far
less than the positions that come in. The formula of GCJ-02 was never published; this is the one
that reverse engineering found and that open-source converters agree on, true to a few decimetres.
"""

from math import cos, pi, radians, sin, sqrt

_SEMI_MAJOR_AXIS = 6_378_245.0
"""Metres; of the Krasovsky 1940 ellipsoid, on which the shift is computed."""
_ECCENTRICITY_SQUARED = 0.00669342162296594323
_ENOUGH = 1e-10
"""Degrees, about a hundredth of a millimetre: where the inverse stops."""


def wgs84_to_gcj02(lon: float, lat: float) -> tuple[float, float]:
    """Degrees in GCJ-02 of a WGS 84 point in China; outside China the formula means nothing."""
    east, north = _shift(lon, lat)
    return lon + east, lat + north


def gcj02_to_wgs84(lon: float, lat: float) -> tuple[float, float]:
    """Degrees in WGS 84 of a GCJ-02 point: the inverse of `wgs84_to_gcj02` to under 1 mm."""
    east, north = _shift(lon, lat)
    while True:
        # The shift hardly changes over its own length, so this converges in a few rounds.
        closer = _shift(lon - east, lat - north)
        moved = max(abs(closer[0] - east), abs(closer[1] - north))
        east, north = closer
        if moved < _ENOUGH:
            return lon - east, lat - north


def _shift(lon: float, lat: float) -> tuple[float, float]:
    """What GCJ-02 adds to a WGS 84 point, in degrees."""
    x, y = lon - 105.0, lat - 35.0
    common = 20 * sin(6 * pi * x) + 20 * sin(2 * pi * x)
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
    east += 2 / 3 * (common + 20 * sin(pi * x) + 40 * sin(pi * x / 3))
    east += 2 / 3 * (150 * sin(pi * x / 12) + 300 * sin(pi * x / 30))
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
    north += 2 / 3 * (common + 20 * sin(pi * y) + 40 * sin(pi * y / 3))
    north += 2 / 3 * (160 * sin(pi * y / 12) + 320 * sin(pi * y / 30))
    latitude = radians(lat)
    flattening = 1 - _ECCENTRICITY_SQUARED * sin(latitude) ** 2
    along_parallel = _SEMI_MAJOR_AXIS / sqrt(flattening) * cos(latitude)
    along_meridian = _SEMI_MAJOR_AXIS * (1 - _ECCENTRICITY_SQUARED) / flattening**1.5
    return east * 180 / (along_parallel * pi), north * 180 / (along_meridian * pi)
