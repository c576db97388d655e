"""The usual layers of a city's map, from the product's own tables; plain data."""

from collections.abc import Callable

from map.scene import Category, LayerSpec, Source

SourceOf = Callable[[str, str], Source]
"""Makes the source of a table (first argument) with a filter (second, may be empty)."""


def spatialite_source(database: str) -> SourceOf:
    """Sources in one SpatiaLite file."""

    def source(table: str, condition: str) -> Source:
        return Source("spatialite", database, table, filter=condition)

    return source


def postgres_source(connection: str, schema: str = "public") -> SourceOf:
    """Sources in one PostGIS database, given its libpq connection text."""

    def source(table: str, condition: str) -> Source:
        return Source("postgres", connection, f"{schema}.{table}", filter=condition)

    return source


def base_map(source: SourceOf) -> tuple[LayerSpec, ...]:
    """Ground, water, green, buildings and roads, from the bottom to the top."""

    def area(kind: str, title: str, max_mpp: float = 0) -> LayerSpec:
        table = source("base_area", f"kind = '{kind}'")
        return LayerSpec(kind, title, table, kind, max_mpp=max_mpp)

    return (
        area("land", "用地", 6),
        area("green", "绿地"),
        area("water", "水系"),
        area("building", "建筑", 2.2),
        LayerSpec("road", "道路", source("road", ""), "road"),
        LayerSpec("road_name", "路名", source("road", "name <> ''"), "road_name"),
    )


def places(source: SourceOf) -> tuple[LayerSpec, ...]:
    """House numbers and places of interest, at street scale."""
    named = source("poi", "name <> ''")
    return (
        LayerSpec("house_number", "门牌", source("house_number", ""), "house_number", max_mpp=0.5),
        LayerSpec("poi", "兴趣点", named, "poi", max_mpp=0.65),
    )


def cell_counts(
    source: SourceOf, *, above: float, breaks: tuple[float, ...], field: str = "component_count"
) -> LayerSpec:
    """Unit cells coloured by amount. What lies below the first break is left clear; at most five
    breaks, one for each colour of the theme.
    """
    return LayerSpec(
        "cell_count",
        "部件数量",
        source("unit_cell", ""),
        "cell_count",
        min_mpp=above,
        field=field,
        breaks=breaks,
        colours=("", *(f"count_{number}" for number in range(1, len(breaks) + 1))),
    )


def grid(source: SourceOf) -> tuple[LayerSpec, ...]:
    """Outlines of unit cells and beats, and a hatch where no beat is."""
    return (
        LayerSpec("outside", "管理范围以外", source("beat", ""), "outside"),
        LayerSpec("cell", "单元网格", source("unit_cell", ""), "cell", max_mpp=2.4),
        LayerSpec("beat", "责任网格", source("beat", ""), "beat"),
    )


def components(source: SourceOf, *, below: float, categories: tuple[Category, ...]) -> LayerSpec:
    """Components by big class, finer than ``below`` metres per pixel."""
    return LayerSpec(
        "component",
        "部件",
        source("component", ""),
        "component",
        max_mpp=below,
        field="big_code",
        categories=categories,
    )
