"""Puts labels on a layer; what all labels of the map have in common."""

from qgis.core import (
    QgsPalLayerSettings,
    QgsRuleBasedLabeling,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)

from map.engine.styles.paint import scale


def label_with(layer: QgsVectorLayer, settings: QgsPalLayerSettings, *, below: float = 0) -> None:
    """Label ``layer`` at scales finer than ``below`` metres per pixel (0: at every scale)."""
    _limit(settings, below)
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)


class LabelRules:
    """Labels of one layer that differ by feature: add rules, then `apply`."""

    def __init__(self) -> None:
        self._root = QgsRuleBasedLabeling.Rule(None)

    def add(self, settings: QgsPalLayerSettings, condition: str, *, below: float = 0) -> None:
        """Label the features that meet the QGIS expression ``condition``."""
        rule = QgsRuleBasedLabeling.Rule(settings)
        rule.setFilterExpression(condition)
        if below:
            rule.setMinimumScale(scale(below))
        self._root.appendChild(rule)

    def apply(self, layer: QgsVectorLayer) -> None:
        """Give the rules to ``layer``."""
        layer.setLabeling(QgsRuleBasedLabeling(self._root))
        layer.setLabelsEnabled(True)


def _limit(settings: QgsPalLayerSettings, below: float) -> None:
    if below:
        settings.scaleVisibility = True
        settings.minimumScale = scale(below)
        settings.maximumScale = 0
