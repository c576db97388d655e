"""The map panel of a desk: the city's scene, live cases, the chosen case, what a click finds."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from map.city_scene import SourceOf
from map.client.colours import Colours
from map.client.map_canvas import MapCanvas
from map.client.map_engine import MapEngine
from map.client.markers import no_markers
from map.client.projection import Projection
from resources.language import tr
from ui.map_view.case_markers import CaseSprites
from ui.map_view.city_layers import city_scene, map_tokens
from ui.map_view.found_card import FoundCard
from ui.map_view.layer_menu import CASES, LEGEND, LayerButton
from ui.map_view.legend import Legend, legend_entries
from ui.map_view.live_cases import LiveCases
from ui.map_view.pointer import Pointer
from ui.notices import Level
from ui.session import DeskSession
from ui.theme.tokens import Tokens
from workflow.ids import CaseId

ORIGIN = "map"
FIRST_MPP = 0.65
"""Metres per pixel at which a desk opens: streets have names, and the river gives bearings."""

ATTRIBUTION = "© OpenStreetMap contributors"


class MapView(QFrame):
    """The map, once the session is ready.

    Signals:
        made(MapCanvas): the canvas stands and has its first view.
        place_picked(float, float), component_picked(str): clicks for a report, see `Pointer`.
        report_wanted(str): report a problem with the component of this code.
        place_hovered(float, float), cell_hovered(str), scale_changed(float): for the status line.
    """

    made = Signal(object)
    place_picked = Signal(float, float)
    component_picked = Signal(str)
    report_wanted = Signal(str)
    place_hovered = Signal(float, float)
    cell_hovered = Signal(str)
    scale_changed = Signal(float)

    def __init__(
        self,
        session: DeskSession,
        engine: MapEngine,
        source: SourceOf,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("panel", "true")
        self.setMinimumSize(280, 200)
        self._session, self._engine, self._source = session, engine, source
        self._canvas: MapCanvas | None = None
        self._pointer: Pointer | None = None
        self._hidden: set[str] = set()
        self._sprites: CaseSprites | None = None
        self.live = LiveCases(session, self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 1)
        session.ready.connect(self._on_ready)
        session.theme_changed.connect(self._on_theme)
        session.selection.changed.connect(self._on_selection)
        self.live.changed.connect(self._show_cases)

    @property
    def canvas(self) -> MapCanvas | None:
        """The map widget; None before the session is ready."""
        return self._canvas

    def set_picking(self, is_picking: bool) -> None:
        """Let clicks choose the place of a report."""
        if self._pointer is not None and self._canvas is not None:
            self._pointer.is_picking = is_picking
            shape = Qt.CursorShape.CrossCursor if is_picking else Qt.CursorShape.ArrowCursor
            self._canvas.setCursor(shape)
            if not is_picking:
                self._canvas.set_pin(None)

    def set_pin(self, lon: float, lat: float) -> None:
        """Mark the place of a report."""
        if self._canvas is not None:
            self._canvas.set_pin((lon, lat))

    def show_whole_city(self) -> None:
        """The whole city."""
        if self._canvas is not None:
            self._canvas.fit(*self._session.reference.city.bounds)

    def locate(self, case_id: CaseId) -> None:
        """Bring a case to the middle at street scale."""
        self.live.where(case_id, self._come_near)

    # -- building -------------------------------------------------------------------------------
    @Slot()
    def _on_ready(self) -> None:
        reference = self._session.reference
        city = reference.city
        scene = city_scene(city, reference.rules.catalog, self._source, self._session.theme)
        canvas = MapCanvas(self._engine, Projection(city.view_crs), self)
        self._canvas = canvas
        self._column.addWidget(canvas)
        canvas.set_scene(scene)
        canvas.installEventFilter(self)
        self._scene = scene
        self._legend = Legend(canvas, self._session.theme)
        canvas.set_attribution(ATTRIBUTION)
        self._card = FoundCard(canvas)
        self._card.report_wanted.connect(self.report_wanted)
        self._pointer = Pointer(self._session, canvas, self._card)
        self._pointer.place_picked.connect(self.place_picked)
        self._pointer.component_picked.connect(self.component_picked)
        self._pointer.place_hovered.connect(self.place_hovered)
        self._pointer.cell_hovered.connect(self.cell_hovered)
        self._layers = LayerButton(canvas)
        self._layers.toggled_layers.connect(self._on_layers)
        canvas.marker_clicked.connect(self._on_marker)
        canvas.view_changed.connect(self._on_view)
        canvas.engine_back.connect(self._on_engine_back)
        canvas.notice.connect(self._on_notice)
        west, south, east, north = city.bounds
        canvas.set_view((west + east) / 2, (south + north) / 2, FIRST_MPP)
        self._dress(self._session.theme)
        self._show_cases()
        self.made.emit(canvas)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show by the panel's edge that the map has the keyboard."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.setProperty("keyboard", event.type() == QEvent.Type.FocusIn)
            self.style().polish(self)
        return super().eventFilter(watched, event)

    # -- cases ----------------------------------------------------------------------------------
    @Slot()
    def _show_cases(self) -> None:
        if self._canvas is None:
            return
        if self._sprites is None:
            self._sprites = CaseSprites(self._session.theme, self.devicePixelRatioF())
        placed = self._sprites.place(self.live.table, self._session.now())
        self._canvas.set_markers(CASES, placed if CASES not in self._hidden else no_markers())

    @Slot(str, "qint64")
    def _on_marker(self, layer: str, key: int) -> None:
        if layer != CASES:
            return
        if self._pointer is not None and self._pointer.is_picking:
            self.live.where(CaseId(key), self.place_picked.emit)
        else:
            self._card.hide()
            self._session.selection.select(CaseId(key), ORIGIN)

    @Slot(object, str)
    def _on_selection(self, case_id: CaseId | None, origin: str) -> None:
        if self._canvas is None:
            return
        self._canvas.choose(CASES, case_id)
        if case_id is None:
            self._canvas.highlight(None)
        else:
            self.live.where(case_id, self._ring if origin == ORIGIN else self._ring_and_centre)

    def _ring(self, lon: float, lat: float) -> None:
        if self._canvas is not None:
            self._canvas.highlight((lon, lat))

    def _ring_and_centre(self, lon: float, lat: float) -> None:
        if self._canvas is not None:
            self._canvas.highlight((lon, lat))
            self._canvas.centre_on(lon, lat)

    def _come_near(self, lon: float, lat: float) -> None:
        if self._canvas is not None:
            self._canvas.highlight((lon, lat))
            self._canvas.centre_on(lon, lat, keep_scale=False)

    # -- looks and layers -----------------------------------------------------------------------
    @Slot(object, bool)
    def _on_layers(self, layers: tuple[str, ...], is_on: bool) -> None:
        (self._hidden.difference_update if is_on else self._hidden.update)(layers)
        for layer in layers:
            if layer == CASES:
                self._show_cases()
            elif layer != LEGEND and self._canvas is not None:
                self._canvas.set_layer_visible(layer, is_on)
        self._explain()

    def _explain(self) -> None:
        """Let the legend say what is drawn at this scale."""
        if self._canvas is None:
            return
        colours, mpp = map_tokens(self._session.theme), self._canvas.viewport.mpp
        entries = legend_entries(self._scene, colours, mpp, self._hidden)
        self._legend.show_entries(() if LEGEND in self._hidden else entries)

    @Slot(object)
    def _on_theme(self, theme: Tokens) -> None:
        self._sprites = None
        if self._canvas is not None:
            self._canvas.set_tokens(map_tokens(theme))
            self._dress(theme)
            self._show_cases()

    def _dress(self, theme: Tokens) -> None:
        self._layers.set_colours(Colours.of(map_tokens(theme)))
        self._legend.set_theme(theme)
        self._explain()

    # -- the engine -----------------------------------------------------------------------------
    @Slot()
    def _on_view(self) -> None:
        if self._canvas is not None:
            self.scale_changed.emit(self._canvas.scale_denominator)
            self._explain()

    @Slot()
    def _on_engine_back(self) -> None:
        self._session.notices.post(tr("The map is drawn again."), Level.DONE, key="map-engine")

    @Slot(str)
    def _on_notice(self, sentence: str) -> None:
        self._session.notices.post(sentence, Level.WARNING, key="map-layer")
