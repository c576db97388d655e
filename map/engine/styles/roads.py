"""Roads: casing and fill by kind, as wide as on the ground; their names along the line."""

from dataclasses import dataclass

from qgis.core import (
    QgsLabeling,
    QgsLineSymbol,
    QgsNullSymbolRenderer,
    QgsPalLayerSettings,
    QgsRuleBasedRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import Qt

from map.engine.styles.paint import Paint, lines, px, scale
from map.engine.styles.text import LabelRules
from map.scene import LayerSpec


@dataclass(frozen=True)
class Class:
    """A class of road: its kinds (``kind_detail``), width in metres, pixels at least and most.

    ``below`` and ``names_below`` are metres per pixel: coarser than that it is not drawn, or
    not named. ``name_size`` is in pixels. ``level`` orders classes where they cross.
    """

    kinds: tuple[str, ...]
    fill: str
    casing: str
    metres: float
    least: float
    most: float
    level: int
    below: float = 0
    names_below: float = 0
    name_size: float = 12
    priority: int = 5


CLASSES = (
    Class(
        ("motorway", "trunk", "motorway_link", "trunk_link"),
        "major_road", "major_casing", 20, 2.6, 22, 4, names_below=6, name_size=13, priority=9,
    ),
    Class(
        ("primary", "primary_link"),
        "major_road", "major_casing", 18, 2.4, 22, 4, names_below=6, name_size=13, priority=8,
    ),
    Class(
        ("secondary", "secondary_link"),
        "major_road", "major_casing", 14, 1.8, 18, 3, names_below=2.6, priority=7,
    ),
    Class(
        ("tertiary", "tertiary_link"),
        "road", "road_casing", 11, 1.5, 16, 2, names_below=2.2, priority=6,
    ),
    Class(
        ("residential", "unclassified", "living_street"),
        "road", "road_casing", 8, 1.1, 14, 1, below=6, names_below=1.4, priority=5,
    ),
    Class(
        ("service", "pedestrian"),
        "road", "road_casing", 5, 0.9, 9, 0, below=2.2, names_below=0.7, name_size=11, priority=3,
    ),
)  # fmt: skip

TUNNEL = "coalesce(\"name\", '') LIKE '%隧道'"
OPEN_AIR = "coalesce(\"name\", '') NOT LIKE '%隧道'"
"""What lies under the ground is known by its name; the tables have no other sign of it."""

PATHS = ("footway", "path", "cycleway", "steps")
RAILS = ("subway", "light_rail", "rail", "tram")
CASING = 0.8
"""Pixels of casing on each side of the fill."""


def road(layer: QgsVectorLayer, _spec: LayerSpec, paint: Paint) -> None:
    """Roads, paths, rails and ferries."""
    root = QgsRuleBasedRenderer.Rule(None)
    for road_class in CLASSES:
        _add(
            root,
            f"{OPEN_AIR} AND {_is_one_of(road_class.kinds)}",
            _symbol(road_class, paint),
            road_class.below,
        )
    _add(root, TUNNEL, _tunnel(paint), 0)
    path = paint.stroke("path", 1.1, (3, 2))
    path.setRenderingPass(0)
    _add(root, _is_one_of(PATHS), lines(path), 1.2)
    rail = paint.stroke("rail", 1.0, (6, 3))
    rail.setRenderingPass(9)
    _add(root, _is_one_of(RAILS), lines(rail), 2.2)
    renderer = QgsRuleBasedRenderer(root)
    # Casings of all roads first, then fills: crossings stay open.
    renderer.setUsingSymbolLevels(True)
    layer.setRenderer(renderer)


def _symbol(road_class: Class, paint: Paint) -> QgsLineSymbol:
    fill = paint.band(
        road_class.fill,
        road_class.metres,
        road_class.least,
        road_class.most,
        level=10 + road_class.level,
    )
    casing = paint.band(
        road_class.casing,
        road_class.metres * 1.08,
        road_class.least + 2 * CASING,
        road_class.most + 2 * CASING,
        level=road_class.level,
    )
    return lines(casing, fill)


def _tunnel(paint: Paint) -> QgsLineSymbol:
    """Two dashed edges with the ground showing between them."""
    edge = paint.band("tunnel_casing", 14 * 1.08, 2.6, 16, level=0)
    edge.setPenCapStyle(Qt.PenCapStyle.FlatCap)
    edge.setUseCustomDashPattern(True)
    edge.setCustomDashVector([px(5), px(3)])
    fill = paint.band("tunnel", 14, 1.2, 14, level=1)
    return lines(edge, fill)


def _add(
    root: QgsRuleBasedRenderer.Rule, condition: str, symbol: QgsLineSymbol, below: float
) -> None:
    rule = QgsRuleBasedRenderer.Rule(symbol)
    rule.setFilterExpression(condition)
    if below:
        rule.setMinimumScale(scale(below))
    root.appendChild(rule)


def _is_one_of(kinds: tuple[str, ...]) -> str:
    return '"kind_detail" IN ({})'.format(", ".join(f"'{kind}'" for kind in kinds))


def road_name(layer: QgsVectorLayer, _spec: LayerSpec, paint: Paint) -> None:
    """Only the names, along lines made by `map.engine.road_names`."""
    layer.setRenderer(QgsNullSymbolRenderer())
    rules = LabelRules()
    for road_class in CLASSES:
        settings = QgsPalLayerSettings()
        settings.fieldName = "name"
        settings.placement = QgsPalLayerSettings.Placement.Curved
        settings.setFormat(paint.text("label", road_class.name_size))
        settings.priority = road_class.priority
        settings.repeatDistance = px(420)
        along = settings.lineSettings()
        along.setPlacementFlags(QgsLabeling.LinePlacementFlag.OnLine)
        settings.setLineSettings(along)
        rules.add(settings, _is_one_of(road_class.kinds), below=road_class.names_below)
    rules.apply(layer)
