"""Where the twelve months of a year and their days stand in a rectangle."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPointF, QRectF

COLUMNS = 4
GAP = 14.0
TITLE, HEAD = 20.0, 16.0
WEEKS = 6
"""Rows of days that a month takes at most."""


@dataclass(frozen=True, slots=True)
class Month:
    """One month: its number and where title, line of weekdays and days stand."""

    number: int
    place: QRectF
    cell: tuple[float, float]

    @property
    def title(self) -> QRectF:
        """The line with the month's name."""
        return QRectF(self.place.left(), self.place.top(), self.place.width(), TITLE)

    def weekday(self, weekday: int) -> QRectF:
        """Where the name of a weekday stands, Monday is 0."""
        width, _ = self.cell
        return QRectF(self.place.left() + weekday * width, self.place.top() + TITLE, width, HEAD)

    def day(self, day: date) -> QRectF:
        """Where a day of this month stands."""
        width, height = self.cell
        first = day.replace(day=1).weekday()
        row, column = divmod(first + day.day - 1, 7)
        top = self.place.top() + TITLE + HEAD
        return QRectF(self.place.left() + column * width, top + row * height, width, height)


class YearLayout:
    """The months of one year, four in a row, as large as there is room."""

    def __init__(self, year: int, width: float, height: float) -> None:
        self.year = year
        rows = 12 // COLUMNS
        across = (width - GAP * (COLUMNS - 1)) / COLUMNS
        down = (height - GAP * (rows - 1)) / rows
        cell = across / 7, max(1.0, (down - TITLE - HEAD) / WEEKS)
        self.months = tuple(
            Month(
                number + 1,
                QRectF(
                    (number % COLUMNS) * (across + GAP),
                    (number // COLUMNS) * (down + GAP),
                    across,
                    down,
                ),
                cell,
            )
            for number in range(12)
        )

    def days(self) -> Iterator[tuple[date, QRectF]]:
        """Every day of the year with its place."""
        for month in self.months:
            _, length = calendar.monthrange(self.year, month.number)
            for number in range(1, length + 1):
                day = date(self.year, month.number, number)
                yield day, month.day(day)

    def day_at(self, point: QPointF) -> date | None:
        """The day under a point; None where there is none."""
        month = next((one for one in self.months if one.place.contains(point)), None)
        if month is None:
            return None
        top = point.y() - month.place.top() - TITLE - HEAD
        width, height = month.cell
        if top < 0:
            return None
        row, column = int(top // height), min(6, int((point.x() - month.place.left()) // width))
        first, length = calendar.monthrange(self.year, month.number)
        number = row * 7 + column - first + 1
        return date(self.year, month.number, number) if 1 <= number <= length else None
