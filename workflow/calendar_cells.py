"""The cells of a calendar's tables, read one by one; every fault names its table, row and field."""

import re
from collections.abc import Mapping
from datetime import date, time

from workflow.day_hours import InvalidCalendar

Row = Mapping[str, str]
Place = dict[str, object]
"""Where a fault lies: table, row and field."""

LINE = "#"
"""The column in which a row may say on which line of its file it stood."""

DAYS, NOTICES, HOURS = "节假日", "放假通知", "工作时段"
MIDNIGHT = 24 * 60
CLOCK_TIME = re.compile(r"(\d{1,2}):([0-5]\d)", re.ASCII)
YEAR = re.compile(r"\d{4}", re.ASCII)


def refuse_twice(where: Place, text: str, other: int | None) -> None:
    """Raises InvalidCalendar if another row has it already."""
    if other is not None:
        raise InvalidCalendar(
            "{table}, row {row}, {field}: {text} stands in row {other} already; take one of the "
            "two out.",
            **where,
            text=text,
            other=other,
        )


def day_cell(number: int, column: str, row: Row) -> tuple[Place, date]:
    """The day that a cell names, written like 2026-10-01. Raises InvalidCalendar."""
    where, text = text_cell(DAYS, number, column, row)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise InvalidCalendar(
            "{table}, row {row}, {field}: {text} is not a day of the calendar; write it like "
            "2026-10-01.",
            **where,
            text=text,
        )
    return where, day


def year_cell(number: int, row: Row) -> tuple[Place, int]:
    """The year that a notice covers. Raises InvalidCalendar."""
    where, text = text_cell(NOTICES, number, "year", row)
    if not YEAR.fullmatch(text):
        raise InvalidCalendar(
            "{table}, row {row}, {field}: {text} is not a year; write it like 2026.",
            **where,
            text=text,
        )
    return where, int(text)


def minute_cell(number: int, column: str, row: Row) -> tuple[Place, int]:
    """The minute of the day that a cell such as 08:30 names. Raises InvalidCalendar."""
    where, text = text_cell(HOURS, number, column, row)
    written = CLOCK_TIME.fullmatch(text)
    minute = int(written[1]) * 60 + int(written[2]) if written else MIDNIGHT + 1
    if minute > MIDNIGHT:
        raise InvalidCalendar(
            "{table}, row {row}, {field}: {text} is not a time of day; write it like 08:30.",
            **where,
            text=text,
        )
    return where, minute


def text_cell(table: str, number: int, column: str, row: Row) -> tuple[Place, str]:
    """What stands in a cell that must not be empty. Raises InvalidCalendar."""
    where = place(table, number, column)
    text = (row.get(column) or "").strip()
    if not text:
        raise InvalidCalendar(
            "{table}, row {row}, {field}: nothing stands here; fill it in.", **where
        )
    return where, text


def time_of(minute: int) -> time:
    """The time of day; midnight at its end is 00:00."""
    return time(*divmod(minute % MIDNIGHT, 60))


def place(table: str, number: int, column: str) -> Place:
    """The values by which a fault says where it lies."""
    return {"table": table, "row": number, "field": column}
