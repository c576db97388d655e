"""Components (部件) by big class: small dots from afar, symbols at street scale."""

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsMarkerSymbol,
    QgsRendererCategory,
    QgsSimpleMarkerSymbolLayer,
    QgsSimpleMarkerSymbolLayerBase,
    QgsUnitTypes,
    QgsVectorLayer,
)

from map.engine.styles.paint import Paint, between, marker
from map.scene import Category, LayerSpec

METRES = 3.0
LEAST, MOST = 2.6, 11.0
"""A symbol is as large as `METRES` on the ground, but this many pixels at least and most."""

QGIS_SHAPES = {"cross": "cross_fill"}
"""Where QGIS has another word for one of `map.scene.Shape`."""


def component(layer: QgsVectorLayer, spec: LayerSpec, paint: Paint) -> None:
    """One symbol per category of ``spec``; values without a category are grey dots."""
    categories = [
        QgsRendererCategory(category.value, _symbol(category, paint), category.title)
        for category in spec.categories
    ]
    other = Category("", "", "circle", "component_6")
    categories.append(QgsRendererCategory(None, _symbol(other, paint), ""))
    layer.setRenderer(QgsCategorizedSymbolRenderer(spec.field, categories))


def _symbol(category: Category, paint: Paint) -> QgsMarkerSymbol:
    name = QGIS_SHAPES.get(category.shape, category.shape)
    shape, _ = QgsSimpleMarkerSymbolLayerBase.decodeShape(name)
    sign = QgsSimpleMarkerSymbolLayer(shape)
    sign.setSize(METRES)
    sign.setSizeUnit(QgsUnitTypes.RenderMapUnits)
    sign.setSizeMapUnitScale(between(LEAST, MOST))
    sign.setColor(paint.colour(category.colour))
    sign.setStrokeColor(paint.colour("symbol_edge"))
    sign.setStrokeWidth(METRES / 10)
    sign.setStrokeWidthUnit(QgsUnitTypes.RenderMapUnits)
    sign.setStrokeWidthMapUnitScale(between(0.3, 1.2))
    return marker(sign)
