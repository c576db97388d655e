"""Catalogs: classes of components and events, filing conditions (立案条件), stage limits."""

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Id


class ClassEntryRow(Base):
    """A big and small class of one edition of a standard; `kind` is component or event."""

    __tablename__ = "class_entry"
    __table_args__ = (UniqueConstraint("edition", "kind", "big_code", "small_code"),)

    id: Mapped[Id]
    edition: Mapped[str]
    kind: Mapped[str]
    big_code: Mapped[str]
    big_name: Mapped[str]
    small_code: Mapped[str]
    small_name: Mapped[str]
    confidence: Mapped[str]
    in_force: Mapped[bool]


class FilingConditionRow(Base):
    """A filing condition with handling limit and closing condition, in one version of the rules."""

    __tablename__ = "filing_condition"
    __table_args__ = (
        Index("ix_filing_condition_class", "profile", "version", "kind", "class_code"),
    )

    profile: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    ord: Mapped[int]
    kind: Mapped[str]
    class_code: Mapped[str]
    text: Mapped[str]
    limit_amount: Mapped[int | None]
    limit_unit: Mapped[str | None]
    limit_text: Mapped[str]
    limit_note: Mapped[str]
    closing_condition: Mapped[str]
    handling_departments: Mapped[str]
    supervising_departments: Mapped[str]


class TierLimitRow(Base):
    """A limit of a condition in one management class of areas (0 for either), one tier, or both."""

    __tablename__ = "tier_limit"

    profile: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    condition_id: Mapped[str] = mapped_column(primary_key=True)
    area_class: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    tier: Mapped[str] = mapped_column(primary_key=True)
    amount: Mapped[int]
    unit: Mapped[str]
    source: Mapped[str]


class StageLimitRow(Base):
    """The limit of a clock kind other than handling, with the source it was taken from."""

    __tablename__ = "stage_limit"

    profile: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    amount: Mapped[int]
    unit: Mapped[str]
    source: Mapped[str]
