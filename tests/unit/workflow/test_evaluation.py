"""The department's score: its formula by hand, its borders, and how a case moves it."""

from collections import Counter
from datetime import timedelta

import pytest

from resources import profile
from tests.helpers.case_walk import MAIN_LINE, CaseWalk
from tests.helpers.trade import FRIDAY_MORNING, LIGHTS
from workflow.evaluation import CaseFacts, DepartmentFacts, Scale, counts_in, evaluate
from workflow.queries import DepartmentScore
from workflow.states import State

SCALE = Scale.from_rows(profile.rows("evaluation"))
LATER = FRIDAY_MORNING + timedelta(days=30)


def facts(**counts: int) -> DepartmentFacts:
    """A department's counts."""
    return DepartmentFacts(department_id=LIGHTS, department_name="照明中心", **counts)


def score_of(*walks: CaseWalk, after: timedelta = timedelta()) -> DepartmentScore:
    """The score that these cases make together, each looked at in its own now."""
    counts = Counter(
        part for walk in walks for part in counts_in(CaseFacts.of(walk.case), walk.now + after)
    )
    return evaluate(facts(**counts), SCALE)


def test_the_formula_is_that_of_cjt_292_worked_out_by_hand() -> None:
    score = evaluate(
        facts(
            filed=120,
            handled=90,
            handled_on_time=72,
            overdue_unhandled=10,
            closed=80,
            reworked=9,
        ),
        SCALE,
    )
    assert score.filed_points == 75
    assert score.due_to_handle == score.due_to_close == 100
    assert score.closing_rate == pytest.approx(0.80)
    assert score.on_time_rate == pytest.approx(0.72)
    assert score.rework_rate == pytest.approx(0.10)
    assert score.score == pytest.approx(7.5 + 24 + 21.6 + 27)
    assert score.grade == "B"


@pytest.mark.parametrize(
    ("filed", "points"),
    [
        (0, 100),
        (50, 100),
        (51, 90),
        (100, 90),
        (101, 75),
        (200, 75),
        (201, 60),
        (500, 60),
        (501, 40),
        (999, 40),
        (1000, 0),
        (100_000, 0),
    ],
)
def test_the_scale_of_filed_cases_has_no_gap_and_no_overlap(filed: int, points: float) -> None:
    assert SCALE.filed_points(filed) == points


@pytest.mark.parametrize(
    ("score", "grade"),
    [(100, "A"), (90, "A"), (89.999, "B"), (75, "B"), (60, "C"), (59.9, "D"), (40, "D"), (0, "E")],
)
def test_grades_are_half_open(score: float, grade: str) -> None:
    assert SCALE.grade(score) == grade
    assert SCALE.grade(None) == ""


def test_the_weights_are_a_hundred_percent() -> None:
    assert sum(SCALE.weights.values()) == 100


def test_a_department_without_cases_has_no_score_and_no_rates() -> None:
    score = evaluate(facts(), SCALE)
    assert (score.score, score.grade) == (None, "")
    assert (score.closing_rate, score.on_time_rate, score.rework_rate) == (None, None, None)


def test_work_that_is_not_yet_due_is_not_judged() -> None:
    score = score_of(CaseWalk().to(State.HANDLING))
    assert (score.filed, score.due_to_handle, score.score) == (1, 0, None)


def test_a_part_without_a_denominator_leaves_its_weight_to_the_others() -> None:
    score = evaluate(facts(filed=1, overdue_unhandled=1), SCALE)
    assert (score.closing_rate, score.on_time_rate, score.rework_rate) == (0, 0, None)
    assert score.score == pytest.approx(100 * 10 / 70)


def test_the_score_moves_when_the_case_closes() -> None:
    walk = CaseWalk()
    scores = []
    for step in MAIN_LINE:
        walk.do(step, after=1)
        scores.append(score_of(walk).score)
    before, after = scores[-2:]
    assert before == pytest.approx(70)  # handled in time, not yet closed: 10 + 0 + 30 + 30
    assert after == pytest.approx(100)
    assert score_of(walk).grade == "A"


def test_a_case_counts_where_it_stands() -> None:
    walk = CaseWalk().to(State.HANDLING)
    due = walk.case.timing.handle_due_at
    assert due is not None
    in_hand = CaseFacts.of(walk.case)
    assert counts_in(in_hand, due) == ("filed",)
    assert counts_in(in_hand, due + timedelta(milliseconds=1)) == ("filed", "overdue_unhandled")
    fed_back = CaseFacts.of(walk.do("feedback", after=5).case)
    assert counts_in(fed_back, LATER) == ("filed", "handled", "handled_on_time")
    closed = CaseFacts.of(walk.to(State.CLOSED).case)
    assert counts_in(closed, LATER) == ("filed", "handled", "handled_on_time", "closed")


