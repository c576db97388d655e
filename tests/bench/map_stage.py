"""A map window of 1920 by 1080 over a city, with the real engine; and a bare canvas beside it."""

import json
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import perf_counter

from app.paths import runtime_dir
from db.media import MediaStore
from db.record import open_record
from map.city_scene import spatialite_source
from map.client.engine_process import PYTHON
from map.client.environment import engine_environment
from map.client.map_canvas import MapCanvas
from map.client.map_engine import MapEngine
from map.client.projection import Projection
from map.fields import plain
from map.protocol import View
from map.scene import Scene
from tests.bench.cities import ROOT
from tests.bench.waiting import application, until
from ui.map_view.city_layers import city_scene
from ui.map_view.view import FIRST_MPP
from ui.theme.tokens import LIGHT
from workflow.queries import CityInfo

WIDTH, HEIGHT = 1920, 1080
DESK_MAP = (816, 975)
"""The map of a desk that is 1920 by 1080."""


@dataclass(frozen=True)
class Stage:
    """The window's map, its engine, and what it shows."""

    city: CityInfo
    scene: Scene
    engine: MapEngine
    canvas: MapCanvas

    def sharp_after(self, look: Callable[[], None]) -> float:
        """Milliseconds from a change of the view to its sharp picture on the widget."""
        drawn: list[int] = []
        self.canvas.frame_drawn.connect(drawn.append)
        started = perf_counter()
        look()
        until(lambda: bool(drawn), "a sharp picture")
        took = (perf_counter() - started) * 1000
        self.canvas.frame_drawn.disconnect(drawn.append)
        assert self.canvas.is_sharp
        return took

    def places(self, count: int, seed: int) -> list[tuple[float, float]]:
        """Longitudes and latitudes well inside the city, the same for a seed."""
        west, south, east, north = self.city.bounds
        chance = Random(seed)
        return [
            (
                west + (east - west) * chance.uniform(0.3, 0.7),
                south + (north - south) * chance.uniform(0.3, 0.7),
            )
            for _ in range(count)
        ]


@contextmanager
def map_stage(database: Path) -> Iterator[Stage]:
    """The map over a city, with its first sharp picture."""
    application()
    city, scene = city_and_scene(database)
    engine = MapEngine(runtime_dir())
    canvas = MapCanvas(engine, Projection(city.view_crs))
    canvas.resize(WIDTH, HEIGHT)
    canvas.set_scene(scene)
    stage = Stage(city, scene, engine, canvas)
    west, south, east, north = city.bounds
    canvas.set_view((west + east) / 2, (south + north) / 2, 1.0)
    engine.start()
    try:
        stage.sharp_after(canvas.show)
        yield stage
    finally:
        canvas.close()
        engine.stop()


def city_and_scene(database: Path) -> tuple[CityInfo, Scene]:
    """The city of a database and the scene that a desk makes of it."""
    with open_record(database, MediaStore.beside(database).folder) as record:
        city, catalog = record.city(), record.rules().catalog
    return city, city_scene(city, catalog, spatialite_source(str(database)), LIGHT)


def first_view(city: CityInfo) -> View:
    """The view with which a desk opens, as large as the map of a desk is."""
    west, south, east, north = city.bounds
    x, y = Projection(city.view_crs).to_map((west + east) / 2, (south + north) / 2)
    return View(x, y, FIRST_MPP, *DESK_MAP, 1.0)


def bare_canvas(scene: Scene, views: Sequence[View]) -> list[float]:
    """Milliseconds that a bare QgsMapCanvas takes for each view, in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="wanmi-bench-") as folder:
        job = Path(folder) / "job.json"
        job.write_text(
            json.dumps({"scene": plain(scene), "views": [plain(view) for view in views]}),
            encoding="utf-8",
        )
        result = subprocess.run(
            [PYTHON, "-m", "tests.helpers.bare_canvas", str(job)],
            cwd=ROOT,
            env=engine_environment(os.environ, Path(folder)),
            stdout=subprocess.PIPE,
            check=True,
        )
    times = json.loads(result.stdout)
    assert len(times) == len(views)
    return [float(time) for time in times]
