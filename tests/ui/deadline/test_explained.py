"""The deadline in words: exact to the second, every stretch, every pause, every rule."""

from dataclasses import replace

import pytest

from tests.helpers import told_cases
from tests.helpers.told_cases import Told
from tests.helpers.walked_file import walked_file
from ui.deadline.brushes import look_name
from ui.deadline.cells import Look, course
from ui.deadline.explained import explain, short
from ui.deadline.extension import extended, extension_words
from ui.deadline.responsibility import share_table
from ui.deadline.ruler import life_ruler
from ui.deadline.spans import MarkKind, RowKind
from ui.deadline.words import exact, tick
from workflow.errors import NotFound
from workflow.limits import Limit, TimeUnit


def sentences(told: Told, kind: RowKind) -> list[str]:
    ruler = life_ruler(told.file, told.now)
    return [span.sentence for row in ruler.rows if row.kind is kind for span in row.spans]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 秒"), (59, "59 秒"), (60, "1 分"), (13_212, "3 时 40 分 12 秒"), (90_000, "25 时")],
)
def test_a_length_is_said_to_the_second(seconds: int, words: str) -> None:
    assert exact(seconds) == words


def test_days_are_said_of_wall_time_only() -> None:
    assert exact(90_061, days=True) == "1 天 1 时 1 分 1 秒"


def test_a_stretch_says_when_it_was_what_counted_and_with_whom() -> None:
    said = sentences(told_cases.over_a_weekend(), RowKind.TIME)
    assert "11-20 14:30–14:33:06 计入受理时限 3 分 6 秒，受理员 何静经办" in said
    assert "11-20 18:00–11-21 00:00 非工作时间，不计时 6 时" in said
    assert "11-21 00:00–11-23 00:00 周末，不计时 2 天" in said
    assert "11-23 08:43:30–11:20:17 超过处置时限，计 2 时 36 分 47 秒，照明中心经办" in said


def test_a_pause_says_by_whom_and_why_and_when_it_went_on() -> None:
    said = sentences(told_cases.extended(), RowKind.PAUSES)
    assert said[0] == (
        "11-18 09:12:06 起立案停表：发核实（何静），11-18 09:40:12 恢复，共停 28 分 6 秒"
    )
    assert "拒签退件（照明中心值班）" in said[1]


def test_a_suspension_says_until_when_and_how_long_it_lasts_already() -> None:
    told = told_cases.suspended()
    (said,) = {one for one in sentences(told, RowKind.TIME) if "同意挂账" in one}
    assert said == (
        "09-24 16:15:30 起处置停表：同意挂账（周敏），复核日 12-28 08:00，"
        "至今已停 59 天 18 时 26 分 30 秒"
    )


def test_an_extension_says_from_when_to_when_and_by_whom() -> None:
    (said,) = sentences(told_cases.extended(), RowKind.MOVES)
    assert "处置时限延长 4 工作时（派遣员 周敏）" in said
    assert "到期由 11-18 16:50:12 改为 11-19 10:50:12" in said


def test_clocks_beside_the_main_ones_have_rows_of_their_own() -> None:
    ruler = life_ruler(told_cases.extended().file, told_cases.extended().now)
    side = {row.title: row for row in ruler.rows if row.kind is RowKind.SIDE}
    assert list(side) == ["协办", "签收"]
    assert [span.late for span in side["协办"].spans] == [True]
    assert [span.late for span in side["签收"].spans] == [False, False]


def test_who_is_late_by_a_night_alone_is_late() -> None:
    told = told_cases.reworked_often()
    table = share_table(told.file, course(told.file, told.now).pieces)
    lines = {(line.name, line.clock): line for line in table.lines}
    assert lines["照明中心", "处置"].late == 0
    assert lines["照明中心", "处置"].is_late


def test_the_headline_has_clock_limit_use_and_deadline_and_the_rule_its_source() -> None:
    told = told_cases.over_a_weekend()
    lines = short(told.file, told.now).splitlines()
    assert lines[0] == (
        "处置计时，时限 4 工作时 · 已用 6 时 36 分 47 秒 · 超时 2 时 36 分 47 秒 · "
        "11-23 08:43:30 到期"
    )
    assert "立案标准 C-01-01-2" in lines[1]
    assert "派遣（周敏）" in lines[2]
    assert "日历第 1 版" in lines[2]
    assert len(lines) == 3


