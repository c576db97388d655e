"""What the pointer on the map means: the place of a report, a thing to look at, its cell."""

from PySide6.QtCore import QObject, QPoint, QTimer, Signal, Slot

from map.client.map_canvas import Identified, MapCanvas
from ui.map_view.found_card import FoundCard
from ui.session import DeskSession
from workflow.errors import WanmiError
from workflow.ports import Record
from workflow.queries import ComponentCard, LocatedPlace

REST_MS = 150
"""The pointer must rest this long before its cell is looked up."""

COMPONENT, CELL = "component", "cell"


class Pointer(QObject):
    """Listens to a canvas.

    Attributes:
        is_picking: clicks choose the place of a report instead of showing what is there.

    Signals:
        place_picked(float, float): a place for the report, CGCS2000 degrees.
        component_picked(str): the component there, by its code; follows `place_picked`.
        place_hovered(float, float)
        cell_hovered(str): code of the cell under the resting pointer; empty outside the city.
    """

    place_picked = Signal(float, float)
    component_picked = Signal(str)
    place_hovered = Signal(float, float)
    cell_hovered = Signal(str)

    def __init__(self, session: DeskSession, canvas: MapCanvas, card: FoundCard) -> None:
        super().__init__(canvas)
        self._session = session
        self._canvas = canvas
        self._card = card
        self.is_picking = False
        self._at = QPoint()
        self._hovered = (0.0, 0.0)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._on_rest)
        canvas.set_identify_layers((COMPONENT, CELL))
        canvas.clicked.connect(self._on_clicked)
        canvas.identified.connect(self._on_identified)
        canvas.hovered.connect(self._on_hovered)
        canvas.view_changed.connect(card.hide)

    @Slot(float, float)
    def _on_clicked(self, lon: float, lat: float) -> None:
        self._card.hide()
        left, top = self._canvas.pixel_of(lon, lat)
        self._at = QPoint(round(left), round(top))
        if self.is_picking:
            self.place_picked.emit(lon, lat)

    @Slot(list)
    def _on_identified(self, found: list[Identified]) -> None:
        component = next((one for one in found if one.layer == COMPONENT), None)
        code = str(component.attributes.get("code", "")) if component else ""
        if self.is_picking:
            if code:
                self.component_picked.emit(code)
            return
        if code:
            self._session.door.ask(
                lambda record: record.component(code), self._on_card, key="found-component"
            )
            return
        cell = next((one for one in found if one.layer == CELL), None)
        if cell is not None:
            words = cell.attributes
            self._card.show_cell(str(words.get("code", "")), words.get("component_count"), self._at)

    def _on_card(self, card: ComponentCard) -> None:
        self._card.show_component(card, self._at)

    @Slot(float, float)
    def _on_hovered(self, lon: float, lat: float) -> None:
        self._hovered = (lon, lat)
        self.place_hovered.emit(lon, lat)
        self._rest.start()

    @Slot()
    def _on_rest(self) -> None:
        lon, lat = self._hovered

        def work(record: Record) -> LocatedPlace:
            return record.locate(lon, lat)

        self._session.door.ask(work, self._on_located, self._on_outside, key="hover")

    def _on_located(self, located: LocatedPlace) -> None:
        self.cell_hovered.emit(located.place.cell_code)

    def _on_outside(self, error: WanmiError) -> None:
        self.cell_hovered.emit("")
