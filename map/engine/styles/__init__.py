"""How layers look: one function per style name, driven by the theme's tokens."""

from collections.abc import Callable

from qgis.core import QgsVectorLayer

from map.engine.styles import areas, cells, components, places, roads
from map.engine.styles.paint import Paint
from map.scene import LayerSpec

Style = Callable[[QgsVectorLayer, LayerSpec, Paint], None]


class UnknownStyle(LookupError):
    """A scene names a style that does not exist."""


STYLES: dict[str, Style] = {
    "land": areas.land,
    "water": areas.water,
    "green": areas.green,
    "building": areas.building,
    "road": roads.road,
    "road_name": roads.road_name,
    "poi": places.poi,
    "house_number": places.house_number,
    "cell": cells.cell,
    "cell_count": cells.cell_count,
    "beat": cells.beat,
    "outside": cells.outside,
    "component": components.component,
}
