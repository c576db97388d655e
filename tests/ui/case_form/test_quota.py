"""The extension quota: said before anything is sent, in numbers, and what one more comes to."""

from dataclasses import replace
from datetime import date

import pytest

from tests.helpers.trade import DEPARTMENT, DISPATCHER, FRIDAY_MORNING, LIGHTS, manhole_report
from tests.ui.case_form.conftest import EngineDesk
from ui.case_form.quota_words import is_over, quota_counts, quota_verdict
from workflow.surroundings import Quota

MONTH = Quota(
    department_id=LIGHTS,
    department_name="照明中心",
    month=date(2026, 11, 1),
    extended=2,
    base=87,
    percent=3,
)


def read(words: str) -> str:
    """As it is read: where a line may not break is nothing to see."""
    return words.replace("\u00a0", " ")


def test_a_month_beyond_its_quota_says_so() -> None:
    assert read(quota_counts(MONTH)) == "照明中心 11 月：已延期 2 / 本月应处置 87，上限 3 %（2 件）"
    assert read(quota_verdict(MONTH)) == "本次后 3.4 %：超出配额，须领导审批，计入考核"
    assert is_over(MONTH)


def test_a_month_within_its_quota_says_what_is_left() -> None:
    within = replace(MONTH, extended=1)
    assert read(quota_verdict(within)) == "本次后 2.3 %：在配额内，之后还余 0 件"
    assert not is_over(within)


def test_a_month_without_cases_says_that_there_is_nothing_to_count_on() -> None:
    empty = replace(MONTH, extended=0, base=0)
    assert quota_counts(empty) == "照明中心 11 月：已延期 0 / 本月应处置 0"
    assert "须领导审批" in quota_verdict(empty)
    assert is_over(empty)


@pytest.mark.parametrize("step", ["move-askExtension", "move-askSuspend"])
def test_the_meter_is_seen_before_an_extension_is_asked_for_and_not_otherwise(
    desk: EngineDesk, step: str
) -> None:
    steps = ("accept", "file", "dispatch", "sign")
    case_id = desk.record.walk(*steps, at=FRIDAY_MORNING, report=manhole_report())
    desk.show(case_id, DEPARTMENT)
    assert not desk.sees("quota-meter")
    desk.press(step)
    assert desk.sees("quota-meter") is (step == "move-askExtension")
    assert desk.case(case_id).request_kind is None


def test_who_rules_sees_the_meter_without_pressing_anything(desk: EngineDesk) -> None:
    steps = ("accept", "file", "dispatch", "sign", "askExtension")
    case_id = desk.record.walk(*steps, at=FRIDAY_MORNING, report=manhole_report())
    desk.show(case_id, DISPATCHER)
    assert desk.sees("move-auditExtension-approved")
    assert desk.sees("quota-meter")
