"""What every table shares: constraint names, column types, how a geometry column is declared."""

from typing import Annotated, Any, ClassVar

from geoalchemy2 import Geometry
from sqlalchemy import BigInteger, Integer, MetaData, Text
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeEngine

CGCS2000 = 4490
"""EPSG code of longitude and latitude in CGCS2000, degrees: how every place is stored."""

# SQLite numbers rows by itself only in a column spelled INTEGER; PostgreSQL must be told 64 bits.
ID_TYPE: TypeEngine[int] = BigInteger().with_variant(Integer, "sqlite")

Id = Annotated[int, mapped_column(ID_TYPE, primary_key=True)]
"""Primary key: a row number."""

Millis = Annotated[int, mapped_column(BigInteger)]
"""An instant: whole milliseconds since 1970-01-01T00:00Z."""

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Root of the row classes. Rows never leave `db`; what leaves are types of `workflow`."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {str: Text}


def geometry(kind: str) -> Geometry:
    """A column type for places in CGCS2000; the migration adds column and spatial index itself."""
    return Geometry(kind, srid=CGCS2000, spatial_index=False)
