"""Mistakes that clocks made in help desks elsewhere, each by the report that tells of it.

The reports: Zammad 390, 534, 2579; GLPI 687, 10594, 15429, 15605, 22678, 24481; frappe/helpdesk
2212; frappe/erpnext 38745; osTicket 1168, 6739. What happened there is told in our own hours.
"""

import time as machine
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from tests.helpers.ground import real_calendar
from workflow import clocks
from workflow.calendar import CHINA_STANDARD_TIME, Limit, TimeUnit, WorkCalendar
from workflow.clocks import Clock, ClockKind, Lamp

CALENDAR = real_calendar()
HOUR = timedelta(hours=1)
MS = timedelta(milliseconds=1)


def at(text: str) -> datetime:
    """An instant of September 2026 in China Standard Time; the 14th is a Monday."""
    return datetime.fromisoformat(f"2026-09-{text}").replace(tzinfo=CHINA_STANDARD_TIME)


def handled(start: datetime, amount: int, unit: TimeUnit = TimeUnit.WORK_HOUR) -> Clock:
    return clocks.start(ClockKind.HANDLE, Limit(amount, unit), "立案条件", CALENDAR, start)


@pytest.fixture(params=["America/New_York", "Asia/Kolkata", "UTC"])
def machine_zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The machine set to a zone that is not the city's."""
    monkeypatch.setenv("TZ", request.param)
    machine.tzset()
    yield
    monkeypatch.undo()
    machine.tzset()


def test_zammad_390_no_feed_makes_a_festival_a_day_off() -> None:
    # St. Martin's day and the day of mourning came in with a default feed: 48 hours took six days
    for festival in ("2026-03-08", "2026-09-10", "2026-10-25", "2026-12-25"):
        day = date.fromisoformat(festival)
        assert CALENDAR.is_working_day(day) is (day.isoweekday() <= 5)
    bare = WorkCalendar(version=1)
    assert (dict(bare.holidays), dict(bare.make_up_days)) == ({}, {})
    assert bare.add(at("10 09:00"), Limit(8, TimeUnit.WORK_HOUR)) == at("11 09:00")


def test_zammad_534_a_calendar_edited_afterwards_reaches_the_clocks_that_run() -> None:
    clock = handled(at("17 17:00"), 2)
    edited = replace(CALENDAR, version=2, holidays={**CALENDAR.holidays, date(2026, 9, 18): "停工"})
    moved = clocks.recount(clock, edited)
    assert (clock.due_at, moved.due_at) == (at("18 09:00"), at("20 09:00"))


def test_zammad_2579_a_stopped_clock_always_says_what_it_used_and_what_was_left() -> None:
    # there the two fields were only filled when a ticket was closed a second time
    stopped = clocks.stop(handled(at("15 09:00"), 4), CALENDAR, at("15 11:00"))
    again = clocks.stop(
        clocks.reopen(stopped, CALENDAR, at("16 09:00"), "返工"), CALENDAR, at("16 10:00")
    )
    for clock, hours in ((stopped, 2), (again, 3)):
        kept = Clock.from_dict(clock.to_dict())
        assert clocks.used(kept, CALENDAR, at("30 00:00")) == hours * HOUR
        assert clocks.remaining(kept, CALENDAR, at("30 00:00")) == (4 - hours) * HOUR


def test_zammad_2579_a_clock_without_pauses_or_with_a_limit_of_zero_is_filled_too() -> None:
    for start in ("15 09:00", "15 12:30", "19 10:00"):
        clock = handled(at(start), 0)
        assert clock.due_at == clock.warn_at == at(start)
        assert clocks.used(clock, CALENDAR, at(start)) == timedelta(0)
        assert clocks.share_used(clock, CALENDAR, at(start)) == 1.0


@pytest.mark.parametrize("start", ["12 10:00", "15 03:00", "15 12:30", "15 23:59:59.999"])
def test_glpi_687_a_clock_started_outside_working_hours_is_counted_all_the_same(start: str) -> None:
    clock = handled(at(start), 2)
    assert clock.due_at > clock.warn_at > clock.started_at
    assert clocks.remaining(clock, CALENDAR, clock.due_at) == timedelta(0)


def test_glpi_10594_a_weekend_inside_a_pause_is_not_credited_on_top() -> None:
    # one work day, half of it used by Friday noon, pending until Monday noon
    clock = handled(at("11 08:00"), 1, TimeUnit.WORK_DAY)
    resumed = clocks.resume(clocks.pause(clock, at("11 12:00"), "挂账"), CALENDAR, at("14 12:00"))
    assert resumed.due_at == at("14 18:00")


