"""Divisions of the ground: province to street, communities, beats (责任网格) and unit cells."""

from geoalchemy2 import WKBElement
from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.base import ID_TYPE, Base, Id, geometry


class DivisionRow(Base):
    """An administrative division; `level` is province, city, district or street."""

    __tablename__ = "division"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    level: Mapped[str]
    parent_code: Mapped[str | None]
    geom: Mapped[WKBElement | None] = mapped_column(geometry("MULTIPOLYGON"))


class CommunityRow(Base):
    """A community (社区) by its 12-digit code."""

    __tablename__ = "community"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    street_code: Mapped[str] = mapped_column(index=True)
    geom: Mapped[WKBElement] = mapped_column(geometry("MULTIPOLYGON"))


class BeatRow(Base):
    """A beat (责任网格): the cells that one collector walks."""

    __tablename__ = "beat"

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    street_code: Mapped[str]
    geom: Mapped[WKBElement] = mapped_column(geometry("MULTIPOLYGON"))


class BeatCollectorRow(Base):
    """Which collectors walk which beat."""

    __tablename__ = "beat_collector"
    __table_args__ = (Index(None, "person_id"),)

    beat_id: Mapped[int] = mapped_column(ID_TYPE, ForeignKey("beat.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ID_TYPE, ForeignKey("person.id"), primary_key=True)


class UnitCellRow(Base):
    """A unit cell (单元网格): `code` by GB/T 30428.1 (15 digits), `code14` by CJ/T 213-2005.

    `placed_on` is an ISO date; area in square metres, perimeter in metres.
    """

    __tablename__ = "unit_cell"
    __table_args__ = (Index(None, "beat_id"), Index(None, "community_code"))

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(unique=True)
    code14: Mapped[str | None]
    community_code: Mapped[str] = mapped_column(ForeignKey("community.code"))
    beat_id: Mapped[int] = mapped_column(ID_TYPE, ForeignKey("beat.id"))
    area_class: Mapped[int]
    area_m2: Mapped[float]
    perimeter_m: Mapped[float]
    component_count: Mapped[int]
    placed_on: Mapped[str | None]
    geom: Mapped[WKBElement] = mapped_column(geometry("POLYGON"))
