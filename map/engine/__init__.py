"""The map engine: a real QgsMapCanvas in QGIS's own interpreter, drawing for the window."""
