"""The map of a desk: scene, live cases, what a click and a resting pointer mean."""

from dataclasses import replace
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from map.city_scene import spatialite_source
from map.client.map_canvas import Identified, MapCanvas
from map.tokens import DARK as DARK_MAP
from tests.helpers.desk import settle
from tests.helpers.fake_record import NOW, FakeRecord, fake_catalog
from ui.desk.window import DeskWindow
from ui.map_view.case_markers import CaseSprites
from ui.map_view.case_table import LAMPS, CaseTable
from ui.map_view.city_layers import city_scene, street_mpp
from ui.session import DeskSession
from ui.theme.lamps import lamp_of
from ui.theme.tokens import DARK, LIGHT
from workflow.commands import Move
from workflow.ids import CaseId
from workflow.posts import Post
from workflow.queries import CaseMarker


@pytest.fixture
def canvas(window: DeskWindow) -> MapCanvas:
    """The map of the desk."""
    canvas = window.frame.map_view.canvas
    assert canvas is not None
    return canvas


def test_the_scene_lies_from_the_ground_up_and_changes_its_components_with_the_scale() -> None:
    city = FakeRecord().city()
    scene = city_scene(city, fake_catalog(), spatialite_source("x.sqlite"), LIGHT)
    names = [layer.id for layer in scene.layers]
    wanted = ["land", "green", "water", "building", "cell_count", "road"]
    grid = ["outside", "cell", "beat"]
    assert names == [*wanted, *grid, "component", "road_name", "house_number", "poi"]
    by_id = {layer.id: layer for layer in scene.layers}
    assert by_id["component"].max_mpp == by_id["cell_count"].min_mpp == street_mpp(city)
    assert scene.crs == "EPSG:4549"


def test_a_city_with_many_components_shows_them_later() -> None:
    city = FakeRecord().city()
    assert street_mpp(replace(city, components=800_000)) < street_mpp(city)


def test_every_big_class_of_components_has_a_look_of_its_own() -> None:
    scene = city_scene(FakeRecord().city(), fake_catalog(), spatialite_source("x.sqlite"), LIGHT)
    looks = next(layer.categories for layer in scene.layers if layer.id == "component")
    assert [look.value for look in looks] == ["01", "02", "03", "04"]
    assert len({(look.shape, look.colour) for look in looks}) == len(looks)


def a_marker(minutes: int, kind: str = "component", *, urgent: bool = False) -> CaseMarker:
    """A case that is due in so many minutes and warns ten before; its number tells it apart."""
    due = NOW + timedelta(minutes=minutes)
    case_id = CaseId(1000 + minutes + 100 * (kind == "event") + 200 * urgent)
    warn = due - timedelta(minutes=10)
    return CaseMarker(case_id, 121.49, 31.235, kind, due, warn, False, urgent)


def table_of(cases: list[CaseMarker]) -> CaseTable:
    """The cases in columns."""
    table = CaseTable()
    table.put_all(cases)
    return table


def test_the_columns_show_the_lamp_that_the_clock_shows() -> None:
    cases = FakeRecord(300).markers()
    cases = [*cases[1:], replace(cases[0], paused=True), replace(cases[0], case_id=CaseId(999))]
    cases[-1] = replace(cases[-1], due_at=None, warn_at=None)
    for minutes in (0, 7, 60, 600):
        now = NOW + timedelta(minutes=minutes)
        shown = [LAMPS[place] for place in table_of(cases).lamps(now)]
        assert shown == [lamp_of(case, now) for case in cases]


def test_cases_that_come_change_and_go_leave_the_columns_whole() -> None:
    cases = {case.case_id: case for case in FakeRecord(300).markers()}
    table = table_of(list(cases.values()))
    for case_id in list(cases)[::3]:
        table.drop(case_id)
        del cases[case_id]
    table.drop(CaseId(5000))
    moved = replace(next(iter(cases.values())), lon=121.5)
    cases[moved.case_id] = moved
    table.put(moved)
    keys, lons, lats, _ = table.drawn(NOW)
    shown = dict(zip(keys.tolist(), zip(lons, lats, strict=True), strict=True))
    assert shown == {one.case_id: (one.lon, one.lat) for one in cases.values()}
    assert len(table) == len(cases)


