"""The QGIS side of the map, run by the interpreter of QGIS in a process of its own."""
