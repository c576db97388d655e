"""Opens the layers of a scene and keeps those that stay from one scene to the next."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from qgis.core import QgsCoordinateReferenceSystem, QgsDataSourceUri, QgsVectorLayer

from map.engine.road_names import road_names
from map.engine.styles import STYLES, UnknownStyle
from map.engine.styles.paint import Paint
from map.scene import LayerSpec, Scene, Source

DERIVED = {"road_name": road_names}
"""Styles whose layer is not the table itself but made from it, in the scene's CRS."""

SLOW_OPENING = 2.0
"""Seconds. A server that takes longer to say no is not there, and is not asked again for each
further layer: with a dozen of them the window would take the engine for hung."""

Notify = Callable[[str, str, str], None]
"""Called with a notice's code, the layer's title and a detail."""


@dataclass
class OpenLayer:
    """A layer that QGIS has opened, and the spec it is drawn by."""

    spec: LayerSpec
    qgis: QgsVectorLayer
    skipped: bool = False


class Layers:
    """The layers of the current scene, from the bottom to the top."""

    def __init__(self, notify: Notify) -> None:
        self._notify = notify
        self._scene: Scene | None = None
        self._open: dict[str, OpenLayer] = {}
        self._visible: dict[str, bool] = {}
        self._told: set[str] = set()
        self._tokens: dict[str, str] = {}

    def show(self, scene: Scene) -> None:
        """Open what is new, keep what has the same source, drop the rest, style all."""
        self._scene = scene
        self._tokens = dict(scene.tokens)
        self._visible = {spec.id: spec.visible for spec in scene.layers}
        self._told.clear()
        self._load(scene)

    @property
    def has_dead(self) -> bool:
        """Whether the scene has layers that could not be opened."""
        return len(self._open) < len(self._visible)

    def recolour(self, tokens: dict[str, str]) -> None:
        """Style every layer again with the colours of another theme."""
        self._tokens = dict(tokens)
        for layer in self._open.values():
            self._style(layer.spec, layer.qgis)

    def set_visible(self, name: str, visible: bool) -> bool:
        """Show or hide a layer; False if the scene has none of this id."""
        if name not in self._visible:
            return False
        self._visible[name] = visible
        return True

    def drawn_at(self, mpp: float) -> list[OpenLayer]:
        """What is drawn at this scale (metres per logical pixel), from the top to the bottom."""
        return [
            layer
            for layer in reversed(self._open.values())
            if self._visible[layer.spec.id] and not layer.skipped and layer.spec.is_drawn_at(mpp)
        ]

    def skip(self, name: str) -> None:
        """Leave a layer out until `forgive` or the next scene."""
        layer = self._open[name]
        layer.skipped = True
        self._notify("layer-slow", layer.spec.title, "")

    def forgive(self) -> None:
        """Give skipped and dead layers another chance; what is still dead is not told twice."""
        for layer in self._open.values():
            layer.skipped = False
        if self._scene is not None and self.has_dead:
            self._load(self._scene)

    def close(self) -> None:
        """Let go of all layers."""
        self._open.clear()
        self._visible.clear()

    def _load(self, scene: Scene) -> None:
        before, self._open = self._open, {}
        crs = QgsCoordinateReferenceSystem(scene.crs)
        unreachable: set[str] = set()
        for spec in scene.layers:
            kept = before.get(spec.id)
            if kept is not None and _is_same(kept, spec, crs):
                self._add(spec, kept.qgis)
            elif spec.source.database not in unreachable:
                started = perf_counter()
                layer = _open(spec, crs)
                if not layer.isValid() and perf_counter() - started > SLOW_OPENING:
                    unreachable.add(spec.source.database)
                self._add(spec, layer)
            else:
                self._tell("layer-dead", spec, "the database does not answer")

    def _add(self, spec: LayerSpec, layer: QgsVectorLayer) -> None:
        if not layer.isValid():
            self._tell("layer-dead", spec, _reason(spec.source, layer))
            return
        try:
            self._style(spec, layer)
        except (UnknownStyle, ValueError) as error:
            self._tell("layer-style", spec, f"{spec.style}: {error}")
            return
        self._open[spec.id] = OpenLayer(spec, layer)

    def _tell(self, code: str, spec: LayerSpec, detail: str) -> None:
        if spec.id not in self._told:
            self._told.add(spec.id)
            self._notify(code, spec.title, detail)

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
    error = layer.error()
    # QGIS 3.22 crashes when asked for the summary of no error.
    if error.isEmpty():
        return f"the table {source.table} cannot be read"
    return str(error.summary())
