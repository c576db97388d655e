"""The rules of a profile in one version: what stands beside its transition table."""

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base


class RuleVersionRow(Base):
    """A version that was loaded; `note` says in words what was changed, and by whom."""

    __tablename__ = "rule_version"

    profile: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[str]
    loaded_at: Mapped[int | None] = mapped_column(BigInteger)


class SettingRow(Base):
    """A setting (workflow.settings) in its own words."""

    __tablename__ = "setting"

    profile: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
    source: Mapped[str]


class AuthorisationRow(Base):
    """A standing rule (授权); `until` is an ISO date."""

    __tablename__ = "authorisation"

    profile: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    operation: Mapped[str]
    kind: Mapped[str]
    class_prefix: Mapped[str]
    per_day: Mapped[int]
    until: Mapped[str]
    granted_by: Mapped[str]


class DutyRow(Base):
    """Which posts, parted by semicolons, a duty is given to."""

    __tablename__ = "duty"

    profile: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    duty: Mapped[str] = mapped_column(primary_key=True)
    posts: Mapped[str]
    source: Mapped[str]
