"""Laws of counted time, and an oracle that walks minute by minute and knows no bisection."""

import random
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.ground import real_calendar
from workflow.calendar import CHINA_STANDARD_TIME, Limit, SegmentKind, TimeUnit, WorkCalendar

REAL = real_calendar()
FIRST, LAST = datetime(2024, 1, 1), datetime(2027, 12, 31)
MINUTE = timedelta(minutes=1)

instants = st.datetimes(FIRST, LAST, timezones=st.just(CHINA_STANDARD_TIME)).map(
    lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000)
)
limits = st.builds(Limit, st.integers(0, 60), st.sampled_from(TimeUnit))


@st.composite
def calendars(draw: st.DrawFn) -> WorkCalendar:
    """Calendars with odd weekends, odd hours, and days off and made up anywhere."""
    marks = sorted(draw(st.sets(st.integers(0, 47), min_size=2, max_size=6)))
    spans = [
        (time(begin // 2, begin % 2 * 30), time(end // 2, end % 2 * 30))
        for begin, end in zip(marks[::2], marks[1::2], strict=False)
    ]
    days = st.dates(date(2026, 8, 25), date(2026, 10, 20))
    holidays = draw(st.sets(days, max_size=12))
    return WorkCalendar(
        version=1,
        spans=tuple(spans),
        weekend=frozenset(draw(st.sets(st.integers(0, 6), max_size=6))),
        holidays=dict.fromkeys(holidays, "假"),
        make_up_days=dict.fromkeys(draw(st.sets(days, max_size=12)) - holidays, "班"),
    )


near = st.datetimes(
    datetime(2026, 8, 20),
    datetime(2026, 10, 25),
    timezones=st.just(CHINA_STANDARD_TIME),
).map(lambda moment: moment.replace(microsecond=0))


@given(calendars(), near, limits)
def test_the_counted_time_up_to_the_deadline_is_the_limit(
    calendar: WorkCalendar, start: datetime, limit: Limit
) -> None:
    due = calendar.add(start, limit)
    assert calendar.elapsed(start, due, limit.unit) == timedelta(
        milliseconds=calendar.limit_ms(limit)
    )


@given(calendars(), near, limits)
def test_no_earlier_instant_has_the_whole_limit_behind_it(
    calendar: WorkCalendar, start: datetime, limit: Limit
) -> None:
    due = calendar.add(start, limit)
    if due > start:
        before = due - timedelta(milliseconds=1)
        counted = calendar.elapsed(start, before, limit.unit)
        assert counted < timedelta(milliseconds=calendar.limit_ms(limit))


@given(calendars(), near, near, limits)
def test_a_later_start_is_never_due_earlier(
    calendar: WorkCalendar, one: datetime, other: datetime, limit: Limit
) -> None:
    first, second = sorted((one, other))
    if limit.amount:
        assert calendar.add(first, limit) <= calendar.add(second, limit)


@given(instants, st.integers(0, 60), st.integers(0, 60), st.sampled_from(TimeUnit))
def test_a_longer_limit_is_never_due_earlier_and_limits_add_up(
    start: datetime, one: int, other: int, unit: TimeUnit
) -> None:
    halfway = REAL.add(start, Limit(one, unit))
    whole = REAL.add(start, Limit(one + other, unit))
    assert halfway <= whole
    assert REAL.add(halfway, Limit(other, unit)) == whole


@given(instants, instants, instants, st.sampled_from(TimeUnit))
def test_counted_time_adds_up_and_never_exceeds_real_time(
    one: datetime, two: datetime, three: datetime, unit: TimeUnit
) -> None:
    first, second, third = sorted((one, two, three))
    whole = REAL.elapsed(first, third, unit)
    assert REAL.elapsed(first, second, unit) + REAL.elapsed(second, third, unit) == whole
    assert timedelta(0) <= whole <= third - first


@given(calendars(), near, st.integers(0, 20_000))
def test_the_ruler_has_no_gaps_and_its_working_parts_are_the_counted_time(
    calendar: WorkCalendar, start: datetime, minutes: int
) -> None:
    end = start + minutes * MINUTE
    ruler = calendar.segments(start, end)
    assert [part.start for part in ruler] + [end] == [start] + [part.end for part in ruler]
    working = [part for part in ruler if part.kind is SegmentKind.WORKING]
    counted = sum((part.end - part.start for part in working), timedelta(0))
    assert counted == calendar.elapsed(start, end, TimeUnit.WORK_HOUR)
    for part, following in pairwise(ruler):
        assert (part.kind, part.label) != (following.kind, following.label)


def is_worked_minute(moment: datetime) -> bool:
    """The oracle's own reading of the rule, for the real calendar and its default hours."""
    day = moment.date()
    worked_day = day in REAL.make_up_days or (day.isoweekday() <= 5 and day not in REAL.holidays)
    return worked_day and (8 <= moment.hour < 12 or 14 <= moment.hour < 18)


def due_by_walking(start: datetime, minutes: int) -> datetime:
    here, left = start, minutes
    while left:
        left -= is_worked_minute(here)
        here += MINUTE
    return here


def test_deadlines_agree_with_a_walk_minute_by_minute() -> None:
    dice = random.Random(20260915)
    for _ in range(300):
        start = (
            datetime(2024, 1, 1, tzinfo=CHINA_STANDARD_TIME) + dice.randrange(1_500_000) * MINUTE
        )
        unit = dice.choice((TimeUnit.WORK_HOUR, TimeUnit.WORK_DAY))
        amount = dice.randint(1, 12) if unit is TimeUnit.WORK_HOUR else dice.randint(1, 3)
        minutes = amount * (60 if unit is TimeUnit.WORK_HOUR else 480)
        expected = due_by_walking(start, minutes)
        assert REAL.add(start, Limit(amount, unit)) == expected
        assert REAL.elapsed(start, expected, unit) == minutes * MINUTE