def test_in_the_night_after_its_last_minute_a_case_is_overdue_without_a_minute_more() -> None:
    walk = told_cases.handled("2026-11-20 13:46:30")
    evening = told_cases.at("2026-11-20 20:00:00")
    said = short(walked_file(walk), evening).splitlines()[0]
    assert "已用 4 时 · 已超时，到期后尚无工作时间 · 11-20 18:00 到期" in said


def test_a_deadline_in_a_year_without_a_notice_is_provisional_wherever_it_is_said() -> None:
    told = told_cases.across_the_year()
    assert "2027 年的放假通知尚未公布" in short(told.file, told.now)
    due = [m for m in life_ruler(told.file, told.now).marks if m.kind is MarkKind.DUE]
    assert "暂定" in due[0].text


def test_the_lines_of_the_table_add_up_to_the_wall_time_to_the_second() -> None:
    for make in told_cases.ALL:
        told = make()
        made = course(told.file, told.now)
        table = share_table(told.file, made.pieces)
        wall = (made.until - told.file.case.reported_at).total_seconds()
        assert sum(line.wall for line in table.lines) == table.total.wall == int(wall)


def test_the_share_of_a_holder_has_the_limits_it_was_given() -> None:
    told = told_cases.reworked()
    table = share_table(told.file, course(told.file, told.now).pieces)
    lines = {(line.name, line.clock): line for line in table.lines}
    assert lines["照明中心", "处置"].limit == "4 工作时 \u00d7 2"
    assert lines["照明中心", "处置"].late > 0
    assert lines["受理员 何静", "受理"].limit == "15 分钟"


def test_everything_is_said_for_the_print() -> None:
    told = told_cases.extended()
    lines = explain(told.file, told.now)
    assert lines[0].startswith("处置计时，时限 8 工作时")
    assert "道路所 · 处置：计入 6 时 49 分 56 秒（时限 8 工作时） · 不计时 16 时" in lines
    assert lines[-1].startswith("协办计时")


def test_what_an_extension_would_do_is_said_with_the_nights_between() -> None:
    told = told_cases.over_a_weekend()
    thought = extended(told.file, Limit(8, TimeUnit.WORK_HOUR), told.now)
    assert thought is not None
    assert thought.words.splitlines() == [
        "到期由 11-23 08:43:30 改为 11-24 08:43:30",
        "推后 1 天，其间跨过 午休 \u00d7 1、夜间 \u00d7 1，不计时",
        "已经超时：超时案件不予延期，仅供试算。",
    ]


def test_of_a_suspended_case_the_extension_counts_from_its_review_date() -> None:
    told = told_cases.suspended()
    thought = extended(told.file, Limit(4, TimeUnit.WORK_HOUR), told.now)
    assert thought is not None
    assert thought.words.splitlines()[0] == "到期由 12-28 11:03 改为 12-28 17:03"


def test_the_form_that_asks_for_an_extension_says_the_same_or_nothing() -> None:
    told = told_cases.extended()
    four_hours = Limit(4, TimeUnit.WORK_HOUR)
    thought = extended(told.file, four_hours, told.now)
    assert thought is not None
    assert extension_words(told.file, four_hours, told.now) == thought.words
    assert extension_words(told.file, Limit(1, TimeUnit.NATURAL_DAY), told.now) == ""
    assert extension_words(told.file, None, told.now) == ""
    ended = told_cases.reworked()
    assert extension_words(ended.file, four_hours, ended.now) == ""


def test_of_an_ended_case_nothing_is_extended() -> None:
    told = told_cases.reworked()
    assert extended(told.file, Limit(4, TimeUnit.WORK_HOUR), told.now) is None


def test_a_missing_calendar_is_an_error_and_no_guess() -> None:
    told = told_cases.fresh()
    with pytest.raises(NotFound):
        course(replace(told.file, calendars={}), told.now)


def test_every_look_has_a_name_in_the_legend() -> None:
    assert len({look_name(look) for look in Look}) == len(Look)


def test_a_tick_says_the_day_once_and_seconds_only_within_a_minute() -> None:
    first = told_cases.at("2026-11-20 18:03:05")
    assert tick(first, None) == "11-20 18:03"
    assert tick(told_cases.at("2026-11-20 18:03:57"), first) == "18:03:57"
    assert tick(told_cases.at("2026-11-20 18:30:57"), first) == "18:30"
    assert tick(told_cases.at("2026-11-21 08:00:00"), first) == "11-21 08:00"