def test_glpi_10594_nor_is_one_that_lies_before_a_clock_is_reopened() -> None:
    stopped = clocks.stop(handled(at("11 08:00"), 1, TimeUnit.WORK_DAY), CALENDAR, at("11 12:00"))
    assert clocks.reopen(stopped, CALENDAR, at("14 12:00"), "退回").due_at == at("14 18:00")


@pytest.mark.usefixtures("machine_zone")
def test_glpi_15429_a_clock_is_not_overdue_at_birth_whatever_the_machines_zone() -> None:
    born = at("15 09:00")
    for start in (born, born.astimezone(UTC), born.astimezone()):
        clock = handled(start, 2)
        assert clock.due_at == at("15 11:00")
        assert clocks.lamp(clock, born) is Lamp.GREEN
        assert not clocks.is_overdue(clock, born.astimezone(UTC))


def test_glpi_15429_the_warning_before_the_deadline_is_not_given_at_once() -> None:
    # levels before the deadline fired on creation as soon as a calendar was set
    for start in ("15 08:00", "15 11:59", "11 17:59", "15 20:00"):
        for unit in TimeUnit:
            clock = handled(at(start), 10, unit)
            assert clock.started_at < clock.warn_at < clock.due_at
            assert clocks.lamp(clock, at(start)) is Lamp.GREEN


def test_glpi_15605_a_longer_limit_does_not_forget_the_pauses_that_were() -> None:
    clock = handled(at("15 08:00"), 2)
    clock = clocks.resume(clocks.pause(clock, at("15 09:00"), "挂账"), CALENDAR, at("21 08:00"))
    longer = clocks.extend(clock, Limit(2, TimeUnit.WORK_HOUR), CALENDAR, "延期")
    assert (clock.due_at, longer.due_at) == (at("21 09:00"), at("21 11:00"))


def test_glpi_22678_the_warning_falls_into_working_hours_not_on_midnight() -> None:
    # 4 hours from 17:00: the level one hour before the deadline came at 00:00 instead of 10:00
    single = WorkCalendar(version=1, spans=((time(8), time(18)),))
    clock = clocks.start(
        ClockKind.HANDLE, Limit(5, TimeUnit.WORK_HOUR), "立案条件", single, at("14 17:00")
    )
    assert (clock.warn_at, clock.due_at) == (at("15 11:00"), at("15 12:00"))


@pytest.mark.parametrize(
    ("start", "warn", "due"),
    [
        ("14 17:00", "15 11:00", "15 12:00"),
        ("14 11:00", "14 17:00", "14 18:00"),
        ("14 15:00", "15 09:00", "15 10:00"),
        ("11 17:00", "14 11:00", "14 12:00"),
    ],
)
def test_glpi_22678_nor_with_several_spans_a_day(start: str, warn: str, due: str) -> None:
    clock = handled(at(start), 5)
    assert (clock.warn_at, clock.due_at) == (at(warn), at(due))


def test_glpi_24481_a_clock_that_waits_is_never_overdue_by_waiting() -> None:
    paused = clocks.pause(handled(at("15 08:00"), 1), at("15 08:59:59.999"), "核实")
    assert clocks.lamp(paused, at("30 08:00")) is Lamp.BLUE
    assert not clocks.is_overdue(paused, at("30 08:00"))
    assert clocks.remaining(paused, CALENDAR, at("30 08:00")) == MS


def test_frappe_2212_lunch_does_not_run_nor_does_a_clock_started_at_lunch() -> None:
    assert handled(at("15 11:00"), 2).due_at == at("15 15:00")
    started = handled(at("15 12:30"), 1)
    assert clocks.used(started, CALENDAR, at("15 14:00")) == timedelta(0)
    assert started.due_at == at("15 15:00")


def test_frappe_38745_a_new_clock_is_not_shown_as_failed() -> None:
    # the banner compared the server's time with the window's
    clock = handled(at("15 09:00"), 1, TimeUnit.MINUTE)
    for now in (at("15 09:00:30"), at("15 09:00:30").astimezone(UTC)):
        assert clocks.lamp(clock, now) is Lamp.GREEN


def test_osticket_1168_what_arrives_at_the_weekend_is_not_overdue_on_monday() -> None:
    clock = handled(at("12 10:00"), 8)  # a Saturday
    assert clocks.lamp(clock, at("14 08:00")) is Lamp.GREEN
    assert clock.due_at == at("14 18:00")


@pytest.mark.parametrize("weekday", range(7))
def test_osticket_6739_a_week_with_a_single_working_day_counts(weekday: int) -> None:
    lonely = WorkCalendar(version=1, weekend=frozenset(range(7)) - {weekday})
    start = at("14 00:00") + timedelta(days=weekday)
    due = lonely.add(start, Limit(3, TimeUnit.WORK_DAY))
    assert due == start + timedelta(days=14, hours=18)
    assert lonely.elapsed(start, due, TimeUnit.WORK_DAY) == 24 * HOUR
