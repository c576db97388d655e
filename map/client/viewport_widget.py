"""A widget that looks at a part of the map, and moves there by mouse, wheel and keys."""

from dataclasses import replace

from PySide6.QtCore import QPointF, Qt, Signal, Slot
from PySide6.QtGui import QCursor, QKeyEvent, QMouseEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from map.client.projection import Projection
from map.client.viewport import Viewport

STREET_MPP = 0.5
"""Metres per pixel at which single components can be told apart."""

KEY_STEP = 0.15
"""Of the view's size, for an arrow key; with Shift three times as far."""

NOTCH = 120
"""What Qt reports for one notch of a wheel."""

Box = tuple[float, float, float, float]

_ARROWS = {
    Qt.Key.Key_Left: (1, 0),
    Qt.Key.Key_Right: (-1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class ViewportWidget(QWidget):
    """Where a map looks. Places are EPSG:4490 degrees, longitude first."""

    view_changed = Signal(float, float, float)
    """Longitude and latitude of the centre, metres per pixel."""

    hovered = Signal(float, float)
    """The place under the pointer."""

    def __init__(self, projection: Projection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.projection = projection
        self._viewport = Viewport(0.0, 0.0, 1.0, 1, 1)
        self._has_view = False
        self._home: Viewport | Box | None = None
        self._fitted: Box | None = None
        self._pressed: QPointF | None = None
        self._last: QPointF | None = None
        self._resting_cursor: QCursor | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def viewport(self) -> Viewport:
        """Where the map looks, in the map's own coordinates."""
        return self._viewport

    @property
    def has_view(self) -> bool:
        """Whether anybody has said yet where to look."""
        return self._has_view

    @property
    def centre(self) -> tuple[float, float]:
        """Longitude and latitude of the middle."""
        return self.projection.to_lonlat(self._viewport.x, self._viewport.y)

    @property
    def metres_per_pixel(self) -> float:
        """Metres on the ground per logical pixel."""
        return self._viewport.mpp

    @property
    def scale_denominator(self) -> float:
        """The n of 1 : n, on a screen of 96 dots an inch."""
        return self._viewport.scale

    def place_at(self, left: float, top: float) -> tuple[float, float]:
        """Longitude and latitude under a pixel."""
        return self.projection.to_lonlat(*self._viewport.to_map(left, top))

    def pixel_of(self, lon: float, lat: float) -> tuple[float, float]:
        """The pixel that shows a place; perhaps outside the widget."""
        return self._viewport.to_screen(*self.projection.to_map(lon, lat))

    def set_view(self, lon: float, lat: float, metres_per_pixel: float) -> None:
        """Look at this place at this scale. The first view or box is where Home leads."""
        x, y = self.projection.to_map(lon, lat)
        self._look(replace(self._viewport, x=x, y=y).at_scale(metres_per_pixel))
        self._home = self._home or self._viewport

    def fit(self, west: float, south: float, east: float, north: float) -> None:
        """Show the whole of a box of degrees, and keep it whole until the map is moved."""
        xs, ys = self.projection.all_to_map([west, west, east, east], [south, north] * 2)
        box = (float(xs.min()), float(ys.min()), float(xs.max()), float(ys.max()))
        self._home = self._home or box
        self._fit(box)

    def centre_on(self, lon: float, lat: float, *, keep_scale: bool = True) -> None:
        """Bring a place to the middle; without ``keep_scale`` at street scale or finer."""
        view = self._viewport.centred(*self.projection.to_map(lon, lat))
        self._look(view if keep_scale else view.at_scale(min(view.mpp, STREET_MPP)))

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom in by ``factor`` (out below 1) about a pixel, or the middle."""
        at = at or QPointF(self.width() / 2, self.height() / 2)
        self._look(self._viewport.zoomed(factor, at.x(), at.y()))

    def pan(self, dx: float, dy: float) -> None:
        """Shift the picture by so many pixels right and down."""
        self._look(self._viewport.panned(dx, dy))

    @Slot()
    def zoom_in(self) -> None:
        """One step nearer."""
        self.zoom(2.0)

    @Slot()
    def zoom_out(self) -> None:
        """One step back."""
        self.zoom(0.5)

    @Slot()
    def go_home(self) -> None:
        """The first view again."""
        if isinstance(self._home, Viewport):
            view = self._viewport.centred(self._home.x, self._home.y)
            self._look(view.at_scale(self._home.mpp))
        elif self._home is not None:
            self._fit(self._home)

    def on_looked(self) -> None:
        """The view has changed; for subclasses."""

    def on_tapped(self, at: QPointF) -> None:
        """A click without a drag; for subclasses."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = self._last = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._pressed is None or self._last is None:
            self.hovered.emit(*self.place_at(at.x(), at.y()))
            return
        way = (at - self._pressed).manhattanLength()
        if self._resting_cursor is None and way >= QApplication.startDragDistance() / 2:
            self._resting_cursor = self.cursor()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        if self._resting_cursor is not None:
            self.pan(at.x() - self._last.x(), at.y() - self._last.y())
            self._last = at

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        self._pressed = self._last = None
        if self._resting_cursor is None:
            self.on_tapped(event.position())
            return
        # A caller may have set a cursor of its own, for picking a place.
        self.setCursor(self._resting_cursor)
        self._resting_cursor = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.zoom(2.0, event.position())

    def wheelEvent(self, event: QWheelEvent) -> None:
        turns = event.angleDelta().y() / NOTCH
        if turns:
            self.zoom(2.0 ** (turns / 2), event.position())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in _ARROWS:
            is_far = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            step = KEY_STEP * (3 if is_far else 1)
            right, down = _ARROWS[Qt.Key(key)]
            self.pan(round(right * self.width() * step), round(down * self.height() * step))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
        elif key == Qt.Key.Key_Minus:
            self.zoom_out()
        elif key == Qt.Key.Key_Home:
            self.go_home()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fitted = self._fitted
        self._look(self._viewport)
        if fitted is not None:
            self._fit(fitted)

    def _fit(self, box: Box) -> None:
        self._look(replace(self._viewport, width=self.width(), height=self.height()).fitted(*box))
        self._fitted = box

    def _look(self, viewport: Viewport) -> None:
        self._fitted = None
        self._viewport = replace(
            viewport, width=self.width(), height=self.height(), ratio=self.devicePixelRatio()
        )
        self._has_view = self._has_view or (viewport.x, viewport.y) != (0.0, 0.0)
        if self._has_view:
            self.on_looked()
            self.view_changed.emit(*self.centre, self._viewport.mpp)
