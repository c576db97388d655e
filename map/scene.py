"""What a map shows, as data: layers, where they come from, how they look; no Qt, no QGIS.

The window writes a `Scene`, the engine draws it. A scene says everything the engine needs, so
that an engine that was killed can be brought back by sending the same scene again.
"""

import re
from dataclasses import dataclass, field
from typing import Literal

from map.fields import BadField

COLOUR = re.compile(r"#[0-9a-fA-F]{6}\Z")
NAME = re.compile(r"[a-z][a-z0-9_-]*\Z")

Shape = Literal["circle", "square", "triangle", "diamond", "pentagon", "hexagon", "star", "cross"]


@dataclass(frozen=True)
class Source:
    """A table with one geometry column.

    ``database`` is a file for SpatiaLite and OGR and a libpq connection text for PostgreSQL;
    ``filter`` is an SQL condition in the words of that database.
    """

    provider: Literal["spatialite", "postgres", "ogr"]
    database: str
    table: str
    geometry: str = "geom"
    key: str = "id"
    filter: str = ""


@dataclass(frozen=True)
class Category:
    """How one value of a field looks: ``colour`` is a token's name or ``#rrggbb``."""

    value: str
    title: str
    shape: Shape
    colour: str


@dataclass(frozen=True)
class LayerSpec:
    """One layer of the map.

    ``min_mpp`` and ``max_mpp`` bound the scale at which it is drawn, in metres per (logical)
    pixel: drawn where ``min_mpp <= mpp < max_mpp``; 0 as ``max_mpp`` means no bound.
    ``field`` with ``categories`` styles by value; ``field`` with ``breaks`` (rising upper
    bounds) and ``colours`` (one more than breaks) styles by amount.
    """

    id: str
    title: str
    source: Source
    style: str
    visible: bool = True
    min_mpp: float = 0.0
    max_mpp: float = 0.0
    field: str = ""
    categories: tuple[Category, ...] = ()
    breaks: tuple[float, ...] = ()
    colours: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not NAME.match(self.id):
            raise BadField("id", "must be a lower-case name")
        if self.min_mpp < 0 or self.max_mpp < 0:
            raise BadField("min_mpp", "metres per pixel cannot be negative")
        if self.max_mpp and self.max_mpp <= self.min_mpp:
            raise BadField("max_mpp", "must be greater than min_mpp, or 0")
        if list(self.breaks) != sorted(set(self.breaks)):
            raise BadField("breaks", "must rise")
        if self.colours and len(self.colours) != len(self.breaks) + 1:
            raise BadField("colours", "must be one more than breaks")

    def is_drawn_at(self, mpp: float) -> bool:
        """Whether the scale (metres per logical pixel) lies within the layer's bounds."""
        return self.min_mpp <= mpp and (not self.max_mpp or mpp < self.max_mpp)


@dataclass(frozen=True)
class Scene:
    """Layers from the bottom to the top, drawn in ``crs`` over ``background``.

    ``tokens`` names the colours of the theme; layers and styles use the names.
    """

    crs: str
    background: str
    layers: tuple[LayerSpec, ...] = ()
    tokens: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not re.match(r"[A-Z]+:[0-9]+\Z", self.crs):
            raise BadField("crs", "must look like EPSG:4549")
        ids = [layer.id for layer in self.layers]
        for name in ids:
            if ids.count(name) > 1:
                raise BadField("layers", f"the id {name} stands twice")
        check_tokens(self.tokens)


def check_tokens(tokens: dict[str, str]) -> None:
    """Raise `BadField` unless every token is a colour ``#rrggbb``."""
    for name, value in tokens.items():
        if not COLOUR.match(value):
            raise BadField(f"tokens.{name}", "must be a colour like #1260C4")
