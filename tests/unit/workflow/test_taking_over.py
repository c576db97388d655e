"""A case that another system had: it arrives in handling, under the deadline that was given it."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.helpers.trade import (
    ACCEPTOR,
    DEPARTMENT,
    LIGHTS,
    SYSTEM,
    demo_rules,
    manhole_report,
)
from workflow.case import Case
from workflow.clock_orders import IMPORTED_LIMIT
from workflow.clocks import ClockKind
from workflow.commands import Move, Report, TakenOver
from workflow.decide import Decision, decide, decide_report
from workflow.errors import NotAllowed, RequirementMissing
from workflow.evaluation import CaseFacts, counts_in
from workflow.ids import CaseId
from workflow.limits import LONGEST_IN_SECONDS, InvalidLimit, Limit, TimeUnit
from workflow.past import Past
from workflow.posts import Post
from workflow.replay import first_break, replay
from workflow.states import State

OPENED = datetime(2011, 7, 1, 5, 32, 33, tzinfo=UTC)
TWO_WEEKS = TakenOver(LIGHTS, Limit(14 * 86_400 - 1, TimeUnit.SECOND), IMPORTED_LIMIT)
DUE = OPENED + timedelta(seconds=14 * 86_400 - 1)


def foreign_report(**changes: object) -> Report:
    told: dict[str, object] = {"operation": "import", "photos": (), "taken_over": TWO_WEEKS}
    return manhole_report(**{**told, "external_number": "101000295613", **changes})


def taken_over(report: Report) -> Decision:
    return decide_report(
        report, SYSTEM, OPENED, demo_rules(), case_id=CaseId(1), number="11070100001"
    )


def closed(decision: Decision, at: datetime) -> Decision:
    past = Past.of([decision.event])
    return decide(decision.case, Move(operation="importClose"), SYSTEM, at, demo_rules(), past)


def test_it_is_handled_by_its_department_until_the_deadline_given() -> None:
    case = taken_over(foreign_report()).case
    (clock,) = case.clocks
    assert (case.state, case.holder_post) == (State.HANDLING, Post.DEPARTMENT)
    assert case.department_id == case.holder_department_id == DEPARTMENT.department_id
    assert (clock.kind, clock.due_at, clock.rule) == (ClockKind.HANDLE, DUE, "外部系统给定的时限")
    assert case.filed_at == case.dispatched_at == case.reported_at == OPENED


@pytest.mark.parametrize(("late", "on_time"), [(timedelta(0), True), (timedelta(seconds=1), False)])
def test_closed_at_the_deadline_is_in_time_and_a_second_later_is_not(
    late: timedelta, on_time: bool
) -> None:
    first = taken_over(foreign_report())
    case = closed(first, DUE + late).case
    assert (case.state, case.closing_route) == (State.CLOSED, "imported")
    assert case.handle_on_time is on_time
    counted = counts_in(CaseFacts.of(case), DUE)
    assert {"filed", "handled", "closed"} <= set(counted)
    assert ("handled_on_time" in counted) is on_time


def test_its_chain_holds_and_replays_to_the_case() -> None:
    first = taken_over(foreign_report())
    last = closed(first, DUE)
    assert first_break([first.event, last.event]) is None
    rebuilt: Case = replay([first.event, last.event])
    assert rebuilt == last.case


def test_without_department_and_limit_nothing_is_taken_over() -> None:
    with pytest.raises(RequirementMissing, match="needs a department and a time limit"):
        taken_over(foreign_report(taken_over=None))


def test_without_a_number_of_the_other_system_nothing_is_taken_over() -> None:
    with pytest.raises(RequirementMissing, match="knows the case by"):
        taken_over(foreign_report(external_number=" "))


def test_an_ordinary_report_brings_no_deadline_of_its_own() -> None:
    with pytest.raises(NotAllowed, match="takes no case over"):
        decide_report(
            manhole_report(taken_over=TWO_WEEKS),
            ACCEPTOR,
            OPENED,
            demo_rules(),
            case_id=CaseId(1),
            number="11070100001",
        )


def test_a_limit_in_seconds_reaches_over_decades() -> None:
    assert str(Limit(LONGEST_IN_SECONDS, TimeUnit.SECOND)) == "23148 天 3 小时 33 分 20 秒"
    with pytest.raises(InvalidLimit):
        Limit(LONGEST_IN_SECONDS + 1, TimeUnit.SECOND)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 秒"),
        (1, "1 秒"),
        (90, "1 分 30 秒"),
        (120, "2 分钟"),
        (86_400, "1 自然日"),
        (14 * 86_400 - 1, "13 天 23 小时 59 分 59 秒"),
    ],
)
def test_a_limit_in_seconds_is_written_as_people_read_it(seconds: int, words: str) -> None:
    limit = Limit.lasting(seconds)
    assert str(limit) == words
    assert limit.amount * (limit.unit.fixed_ms or 0) == seconds * 1000
