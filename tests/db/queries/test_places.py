"""From a point to its cell, divisions, address and component, on real geometries."""

import math

import pytest
from sqlalchemy import insert

from db.engine import Database
from db.queries.places import locate
from db.record import SqlRecord
from db.tables import ComponentRow
from tests.helpers.stored_city import COLUMNS, ROWS, STREETS, fill_ground, lonlat
from tests.helpers.stored_trade import MANHOLE_CODE, component_values
from tests.helpers.trade import COLLECTOR, LIGHTS, OTHER_COLLECTOR, ROADS
from workflow.errors import NotFound, OutsideCity


def code(column: int, row: int) -> str:
    """The code of a cell of the test city."""
    return f"{STREETS[column // 2]}001{row * COLUMNS + column + 1:03}"


@pytest.mark.parametrize("row", range(ROWS))
@pytest.mark.parametrize("column", range(COLUMNS))
def test_a_point_lies_in_the_cell_that_holds_it(record: SqlRecord, column: int, row: int) -> None:
    for along, up in ((0.5, 0.5), (0.001, 0.001), (0.999, 0.999)):
        place = record.locate(*lonlat(column + along, row + up)).place
        assert place.cell_code == code(column, row)
        assert place.street_code == STREETS[column // 2]


def test_a_point_on_a_border_lies_in_one_of_the_cells_that_share_it(record: SqlRecord) -> None:
    shared = {(1.0, 0.5): (code(0, 0), code(1, 0)), (2.0, 1.0): tuple(_around(2, 1))}
    for (column, row), cells in shared.items():
        here = lonlat(column, row)
        assert record.locate(*here).place.cell_code == min(cells)


def _around(column: int, row: int) -> list[str]:
    return [code(column - i, row - j) for i in (0, 1) for j in (0, 1)]


@pytest.mark.parametrize("corner", [(0, 0), (COLUMNS, 0), (0, ROWS), (COLUMNS, ROWS)])
def test_the_outermost_corners_belong_to_the_city(
    record: SqlRecord, corner: tuple[int, int]
) -> None:
    assert record.locate(*lonlat(*corner)).place.cell_code


def test_a_place_brings_all_its_divisions_and_the_collectors_of_its_beat(record: SqlRecord) -> None:
    found = record.locate(*lonlat(3.5, 0.5))
    place = found.place
    assert (place.district_code, place.district_name) == ("310101", "黄浦区")
    assert (place.street_code, place.street_name) == ("310101016", "南京东路街道")
    assert (place.community_code, place.community_name) == ("310101016001", "第二社区")
    assert (place.beat_code, place.area_class) == ("02", 1)
    assert found.collectors == (COLLECTOR.person_id, OTHER_COLLECTOR.person_id)


@pytest.mark.parametrize(
    ("lon", "lat"),
    [
        lonlat(-0.01, 0.5),
        lonlat(COLUMNS + 0.01, 0.5),
        lonlat(0.5, ROWS + 0.01),
        (0.0, 0.0),
        (-121.49, -31.23),
        (31.23, 121.49),
        (math.nan, 31.23),
        (121.49, math.nan),
        (math.inf, 31.23),
        (121.49, -math.inf),
        (121.49, 90.0),
        (121.49, 1e308),
    ],
)
def test_a_point_outside_every_cell_is_refused_with_what_to_do(
    record: SqlRecord, lon: float, lat: float
) -> None:
    with pytest.raises(OutsideCity) as refused:
        record.locate(lon, lat)
    sentence = str(refused.value)
    assert "lies outside the unit cells of this city; choose a point" in sentence
    assert f"{lon:.6f}" in sentence


# -- addresses ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("at", "phrase"),
    [
        ((0.5, 1.05), "滨江路 12 号"),
        ((0.52, 1.05), "滨江路 12 号"),
        ((1.5, 1.05), "滨江路 14号"),
        ((0.65, 1.05), "滨江路 12 号 东 29 米"),
        ((0.35, 1.05), "滨江路 12 号 西 29 米"),
        ((0.5, 1.2), "滨江路 12 号 北 33 米"),
        ((0.5, 1.0), "滨江路 12 号 南 11 米"),
        ((0.6, 1.1), "滨江路 12 号 东北 22 米"),
        ((0.4, 1.0), "滨江路 12 号 西南 22 米"),
    ],
)
def test_an_address_is_the_nearest_door_with_direction_and_distance(
    record: SqlRecord, at: tuple[float, float], phrase: str
) -> None:
    place = record.locate(*lonlat(*at)).place
    assert (place.road, place.address) == ("滨江路", phrase)


def test_without_a_door_the_address_is_near_the_road(record: SqlRecord) -> None:
    place = record.locate(*lonlat(3.0, 1.1)).place
    assert (place.road, place.address) == ("滨江路", "滨江路附近")


def test_no_address_is_named_after_a_tunnel(record: SqlRecord) -> None:
    """The tunnel runs nearer to this point than the road does."""
    assert record.locate(*lonlat(3.0, 0.93)).place.road == "滨江路"


def test_away_from_roads_the_address_is_a_named_place(record: SqlRecord) -> None:
    place = record.locate(*lonlat(3.5, 1.6)).place
    assert (place.road, place.address) == ("", "小广场 南 67 米")


def test_where_nothing_has_a_name_the_address_is_the_cell(record: SqlRecord) -> None:
    place = record.locate(*lonlat(0.5, 0.2)).place
    assert (place.road, place.address) == ("", "第一社区 001 号网格")


# -- components ---------------------------------------------------------------------------------
def test_a_component_is_found_by_its_code(record: SqlRecord) -> None:
    card = record.component(MANHOLE_CODE)
    assert (card.code, card.class_name, card.state) == (MANHOLE_CODE, "上水井盖", "完好")
    assert (card.owner_id, card.owner_name) == (ROADS, "道路所")
    assert (card.maintainer_id, card.maintainer_name) == (LIGHTS, "照明中心")
    assert (card.placed_on, card.changed_on) == (None, None)


def test_an_unknown_component_is_refused_with_what_to_do(record: SqlRecord) -> None:
    with pytest.raises(NotFound, match="no component 3101019999 in the census; check the code"):
        record.component("3101019999")


def test_a_place_on_a_component_brings_the_nearest_one(database: Database) -> None:
    here = lonlat(1.25, 0.5)
    metre = 1 / 111_320
    with database.write() as connection:
        fill_ground(connection)
        for number, metres in ((2, 3.0), (3, 1.5), (4, 30.0)):
            point = f"SRID=4490;POINT({here[0]:.8f} {here[1] + metres * metre:.8f})"
            row = {**component_values(), "code": f"31010101010000{number:02}", "geom": point}
            connection.execute(insert(ComponentRow).values(row))
    with database.read() as connection:
        found = locate(connection, *here).component
        away = locate(connection, *lonlat(0.1, 0.1)).component
    assert found is not None
    assert found.code == "3101010101000003"
    assert (found.lon, found.lat) == pytest.approx((here[0], here[1] + 1.5 * metre), abs=1e-8)
    assert away is None
