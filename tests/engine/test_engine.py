"""The real engine, by its wire: what it draws, what it finds, what it refuses, how it ends."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsPointXY, QgsProject

from map.engine.__main__ import EXIT_NO_WINDOW
from map.protocol import (
    PROTOCOL,
    Done,
    Draw,
    Drawn,
    Found,
    Hello,
    Identify,
    Notice,
    Ping,
    Refused,
    Release,
    SetScene,
    SetTokens,
    SetVisible,
    Superseded,
    View,
)
from map.scene import LayerSpec, Scene, Source
from map.tokens import DARK, LIGHT
from tests.helpers.city_fixture import City, connect
from tests.helpers.engine_peer import ROOT, EnginePeer

SIZE = 400


def to_map(lon: float, lat: float) -> tuple[float, float]:
    """Degrees to the map's metres, by QGIS itself."""
    transform = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:4490"),
        QgsCoordinateReferenceSystem("EPSG:4549"),
        QgsProject.instance(),
    )
    point = transform.transform(QgsPointXY(lon, lat))
    return point.x(), point.y()


def view_of(city: City, east: float, north: float, mpp: float = 0.4) -> View:
    """A square view around a point of the synthetic city."""
    x, y = to_map(*city.lonlat(east, north))
    return View(x, y, mpp, SIZE, SIZE)


def colour_at(pixels: bytes, left: int, top: int, width: int = SIZE) -> str:
    """The colour of a pixel as #RRGGBB."""
    start = (top * width + left) * 4
    blue, green, red = pixels[start : start + 3]
    return f"#{red:02X}{green:02X}{blue:02X}"


