"""The way to every cell of every table: a case brought to where nothing stands against a row."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from tests.helpers.case_walk import FIRST, CaseWalk
from tests.helpers.cells import Cell
from tests.helpers.trade import (
    ACCEPTOR,
    COLLECTOR,
    DISTRICT_ACCEPTOR,
    FRIDAY_MORNING,
    HANDLER,
    INSPECTOR,
    LIGHTS,
    OTHER_COLLECTOR,
    SUSPENDED_FOR,
    SYSTEM,
    manhole_report,
    photo,
    shed_report,
)
from workflow.commands import Report, TakenOver
from workflow.ids import CaseId
from workflow.limits import Limit, TimeUnit
from workflow.posts import Post, Seat
from workflow.requirements import BOTH_SIDES
from workflow.rules import RuleSet
from workflow.states import State
from workflow.surroundings import Quota, Surroundings
from workflow.transitions import Transition

HOTLINE = "12319热线"
A_WHILE = timedelta(days=40)
"""Longer than any limit, than a suspension of these tests, and than the rest before archiving."""

TAKEN_OVER = TakenOver(LIGHTS, Limit(8, TimeUnit.WORK_HOUR), "外部系统给定的时限")
USED_UP = Quota(
    department_id=LIGHTS,
    department_name="照明中心",
    month=FRIDAY_MORNING.date().replace(day=1),
    extended=1,
    base=3,
    percent=3,
)


def way_to(
    cell: Cell,
    profile: str,
    *,
    rules: RuleSet | None = None,
    case_id: CaseId = FIRST,
) -> CaseWalk:
    """A case in the state that the row leaves, with everything prepared that its guards ask."""
    walk = CaseWalk(
        _report(cell),
        seat=_reporter(cell),
        profile=profile,
        rules=rules,
        case_id=case_id,
        number=f"261120{case_id:05}",
    )
    walk.collector = INSPECTOR if cell.post is Post.INSPECTOR else OTHER_COLLECTOR
    state = cell.row.from_state
    assert state is not None
    if cell.asks("self_handled") and "district" in cell.asks("level"):
        walk.do("handDown")
    if cell.asks("responsibility_open"):
        walk.do("transferEmergency").do("emergencyDispatch")
    if cell.asks("own_co_task") or cell.asks("co_open"):
        walk.to(State.PENDING_SIGN).do("coHandle")
    if cell.asks("late") or "appeal" in cell.asks("request"):
        walk.to(State.HANDLING).do("feedback", after=A_WHILE / timedelta(minutes=1))
    _into(walk, state, cell)
    for guard, prepare in _PREPARE.items():
        for argument in cell.asks(guard):
            prepare(walk, argument, cell)
    return walk


def into(
    state: State, profile: str, *, rules: RuleSet | None = None, case_id: CaseId = FIRST
) -> CaseWalk:
    """A case in any state that the profile's table leaves, on the shortest way."""
    anything = Cell(replace(_OF_NOBODY, from_state=state), Post.SYSTEM)
    return way_to(anything, profile, rules=rules, case_id=case_id)


def _report(cell: Cell) -> Report:
    if cell.asks("self_handled"):
        both = tuple(replace(photo(), usage=usage) for usage in BOTH_SIDES)
        visit = bool(cell.asks("to_visit"))
        return manhole_report(operation="selfHandle", photos=both, wants_reply=visit)
    if cell.is_imported:
        return manhole_report(
            operation="import", external_number="B-1", taken_over=TAKEN_OVER, photos=()
        )
    authorised = cell.asks("authorised") or "PendingFeedback" in cell.asks("ended_from")
    if authorised and cell.row.from_state is not State.FORCE_CLOSED:
        return shed_report(source=HOTLINE) if _wants_visit(cell) else shed_report()
    if _wants_visit(cell):
        return manhole_report(source=HOTLINE)
    return manhole_report()


def _reporter(cell: Cell) -> Seat:
    if cell.is_imported:
        return SYSTEM
    if cell.asks("self_handled"):
        return COLLECTOR
    if "district" in cell.asks("level"):
        return DISTRICT_ACCEPTOR
    return ACCEPTOR if _wants_visit(cell) else COLLECTOR


def _wants_visit(cell: Cell) -> bool:
    return bool(cell.asks("needs_visit") or cell.asks("to_visit"))


