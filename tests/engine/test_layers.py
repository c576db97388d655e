"""The layers of a scene: what stays open, what is tried again, what is not asked twice."""

import shutil
from dataclasses import replace
from pathlib import Path

from map.engine.layers import Layers
from map.scene import LayerSpec, Scene, Source
from map.tokens import LIGHT
from tests.helpers.city_fixture import City

Told = list[tuple[str, str, str]]


def layers_telling(told: Told) -> Layers:
    """Layers whose notices end up in ``told``."""

    def tell(code: str, layer: str, detail: str) -> None:
        told.append((code, layer, detail))

    return Layers(tell)


def scene_of(path: Path) -> Scene:
    """Roads and buildings of one database file."""
    roads = LayerSpec("road", "道路", Source("spatialite", str(path), "road"), "road")
    areas = LayerSpec("building", "建筑", Source("spatialite", str(path), "base_area"), "building")
    return Scene("EPSG:4549", "land", (areas, roads), LIGHT)


def test_a_layer_keeps_its_connection_when_only_the_look_changes(city: City) -> None:
    layers = layers_telling([])
    scene = scene_of(city.path)
    layers.show(scene)
    before = [layer.qgis for layer in layers.drawn_at(1.0)]
    assert [layer.name() for layer in before] == ["道路", "建筑"], "from the top to the bottom"
    layers.show(replace(scene, tokens=LIGHT | {"road": "#123456"}))
    assert [layer.qgis for layer in layers.drawn_at(1.0)] == before


def test_a_dead_layer_is_told_once_and_comes_back_when_its_file_does(
    city: City, tmp_path: Path
) -> None:
    told: Told = []
    layers = layers_telling(told)
    path = tmp_path / "later.sqlite"
    layers.show(scene_of(path))
    assert layers.drawn_at(1.0) == []
    assert layers.set_visible("road", False), "a dead layer belongs to the scene all the same"
    layers.forgive()
    assert [(code, layer) for code, layer, _ in told] == [
        ("layer-dead", "建筑"),
        ("layer-dead", "道路"),
    ]
    assert "does not exist" in told[0][2]
    shutil.copy(city.path, path)
    layers.forgive()
    assert not layers.has_dead
    assert [layer.spec.id for layer in layers.drawn_at(1.0)] == ["building"]
    assert layers.set_visible("road", True)
    assert [layer.spec.id for layer in layers.drawn_at(1.0)] == ["road", "building"]


def test_a_skipped_layer_is_left_out_until_it_is_forgiven(city: City) -> None:
    told: Told = []
    layers = layers_telling(told)
    layers.show(scene_of(city.path))
    layers.skip("road")
    assert told == [("layer-slow", "道路", "")]
    assert [layer.spec.id for layer in layers.drawn_at(1.0)] == ["building"]
    layers.forgive()
    assert [layer.spec.id for layer in layers.drawn_at(1.0)] == ["road", "building"]


def test_a_file_with_several_tables_is_read_by_ogr_too(city: City) -> None:
    source = Source("ogr", str(city.path), "beat", filter="code = 'B001'")
    layers = layers_telling([])
    spec = LayerSpec("beat", "责任网格", source, "beat")
    layers.show(Scene("EPSG:4549", "land", (spec,), LIGHT))
    (layer,) = layers.drawn_at(1.0)
    assert layer.qgis.featureCount() == 1
