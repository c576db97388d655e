"""Where the map is looked at: the arithmetic between the screen and the map, without Qt."""

from dataclasses import dataclass, replace

from map.protocol import View

FINEST = 0.05
COARSEST = 60.0
"""Metres per logical pixel between which the map can be zoomed."""

DOTS_PER_METRE = 96 / 0.0254


@dataclass(frozen=True)
class Viewport:
    """Centre in map coordinates (metres), metres per logical pixel, size in logical pixels."""

    x: float
    y: float
    mpp: float
    width: int
    height: int
    ratio: float = 1.0

    @property
    def scale(self) -> float:
        """The denominator of the scale on a screen of 96 dots an inch."""
        return self.mpp * DOTS_PER_METRE

    def to_screen(self, x: float, y: float) -> tuple[float, float]:
        """Logical pixels from the top left of a point of the map."""
        return (x - self.x) / self.mpp + self.width / 2, (self.y - y) / self.mpp + self.height / 2

    def to_map(self, left: float, top: float) -> tuple[float, float]:
        """The point of the map under a place of the screen."""
        return (
            self.x + (left - self.width / 2) * self.mpp,
            self.y - (top - self.height / 2) * self.mpp,
        )

    def panned(self, dx: float, dy: float) -> "Viewport":
        """Moved so that the picture shifts by so many pixels right and down."""
        return replace(self, x=self.x - dx * self.mpp, y=self.y + dy * self.mpp)

    def zoomed(self, factor: float, left: float, top: float) -> "Viewport":
        """Zoomed in by ``factor``; the point of the map at this place of the screen stays."""
        x, y = self.to_map(left, top)
        scaled = self.at_scale(self.mpp / factor)
        return scaled.centred(
            x - (left - self.width / 2) * scaled.mpp, y + (top - self.height / 2) * scaled.mpp
        )

    def at_scale(self, mpp: float) -> "Viewport":
        """The same middle at another scale, within what can be zoomed."""
        return replace(self, mpp=min(max(mpp, FINEST), COARSEST))

    def centred(self, x: float, y: float) -> "Viewport":
        """The same scale over another point."""
        return replace(self, x=x, y=y)

    def fitted(self, west: float, south: float, east: float, north: float) -> "Viewport":
        """The box (map coordinates) whole and as large as possible, with a little air."""
        mpp = max((east - west) / max(self.width, 1), (north - south) / max(self.height, 1)) * 1.04
        return self.centred((west + east) / 2, (south + north) / 2).at_scale(mpp)

    def view(self, margin: float = 0.0) -> View:
        """The engine's view of it, larger on each side by ``margin`` of the size."""
        # Whole pixels on each side, so that the larger picture lies exactly over the smaller.
        extra_width = round(self.width * self.ratio * margin)
        extra_height = round(self.height * self.ratio * margin)
        return View(
            x=self.x,
            y=self.y,
            mpp=self.mpp / self.ratio,
            width=max(round(self.width * self.ratio), 1) + 2 * extra_width,
            height=max(round(self.height * self.ratio), 1) + 2 * extra_height,
            ratio=self.ratio,
        )
