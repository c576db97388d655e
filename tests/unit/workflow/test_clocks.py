"""Clocks: started, paused, resumed, stopped; and the lamp at every point of it."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.helpers.ground import real_calendar
from workflow import clocks
from workflow.calendar import CHINA_STANDARD_TIME, Limit, TimeUnit
from workflow.clocks import Clock, ClockKind, InvalidClock, Lamp
from workflow.errors import ClockTurnedBack, RecordDamaged

CALENDAR = real_calendar()
HOUR = timedelta(hours=1)
MS = timedelta(milliseconds=1)


def at(text: str) -> datetime:
    """An instant of September 2026 in China Standard Time, e.g. "15 09:00"."""
    return datetime.fromisoformat(f"2026-09-{text}").replace(tzinfo=CHINA_STANDARD_TIME)


def running(start: str, amount: int, unit: TimeUnit) -> Clock:
    return clocks.start(
        ClockKind.HANDLE, Limit(amount, unit), "立案条件 C-01-01-1", CALENDAR, at(start)
    )


def test_a_clock_knows_its_deadline_and_its_warning_when_it_starts() -> None:
    clock = running("15 08:00", 5, TimeUnit.WORK_HOUR)
    assert clock.due_at == at("15 15:00")
    assert clock.warn_at == at("15 12:00")
    assert (clock.round, clock.calendar_version) == (1, CALENDAR.version)
    assert clock.is_running


def test_used_remaining_and_share_follow_working_time() -> None:
    clock = running("15 11:00", 2, TimeUnit.WORK_HOUR)
    for moment, hours in [("15 11:30", 0.5), ("15 13:00", 1), ("15 15:00", 2), ("15 17:00", 4)]:
        assert clocks.used(clock, CALENDAR, at(moment)) == hours * HOUR
        assert clocks.remaining(clock, CALENDAR, at(moment)) == (2 - hours) * HOUR
        assert clocks.share_used(clock, CALENDAR, at(moment)) == hours / 2


def test_nothing_is_used_before_the_start() -> None:
    clock = running("15 11:00", 2, TimeUnit.WORK_HOUR)
    assert clocks.used(clock, CALENDAR, at("15 10:00")) == timedelta(0)


def test_a_limit_of_zero_is_used_up_at_once() -> None:
    clock = running("15 11:00", 0, TimeUnit.WORK_HOUR)
    assert clocks.share_used(clock, CALENDAR, at("15 11:00")) == 1.0
    assert clocks.lamp(clock, at("15 11:00")) is Lamp.YELLOW
    assert clocks.lamp(clock, at("15 11:00") + MS) is Lamp.RED


@pytest.mark.parametrize(
    ("now", "lamp"),
    [
        ("15 08:00", Lamp.GREEN),
        ("15 11:59:59.999", Lamp.GREEN),
        ("15 12:00", Lamp.YELLOW),
        ("15 15:00", Lamp.YELLOW),
        ("15 15:00:00.001", Lamp.RED),
    ],
)
def test_the_lamp_turns_at_eighty_percent_and_after_the_deadline(now: str, lamp: Lamp) -> None:
    assert clocks.lamp(running("15 08:00", 5, TimeUnit.WORK_HOUR), at(now)) is lamp


def test_the_lamp_is_blue_while_paused_and_grey_when_there_is_no_clock() -> None:
    clock = running("15 08:00", 5, TimeUnit.WORK_HOUR)
    paused = clocks.pause(clock, at("15 09:00"), "挂账")
    assert clocks.lamp(paused, at("28 09:00")) is Lamp.BLUE
    assert clocks.lamp(clocks.stop(clock, CALENDAR, at("15 09:00")), at("28 09:00")) is Lamp.GREY
    assert clocks.lamp(None, at("15 09:00")) is Lamp.GREY


def test_a_pause_over_a_weekend_gives_back_no_more_than_was_left() -> None:
    # GLPI 10594: the weekend inside a pause was credited on top
    clock = running("11 16:00", 4, TimeUnit.WORK_HOUR)  # a Friday; one hour used by 17:00
    paused = clocks.pause(clock, at("11 17:00"), "挂账")
    resumed = clocks.resume(paused, CALENDAR, at("14 10:00"))
    assert clocks.remaining(resumed, CALENDAR, at("14 10:00")) == 3 * HOUR
    assert resumed.due_at == at("14 15:00")


def test_a_pause_at_lunch_changes_nothing() -> None:
    clock = running("15 11:00", 2, TimeUnit.WORK_HOUR)
    paused = clocks.pause(clock, at("15 12:10"), "补充材料")
    resumed = clocks.resume(paused, CALENDAR, at("15 13:40"))
    assert (resumed.due_at, resumed.warn_at) == (clock.due_at, clock.warn_at)


def test_a_pause_of_an_urgent_clock_moves_it_by_the_real_time() -> None:
    clock = running("15 22:00", 2, TimeUnit.URGENT_HOUR)
    resumed = clocks.resume(clocks.pause(clock, at("15 23:00"), "核实"), CALENDAR, at("16 05:00"))
    assert resumed.due_at == at("16 06:00")


def test_a_paused_clock_stands_still() -> None:
    paused = clocks.pause(running("15 08:00", 5, TimeUnit.WORK_HOUR), at("15 09:00"), "挂账")
    assert clocks.used(paused, CALENDAR, at("25 09:00")) == HOUR
    assert clocks.used(paused, CALENDAR, at("15 08:30")) == HOUR / 2
    assert paused.due_at == at("15 15:00")
    assert not clocks.is_overdue(paused, at("25 09:00"))


def test_an_overdue_clock_stays_overdue_through_a_pause() -> None:
    clock = running("15 08:00", 1, TimeUnit.WORK_HOUR)
    paused = clocks.pause(clock, at("15 10:00"), "挂账")
    resumed = clocks.resume(paused, CALENDAR, at("24 10:00"))
    assert resumed.due_at == clock.due_at
    assert clocks.is_overdue(paused, at("20 10:00"))
    assert clocks.is_overdue(resumed, at("24 10:00"))
    assert clocks.remaining(resumed, CALENDAR, at("24 11:00")) == -2 * HOUR


def test_a_warning_that_was_given_before_a_pause_stands() -> None:
    clock = running("15 08:00", 5, TimeUnit.WORK_HOUR)
    paused = clocks.pause(clock, at("15 14:30"), "挂账")
    resumed = clocks.resume(paused, CALENDAR, at("16 08:00"))
    assert resumed.warn_at == at("15 12:00")
    assert resumed.due_at == at("16 08:30")


def test_stopping_freezes_what_was_used() -> None:
    stopped = clocks.stop(running("15 08:00", 5, TimeUnit.WORK_HOUR), CALENDAR, at("15 10:00"))
    assert clocks.used(stopped, CALENDAR, at("28 10:00")) == 2 * HOUR
    assert not clocks.is_overdue(stopped, at("28 10:00"))
    assert not stopped.cancelled


def test_stopping_at_the_deadline_is_in_time_and_a_millisecond_later_is_not() -> None:
    clock = running("15 08:00", 4, TimeUnit.WORK_HOUR)
    in_time = clocks.stop(clock, CALENDAR, at("15 12:00"))
    late = clocks.stop(clock, CALENDAR, at("15 12:00") + MS)
    assert not clocks.is_overdue(in_time, at("20 12:00"))
    assert clocks.is_overdue(late, at("15 12:00"))


def test_stopping_a_paused_clock_does_not_count_the_pause_against_it() -> None:
    clock = running("15 08:00", 2, TimeUnit.WORK_HOUR)
    paused = clocks.pause(clock, at("15 09:00"), "挂账")
    stopped = clocks.stop(paused, CALENDAR, at("22 09:00"), cancelled=True)
    assert not clocks.is_overdue(stopped, at("22 09:00"))
    assert clocks.used(stopped, CALENDAR, at("22 09:00")) == HOUR
    assert stopped.cancelled
    assert stopped.pauses[-1].end == at("22 09:00")


def test_illegal_steps_are_refused_with_a_sentence() -> None:
    clock = running("15 08:00", 2, TimeUnit.WORK_HOUR)
    paused = clocks.pause(clock, at("15 09:00"), "挂账")
    stopped = clocks.stop(clock, CALENDAR, at("15 09:00"))
    with pytest.raises(InvalidClock, match="处置 clock cannot be resumed: it is running"):
        clocks.resume(clock, CALENDAR, at("15 10:00"))
    with pytest.raises(InvalidClock, match="paused already since 2026-09-15 09:00:00"):
        clocks.pause(paused, at("15 10:00"), "挂账")
    refused: list[Callable[[], Clock]] = [
        lambda: clocks.stop(stopped, CALENDAR, at("15 10:00")),
        lambda: clocks.pause(stopped, at("15 10:00"), "挂账"),
        lambda: clocks.resume(stopped, CALENDAR, at("15 10:00")),
    ]
    for step in refused:
        with pytest.raises(InvalidClock, match="was stopped at 2026-09-15 09:00:00"):
            step()


def test_a_clock_turned_back_is_noticed() -> None:
    clock = running("15 08:00", 2, TimeUnit.WORK_HOUR)
    paused = clocks.pause(clock, at("15 09:00"), "挂账")
    resumed = clocks.resume(paused, CALENDAR, at("15 10:00"))
    refused: list[Callable[[], Clock]] = [
        lambda: clocks.pause(clock, at("15 07:59"), "挂账"),
        lambda: clocks.stop(clock, CALENDAR, at("15 07:59")),
        lambda: clocks.resume(paused, CALENDAR, at("15 08:59")),
        lambda: clocks.stop(paused, CALENDAR, at("15 08:59")),
        lambda: clocks.pause(resumed, at("15 09:59"), "挂账"),
    ]
    for step in refused:
        with pytest.raises(ClockTurnedBack, match="Check the machine's clock"):
            step()


def test_a_clock_refuses_a_calendar_that_it_was_not_started_with() -> None:
    clock = running("15 08:00", 2, TimeUnit.WORK_HOUR)
    with pytest.raises(InvalidClock, match="calendar version 1, not on 2"):
        clocks.used(clock, real_calendar(version=2), at("15 09:00"))


def test_a_clock_comes_back_from_json_as_it_was() -> None:
    clock = running("15 08:00", 2, TimeUnit.WORK_HOUR)
    paused = clocks.pause(clock, at("15 09:00"), "挂账")
    resumed = clocks.resume(paused, CALENDAR, at("15 10:00:00.123"))
    stopped = replace(clocks.stop(resumed, CALENDAR, at("15 16:00")), round=2)
    for one in (clock, paused, resumed, stopped):
        assert Clock.from_dict(json.loads(json.dumps(one.to_dict()))) == one


@pytest.mark.parametrize(
    "broken",
    [{}, {"kind": "lunch"}, {"limit": [1]}, {"limit": [-1, "minute"]}, {"started": "soon"}],
)
def test_a_damaged_clock_in_the_record_is_named(broken: dict[str, object]) -> None:
    good = running("15 08:00", 2, TimeUnit.WORK_HOUR).to_dict()
    with pytest.raises(RecordDamaged, match="cannot be read"):
        Clock.from_dict(good | broken if broken else broken)


def test_every_kind_of_clock_has_its_own_chinese_name() -> None:
    assert len({kind.label for kind in ClockKind}) == len(ClockKind)


def test_an_extension_moves_the_deadline_on_from_where_it_is() -> None:
    clock = running("11 16:00", 4, TimeUnit.WORK_HOUR)  # a Friday, due on Monday at 10:00
    longer = clocks.extend(clock, Limit(4, TimeUnit.WORK_HOUR), CALENDAR, "延期 4 工作时")
    assert longer.limit == Limit(8, TimeUnit.WORK_HOUR)
    assert longer.due_at == at("14 16:00")
    assert clocks.share_used(longer, CALENDAR, longer.warn_at) == 0.8
    assert (longer.rule, longer.started_at) == ("延期 4 工作时", clock.started_at)


def test_an_extension_of_a_paused_clock_is_there_when_it_runs_again() -> None:
    clock = running("15 08:00", 2, TimeUnit.WORK_HOUR)
    paused = clocks.pause(clock, at("15 09:00"), "挂账")
    longer = clocks.extend(paused, Limit(2, TimeUnit.WORK_HOUR), CALENDAR, "延期")
    assert longer.is_paused
    resumed = clocks.resume(longer, CALENDAR, at("16 08:00"))
    assert clocks.remaining(resumed, CALENDAR, at("16 08:00")) == 3 * HOUR


def test_an_extension_in_another_unit_or_of_a_stopped_clock_is_refused() -> None:
    clock = running("15 08:00", 2, TimeUnit.WORK_HOUR)
    with pytest.raises(InvalidClock, match="by 1 工作日: its limit is 2 工作时; give"):
        clocks.extend(clock, Limit(1, TimeUnit.WORK_DAY), CALENDAR, "延期")
    stopped = clocks.stop(clock, CALENDAR, at("15 09:00"))
    with pytest.raises(InvalidClock, match="was stopped at"):
        clocks.extend(stopped, Limit(1, TimeUnit.WORK_HOUR), CALENDAR, "延期")


def test_a_reopened_clock_has_the_remaining_time_to_the_millisecond() -> None:
    clock = running("11 16:00", 4, TimeUnit.WORK_HOUR)
    stopped = clocks.stop(clock, CALENDAR, at("11 17:00:00.001"), cancelled=True)
    again = clocks.reopen(stopped, CALENDAR, at("14 10:00"), "退件退回原部门")
    assert clocks.remaining(again, CALENDAR, at("14 10:00")) == 3 * HOUR - MS
    assert again.due_at == at("14 14:59:59.999")
    assert again.is_running
    assert not again.cancelled
    stood = again.pauses[-1]
    assert (stood.start, stood.end) == (at("11 17:00:00.001"), at("14 10:00"))
    assert stood.reason == "退件退回原部门"


def test_a_clock_that_stopped_overdue_stays_due_when_it_was() -> None:
    late = clocks.stop(running("15 08:00", 1, TimeUnit.WORK_HOUR), CALENDAR, at("15 10:00"))
    again = clocks.reopen(late, CALENDAR, at("18 08:00"), "返工")
    assert again.due_at == at("15 09:00")
    assert clocks.remaining(again, CALENDAR, at("18 09:00")) == -2 * HOUR


def test_a_clock_stopped_while_paused_reopens_with_what_was_left_before_the_pause() -> None:
    paused = clocks.pause(running("15 08:00", 2, TimeUnit.WORK_HOUR), at("15 09:00"), "挂账")
    stopped = clocks.stop(paused, CALENDAR, at("15 17:00"))
    again = clocks.reopen(stopped, CALENDAR, at("16 08:00"), "恢复")
    assert again.due_at == at("16 09:00")


def test_only_a_stopped_clock_is_reopened_and_never_before_its_stop() -> None:
    clock = running("15 08:00", 2, TimeUnit.WORK_HOUR)
    with pytest.raises(InvalidClock, match="cannot be reopened: it was not stopped"):
        clocks.reopen(clock, CALENDAR, at("15 09:00"), "返工")
    stopped = clocks.stop(clock, CALENDAR, at("15 09:00"))
    with pytest.raises(ClockTurnedBack, match="last change was at 2026-09-15 09:00:00"):
        clocks.reopen(stopped, CALENDAR, at("15 08:59"), "返工")


def test_a_bundled_clock_shares_the_deadline_and_is_stopped_for_itself() -> None:
    handle = running("15 08:00", 5, TimeUnit.WORK_HOUR)
    sign = clocks.bundled(ClockKind.SIGN, handle, at("15 08:00"), 3)
    assert (sign.kind, sign.round) == (ClockKind.SIGN, 3)
    assert (sign.started_at, sign.due_at, sign.warn_at, sign.limit, sign.pauses) == (
        handle.started_at,
        handle.due_at,
        handle.warn_at,
        handle.limit,
        handle.pauses,
    )
    assert sign.rule == "与处置捆绑计时：立案条件 C-01-01-1"
    assert clocks.stop(sign, CALENDAR, at("15 09:00")).stopped_at == at("15 09:00")


def test_a_clock_is_not_bundled_with_itself_nor_with_one_that_stopped() -> None:
    handle = running("15 08:00", 5, TimeUnit.WORK_HOUR)
    with pytest.raises(InvalidClock, match="cannot be bundled with itself"):
        clocks.bundled(ClockKind.HANDLE, handle, at("15 08:00"), 2)
    with pytest.raises(ClockTurnedBack):
        clocks.bundled(ClockKind.SIGN, handle, at("15 07:59"), 1)
    stopped = clocks.stop(handle, CALENDAR, at("15 09:00"))
    with pytest.raises(InvalidClock, match="was stopped at"):
        clocks.bundled(ClockKind.SIGN, stopped, at("15 10:00"), 1)


def test_a_new_calendar_counts_an_open_clock_anew() -> None:
    friday_off = replace(CALENDAR, version=2, holidays={at("18 00:00").date(): "台风停工"})
    clock = running("17 17:00", 2, TimeUnit.WORK_HOUR)
    assert clock.due_at == at("18 09:00")
    moved = clocks.recount(clock, friday_off)
    assert (moved.due_at, moved.calendar_version) == (at("20 09:00"), 2)  # a make-up Sunday
    assert clocks.remaining(moved, friday_off, at("20 08:00")) == HOUR


def test_a_new_calendar_keeps_every_pause_also_an_open_one() -> None:
    friday_off = replace(CALENDAR, version=2, holidays={at("18 00:00").date(): "台风停工"})
    paused = clocks.pause(running("17 17:00", 2, TimeUnit.WORK_HOUR), at("17 17:30"), "挂账")
    moved = clocks.recount(paused, friday_off)
    assert moved.pauses == paused.pauses
    assert moved.due_at == at("20 09:00")
    resumed = clocks.resume(moved, friday_off, at("20 10:00"))
    assert resumed.due_at == at("20 11:30")


def test_a_stopped_clock_is_not_counted_anew() -> None:
    stopped = clocks.stop(running("15 08:00", 5, TimeUnit.WORK_HOUR), CALENDAR, at("15 10:00"))
    with pytest.raises(InvalidClock, match="was stopped at"):
        clocks.recount(stopped, real_calendar(version=2))


def test_a_suspended_clock_resumes_at_its_review_date_though_that_is_long_past() -> None:
    clock = running("11 16:00", 4, TimeUnit.WORK_HOUR)
    paused = clocks.pause(clock, at("11 17:00"), "挂账")
    review, now = at("15 00:00"), at("15 11:00")
    resumed = clocks.resume(paused, CALENDAR, review)
    assert resumed.pauses[-1].end == review
    assert resumed.due_at == at("15 11:00")
    assert clocks.remaining(resumed, CALENDAR, now) == timedelta(0)


def test_a_clock_reopened_after_a_new_calendar_takes_it_over() -> None:
    stopped = clocks.stop(running("17 17:00", 2, TimeUnit.WORK_HOUR), CALENDAR, at("17 17:30"))
    friday_off = replace(CALENDAR, version=2, holidays={at("18 00:00").date(): "台风停工"})
    again = clocks.reopen(stopped, friday_off, at("17 18:00"), "返工")
    assert (again.due_at, again.calendar_version) == (at("20 09:30"), 2)
