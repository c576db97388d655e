"""What happened to cases: the append-only events, clocks, attachments, and the change log."""

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from db.base import ID_TYPE, Base, Id, Millis

AUTHORISED = "operation IN ('authClose', 'askDirectClose')"
"""Steps that a standing rule allowed."""


class CaseEventRow(Base):
    """One step of a case, never changed: `body` is canonical JSON, `hash` chains it (SHA-256)."""

    __tablename__ = "case_event"
    __table_args__ = (
        UniqueConstraint("case_id", "seq", name="uq_case_event_seq"),
        Index(None, "person_id", "at"),
        Index(
            "ix_case_event_authorised",
            "at",
            sqlite_where=text(AUTHORISED),
            postgresql_where=text(AUTHORISED),
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Id]
    case_id: Mapped[int] = mapped_column(ID_TYPE, ForeignKey("cases.id"))
    seq: Mapped[int]
    at: Mapped[Millis]
    operation: Mapped[str]
    outcome: Mapped[str]
    from_state: Mapped[str]
    to_state: Mapped[str]
    person_id: Mapped[int] = mapped_column(ID_TYPE, ForeignKey("person.id"))
    post: Mapped[str]
    opinion: Mapped[str]
    body: Mapped[str]
    prev_hash: Mapped[bytes] = mapped_column(LargeBinary)
    hash: Mapped[bytes] = mapped_column(LargeBinary)


class ClockRow(Base):
    """A clock of a case; `round` counts those of one kind, `ord` all of the case, from 0.

    `pauses` is JSON.
    """

    __tablename__ = "clock"

    case_id: Mapped[int] = mapped_column(ID_TYPE, ForeignKey("cases.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    round: Mapped[int] = mapped_column(primary_key=True)
    ord: Mapped[int]
    limit_amount: Mapped[int]
    limit_unit: Mapped[str]
    rule: Mapped[str]
    calendar_version: Mapped[int]
    started_at: Mapped[Millis]
    due_at: Mapped[Millis]
    warn_at: Mapped[Millis]
    pauses: Mapped[str]
    stopped_at: Mapped[Millis | None]
    cancelled: Mapped[bool]


class CoTaskRow(Base):
    """What a department was asked to help with (协办); `round` is that of its clock."""

    __tablename__ = "co_task"
    __table_args__ = (Index("ix_co_task_department", "department_id", "replied_at"),)

    case_id: Mapped[int] = mapped_column(ID_TYPE, ForeignKey("cases.id"), primary_key=True)
    round: Mapped[int] = mapped_column(primary_key=True)
    department_id: Mapped[int] = mapped_column(ID_TYPE, ForeignKey("department.id"))
    asked_at: Mapped[Millis]
    replied_at: Mapped[Millis | None]


class AttachmentRow(Base):
    """A photo that came with a step; its bytes lie in the media store under `sha256` (hex)."""

    __tablename__ = "attachment"
    __table_args__ = (
        ForeignKeyConstraint(
            ["case_id", "event_seq"],
            ["case_event.case_id", "case_event.seq"],
            name="fk_attachment_event",
        ),
        Index(None, "case_id", "event_seq"),
    )

    id: Mapped[Id]
    case_id: Mapped[int] = mapped_column(ID_TYPE)
    event_seq: Mapped[int]
    sha256: Mapped[str]
    usage: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    taken_at: Mapped[Millis | None]
    lon: Mapped[float | None]
    lat: Mapped[float | None]


class ChangeLogRow(Base):
    """One thing that a commit changed; `entity` is case or component.

    `xact` is the PostgreSQL transaction that wrote the line (0 on SQLite, which has one writer):
    readers there must not pass a transaction that is still running.
    """

    __tablename__ = "change_log"
    __table_args__ = (Index(None, "xact", "seq"), {"sqlite_autoincrement": True})

    seq: Mapped[Id]
    at: Mapped[Millis]
    entity: Mapped[str]
    entity_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str]
    xact: Mapped[int] = mapped_column(BigInteger, server_default="0")


class NumberSeriesRow(Base):
    """The last serial given out for a day (yyMMdd)."""

    __tablename__ = "number_series"

    day: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]
