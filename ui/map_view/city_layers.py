"""The layers of the city in their order, from what the record says about the city."""

from collections.abc import Iterable
from itertools import cycle, islice

from map import tokens
from map.city_scene import (
    SourceOf,
    base_map,
    cell_counts,
    components,
    grid,
    places,
    postgres_source,
    spatialite_source,
)
from map.scene import Category, LayerSpec, Scene
from ui.theme.tokens import LIGHT, Tokens
from workflow.case import CaseKind
from workflow.catalog import Catalog
from workflow.queries import CityInfo

SHAPES = ("circle", "square", "triangle", "diamond", "pentagon", "hexagon", "star")
STREET_MPP, DENSE_STREET_MPP = 1.0, 0.6
"""Metres per pixel below which components are drawn one by one; more of them, later."""

DENSE = 60
"""Components per cell from which the denser bound holds."""

USUAL_BREAKS = [10, 20, 30, 40]
COUNT_COLOURS = 5
SOURCES = {"spatialite": spatialite_source, "postgres": postgres_source}


def city_scene(city: CityInfo, catalog: Catalog, source: SourceOf, theme: Tokens) -> Scene:
    """The scene of the city: ground, counts or components by scale, grid, names."""
    base = {layer.id: layer for layer in base_map(source)}
    roads, names = base.pop("road"), base.pop("road_name")
    street = street_mpp(city)
    layers: tuple[LayerSpec, ...] = (
        *base.values(),
        cell_counts(source, above=street, breaks=_breaks(city)),
        roads,
        *grid(source),
        components(source, below=street, categories=component_categories(catalog)),
        names,
        *places(source),
    )
    return Scene(city.view_crs, "land", layers, map_tokens(theme))


def map_tokens(theme: Tokens) -> dict[str, str]:
    """The map's colours in a theme."""
    return tokens.LIGHT if theme.name == LIGHT.name else tokens.DARK


def street_mpp(city: CityInfo) -> float:
    """Metres per pixel below which components are drawn, above which cells by count."""
    is_dense = city.components > DENSE * max(city.cells, 1)
    return DENSE_STREET_MPP if is_dense else STREET_MPP


def component_categories(catalog: Catalog) -> tuple[Category, ...]:
    """One shape and colour for each big class of components."""
    big: dict[str, str] = {}
    for entry in catalog:
        if entry.kind is CaseKind.COMPONENT and entry.big_code:
            big.setdefault(entry.big_code, entry.big_name)
    shapes: Iterable[str] = cycle(SHAPES)
    looks = zip(sorted(big), shapes, cycle(range(1, len(SHAPES) + 1)), strict=False)
    return tuple(
        Category(code, big[code], shape, f"component_{number}")  # type: ignore[arg-type]
        for code, shape, number in islice(looks, len(big))
    )


def _breaks(city: CityInfo) -> tuple[float, ...]:
    """Rising bounds of the five colours; a cell without a component is left clear."""
    bounds = sorted({value for value in city.count_breaks if value > 1}) or USUAL_BREAKS
    return (1.0, *(float(value) for value in bounds[: COUNT_COLOURS - 1]))
