"""Land use, water, green and buildings: the quiet ground of the map."""

from qgis.core import QgsPalLayerSettings, QgsSingleSymbolRenderer, QgsVectorLayer

from map.engine.styles.paint import Paint
from map.engine.styles.text import label_with
from map.scene import LayerSpec

BUILDING_NAMES_BELOW = 0.75
"""Metres per pixel; above it the names of buildings would hide the streets."""


def land(layer: QgsVectorLayer, _spec: LayerSpec, paint: Paint) -> None:
    """Squares, yards and other paved ground: hardly apart from the land."""
    layer.setRenderer(QgsSingleSymbolRenderer(paint.fill("land")))


def water(layer: QgsVectorLayer, _spec: LayerSpec, paint: Paint) -> None:
    """Rivers and lakes with their names."""
    layer.setRenderer(QgsSingleSymbolRenderer(paint.fill("water")))
    settings = QgsPalLayerSettings()
    settings.fieldName = "name"
    settings.placement = QgsPalLayerSettings.Placement.Horizontal
    settings.fitInPolygonOnly = True
    settings.priority = 2
    settings.setFormat(paint.text("water_label", 15, halo=0.8))
    label_with(layer, settings)


def green(layer: QgsVectorLayer, _spec: LayerSpec, paint: Paint) -> None:
    """Parks and lawns."""
    layer.setRenderer(QgsSingleSymbolRenderer(paint.fill("green")))


def building(layer: QgsVectorLayer, _spec: LayerSpec, paint: Paint) -> None:
    """Buildings, and their names at street scale."""
    layer.setRenderer(QgsSingleSymbolRenderer(paint.fill("building", "building_edge")))
    settings = QgsPalLayerSettings()
    settings.fieldName = "name"
    settings.placement = QgsPalLayerSettings.Placement.Horizontal
    settings.fitInPolygonOnly = True
    settings.priority = 1
    settings.setFormat(paint.text("label", 11, halo=1.0))
    label_with(layer, settings, below=BUILDING_NAMES_BELOW)