def _into(walk: CaseWalk, state: State, cell: Cell) -> None:
    """Into the state, out of the one that the row's guards ask for."""
    came_from = [State(one) for one in cell.asks("came_from")]
    ended_from = [State(one) for one in cell.asks("ended_from")]
    if walk.case.state is state and not came_from:
        return
    match state:
        case State.VERIFYING:
            _into(walk, came_from[0] if came_from else State.REPORTED, _NOWHERE)
            walk.do("sendVerify")
        case State.PENDING_FILING:
            filed = walk.rules.table.leaving(State.REPORTED)
            if any(row.operation == "accept" for row in filed):
                walk.to(state)
            else:
                walk.to(State.PENDING_DISPATCH).do("dispatchBack")
        case State.PENDING_DISTRICT_DISPATCH:
            walk.to(State.PENDING_DISPATCH).do("dispatch:district")
        case State.PENDING_TOWN_DISPATCH:
            _into(walk, State.PENDING_DISTRICT_DISPATCH, _NOWHERE)
            walk.do("districtDispatch:town")
        case State.DEPT_REVIEW:
            walk.to(State.HANDLING).do("handleDone")
        case State.RETURNED:
            left = came_from[0] if came_from else State.PENDING_SIGN
            _into(walk, left, _NOWHERE)
            back = left is State.PENDING_DISTRICT_DISPATCH
            walk.do("districtReturn" if back else "refuseSign")
        case State.SUSPENDED:
            walk.to(State.HANDLING).do("askSuspend").do("auditSuspend:approved")
        case State.REJECTED:
            _reject(walk, ended_from[0] if ended_from else State.REPORTED, cell)
        case State.CLOSED:
            _close(walk, ended_from[0] if ended_from else State.PENDING_CLOSE)
        case State.FORCE_CLOSED:
            _into(walk, ended_from[0] if ended_from else State.HANDLING, _NOWHERE)
            walk.do("forceClose")
        case State.ARCHIVED:
            walk.to(State.CLOSED)
            walk.now += A_WHILE
            walk.do("archive")
        case _:
            walk.to(state)


def _reject(walk: CaseWalk, left: State, cell: Cell) -> None:
    _into(walk, left, _NOWHERE)
    if cell.asks("duplicate"):
        walk.do("merge")
    elif left in (State.REPORTED, State.PENDING_FILING):
        walk.do("reject")
    else:
        walk.do("askVoid").do("auditVoid:approved")


def _close(walk: CaseWalk, left: State) -> None:
    match left:
        case State.REPORTED:
            walk.do("answerNow")
        case State.PENDING_FEEDBACK:
            walk.to(left).do("authClose")
        case State.HANDLING:
            walk.do("importClose")
        case _:
            walk.to(State.CLOSED)


def _ask(walk: CaseWalk, kind: str, cell: Cell) -> None:
    tier = (cell.asks("tier") or ["1"])[0]
    match kind, tier:
        case "extension", "0":
            walk.do("askExtension", seat=HANDLER)
        case "extension", "2":
            walk.do("askExtension").do("auditExtension:approved").do("askExtension")
        case "extension", "3":
            walk.around = Surroundings(quota=USED_UP)
            walk.do("askExtension")
        case "appeal", "2":
            walk.do("askAppeal").do("auditAppeal:passed")
        case _:
            walk.do(f"ask{kind.capitalize()}")


def _later(walk: CaseWalk, argument: str, cell: Cell) -> None:
    walk.now += A_WHILE


def _step(step: str) -> Callable[[CaseWalk, str, Cell], None]:
    def prepare(walk: CaseWalk, argument: str, cell: Cell) -> None:
        walk.do(step)

    return prepare


_PREPARE: dict[str, Callable[[CaseWalk, str, Cell], None]] = {
    "request": _ask,
    "emergency": _step("transferEmergency"),
    "supervised": _step("supervise:timeout"),
    "linked": _step("link"),
    "assigned": _step("assign"),
    "own_claim": _step("claim"),
    "over_by_date": _later,
    "rested": _later,
}
_OF_NOBODY = Transition(
    operation="",
    outcome="",
    from_state=None,
    to_state=State.REPORTED,
    posts=frozenset(),
    needs=frozenset(),
    takes=frozenset(),
    guards=(),
    clock_effects=(),
    photo_usage="",
    name="",
    key="",
    tone="",
)
_NOWHERE = Cell(_OF_NOBODY, Post.SYSTEM)
assert SUSPENDED_FOR < A_WHILE
