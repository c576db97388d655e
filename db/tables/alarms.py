"""Alarms that people have acknowledged."""

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.base import ID_TYPE, Base, Millis


class AlarmSeenRow(Base):
    """One alarm (workflow.alarms) that one person has seen; `mark` tells those of a kind apart."""

    __tablename__ = "alarm_seen"

    person_id: Mapped[int] = mapped_column(ID_TYPE, ForeignKey("person.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(ID_TYPE, ForeignKey("cases.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    mark: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    at: Mapped[Millis]
