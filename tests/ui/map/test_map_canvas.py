"""The map widget and the real engine: pictures, moving, clicks, a killed engine, its end."""

import math
import os
import signal
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from map.client import map_engine, sentences
from map.client.banner import Banner
from map.client.buttons import MapButton
from map.client.map_canvas import Identified, MapCanvas
from map.client.map_engine import MOST_CRASHES, MapEngine
from map.client.markers import Markers, no_markers
from map.client.projection import Projection
from map.scene import Scene
from map.tokens import DARK, LIGHT
from tests.helpers.city_fixture import City, connect
from tests.ui.map.conftest import PATIENCE


def colour_at(canvas: MapCanvas, lon: float, lat: float) -> str:
    """The colour on the screen at a place."""
    left, top = canvas.pixel_of(lon, lat)
    return canvas.grab().toImage().pixelColor(round(left), round(top)).name().upper()


def square(colour: str, side: int = 12) -> QImage:
    """A sprite."""
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor(colour))
    return image


def markers_at(*places: tuple[float, float]) -> Markers:
    """Markers with the keys 100, 101, … alternately red and blue."""
    count = len(places)
    lons, lats = np.array(places, dtype=np.float64).T
    keys = np.arange(100, 100 + count)
    return Markers(keys, lons, lats, np.arange(count) % 2, (square("#FF0000"), square("#0000FF")))


