"""Working calendars by version: hours of a worked day, holidays and make-up days (调休)."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base


class WorkCalendarRow(Base):
    """A published version; `spans` and `years_with_notice` are JSON lists."""

    __tablename__ = "work_calendar"

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    spans: Mapped[str]
    years_with_notice: Mapped[str]


class CalendarDayRow(Base):
    """A day that differs from its weekday; `kind` is holiday or makeup, `day` an ISO date."""

    __tablename__ = "calendar_day"

    version: Mapped[int] = mapped_column(ForeignKey("work_calendar.version"), primary_key=True)
    day: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]
