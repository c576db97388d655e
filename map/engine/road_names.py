"""Makes lines to letter road names along: one line per road, not one per carriageway and piece.

A road comes in many pieces, and a wide one as two parallel carriageways. Labelled as they are,
the same name would stand twice side by side and again at every crossing.
"""

from collections.abc import Iterable

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsFeature,
    QgsGeometry,
    QgsProject,
    QgsVectorLayer,
)

APART = 45.0
"""Metres; a piece nearer than this to a longer one of the same name is the same road."""

SHORTEST = 60.0
"""Metres of line that are worth a name."""

FIELDS = ("name", "kind_detail")


def road_names(roads: QgsVectorLayer, crs: QgsCoordinateReferenceSystem) -> QgsVectorLayer:
    """A layer in memory, in ``crs`` (metres), with a line per name and stretch of road."""
    lines: dict[tuple[str, str], list[QgsGeometry]] = {}
    transform = QgsCoordinateTransform(roads.crs(), crs, QgsProject.instance())
    for road in roads.getFeatures():
        name, kind = (road[field] for field in FIELDS)
        geometry = QgsGeometry(road.geometry())
        if not isinstance(name, str) or not name or not isinstance(kind, str):
            continue
        try:
            geometry.transform(transform)
        except QgsCsException:
            continue
        lines.setdefault((name, kind.removesuffix("_link")), []).append(geometry)
    fields = "&".join(f"field={field}:string" for field in FIELDS)
    layer = QgsVectorLayer(f"LineString?crs={crs.authid()}&{fields}", roads.name(), "memory")
    layer.dataProvider().addFeatures(
        [_feature(layer, key, line) for key, pieces in lines.items() for line in _thin(pieces)]
    )
    return layer


def _feature(layer: QgsVectorLayer, key: tuple[str, str], line: QgsGeometry) -> QgsFeature:
    feature = QgsFeature(layer.fields())
    feature.setAttributes(list(key))
    feature.setGeometry(line)
    return feature


def _thin(pieces: list[QgsGeometry]) -> list[QgsGeometry]:
    """The longest lines of a road, without what runs beside one already kept."""
    kept: list[QgsGeometry] = []
    taken: QgsGeometry | None = None
    for line in _longest_first(_single(QgsGeometry.unaryUnion(pieces).mergeLines())):
        rest = line if taken is None else line.difference(taken)
        for part in _longest_first(_single(rest)):
            if part.length() < SHORTEST:
                break
            kept.append(part)
            near = part.buffer(APART, 3)
            taken = near if taken is None else taken.combine(near)
    return kept


def _longest_first(lines: Iterable[QgsGeometry]) -> list[QgsGeometry]:
    return sorted(lines, key=lambda line: -float(line.length()))


def _single(geometry: QgsGeometry) -> list[QgsGeometry]:
    return [] if geometry.isEmpty() else list(geometry.asGeometryCollection())
