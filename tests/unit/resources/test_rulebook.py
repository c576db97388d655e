"""The shipped tables: complete, consistent with each other, and nothing invented in them."""

import re
from collections import Counter
from datetime import date, timedelta

import pytest

from resources import rulebook
from tests.helpers.ground import real_calendar, real_catalog
from workflow.calendar import TimeUnit
from workflow.case import CaseKind
from workflow.clocks import ClockKind

PLAIN_LIMIT = re.compile(r"(\d+)(紧急工作时|紧急工作日|小时|天)")
UNIT_OF_WORD = {
    "紧急工作时": "urgent_hour",
    "紧急工作日": "urgent_day",
    "小时": "work_hour",
    "天": "work_day",
}


def test_every_edition_has_the_rows_that_our_sources_have() -> None:
    counts = Counter((row.edition, row.kind) for row in rulebook.class_rows())
    assert counts == {
        (rulebook.CJT_214_2007, "component"): 85 + 1,
        (rulebook.CJT_214_2007, "event"): 54 + 1,
        (rulebook.GBT_30428_2_2013, "component"): 121,
        (rulebook.GBT_30428_2_2013, "event"): 79,
        (rulebook.GBT_47678_5_2026, "component"): 153,
        (rulebook.GBT_47678_5_2026, "event"): 250,
        (rulebook.DEMO_EDITION, "component"): 92,
        (rulebook.DEMO_EDITION, "event"): 98,
    }


def test_the_blank_names_stay_blank() -> None:
    blank = {
        (row.edition, row.kind, row.big_code + row.small_code)
        for row in rulebook.class_rows()
        if not row.small_name
    }
    assert blank == {
        (rulebook.CJT_214_2007, "component", "21"),
        (rulebook.CJT_214_2007, "event", "21"),
        *((rulebook.GBT_30428_2_2013, "component", code) for code in ("0116", "0501", "0505")),
        *((rulebook.GBT_30428_2_2013, "event", code) for code in ("0407", "0601", "0603")),
    }


def test_every_class_row_says_how_sure_it_is() -> None:
    assert all(row.confidence for row in rulebook.class_rows())


@pytest.mark.parametrize(
    ("edition", "digits"),
    [
        (rulebook.CJT_214_2007, 4),
        (rulebook.GBT_30428_2_2013, 4),
        (rulebook.GBT_47678_5_2026, 5),
        (rulebook.DEMO_EDITION, 4),
    ],
)
def test_every_edition_makes_a_catalog_with_codes_of_one_length(edition: str, digits: int) -> None:
    usable = [entry for kind in CaseKind for entry in real_catalog(edition).usable(kind)]
    assert usable
    assert {len(entry.code) for entry in usable} == {digits}
    assert all(entry.code.isdigit() for entry in usable)


def test_every_class_of_the_demo_edition_has_filing_conditions() -> None:
    catalog = real_catalog()
    assert len(catalog.conditions) == 519
    assert Counter(c.kind for c in catalog.conditions) == {"component": 375, "event": 144}
    assert all(catalog.conditions_of(entry.kind, entry.code) for entry in catalog)
    assert all(c.closing_condition and c.text and c.limit_text for c in catalog.conditions)


def test_condition_ids_name_their_class_and_count_without_gaps() -> None:
    seen: Counter[tuple[str, str]] = Counter()
    for row in rulebook.condition_rows():
        seen[row.kind, row.class_code] += 1
        big, small = row.class_code[:2], row.class_code[2:]
        number = seen[row.kind, row.class_code]
        assert row.id == f"{row.kind[0].upper()}-{big}-{small}-{number}"


def test_every_limit_is_what_its_own_words_say() -> None:
    irregular = []
    for row in rulebook.condition_rows():
        words = PLAIN_LIMIT.fullmatch(row.limit_text)
        if words is None:
            irregular.append((row.id, row.limit_text))
        else:
            assert (row.limit_amount, row.limit_unit) == (int(words[1]), UNIT_OF_WORD[words[2]])
    assert irregular == [("E-01-22-1", "1紧急工作时制止")]


def test_the_limits_that_needed_a_decision_say_so() -> None:
    noted = {row.id for row in rulebook.condition_rows() if row.limit_note}
    assert noted == {
        "C-01-10-2",
        "C-01-11-2",
        "C-01-14-2",
        "C-04-02-2",
        "E-01-01-1",
        "E-01-02-1",
        "E-01-22-1",
        "E-01-98-1",
        "E-01-99-1",
    }


def test_every_clock_but_handling_has_a_stage_limit_with_its_basis() -> None:
    rows = rulebook.stage_limit_rows()
    assert {row.kind for row in rows} == {kind.value for kind in ClockKind} - {"handle"}
    assert all(TimeUnit(row.limit_unit) for row in rows)
    sourced = {row.kind for row in rows if row.basis == "软件默认值"}
    assert sourced == {"accept", "verify", "dispatch", "check"}
    assert {row.basis for row in rows} == {"软件默认值", "演示设置，无出处"}


def test_the_days_of_2026_are_those_of_the_official_notice() -> None:
    blocks = {
        "元旦": ("2026-01-01", 3),
        "春节": ("2026-02-15", 9),
        "清明节": ("2026-04-04", 3),
        "劳动节": ("2026-05-01", 5),
        "端午节": ("2026-06-19", 3),
        "中秋节": ("2026-09-25", 3),
        "国庆节": ("2026-10-01", 7),
    }
    expected = {
        date.fromisoformat(first) + timedelta(days=number): name
        for name, (first, count) in blocks.items()
        for number in range(count)
    }
    rows = [row for row in rulebook.day_rows() if row.day.year == 2026]
    assert {row.day: row.name for row in rows if row.kind == "holiday"} == expected
    assert {row.day.isoformat() for row in rows if row.kind == "makeup"} == {
        "2026-01-04",
        "2026-02-14",
        "2026-02-28",
        "2026-05-09",
        "2026-09-20",
        "2026-10-10",
    }


def test_every_year_with_days_has_its_notice_and_no_other_year_has() -> None:
    assert set(rulebook.notices()) == {row.day.year for row in rulebook.day_rows()}
    assert real_calendar().notice_years == {2024, 2025, 2026}


def test_make_up_days_fall_on_weekends() -> None:
    assert all(row.day.weekday() >= 5 for row in rulebook.day_rows() if row.kind == "makeup")
