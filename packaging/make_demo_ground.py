"""Cuts the demo city's shipped ground out of the source data; run by hand when a source changes.

    python packaging/make_demo_ground.py BASEMAP.gpkg DISTRICTS.gpkg DIVISIONS_FOLDER

writes the tables of `resources/demo_city/ground/`. What each column is, and the sources with their
licences, stand in `resources/demo_city/SOURCES.md`. The same input gives the same bytes.
"""

import argparse
import csv
import gzip
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import shapely
from shapely import Geometry, wkb

OUT = Path(__file__).parents[1] / "resources" / "demo_city" / "ground"

# The basemap came as map tiles: seven by five of them, one missing (the core of Lujiazui).
FRAME = (121.4813232, 31.2268945, 121.5197754, 31.2503779)
MISSING_TILE = (121.4978027, 31.2362886, 121.5032959, 31.2409854)
DISTRICTS = ("黄浦区", "虹口区", "浦东新区")
STEP = 1e-7
"""Degrees, about a centimetre: what is shipped is rounded to it."""

GREEN = frozenset({"forest", "garden", "grass", "natural_wood", "park", "pitch"}) | frozenset(
    {"protected_area", "recreation_ground"}
)
SPELLING = {
    "Nanjing Dong Lu": "南京东路",
    "Wàibáidù Qiáo": "外白渡桥",
    "外灘隧道": "外滩隧道",
    "外鹹瓜路": "外咸瓜街",
    "复兴东路隧道 (上层)": "复兴东路隧道(上层)",
    "Fucheng Rd": "富城路",
    "Huangpu Road": "黄浦路",
    "Lujiazui Ring Road": "陆家嘴环路",
    "Pudong Road (S)": "浦东南路",
    "South Pudong Road": "浦东南路",
    "Zhongshan East 2nd Rd": "中山东二路",
    "Zhongshan East 2nd Road": "中山东二路",
}
TUNNEL = re.compile("隧道|地道|入口|出口")
CHINESE = re.compile("[\u4e00-\u9fff]")
NUMBER = re.compile(r"\d+(?:[-~]\d+)?甲?")

Row = Sequence[object]


def main() -> None:
    """Write every table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    for name in ("basemap", "districts", "divisions"):
        parser.add_argument(name, type=Path)
    given = parser.parse_args()
    basemap, districts = _open(given.basemap), _open(given.districts)
    OUT.mkdir(parents=True, exist_ok=True)
    _write("districts", "code name wkt", _districts(basemap, districts))
    _write("roads", "kind kind_detail name oneway wkt", _roads(basemap))
    _write("areas", "kind detail name height wkt", _areas(basemap))
    _write("house_numbers", "road number name wkt", _house_numbers(basemap))
    _write("pois", "kind name wkt", _pois(basemap))
    _write("divisions", "code name level", _divisions(given.divisions))
    _write("places_gcj02", "code name level lon lat", _places(given.divisions))


def _open(path: Path) -> sqlite3.Connection:
    # Immutable: merely reading a GeoPackage must not leave a journal beside it.
    return sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)


def _read(database: sqlite3.Connection, table: str, columns: str) -> Iterator[tuple[object, ...]]:
    """Rows of a GeoPackage table, the geometry first."""
    for blob, *values in database.execute(f"SELECT geom, {columns} FROM {table}"):
        envelope = (0, 32, 48, 48, 64)[blob[3] >> 1 & 7]
        yield wkb.loads(blob[8 + envelope :]), *values


def _districts(basemap: sqlite3.Connection, polygons: sqlite3.Connection) -> Iterator[Row]:
    """The frame cut along OpenStreetMap's county lines; the district polygons name the parts."""
    lines = [_round(line) for line, _ in _read(basemap, "shanghai_boundaries", "name")]
    frame = shapely.box(*FRAME)
    parts = shapely.get_parts(shapely.polygonize([shapely.union_all([frame.exterior, *lines])]))
    named = [
        (code, name, shape)
        for shape, code, name, city in _read(
            polygons, "target_city_districts", "district_adcode, district_name, city_name"
        )
        if str(code).startswith("31") and shape.intersects(frame)
    ]
    for part in parts:
        code, name, _ = max(named, key=lambda district: district[2].intersection(part).area)
        if name in DISTRICTS:
            yield code, name, _wkt(part.difference(shapely.box(*MISSING_TILE)))


