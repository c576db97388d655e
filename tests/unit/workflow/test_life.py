"""The explained life of a case: no gap, nothing twice, and who consumed the time."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.ground import real_calendar
from workflow import clocks
from workflow.calendar import CHINA_STANDARD_TIME, Limit, TimeUnit
from workflow.clocks import Clock, ClockKind, InvalidClock
from workflow.errors import NotFound
from workflow.life import LifeKind, LifeSegment, life, spent, what_if

CALENDAR = real_calendar()
CALENDARS = {CALENDAR.version: CALENDAR}
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def at(text: str) -> datetime:
    """An instant of September 2026 in China Standard Time, e.g. "15 09:00"."""
    return datetime.fromisoformat(f"2026-09-{text}").replace(tzinfo=CHINA_STANDARD_TIME)


def running(kind: ClockKind, start: str, amount: int, unit: TimeUnit) -> Clock:
    return clocks.start(kind, Limit(amount, unit), "试验", CALENDAR, at(start))


def stopped(kind: ClockKind, start: str, stop: str, unit: TimeUnit = TimeUnit.MINUTE) -> Clock:
    return clocks.stop(running(kind, start, 15, unit), CALENDAR, at(stop))


def told(segments: tuple[LifeSegment, ...]) -> list[tuple[str, str, str | None, bool, str]]:
    return [
        (f"{s.start:%d %H:%M}", s.kind.value, s.clock and s.clock.value, s.counted, s.label)
        for s in segments
    ]


def returned_case() -> tuple[Clock, ...]:
    """Reported on a Thursday, dispatched, refused by the department, sent to it again."""
    accept = stopped(ClockKind.ACCEPT, "17 11:50", "17 12:10")
    dispatch = stopped(ClockKind.DISPATCH, "17 12:10", "17 15:00")
    handle = running(ClockKind.HANDLE, "17 15:00", 4, TimeUnit.WORK_HOUR)
    sign = running(ClockKind.SIGN, "17 15:00", 1, TimeUnit.WORK_HOUR)
    handle = clocks.pause(handle, at("17 16:00"), "拒签退件")
    again = stopped(ClockKind.DISPATCH, "17 16:00", "17 17:00")
    handle = clocks.resume(handle, CALENDAR, at("17 17:00"))
    handle = clocks.pause(handle, at("18 09:00"), "挂账")
    return accept, dispatch, handle, sign, again


def test_every_stretch_says_whose_time_it_was_and_whether_it_counted() -> None:
    assert told(life(returned_case(), CALENDARS, at("21 09:00"))) == [
        ("17 11:50", "working", "accept", True, ""),
        ("17 12:00", "lunch", "accept", True, ""),  # minutes run at lunch too
        ("17 12:10", "lunch", "dispatch", True, ""),
        ("17 14:00", "working", "dispatch", True, ""),
        ("17 15:00", "working", "handle", True, ""),
        ("17 16:00", "working", "dispatch", True, ""),
        ("17 17:00", "working", "handle", True, ""),
        ("17 18:00", "night", "handle", False, ""),
        ("18 08:00", "working", "handle", True, ""),
        ("18 09:00", "paused", "handle", False, "挂账"),
    ]


def test_what_each_clock_consumed_is_summed_up() -> None:
    sums = {one.clock: one for one in spent(life(returned_case(), CALENDARS, at("21 09:00")))}
    assert list(sums) == [ClockKind.ACCEPT, ClockKind.DISPATCH, ClockKind.HANDLE]
    assert sums[ClockKind.ACCEPT].counted == sums[ClockKind.ACCEPT].wall == 20 * MINUTE
    assert sums[ClockKind.DISPATCH].counted == 3 * HOUR + 50 * MINUTE
    handle = sums[ClockKind.HANDLE]
    assert (handle.counted, handle.paused) == (3 * HOUR, 72 * HOUR)
    assert handle.wall == 3 * HOUR + 14 * HOUR + 72 * HOUR
    assert handle.counted == clocks.used(returned_case()[2], CALENDAR, at("21 09:00"))


def test_the_time_after_the_last_clock_is_nobodys() -> None:
    accept = stopped(ClockKind.ACCEPT, "17 11:50", "17 12:10")
    segments = life((accept,), CALENDARS, at("19 00:00"))
    assert told(segments)[-1] == ("17 12:10", "uncounted", None, False, "")
    assert segments[-1].round == 0
    assert spent(segments)[-1].clock is None


def test_holidays_weekends_and_make_up_days_have_their_names() -> None:
    handle = running(ClockKind.HANDLE, "18 17:00", 15, TimeUnit.WORK_DAY)
    kinds = {(s.kind, s.label) for s in life((handle,), CALENDARS, at("18 17:00") + 21 * 24 * HOUR)}
    assert (LifeKind.WORKING, "国庆节调休上班") in kinds
    assert (LifeKind.HOLIDAY, "国庆节") in kinds
    assert (LifeKind.WEEKEND, "") in kinds


def test_a_pause_of_no_length_leaves_no_seam() -> None:
    handle = running(ClockKind.HANDLE, "17 09:00", 4, TimeUnit.WORK_HOUR)
    handle = clocks.pause(handle, at("17 10:00"), "拒签退件")
    handle = clocks.resume(handle, CALENDAR, at("17 10:00"))
    assert told(life((handle,), CALENDARS, at("17 11:00"))) == [
        ("17 09:00", "working", "handle", True, "")
    ]


def test_side_clocks_have_no_part_in_the_life() -> None:
    sign = running(ClockKind.SIGN, "17 09:00", 1, TimeUnit.WORK_HOUR)
    assert life((sign,), CALENDARS, at("17 11:00")) == ()


def test_a_life_that_has_not_begun_has_no_stretch() -> None:
    handle = running(ClockKind.HANDLE, "17 09:00", 4, TimeUnit.WORK_HOUR)
    assert life((handle,), CALENDARS, at("17 09:00")) == ()
    assert life((handle,), CALENDARS, at("16 09:00")) == ()
    assert life((), CALENDARS, at("16 09:00")) == ()


def test_each_clock_is_counted_on_its_own_version_of_the_calendar() -> None:
    second = real_calendar(version=2)
    accept = stopped(ClockKind.ACCEPT, "17 11:50", "17 12:10")
    later = clocks.start(
        ClockKind.HANDLE, Limit(4, TimeUnit.WORK_HOUR), "试验", second, at("17 12:10")
    )
    assert len(life((accept, later), {1: CALENDAR, 2: second}, at("17 15:00"))) == 4
    with pytest.raises(NotFound, match="Version 2 of the working calendar is missing"):
        life((accept, later), CALENDARS, at("17 15:00"))


def test_what_if_moves_the_deadline_and_grants_nothing() -> None:
    handle = running(ClockKind.HANDLE, "17 09:00", 4, TimeUnit.WORK_HOUR)
    longer = what_if(handle, Limit(2, TimeUnit.WORK_HOUR), CALENDAR)
    assert (handle.due_at, longer.due_at) == (at("17 15:00"), at("17 17:00"))
    assert longer.rule == handle.rule
    with pytest.raises(InvalidClock, match="give the extension in 工作时"):
        what_if(handle, Limit(1, TimeUnit.NATURAL_DAY), CALENDAR)


starts = st.datetimes(
    datetime(2026, 8, 1), datetime(2026, 12, 31), timezones=st.just(CHINA_STANDARD_TIME)
).map(lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000))
lengths = st.integers(0, 10 * 86_400_000).map(lambda ms: timedelta(milliseconds=ms))
limits = st.builds(Limit, st.integers(0, 40), st.sampled_from(TimeUnit))
MAIN = [ClockKind.ACCEPT, ClockKind.DISPATCH, ClockKind.HANDLE, ClockKind.CHECK, ClockKind.SIGN]


@st.composite
def some_clocks(draw: st.DrawFn) -> tuple[Clock, ...]:
    """Any clocks whatever, overlapping ones and gaps between them too."""
    made = []
    for number in range(draw(st.integers(1, 4))):
        now = draw(starts)
        kind = draw(st.sampled_from(MAIN))
        clock = clocks.start(kind, draw(limits), "试验", CALENDAR, now, round_number=number + 1)
        for run, rest in draw(st.lists(st.tuples(lengths, lengths), max_size=3)):
            clock = clocks.pause(clock, now + run, "挂账")
            now += run + rest
            clock = clocks.resume(clock, CALENDAR, now)
        now += draw(lengths)
        end = draw(st.sampled_from(("running", "paused", "stopped")))
        if end == "paused":
            clock = clocks.pause(clock, now, "核实")
        elif end == "stopped":
            clock = clocks.stop(clock, CALENDAR, now)
        made.append(clock)
    return tuple(made)


@given(some_clocks(), starts)
def test_the_stretches_are_the_wall_time_whatever_the_clocks(
    made: tuple[Clock, ...], until: datetime
) -> None:
    segments = life(made, CALENDARS, until)
    main = [clock for clock in made if clock.kind is not ClockKind.SIGN]
    if not segments:
        assert not main or min(clock.started_at for clock in main) >= until
        return
    assert segments[-1].end == until
    assert segments[0].start == min(clock.started_at for clock in main)
    assert [s.end for s in segments[:-1]] == [s.start for s in segments[1:]]
    assert all(s.start < s.end for s in segments)
    wall = until - segments[0].start
    assert sum((s.end - s.start for s in segments), timedelta(0)) == wall
    assert sum((one.wall for one in spent(segments)), timedelta(0)) == wall
    assert sum(s.wall_ms for s in segments) == wall // timedelta(milliseconds=1)


@given(some_clocks(), starts)
def test_what_one_clock_alone_used_is_what_its_stretches_counted(
    made: tuple[Clock, ...], until: datetime
) -> None:
    for clock in made:
        if clock.kind is not ClockKind.SIGN:
            counted = sum(s.counted_ms for s in life((clock,), CALENDARS, until))
            used = clocks.used(clock, CALENDAR, until)
            assert timedelta(milliseconds=counted) == used
