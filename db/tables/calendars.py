"""Working calendars by version: hours of a worked day, holidays and make-up days (调休)."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.base import ID_TYPE, Base, Millis


class WorkCalendarRow(Base):
    """A published version; `spans` and `years_with_notice` are JSON lists.

    `notices` is a JSON object of the notice of each year; a city's first calendar may not have it,
    and was published by nobody.
    """

    __tablename__ = "work_calendar"

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    spans: Mapped[str]
    years_with_notice: Mapped[str]
    notices: Mapped[str] = mapped_column(server_default="{}")
    published_at: Mapped[Millis | None]
    published_by: Mapped[int | None] = mapped_column(ID_TYPE)


class CalendarDayRow(Base):
    """A day that differs from its weekday; `kind` is holiday or makeup, `day` an ISO date."""

    __tablename__ = "calendar_day"

    version: Mapped[int] = mapped_column(ForeignKey("work_calendar.version"), primary_key=True)
    day: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]
