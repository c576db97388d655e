"""From the command to a filled list and a first sharp picture of the map, in the demo city.

The peer does the same without any of ours, its two processes side by side: a PySide6 window with an
empty list, and a bare QgsMapCanvas that opens the same layers and draws the same view.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from map.client.engine_process import PYTHON
from map.client.environment import engine_environment
from map.fields import plain
from map.protocol import View
from map.scene import Scene
from tests.bench.cities import ROOT, Options
from tests.bench.desk_process import announced
from tests.bench.line import Line, percentile
from tests.bench.map_stage import city_and_scene, first_view

MOST_SECONDS = 3.0


def run(options: Options) -> Line:
    """Start desks one after another; p95, the first start left out."""
    database = options.usual_city()
    city, scene = city_and_scene(database)
    view = first_view(city)
    ours: list[float] = []
    peer: list[float] = []
    for _ in range(options.repeats(10, few=2) + 1):
        with announced(database) as desk:
            ours.append(desk.seconds)
        peer.append(_bare(scene, view))
    mine, theirs = percentile(ours[1:], 95), percentile(peer[1:], 95)
    return Line(
        name="desk-start",
        ours=mine,
        peer=theirs,
        ratio=mine / theirs,
        unit="s",
        n=len(ours) - 1,
        bound=f"<= {MOST_SECONDS:.0f} s",
        holds=mine <= MOST_SECONDS,
        more={
            "percentile": "p95",
            "ours_p50": percentile(ours[1:], 50),
            "peer_p50": percentile(peer[1:], 50),
            "first": ours[0],
        },
    )


def _bare(scene: Scene, view: View) -> float:
    """Seconds until both bare processes have ended, each right after its first picture."""
    with tempfile.TemporaryDirectory(prefix="wanmi-bench-") as folder:
        job = Path(folder) / "job.json"
        job.write_text(json.dumps({"scene": plain(scene), "views": [plain(view)]}), "utf-8")
        commands = (
            (
                [PYTHON, "-m", "tests.helpers.bare_canvas", str(job)],
                engine_environment(os.environ, Path(folder)),
            ),
            (
                [sys.executable, "-P", "-m", "tests.bench.bare_window"],
                os.environ | {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
            ),
        )
        started = perf_counter()
        running = [
            subprocess.Popen(command, cwd=ROOT, env=variables, stdout=subprocess.DEVNULL)
            for command, variables in commands
        ]
        codes = [process.wait() for process in running]
        took = perf_counter() - started
    assert codes == [0, 0]
    return took
