"""Laws of clocks under any history of pauses."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.ground import real_calendar
from workflow import clocks
from workflow.calendar import CHINA_STANDARD_TIME, Limit, TimeUnit
from workflow.clocks import Clock, ClockKind, Lamp

CALENDAR = real_calendar()
MS = timedelta(milliseconds=1)

starts = st.datetimes(
    datetime(2025, 12, 1),
    datetime(2026, 12, 31),
    timezones=st.just(CHINA_STANDARD_TIME),
).map(lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000))
steps = st.timedeltas(timedelta(0), timedelta(days=12)).map(
    lambda step: step // timedelta(milliseconds=1) * timedelta(milliseconds=1)
)
limits = st.builds(Limit, st.integers(1, 40), st.sampled_from(TimeUnit))


@st.composite
def histories(draw: st.DrawFn) -> tuple[Clock, datetime]:
    """A running clock after some pauses, and the instant of its last change."""
    now = draw(starts)
    clock = clocks.start(ClockKind.HANDLE, draw(limits), "试验", CALENDAR, now)
    for run, rest in draw(st.lists(st.tuples(steps, steps), max_size=4)):
        clock = clocks.pause(clock, now + run, "挂账")
        now += run + rest
        clock = clocks.resume(clock, CALENDAR, now)
    return clock, now


@given(histories(), steps, steps)
def test_a_pause_preserves_what_is_left(
    history: tuple[Clock, datetime], run: timedelta, rest: timedelta
) -> None:
    clock, now = history
    begin, end = now + run, now + run + rest
    left = clocks.remaining(clock, CALENDAR, begin)
    resumed = clocks.resume(clocks.pause(clock, begin, "挂账"), CALENDAR, end)
    assert clocks.remaining(resumed, CALENDAR, end) == left
    assert resumed.due_at >= clock.due_at


@given(histories())
def test_the_whole_limit_is_used_exactly_when_it_is_due(
    history: tuple[Clock, datetime],
) -> None:
    clock, _ = history
    assert clocks.remaining(clock, CALENDAR, clock.due_at) == timedelta(0)
    assert clocks.remaining(clock, CALENDAR, clock.due_at - MS) > timedelta(0)
    assert clocks.share_used(clock, CALENDAR, clock.warn_at) == 0.8


@given(histories(), steps)
def test_the_lamp_says_what_the_share_says(
    history: tuple[Clock, datetime], later: timedelta
) -> None:
    clock, last = history
    now = last + later
    share = clocks.share_used(clock, CALENDAR, now)
    lamp = clocks.lamp(clock, now)
    if share < 0.8:
        assert lamp is Lamp.GREEN
    elif share < 1:
        assert lamp is Lamp.YELLOW
    elif share > 1:
        assert lamp is Lamp.RED
    assert clocks.is_overdue(clock, now) is (lamp is Lamp.RED)


@given(histories(), steps)
def test_stopping_and_storing_change_no_figure(
    history: tuple[Clock, datetime], later: timedelta
) -> None:
    clock, last = history
    now = last + later
    stopped = clocks.stop(clock, CALENDAR, now)
    assert clocks.used(stopped, CALENDAR, now) == clocks.used(clock, CALENDAR, now)
    assert clocks.is_overdue(stopped, now) is clocks.is_overdue(clock, now)
    assert Clock.from_dict(stopped.to_dict()) == stopped
