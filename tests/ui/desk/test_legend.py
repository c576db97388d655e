"""The map's legend: what is drawn at this scale, in its own colours, and nothing that is hidden."""

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from map.city_scene import spatialite_source
from map.client.map_canvas import MapCanvas
from map.scene import Scene
from map.tokens import DARK as DARK_MAP
from map.tokens import LIGHT as LIGHT_MAP
from tests.helpers.fake_record import FakeRecord, fake_catalog
from ui.desk.window import DeskWindow
from ui.map_view.city_layers import city_scene, street_mpp
from ui.map_view.layer_menu import CASES, LEGEND
from ui.map_view.legend import legend_entries
from ui.theme.tokens import DARK, LIGHT

LAMPS = ["案件", "时限内", "即将超时", "已超时", "暂停计时"]


@pytest.fixture
def scene() -> Scene:
    """The fake city's scene."""
    return city_scene(FakeRecord().city(), fake_catalog(), spatialite_source("x.sqlite"), LIGHT)


@pytest.fixture
def canvas(window: DeskWindow) -> MapCanvas:
    """The map of the desk."""
    canvas = window.frame.map_view.canvas
    assert canvas is not None
    return canvas


def test_over_the_city_the_cells_colours_are_explained_by_their_amounts(scene: Scene) -> None:
    entries = legend_entries(scene, LIGHT_MAP, 9.0, frozenset({CASES}))
    layer = next(one for one in scene.layers if one.id == "cell_count")
    assert entries[0].text == "每个网格的部件数"
    *amounts, beyond = entries[1:]
    assert (beyond.text, beyond.colour) == ("管理范围以外", LIGHT_MAP["outside"])
    assert [one.colour for one in amounts] == [LIGHT_MAP[name] for name in layer.colours[1:]]
    assert amounts[0].text == f"1–{int(layer.breaks[1])}"
    assert amounts[1].text.startswith(f"{int(layer.breaks[1]) + 1}–")
    assert amounts[-1].text == f"> {int(layer.breaks[-1])}"


def test_in_the_street_the_components_signs_are_explained(scene: Scene) -> None:
    entries = legend_entries(scene, DARK_MAP, 0.3, frozenset())
    assert [one.text for one in entries[:5]] == LAMPS
    looks = next(layer.categories for layer in scene.layers if layer.id == "component")
    assert [(one.text, one.shape) for one in entries[6:]] == [
        (look.title, look.shape) for look in looks
    ]


def test_what_is_hidden_is_not_explained(scene: Scene) -> None:
    assert legend_entries(scene, LIGHT_MAP, 0.3, frozenset({CASES, "component"})) == ()


def test_the_legend_follows_the_scale_and_the_layer_menu(
    window: DeskWindow, canvas: MapCanvas
) -> None:
    view = window.frame.map_view
    street = street_mpp(FakeRecord().city())
    canvas.set_view(*canvas.centre, street * 2)
    assert "每个网格的部件数" in view._legend.texts
    canvas.set_view(*canvas.centre, street / 2)
    assert "每个网格的部件数" not in view._legend.texts
    view._layers.toggled_layers.emit(("component",), False)
    assert list(view._legend.texts) == LAMPS
    view._layers.toggled_layers.emit((LEGEND,), False)
    assert not view._legend.isVisible()
    view._layers.toggled_layers.emit((LEGEND,), True)
    assert view._legend.isVisible()


def test_the_legend_keeps_the_lower_left_corner_and_holds_its_longest_line(
    window: DeskWindow, canvas: MapCanvas
) -> None:
    legend = window.frame.map_view._legend
    widest = max(legend.fontMetrics().horizontalAdvance(text) for text in legend.texts)
    assert legend.width() >= widest + 2 * 10
    window.resize(1400, 900)
    assert legend.geometry().left() == 12
    assert legend.geometry().bottom() == canvas.height() - 12 - 1


def test_the_legend_wears_the_theme(qtbot: QtBot, window: DeskWindow) -> None:
    legend = window.frame.map_view._legend
    for theme in (DARK, LIGHT):
        window._session.set_theme(theme)
        image = legend.grab().toImage()
        assert image.pixelColor(legend.width() // 2, 4) == QColor(theme.panel)
