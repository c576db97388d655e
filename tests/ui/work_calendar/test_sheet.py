"""The sheet under edit: what a click makes of a day, what is kept, what is wrong."""

from datetime import date

import pytest

from tests.helpers.calendars import NEW_YEAR, NOTICE_2027, shipped
from ui.work_calendar.sheet import CalendarSheet, DayKind

MONDAY, SATURDAY = date(2026, 11, 23), date(2026, 11, 21)
NATIONAL_DAY = date(2026, 10, 1)


@pytest.fixture
def sheet() -> CalendarSheet:
    return CalendarSheet(shipped())


def test_a_worked_day_becomes_a_holiday_and_is_worked_again(sheet: CalendarSheet) -> None:
    sheet.cycle(MONDAY)
    assert sheet.kind_of(MONDAY) is DayKind.HOLIDAY
    assert sheet.is_changed(MONDAY)
    assert sheet.changed_days == (MONDAY,)
    sheet.cycle(MONDAY)
    assert sheet.kind_of(MONDAY) is DayKind.WORK
    assert not sheet.is_dirty


def test_a_weekend_becomes_a_make_up_day_then_a_holiday_then_a_weekend(
    sheet: CalendarSheet,
) -> None:
    kinds = []
    for _ in range(3):
        sheet.cycle(SATURDAY)
        kinds.append(sheet.kind_of(SATURDAY))
    assert kinds == [DayKind.MAKE_UP, DayKind.HOLIDAY, DayKind.WEEKEND]


def test_a_holiday_clicked_away_and_back_has_its_name_again(sheet: CalendarSheet) -> None:
    sheet.cycle(NATIONAL_DAY)
    assert sheet.kind_of(NATIONAL_DAY) is DayKind.WORK
    assert sheet.is_dirty
    sheet.cycle(NATIONAL_DAY)
    assert sheet.name_of(NATIONAL_DAY) == "国庆节"
    assert not sheet.is_dirty


def test_a_day_without_a_name_is_a_fault(sheet: CalendarSheet) -> None:
    sheet.cycle(MONDAY)
    sheet.rename(MONDAY, " ")
    assert [fault.values["field"] for fault in sheet.faults()] == ["name"]


def test_a_holiday_in_a_year_without_a_notice_is_a_fault_until_the_notice_is_written(
    sheet: CalendarSheet,
) -> None:
    sheet.cycle(date(2027, 1, 1))
    assert sheet.is_provisional(2027)
    assert len(sheet.faults()) == 1
    sheet.set_notice(2027, NOTICE_2027)
    assert not sheet.is_provisional(2027)
    assert sheet.faults() == ()
    sheet.set_notice(2027, "  ")
    assert sheet.is_provisional(2027)


def test_a_file_is_taken_whole_or_not_at_all(sheet: CalendarSheet) -> None:
    bad = sheet.take(NEW_YEAR.encode() + "2027-02-30,,holiday,春节\n".encode())
    assert [fault.values["row"] for fault in bad] == [6]
    assert not sheet.is_dirty
    assert sheet.take(b"\xff\xff") != ()
    assert sheet.take(NEW_YEAR.encode()) == ()
    assert sheet.kind_of(date(2027, 1, 30)) is DayKind.MAKE_UP
    assert sheet.notices[2027] == NOTICE_2027


def test_a_draft_is_there_again_with_what_was_taken_out_and_what_is_wrong(
    sheet: CalendarSheet,
) -> None:
    sheet.cycle(NATIONAL_DAY)
    sheet.cycle(date(2027, 5, 3))
    again = CalendarSheet(shipped())
    assert again.restore(sheet.plain())
    assert again.days == sheet.days
    assert again.notices == sheet.notices
    assert [fault.values for fault in again.faults()] == [fault.values for fault in sheet.faults()]


@pytest.mark.parametrize(
    "plain", [{}, {"base": 2, "file": ""}, {"base": 1, "file": "x"}, {"base": 1}]
)
def test_a_draft_of_another_version_or_a_damaged_one_is_not_taken(
    sheet: CalendarSheet, plain: dict[str, object]
) -> None:
    assert not sheet.restore(plain)