def test_a_case_handled_late_is_handled_but_not_on_time() -> None:
    walk = CaseWalk().to(State.HANDLING).do("feedback", after=60 * 24 * 5)
    assert counts_in(CaseFacts.of(walk.case), LATER) == ("filed", "handled")


def test_a_rework_counts_when_the_case_is_closed_and_once_however_often() -> None:
    walk = CaseWalk().to(State.PENDING_CLOSE).do("rework")
    assert counts_in(CaseFacts.of(walk.case), walk.now) == ("filed",)
    walk.to(State.PENDING_CHECK).do("rework").to(State.CLOSED)
    assert walk.case.rework_count == 2
    assert "reworked" in counts_in(CaseFacts.of(walk.case), LATER)
    score = score_of(walk)
    assert (score.reworked, score.rework_rate) == (1, 1)
    assert score.score == pytest.approx(70)


def test_a_case_that_the_department_refused_is_not_overdue_while_that_is_undecided() -> None:
    walk = CaseWalk().to(State.PENDING_SIGN).do("refuseSign")
    assert counts_in(CaseFacts.of(walk.case), LATER) == ("filed",)


def test_several_cases_add_up() -> None:
    closed = CaseWalk().to(State.CLOSED, after=1)
    late = CaseWalk().to(State.HANDLING)
    late.now = LATER
    score = score_of(closed, late)
    assert (score.filed, score.due_to_close, score.closed) == (2, 2, 1)
    assert score.closing_rate == 0.5
    assert score.score == pytest.approx(10 + 15 + 15 + 30)
    assert score.grade == "C"


def test_a_scale_reads_whatever_a_city_sets() -> None:
    rows = [
        {"kind": "points", "key": "0", "value": "80"},
        {"kind": "points", "key": "3", "value": "10"},
        {"kind": "weight", "key": "closing_rate", "value": "100"},
        {"kind": "grade", "key": "50", "value": "合格"},
        {"kind": "grade", "key": "0", "value": "不合格"},
    ]
    scale = Scale.from_rows(rows)
    assert (scale.filed_points(2), scale.filed_points(3)) == (80, 10)
    assert (scale.grade(50), scale.grade(49.9)) == ("合格", "不合格")


def of_case(**facts_of_it: object) -> CaseFacts:
    """A closed case that was handled in time, but for what is said."""
    usual = {
        "state": State.CLOSED,
        "fed_back_at": FRIDAY_MORNING,
        "handle_on_time": True,
        "handle_due_at": FRIDAY_MORNING,
        "rework_count": 0,
        "closing_route": "checked",
    }
    return CaseFacts(**{**usual, **facts_of_it})  # type: ignore[arg-type]


def test_a_granted_appeal_forgives_the_delay_and_keeps_the_fact() -> None:
    late = of_case(handle_on_time=False)
    forgiven = of_case(handle_on_time=False, exempt=True)
    assert "handled_on_time" not in counts_in(forgiven, LATER)
    assert "exempt" in counts_in(forgiven, LATER)
    assert "exempt" not in counts_in(late, LATER)
    score = evaluate(facts(filed=2, handled=2, handled_on_time=1, exempt=1, closed=2), SCALE)
    assert score.handled_on_time == 1
    assert score.on_time_rate == 1


def test_a_voided_case_counts_nowhere_but_among_the_voided() -> None:
    assert counts_in(of_case(state=State.REJECTED, closing_route="void"), LATER) == ("voided",)


def test_a_forced_close_is_counted_apart_and_is_no_closing() -> None:
    forced = of_case(state=State.FORCE_CLOSED, closing_route="forced", fed_back_at=None)
    archived = of_case(state=State.ARCHIVED, closing_route="forced", fed_back_at=None)
    for one in (forced, archived):
        parts = counts_in(one, LATER)
        assert "forced" in parts
        assert not {"closed", "overdue_unhandled"} & set(parts)


def test_a_suspended_case_is_listed_beside_the_rate_and_not_overdue() -> None:
    hung = of_case(state=State.SUSPENDED, fed_back_at=None, closing_route="")
    parts = counts_in(hung, LATER)
    assert "suspended" in parts
    assert "overdue_unhandled" not in parts


def test_extensions_beyond_the_quota_cut_the_score_up_to_a_limit() -> None:
    usual = facts(filed=40, handled=40, handled_on_time=40, closed=40)
    beyond = facts(filed=40, handled=40, handled_on_time=40, closed=40, over_quota=3)
    worst = facts(filed=40, handled=40, handled_on_time=40, closed=40, over_quota=400)
    assert evaluate(usual, SCALE).score == pytest.approx(100)
    assert evaluate(beyond, SCALE).score == pytest.approx(98.5)
    assert evaluate(worst, SCALE).score == pytest.approx(90)
