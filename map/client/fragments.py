"""Draws many copies of small pictures in one call, from NumPy arrays.

``QPainter.drawPixmapFragments`` takes a C array of ``PixmapFragment``, ten doubles each. PySide6
offers only a single fragment, but passes its address on: a fragment wrapped around the first row
of a NumPy array, with the true count, draws the whole array. The idea is pyqtgraph's.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import shiboken6
from numpy.typing import NDArray
from PySide6.QtGui import QPainter, QPixmap

FIELDS = 10
"""x, y (of the centre), source left, top, width, height, scale x, scale y, rotation, opacity."""


class Fragments:
    """A growing buffer of fragments, reused from one picture to the next."""

    def __init__(self) -> None:
        self._rows: NDArray[np.float64] = np.zeros((0, FIELDS))

    def rows(self, count: int) -> NDArray[np.float64]:
        """Room for ``count`` fragments to be filled in; scale and opacity stand at 1 / ratio."""
        if count > len(self._rows):
            self._rows = np.zeros((max(count, 2 * len(self._rows)), FIELDS))
            self._rows[:, 9] = 1.0
        return self._rows[:count]

    def draw(self, painter: QPainter, count: int, pixmap: QPixmap) -> None:
        """Draw the first ``count`` rows, cut from ``pixmap``."""
        if count:
            wrap: Callable[..., Any] = shiboken6.wrapInstance
            first = wrap(self._rows.ctypes.data, QPainter.PixmapFragment)
            painter.drawPixmapFragments(first, count, pixmap)
