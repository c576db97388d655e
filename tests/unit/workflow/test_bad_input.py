"""Bad input to the engine: each refusal names the case, the step and what to do now."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from resources.language import set_language, tr
from tests.helpers.case_walk import CaseWalk
from tests.helpers.memory_record import MemoryRecord
from tests.helpers.trade import (
    ACCEPTOR,
    COLLECTOR,
    DEPARTMENT,
    DISPATCHER,
    FRIDAY_MORNING,
    LIGHTS,
    SHIFT_LEADER,
    demo_rules,
    demo_shelf,
    manhole_report,
)
from workflow.catalog import Catalog
from workflow.commands import Move
from workflow.errors import (
    CaseChanged,
    ClockTurnedBack,
    NotAllowed,
    RequirementMissing,
    WanmiError,
)
from workflow.limits import Limit, TimeUnit
from workflow.rules import RuleSet
from workflow.service import CaseService
from workflow.states import State

NUMBER = "26112000001"


def without_limits() -> RuleSet:
    """The shipped rules of a city whose standard gives no handling limit to any class."""
    rules = demo_rules()
    bare = [
        replace(one, limit=None, limit_text="视情况", tier_limits=())
        for one in rules.catalog.conditions
    ]
    return replace(rules, catalog=Catalog(rules.catalog.edition, list(rules.catalog), bare))


def out_of_order() -> None:
    CaseWalk().take(Move(operation="close"), SHIFT_LEADER)


def a_step_back_that_the_table_has_not() -> None:
    CaseWalk().to(State.PENDING_FEEDBACK).take(Move(operation="handleDone"), DEPARTMENT)


def no_reason() -> None:
    CaseWalk().take(Move(operation="reject", opinion=" 　\n"), ACCEPTOR)


def no_photo() -> None:
    CaseWalk().to(State.HANDLING).take(Move(operation="feedback", opinion="已修复"), DEPARTMENT)


def no_deadline_for_the_class() -> None:
    walk = CaseWalk(rules=without_limits()).to(State.PENDING_DISPATCH)
    walk.take(Move(operation="dispatch", department_id=LIGHTS), DISPATCHER)


def another_limit_without_a_reason() -> None:
    walk = CaseWalk().to(State.PENDING_DISPATCH)
    limit = Limit(9, TimeUnit.WORK_DAY)
    walk.take(Move(operation="dispatch", department_id=LIGHTS, limit=limit), DISPATCHER)


def a_machine_whose_clock_runs_behind() -> None:
    walk = CaseWalk().do("urge", after=10)
    walk.now -= timedelta(minutes=5)
    walk.do("accept")


@pytest.mark.parametrize(
    ("attempt", "error", "named"),
    [
        (out_of_order, NotAllowed, ["结案", "look at the case's buttons"]),
        (a_step_back_that_the_table_has_not, NotAllowed, ["处置完毕", "buttons"]),
        (no_reason, RequirementMissing, ["不予受理", "write the reason"]),
        (no_photo, RequirementMissing, ["反馈", "add at least one"]),
        (no_deadline_for_the_class, RequirementMissing, ["派遣", "Set a limit and write why"]),
        (another_limit_without_a_reason, RequirementMissing, ["派遣", "write why"]),
        (a_machine_whose_clock_runs_behind, ClockTurnedBack, ["Set this machine's clock right"]),
    ],
)
def test_a_refusal_says_what_could_not_be_done_to_which_case_and_what_to_do(
    attempt: Callable[[], None], error: type[WanmiError], named: list[str]
) -> None:
    with pytest.raises(error) as refused:
        attempt()
    said = str(refused.value)
    for words in (NUMBER, *named):
        assert words in said
    assert "{" not in said


def test_a_stale_version_is_told_by_whom_and_nothing_is_half_applied() -> None:
    record = MemoryRecord()
    service = CaseService(record.open_unit, demo_shelf())
    (case_id,) = service.report(manhole_report(), COLLECTOR, FRIDAY_MORNING).cases
    service.move(case_id, 1, Move(operation="accept"), ACCEPTOR, FRIDAY_MORNING)
    before = record.cases[case_id], list(record.events[case_id]), list(record.log)
    late = Move(operation="reject", opinion="重复")
    with pytest.raises(CaseChanged) as refused:
        service.move(case_id, 1, late, ACCEPTOR, FRIDAY_MORNING)
    for words in (NUMBER, ACCEPTOR.person_name, "受理", "2026-11-20 09:00:00", "Look at the case"):
        assert words in str(refused.value)
    assert (record.cases[case_id], record.events[case_id], record.log) == before


def test_a_missing_deadline_is_given_by_the_dispatcher_with_a_reason() -> None:
    walk = CaseWalk(rules=without_limits()).to(State.PENDING_DISPATCH)
    given = Move(
        operation="dispatch",
        department_id=LIGHTS,
        limit=Limit(1, TimeUnit.WORK_DAY),
        opinion="标准未给时限，按惯例",
    )
    assert walk.take(given, DISPATCHER).case.handle_limit == given.limit


def test_the_operator_reads_it_in_chinese() -> None:
    set_language("zh_CN")
    with pytest.raises(RequirementMissing) as refused:
        no_reason()
    said = tr(refused.value.template, **refused.value.values)
    set_language(None)
    assert said == f"案件 {NUMBER} 的不予受理须填写意见；请写明理由。"
