"""What another calendar does to open cases: which deadlines it moves, and which it leaves alone."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.calendars import shipped, with_holidays
from tests.helpers.case_walk import CaseWalk
from tests.helpers.ground import real_calendar
from tests.helpers.trade import ADMIN, FRIDAY_MORNING, demo_rules
from tests.helpers.walked_file import NAMES
from workflow import clocks
from workflow.calendar import CHINA_STANDARD_TIME, WorkCalendar, from_epoch_ms
from workflow.clocks import ClockKind
from workflow.commands import Move
from workflow.due_moves import due_moves
from workflow.limits import Limit, TimeUnit
from workflow.recounting import changes, changes_of, first_difference, reason
from workflow.rules import RuleSet
from workflow.states import State

MONDAY_OFF = with_holidays("2026-11-23").calendar(2)


def under(calendar: WorkCalendar) -> RuleSet:
    """The demo's rules with a newer calendar in force."""
    return replace(demo_rules(), calendar=calendar, earlier_calendars={1: real_calendar()})


def handled(hour: int = 16) -> CaseWalk:
    """Dispatched on a Friday afternoon with four working hours: due on Monday."""
    return CaseWalk(now=FRIDAY_MORNING.replace(hour=hour)).to(State.HANDLING)


def test_a_holiday_before_the_deadline_moves_it_by_a_working_day() -> None:
    walk = handled()
    old = walk.clock(ClockKind.HANDLE)
    (change,) = changes_of(walk.case, MONDAY_OFF, walk.rules.calendar_of)
    assert (change.number, change.kind, change.round) == (walk.case.number, ClockKind.HANDLE, 1)
    assert change.old_due == old.due_at
    assert change.new_due == old.due_at + timedelta(days=1)
    assert change.moves


def test_a_holiday_after_the_deadline_changes_nothing() -> None:
    walk = handled()
    later = with_holidays("2026-11-24").calendar(2)
    assert changes([walk.case], later, walk.rules.calendar_of) == ()


def test_clocks_that_stopped_or_run_on_the_version_already_are_left_alone() -> None:
    walk = handled()
    recounted = CaseWalk(now=FRIDAY_MORNING.replace(hour=16), rules=under(MONDAY_OFF))
    recounted.to(State.HANDLING)
    assert changes([recounted.case], MONDAY_OFF, under(MONDAY_OFF).calendar_of) == ()
    walk.to(State.CLOSED)
    assert changes([walk.case], MONDAY_OFF, walk.rules.calendar_of) == ()


def test_a_notice_that_arrives_makes_a_provisional_deadline_certain_where_it_stays() -> None:
    eve = datetime(2026, 12, 31, 16, tzinfo=CHINA_STANDARD_TIME)
    walk = CaseWalk(now=eve).to(State.HANDLING)
    real = real_calendar()
    noticed = WorkCalendar(
        version=2,
        holidays={**real.holidays, date(2027, 5, 1): "劳动节"},
        make_up_days=real.make_up_days,
        notice_years=real.notice_years | {2027},
    )
    (change,) = changes([walk.case], noticed, walk.rules.calendar_of)
    assert (change.was_provisional, change.is_provisional, change.moves) == (True, False, False)
    assert "确定" in reason([change], 2)


def test_a_limit_round_the_clock_is_never_provisional() -> None:
    eve = datetime(2026, 12, 31, 23, 30, tzinfo=CHINA_STANDARD_TIME)
    real = real_calendar()
    urgent = clocks.start(ClockKind.HANDLE, Limit(4, TimeUnit.URGENT_HOUR), "", real, eve)
    working = clocks.start(ClockKind.HANDLE, Limit(4, TimeUnit.WORK_HOUR), "", real, eve)
    assert urgent.due_at.year == working.due_at.year == 2027
    assert not clocks.is_provisional(urgent, real)
    assert clocks.is_provisional(working, real)


def test_the_step_moves_every_open_clock_and_the_process_record_says_each() -> None:
    walk = handled()
    found = changes([walk.case], MONDAY_OFF, walk.rules.calendar_of)
    walk.rules = under(MONDAY_OFF)
    walk.take(Move(operation="recount", opinion=reason(found, 2)), ADMIN)
    clock = walk.clock(ClockKind.HANDLE)
    assert (clock.calendar_version, clock.due_at) == (2, found[0].new_due)
    assert walk.case.state is State.HANDLING
    (move,) = due_moves(walk.events, NAMES)
    assert (move.before, move.after, move.calendar_version) == (
        found[0].old_due,
        found[0].new_due,
        2,
    )
    assert walk.events[-1].opinion == (
        "工作日历第 2 版：处置到期 2026-11-23 10:00:00 → 2026-11-24 10:00:00"
    )
    assert changes([walk.case], MONDAY_OFF, walk.rules.calendar_of) == ()


@pytest.mark.parametrize("step", ["auditExtension:approved", "resume"])
def test_a_step_that_moves_a_deadline_counts_on_the_calendar_in_force(step: str) -> None:
    """Else an extension into the new year would be counted without its holidays."""
    walk = handled()
    if step == "resume":
        walk.do("askSuspend", after=5).do("auditSuspend:approved", after=5)
    else:
        ask = Move(operation="askExtension", opinion="需开挖", limit=Limit(4, TimeUnit.WORK_HOUR))
        walk.do("askExtension", move=ask)
    walk.rules = under(with_holidays("2026-11-24", "2026-11-25", "2026-11-26").calendar(2))
    walk.do(step, after=5)
    clock = walk.clock(ClockKind.HANDLE)
    assert clock.calendar_version == 2
    assert clock == clocks.recount(clock, walk.rules.calendar)


def test_calendars_that_differ_in_names_alone_never_differ() -> None:
    real = real_calendar()
    renamed = WorkCalendar(
        version=2,
        holidays=dict.fromkeys(real.holidays, "放假"),
        make_up_days=real.make_up_days,
        notice_years=real.notice_years,
    )
    assert first_difference(real, renamed) is None


def test_other_hours_differ_from_the_first_instant_on() -> None:
    real = real_calendar()
    shorter = WorkCalendar(version=2, spans=real.spans[:1], notice_years=real.notice_years)
    first = first_difference(real, shorter)
    assert first is not None
    assert first < from_epoch_ms(0)


@given(
    days=st.lists(st.dates(date(2026, 11, 20), date(2026, 12, 20)), min_size=1, max_size=6),
    start=st.integers(0, 20 * 24 * 60),
    hours=st.integers(1, 120),
)
def test_no_deadline_before_the_first_difference_ever_moves(
    days: list[date], start: int, hours: int
) -> None:
    old = shipped().calendar
    new = WorkCalendar(
        version=2,
        holidays={**old.holidays, **{day: "停工" for day in days if day.weekday() < 5}},
        make_up_days={**old.make_up_days, **{day: "补班" for day in days if day.weekday() > 4}},
        notice_years=old.notice_years,
    )
    begin = FRIDAY_MORNING + timedelta(minutes=start)
    clock = clocks.start(ClockKind.HANDLE, Limit(hours, TimeUnit.WORK_HOUR), "", old, begin)
    counted = clocks.recount(clock, new)
    first = first_difference(old, new)
    if first is None or clock.due_at < first:
        assert (counted.due_at, counted.warn_at) == (clock.due_at, clock.warn_at)
