"""The calendar under edit as a sheet of days: what each is, what was changed, what is wrong."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Final

from resources.language import tr
from workflow.calendar_cells import Row
from workflow.calendar_file import faults, read, write
from workflow.calendar_rows import HOLIDAY, MAKE_UP, WEEKEND
from workflow.calendar_versions import CalendarDraft, CalendarVersion, draft, draft_of
from workflow.day_hours import InvalidCalendar

DayNote = tuple[str, str]
"""Holiday or make-up day, and its name."""

OFF: Final = "休假"
WORKED: Final = "调休上班"
"""What a day is called that was clicked and not named: data of the record, like the others."""


class DayKind(StrEnum):
    """What a day is."""

    WORK = "work"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKE_UP = "makeup"


class CalendarSheet:
    """The version in force with the changes of whoever edits it.

    Attributes:
        version: the version that the sheet was begun from.
        days: every day that differs from its weekday. notices: of the years that have one.
    """

    def __init__(self, version: CalendarVersion) -> None:
        self.version = version
        self.days, self.notices, self._hours = self._fresh()

    def reset(self) -> None:
        """As the version in force has it."""
        self.days, self.notices, self._hours = self._fresh()

    def _fresh(self) -> tuple[dict[date, DayNote], dict[int, str], tuple[Row, ...]]:
        years = self.version.calendar.notice_years
        notices = {year: self.version.notices[year] for year in years}
        return _days_of(self.version), notices, _plain_hours(draft_of(self.version))

    def kind_of(self, day: date) -> DayKind:
        """What a day is on this sheet."""
        if day in self.days:
            return DayKind.HOLIDAY if self.days[day][0] == HOLIDAY else DayKind.MAKE_UP
        return DayKind.WEEKEND if day.weekday() in WEEKEND else DayKind.WORK

    def name_of(self, day: date) -> str:
        """What a holiday or make-up day is called; empty for any other day."""
        return self.days[day][1] if day in self.days else ""

    def cycle(self, day: date) -> None:
        """A worked day becomes a holiday and back; a weekend a make-up day, a holiday, and back."""
        kind = self.kind_of(day)
        known = _days_of(self.version)
        if kind is DayKind.WEEKEND:
            self.days[day] = (MAKE_UP, _known_name(known, day, MAKE_UP, WORKED))
        elif kind is DayKind.HOLIDAY:
            del self.days[day]
        else:
            self.days[day] = (HOLIDAY, _known_name(known, day, HOLIDAY, OFF))

    def rename(self, day: date, name: str) -> None:
        """Call a holiday or make-up day something else."""
        if day in self.days:
            self.days[day] = (self.days[day][0], name)

    def set_notice(self, year: int, name: str) -> None:
        """The holiday notice of a year; without one the year is provisional."""
        if name.strip():
            self.notices[year] = name.strip()
        else:
            self.notices.pop(year, None)

    def is_provisional(self, year: int) -> bool:
        """Whether a year has no holiday notice."""
        return year not in self.notices

    def is_changed(self, day: date) -> bool:
        """Whether a day is another than in the version in force."""
        return self.days.get(day) != _note_of(self.version, day)

    @property
    def is_dirty(self) -> bool:
        """Whether anything is another than in the version in force."""
        return (self.days, self.notices, self._hours) != self._fresh()

    @property
    def changed_days(self) -> tuple[date, ...]:
        """The days that are others than in the version in force."""
        known = _days_of(self.version)
        return tuple(
            sorted(day for day in {*known, *self.days} if known.get(day) != self.days.get(day))
        )

    def draft(self) -> CalendarDraft:
        """The sheet as rows."""
        return draft(
            self.version.version,
            days=[
                {"date": day.isoformat(), "until": "", "kind": kind, "name": name}
                for day, (kind, name) in sorted(self.days.items())
            ],
            notices=[
                {"year": str(year), "notice": name} for year, name in sorted(self.notices.items())
            ],
            hours=list(self._hours),
        )

    def faults(self) -> tuple[InvalidCalendar, ...]:
        """What keeps the sheet from being published."""
        return faults(self.draft())

    def take(self, data: bytes) -> tuple[InvalidCalendar, ...]:
        """Put a CSV file on the sheet: all of it, or nothing where it has faults.

        Answers the faults of the file, by its rows.
        """
        try:
            drawn = read(data, self.draft())
        except InvalidCalendar as fault:
            return (fault,)
        found = faults(drawn)
        if found:
            return found
        calendar = drawn.calendar(self.version.version)
        self.days = _notes(calendar.holidays, calendar.make_up_days)
        self.notices = drawn.notice_names()
        self._hours = _plain_hours(drawn)
        return ()

    def file(self) -> bytes:
        """The sheet as a CSV file."""
        return write(self.draft())

    def plain(self) -> Mapping[str, Any]:
        """For the shelf of drafts."""
        return {"base": self.version.version, "file": self.file().decode("utf-8-sig")}

    def restore(self, plain: Mapping[str, Any]) -> bool:
        """Put a kept draft of the same version on the sheet; False where it is of another one."""
        if plain.get("base") != self.version.version:
            return False
        nothing = CalendarDraft(base=self.version.version, days=(), notices=(), hours=())
        try:
            drawn = read(str(plain.get("file", "")).encode(), nothing)
            days = {
                date.fromisoformat(row["date"]): (row["kind"], row["name"]) for row in drawn.days
            }
            self.notices = drawn.notice_names()
        except (InvalidCalendar, ValueError):
            return False
        self.days, self._hours = days, _plain_hours(drawn)
        return True


def kind_words(kind: DayKind) -> str:
    """What a day is, in words."""
    return {
        DayKind.WORK: tr("Working day"),
        DayKind.WEEKEND: tr("Weekend"),
        DayKind.HOLIDAY: tr("Holiday"),
        DayKind.MAKE_UP: tr("Make-up day"),
    }[kind]


def _plain_hours(drawn: CalendarDraft) -> tuple[Row, ...]:
    """Without the lines on which they stood, so that equal hours are equal."""
    return tuple({"start": row["start"], "end": row["end"]} for row in drawn.hours)


def _days_of(version: CalendarVersion) -> dict[date, DayNote]:
    return _notes(version.calendar.holidays, version.calendar.make_up_days)


def _notes(holidays: Mapping[date, str], make_up: Mapping[date, str]) -> dict[date, DayNote]:
    return {
        **{day: (HOLIDAY, name) for day, name in holidays.items()},
        **{day: (MAKE_UP, name) for day, name in make_up.items()},
    }


def _note_of(version: CalendarVersion, day: date) -> DayNote | None:
    calendar = version.calendar
    if day in calendar.holidays:
        return HOLIDAY, calendar.holidays[day]
    return (MAKE_UP, calendar.make_up_days[day]) if day in calendar.make_up_days else None


def _known_name(known: Mapping[date, DayNote], day: date, kind: str, usual: str) -> str:
    """A day that is clicked back to what it was has its name again."""
    note = known.get(day)
    return note[1] if note is not None and note[0] == kind else usual
