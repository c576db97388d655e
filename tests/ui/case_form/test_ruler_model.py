"""The deadline ruler: every stretch where it belongs, and the whole deadline in words."""

from datetime import datetime, timedelta

import pytest

from ui.case_form.ruler_model import LONGEST_OVERRUN, Paint, deadline_ruler, remaining_words
from workflow import clocks
from workflow.calendar import WorkCalendar
from workflow.clock import Clock, ClockKind
from workflow.instants import CHINA_STANDARD_TIME
from workflow.limits import Limit, TimeUnit

CALENDAR = WorkCalendar(version=1)
FRIDAY = datetime(2026, 11, 20, 16, 0, tzinfo=CHINA_STANDARD_TIME)
WORK_DAY = Limit(1, TimeUnit.WORK_DAY)


def started(limit: Limit, at: datetime = FRIDAY) -> Clock:
    return clocks.start(ClockKind.HANDLE, limit, "立案条件 C-01-01-1", CALENDAR, at)


def paints(clock: Clock, now: datetime) -> list[Paint]:
    ruler = deadline_ruler(clock, CALENDAR.segments(clock.started_at, clock.due_at), now)
    assert ruler is not None
    assert ruler.stretches[0].left == 0
    assert ruler.stretches[-1].right == pytest.approx(1)
    joined = zip(ruler.stretches, ruler.stretches[1:], strict=False)
    assert all(one.right == pytest.approx(other.left) for one, other in joined)
    return list(dict.fromkeys(stretch.paint for stretch in ruler.stretches))


def test_a_work_day_over_a_weekend_shows_night_weekend_and_lunch() -> None:
    kinds = paints(started(WORK_DAY), FRIDAY)
    assert {Paint.NIGHT, Paint.WEEKEND, Paint.LUNCH, Paint.COUNTED, Paint.WARN} == set(kinds)


def test_the_last_fifth_of_the_counted_time_is_painted_as_a_warning() -> None:
    clock = started(Limit(60, TimeUnit.MINUTE))
    ruler = deadline_ruler(clock, CALENDAR.segments(FRIDAY, clock.due_at), FRIDAY)
    assert ruler is not None
    warning = [stretch for stretch in ruler.stretches if stretch.paint is Paint.WARN]
    assert warning[0].left == pytest.approx(0.8)
    assert warning[-1].right == pytest.approx(1)


def test_urgent_hours_count_through_the_night() -> None:
    kinds = paints(started(Limit(24, TimeUnit.URGENT_HOUR)), FRIDAY)
    assert set(kinds) == {Paint.COUNTED, Paint.WARN}


def test_an_overdue_clock_shows_how_far_it_ran_over() -> None:
    clock = started(Limit(60, TimeUnit.MINUTE))
    now = clock.due_at + timedelta(minutes=12)
    ruler = deadline_ruler(clock, CALENDAR.segments(FRIDAY, clock.due_at), now)
    assert ruler is not None
    assert ruler.stretches[-1].paint is Paint.OVERDUE
    assert ruler.now == pytest.approx(1)
    assert ruler.due == pytest.approx(60 / 72)
    assert remaining_words(clock, now) == "超 12 分"


def test_a_clock_overdue_for_days_keeps_its_limit_readable() -> None:
    clock = started(Limit(60, TimeUnit.MINUTE))
    now = clock.due_at + timedelta(days=9)
    ruler = deadline_ruler(clock, CALENDAR.segments(FRIDAY, clock.due_at), now)
    assert ruler is not None
    assert ruler.due == pytest.approx(1 / (1 + LONGEST_OVERRUN))
    assert "超 9 天" in ruler.summary


def test_a_paused_stretch_is_blue_and_says_why() -> None:
    clock = clocks.pause(
        started(Limit(120, TimeUnit.MINUTE)), FRIDAY + timedelta(minutes=30), "挂账"
    )
    clock = clocks.resume(clock, CALENDAR, FRIDAY + timedelta(minutes=60))
    ruler = deadline_ruler(clock, CALENDAR.segments(FRIDAY, clock.due_at), FRIDAY)
    assert ruler is not None
    paused = [stretch for stretch in ruler.stretches if stretch.paint is Paint.PAUSED]
    assert [round(s.right - s.left, 2) for s in paused] == [0.2]
    assert "挂账" in paused[0].tip


def test_a_provisional_deadline_says_so_in_the_mark_and_in_the_summary() -> None:
    clock = started(WORK_DAY)
    segments = CALENDAR.segments(clock.started_at, clock.due_at)
    ruler = deadline_ruler(clock, segments, FRIDAY, provisional=True)
    assert ruler is not None
    assert "暂定" in ruler.due_text
    assert "暂定" in ruler.summary


def test_the_summary_names_limit_rule_and_what_is_left() -> None:
    clock = started(Limit(60, TimeUnit.MINUTE))
    now = FRIDAY + timedelta(minutes=20)
    ruler = deadline_ruler(clock, CALENDAR.segments(FRIDAY, clock.due_at), now)
    assert ruler is not None
    assert "处置时限 60 分钟" in ruler.summary
    assert "立案条件 C-01-01-1" in ruler.summary
    assert "余 40 分" in ruler.summary


def test_without_segments_there_is_no_ruler() -> None:
    assert deadline_ruler(started(WORK_DAY), (), FRIDAY) is None
