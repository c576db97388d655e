"""Opens the layers of a scene and keeps those that stay from one scene to the next."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from qgis.core import QgsCoordinateReferenceSystem, QgsDataSourceUri, QgsVectorLayer

from map.engine.road_names import road_names
from map.engine.styles import STYLES, UnknownStyle
from map.engine.styles.paint import Paint
from map.scene import LayerSpec, Scene, Source

DOTS_PER_METRE = 96 / 0.0254
"""The engine draws at 96 dots an inch (see __main__), so a scale of 1:n is n / this m/px."""

DERIVED = {"road_name": road_names}
"""Styles whose layer is not the table itself but made from it, in the scene's CRS."""

Notify = Callable[[str, str, str], None]
"""Called with a notice's code, the layer's title and a detail."""


@dataclass
class OpenLayer:
    """A layer that QGIS has opened, and the spec it is drawn by."""

    spec: LayerSpec
    qgis: QgsVectorLayer
    visible: bool
    skipped: bool = False


class Layers:
    """The layers of the current scene, from the bottom to the top."""

    def __init__(self, notify: Notify) -> None:
        self._notify = notify
        self._open: dict[str, OpenLayer] = {}
        self._tokens: dict[str, str] = {}

    def show(self, scene: Scene) -> None:
        """Open what is new, keep what has the same source, drop the rest, style all."""
        before, self._open = self._open, {}
        self._tokens = dict(scene.tokens)
        crs = QgsCoordinateReferenceSystem(scene.crs)
        for spec in scene.layers:
            kept = before.get(spec.id)
            if kept is not None and _is_same(kept, spec, crs):
                self._add(spec, kept.qgis)
            else:
                self._add(spec, _open(spec, crs))

    def recolour(self, tokens: dict[str, str]) -> None:
        """Style every layer again with the colours of another theme."""
        self._tokens = dict(tokens)
        for layer in self._open.values():
            self._style(layer.spec, layer.qgis)

    def set_visible(self, name: str, visible: bool) -> bool:
        """Show or hide a layer; False if the scene has none of this id."""
        if name not in self._open:
            return False
        self._open[name].visible = visible
        return True

    def drawn_at(self, mpp: float) -> list[OpenLayer]:
        """What is drawn at this scale (metres per logical pixel), from the top to the bottom."""
        return [
            layer
            for layer in reversed(self._open.values())
            if layer.visible and not layer.skipped and layer.spec.is_drawn_at(mpp)
        ]

    def skip(self, name: str) -> None:
        """Leave a layer out until `forgive` or the next scene."""
        layer = self._open[name]
        layer.skipped = True
        self._notify("layer-slow", layer.spec.title, "")

    def forgive(self) -> None:
        """Give skipped layers another chance."""
        for layer in self._open.values():
            layer.skipped = False

    def close(self) -> None:
        """Let go of all layers."""
        self._open.clear()

    def _add(self, spec: LayerSpec, layer: QgsVectorLayer) -> None:
        if not layer.isValid():
            self._notify("layer-dead", spec.title, _reason(spec.source, layer))
            return
        try:
            self._style(spec, layer)
        except (UnknownStyle, ValueError) as error:
            self._notify("layer-style", spec.title, f"{spec.style}: {error}")
            return
        self._open[spec.id] = OpenLayer(spec, layer, spec.visible)

    def _style(self, spec: LayerSpec, layer: QgsVectorLayer) -> None:
        if spec.style not in STYLES:
            raise UnknownStyle(spec.style)
        STYLES[spec.style](layer, spec, Paint(self._tokens))


def _is_same(layer: OpenLayer, spec: LayerSpec, crs: QgsCoordinateReferenceSystem) -> bool:
    if layer.spec.source != spec.source or (layer.spec.style in DERIVED) != (spec.style in DERIVED):
        return False
    return bool(layer.qgis.isValid()) and (spec.style not in DERIVED or layer.qgis.crs() == crs)


def _open(spec: LayerSpec, crs: QgsCoordinateReferenceSystem) -> QgsVectorLayer:
    layer = QgsVectorLayer(_uri(spec.source), spec.title, spec.source.provider)
    if spec.style in DERIVED and layer.isValid():
        return DERIVED[spec.style](layer, crs)
    return layer


def _uri(source: Source) -> str:
    if source.provider == "ogr":
        text = f"{source.database}|layername={source.table}"
        return f"{text}|subset={source.filter}" if source.filter else text
    uri = QgsDataSourceUri(source.database if source.provider == "postgres" else "")
    if source.provider == "spatialite":
        uri.setDatabase(source.database)
    schema, _, table = source.table.rpartition(".")
    uri.setDataSource(schema, table, source.geometry, source.filter, source.key)
    # Counting 800,000 rows at every start would cost more than it tells.
    uri.setUseEstimatedMetadata(True)
    return str(uri.uri(False))


def _reason(source: Source, layer: QgsVectorLayer) -> str:
    if source.provider != "postgres" and not Path(source.database).exists():
        return f"{source.database} does not exist"
    return str(layer.error().summary()) or f"{source.table} could not be opened"
