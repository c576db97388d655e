"""Longitude and latitude to the coordinates of the map and back."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pyproj import CRS, Transformer

STORED = "EPSG:4490"
"""How coordinates are stored everywhere: CGCS2000 longitude and latitude, in degrees."""

Floats = NDArray[np.float64]


class Projection:
    """Between stored coordinates (degrees, longitude first) and a projected CRS (metres)."""

    def __init__(self, crs: str) -> None:
        self.crs = crs
        if not CRS.from_user_input(crs).is_projected:
            raise ValueError(f"{crs} is not a projected coordinate system in metres")
        self._forward = Transformer.from_crs(STORED, crs, always_xy=True)
        self._back = Transformer.from_crs(crs, STORED, always_xy=True)

    def to_map(self, lon: float, lat: float) -> tuple[float, float]:
        """Metres east and north of one place."""
        x, y = self._forward.transform(lon, lat)
        return float(x), float(y)

    def to_lonlat(self, x: float, y: float) -> tuple[float, float]:
        """Degrees of one point of the map."""
        lon, lat = self._back.transform(x, y)
        return float(lon), float(lat)

    def all_to_map(self, lons: ArrayLike, lats: ArrayLike) -> tuple[Floats, Floats]:
        """The same for many places at once."""
        moved: tuple[Any, Any] = self._forward.transform(
            np.asarray(lons, dtype=np.float64), np.asarray(lats, dtype=np.float64)
        )
        return np.asarray(moved[0], dtype=np.float64), np.asarray(moved[1], dtype=np.float64)
