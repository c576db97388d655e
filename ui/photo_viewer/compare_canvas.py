"""Two pictures in one place under a handle, left of it the first and right of it the second; or
both beside each other, where they do not show the same place.
"""

from enum import Enum, auto

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from resources.language import tr
from ui.theme.fonts import BODY, SECONDARY, font
from ui.theme.tokens import Tokens

STEP, LONG_STEP = 0.02, 0.1
MOST_ZOOM, ZOOM_STEP = 8.0, 1.25
GRIP, NEAR = 15.0, 18.0
SHADE = QColor(13, 20, 28, 190)


class Drag(Enum):
    """What the mouse holds."""

    NOTHING = auto()
    HANDLE = auto()
    PICTURE = auto()


class CompareCanvas(QWidget):
    """Draws and compares; knows pictures and their names, no case.

    Signals:
        moved(float): where the handle stands now, as a share of the width.
    """

    moved = Signal(float)

    def __init__(self, theme: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._images: tuple[QImage | None, QImage | None] = (None, None)
        self._names = ("", "")
        self._is_beside = False
        self._share = 0.5
        self._zoom = 1.0
        self._shift = QPointF()
        self._drag, self._last = Drag.NOTHING, QPointF()
        self.setObjectName("photo-compare")
        self.setMinimumSize(240, 160)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    @property
    def share(self) -> float:
        """Where the handle stands, from 0 at the left edge to 1 at the right one."""
        return self._share

    @property
    def zoom(self) -> float:
        """How much larger than fitting the pictures are."""
        return self._zoom

    def set_theme(self, theme: Tokens) -> None:
        """Draw in these colours."""
        self._theme = theme
        self.update()

    def set_names(self, first: str, second: str) -> None:
        """What the two are called; an empty name says that there is no such picture."""
        self._names = (first, second)
        self.update()

    def set_beside(self, is_beside: bool) -> None:
        """Show the two whole, side by side, instead of one under the other."""
        self._is_beside = is_beside
        self.fit()

    def set_images(self, first: QImage | None, second: QImage | None) -> None:
        """The pictures: None while one is being read, a null image where it cannot be shown."""
        self._images = (first, second)
        self.update()

    def set_share(self, share: float) -> None:
        """Move the handle."""
        self._share = min(1.0, max(0.0, share))
        self.moved.emit(self._share)
        self.update()

    def fit(self) -> None:
        """The whole pictures again."""
        self._zoom, self._shift = 1.0, QPointF()
        self.update()

    def zoom_by(self, factor: float, around: QPointF) -> None:
        """Enlarge around a point of the widget, which stays where it is."""
        before = self._zoom
        self._zoom = min(MOST_ZOOM, max(1.0, before * factor))
        away = around - self._room_at(around.x()).center()
        self._shift = away - (away - self._shift) * (self._zoom / before)
        self._keep_in_sight()
        self.update()

    # -- input ----------------------------------------------------------------------------------
    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom_by(ZOOM_STEP ** (event.angleDelta().y() / 120), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self._last = event.position()
        if self._is_near(event.position().x()) or (self._has_handle and self._zoom == 1.0):
            self._drag = Drag.HANDLE
            self.set_share(event.position().x() / max(1, self.width()))
        else:
            self._drag = Drag.PICTURE

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag is Drag.HANDLE:
            self.set_share(event.position().x() / max(1, self.width()))
        elif self._drag is Drag.PICTURE:
            self._shift += event.position() - self._last
            self._last = event.position()
            self._keep_in_sight()
            self.update()
        is_near = self._is_near(event.position().x())
        shape = Qt.CursorShape.SplitHCursor if is_near else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._drag = Drag.NOTHING

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_long = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        step = LONG_STEP if is_long else STEP
        centre = QRectF(self.rect()).center()
        doings = {
            Qt.Key.Key_Left: lambda: self.set_share(self._share - step),
            Qt.Key.Key_Right: lambda: self.set_share(self._share + step),
            Qt.Key.Key_Home: lambda: self.set_share(0.0),
            Qt.Key.Key_End: lambda: self.set_share(1.0),
            Qt.Key.Key_Plus: lambda: self.zoom_by(ZOOM_STEP, centre),
            Qt.Key.Key_Equal: lambda: self.zoom_by(ZOOM_STEP, centre),
            Qt.Key.Key_Minus: lambda: self.zoom_by(1 / ZOOM_STEP, centre),
            Qt.Key.Key_0: self.fit,
        }
        doing = doings.get(Qt.Key(event.key()))
        if doing is None:
            super().keyPressEvent(event)
        else:
            doing()

    # -- drawing --------------------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(self._theme.raised))
        width, height = self.width(), self.height()
        cut = self._cut
        sides = (QRectF(0, 0, cut, height), QRectF(cut, 0, width - cut, height))
        for image, side in zip(self._images, sides, strict=True):
            if side.width() > 0:
                painter.setClipRect(side)
                self._paint_image(painter, image, self._room_at(side.center().x()))
        painter.setClipping(False)
        self._paint_names(painter, cut)
        if self._has_handle:
            self._paint_handle(painter)
        elif self._is_beside:
            painter.fillRect(QRectF(cut - 1, 0, 2, height), QColor(self._theme.border))
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._theme.accent), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75))

    @property
    def _has_two(self) -> bool:
        return all(self._names)

    @property
    def _has_handle(self) -> bool:
        return self._has_two and not self._is_beside

    @property
    def _cut(self) -> float:
        """Where the first picture ends and the second begins, in pixels."""
        if not self._has_two:
            return float(self.width()) if self._names[0] else 0.0
        return self.width() * (0.5 if self._is_beside else self._share)

    def _is_near(self, x: float) -> bool:
        return self._has_handle and abs(x - self._cut) <= NEAR

    def _room_at(self, x: float) -> QRectF:
        """The room that the picture under a point is fitted into."""
        if not (self._is_beside and self._has_two):
            return QRectF(self.rect())
        half = self.width() / 2
        return QRectF(0 if x < half else half, 0, half, self.height())

    def _paint_image(self, painter: QPainter, image: QImage | None, room: QRectF) -> None:
        if image is None or image.isNull():
            painter.setFont(font(BODY))
            painter.setPen(QColor(self._theme.secondary))
            words = tr("Loading…") if image is None else tr("This photo cannot be shown")
            painter.drawText(painter.clipBoundingRect(), Qt.AlignmentFlag.AlignCenter, words)
            return
        size = QSizeF(image.size())
        fitted = size.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio) * self._zoom
        place = QRectF(QPointF(), fitted)
        place.moveCenter(room.center() + self._shift)
        painter.drawImage(place, image)

    def _keep_in_sight(self) -> None:
        """A picture can be moved as far as its edge reaches, and no farther."""
        slack = self._room_at(0).size() * ((self._zoom - 1) / 2)
        self._shift = QPointF(
            min(slack.width(), max(-slack.width(), self._shift.x())),
            min(slack.height(), max(-slack.height(), self._shift.y())),
        )

    def _paint_names(self, painter: QPainter, cut: float) -> None:
        painter.setFont(font(SECONDARY, bold=True))
        for number, name in enumerate(self._names):
            if not name:
                continue
            width = painter.fontMetrics().horizontalAdvance(name) + 20
            left = 12.0 if number == 0 else self.width() - width - 12.0
            is_covered = left + width > cut if number == 0 else left < cut
            if self._has_two and is_covered:
                continue
            pill = QRectF(left, 12, width, 24)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(SHADE)
            painter.drawRoundedRect(pill, 12, 12)
            painter.setPen(QColor("#FFFFFF"))
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, name)

    def _paint_handle(self, painter: QPainter) -> None:
        x, middle = self._cut, self.height() / 2
        # White between dark edges: it is seen on every picture and on every panel.
        for colour, width in ((SHADE, 5), (QColor("#FFFFFF"), 3)):
            painter.setPen(QPen(colour, width))
            painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
        painter.setPen(QPen(QColor("#FFFFFF"), 2))
        painter.setBrush(QColor(self._theme.accent))
        painter.drawEllipse(QPointF(x, middle), GRIP, GRIP)
        painter.setPen(QPen(QColor(self._theme.on_accent), 2))
        for way in (-1, 1):
            tip, back = QPointF(x + way * 9, middle), x + way * 4
            painter.drawLine(tip, QPointF(back, middle - 5))
            painter.drawLine(tip, QPointF(back, middle + 5))
