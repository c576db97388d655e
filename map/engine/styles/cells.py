"""The grid: unit cells (单元网格) as outlines or by count, and beats (责任网格)."""

import math

from qgis.core import (
    QgsFillSymbol,
    QgsGraduatedSymbolRenderer,
    QgsInvertedPolygonRenderer,
    QgsLinePatternFillSymbolLayer,
    QgsRendererRange,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
)

from map.engine.styles.paint import Paint, px
from map.scene import LayerSpec

OUTLINE_OPACITY = 0.35
COUNT_OPACITY = 0.6
BEAT_OPACITY = 0.45
OUTSIDE_OPACITY = 0.5
HATCH_PIXELS = 9


def cell(layer: QgsVectorLayer, _spec: LayerSpec, paint: Paint) -> None:
    """Thin outlines in the standard's magenta (dark theme: blue).

    The layer as a whole is translucent: two cells share each edge, and an edge drawn twice
    must not be twice as strong.
    """
    layer.setRenderer(QgsSingleSymbolRenderer(paint.outline("cell", 1.0)))
    layer.setOpacity(OUTLINE_OPACITY)


def cell_count(layer: QgsVectorLayer, spec: LayerSpec, paint: Paint) -> None:
    """Cells filled by the amount in ``spec.field``, as the spec's breaks and colours say.

    A cell whose colour is empty is not drawn, so that bare ground and water stay clear.
    """
    bounds = [-math.inf, *spec.breaks, math.inf]
    ranges = [
        QgsRendererRange(max(low, -1e300), min(high, 1e300), paint.fill(colour), "")
        for low, high, colour in zip(bounds[:-1], bounds[1:], spec.colours, strict=True)
        if colour
    ]
    layer.setRenderer(QgsGraduatedSymbolRenderer(spec.field, ranges))
    layer.setOpacity(COUNT_OPACITY)


def beat(layer: QgsVectorLayer, _spec: LayerSpec, paint: Paint) -> None:
    """Thicker dashed outlines."""
    layer.setRenderer(QgsSingleSymbolRenderer(paint.outline("beat", 1.6, (7, 4))))
    layer.setOpacity(BEAT_OPACITY)


def outside(layer: QgsVectorLayer, _spec: LayerSpec, paint: Paint) -> None:
    """A hatch over everything that no polygon of the layer covers: ground that is not managed."""
    hatch = QgsLinePatternFillSymbolLayer()
    hatch.setLineAngle(45)
    hatch.setDistance(px(HATCH_PIXELS))
    hatch.setColor(paint.colour("outside"))
    hatch.setLineWidth(px(1))
    symbol = QgsFillSymbol()
    symbol.changeSymbolLayer(0, hatch)
    layer.setRenderer(QgsInvertedPolygonRenderer(QgsSingleSymbolRenderer(symbol)))
    layer.setOpacity(OUTSIDE_OPACITY)
