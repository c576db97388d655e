"""A calendar in one CSV file: what it adds to the one in force, and every way it can be bad."""

from datetime import date, time

import pytest

from tests.helpers.calendars import NEW_YEAR, NOTICE_2027, shipped
from workflow.calendar import InvalidCalendar
from workflow.calendar_file import LARGEST, faults, read, write
from workflow.calendar_versions import CalendarDraft, draft_of

HEAD = "date,until,kind,name\n"
IN_FORCE = draft_of(shipped())


def drafted(text: str, encoding: str = "utf-8") -> CalendarDraft:
    return read(text.encode(encoding), IN_FORCE)


def said(text: str) -> list[tuple[object, object, object]]:
    """Table, row and field of every fault."""
    return [
        (one.values["table"], one.values["row"], one.values["field"])
        for one in faults(drafted(text))
    ]


def test_a_year_is_added_and_the_others_stay() -> None:
    draft = drafted(NEW_YEAR)
    assert faults(draft) == ()
    calendar = draft.calendar(2)
    old = shipped().calendar
    assert calendar.notice_years == old.notice_years | {2027}
    assert draft.notice_names() == {**shipped().notices, 2027: NOTICE_2027}
    assert calendar.holidays.items() > old.holidays.items()
    assert calendar.holidays[date(2027, 2, 12)] == "春节"
    assert calendar.make_up_days[date(2027, 1, 30)] == "春节调休上班"
    assert calendar.spans == old.spans


def test_a_year_whose_notice_comes_anew_is_replaced_as_a_whole() -> None:
    text = HEAD + "2026,,notice,新通知\n2026-10-01,2026-10-08,holiday,国庆节\n"
    calendar = drafted(text).calendar(2)
    assert {day for day in calendar.holidays if day.year == 2026} == {
        date(2026, 10, number) for number in range(1, 9)
    }
    assert not any(day.year == 2026 for day in calendar.make_up_days)
    assert calendar.notice_years == shipped().calendar.notice_years


def test_days_without_a_notice_are_added_or_take_a_day_s_place() -> None:
    old = shipped().calendar
    text = HEAD + "2026-11-23,,holiday,防汛停工\n2026-10-03,2026-10-04,holiday,改名\n"
    calendar = drafted(text).calendar(2)
    assert calendar.holidays == {
        **old.holidays,
        date(2026, 11, 23): "防汛停工",
        date(2026, 10, 3): "改名",
        date(2026, 10, 4): "改名",
    }
    assert calendar.make_up_days == old.make_up_days


def test_working_hours_may_come_along() -> None:
    text = HEAD + "09:00,12:00,hours,上午\n13:00,24:00,hours,下午\n"
    assert drafted(text).calendar(2).spans == ((time(9), time(12)), (time(13), time(0)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_chinese_headings_and_kinds_are_read_from_what_spreadsheets_save(encoding: str) -> None:
    text = "日期,至,类别,名称,备注\n2027,,放假通知,通知,\n2027-01-01,,放假,元旦,周五\n"
    draft = drafted(text, encoding)
    assert faults(draft) == ()
    assert draft.calendar(2).holidays[date(2027, 1, 1)] == "元旦"


def test_what_is_written_is_read_back_as_the_same_calendar() -> None:
    again = read(write(IN_FORCE), IN_FORCE)
    old, new = shipped().calendar, again.calendar(1)
    assert (new.holidays, new.make_up_days) == (old.holidays, old.make_up_days)
    assert (new.notice_years, new.spans) == (old.notice_years, old.spans)
    assert again.notice_names() == shipped().notices


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ("2026-02-30,,holiday,春节\n", ("节假日", 2, "date")),
        ("2026-10-01,,feast,国庆节\n", ("节假日", 2, "kind")),
        ("2026-10-01,,holiday,\n", ("节假日", 2, "name")),
        ("2026-10-01,2026-09-30,holiday,国庆节\n", ("节假日", 2, "until")),
        ("2026-10-01,,holiday,a\n2026-10-01,,makeup,b\n", ("节假日", 3, "date")),
        ("2026-10-01,2026-10-03,holiday,a\n\n2026-10-03,,holiday,b\n", ("节假日", 4, "date")),
        ("2026-10-12,,makeup,调休\n", ("节假日", 2, "date")),
        ("2028-01-01,,holiday,元旦\n", ("节假日", 2, "date")),
        ("2028,,notice,通知\n2028-01-01,,holiday,元旦\n", ("放假通知", 2, "date")),
        ("2027,,notice,通知\n", ("放假通知", 2, "date")),
        ("2027,,notice,\n2027-01-01,,holiday,元旦\n", ("放假通知", 2, "name")),
        ("27,,notice,通知\n", ("放假通知", 2, "date")),
        ("09:00,12:00,hours,\n11:00,18:00,hours,\n", ("工作时段", 3, "date")),
        ("09:00,08:00,hours,\n", ("工作时段", 2, "until")),
        ("9 点,12:00,hours,\n", ("工作时段", 2, "date")),
    ],
)
def test_a_fault_names_the_row_and_the_column_of_the_file(
    rows: str, place: tuple[str, int, str]
) -> None:
    assert place in said(HEAD + rows)


def test_all_faults_are_told_from_top_to_bottom() -> None:
    text = HEAD + "2026-02-30,,holiday,春节\n27,,notice,通知\n2026-10-01,,feast,国庆节\n"
    assert [row for _, row, _ in said(text)] == [2, 3, 4]


@pytest.mark.parametrize(
    ("data", "row", "field"),
    [
        (b"", 1, "date"),
        (b"when,what\n2026-10-01,x\n", 1, "date"),
        (b"date,kind\n2026-10-01,holiday\n", 1, "name"),
        (b"date,date,kind,name\n", 1, "date"),
        (b"date,until,kind,name\n2026-10-01,,holiday,a,b,c\n", 2, "name"),
        (b'date,until,kind,name\n2026-10-01,,holiday,"a\n', 2, "date"),
        (b"\xff\xfe\x00\x81", 1, "date"),
        (b"x" * (LARGEST + 1), 1, "date"),
        (b"date,until,kind,name\n2026-12-31,2027-01-02,holiday,a\n", 2, "until"),
    ],
)
def test_what_is_no_such_file_is_refused_with_its_row(data: bytes, row: int, field: str) -> None:
    with pytest.raises(InvalidCalendar) as refused:
        read(data, IN_FORCE)
    assert (refused.value.values["row"], refused.value.values["field"]) == (row, field)
    assert str(refused.value)