def is_running(pid: int) -> bool:
    """Whether a process of this id exists and is no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wheel(canvas: MapCanvas, at: QPointF, turns: int) -> None:
    """Turn the wheel over a point."""
    event = QWheelEvent(
        at,
        canvas.mapToGlobal(at),
        QPoint(),
        QPoint(0, 120 * turns),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)


@pytest.mark.qgis
def test_a_sharp_picture_shows_the_city_in_the_theme_s_colours(
    live: MapCanvas, engine: MapEngine, city: City
) -> None:
    assert live.is_sharp
    assert engine.frames >= 1
    assert is_running(engine.pid)
    assert engine.program.startswith("QGIS 3.")
    assert colour_at(live, *city.lonlat(545, 545)) == LIGHT["building"]


@pytest.mark.qgis
def test_a_change_of_theme_reaches_the_picture(qtbot: QtBot, live: MapCanvas, city: City) -> None:
    with qtbot.waitSignal(live.frame_drawn, timeout=PATIENCE):
        live.set_tokens(DARK)
    assert colour_at(live, *city.lonlat(545, 545)) == DARK["building"]


@pytest.mark.qgis
def test_a_hidden_layer_vanishes_from_the_picture(
    qtbot: QtBot, live: MapCanvas, city: City
) -> None:
    with qtbot.waitSignal(live.frame_drawn, timeout=PATIENCE):
        live.set_layer_visible("building", False)
    assert colour_at(live, *city.lonlat(545, 545)) == LIGHT["land"]


@pytest.mark.qgis
def test_a_killed_engine_is_announced_and_comes_back_with_the_same_view(
    qtbot: QtBot, live: MapCanvas, engine: MapEngine, city: City
) -> None:
    live.set_layer_visible("building", False)
    live.set_markers("case", markers_at(city.centre))
    with qtbot.waitSignal(live.frame_drawn, timeout=PATIENCE):
        live.zoom(2.0)
    viewport, first = live.viewport, engine.pid
    with qtbot.waitSignal(live.engine_back, timeout=PATIENCE):
        with qtbot.waitSignal(live.engine_lost, timeout=PATIENCE) as lost:
            os.kill(first, signal.SIGKILL)
        assert lost.args == [sentences.restarting()]
        banner = live.findChild(Banner)
        assert banner is not None
        assert banner.isVisible()
        # The last picture stays on the screen meanwhile.
        assert colour_at(live, *city.lonlat(580, 545)) == LIGHT["land"]
    assert not banner.isVisible()
    assert live.viewport == viewport
    assert live.is_sharp
    assert live.marker_layers == ("case",)
    assert engine.restarts == 1
    assert engine.pid not in (0, first)
    assert not is_running(first)
    assert colour_at(live, *city.lonlat(545, 545)) == LIGHT["land"], "still hidden"


@pytest.mark.qgis
def test_panning_paints_at_once_while_the_engine_stands_still(
    qtbot: QtBot, live: MapCanvas, engine: MapEngine, city: City
) -> None:
    live.set_markers("case", markers_at(city.lonlat(600, 450)))
    os.kill(engine.pid, signal.SIGSTOP)
    try:
        for _ in range(20):
            live.pan(3, 2)
            picture = live.grab().toImage()
        assert not live.is_sharp
        left, top = live.pixel_of(*city.lonlat(545, 545))
        assert picture.pixelColor(round(left), round(top)).name().upper() == LIGHT["building"]
        left, top = live.pixel_of(*city.lonlat(600, 450))
        assert picture.pixelColor(round(left), round(top)) == QColor("#FF0000")
    finally:
        os.kill(engine.pid, signal.SIGCONT)
    qtbot.waitUntil(lambda: live.is_sharp, timeout=PATIENCE)


@pytest.mark.qgis
def test_what_a_pan_uncovers_is_ground_or_map_but_never_white_or_black(
    qtbot: QtBot, live: MapCanvas, engine: MapEngine
) -> None:
    os.kill(engine.pid, signal.SIGSTOP)
    try:
        live.pan(350, 0)
        picture = live.grab().toImage()
        assert picture.pixelColor(5, 200).name().upper() not in ("#FFFFFF", "#000000")
    finally:
        os.kill(engine.pid, signal.SIGCONT)


@pytest.mark.qgis
def test_every_step_of_a_drag_ends_in_one_sharp_picture_of_the_last_view(
    qtbot: QtBot, live: MapCanvas, city: City
) -> None:
    qtbot.mousePress(live, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    for step in range(1, 40):
        qtbot.mouseMove(live, QPoint(300 + 3 * step, 200 + step))
    qtbot.mouseRelease(live, Qt.MouseButton.LeftButton, pos=QPoint(417, 239))
    assert live.pixel_of(*city.centre) == pytest.approx((417, 239), abs=0.01)
    qtbot.waitUntil(lambda: live.is_sharp, timeout=PATIENCE)


def test_a_drag_gives_back_the_cursor_that_the_caller_had_set(
    qtbot: QtBot, canvas: MapCanvas
) -> None:
    canvas.show()
    canvas.setCursor(Qt.CursorShape.CrossCursor)
    with qtbot.assertNotEmitted(canvas.clicked):
        qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
        qtbot.mouseMove(canvas, QPoint(330, 220))
        assert canvas.cursor().shape() == Qt.CursorShape.ClosedHandCursor
        qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(330, 220))
    assert canvas.cursor().shape() == Qt.CursorShape.CrossCursor


@pytest.mark.qgis
def test_identify_tells_the_component_under_a_click(
    qtbot: QtBot, live: MapCanvas, city: City
) -> None:
    with connect(city.path) as database:
        key, code, lon, lat = database.execute(
            "SELECT id, code, X(geom), Y(geom) FROM component ORDER BY id LIMIT 1"
        ).fetchone()
    live.set_identify_layers(("component",))
    with qtbot.waitSignal(live.frame_drawn, timeout=PATIENCE):
        live.set_view(lon, lat, 0.5)
    with qtbot.waitSignal(live.identified, timeout=PATIENCE) as answer:
        qtbot.mouseClick(live, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    assert answer.args is not None
    first: Identified = answer.args[0][0]
    assert (first.layer, first.key, first.attributes["code"]) == ("component", key, code)
    assert (first.lon, first.lat) == pytest.approx((lon, lat), abs=1e-8)


@pytest.mark.qgis
def test_closing_the_window_ends_the_engine_and_removes_its_files(
    live: MapCanvas, engine: MapEngine, wanmi_home: Path
) -> None:
    pid = engine.pid
    live.close()
    engine.stop()
    assert not is_running(pid)
    assert list(wanmi_home.iterdir()) == []


@pytest.mark.qgis
def test_a_path_too_long_for_a_socket_is_no_obstacle(
    qtbot: QtBot, scene: Scene, wanmi_home: Path
) -> None:
    engine = MapEngine(wanmi_home / ("长" * 40))
    engine.set_scene(scene)
    with qtbot.waitSignal(engine.ready, timeout=PATIENCE):
        engine.start()
    engine.stop()


def test_an_engine_that_dies_at_once_is_given_up_with_a_sentence_and_can_be_retried(
    qtbot: QtBot, scene: Scene, wanmi_home: Path
) -> None:
    engine = MapEngine(wanmi_home, python="/bin/false")
    canvas = MapCanvas(engine, Projection(scene.crs))
    qtbot.addWidget(canvas)
    canvas.resize(600, 400)
    canvas.set_scene(scene)
    canvas.show()
    with qtbot.waitSignal(engine.gave_up, timeout=PATIENCE) as given_up:
        engine.start()
    assert given_up.args == [sentences.gave_up(MOST_CRASHES + 1)]
    button = canvas.findChild(QPushButton)
    assert button is not None
    assert button.isVisible()
    with qtbot.waitSignal(engine.gave_up, timeout=PATIENCE):
        button.click()
    engine.stop()


def test_a_missing_interpreter_is_told_at_once(qtbot: QtBot, wanmi_home: Path) -> None:
    engine = MapEngine(wanmi_home, python="/no/such/python3")
    with qtbot.waitSignal(engine.gave_up, timeout=PATIENCE):
        engine.start()
    assert engine.restarts == 0
    engine.stop()


def test_a_map_made_after_the_engine_failed_says_so_too(
    qtbot: QtBot, scene: Scene, wanmi_home: Path
) -> None:
    engine = MapEngine(wanmi_home, python="/no/such/python3")
    with qtbot.waitSignal(engine.gave_up, timeout=PATIENCE) as given_up:
        engine.start()
    canvas = MapCanvas(engine, Projection(scene.crs))
    qtbot.addWidget(canvas)
    banner = canvas.findChild(Banner)
    assert banner is not None
    assert banner.text == given_up.args[0] == engine.failure
    engine.stop()


def test_a_qgis_that_hangs_at_its_start_is_given_up(
    qtbot: QtBot, wanmi_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(map_engine, "GREETING_MILLISECONDS", 200)
    hanging = wanmi_home / "python3"
    hanging.write_text("#!/bin/sh\nexec sleep 1000\n")
    hanging.chmod(0o700)
    engine = MapEngine(wanmi_home, python=str(hanging))
    with qtbot.waitSignal(engine.gave_up, timeout=PATIENCE) as given_up:
        engine.start()
    assert given_up.args == [sentences.silent_start(0)]
    assert (engine.pid, engine.restarts) == (0, 0)
    engine.stop()


def test_a_runtime_folder_that_cannot_be_made_is_told(qtbot: QtBot, wanmi_home: Path) -> None:
    (wanmi_home / "file").write_text("")
    engine = MapEngine(wanmi_home / "file" / "runtime")
    with qtbot.waitSignal(engine.gave_up, timeout=PATIENCE) as given_up:
        engine.start()
    assert str(wanmi_home) in given_up.args[0]


@pytest.mark.parametrize("turns", [3, -3, 1, -1])
def test_the_wheel_keeps_the_place_under_the_cursor(canvas: MapCanvas, turns: int) -> None:
    before = canvas.place_at(123.0, 321.0)
    scale = canvas.metres_per_pixel
    wheel(canvas, QPointF(123, 321), turns)
    assert canvas.place_at(123.0, 321.0) == pytest.approx(before, abs=1e-10)
    assert canvas.metres_per_pixel == pytest.approx(scale / 2 ** (turns / 2))


def test_keys_move_and_zoom_and_home_returns(qtbot: QtBot, canvas: MapCanvas, city: City) -> None:
    start = canvas.viewport
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.viewport.x == pytest.approx(start.x + 0.15 * 600)
    qtbot.keyClick(canvas, Qt.Key.Key_Up)
    assert canvas.viewport.y == pytest.approx(start.y + 0.15 * 400)
    qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.metres_per_pixel == 0.5
    qtbot.keyClick(canvas, Qt.Key.Key_Minus)
    qtbot.keyClick(canvas, Qt.Key.Key_Home)
    assert canvas.viewport == start
    assert canvas.centre == pytest.approx(city.centre)


def test_a_double_click_zooms_to_the_place_under_it(qtbot: QtBot, canvas: MapCanvas) -> None:
    before = canvas.place_at(100.0, 100.0)
    qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    assert canvas.metres_per_pixel == 0.5
    assert canvas.place_at(100.0, 100.0) == pytest.approx(before, abs=1e-10)


def test_a_box_that_was_fitted_stays_whole_when_the_window_grows(
    qtbot: QtBot, canvas: MapCanvas, city: City
) -> None:
    west, south = city.lonlat(0, 0)
    east, north = city.lonlat(city.width, city.height)
    canvas.show()
    for size in ((600, 400), (300, 500), (900, 300)):
        canvas.resize(*size)
        canvas.fit(west, south, east, north)
        left, bottom = canvas.pixel_of(west, south)
        right, top = canvas.pixel_of(east, north)
        assert 0 <= left < right <= canvas.width()
        assert 0 <= top < bottom <= canvas.height()


def test_a_click_on_a_marker_names_it_and_a_click_beside_it_names_the_place(
    qtbot: QtBot, canvas: MapCanvas, city: City
) -> None:
    canvas.show()
    canvas.set_markers("case", markers_at(city.lonlat(500, 450), city.lonlat(600, 450)))
    left, top = canvas.pixel_of(*city.lonlat(600, 450))
    with qtbot.waitSignal(canvas.marker_clicked) as hit, qtbot.assertNotEmitted(canvas.clicked):
        place = QPoint(round(left) + 4, round(top) - 3)
        qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=place)
    assert hit.args == ["case", 101]
    with qtbot.waitSignal(canvas.clicked) as free, qtbot.assertNotEmitted(canvas.marker_clicked):
        qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(350, 120))
    assert tuple(free.args or ()) == pytest.approx(canvas.place_at(350, 120))


def test_of_two_markers_on_one_place_the_upper_one_is_hit(
    qtbot: QtBot, canvas: MapCanvas, city: City
) -> None:
    canvas.show()
    canvas.set_markers("case", markers_at(city.centre, city.centre))
    with qtbot.waitSignal(canvas.marker_clicked) as hit:
        qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    assert hit.args == ["case", 101]


def test_a_second_click_means_the_marker_below_and_a_chosen_one_lies_over_all(
    qtbot: QtBot, canvas: MapCanvas, city: City
) -> None:
    canvas.show()
    place = city.lonlat(545, 545)
    canvas.set_markers("case", markers_at(place, place))
    left, top = canvas.pixel_of(*place)
    chosen = []
    for colour in ("#0000FF", "#FF0000", "#0000FF"):
        with qtbot.waitSignal(canvas.marker_clicked) as hit:
            qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(int(left), int(top)))
        chosen.append(hit.args[1])
        canvas.choose(*hit.args)
        assert colour_at(canvas, *place) == colour
    assert chosen == [101, 100, 101]


def test_5000_markers_are_painted_each_in_its_place(canvas: MapCanvas, city: City) -> None:
    chance = np.random.default_rng(1)
    east = chance.uniform(0, city.width, 5000)
    north = chance.uniform(0, city.height, 5000)
    places = [city.lonlat(*pair) for pair in zip(east, north, strict=True)]
    bare = canvas.grab().toImage()
    canvas.set_markers("case", markers_at(*places))
    picture = canvas.grab().toImage()
    seen = [canvas.pixel_of(*place) for place in places[:400]]
    inside = [place for place in seen if 6 < place[0] < 540 and 6 < place[1] < 340]
    assert len(inside) > 50
    for x, y in inside:
        assert picture.pixelColor(round(x), round(y)).name() in ("#ff0000", "#0000ff")
    canvas.set_markers("case", no_markers())
    assert canvas.grab().toImage() == bare


def test_the_ring_and_the_pin_stand_on_their_places(canvas: MapCanvas, city: City) -> None:
    bare = canvas.grab().toImage()
    canvas.highlight(city.centre)
    ringed = canvas.grab().toImage()
    assert ringed.pixelColor(320, 200).name().upper() == LIGHT["accent"]
    canvas.highlight(None)
    canvas.set_pin(city.centre)
    pinned = canvas.grab().toImage()
    assert pinned.pixelColor(300, 185).name().upper() == LIGHT["accent"]
    canvas.set_pin(None)
    assert canvas.grab().toImage() == bare


def test_the_pointer_s_place_is_told(qtbot: QtBot, canvas: MapCanvas, city: City) -> None:
    canvas.show()
    with qtbot.waitSignal(canvas.hovered) as hovered:
        qtbot.mouseMove(canvas, QPoint(300, 200))
    assert math.dist(tuple(hovered.args or ()), city.centre) < 1e-9


def test_a_scene_in_another_system_is_refused(canvas: MapCanvas) -> None:
    with pytest.raises(ValueError, match="EPSG:4548"):
        canvas.set_scene(Scene("EPSG:4548", "land"))


def test_markers_that_do_not_fit_together_are_refused() -> None:
    whole = np.zeros(2, np.int64)
    floats = np.zeros(2)
    with pytest.raises(ValueError, match="one length"):
        Markers(whole, floats, np.zeros(1), whole, (square("red"),))
    with pytest.raises(ValueError, match="without an image"):
        Markers(whole, floats, floats, whole + 1, (square("red"),))


def test_every_button_has_a_name_for_those_who_cannot_see_it(canvas: MapCanvas) -> None:
    names = [button.accessibleName() for button in canvas.findChildren(MapButton)]
    assert len(names) == 3
    assert all(names)
    assert canvas.accessibleName()
