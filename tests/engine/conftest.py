"""A real engine process, and one small synthetic city for all of them."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from qgis.core import QgsApplication

from map.city_scene import base_map, components, grid, places, spatialite_source
from map.protocol import Done, SetScene
from map.scene import Category, Scene
from map.tokens import LIGHT
from tests.helpers.city_fixture import BIG_CODES, City, build_city
from tests.helpers.engine_peer import EnginePeer

CRS = "EPSG:4549"

os.environ["QT_QPA_PLATFORM"] = "offscreen"


@pytest.fixture(scope="session", autouse=True)
def qgis_here() -> Iterator[QgsApplication]:
    """QGIS in the tests' own process too, for its coordinate systems only."""
    with tempfile.TemporaryDirectory(prefix="wanmi-") as profile:
        application = QgsApplication([], False, profile)
        application.initQgis()
        yield application
        application.exitQgis()


@pytest.fixture(scope="session")
def city() -> Iterator[City]:
    """The synthetic city, built once."""
    with tempfile.TemporaryDirectory(prefix="wanmi-") as folder:
        yield build_city(Path(folder) / "city.sqlite")


@pytest.fixture
def runtime() -> Iterator[Path]:
    """A directory short enough for a socket's address."""
    with tempfile.TemporaryDirectory(prefix="wanmi-") as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def shared_engine() -> Iterator[EnginePeer]:
    """One engine for all tests that leave it as they found it: starting one takes a second."""
    with tempfile.TemporaryDirectory(prefix="wanmi-") as folder, EnginePeer(Path(folder)) as peer:
        peer.greet()
        yield peer


@pytest.fixture
def scene(city: City) -> Scene:
    """The city's usual layers."""
    source = spatialite_source(str(city.path))
    categories = tuple(Category(code, code, "circle", "#FF00FF") for code in BIG_CODES)
    layers = (
        *base_map(source),
        *grid(source),
        components(source, below=1.5, categories=categories),
        *places(source),
    )
    return Scene(CRS, "land", layers, LIGHT)


@pytest.fixture
def drawing(shared_engine: EnginePeer, scene: Scene) -> EnginePeer:
    """An engine with the city loaded."""
    shared_engine.send(SetScene(1, scene))
    shared_engine.wait_for(Done)
    shared_engine.heard.clear()
    return shared_engine
