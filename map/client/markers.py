"""Live markers drawn by the window itself: where they are, how they look, which one was hit."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap

from map.client.fragments import Fragments
from map.client.projection import Projection
from map.client.viewport import Viewport

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

SAME_PLACE = 1.0
"""Markers nearer to each other than this, in pixels, cover each other."""


@dataclass(frozen=True, eq=False)
class Markers:
    """One layer of markers; later ones lie over earlier ones.

    ``lons`` and ``lats`` are EPSG:4490 degrees, ``keys`` what `MapCanvas.marker_clicked` says,
    ``sprites`` the index of each marker's picture in ``images``. The pictures are centred on
    their places; their device pixel ratio is honoured.
    """

    keys: Whole
    lons: Floats
    lats: Floats
    sprites: Whole
    images: tuple[QImage, ...]

    def __post_init__(self) -> None:
        count = len(self.keys)
        if not len(self.lons) == len(self.lats) == len(self.sprites) == count:
            raise ValueError("keys, lons, lats and sprites must be of one length")
        if count and not 0 <= int(self.sprites.min()) <= int(self.sprites.max()) < len(self.images):
            raise ValueError("a sprite without an image")


def no_markers() -> Markers:
    """An empty layer."""
    whole, floats = np.zeros(0, np.int64), np.zeros(0)
    return Markers(whole, floats, floats, whole, ())


@dataclass
class _Sheet:
    """All pictures side by side in one pixmap, and where each stands in it (device pixels)."""

    pixmap: QPixmap
    boxes: Floats
    ratio: float


@dataclass
class PlacedMarkers:
    """Markers in map coordinates, ready to be drawn and hit."""

    markers: Markers
    x: Floats
    y: Floats
    sheet: _Sheet
    fragments: Fragments = field(default_factory=Fragments)

    @classmethod
    def place(cls, markers: Markers, projection: Projection) -> "PlacedMarkers":
        """Project the markers and lay out their pictures."""
        x, y = projection.all_to_map(markers.lons, markers.lats)
        return cls(markers, x, y, _lay_out(markers.images))

    def paint(self, painter: QPainter, viewport: Viewport) -> int:
        """Draw what lies in the viewport; how many that was."""
        if not len(self.x):
            return 0
        left, top = self._on_screen(viewport)
        reach = float(self.sheet.boxes[:, 2:].max()) / self.sheet.ratio
        seen = (left > -reach) & (left < viewport.width + reach)
        seen &= (top > -reach) & (top < viewport.height + reach)
        count = int(np.count_nonzero(seen))
        rows = self.fragments.rows(count)
        # Whole device pixels: a disc between two pixels looks smeared.
        rows[:, 0] = np.round(left[seen] * viewport.ratio) / viewport.ratio
        rows[:, 1] = np.round(top[seen] * viewport.ratio) / viewport.ratio
        rows[:, 2:6] = self.sheet.boxes[self.markers.sprites[seen]]
        rows[:, 6:8] = 1.0 / self.sheet.ratio
        self.fragments.draw(painter, count, self.sheet.pixmap)
        return count

    def paint_one(self, painter: QPainter, viewport: Viewport, key: int) -> None:
        """Draw one marker, again and so on top; nothing where there is none of that key."""
        rows = np.flatnonzero(self.markers.keys == key)
        if len(rows):
            row = int(rows[0])
            image = self.markers.images[int(self.markers.sprites[row])]
            left, top = viewport.to_screen(float(self.x[row]), float(self.y[row]))
            half = image.deviceIndependentSize() / 2
            painter.drawImage(QPointF(left - half.width(), top - half.height()), image)

    def hit(
        self,
        viewport: Viewport,
        left: float,
        top: float,
        tolerance: float,
        after: int | None = None,
    ) -> int | None:
        """The key of the nearest marker within ``tolerance`` pixels; the topmost of equals.

        Where the marker ``after`` is the nearest one itself, the next of those that lie at its
        place, to within a pixel: clicking again goes round among them.
        """
        if not len(self.x):
            return None
        across, down = self._on_screen(viewport)
        distance = np.hypot(across - left, down - top)[::-1]
        nearest = int(np.argmin(distance))
        if distance[nearest] > tolerance:
            return None
        keys = self.markers.keys[::-1]
        stack = [int(key) for key in keys[distance <= distance[nearest] + SAME_PLACE]]
        place = stack.index(after) + 1 if after in stack else stack.index(int(keys[nearest]))
        return stack[place % len(stack)]

    def _on_screen(self, viewport: Viewport) -> tuple[Floats, Floats]:
        return (
            (self.x - viewport.x) / viewport.mpp + viewport.width / 2,
            (viewport.y - self.y) / viewport.mpp + viewport.height / 2,
        )


def _lay_out(images: tuple[QImage, ...]) -> _Sheet:
    widths = [image.width() for image in images]
    height = max((image.height() for image in images), default=1)
    ratio = max((image.devicePixelRatio() for image in images), default=1.0)
    sheet = QImage(max(sum(widths), 1), height, QImage.Format.Format_ARGB32_Premultiplied)
    sheet.fill(Qt.GlobalColor.transparent)
    boxes = np.zeros((len(images), 4))
    painter = QPainter(sheet)
    left = 0
    for index, image in enumerate(images):
        plain = QImage(image)
        plain.setDevicePixelRatio(1.0)
        painter.drawImage(QPoint(left, 0), plain)
        boxes[index] = (left, 0, image.width(), image.height())
        left += image.width()
    painter.end()
    return _Sheet(QPixmap.fromImage(sheet), boxes, ratio)