def middle(pixels: bytes) -> str:
    """The colour in the middle of a view."""
    return colour_at(pixels, SIZE // 2, SIZE // 2)


def colours(pixels: bytes) -> set[str]:
    """All colours of a picture."""
    data = memoryview(pixels).cast("I")
    return {f"#{value & 0xFFFFFF:06X}" for value in set(data)}


def test_the_first_message_says_the_protocol_and_who_speaks(runtime: Path) -> None:
    with EnginePeer(runtime) as peer:
        hello = peer.greet()
        assert hello.protocol == PROTOCOL
        assert hello.program.startswith("QGIS 3.")
        assert hello.pid == peer.process.pid


@pytest.mark.parametrize(
    ("east", "north", "token"),
    [(650, 150, "water"), (50, 350, "green"), (345, 345, "building"), (1400, 1400, "land")],
)
def test_a_picture_has_the_colours_of_the_theme_in_their_places(
    drawing: EnginePeer, city: City, east: float, north: float, token: str
) -> None:
    assert middle(drawing.draw(2, view_of(city, east, north))) == LIGHT[token]


def test_roads_are_drawn_by_kind_and_components_in_their_category_s_colour(
    drawing: EnginePeer, city: City
) -> None:
    seen = colours(drawing.draw(2, view_of(city, 600, 300)))
    assert LIGHT["road"] in seen
    assert LIGHT["major_road"] in seen
    assert "#FF00FF" in seen


def test_road_names_are_lettered(drawing: EnginePeer, city: City, scene: Scene) -> None:
    view = view_of(city, 600, 300, 1.0)
    with_names = drawing.draw(2, view)
    drawing.send(SetVisible(3, "road_name", False))
    assert drawing.draw(4, view) != with_names


def test_ground_that_no_beat_covers_is_hatched(drawing: EnginePeer, city: City) -> None:
    beyond = view_of(city, -300, -300)
    hatched = colours(drawing.draw(2, beyond))
    assert LIGHT["land"] in hatched
    drawing.send(SetVisible(3, "outside", False))
    assert colours(drawing.draw(4, beyond)) == {LIGHT["land"]}
    assert len(hatched) > 1


def test_components_are_left_out_above_their_scale(drawing: EnginePeer, city: City) -> None:
    assert "#FF00FF" not in colours(drawing.draw(2, view_of(city, 600, 300, 1.6)))


def test_a_dense_screen_shows_the_same_ground_with_twice_the_pixels(
    drawing: EnginePeer, city: City
) -> None:
    plain = view_of(city, 200, 200)
    once = drawing.draw(2, plain)
    dense = replace(plain, mpp=plain.mpp / 2, width=2 * SIZE, height=2 * SIZE, ratio=2.0)
    twice = drawing.draw(3, dense)
    for left, top in ((20, 20), (20, 380), (380, 20), (380, 380)):
        assert colour_at(once, left, top) == colour_at(twice, 2 * left, 2 * top, 2 * SIZE)


def test_a_change_of_theme_changes_the_colours_and_nothing_else(
    drawing: EnginePeer, city: City
) -> None:
    drawing.send(SetTokens(2, DARK))
    assert middle(drawing.draw(3, view_of(city, 650, 150))) == DARK["water"]
    assert middle(drawing.draw(4, view_of(city, 1400, 1400))) == DARK["land"]


def test_a_hidden_layer_is_not_drawn_until_it_is_shown_again(
    drawing: EnginePeer, city: City
) -> None:
    view = view_of(city, 650, 150)
    drawing.send(SetVisible(2, "water", False))
    assert middle(drawing.draw(3, view)) == LIGHT["land"]
    drawing.send(SetVisible(4, "water", True))
    assert middle(drawing.draw(5, view)) == LIGHT["water"]


def test_the_newest_request_wins_and_the_others_are_told(drawing: EnginePeer, city: City) -> None:
    for number in range(10, 15):
        drawing.send(Draw(number, view_of(city, 100.0 * number, 300)))
    drawn = drawing.wait_for(Drawn)
    drawing.send(Release(drawn.file, drawn.slot))
    assert drawn.id == 14
    superseded = [message.id for message in drawing.heard if isinstance(message, Superseded)]
    assert superseded == [10, 11, 12, 13]


def test_a_slot_is_never_drawn_again_before_the_window_gives_it_back(
    drawing: EnginePeer, city: City
) -> None:
    drawing.send(Draw(2, view_of(city, 650, 150)))
    first = drawing.wait_for(Drawn)
    drawing.send(Draw(3, view_of(city, 50, 350)))
    second = drawing.wait_for(Drawn)
    assert first.slot != second.slot
    drawing.send(Draw(4, view_of(city, 1400, 1400)))
    # The third picture is drawn by QGIS but has no place; everything else goes on meanwhile.
    for number in range(100, 140):
        drawing.send(Ping(number))
        assert drawing.next() == Done(number)
    assert middle(bytes(drawing.pixels(first))) == LIGHT["water"]
    assert middle(bytes(drawing.pixels(second))) == LIGHT["green"]
    drawing.send(Release(first.file, first.slot))
    third = drawing.wait_for(Drawn)
    assert (third.id, third.slot) == (4, first.slot)
    assert middle(bytes(drawing.pixels(third))) == LIGHT["land"]
    assert middle(bytes(drawing.pixels(second))) == LIGHT["green"]
    for drawn in (second, third):
        drawing.send(Release(drawn.file, drawn.slot))


def test_a_larger_view_comes_in_a_larger_file(drawing: EnginePeer, city: City) -> None:
    drawing.draw(2, view_of(city, 650, 150))
    large = replace(view_of(city, 650, 150), width=1600, height=1200)
    pixels = drawing.draw(3, large)
    assert len(pixels) == 1600 * 1200 * 4
    assert colour_at(pixels, 800, 600, 1600) == LIGHT["water"]


def test_identify_finds_the_component_with_its_place_and_attributes(
    drawing: EnginePeer, city: City
) -> None:
    with connect(city.path) as database:
        key, code, lon, lat = database.execute(
            "SELECT id, code, X(geom), Y(geom) FROM component WHERE id = 17"
        ).fetchone()
    x, y = to_map(lon, lat)
    drawing.send(Identify(2, x + 1.0, y, 3.0, 0.4, ("component",)))
    features = drawing.wait_for(Found).features
    assert features[0].layer == "component"
    assert features[0].key == key
    assert features[0].attributes["code"] == code
    assert (features[0].x, features[0].y) == pytest.approx((x, y), abs=0.001)


def test_identify_tells_the_unit_cell_under_a_point(drawing: EnginePeer, city: City) -> None:
    x, y = to_map(*city.lonlat(150, 250))
    drawing.send(Identify(2, x, y, 0.5, 0.4, ("cell",)))
    (feature,) = drawing.wait_for(Found).features
    assert feature.attributes["code"] == "310101015000025"


def test_identify_finds_nothing_far_away_nor_in_layers_that_are_not_drawn(
    drawing: EnginePeer, city: City
) -> None:
    x, y = to_map(*city.lonlat(150, 250))
    for question in (
        Identify(2, x + 50_000, y, 3.0, 0.4, ("component", "cell")),
        Identify(3, x, y, 500.0, 1.6, ("component",)),
        Identify(4, x, y, 500.0, 0.4, ("no-such-layer",)),
    ):
        drawing.send(question)
        assert drawing.wait_for(Found) == Found(question.id, ())


def test_a_dead_layer_is_named_and_left_out_and_the_rest_is_drawn(
    drawing: EnginePeer, scene: Scene, city: City
) -> None:
    dead = (
        LayerSpec("gone", "消失的图层", Source("spatialite", "/no/such/file", "road"), "road"),
        LayerSpec("no-table", "无表", Source("spatialite", str(city.path), "nothing"), "road"),
        LayerSpec("no-style", "无样式", scene.layers[0].source, "baroque"),
    )
    drawing.send(SetScene(1, replace(scene, layers=scene.layers + dead)))
    drawing.wait_for(Done)
    notices = [message for message in drawing.heard if isinstance(message, Notice)]
    assert [(notice.code, notice.layer) for notice in notices] == [
        ("layer-dead", "消失的图层"),
        ("layer-dead", "无表"),
        ("layer-style", "无样式"),
    ]
    assert middle(drawing.draw(2, view_of(city, 650, 150))) == LIGHT["water"]


SLOW = (
    "(WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 12000000)"
    " SELECT count(*) FROM c) > 0"
)
"""A condition that SQLite thinks about for some seconds."""


def test_a_slow_layer_is_named_and_skipped_and_the_rest_is_drawn(
    runtime: Path, scene: Scene, city: City
) -> None:
    source = Source("spatialite", str(city.path), "base_area", filter=SLOW)
    slow = LayerSpec("slow", "慢图层", source, "land")
    with EnginePeer(runtime, "--patience", "1") as peer:
        peer.greet()
        peer.send(SetScene(1, replace(scene, layers=(*scene.layers, slow))))
        peer.wait_for(Done)
        assert middle(peer.draw(2, view_of(city, 650, 150))) == LIGHT["water"]
        assert Notice("layer-slow", "慢图层", "") in peer.heard


BAD_REQUESTS = [
    (b"nonsense", None, "bad-message"),
    (b"{}", None, "bad-message"),
    (b'{"type": "fly", "id": 7}', 7, "bad-message"),
    (b'{"type": "draw", "id": 7, "view": {}}', 7, "bad-message"),
    (b'{"type": "draw", "id": 7}', 7, "bad-message"),
    (b'{"type": "visible", "id": 7, "layer": "moon", "visible": true}', 7, "no-layer"),
    (b'{"type": "hello", "protocol": 999, "program": "x", "pid": 1}', None, "protocol"),
    (
        b'{"type": "scene", "id": 7, "scene": {"crs": "EPSG:99", "background": "land"}}',
        7,
        "no-crs",
    ),
    (b"[" * 50_000, None, "bad-message"),
    (b"x" * (5 * 1024 * 1024), None, "bad-message"),
]


@pytest.mark.parametrize(("line", "request_id", "code"), BAD_REQUESTS, ids=range(len(BAD_REQUESTS)))
def test_a_bad_request_is_refused_and_the_next_one_is_served(
    drawing: EnginePeer, city: City, line: bytes, request_id: int | None, code: str
) -> None:
    drawing.send_line(line)
    refused = drawing.wait_for(Refused)
    assert (refused.id, refused.code) == (request_id, code)
    assert middle(drawing.draw(8, view_of(city, 650, 150))) == LIGHT["water"]


def test_before_the_hello_and_before_a_scene_requests_are_refused(runtime: Path) -> None:
    with EnginePeer(runtime) as peer:
        peer.wait_for(Hello)
        peer.send(Ping(1))
        assert peer.wait_for(Refused).code == "no-hello"
        peer.send(Hello(PROTOCOL, "test", 1))
        peer.send(Draw(2, View(0, 0, 1, 10, 10)))
        assert peer.wait_for(Refused) == Refused(2, "no-scene", "there is no scene to draw yet")


def test_the_engine_ends_by_itself_when_the_window_is_gone_and_leaves_nothing(
    runtime: Path, scene: Scene, city: City
) -> None:
    peer = EnginePeer(runtime)
    peer.greet()
    peer.send(SetScene(1, scene))
    peer.draw(2, view_of(city, 650, 150))
    peer.send(Draw(3, view_of(city, 600, 300)))
    assert peer.close() == 0
    assert [path.name for path in runtime.iterdir()] == ["engine.sock"]


def test_without_a_window_the_engine_does_not_stay(runtime: Path) -> None:
    ended = subprocess.run(
        ["/usr/bin/python3", "-m", "map.engine", "--socket", "nobody", "--runtime", str(runtime)],
        cwd=ROOT,
        env={"QT_QPA_PLATFORM": "offscreen", "PATH": "/usr/bin", "XDG_RUNTIME_DIR": str(runtime)},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == EXIT_NO_WINDOW
    assert list(runtime.iterdir()) == []
