"""Scores: every number of a department is a hand count, and the cases behind it can be listed."""

from dataclasses import asdict
from datetime import datetime, timedelta

import pytest

from db.record import SqlRecord
from resources import profile
from tests.helpers.stored_city import NOW
from tests.helpers.trade import LIGHTS, ROADS
from workflow.case import Case
from workflow.evaluation import CaseFacts, DepartmentFacts, Scale, counts_in, evaluate
from workflow.queries import Period
from workflow.states import State

PARTS = (
    *("filed", "handled", "handled_on_time", "overdue_unhandled", "closed", "reworked"),
    *("exempt", "extended", "over_quota", "suspended", "forced", "voided"),
)
WHOLE = Period(NOW - timedelta(days=3), NOW + timedelta(days=1))
TODAY = Period(NOW.replace(hour=0, minute=0), NOW + timedelta(days=1))
LATER = NOW + timedelta(days=4)


def of_department(cases: tuple[Case, ...], department: int, period: Period) -> list[Case]:
    """The cases that count for a department in a period."""
    return [
        case
        for case in cases
        if case.department_id == department
        and case.filed_at is not None
        and period.start <= case.filed_at < period.end
    ]


@pytest.mark.parametrize("period", [WHOLE, TODAY], ids=["whole", "today"])
@pytest.mark.parametrize("department", [LIGHTS, ROADS], ids=["lights", "roads"])
def test_every_number_of_a_score_is_a_count_of_cases(
    record: SqlRecord, cases: tuple[Case, ...], department: int, period: Period
) -> None:
    score = next(s for s in record.scores(period, NOW) if s.department_id == department)
    filed = of_department(cases, department, period)
    mine = [case for case in filed if case.closing_route not in ("void", "merged")]
    assert score.voided == len(filed) - len(mine)
    assert score.filed == len(mine) > 0
    assert score.handled == sum(case.fed_back_at is not None for case in mine)
    assert score.closed == sum(case.state is State.CLOSED for case in mine)
    on_time = [c for c in mine if c.fed_back_at is not None and c.handle_on_time]
    assert score.handled_on_time == len(on_time)
    assert score.reworked == sum(c.state is State.CLOSED and c.rework_count > 0 for c in mine)
    assert score.due_to_close == score.due_to_handle == score.handled + score.overdue_unhandled


@pytest.mark.parametrize("now", [NOW, LATER], ids=["now", "later"])
def test_the_list_behind_a_number_has_just_so_many_cases(record: SqlRecord, now: datetime) -> None:
    for score in record.scores(WHOLE, now):
        listed = record.scored_cases(score.department_id, WHOLE, now)
        for part in PARTS:
            behind = [case for case in listed if part in case.counts_in]
            assert len(behind) == asdict(score)[part]


def test_a_score_is_that_of_the_evaluation_over_the_same_cases(
    record: SqlRecord, cases: tuple[Case, ...]
) -> None:
    scale = Scale.from_rows(profile.rows("evaluation", profile.DEFAULT_PROFILE))
    for score in record.scores(WHOLE, LATER):
        parts = [
            part
            for case in of_department(cases, score.department_id, WHOLE)
            for part in counts_in(CaseFacts.of(case), LATER)
        ]
        facts = DepartmentFacts(
            department_id=score.department_id,
            department_name=score.department_name,
            **{part: parts.count(part) for part in PARTS},
        )
        assert score == evaluate(facts, scale)


def test_work_that_was_not_handled_in_time_counts_once_it_is_late(record: SqlRecord) -> None:
    early = sum(score.overdue_unhandled for score in record.scores(WHOLE, NOW))
    late = sum(score.overdue_unhandled for score in record.scores(WHOLE, LATER))
    assert late > early


def test_departments_are_listed_best_first_and_those_without_a_score_last(
    record: SqlRecord,
) -> None:
    scores = [score.score for score in record.scores(WHOLE, LATER)]
    given = [score for score in scores if score is not None]
    assert given == sorted(given, reverse=True)
    assert scores == given + [None] * (len(scores) - len(given))


def test_a_period_without_cases_gives_no_score_rather_than_a_bad_one(record: SqlRecord) -> None:
    empty = Period(NOW - timedelta(days=400), NOW - timedelta(days=300))
    for score in record.scores(empty, NOW):
        assert (score.filed, score.score, score.grade) == (0, None, "")
        assert record.scored_cases(score.department_id, empty, NOW) == ()


def test_a_period_ends_before_its_end(record: SqlRecord, cases: tuple[Case, ...]) -> None:
    case = next(case for case in cases if case.filed_at is not None and case.department_id)
    assert case.filed_at is not None
    assert case.department_id is not None
    before = Period(WHOLE.start, case.filed_at)
    after = Period(case.filed_at, WHOLE.end)
    assert case.id not in {c.case_id for c in record.scored_cases(case.department_id, before, NOW)}
    assert case.id in {c.case_id for c in record.scored_cases(case.department_id, after, NOW)}


def test_the_newest_case_stands_first_in_the_list(
    record: SqlRecord, cases: tuple[Case, ...]
) -> None:
    of_id = {case.id: case for case in cases}
    listed = [of_id[case.case_id].filed_at for case in record.scored_cases(LIGHTS, WHOLE, NOW)]
    filed = [at for at in listed if at is not None]
    assert filed == sorted(filed, reverse=True)
    assert len(filed) == len(listed) > 1
