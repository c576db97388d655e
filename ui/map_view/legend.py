"""What the colours and shapes of the map mean at the present scale, in its lower left corner."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise
from math import cos, pi, sin

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QWidget

from map.scene import LayerSpec, Scene
from resources.language import tr
from ui.case_form.wording import lamp_meaning
from ui.map_view.layer_menu import CASES
from ui.theme.fonts import SECONDARY, font
from ui.theme.lamps import paint_lamp
from ui.theme.tokens import Tokens
from workflow.clock import Lamp

MARGIN, PADDING, LINE, SIGN = 12, 10, 19, 14
LAMPS = (Lamp.GREEN, Lamp.YELLOW, Lamp.RED, Lamp.BLUE)
OUTSIDE, HATCH = "outside", "hatch"
CORNERS = {"triangle": 3, "pentagon": 5, "hexagon": 6}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: a heading, or a sign with its meaning.

    Attributes:
        colour: "#RRGGBB". shape: of a component's sign; empty for a filled box.
        lamp: the sign is a case's lamp.
    """

    text: str
    colour: str = ""
    shape: str = ""
    lamp: Lamp | None = None

    @property
    def is_heading(self) -> bool:
        """Whether it has no sign."""
        return not self.colour and self.lamp is None


def legend_entries(
    scene: Scene, colours: Mapping[str, str], mpp: float, hidden: Set[str]
) -> tuple[Entry, ...]:
    """What is to be explained at so many metres per pixel, hidden layers left out."""
    entries: list[Entry] = []
    if CASES not in hidden:
        entries.append(Entry(tr("Cases")))
        entries += [Entry(lamp_meaning(lamp), lamp=lamp) for lamp in LAMPS]
    beyond = (Entry(tr("Not managed"), colours[OUTSIDE], HATCH),) if OUTSIDE not in hidden else ()
    for layer in scene.layers:
        is_drawn = layer.min_mpp <= mpp and (not layer.max_mpp or mpp < layer.max_mpp)
        if not is_drawn or layer.id in hidden:
            continue
        if layer.breaks:
            entries.append(Entry(tr("Components per cell")))
            entries += [*_amounts(layer, colours), *beyond]
        elif layer.categories:
            entries.append(Entry(tr("Components")))
            entries += [
                Entry(one.title, colours[one.colour], one.shape) for one in layer.categories
            ]
    return tuple(entries)


def _amounts(layer: LayerSpec, colours: Mapping[str, str]) -> Iterator[Entry]:
    """A cell on a bound wears the colour below it, as QGIS looks for the first range that fits."""
    last = len(layer.breaks) - 1
    first = int(layer.breaks[0])
    for place, (low, high) in enumerate(pairwise((*layer.breaks, 0.0))):
        bottom = first if place == 0 else int(low) + 1
        words = f"> {int(low)}" if place == last else f"{bottom}–{int(high)}"
        yield Entry(words, colours[layer.colours[place + 1]])


class Legend(QWidget):
    """A quiet panel over the map; clicks go through it."""

    def __init__(self, canvas: QWidget, theme: Tokens) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._theme = theme
        self._entries: Sequence[Entry] = ()
        self._picture = QPixmap()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFont(font(SECONDARY))
        self.hide()
        canvas.installEventFilter(self)

    @property
    def texts(self) -> tuple[str, ...]:
        """What it says, line by line."""
        return tuple(entry.text for entry in self._entries)

    def set_theme(self, theme: Tokens) -> None:
        """Draw in these colours."""
        self._theme = theme
        self._picture = QPixmap()
        self.update()

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Explain these; nothing at all hides it."""
        if entries == self._entries:
            return
        self._entries = entries
        self._picture = QPixmap()
        self.setAccessibleName("，".join(self.texts))
        self.resize(self.sizeHint())
        self._place()
        self.setVisible(bool(entries))
        self.update()

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        metrics = self.fontMetrics()
        widest = max((metrics.horizontalAdvance(entry.text) for entry in self._entries), default=0)
        return QSize(widest + SIGN + 8 + 2 * PADDING, LINE * len(self._entries) + 2 * PADDING - 4)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the corner."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        self.move(MARGIN, self._canvas.height() - self.height() - MARGIN)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The map below is painted anew at every step of a drag; this is drawn once and copied."""
        ratio = self.devicePixelRatioF()
        if self._picture.isNull() or self._picture.devicePixelRatio() != ratio:
            self._picture = QPixmap(self.size() * ratio)
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(Qt.GlobalColor.transparent)
            self._draw(QPainter(self._picture))
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        painter.end()

    def _draw(self, painter: QPainter) -> None:
        theme = self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        painter.setPen(QPen(QColor(theme.border), 1))
        painter.setBrush(QColor(theme.panel))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        for place, entry in enumerate(self._entries):
            line = QRectF(PADDING, PADDING - 2 + place * LINE, self.width() - 2 * PADDING, LINE)
            if entry.is_heading:
                painter.setPen(QColor(theme.secondary))
            else:
                self._sign(painter, entry, QPointF(line.left() + SIGN / 2, line.center().y()))
                painter.setPen(QColor(theme.text))
                line.setLeft(line.left() + SIGN + 8)
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, entry.text)
        painter.end()

    def _sign(self, painter: QPainter, entry: Entry, middle: QPointF) -> None:
        if entry.lamp is not None:
            paint_lamp(painter, entry.lamp, self._theme, middle, 9)
            return
        painter.setBrush(QColor(entry.colour))
        box = QRectF(middle.x() - SIGN / 2, middle.y() - 5, SIGN, 10)
        if entry.shape == HATCH:
            painter.setPen(QPen(QColor(self._theme.border), 1))
            painter.setBrush(QBrush(QColor(entry.colour), Qt.BrushStyle.BDiagPattern))
            painter.drawRect(box)
        elif entry.shape:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawPolygon(sign(entry.shape, middle, 5))
        else:
            painter.setPen(QPen(QColor(self._theme.border), 1))
            painter.drawRect(box)


def sign(shape: str, middle: QPointF, half: float) -> QPolygonF:
    """The outline of a component's sign; a circle is drawn as a polygon of many corners."""
    if shape == "square":
        return QPolygonF(QRectF(middle.x() - half, middle.y() - half, 2 * half, 2 * half))
    corners = {"diamond": 4, "star": 10}.get(shape) or CORNERS.get(shape, 36)
    points = []
    for corner in range(corners):
        reach = half * 1.2 * (0.45 if shape == "star" and corner % 2 else 1.0)
        reach = half if corners == 36 else reach
        angle = 2 * pi * corner / corners - pi / 2
        points.append(middle + QPointF(reach * cos(angle), reach * sin(angle)))
    return QPolygonF(points)
