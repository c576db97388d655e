"""Finds the features near a point of the map."""

import math

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsFeature,
    QgsFeatureRequest,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
)

from map.engine.layers import OpenLayer
from map.protocol import Feature, Identify, Value

MOST = 20
"""Features a click returns at most; the nearest ones."""


def identify(
    question: Identify, layers: list[OpenLayer], crs: QgsCoordinateReferenceSystem
) -> tuple[Feature, ...]:
    """Answer ``question`` from ``layers``, which are drawn in ``crs``; nearest first.

    Raises ``QgsCsException`` for a point that the layers' systems cannot express.
    """
    found = [hit for layer in layers for hit in _in_layer(question, layer, crs)]
    found.sort(key=lambda hit: hit[0])
    return tuple(feature for _, feature in found[:MOST])


def _in_layer(
    question: Identify, layer: OpenLayer, crs: QgsCoordinateReferenceSystem
) -> list[tuple[float, Feature]]:
    transform = QgsCoordinateTransform(layer.qgis.crs(), crs, QgsProject.instance())
    point = QgsPointXY(question.x, question.y)
    box = QgsRectangle(
        point.x() - question.radius,
        point.y() - question.radius,
        point.x() + question.radius,
        point.y() + question.radius,
    )
    reverse = QgsCoordinateTransform.ReverseTransform
    request = QgsFeatureRequest().setFilterRect(transform.transformBoundingBox(box, reverse))
    here = QgsGeometry.fromPointXY(point)
    hits = []
    for row in layer.qgis.getFeatures(request):
        geometry = QgsGeometry(row.geometry())
        try:
            geometry.transform(transform)
        except QgsCsException:
            continue
        distance = geometry.distance(here)
        if 0 <= distance <= question.radius:
            hits.append((distance, _feature(layer, row, geometry)))
    return hits


def _feature(layer: OpenLayer, row: QgsFeature, geometry: QgsGeometry) -> Feature:
    anchor = geometry.pointOnSurface().asPoint()
    names = [str(field.name()) for field in layer.qgis.fields()]
    values = dict(zip(names, (_value(value) for value in row.attributes()), strict=True))
    key = values.get(layer.spec.source.key)
    return Feature(
        layer=layer.spec.id,
        key=key if type(key) is int else int(row.id()),
        x=float(anchor.x()),
        y=float(anchor.y()),
        attributes=values,
    )


def _value(value: object) -> Value:
    """An attribute as JSON has it; what JSON has not (dates, NULL) as text or null."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        return value if abs(value) < 2**63 else str(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    # QGIS hands out a NULL as an invalid QVariant, whatever the field's type.
    is_null = getattr(value, "isNull", None)
    if is_null is not None and is_null():
        return None
    return str(value)
