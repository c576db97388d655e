"""The colours, lengths and pens that styles are made of."""

from collections.abc import Sequence

from qgis.core import (
    QgsFillSymbol,
    QgsLineSymbol,
    QgsMapUnitScale,
    QgsMarkerSymbol,
    QgsSimpleFillSymbolLayer,
    QgsSimpleLineSymbolLayer,
    QgsSimpleMarkerSymbolLayer,
    QgsSymbol,
    QgsSymbolLayer,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsUnitTypes,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor, QFont

FONT = "WenQuanYi Micro Hei"
MISSING = "#808080"


def px(pixels: float) -> float:
    """Millimetres of so many logical pixels. Millimetres grow with a dense screen, pixels not."""
    return pixels * 25.4 / 96


def scale(mpp: float) -> float:
    """The denominator of the map scale at ``mpp`` metres per logical pixel."""
    return mpp * 96 / 0.0254


def between(least: float, most: float) -> QgsMapUnitScale:
    """Bounds in pixels for a size that is given in metres on the ground."""
    bounds = QgsMapUnitScale()
    bounds.minSizeMMEnabled = True
    bounds.minSizeMM = px(least)
    bounds.maxSizeMMEnabled = True
    bounds.maxSizeMM = px(most)
    return bounds


class Paint:
    """Makes pens and fills from the theme's tokens."""

    def __init__(self, tokens: dict[str, str]) -> None:
        self._tokens = tokens

    def colour(self, name: str, opacity: float = 1.0) -> QColor:
        """The colour of a token or of ``#rrggbb``; grey for a token the theme lacks."""
        colour = QColor(self._tokens.get(name, name if name.startswith("#") else MISSING))
        colour.setAlphaF(opacity)
        return colour

    def fill(self, name: str, edge: str = "", width: float = 0.6) -> QgsFillSymbol:
        """An area of one colour, with an edge of ``width`` pixels where one is named."""
        layer = QgsSimpleFillSymbolLayer(self.colour(name))
        if edge:
            layer.setStrokeColor(self.colour(edge))
            layer.setStrokeWidth(px(width))
        else:
            layer.setStrokeStyle(Qt.PenStyle.NoPen)
        return _fill_of(layer)

    def outline(self, name: str, width: float, dash: tuple[float, ...] = ()) -> QgsFillSymbol:
        """Only the edge of an area, ``width`` pixels, dashed by pixels on and off."""
        return _fill_of(self.stroke(name, width, dash))

    def stroke(
        self, name: str, width: float, dash: tuple[float, ...] = ()
    ) -> QgsSimpleLineSymbolLayer:
        """A line of ``width`` pixels at every scale."""
        line = QgsSimpleLineSymbolLayer(self.colour(name), px(width))
        line.setPenJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if dash:
            line.setUseCustomDashPattern(True)
            line.setCustomDashVector([px(length) for length in dash])
        return line

    def band(
        self, name: str, metres: float, least: float, most: float, level: int
    ) -> QgsSimpleLineSymbolLayer:
        """A line ``metres`` wide on the ground but ``least`` to ``most`` pixels on the screen.

        ``level`` orders the bands of one layer: lower ones are drawn first, for all features.
        """
        line = QgsSimpleLineSymbolLayer(self.colour(name), metres)
        line.setWidthUnit(QgsUnitTypes.RenderMapUnits)
        line.setWidthMapUnitScale(between(least, most))
        line.setPenJoinStyle(Qt.PenJoinStyle.RoundJoin)
        line.setPenCapStyle(Qt.PenCapStyle.RoundCap)
        line.setRenderingPass(level)
        return line

    def text(
        self, name: str, pixels: float, *, bold: bool = False, halo: float = 1.4
    ) -> QgsTextFormat:
        """Lettering in the map's font, ``pixels`` high, with a halo of so many pixels."""
        font = QFont(FONT)
        font.setBold(bold)
        text = QgsTextFormat()
        text.setFont(font)
        text.setSizeUnit(QgsUnitTypes.RenderPoints)
        text.setSize(pixels * 72 / 96)
        text.setColor(self.colour(name))
        buffer = QgsTextBufferSettings()
        buffer.setEnabled(True)
        buffer.setSize(px(halo))
        buffer.setColor(self.colour("halo"))
        buffer.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        text.setBuffer(buffer)
        return text


def lines(*bands: QgsSimpleLineSymbolLayer) -> QgsLineSymbol:
    """A line drawn as several bands over each other."""
    symbol = QgsLineSymbol()
    _replace_layers(symbol, bands)
    return symbol


def marker(layer: QgsSimpleMarkerSymbolLayer) -> QgsMarkerSymbol:
    """A marker of one layer."""
    symbol = QgsMarkerSymbol()
    _replace_layers(symbol, [layer])
    return symbol


def _fill_of(layer: QgsSymbolLayer) -> QgsFillSymbol:
    symbol = QgsFillSymbol()
    _replace_layers(symbol, [layer])
    return symbol


def _replace_layers(symbol: QgsSymbol, layers: Sequence[QgsSymbolLayer]) -> None:
    # Not by the constructor's list: PyQGIS does not hand over the layers in it, and both sides
    # delete them.
    symbol.deleteSymbolLayer(0)
    for layer in layers:
        symbol.appendSymbolLayer(layer)
