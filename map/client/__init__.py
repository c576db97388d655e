"""The window's side of the map: PySide6 only, QGIS never."""
