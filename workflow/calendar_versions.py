"""Working calendars as they are published: versions, drafts of the next one, and what each does."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from workflow.calendar import WorkCalendar
from workflow.calendar_cells import LINE, Row
from workflow.calendar_rows import HOLIDAY, MAKE_UP, calendar_faults, calendar_from_rows
from workflow.day_hours import InvalidCalendar
from workflow.errors import WanmiError
from workflow.ids import CaseId
from workflow.recounting import DeadlineChange

DATE, UNTIL, KIND, NAME = "date", "until", "kind", "name"
NOTICE, HOURS_KIND = "notice", "hours"
MIDNIGHT = time(0)
_ONE_DAY = timedelta(days=1)


class CalendarChanged(WanmiError):
    """Another seat published a calendar first; the sentence names which one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarVersion:
    """One published version.

    Attributes:
        notices: the holiday notice of each year that has one, by name.
        published_at, published_by: None and "" for the calendar that the city began with.
        open_clocks: how many open clocks run on it.
    """

    calendar: WorkCalendar
    notices: Mapping[int, str]
    published_at: datetime | None = None
    published_by: str = ""
    in_force: bool = False
    open_clocks: int = 0

    @property
    def version(self) -> int:
        """Its number."""
        return self.calendar.version


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDraft:
    """The next version before it is published, as rows that may still be wrong.

    Attributes:
        base: the version in force that it was drawn from.
        days, notices, hours: as `workflow.calendar_rows` reads them.
    """

    base: int
    days: tuple[Row, ...]
    notices: tuple[Row, ...]
    hours: tuple[Row, ...]

    def faults(self) -> tuple[InvalidCalendar, ...]:
        """Everything that keeps it from being published."""
        return calendar_faults(self.days, self.notices, self.hours)

    def calendar(self, version: int) -> WorkCalendar:
        """The calendar that it describes. Raises InvalidCalendar."""
        return calendar_from_rows(version, self.days, self.notices, self.hours)

    def notice_names(self) -> dict[int, str]:
        """The holiday notice of each year. Raises ValueError where it has faults."""
        return {int(row["year"]): row["notice"].strip() for row in self.notices}


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPreview:
    """What a draft would do, had it been published at this moment.

    Attributes:
        changes: of open clocks, by case number.
        looked_at: how many open cases there are.
    """

    changes: tuple[DeadlineChange, ...]
    looked_at: int

    @property
    def cases(self) -> int:
        """How many cases are touched."""
        return len({change.case_id for change in self.changes})


@dataclass(frozen=True, slots=True, kw_only=True)
class RecountProgress:
    """How far the open cases are counted anew on the calendar in force.

    Attributes:
        version: of that calendar.
        recounted: cases that this call gave new deadlines.
        left: cases that are still to be looked at.
        after: where the next call goes on; None where none is left.
        refused: numbers of cases whose rules do not let them be counted anew.
    """

    version: int
    recounted: int
    left: int
    after: CaseId | None = None
    refused: tuple[str, ...] = ()


def changed_days(old: WorkCalendar, new: WorkCalendar) -> tuple[date, ...]:
    """The days that are another kind, or called something else, in the order of the calendar."""
    return tuple(sorted({day for day, _ in _notes(old) ^ _notes(new)}))


def draft_of(version: CalendarVersion) -> CalendarDraft:
    """The draft that changes nothing yet; equal days in a row are one row."""
    calendar = version.calendar
    days = [
        *_day_rows(calendar.holidays, HOLIDAY),
        *_day_rows(calendar.make_up_days, MAKE_UP),
    ]
    return draft(
        version.version,
        days=sorted(days, key=lambda row: row[DATE]),
        notices=[
            {"year": str(year), "notice": version.notices.get(year) or str(year)}
            for year in sorted(calendar.notice_years)
        ],
        hours=[
            {"start": f"{start:%H:%M}", "end": f"{end:%H:%M}" if end != MIDNIGHT else "24:00"}
            for start, end in calendar.spans
        ],
    )


def draft(base: int, *, days: list[Row], notices: list[Row], hours: list[Row]) -> CalendarDraft:
    """A draft whose rows know on which line of its file they would stand."""
    line = 2
    numbered: list[tuple[Row, ...]] = []
    for table in (notices, hours, days):
        numbered.append(tuple({**row, LINE: str(line + n)} for n, row in enumerate(table)))
        line += len(table)
    return CalendarDraft(base=base, notices=numbered[0], hours=numbered[1], days=numbered[2])


def _day_rows(days: Mapping[date, str], kind: str) -> list[Row]:
    """Runs of days of one year that follow each other and have one name."""
    runs: list[tuple[date, date, str]] = []
    for day, name in sorted(days.items()):
        first, last, of_run = runs[-1] if runs else (date.min, date.min, "")
        if (last + _ONE_DAY, of_run, first.year) == (day, name, day.year):
            runs[-1] = first, day, name
        else:
            runs.append((day, day, name))
    return [
        {
            DATE: first.isoformat(),
            UNTIL: last.isoformat() if last != first else "",
            KIND: kind,
            NAME: name,
        }
        for first, last, name in runs
    ]


def _notes(calendar: WorkCalendar) -> set[tuple[date, tuple[str, str]]]:
    """Every day that differs from its weekday, with what it is."""
    return {
        (day, (kind, name))
        for kind, days in ((HOLIDAY, calendar.holidays), (MAKE_UP, calendar.make_up_days))
        for day, name in days.items()
    }