def _roads(basemap: sqlite3.Connection) -> Iterator[Row]:
    for line, kind, detail, chinese, oneway in _read(
        basemap, "shanghai_roads", "kind, kind_detail, name_zh, oneway"
    ):
        name = _spelled(chinese)
        under_ground = kind != "rail" and TUNNEL.search(name)
        yield (
            "tunnel" if under_ground else kind,
            detail or "",
            name,
            int(oneway == "yes"),
            _wkt(line),
        )


def _areas(basemap: sqlite3.Connection) -> Iterator[Row]:
    for shape, name in _read(basemap, "shanghai_water", "name_zh"):
        yield "water", "water", name or "", "", _wkt(shape)
    for shape, kind, name in _read(basemap, "shanghai_landuse", "kind, name_zh"):
        yield ("green" if kind in GREEN else "land"), kind, name or "", "", _wkt(shape)
    frame = shapely.box(*FRAME)
    for shape, kind, name, height in _read(basemap, "shanghai_buildings", "kind, name_zh, height"):
        if kind == "building" and shape.intersects(frame):
            yield "building", kind, _chinese(name), height or "", _wkt(shape)


def _house_numbers(basemap: sqlite3.Connection) -> Iterator[Row]:
    for point, street, number, name in _read(
        basemap, "shanghai_address_points", "street, housenumber, name_zh"
    ):
        found = NUMBER.search(number or "")
        yield (
            _spelled(street),
            found.group().replace("~", "-") if found else "",
            _chinese(name),
            _wkt(point),
        )


def _pois(basemap: sqlite3.Connection) -> Iterator[Row]:
    for point, kind, name in _read(basemap, "shanghai_pois", "kind, name_zh"):
        yield kind, _chinese(name), _wkt(point)


def _divisions(folder: Path) -> Iterator[Row]:
    """Province, city, the districts, and every street and community of theirs."""
    codes = tuple(row["code"] for row in _table(folder, "areas") if row["name"] in DISTRICTS)
    yield "31", "上海市", "province"
    yield "3101", "上海市", "city"
    for level, table in (("district", "areas"), ("street", "streets"), ("community", "villages")):
        for row in _table(folder, table):
            if row["code"].startswith("3101") and row["code"][:6] in codes:
                yield row["code"], row["name"], level


def _places(folder: Path) -> Iterator[Row]:
    """Street and community points near the area, as published: GCJ-02, codes of 2016."""
    for level, table, digits in (
        ("street", "adcode2016_town_centres_gcj02", 9),
        ("community", "adcode2016_village_points_gcj02", 12),
    ):
        for row in _table(folder, table):
            if row["lon_gcj02"] and (level == "community" or row["level"] == "town"):
                lon, lat = float(row["lon_gcj02"]), float(row["lat_gcj02"])
                if 121.46 < lon < 121.55 and 31.205 < lat < 31.27 and row["code"][:2] == "31":
                    yield row["code"][:digits], row["name"], level, lon, lat


def _table(folder: Path, name: str) -> Iterator[dict[str, str]]:
    with gzip.open(folder / f"{name}.csv.gz", "rt", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def _spelled(name: str | None) -> str:
    return SPELLING.get(name or "", name or "")


def _chinese(name: str | None) -> str:
    """The name where it is written in Chinese: labels on the map are of one script."""
    return name.strip() if name and CHINESE.search(name) else ""


def _round(shape: Geometry) -> Geometry:
    return shapely.set_precision(shape, STEP)


def _wkt(shape: Geometry) -> str:
    return str(shapely.to_wkt(_round(shape), rounding_precision=7))


def _write(name: str, header: str, rows: Iterable[Row]) -> None:
    with (OUT / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header.split())
        writer.writerows(sorted(rows, key=lambda row: tuple(map(str, row))))


if __name__ == "__main__":
    main()
