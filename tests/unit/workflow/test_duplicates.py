"""Duplicates (重复件) and what is put right: merged, parted, linked, amended."""

from dataclasses import replace

import pytest

from tests.helpers.case_walk import CaseWalk
from tests.helpers.laws import check_laws
from tests.helpers.memory_record import MemoryRecord
from tests.helpers.trade import (
    ACCEPTOR,
    AMENDED,
    BUND,
    COLLECTOR,
    FRIDAY_MORNING,
    PUBLIC,
    SHIFT_LEADER,
    demo_shelf,
    manhole_report,
)
from workflow.case import CaseKind
from workflow.clocks import ClockKind
from workflow.commands import Amendment, Move
from workflow.errors import NotAllowed, NotFound, OutsideCity, RequirementMissing, UnknownClass
from workflow.ids import CaseId
from workflow.service import CaseService
from workflow.states import State
from workflow.surroundings import Surroundings


def other(state: State = State.PENDING_DISPATCH) -> CaseWalk:
    """Another case, first on the spot."""
    return CaseWalk(case_id=CaseId(2), number="26112000002", seat=PUBLIC).to(state)


def before(master: CaseWalk) -> CaseWalk:
    """A second report, about to follow the first."""
    walk = CaseWalk()
    walk.around = Surroundings(master=master.case)
    return walk


def test_a_duplicate_ends_in_the_case_that_was_first_and_both_reports_stay() -> None:
    master = other()
    walk = before(master).do("merge")
    case = walk.case
    assert (case.state, case.duplicate_of, case.closing_route) == (
        State.REJECTED,
        CaseId(2),
        "merged",
    )
    assert (case.reporter_id, case.description) == (COLLECTOR.person_id, "井盖破损")
    assert master.case.reporter_id == PUBLIC.person_id
    assert len(master.events) == master.case.version
    assert walk.clock(ClockKind.ACCEPT).cancelled


@pytest.mark.parametrize("state", [State.REPORTED, State.PENDING_FILING])
def test_what_was_merged_by_mistake_is_parted_again_and_goes_on(state: State) -> None:
    walk = before(other()).to(state).do("merge", after=3).do("unmerge", after=60)
    assert (walk.case.state, walk.case.duplicate_of, walk.case.closing_route) == (state, None, "")
    assert walk.to(State.CLOSED).case.closing_route == "checked"
    check_laws(walk.case, walk.events, walk.rules.table)


def test_a_merged_case_is_parted_and_not_restored() -> None:
    walk = before(other()).do("merge")
    with pytest.raises(NotAllowed, match="part them instead of restoring it"):
        walk.do("askRestore")
    rejected = CaseWalk().do("reject")
    with pytest.raises(NotAllowed, match="was not merged into another one"):
        rejected.do("unmerge")


@pytest.mark.parametrize("step", ["merge", "link"])
def test_no_case_follows_itself_or_one_that_follows_another(step: str) -> None:
    walk = CaseWalk()
    walk.around = Surroundings(master=walk.case)
    with pytest.raises(NotAllowed, match="with itself"):
        walk.do(step)
    merged = before(other()).do("merge").case
    walk.around = Surroundings(master=replace(merged, id=CaseId(3), number="26112000003"))
    with pytest.raises(NotAllowed, match="case 26112000003, which was merged into another one"):
        walk.do(step)


@pytest.mark.parametrize("state", [State.REPORTED, State.PENDING_FILING])
def test_nothing_is_merged_into_a_case_that_is_not_filed(state: State) -> None:
    walk = before(other(state))
    with pytest.raises(NotAllowed, match="case 26112000002, which is not filed"):
        walk.do("merge")


def test_nothing_is_merged_into_a_void_case() -> None:
    walk = before(other().do("askVoid").do("auditVoid:approved"))
    with pytest.raises(NotAllowed, match="which is not filed"):
        walk.do("merge")


