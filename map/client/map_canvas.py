"""The map widget: shows the engine's pictures, moves them at once, draws what lives over them."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from map.client import buttons, overlay, sentences
from map.client.banner import Banner
from map.client.buttons import GAP, SIDE, MapButton
from map.client.colours import Colours
from map.client.map_engine import Frame, MapEngine
from map.client.markers import Markers, PlacedMarkers
from map.client.pacer import Pacer
from map.client.pictures import Pictures
from map.client.projection import Projection
from map.client.viewport_widget import ViewportWidget
from map.protocol import Feature, Value
from map.scene import Scene
from resources.language import tr

HIT_PIXELS = 12.0
"""How far from a marker's middle a click still means it."""

IDENTIFY_PIXELS = 6.0


@dataclass(frozen=True)
class Identified:
    """A row under a click: its layer, key, place (EPSG:4490 degrees) and attributes."""

    layer: str
    key: int
    lon: float
    lat: float
    attributes: dict[str, Value]


class MapCanvas(ViewportWidget):
    """The map. Places are EPSG:4490 degrees, longitude first; sizes are logical pixels."""

    clicked = Signal(float, float)
    """A click that hit no marker: longitude, latitude."""

    marker_clicked = Signal(str, object)
    """A marker was hit: the name of its layer, its key (an int)."""

    identified = Signal(list)
    """What lies under a click, nearest first: a list of `Identified`, perhaps empty."""

    frame_drawn = Signal(int)
    """A sharp picture of the present view was painted: the engine's count of frames."""

    engine_lost = Signal(str)
    """The engine died or was given up (a sentence)."""

    engine_back = Signal()
    """The first sharp picture after `engine_lost` has been painted."""

    notice = Signal(str)
    """Something about a layer (a sentence)."""

    def __init__(
        self, engine: MapEngine, projection: Projection, parent: QWidget | None = None
    ) -> None:
        super().__init__(projection, parent)
        self.setAccessibleName(tr("Map"))
        self._engine = engine
        self._pictures = Pictures()
        self._markers: dict[str, PlacedMarkers] = {}
        self._chosen: dict[str, int] = {}
        self._highlight: tuple[float, float] | None = None
        self._pin: tuple[float, float] | None = None
        self._identify_layers: tuple[str, ...] = ()
        self._question: int | None = None
        self._is_lost = False
        self._announced = 0
        self._attribution = ""
        self._colours = Colours.of({})
        self._buttons = self._make_buttons()
        self._banner = Banner(self)
        self._banner.retried.connect(self.retry)
        self._pacer = Pacer(engine, self)
        self._pacer.sharp.connect(self._on_sharp)
        self._pacer.surroundings.connect(self._on_surroundings)
        engine.ready.connect(self.refresh)
        engine.found.connect(self._on_found)
        engine.lost.connect(self._on_lost)
        engine.gave_up.connect(self._on_gave_up)
        engine.notice.connect(self.notice)
        if engine.failure:  # it was quicker to fail than the record to open
            self._on_gave_up(engine.failure)

    def set_scene(self, scene: Scene) -> None:
        """Show these layers, in these colours. The scene's CRS must be the projection's."""
        if scene.crs != self.projection.crs:
            raise ValueError(f"the scene is in {scene.crs}, the map in {self.projection.crs}")
        self._wear(scene.tokens)
        self._engine.set_scene(scene)

    def set_tokens(self, tokens: dict[str, str]) -> None:
        """Change the theme's colours."""
        self._wear(tokens)
        self._engine.set_tokens(tokens)
        self.refresh()

    def set_layer_visible(self, layer: str, visible: bool) -> None:
        """Show or hide a layer of the scene."""
        self._engine.set_layer_visible(layer, visible)
        self.refresh()

    def set_attribution(self, text: str) -> None:
        """Whose data it is, written at the bottom right."""
        self._attribution = text
        self.update()

    def set_identify_layers(self, layers: tuple[str, ...]) -> None:
        """Which layers a click asks the engine about; without any `identified` never comes."""
        self._identify_layers = layers

    def set_markers(self, layer: str, markers: Markers) -> None:
        """Show these live markers under the name ``layer``, instead of its earlier ones."""
        self._markers[layer] = PlacedMarkers.place(markers, self.projection)
        self.update()

    def choose(self, layer: str, key: int | None) -> None:
        """Draw this marker over all others, and let a click on its place mean the next one there.

        Markers may share a place; without this only the topmost could be seen and chosen.
        """
        self._chosen = {} if key is None else {layer: key}
        self.update()

    def highlight(self, place: tuple[float, float] | None) -> None:
        """Draw the ring around a place (longitude, latitude), or none."""
        self._highlight = self.projection.to_map(*place) if place else None
        self.update()

    def set_pin(self, place: tuple[float, float] | None) -> None:
        """Stand the pin of a new report on a place, or take it away."""
        self._pin = self.projection.to_map(*place) if place else None
        self.update()

    @Slot()
    def refresh(self) -> None:
        """Have the present view drawn again, because something in it changed."""
        self._pictures.set_surroundings(None)
        if self.has_view and self.isVisible():
            self._pacer.want(self.viewport)

    @Slot()
    def retry(self) -> None:
        """Start the engine again after it was given up."""
        self._banner.say(sentences.restarting(), can_retry=False)
        self._engine.retry()

    def on_looked(self) -> None:
        if self.isVisible():
            self._pacer.want(self.viewport)
        self.update()

    def on_tapped(self, at: QPointF) -> None:
        self.setFocus()
        for name, placed in reversed(self._markers.items()):
            key = placed.hit(self.viewport, at.x(), at.y(), HIT_PIXELS, self._chosen.get(name))
            if key is not None:
                self.marker_clicked.emit(name, key)
                return
        self.clicked.emit(*self.place_at(at.x(), at.y()))
        if self._identify_layers:
            x, y = self.viewport.to_map(at.x(), at.y())
            mpp = self.viewport.mpp
            self._question = self._engine.identify(
                x, y, IDENTIFY_PIXELS * mpp, mpp, self._identify_layers
            )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        viewport, colours = self.viewport, self._colours
        self._pictures.paint(painter, viewport, colours.land)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._pictures.sharp is None and self._banner.isHidden():
            overlay.paint_words(painter, viewport, colours, sentences.starting())
        for placed in self._markers.values():
            placed.paint(painter, viewport)
        for name, key in self._chosen.items():
            if name in self._markers:
                self._markers[name].paint_one(painter, viewport, key)
        if self._highlight is not None:
            overlay.paint_ring(painter, QPointF(*viewport.to_screen(*self._highlight)), colours)
        if self._pin is not None:
            overlay.paint_pin(painter, QPointF(*viewport.to_screen(*self._pin)), colours)
        if self.has_view:
            overlay.paint_scale_bar(painter, viewport, colours)
        if self._attribution:
            overlay.paint_attribution(painter, viewport, colours, self._attribution)
        painter.end()
        sharp = self._pictures.sharp
        if sharp is not None and sharp.number != self._announced and self.is_sharp:
            self._announced = sharp.number
            QTimer.singleShot(0, self._announce)

    @property
    def is_sharp(self) -> bool:
        """Whether the picture shown is of exactly the present view."""
        sharp = self._pictures.sharp
        return sharp is not None and sharp.view == self.viewport.view()

    @property
    def marker_layers(self) -> tuple[str, ...]:
        """The names of the layers of live markers, from the bottom to the top."""
        return tuple(self._markers)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for index, button in enumerate(self._buttons):
            button.move(self.width() - SIDE - 12, 12 + index * (SIDE + GAP))
        self._banner.place()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.on_looked()

    def hideEvent(self, event: QHideEvent) -> None:
        self._pacer.forget()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        # The widget was moved to a screen of another density.
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._look(self.viewport)
        super().changeEvent(event)

    def _make_buttons(self) -> list[MapButton]:
        plan = (
            (buttons.plus, tr("Zoom in"), self.zoom_in),
            (buttons.minus, tr("Zoom out"), self.zoom_out),
            (buttons.whole, tr("Back to the first view"), self.go_home),
        )
        made = []
        for glyph, name, slot in plan:
            button = MapButton(glyph, name, self)
            button.clicked.connect(slot)
            made.append(button)
        return made

    def _wear(self, tokens: dict[str, str]) -> None:
        self._colours = Colours.of(tokens)
        for button in self._buttons:
            button.set_colours(self._colours)
        self._banner.set_colours(self._colours)
        self.update()

    @Slot()
    def _announce(self) -> None:
        if self._is_lost:
            self._is_lost = False
            self._banner.hide()
            self.engine_back.emit()
        self.frame_drawn.emit(self._engine.frames)

    @Slot(object)
    def _on_sharp(self, frame: Frame) -> None:
        self._pictures.set_sharp(frame)
        self.update()

    @Slot(object)
    def _on_surroundings(self, frame: Frame) -> None:
        self._pictures.set_surroundings(frame)

    @Slot(int, object)
    def _on_found(self, question: int, features: tuple[Feature, ...]) -> None:
        if question != self._question:
            return
        self._question = None
        self.identified.emit(
            [
                Identified(
                    feature.layer,
                    feature.key,
                    *self.projection.to_lonlat(feature.x, feature.y),
                    feature.attributes,
                )
                for feature in features
            ]
        )

    @Slot(str)
    def _on_lost(self, sentence: str) -> None:
        self._is_lost = True
        self._banner.say(sentence, can_retry=False)
        self.engine_lost.emit(sentence)

    @Slot(str)
    def _on_gave_up(self, sentence: str) -> None:
        self._is_lost = True
        self._banner.say(sentence, can_retry=True)
        self.engine_lost.emit(sentence)