def test_markers_differ_by_lamp_kind_and_urgency_and_the_pressing_lie_on_top() -> None:
    cases = [
        a_marker(-5),
        a_marker(5),
        a_marker(60),
        a_marker(60, "event"),
        a_marker(60, urgent=True),
    ]
    placed = CaseSprites(LIGHT, 1.0).place(table_of(cases), NOW)
    assert len(set(placed.sprites.tolist())) == 5
    pictures = {placed.images[sprite].constBits().tobytes() for sprite in placed.sprites}
    assert len(pictures) == 5
    top = placed.images[int(placed.sprites[-1])]
    middle = top.width() // 2
    assert top.pixelColor(middle - 5, middle - 5).name().upper() == LIGHT.red


def test_a_marker_turns_as_time_passes() -> None:
    sprites = CaseSprites(DARK, 1.0)
    case = table_of([a_marker(15)])
    now = sprites.place(case, NOW).sprites.tolist()
    later = sprites.place(case, NOW + timedelta(minutes=6)).sprites.tolist()
    overdue = sprites.place(case, NOW + timedelta(minutes=16)).sprites.tolist()
    assert len({*now, *later, *overdue}) == 3


def test_every_open_case_is_on_the_map_and_an_ended_one_leaves_it(
    qtbot: QtBot, window: DeskWindow, new_session: DeskSession, record: FakeRecord
) -> None:
    live = window.frame.map_view.live
    assert len(live.table) == 48
    ids = [CaseId(int(key)) for key in live.table.drawn(NOW)[0]]
    leader = next(one for one in record.seats() if one.post is Post.SHIFT_LEADER)
    row = next(row for row in record.rows(ids) if row.holder == "值班长")
    is_filing = row.state.value == "PendingFiling"
    move = Move(operation="reject" if is_filing else "close", opinion="重复上报")
    with qtbot.waitSignal(live.changed):
        record.move(row.case_id, row.version, move, leader, NOW)
    assert len(live.table) == 47


def test_the_map_wears_the_theme(
    window: DeskWindow, canvas: MapCanvas, new_session: DeskSession
) -> None:
    new_session.set_theme(DARK)
    scene = window.frame.map_view._engine.scene
    assert scene is not None
    assert scene.tokens == DARK_MAP
    new_session.set_theme(LIGHT)


def test_a_click_on_a_component_shows_its_departments_and_offers_a_report(
    qtbot: QtBot, window: DeskWindow, canvas: MapCanvas, new_session: DeskSession
) -> None:
    code = "3101010301000482"
    canvas.clicked.emit(121.49, 31.2365)
    canvas.identified.emit([Identified("component", 482, 121.49, 31.2365, {"code": code})])
    settle(qtbot, new_session)
    card = window.frame.map_view._card
    assert card.isVisible()
    assert code in card.text
    assert "市道路照明中心" in card.text
    card._report.click()
    assert window.frame.is_reporting


def test_while_reporting_a_component_under_the_click_fills_the_form(
    qtbot: QtBot, window: DeskWindow, canvas: MapCanvas, new_session: DeskSession
) -> None:
    window.open_report()
    code = "3101010301000482"
    canvas.clicked.emit(121.49, 31.2365)
    canvas.identified.emit([Identified("component", 482, 121.49, 31.2365, {"code": code})])
    settle(qtbot, new_session)
    assert window.frame.report_form.draft.component is not None
    assert window.frame.report_form.draft.component.code == code
    assert not window.frame.map_view._card.isVisible()


def test_the_resting_pointer_has_its_cell_in_the_status_line(
    qtbot: QtBot, window: DeskWindow, canvas: MapCanvas, new_session: DeskSession
) -> None:
    with qtbot.waitSignal(window.frame.map_view.cell_hovered):
        canvas.hovered.emit(121.49, 31.2365)
    assert "121.49000, 31.23650" in window.frame.status._place.text()
    assert "310101015003021" in window.frame.status._cell.text()
    with qtbot.waitSignal(window.frame.map_view.cell_hovered):
        canvas.hovered.emit(100.0, 31.0)
    assert window.frame.status._cell.text() == ""


def test_layers_are_switched_off_and_on(window: DeskWindow, canvas: MapCanvas) -> None:
    view = window.frame.map_view
    view._layers.toggled_layers.emit(("beat",), False)
    scene = view._engine.scene
    assert scene is not None
    assert not next(layer for layer in scene.layers if layer.id == "beat").visible
