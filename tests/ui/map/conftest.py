"""The map widget with a real engine behind it."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from map.city_scene import base_map, components, grid, spatialite_source
from map.client.map_canvas import MapCanvas
from map.client.map_engine import MapEngine
from map.client.projection import Projection
from map.scene import Category, Scene
from map.tokens import LIGHT
from tests.helpers.city_fixture import BIG_CODES, City, build_city

CRS = "EPSG:4549"
PATIENCE = 30_000
"""Milliseconds until a test gives up waiting; an engine on a busy machine takes some of them."""


@pytest.fixture(scope="session")
def city() -> Iterator[City]:
    """The synthetic city, built once."""
    with tempfile.TemporaryDirectory(prefix="wanmi-") as folder:
        yield build_city(Path(folder) / "city.sqlite")


@pytest.fixture
def scene(city: City) -> Scene:
    """Base map, grid and components."""
    source = spatialite_source(str(city.path))
    categories = tuple(Category(code, code, "circle", "#FF00FF") for code in BIG_CODES)
    layers = (
        *base_map(source),
        *grid(source),
        components(source, below=1.5, categories=categories),
    )
    return Scene(CRS, "land", layers, LIGHT)


@pytest.fixture
def engine(wanmi_home: Path) -> Iterator[MapEngine]:
    """An engine that is not started yet, and gone after the test."""
    engine = MapEngine(wanmi_home)
    yield engine
    engine.stop()


@pytest.fixture
def canvas(qtbot: QtBot, engine: MapEngine, scene: Scene, city: City) -> MapCanvas:
    """A map of the city, 600 by 400, that is not shown yet."""
    canvas = MapCanvas(engine, Projection(CRS))
    qtbot.addWidget(canvas)
    canvas.resize(600, 400)
    canvas.set_scene(scene)
    canvas.set_view(*city.centre, 1.0)
    return canvas


@pytest.fixture
def live(qtbot: QtBot, canvas: MapCanvas, engine: MapEngine) -> MapCanvas:
    """The same, shown, with its first sharp picture."""
    with qtbot.waitSignal(canvas.frame_drawn, timeout=PATIENCE):
        engine.start()
        canvas.show()
    return canvas
