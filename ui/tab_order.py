"""The way of the tab key through widgets that were made later than their neighbours."""

from itertools import pairwise

from PySide6.QtWidgets import QWidget


def tab_through(anchor: QWidget, *following: QWidget) -> None:
    """Let the tab key go from a widget to these in their order, and then on as before.

    Qt goes in the order of making, so what is made anew for each case would come last of all.
    """
    for before, after in pairwise((anchor, *following)):
        QWidget.setTabOrder(before, after)
