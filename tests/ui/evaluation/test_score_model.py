"""The evaluation's words: points that add up, counts that are the cases behind them."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.evaluation.score_model import (
    NONE,
    Span,
    breakdown,
    cases_of,
    filters,
    legend,
    period,
    rate_text,
    scale_of,
    score_text,
)
from workflow.evaluation import DepartmentFacts, Scale, evaluate
from workflow.ids import CaseId, DepartmentId
from workflow.instants import CHINA_STANDARD_TIME
from workflow.queries import DepartmentScore, ScoredCase
from workflow.states import State

SCALE = scale_of("shift_leader_closes")
THURSDAY = datetime(2026, 11, 19, 23, 30, tzinfo=CHINA_STANDARD_TIME)


def scored(scale: Scale = SCALE, **counts: int) -> DepartmentScore:
    facts = DepartmentFacts(
        department_id=DepartmentId(1), department_name="市道路照明中心", **counts
    )
    return evaluate(facts, scale)


def case(*parts: str) -> ScoredCase:
    return ScoredCase(
        case_id=CaseId(1),
        number="26112000001",
        class_name="路灯",
        address="中山东一路",
        state=State.CLOSED,
        counts_in=parts,
    )


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        (Span.WEEK, "2026-11-16", "2026-11-20"),
        (Span.MONTH, "2026-11-01", "2026-11-20"),
        (Span.LAST_30_DAYS, "2026-10-21", "2026-11-20"),
        (Span.YEAR, "2026-01-01", "2026-11-20"),
    ],
)
def test_a_span_ends_with_today_and_is_half_open(span: Span, first: str, last: str) -> None:
    chosen = period(span, THURSDAY)
    assert f"{chosen.start:%Y-%m-%d %H:%M}" == f"{first} 00:00"
    assert f"{chosen.end:%Y-%m-%d %H:%M}" == f"{last} 00:00"


counts = st.integers(0, 400)


@given(counts, counts, counts, counts, counts)
def test_the_points_shown_add_up_to_the_score_shown(
    handled: int, overdue: int, on_time: int, closed: int, reworked: int
) -> None:
    score = scored(
        filed=handled + overdue,
        handled=handled,
        overdue_unhandled=overdue,
        handled_on_time=min(on_time, handled),
        closed=min(closed, handled),
        reworked=min(reworked, closed, handled),
    )
    shown = breakdown(score, SCALE)
    if score.score is None:
        assert shown.total == NONE
        assert shown.remark != ""
        return
    cents = [round(float(part.points) * 100) for part in shown.parts if part.points != NONE]
    assert sum(cents) == round(float(shown.total) * 100)


def test_a_part_without_a_denominator_is_a_dash_and_its_weight_is_spread() -> None:
    shown = breakdown(scored(filed=2, overdue_unhandled=2), SCALE)
    assert [part.points for part in shown.parts][-1] == NONE
    assert [part.weight for part in shown.parts] == ["14.3%", "42.9%", "42.9%", NONE]
    assert shown.remark != ""


def test_a_department_without_cases_has_dashes() -> None:
    score = scored()
    assert score_text(score) == NONE
    assert rate_text(score.closing_rate) == NONE
    assert breakdown(score, SCALE).parts == ()


def test_due_to_close_is_handled_and_overdue_together() -> None:
    score = scored(filed=3, handled=1, handled_on_time=1, overdue_unhandled=1)
    due = next(one for one in filters(score) if one.key == "due_to_close")
    cases = [case("filed", "handled"), case("filed", "overdue_unhandled"), case("filed")]
    assert due.count == 2
    assert cases_of(cases, due) == cases[:2]


def test_the_legend_covers_every_score_from_nought_to_a_hundred() -> None:
    assert legend(SCALE) == (
        ("A", "90–100"),
        ("B", "75–90"),
        ("C", "60–75"),
        ("D", "40–60"),
        ("E", "0–40"),
    )
