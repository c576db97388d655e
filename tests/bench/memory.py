"""What the two processes of a desk hold in memory over the big city, after some work.

The figures are the most that was resident at any time; shared libraries count in full in each. The
peers are a bare PySide6 window, and a bare QgsMapCanvas that drew views of the same scales.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from map.client.engine_process import PYTHON
from map.client.environment import engine_environment
from map.fields import plain
from tests.bench.cities import ROOT, Options
from tests.bench.desk_at_work import WIDTHS
from tests.bench.line import Line
from tests.bench.map_stage import city_and_scene, first_view

MOST_WINDOW, MOST_ENGINE = 400.0, 500.0


def run(options: Options) -> Line:
    """Have a desk work, and read what its processes used."""
    database = options.big_city()
    said = json.loads(
        subprocess.run(
            [sys.executable, "-P", "-m", "tests.bench.desk_at_work", str(database)],
            env=_window_environment(),
            stdout=subprocess.PIPE,
            check=True,
        ).stdout
    )
    window, engine = said["window"], said["engine"]
    bare_window, bare_engine = _bare_window(), _bare_engine(database)
    return Line(
        name="memory",
        ours=window["peak"],
        peer=bare_window,
        ratio=window["peak"] / bare_window,
        unit="MB",
        n=1,
        bound=f"window < {MOST_WINDOW:.0f} MB, engine < {MOST_ENGINE:.0f} MB",
        holds=window["peak"] < MOST_WINDOW and engine["peak"] < MOST_ENGINE,
        more={
            "engine": engine["peak"],
            "engine_peer": bare_engine,
            "engine_ratio": engine["peak"] / bare_engine,
            "window_rss": window["rss"],
            "window_pss": window["pss"],
            "engine_rss": engine["rss"],
            "engine_pss": engine["pss"],
        },
    )


def _window_environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}


def _bare_window() -> float:
    command = [sys.executable, "-P", "-m", "tests.bench.bare_window"]
    return _peak(command, _window_environment())


def _bare_engine(database: Path) -> float:
    city, scene = city_and_scene(database)
    view = first_view(city)
    scales = [{**plain(view), "mpp": width / view.width} for width in WIDTHS]
    with tempfile.TemporaryDirectory(prefix="wanmi-bench-") as folder:
        job = Path(folder) / "job.json"
        job.write_text(json.dumps({"scene": plain(scene), "views": scales * 2}), "utf-8")
        command = [PYTHON, "-m", "tests.helpers.bare_canvas", str(job)]
        return _peak(command, engine_environment(os.environ, Path(folder)))


def _peak(command: list[str], environment: dict[str, str]) -> float:
    """Megabytes that a process held at most."""
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return used.ru_maxrss / 1024
