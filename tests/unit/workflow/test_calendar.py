"""The working calendar, day by day, and by name the mistakes that such calendars made elsewhere."""

import os
import time as clock
from datetime import UTC, date, datetime, time, timedelta

import pytest

from tests.helpers.ground import real_calendar
from workflow.calendar import (
    CHINA_STANDARD_TIME,
    InvalidCalendar,
    Limit,
    SegmentKind,
    TimeUnit,
    WorkCalendar,
    epoch_ms,
    from_epoch_ms,
)
from workflow.errors import ClockTurnedBack

CALENDAR = real_calendar()
HOUR = timedelta(hours=1)


def at(text: str) -> datetime:
    """An instant in China Standard Time, e.g. "2026-10-09 16:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA_STANDARD_TIME)


def due(start: str, amount: int, unit: TimeUnit) -> datetime:
    return CALENDAR.add(at(start), Limit(amount, unit))


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2026-09-18", True),  # an ordinary Friday
        ("2026-09-19", False),  # an ordinary Saturday
        ("2026-09-20", True),  # a make-up Sunday
        ("2026-10-01", False),  # a holiday on a Thursday
        ("2026-10-03", False),  # a holiday on a Saturday
        ("2026-10-10", True),  # a make-up Saturday
        ("2027-10-01", True),  # no notice yet: an ordinary Friday
    ],
)
def test_a_day_is_worked_by_weekday_holiday_and_make_up(day: str, worked: bool) -> None:
    assert CALENDAR.is_working_day(date.fromisoformat(day)) is worked


@pytest.mark.parametrize(
    ("start", "amount", "unit", "expected"),
    [
        # two hours that lunch cuts in two (frappe/helpdesk 2212: lunch counted as working time)
        ("2026-09-15 11:00", 2, TimeUnit.WORK_HOUR, "2026-09-15 15:00"),
        # started at lunch, at night and on a Sunday: counts from the next span
        ("2026-09-15 12:30", 1, TimeUnit.WORK_HOUR, "2026-09-15 15:00"),
        ("2026-09-15 23:10", 1, TimeUnit.WORK_HOUR, "2026-09-16 09:00"),
        ("2026-09-13 10:00", 1, TimeUnit.WORK_HOUR, "2026-09-14 09:00"),
        # used up exactly at the end of a span: 12:00, not 14:00; 18:00, not the next morning
        ("2026-09-15 08:00", 4, TimeUnit.WORK_HOUR, "2026-09-15 12:00"),
        ("2026-09-15 10:00", 2, TimeUnit.WORK_HOUR, "2026-09-15 12:00"),
        ("2026-09-15 08:00", 1, TimeUnit.WORK_DAY, "2026-09-15 18:00"),
        # a day of several spans ends in one of them, never at midnight (GLPI 22678)
        ("2026-09-15 16:00", 1, TimeUnit.WORK_DAY, "2026-09-16 16:00"),
        ("2026-09-15 18:00", 1, TimeUnit.WORK_DAY, "2026-09-16 18:00"),
        # over a weekend (GLPI 10594: a weekend credited to the handler)
        ("2026-09-11 17:00", 2, TimeUnit.WORK_HOUR, "2026-09-14 09:00"),
        # over the National Day week with its make-up Saturday
        ("2026-09-30 16:00", 2, TimeUnit.WORK_DAY, "2026-10-09 16:00"),
        ("2026-10-09 16:00", 1, TimeUnit.WORK_DAY, "2026-10-10 16:00"),
        ("2026-10-10 16:00", 1, TimeUnit.WORK_DAY, "2026-10-12 16:00"),
        # a make-up Sunday before the holidays
        ("2026-09-19 09:00", 1, TimeUnit.WORK_HOUR, "2026-09-20 09:00"),
        # round the clock: nights, weekends and holidays count
        ("2026-09-30 23:00", 2, TimeUnit.URGENT_HOUR, "2026-10-01 01:00"),
        ("2026-09-30 23:00", 1, TimeUnit.URGENT_DAY, "2026-10-01 23:00"),
        ("2026-09-30 23:00", 3, TimeUnit.NATURAL_DAY, "2026-10-03 23:00"),
        ("2026-09-30 23:50", 15, TimeUnit.MINUTE, "2026-10-01 00:05"),
        # a limit of zero is due at once, wherever that is
        ("2026-10-01 03:00", 0, TimeUnit.WORK_DAY, "2026-10-01 03:00"),
        ("2026-10-01 03:00", 0, TimeUnit.MINUTE, "2026-10-01 03:00"),
        # far beyond any notice: provisional, not an error
        ("2031-05-09 17:00", 2, TimeUnit.WORK_HOUR, "2031-05-12 09:00"),
    ],
)
def test_a_deadline_falls_where_a_person_counts_it(
    start: str, amount: int, unit: TimeUnit, expected: str
) -> None:
    assert due(start, amount, unit) == at(expected)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-09-15 11:00", "2026-09-15 15:00", 2),
        ("2026-09-15 12:10", "2026-09-15 13:50", 0),
        ("2026-09-11 17:00", "2026-09-14 09:00", 2),
        ("2026-09-12 00:00", "2026-09-14 00:00", 0),
        ("2026-09-28 00:00", "2026-10-12 00:00", 6 * 8),
        ("2026-01-01 00:00", "2027-01-01 00:00", 248 * 8),
    ],
)
def test_only_working_time_counts_in_working_units(start: str, end: str, hours: int) -> None:
    assert CALENDAR.elapsed(at(start), at(end), TimeUnit.WORK_HOUR) == hours * HOUR
    assert CALENDAR.elapsed(at(start), at(end), TimeUnit.WORK_DAY) == hours * HOUR


def test_all_time_counts_in_the_other_units() -> None:
    for unit in TimeUnit:
        if not unit.is_working:
            counted = CALENDAR.elapsed(at("2026-09-30 18:00"), at("2026-10-02 19:00"), unit)
            assert counted == 49 * HOUR


def test_milliseconds_are_kept_and_finer_is_dropped() -> None:
    start = at("2026-09-15 11:59:59.9987")
    assert epoch_ms(start) % 1000 == 998
    assert CALENDAR.add(start, Limit(1, TimeUnit.WORK_HOUR)) == at("2026-09-15 14:59:59.998")
    assert from_epoch_ms(epoch_ms(start)) == at("2026-09-15 11:59:59.998")


def test_an_instant_in_another_zone_is_the_same_instant() -> None:
    # GLPI 15429: a server in another zone escalated at once
    in_utc = datetime(2026, 9, 15, 3, 0, tzinfo=UTC)
    assert CALENDAR.add(in_utc, Limit(2, TimeUnit.WORK_HOUR)) == at("2026-09-15 15:00")


def test_the_machine_zone_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    before = os.environ.get("TZ")
    monkeypatch.setenv("TZ", "America/New_York")
    clock.tzset()
    try:
        assert due("2026-09-15 11:00", 2, TimeUnit.WORK_HOUR) == at("2026-09-15 15:00")
        assert CALENDAR.is_provisional(at("2027-01-01 00:00"), at("2027-01-01 01:00"))
        assert not CALENDAR.is_provisional(at("2026-12-31 22:00"), at("2026-12-31 23:59"))
    finally:
        if before is None:
            monkeypatch.delenv("TZ")
        else:
            monkeypatch.setenv("TZ", before)
        clock.tzset()


def test_a_naive_instant_is_an_error() -> None:
    with pytest.raises(TypeError):
        CALENDAR.add(datetime(2026, 9, 15, 11), Limit(1, TimeUnit.MINUTE))


def test_time_cannot_be_counted_backwards() -> None:
    for unit in TimeUnit:
        with pytest.raises(ClockTurnedBack, match="from 2026-09-15 11:00:00 back to 2026-09-15"):
            CALENDAR.elapsed(at("2026-09-15 11:00"), at("2026-09-15 10:59"), unit)
    with pytest.raises(ClockTurnedBack):
        CALENDAR.segments(at("2026-09-15 11:00"), at("2026-09-15 10:59"))


@pytest.mark.parametrize(
    ("start", "end", "provisional"),
    [
        ("2026-12-31 10:00", "2026-12-31 11:00", False),
        ("2026-12-31 17:00", "2027-01-01 09:00", True),
        ("2023-12-29 17:00", "2024-01-02 09:00", True),
        ("2024-12-31 17:00", "2026-01-04 09:00", False),
    ],
)
def test_a_deadline_that_touches_a_year_without_notice_is_provisional(
    start: str, end: str, provisional: bool
) -> None:
    assert CALENDAR.is_provisional(at(start), at(end)) is provisional


@pytest.mark.parametrize(
    ("start", "first"),
    [
        ("2026-09-15 11:00", "2027-01-01 00:00"),
        ("2024-01-01 00:00", "2027-01-01 00:00"),
        ("2023-12-31 23:59", "2023-12-31 23:59"),
        ("2029-05-01 08:00", "2029-05-01 08:00"),
    ],
)
def test_provisional_time_begins_where_the_notices_end(start: str, first: str) -> None:
    begun = CALENDAR.first_provisional(at(start))
    assert begun == at(first)
    assert CALENDAR.is_provisional(begun, begun)
    if begun > at(start):
        assert not CALENDAR.is_provisional(at(start), begun - timedelta(milliseconds=1))


def test_the_ruler_names_every_stretch() -> None:
    ruler = CALENDAR.segments(at("2026-09-30 11:00"), at("2026-10-10 09:00"))
    assert [(part.kind, f"{part.start:%d %H:%M}", part.label) for part in ruler] == [
        (SegmentKind.WORKING, "30 11:00", ""),
        (SegmentKind.LUNCH, "30 12:00", ""),
        (SegmentKind.WORKING, "30 14:00", ""),
        (SegmentKind.NIGHT, "30 18:00", ""),
        (SegmentKind.HOLIDAY, "01 00:00", "国庆节"),
        (SegmentKind.NIGHT, "08 00:00", ""),
        (SegmentKind.WORKING, "08 08:00", ""),
        (SegmentKind.LUNCH, "08 12:00", ""),
        (SegmentKind.WORKING, "08 14:00", ""),
        (SegmentKind.NIGHT, "08 18:00", ""),
        (SegmentKind.WORKING, "09 08:00", ""),
        (SegmentKind.LUNCH, "09 12:00", ""),
        (SegmentKind.WORKING, "09 14:00", ""),
        (SegmentKind.NIGHT, "09 18:00", ""),
        (SegmentKind.WORKING, "10 08:00", "国庆节调休上班"),
    ]
    assert [part.end for part in ruler[:-1]] == [part.start for part in ruler[1:]]


def test_the_ruler_joins_a_weekend_and_is_empty_for_no_time() -> None:
    weekend = CALENDAR.segments(at("2026-09-12 03:00"), at("2026-09-13 20:00"))
    assert [(part.kind, part.end - part.start) for part in weekend] == [
        (SegmentKind.WEEKEND, 41 * HOUR)
    ]
    assert CALENDAR.segments(at("2026-09-12 03:00"), at("2026-09-12 03:00")) == ()


def test_a_shift_until_midnight_and_a_single_day_off_are_possible() -> None:
    late = WorkCalendar(
        version=1, spans=((time(7), time(11)), (time(20), time(0))), weekend=frozenset({6})
    )
    assert late.add(at("2026-09-12 23:00"), Limit(2, TimeUnit.WORK_HOUR)) == at("2026-09-14 08:00")
    assert late.add(at("2026-09-12 07:00"), Limit(1, TimeUnit.WORK_DAY)) == at("2026-09-13 00:00")
    night = late.segments(at("2026-09-14 23:00"), at("2026-09-15 07:00"))
    assert [part.kind for part in night] == [SegmentKind.WORKING, SegmentKind.NIGHT]


def test_a_work_day_is_the_working_time_of_the_calendar_in_force() -> None:
    short = WorkCalendar(version=1, spans=((time(9), time(15)),))
    assert short.add(at("2026-09-15 09:00"), Limit(1, TimeUnit.WORK_DAY)) == at("2026-09-15 15:00")


@pytest.mark.parametrize(
    ("spans", "words"),
    [
        ((), "needs working hours"),
        (((time(12), time(8)),), "12:00 to 08:00"),
        (((time(8), time(8)),), "08:00 to 08:00"),
        (((time(8), time(12)), (time(11), time(18))), "11:00 to 18:00"),
        (((time(14), time(18)), (time(8), time(12))), "08:00 to 12:00"),
    ],
)
def test_working_hours_that_contradict_each_other_are_refused(
    spans: tuple[tuple[time, time], ...], words: str
) -> None:
    with pytest.raises(InvalidCalendar, match=words):
        WorkCalendar(version=1, spans=spans)


def test_a_week_without_work_is_refused() -> None:
    with pytest.raises(InvalidCalendar, match="needs a weekday"):
        WorkCalendar(version=1, weekend=frozenset(range(7)))


def test_a_day_that_is_both_off_and_made_up_is_refused() -> None:
    day = date(2026, 10, 10)
    with pytest.raises(InvalidCalendar, match="2026-10-10 cannot be both"):
        WorkCalendar(version=1, holidays={day: "国庆节"}, make_up_days={day: "调休"})
