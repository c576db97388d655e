"""Calendars that people wrote: what is refused, and by which row and field."""

import csv
from datetime import date, time
from pathlib import Path

import pytest

from resources import rulebook
from tests.helpers.ground import real_calendar
from workflow.calendar import InvalidCalendar
from workflow.calendar_rows import calendar_faults, calendar_from_rows

NOTICES = [{"year": "2026", "notice": "国办发明电〔2025〕7号"}]
SPRING = {"date": "2026-02-15", "kind": "holiday", "name": "春节"}
MAKE_UP = {"date": "2026-02-14", "kind": "makeup", "name": "春节调休上班"}


def day(text: str, kind: str = "holiday", name: str = "国庆节", **more: str) -> dict[str, str]:
    return {"date": text, "kind": kind, "name": name, **more}


def notice(year: str, text: str = "通知") -> dict[str, str]:
    return {"year": year, "notice": text}


def hours(*spans: str) -> list[dict[str, str]]:
    return [dict(zip(("start", "end"), span.split("-"), strict=True)) for span in spans]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_shipped_files_are_a_calendar() -> None:
    calendar = calendar_from_rows(
        1,
        rows_of(rulebook.CALENDAR / "cn_days.csv"),
        rows_of(rulebook.CALENDAR / "cn_notices.csv"),
    )
    real = real_calendar()
    assert calendar.holidays == real.holidays
    assert calendar.make_up_days == real.make_up_days
    assert calendar.notice_years == real.notice_years
    assert (calendar.spans, calendar.weekend) == (real.spans, real.weekend)


def test_a_row_may_span_days_and_lie_on_an_ordinary_weekend() -> None:
    days = [day("2026-10-01", until="2026-10-07"), day("2026-10-10", "makeup", "调休")]
    calendar = calendar_from_rows(3, days, NOTICES)
    assert sorted(calendar.holidays) == [date(2026, 10, number) for number in range(1, 8)]
    assert set(calendar.holidays.values()) == {"国庆节"}
    assert calendar.make_up_days == {date(2026, 10, 10): "调休"}
    assert calendar.version == 3


def test_working_hours_are_read_up_to_midnight() -> None:
    calendar = calendar_from_rows(1, [SPRING], NOTICES, hours("7:00-11:30", "20:00-24:00"))
    assert calendar.spans == ((time(7), time(11, 30)), (time(20), time(0)))
    assert calendar_from_rows(1, [SPRING], NOTICES, hours("00:00-24:00")).spans == (
        (time(0), time(0)),
    )


@pytest.mark.parametrize(
    ("row", "field", "words"),
    [
        ({**SPRING, "date": ""}, "date", "nothing stands here"),
        ({"kind": "holiday", "name": "春节"}, "date", "nothing stands here"),
        ({**SPRING, "date": "2026-02-30"}, "date", "2026-02-30 is not a day"),
        ({**SPRING, "date": "20260215"}, "date", "20260215 is not a day"),
        ({**SPRING, "date": "15.2.2026"}, "date", "15.2.2026 is not a day"),
        ({**SPRING, "kind": "off"}, "kind", "off is not known; write holiday or makeup"),
        ({**SPRING, "kind": " "}, "kind", "nothing stands here"),
        ({**SPRING, "name": ""}, "name", "nothing stands here"),
        ({**SPRING, "date": "2026-02-14"}, "date", "2026-02-14 stands in row 2 already"),
        ({**SPRING, "date": "2027-01-01"}, "date", "without a holiday notice; add the notice of"),
        ({**MAKE_UP, "date": "2026-02-13"}, "date", "2026-02-13 is worked anyway"),
        ({**SPRING, "until": "2026-02-14"}, "until", "correct 2026-02-15 or 2026-02-14"),
        ({**SPRING, "until": "2027-02-18"}, "until", "31 days at most"),
        ({**SPRING, "until": "soon"}, "until", "soon is not a day"),
    ],
)
def test_a_bad_day_is_named_by_row_and_field(row: dict[str, str], field: str, words: str) -> None:
    with pytest.raises(InvalidCalendar, match=words) as caught:
        calendar_from_rows(1, [MAKE_UP, row], NOTICES)
    assert (caught.value.values["row"], caught.value.values["field"]) == (3, field)
    assert str(caught.value).startswith(f"节假日, row 3, {field}: ")


