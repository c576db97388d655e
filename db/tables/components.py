"""The census: every component (部件) of the city with the attributes of CJ/T 214."""

from geoalchemy2 import WKBElement
from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.base import ID_TYPE, Base, Id, geometry


class ComponentRow(Base):
    """A component; authority 主管, owner 权属, maintainer 养护 are departments; dates are ISO."""

    __tablename__ = "component"
    __table_args__ = (Index(None, "cell_code"), Index(None, "class_code"))

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(unique=True)
    edition: Mapped[str]
    class_code: Mapped[str]
    big_code: Mapped[str]
    small_code: Mapped[str]
    name: Mapped[str]
    authority_id: Mapped[int] = mapped_column(ID_TYPE, ForeignKey("department.id"))
    owner_id: Mapped[int] = mapped_column(ID_TYPE, ForeignKey("department.id"))
    maintainer_id: Mapped[int] = mapped_column(ID_TYPE, ForeignKey("department.id"))
    cell_code: Mapped[str]
    state: Mapped[str]
    placed_on: Mapped[str | None]
    changed_on: Mapped[str | None]
    data_source: Mapped[str]
    note: Mapped[str | None]
    address: Mapped[str]
    geom: Mapped[WKBElement] = mapped_column(geometry("POINT"))
