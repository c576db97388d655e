"""Points with a name: places of interest and house numbers, at street scale."""

from qgis.core import (
    QgsPalLayerSettings,
    QgsSimpleMarkerSymbolLayer,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import Qt

from map.engine.styles.paint import Paint, marker, px
from map.engine.styles.text import label_with
from map.scene import LayerSpec

DOT = 4.0


def poi(layer: QgsVectorLayer, _spec: LayerSpec, paint: Paint) -> None:
    """A small dot, its name below; a dot without room for its name is not drawn either."""
    dot = QgsSimpleMarkerSymbolLayer()
    dot.setSize(px(DOT))
    dot.setColor(paint.colour("label", 0.75))
    dot.setStrokeColor(paint.colour("halo"))
    dot.setStrokeWidth(px(0.8))
    layer.setRenderer(QgsSingleSymbolRenderer(marker(dot)))
    settings = QgsPalLayerSettings()
    settings.fieldName = "name"
    settings.placement = QgsPalLayerSettings.Placement.OrderedPositionsAroundPoint
    settings.dist = px(2)
    settings.priority = 2
    settings.obstacle = False
    settings.setFormat(paint.text("label", 11))
    label_with(layer, settings)


def house_number(layer: QgsVectorLayer, _spec: LayerSpec, paint: Paint) -> None:
    """The number alone, small, exactly at its place."""
    nothing = QgsSimpleMarkerSymbolLayer()
    nothing.setSize(0)
    nothing.setStrokeStyle(Qt.PenStyle.NoPen)
    layer.setRenderer(QgsSingleSymbolRenderer(marker(nothing)))
    settings = QgsPalLayerSettings()
    settings.fieldName = "number"
    settings.placement = QgsPalLayerSettings.Placement.OverPoint
    settings.priority = 0
    settings.obstacle = False
    settings.setFormat(paint.text("label", 10, halo=1.0))
    label_with(layer, settings)
