"""The transition table as data, by profile and version: what the database's own guards check by."""

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base


class TransitionRow(Base):
    """One row of the table; `from_state` is empty for the report that makes a case.

    The columns are those of the profile's CSV files (workflow.transition_rows): lists of words with
    semicolons between them, clock effects as `action:kind` with spaces between them.
    """

    __tablename__ = "transition"
    __table_args__ = (
        Index("ix_transition_step", "profile", "version", "from_state", "operation", "outcome"),
    )

    profile: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    ord: Mapped[int] = mapped_column(primary_key=True)
    operation: Mapped[str]
    outcome: Mapped[str]
    from_state: Mapped[str]
    to_state: Mapped[str]
    needs: Mapped[str]
    takes: Mapped[str] = mapped_column(server_default="")
    guards: Mapped[str]
    clock_effects: Mapped[str]
    photo_usage: Mapped[str]
    name: Mapped[str]
    key: Mapped[str]
    tone: Mapped[str]


class TransitionPostRow(Base):
    """A post that may take a transition."""

    __tablename__ = "transition_post"
    __table_args__ = (
        ForeignKeyConstraint(
            ["profile", "version", "ord"],
            ["transition.profile", "transition.version", "transition.ord"],
            name="fk_transition_post_transition",
        ),
    )

    profile: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    ord: Mapped[int] = mapped_column(primary_key=True)
    post: Mapped[str] = mapped_column(primary_key=True)
