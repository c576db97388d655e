"""A working calendar from rows that people wrote: holiday notices and working hours, each checked.

A row is a mapping of strings with the column names of the calendar's files. Rows are counted as in
a spreadsheet, where the heading is row 1, unless they say themselves where they stood (LINE). Every
fault names its table, row and field.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from workflow.calendar import DEFAULT_SPANS, WorkCalendar
from workflow.calendar_cells import (
    DAYS,
    LINE,
    MIDNIGHT,
    NOTICES,
    Place,
    Row,
    day_cell,
    minute_cell,
    place,
    refuse_twice,
    text_cell,
    time_of,
    year_cell,
)
from workflow.day_hours import InvalidCalendar

HOLIDAY, MAKE_UP = "holiday", "makeup"
WEEKEND = frozenset({5, 6})
FIRST_ROW = 2
LONGEST_SPAN = 31
"""Days in one row; more is a slip in the month or the year."""


def calendar_from_rows(
    version: int,
    days: Iterable[Row],
    notices: Iterable[Row],
    hours: Iterable[Row] = (),
    weekend: frozenset[int] = WEEKEND,
) -> WorkCalendar:
    """The working calendar that the rows describe; all of it or none.

    Args:
        days: `date`, `kind` (holiday or makeup), `name`; a row may span days with `until`, its
            last one.
        notices: `year`, `notice`: the years that an official holiday notice covers.
        hours: `start`, `end` of each span of a working day, 24:00 for midnight; without any, the
            usual ones.

    Raises:
        InvalidCalendar: the first fault, with `table`, `row` and `field` among its values.
    """
    calendar, faults = _read(version, days, notices, hours, weekend)
    if calendar is None:
        raise faults[0]
    return calendar


def calendar_faults(
    days: Iterable[Row],
    notices: Iterable[Row],
    hours: Iterable[Row] = (),
    weekend: frozenset[int] = WEEKEND,
) -> tuple[InvalidCalendar, ...]:
    """Everything that keeps the rows from being a calendar, for a table under edit."""
    return tuple(_read(0, days, notices, hours, weekend)[1])


@dataclass
class _Draft:
    """What was read so far; `years` and `days` remember their rows; hours are in minutes."""

    weekend: frozenset[int]
    years: dict[int, int] = field(default_factory=dict)
    days: dict[date, int] = field(default_factory=dict)
    holidays: dict[date, str] = field(default_factory=dict)
    make_up_days: dict[date, str] = field(default_factory=dict)
    hours: list[tuple[int, int]] = field(default_factory=list)


def _read(
    version: int,
    days: Iterable[Row],
    notices: Iterable[Row],
    hours: Iterable[Row],
    weekend: frozenset[int],
) -> tuple[WorkCalendar | None, list[InvalidCalendar]]:
    draft = _Draft(weekend)
    faults = [
        *_each(notices, draft, _take_notice),
        *_each(days, draft, _take_day),
        *_each(hours, draft, _take_hours),
    ]
    faults += _holes(draft) if not faults else ()
    if faults:
        return None, faults
    spans = tuple((time_of(begin), time_of(end)) for begin, end in draft.hours)
    try:
        calendar = WorkCalendar(
            version=version,
            spans=spans or DEFAULT_SPANS,
            weekend=weekend,
            holidays=draft.holidays,
            make_up_days=draft.make_up_days,
            notice_years=frozenset(draft.years),
        )
    except InvalidCalendar as fault:
        return None, [fault]
    return calendar, []


def _each(
    rows: Iterable[Row], draft: _Draft, take: Callable[[int, Row, _Draft], None]
) -> Iterator[InvalidCalendar]:
    """The faults met while every row is taken into the draft."""
    for number, row in enumerate(rows, FIRST_ROW):
        try:
            take(int(row.get(LINE, number)), row, draft)
        except InvalidCalendar as fault:
            yield fault


def _take_notice(number: int, row: Row, draft: _Draft) -> None:
    where, year = year_cell(number, row)
    refuse_twice(where, str(year), draft.years.get(year))
    draft.years[year] = number
    text_cell(NOTICES, number, "notice", row)


def _take_day(number: int, row: Row, draft: _Draft) -> None:
    where, first = day_cell(number, "date", row)
    days = [first, *_days_until(number, first, row)]
    kind_place, kind = text_cell(DAYS, number, "kind", row)
    if kind not in (HOLIDAY, MAKE_UP):
        raise InvalidCalendar(
            "{table}, row {row}, {field}: {text} is not known; write {one} or {other}.",
            **kind_place,
            text=kind,
            one=HOLIDAY,
            other=MAKE_UP,
        )
    _, name = text_cell(DAYS, number, "name", row)
    for day in days:
        refuse_twice(where, day.isoformat(), draft.days.get(day))
        _refuse_strange(where, day, kind, draft)
    for day in days:
        draft.days[day] = number
        (draft.holidays if kind == HOLIDAY else draft.make_up_days)[day] = name


def _take_hours(number: int, row: Row, draft: _Draft) -> None:
    here = draft.hours[-1][1] if draft.hours else 0
    begin_place, begin = minute_cell(number, "start", row)
    end_place, end = minute_cell(number, "end", row)
    end = end or MIDNIGHT
    for where, minute, before in ((begin_place, begin, here - 1), (end_place, end, begin)):
        if minute <= before:
            raise InvalidCalendar(
                "{table}, row {row}, {field}: the hours overlap here or run backwards; give them "
                "in order.",
                **where,
            )
    draft.hours.append((begin, end))


def _holes(draft: _Draft) -> Iterator[InvalidCalendar]:
    """Years between two notices that have none, and notices whose days were never written down."""
    for year, number in sorted(draft.years.items()):
        where = place(NOTICES, number, "year")
        if year - 1 not in draft.years and year != min(draft.years):
            yield InvalidCalendar(
                "{table}, row {row}, {field}: the year before {year} has no notice but earlier "
                "ones have; add its notice, since limits run across years.",
                **where,
                year=year,
            )
        if all(day.year != year for day in draft.holidays):
            yield InvalidCalendar(
                "{table}, row {row}, {field}: {year} has a notice but not one holiday; "
                "add its days.",
                **where,
                year=year,
            )


def _days_until(number: int, first: date, row: Row) -> Iterator[date]:
    """The days after the first one, where the row spans several."""
    if not (row.get("until") or "").strip():
        return
    where, last = day_cell(number, "until", row)
    if not timedelta(0) <= last - first < timedelta(LONGEST_SPAN):
        raise InvalidCalendar(
            "{table}, row {row}, {field}: a row goes from its day to a later one, {most} days at "
            "most; correct {first} or {last}.",
            **where,
            most=LONGEST_SPAN,
            first=first.isoformat(),
            last=last.isoformat(),
        )
    yield from (first + timedelta(n) for n in range(1, (last - first).days + 1))


def _refuse_strange(where: Place, day: date, kind: str, draft: _Draft) -> None:
    if day.year not in draft.years:
        raise InvalidCalendar(
            "{table}, row {row}, {field}: {day} lies in a year without a holiday notice; add the "
            "notice of {year} or take the day out.",
            **where,
            day=day.isoformat(),
            year=day.year,
        )
    if kind == MAKE_UP and day.weekday() not in draft.weekend:
        raise InvalidCalendar(
            "{table}, row {row}, {field}: {day} is worked anyway; a make-up day lies on a weekend.",
            **where,
            day=day.isoformat(),
        )
