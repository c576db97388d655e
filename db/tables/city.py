"""The city that a database holds, and its base map: roads, areas, house numbers, named places."""

from geoalchemy2 import WKBElement
from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Id, Millis, geometry


class CityRow(Base):
    """The one city of this database; bounds in CGCS2000 degrees.

    `count_breaks` is a JSON list of component counts at which a cell's colour changes; `built_at`
    is the moment up to which a synthetic city's cases were told, None in a real one.
    """

    __tablename__ = "city"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[Id]
    name: Mapped[str]
    profile: Mapped[str]
    rules_version: Mapped[int]
    calendar_version: Mapped[int]
    edition: Mapped[str]
    view_crs: Mapped[str]
    west: Mapped[float]
    south: Mapped[float]
    east: Mapped[float]
    north: Mapped[float]
    synthetic: Mapped[bool]
    seed: Mapped[int]
    cells: Mapped[int]
    components: Mapped[int]
    count_breaks: Mapped[str]
    built_at: Mapped[Millis | None]


class RoadRow(Base):
    """A road, as a line along its middle."""

    __tablename__ = "road"

    id: Mapped[Id]
    name: Mapped[str | None]
    kind: Mapped[str]
    kind_detail: Mapped[str | None]
    geom: Mapped[WKBElement] = mapped_column(geometry("MULTILINESTRING"))


class BaseAreaRow(Base):
    """An area of the base map; `kind` is water, green, building or land, `height` in metres."""

    __tablename__ = "base_area"

    id: Mapped[Id]
    kind: Mapped[str]
    name: Mapped[str | None]
    height: Mapped[float | None]
    geom: Mapped[WKBElement] = mapped_column(geometry("MULTIPOLYGON"))


class HouseNumberRow(Base):
    """A house number with its road."""

    __tablename__ = "house_number"

    id: Mapped[Id]
    road: Mapped[str]
    number: Mapped[str]
    name: Mapped[str | None]
    geom: Mapped[WKBElement] = mapped_column(geometry("POINT"))


class PoiRow(Base):
    """A named place that operators steer by."""

    __tablename__ = "poi"

    id: Mapped[Id]
    name: Mapped[str]
    kind: Mapped[str]
    geom: Mapped[WKBElement] = mapped_column(geometry("POINT"))