def test_spans_of_days_must_not_cross() -> None:
    days = [day("2026-10-01", until="2026-10-07"), day("2026-10-05", until="2026-10-09")]
    with pytest.raises(InvalidCalendar, match="2026-10-05 stands in row 2 already"):
        calendar_from_rows(1, days, NOTICES)
    days = [day("2026-10-01", until="2026-10-07"), day("2026-10-04", "makeup", "调休")]
    with pytest.raises(InvalidCalendar, match="2026-10-04 stands in row 2 already"):
        calendar_from_rows(1, days, NOTICES)


def test_a_span_across_the_new_year_needs_the_notices_of_both_years() -> None:
    days = [day("2026-12-31", until="2027-01-02", name="元旦")]
    with pytest.raises(InvalidCalendar, match="2027-01-01 lies in a year without"):
        calendar_from_rows(1, days, NOTICES)
    both = calendar_from_rows(1, days, [*NOTICES, notice("2027")])
    assert len(both.holidays) == 3


@pytest.mark.parametrize(
    ("row", "field", "words"),
    [
        (notice("26"), "year", "26 is not a year"),
        (notice("二〇二六"), "year", "is not a year"),
        (notice(""), "year", "nothing stands here"),
        (notice("2026"), "year", "2026 stands in row 2 already"),
        (notice("2027", ""), "notice", "nothing stands here"),
        (notice("2027"), "year", "2027 has a notice but not one holiday"),
        (notice("2028"), "year", "the year before 2028 has no notice but earlier ones have"),
    ],
)
def test_a_bad_notice_is_named_by_row_and_field(
    row: dict[str, str], field: str, words: str
) -> None:
    with pytest.raises(InvalidCalendar, match=words) as caught:
        calendar_from_rows(1, [SPRING], [*NOTICES, row])
    values = caught.value.values
    assert (values["table"], values["row"], values["field"]) == ("放假通知", 3, field)


@pytest.mark.parametrize(
    ("span", "field", "words"),
    [
        ("11:00-18:00", "start", "overlap here or run backwards"),
        ("06:00-07:00", "start", "overlap here or run backwards"),
        ("18:00-14:00", "end", "overlap here or run backwards"),
        ("14:00-14:00", "end", "overlap here or run backwards"),
        ("24:00-24:00", "end", "overlap here or run backwards"),
        ("14:00-25:00", "end", "25:00 is not a time of day"),
        ("14:00-18:60", "end", "18:60 is not a time of day"),
        ("2 pm-18:00", "start", "2 pm is not a time of day"),
        ("14:00-", "end", "nothing stands here"),
    ],
)
def test_bad_working_hours_are_named_by_row_and_field(span: str, field: str, words: str) -> None:
    with pytest.raises(InvalidCalendar, match=words) as caught:
        calendar_from_rows(1, [SPRING], NOTICES, hours("08:00-12:00", span))
    values = caught.value.values
    assert (values["table"], values["row"], values["field"]) == ("工作时段", 3, field)


def test_every_fault_of_a_table_under_edit_is_told_at_once() -> None:
    faults = calendar_faults(
        [{**SPRING, "date": "2026-02-30"}, {**SPRING, "kind": "off"}, SPRING],
        [*NOTICES, notice("27")],
        hours("08:00-12:00", "11:00-18:00"),
    )
    assert [(fault.values["table"], fault.values["row"]) for fault in faults] == [
        ("放假通知", 3),
        ("节假日", 2),
        ("节假日", 3),
        ("工作时段", 3),
    ]
    assert calendar_faults([SPRING], NOTICES) == ()


def test_a_week_without_work_is_refused_here_too() -> None:
    (fault,) = calendar_faults([SPRING], NOTICES, weekend=frozenset(range(7)))
    assert "needs a weekday that is worked" in str(fault)
