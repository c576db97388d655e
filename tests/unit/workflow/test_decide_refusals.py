"""What is refused, and with which sentence: needs, seats, places, classes, limits, times."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.helpers.case_walk import CaseWalk
from tests.helpers.cells import Cell, cells, move_of, seat_at
from tests.helpers.trade import (
    ACCEPTOR,
    AMENDED,
    BUND,
    COLLECTOR,
    DISTRICT_CENTER,
    FRIDAY_MORNING,
    HANDLER,
    OTHER_COLLECTOR,
    OTHER_DEPARTMENT,
    PUBLIC,
    ROADS,
    demo_rules,
    full_move,
    manhole_report,
    photo,
)
from tests.helpers.ways import way_to
from workflow.calendar import Limit, TimeUnit
from workflow.case import CaseKind
from workflow.catalog import Catalog, ClassEntry, FilingCondition
from workflow.commands import Move
from workflow.decide import Decision, decide, decide_report
from workflow.errors import (
    ClockTurnedBack,
    NotAllowed,
    NotFound,
    OutsideCity,
    RequirementMissing,
    UnknownClass,
    WanmiError,
)
from workflow.ids import CaseId
from workflow.posts import Post, Seat
from workflow.rules import RuleSet
from workflow.states import State
from workflow.transitions import Need, Transition, TransitionTable

WITHOUT: dict[Need, dict[str, Any]] = {
    Need.OPINION: {"opinion": " \n"},
    Need.CONDITION: {"condition_id": None},
    Need.DEPARTMENT: {"department_id": None},
    Need.COLLECTOR: {"collector_id": None},
    Need.PHOTO: {"photos": ()},
    Need.LIMIT: {"limit": None},
    Need.CO_DEPARTMENTS: {"co_department_ids": ()},
    Need.UNIT: {"unit_id": None},
    Need.PERSON: {"person_id": None},
    Need.UNTIL: {"until": None},
    Need.MASTER: {"master_id": None},
    Need.AUTHORISATION: {"authorisation_id": None},
    Need.AMENDMENT: {"amendment": None},
}
SUPERFLUOUS: dict[Need, dict[str, Any]] = {
    Need.LIMIT: {"limit": Limit(1, TimeUnit.WORK_HOUR)},
    Need.CO_DEPARTMENTS: {"co_department_ids": (ROADS,)},
    Need.UNIT: {"unit_id": DISTRICT_CENTER},
    Need.UNTIL: {"until": FRIDAY_MORNING + timedelta(days=9)},
    Need.AMENDMENT: {"amendment": AMENDED},
    Need.PHOTO: {"photos": (photo(),)},
}
ONE_OF_EACH = (
    "operator_closes+two_level_command",
    "acceptor_pool",
    "shift_leader_closes+two_loops",
)


@pytest.mark.parametrize("name", ONE_OF_EACH)
def test_a_step_without_what_it_needs_is_refused_by_name_and_changes_nothing(name: str) -> None:
    tried = set()
    for cell in first_cells(name):
        walk = way_to(cell, name)
        full, before = move_of(cell, walk), walk.case
        for need in cell.row.needs & WITHOUT.keys():
            lacking = replace(full, **WITHOUT[need])
            with pytest.raises(
                RequirementMissing, match=f"{cell.row.name} of case 26112000001 needs .*; .*"
            ):
                walk.take(lacking, seat_at(cell, walk))
            assert walk.case is before
            tried.add(need)
    assert tried >= WITHOUT.keys() - {Need.UNIT}


@pytest.mark.parametrize("name", ONE_OF_EACH)
def test_what_a_step_has_no_use_for_is_refused_by_name(name: str) -> None:
    for cell in first_cells(name):
        walk = way_to(cell, name)
        full, row = move_of(cell, walk), cell.row
        for need, given in SUPERFLUOUS.items():
            if need in row.needs | row.takes or (need is Need.PHOTO and row.photo_usage):
                continue
            with pytest.raises(NotAllowed, match=f"{row.name} of case 26112000001 .*(leave|add) "):
                walk.take(replace(full, **given), seat_at(cell, walk))


def first_cells(name: str) -> list[Cell]:
    """One cell of every row of a table."""
    posts: dict[Transition, Cell] = {}
    for cell in cells(demo_rules(name)):
        posts.setdefault(cell.row, cell)
    return list(posts.values())


def test_photos_are_refused_where_the_step_takes_none() -> None:
    with pytest.raises(NotAllowed, match="受理 of case 26112000001 takes no photos"):
        CaseWalk().do("accept", move=Move(operation="accept", photos=(photo(),)))


def test_another_limit_without_an_opinion_is_refused() -> None:
    walk = CaseWalk().to(State.PENDING_DISPATCH)
    move = replace(full_move(walk.row("dispatch")), limit=Limit(9, TimeUnit.WORK_DAY))
    with pytest.raises(RequirementMissing, match="write why this case gets 9 工作日"):
        walk.do("dispatch", move=move)


def test_a_condition_of_another_class_is_refused() -> None:
    walk = CaseWalk().to(State.PENDING_FILING)
    with pytest.raises(NotAllowed, match="Choose one of 上水井盖"):
        walk.do("file", move=Move(operation="file", condition_id="C-01-02-1"))


def test_an_unknown_condition_is_refused() -> None:
    walk = CaseWalk().to(State.PENDING_FILING)
    with pytest.raises(NotFound, match="no filing condition C-99-99-9"):
        walk.do("file", move=Move(operation="file", condition_id="C-99-99-9"))


def test_a_condition_without_a_limit_asks_the_dispatcher_for_one() -> None:
    rules = _rules_with(limit=None)
    walk = CaseWalk()
    walk.rules = rules
    walk.to(State.PENDING_DISPATCH)
    with pytest.raises(RequirementMissing, match="gives none"):
        walk.do("dispatch")
    move = replace(
        full_move(walk.row("dispatch")), limit=Limit(1, TimeUnit.WORK_DAY), opinion="按惯例"
    )
    assert walk.do("dispatch", move=move).case.state is State.PENDING_SIGN


def test_another_department_sees_no_buttons_and_cannot_sign() -> None:
    walk = CaseWalk().to(State.PENDING_SIGN)
    assert walk.buttons(OTHER_DEPARTMENT) == ()
    with pytest.raises(NotAllowed, match="道路所 cannot act on case 26112000001"):
        walk.do("sign", seat=OTHER_DEPARTMENT)


def test_a_handler_may_finish_but_not_feed_back() -> None:
    walk = CaseWalk().to(State.HANDLING)
    assert [one.transition.operation for one in walk.buttons(HANDLER)] == [
        "handleDone",
        "askExtension",
    ]
    with pytest.raises(NotAllowed, match="not open to Handler while case 26112000001 is Handling"):
        walk.do("feedback", seat=HANDLER)
    assert walk.do("handleDone", seat=HANDLER).case.state is State.DEPT_REVIEW


@pytest.mark.parametrize("task", ["sendVerify", "sendCheck"])
def test_a_task_is_answered_only_by_the_collector_it_was_given_to(task: str) -> None:
    walk = CaseWalk()
    if task == "sendCheck":
        walk.to(State.PENDING_CHECK)
    walk.do(task)
    answer = "replyVerify:true" if task == "sendVerify" else "replyCheck:done"
    assert walk.buttons(OTHER_COLLECTOR) == ()
    with pytest.raises(NotAllowed, match="given to another collector"):
        walk.do(answer, seat=OTHER_COLLECTOR)
    assert walk.do(answer, seat=COLLECTOR).case.collector_id is None


def test_a_verified_case_cannot_go_where_it_did_not_come_from() -> None:
    walk = CaseWalk().do("accept").do("sendVerify", seat=ACCEPTOR)
    assert [one.transition.to_state for one in walk.buttons(COLLECTOR)] == [
        State.PENDING_FILING,
        State.PENDING_FILING,
    ]


def test_time_before_the_last_step_is_refused_and_the_same_instant_is_not() -> None:
    walk = CaseWalk().to(State.HANDLING, after=1).do("handleDone", after=10)
    assert walk.do("deptRework").case.state is State.HANDLING
    with pytest.raises(ClockTurnedBack, match="Set this machine's clock right") as refused:
        walk.do("feedback", after=-0.001)
    assert refused.value.values["last"] == "2026-11-20 09:14:00"


def test_a_machine_that_lost_its_date_reports_nothing() -> None:
    lost = FRIDAY_MORNING.replace(year=1970, month=1, day=1)
    with pytest.raises(ClockTurnedBack, match="lost its date"):
        decide_report(
            manhole_report(), ACCEPTOR, lost, demo_rules(), case_id=CaseId(1), number="70010100001"
        )


def test_a_case_of_another_rules_version_is_left_alone() -> None:
    walk = CaseWalk()
    newer = replace(walk.rules.table, version=3)
    rules = RuleSet(newer, walk.rules.catalog, walk.rules.calendar, walk.rules.stage_limits)
    with pytest.raises(NotAllowed, match="runs under version 2 of the rules"):
        decide(walk.case, Move(operation="accept"), ACCEPTOR, walk.now, rules, walk.past)


def test_a_profile_without_a_limit_for_a_stage_says_which_one() -> None:
    rules = demo_rules()
    bare = RuleSet(rules.table, rules.catalog, rules.calendar, {})
    with pytest.raises(NotFound, match="gives no limit for the 受理 clock"):
        _report(rules=bare)


@pytest.mark.parametrize(
    ("changes", "error", "sentence"),
    [
        ({"class_code": "9999"}, UnknownClass, "no component class 9999"),
        ({"kind": CaseKind.EVENT, "class_code": "9988"}, UnknownClass, "no event class 9988"),
        ({"place": replace(BUND, cell_code="")}, OutsideCity, "lies in no unit cell"),
        ({"source": " "}, RequirementMissing, "登记 needs a source"),
        ({"description": ""}, RequirementMissing, "登记 needs a description"),
    ],
)
def test_a_report_that_does_not_say_enough_is_refused(
    changes: dict[str, Any], error: type[WanmiError], sentence: str
) -> None:
    with pytest.raises(error, match=sentence):
        _report(**changes)


def test_a_class_without_a_name_of_its_own_cannot_be_reported() -> None:
    rules = demo_rules()
    nameless = ClassEntry(
        kind=CaseKind.COMPONENT,
        edition="清单",
        big_code="01",
        big_name="公用设施",
        small_code="16",
        small_name="",
    )
    bare = RuleSet(rules.table, Catalog("清单", [nameless]), rules.calendar, rules.stage_limits)
    with pytest.raises(UnknownClass, match="no name of its own"):
        _report(rules=bare, class_code="0116")


def test_a_profile_may_ask_for_a_photo_with_the_report() -> None:
    rules = demo_rules()
    rows = tuple(
        replace(row, needs=frozenset({Need.PHOTO})) if row.from_state is None else row
        for row in rules.table.rows
    )
    table = TransitionTable("strict", 1, rows)
    strict = RuleSet(table, rules.catalog, rules.calendar, rules.stage_limits)
    with pytest.raises(RequirementMissing, match="登记 needs a photo"):
        _report(rules=strict, photos=())


def test_a_seat_that_does_not_report_is_told_so() -> None:
    with pytest.raises(NotAllowed, match="switch to a post that reports"):
        _report(seat=HANDLER)
    assert _report(seat=PUBLIC).case.reporter_id == PUBLIC.person_id


def _report(*, seat: Seat = ACCEPTOR, rules: RuleSet | None = None, **changes: object) -> Decision:
    return decide_report(
        manhole_report(**changes),
        seat,
        FRIDAY_MORNING + timedelta(minutes=1),
        rules or demo_rules(),
        case_id=CaseId(1),
        number="26112000001",
    )


def _rules_with(*, limit: Limit | None) -> RuleSet:
    rules = demo_rules()
    conditions = [
        FilingCondition(
            id=one.id,
            kind=one.kind,
            class_code=one.class_code,
            text=one.text,
            limit=limit,
            limit_text="视情况",
            closing_condition=one.closing_condition,
        )
        for one in rules.catalog.conditions
    ]
    catalog = Catalog(rules.catalog.edition, list(rules.catalog), conditions)
    return RuleSet(rules.table, catalog, rules.calendar, rules.stage_limits)


def test_the_post_that_dispatches_is_not_the_post_that_files() -> None:
    walk = CaseWalk().to(State.PENDING_FILING)
    with pytest.raises(NotAllowed) as refused:
        walk.do("file", seat=ACCEPTOR)
    assert refused.value.values["post"] is Post.ACCEPTOR
