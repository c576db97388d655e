"""The map's layers to show and hide."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Signal, Slot
from PySide6.QtGui import QAction, QPainter, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from map.client.buttons import GAP, SIDE, MapButton
from resources.language import tr

CASES = "cases"
LEGEND = "legend"
EDGE, OWN_BUTTONS = 12, 3
"""How the canvas places its own buttons, and how many they are."""


@dataclass(frozen=True, slots=True)
class LayerChoice:
    """One entry of the menu and the layers of the scene that it stands for."""

    title: str
    layers: tuple[str, ...]
    is_on: bool = True


def layer_choices() -> tuple[LayerChoice, ...]:
    """The entries, in the language in force."""
    return (
        LayerChoice(tr("Cases"), (CASES,)),
        LayerChoice(tr("Components"), ("component",)),
        LayerChoice(tr("Components by cell"), ("cell_count",)),
        LayerChoice(tr("Unit cells"), ("cell",)),
        LayerChoice(tr("Beats"), ("beat",)),
        LayerChoice(tr("Buildings"), ("building",)),
        LayerChoice(tr("House numbers and places"), ("house_number", "poi")),
        LayerChoice(tr("Legend"), (LEGEND,)),
    )


class LayerButton(MapButton):
    """Opens the menu; it stands below the canvas's own buttons.

    Signals:
        toggled_layers(tuple of layer names, bool): show or hide these.
    """

    toggled_layers = Signal(object, bool)

    def __init__(self, canvas: QWidget) -> None:
        super().__init__(stack, tr("Layers of the map"), canvas)
        self.menu = QMenu(self)
        for choice in layer_choices():
            action = self.menu.addAction(choice.title)
            action.setCheckable(True)
            action.setChecked(choice.is_on)
            action.setData(choice.layers)
        self.menu.triggered.connect(self._on_triggered)
        self.clicked.connect(self._on_clicked)
        canvas.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the place at the right edge."""
        if isinstance(event, QResizeEvent):
            self.move(event.size().width() - SIDE - EDGE, EDGE + OWN_BUTTONS * (SIDE + GAP))
        return super().eventFilter(watched, event)

    @Slot()
    def _on_clicked(self) -> None:
        size = self.menu.sizeHint()
        self.menu.popup(self.mapToGlobal(QPoint(-size.width() - GAP, 0)))

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        self.toggled_layers.emit(tuple(action.data()), action.isChecked())


def stack(painter: QPainter, middle: QPointF) -> None:
    """Three sheets, one over the other."""
    for down in (-4.0, 0.0, 4.0):
        centre = middle + QPointF(0, down)
        left, right = centre - QPointF(8, 0), centre + QPointF(8, 0)
        low = centre + QPointF(0, 4)
        if down < 0:
            painter.drawPolygon(QPolygonF([left, centre - QPointF(0, 4), right, low]))
        else:
            painter.drawPolyline(QPolygonF([left, low, right]))
