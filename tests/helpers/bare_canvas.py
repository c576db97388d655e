"""The peer of the map benchmarks: a bare QgsMapCanvas in a process of its own, no wire, no window.

``/usr/bin/python3 -m tests.helpers.bare_canvas FILE`` reads ``{"scene": …, "views": […]}`` as the
protocol writes them and prints a JSON list: milliseconds from `refresh` to `mapCanvasRefreshed`
for each view.
"""

import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from map.fields import read
from map.protocol import View
from map.scene import Scene

NICENESS = 5
"""The same as the engine's own."""


def main(path: str) -> int:
    """Measure the views of the file."""
    os.nice(NICENESS)
    job = json.loads(Path(path).read_text())
    scene = read(Scene, job["scene"], "scene")
    views = [read(View, view, "view") for view in job["views"]]
    from map.engine import qgis_app

    with tempfile.TemporaryDirectory() as profile:
        application = qgis_app.start(Path(profile))
        times = _measure(scene, views)
        qgis_app.stop(application)
    sys.stdout.write(json.dumps(times) + "\n")
    return 0


def _measure(scene: Scene, views: list[View]) -> list[float]:
    from qgis.core import QgsCoordinateReferenceSystem
    from qgis.gui import QgsMapCanvas
    from qgis.PyQt import sip
    from qgis.PyQt.QtGui import QColor

    from map.engine.canvas import labelling
    from map.engine.layers import Layers

    layers = Layers(_complain)
    layers.show(scene)
    canvas = QgsMapCanvas()
    canvas.setFrameStyle(0)
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem(scene.crs))
    canvas.setCanvasColor(QColor(scene.tokens.get(scene.background, scene.background)))
    canvas.setParallelRenderingEnabled(True)
    canvas.setCachingEnabled(False)
    canvas.setPreviewJobsEnabled(False)
    canvas.setLabelingEngineSettings(labelling())
    canvas.resize(views[0].width, views[0].height)
    canvas.show()
    times = [_draw(canvas, layers, view) for view in views]
    canvas.setLayers([])
    sip.delete(canvas)
    return times


def _draw(canvas: Any, layers: Any, view: View) -> float:
    from qgis.PyQt.QtCore import QEventLoop

    from map.engine.canvas import extent_of

    loop = QEventLoop()
    canvas.mapCanvasRefreshed.connect(loop.quit)
    started = time.perf_counter()
    canvas.setLayers([layer.qgis for layer in layers.drawn_at(view.mpp)])
    canvas.setExtent(extent_of(view))
    canvas.refresh()
    loop.exec()
    canvas.mapCanvasRefreshed.disconnect(loop.quit)
    return (time.perf_counter() - started) * 1000


def _complain(code: str, layer: str, detail: str) -> None:
    sys.stderr.write(f"{code} {layer} {detail}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