@pytest.mark.parametrize("end", [State.CLOSED, State.FORCE_CLOSED])
def test_nothing_is_merged_into_a_case_that_has_ended(end: State) -> None:
    master = other(State.CLOSED) if end is State.CLOSED else other().do("forceClose")
    with pytest.raises(NotAllowed, match="which has ended: what is seen again is a new problem"):
        before(master).do("merge")


def test_similar_cases_are_linked_and_both_go_on() -> None:
    walk = before(other()).do("link", after=2)
    assert (walk.case.similar_to, walk.case.state) == (CaseId(2), State.REPORTED)
    assert walk.case.clocks == walk.cases[0].clocks
    walk.do("unlink")
    assert walk.case.similar_to is None
    with pytest.raises(NotAllowed, match="linked with no other one"):
        walk.do("unlink")


# -- amended ----------------------------------------------------------------------------------


def amending(**changes: object) -> Move:
    """Put right in the report."""
    return Move(operation="amend", amendment=replace(AMENDED, **changes))  # type: ignore[arg-type]


def test_what_is_put_right_stands_in_the_record_beside_the_report() -> None:
    moved = replace(BUND, lon=121.4911, address="中山东一路 14 号")
    walk = CaseWalk().do("amend", after=2, move=amending(place=moved))
    case = walk.case
    assert (case.class_code, case.class_name) == ("0102", "污水井盖")
    assert (case.description, case.place) == ("污水井盖破损", moved)
    event = walk.events[-1]
    assert event.changes["description"] == ["井盖破损", "污水井盖破损"]
    assert event.changes["class_code"] == ["0101", "0102"]
    assert walk.events[0].changes["description"] == [None, "井盖破损"]


def test_an_event_can_turn_out_to_be_a_component_and_needs_its_own_condition() -> None:
    walk = CaseWalk(manhole_report(kind=CaseKind.EVENT, class_code="0101"))
    walk.do("amend", move=amending(class_code="0101")).to(State.PENDING_FILING)
    assert walk.case.kind is CaseKind.COMPONENT
    assert walk.do("file").case.condition_id == "C-01-01-2"


@pytest.mark.parametrize(
    ("changes", "error", "sentence"),
    [
        ({"class_code": "9999"}, UnknownClass, "no component class 9999"),
        ({"description": "  "}, RequirementMissing, "更正 needs a description"),
        ({"place": replace(BUND, cell_code="")}, OutsideCity, "lies in no unit cell"),
    ],
)
def test_nothing_wrong_is_put_in_place_of_what_was_wrong(
    changes: dict[str, object], error: type[Exception], sentence: str
) -> None:
    walk = CaseWalk()
    with pytest.raises(error, match=sentence):
        walk.do("amend", move=amending(**changes))
    assert walk.case == walk.cases[0]


def test_after_the_filing_nothing_is_put_right_any_more() -> None:
    walk = CaseWalk().to(State.PENDING_DISPATCH)
    for one in (ACCEPTOR, SHIFT_LEADER):
        with pytest.raises(NotAllowed, match="not open to"):
            walk.take(amending(), one)


def test_a_component_put_right_is_in_the_census_and_of_its_class() -> None:
    record = MemoryRecord()
    service = CaseService(record.open_unit, demo_shelf())
    (case_id,) = service.report(manhole_report(), COLLECTOR, FRIDAY_MORNING).cases
    lamp = "3101010137000001"

    def amend(code: str) -> None:
        amendment = Amendment(
            kind=CaseKind.COMPONENT,
            class_code="0101",
            description="井盖破损",
            component_code=code,
        )
        move = Move(operation="amend", amendment=amendment)
        service.move(case_id, record.cases[case_id].version, move, ACCEPTOR, FRIDAY_MORNING)

    with pytest.raises(NotFound, match="no component 3101010101000009"):
        amend("3101010101000009")
    record.components |= {lamp, "3101010101000009"}
    with pytest.raises(NotAllowed, match="is of class 0137, and the report says 0101"):
        amend(lamp)
    amend("3101010101000009")
    assert record.cases[case_id].component_code == "3101010101000009"
