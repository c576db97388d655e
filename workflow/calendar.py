"""The working calendar: deadlines and counted time, exact to the millisecond.

Instants are aware datetimes, cut down to whole milliseconds; a naive datetime is a TypeError.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from workflow.day_hours import DAY_MS, DayHours, InvalidCalendar
from workflow.errors import ClockTurnedBack
from workflow.instants import CHINA_STANDARD_TIME, epoch_ms, from_epoch_ms, readable
from workflow.limits import Limit, TimeUnit
from workflow.workdays import WorkDays

__all__ = [
    "CHINA_STANDARD_TIME",
    "DEFAULT_SPANS",
    "InvalidCalendar",
    "Limit",
    "Segment",
    "SegmentKind",
    "TimeUnit",
    "WorkCalendar",
    "epoch_ms",
    "from_epoch_ms",
]

DEFAULT_SPANS = ((time(8), time(12)), (time(14), time(18)))

_EPOCH_DAY = date(1970, 1, 1).toordinal()
_OFFSET = 28_800_000  # epoch milliseconds plus this are milliseconds of China Standard Time


class SegmentKind(StrEnum):
    """What a stretch of the deadline ruler is. LUNCH is any pause between a day's spans."""

    WORKING = "working"
    LUNCH = "lunch"
    NIGHT = "night"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the ruler; `label` names the holiday or make-up day, else it is empty."""

    kind: SegmentKind
    start: datetime
    end: datetime
    label: str = ""


@dataclass(frozen=True, eq=False, kw_only=True)
class WorkCalendar:
    """Working hours, weekends, holidays and make-up days (调休) of one city, in one version.

    Attributes:
        version: which published version this is; clocks remember theirs.
        spans: working hours of a worked day, in order; an end of 00:00 means midnight.
        weekend: weekdays that are not worked, Monday is 0.
        holidays, make_up_days: dates with their names.
        notice_years: years with an official holiday notice. Any other year is provisional: its
            weekends are known and nothing else, so a deadline in it may still move.
    """

    version: int
    spans: tuple[tuple[time, time], ...] = DEFAULT_SPANS
    weekend: frozenset[int] = frozenset({5, 6})
    holidays: Mapping[date, str] = field(default_factory=dict)
    make_up_days: Mapping[date, str] = field(default_factory=dict)
    notice_years: frozenset[int] = frozenset()
    _days: WorkDays = field(init=False, repr=False)
    _hours: DayHours = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if not set(range(7)) - self.weekend:
            raise InvalidCalendar(
                "A working calendar needs a weekday that is worked; take one out of the weekend."
            )
        for day in sorted(set(self.holidays) & set(self.make_up_days)):
            raise InvalidCalendar(
                "{day} cannot be both a holiday and a make-up day; take it out of one of the two.",
                day=day.isoformat(),
            )
        days = WorkDays(self.weekend, _numbers(self.holidays), _numbers(self.make_up_days))
        object.__setattr__(self, "_days", days)
        object.__setattr__(self, "_hours", DayHours(self.spans))

    def is_working_day(self, day: date) -> bool:
        """Whether the date is worked."""
        return self._days.is_worked(day.toordinal() - _EPOCH_DAY)

    def is_provisional(self, start: datetime, due: datetime) -> bool:
        """Whether any year from start to due has no official holiday notice yet."""
        first, last = from_epoch_ms(epoch_ms(start)).year, from_epoch_ms(epoch_ms(due)).year
        return any(year not in self.notice_years for year in range(first, last + 1))

    def first_provisional(self, start: datetime) -> datetime:
        """The first instant from `start` on in a year without an official holiday notice."""
        year = from_epoch_ms(epoch_ms(start)).year
        if year not in self.notice_years:
            return start
        while year in self.notice_years:
            year += 1
        return datetime(year, 1, 1, tzinfo=CHINA_STANDARD_TIME)

    def add(self, start: datetime, limit: Limit) -> datetime:
        """The earliest instant at which the whole limit has been counted from `start`.

        A start outside working time waits for the next span. A limit used up exactly at the end
        of a span is due there (12:00, not 14:00). A limit of zero is due at `start` itself.
        """
        return from_epoch_ms(self.advance_ms(epoch_ms(start), self.limit_ms(limit), limit.unit))

    def elapsed(self, start: datetime, end: datetime, unit: TimeUnit) -> timedelta:
        """The time from start to end that counts in `unit`.

        Raises:
            ClockTurnedBack: end lies before start.
        """
        return timedelta(milliseconds=self.counted_ms(epoch_ms(start), epoch_ms(end), unit))

    def limit_ms(self, limit: Limit) -> int:
        """The limit in counted milliseconds."""
        return limit.amount * (limit.unit.fixed_ms or self._hours.length)

    def advance_ms(self, start: int, counted: int, unit: TimeUnit) -> int:
        """`add` in epoch milliseconds, for counted milliseconds of a unit."""
        if not unit.is_working or counted == 0:
            return start + counted
        days, rest = divmod(self._worked_before(start) + counted, self._hours.length)
        if rest == 0:
            days, rest = days - 1, self._hours.length
        midnight = self._days.nth(days) * DAY_MS - _OFFSET
        return midnight + self._hours.reached_at(rest)

    def counted_ms(self, start: int, end: int, unit: TimeUnit) -> int:
        """`elapsed` in epoch milliseconds."""
        if end < start:
            raise ClockTurnedBack(
                "Time cannot be counted from {start} back to {end}; check the machine's clock.",
                start=readable(from_epoch_ms(start)),
                end=readable(from_epoch_ms(end)),
            )
        if not unit.is_working:
            return end - start
        return self._worked_before(end) - self._worked_before(start)

    def segments(self, start: datetime, end: datetime) -> tuple[Segment, ...]:
        """The deadline ruler: what lies between two instants, without gaps, alike ones joined.

        Raises:
            ClockTurnedBack: end lies before start.
        """
        first, last = epoch_ms(start), epoch_ms(end)
        self.counted_ms(first, last, TimeUnit.MINUTE)  # refuses a range that runs backwards
        joined: list[Segment] = []
        for day in range((first + _OFFSET) // DAY_MS, (last + _OFFSET) // DAY_MS + 1):
            midnight = day * DAY_MS - _OFFSET
            for kind, begin, finish, label in self._day_parts(day):
                left, right = max(first, midnight + begin), min(last, midnight + finish)
                if left < right:
                    part = Segment(kind, from_epoch_ms(left), from_epoch_ms(right), label)
                    _join(joined, part)
        return tuple(joined)

    def _worked_before(self, instant: int) -> int:
        day, moment = divmod(instant + _OFFSET, DAY_MS)
        worked = self._days.before(day) * self._hours.length
        return worked + self._hours.worked_by(moment) if self._days.is_worked(day) else worked

    def _day_parts(self, day: int) -> Iterator[tuple[SegmentKind, int, int, str]]:
        name = date.fromordinal(day + _EPOCH_DAY)
        if not self._days.is_worked(day):
            holiday = self.holidays.get(name)
            kind = SegmentKind.WEEKEND if holiday is None else SegmentKind.HOLIDAY
            yield kind, 0, DAY_MS, holiday or ""
            return
        here = 0
        for begin, end, _ in self._hours.spans:
            yield (SegmentKind.LUNCH if here else SegmentKind.NIGHT), here, begin, ""
            yield SegmentKind.WORKING, begin, end, self.make_up_days.get(name, "")
            here = end
        yield SegmentKind.NIGHT, here, DAY_MS, ""


def _join(joined: list[Segment], part: Segment) -> None:
    if joined and (joined[-1].kind, joined[-1].label) == (part.kind, part.label):
        part = Segment(part.kind, joined.pop().start, part.end, part.label)
    joined.append(part)


def _numbers(days: Iterable[date]) -> Iterator[int]:
    return (day.toordinal() - _EPOCH_DAY for day in days)
