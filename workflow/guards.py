"""The checks that rows of the transition table name: rules beyond state, post and needs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from workflow.case import Case
from workflow.errors import NotAllowed
from workflow.ids import PersonId
from workflow.posts import Seat
from workflow.states import State
from workflow.transitions import Transition


@dataclass(frozen=True, slots=True)
class Situation:
    """What a guard looks at.

    Attributes:
        hands: who acted on the case from a post of the command axis.
        collector_id: the collector that the step would give the task to, if it names one.
    """

    case: Case
    seat: Seat
    hands: frozenset[PersonId] = frozenset()
    collector_id: PersonId | None = None


Guard = Callable[[Situation], NotAllowed | None]


def refusal(row: Transition, situation: Situation) -> NotAllowed | None:
    """The first objection of a row's guards, None where nothing stands against it."""
    for name in row.guards:
        objection = GUARDS[name](situation)
        if objection is not None:
            return objection
    return None


def concerns(row: Transition, situation: Situation) -> bool:
    """Whether the row is this seat's business at all: other seats' buttons are not shown."""
    return all(GUARDS[name](situation) is None for name in row.guards if name in _OTHERS_BUSINESS)


def unknown(names: Iterable[str]) -> tuple[str, ...]:
    """Names that no guard has."""
    return tuple(name for name in names if name not in GUARDS)


def _came_from_reported(situation: Situation) -> NotAllowed | None:
    return _came_from(State.REPORTED, situation.case)


def _came_from_filing(situation: Situation) -> NotAllowed | None:
    return _came_from(State.PENDING_FILING, situation.case)


def _came_from(state: State, case: Case) -> NotAllowed | None:
    if case.came_from is state:
        return None
    return NotAllowed(
        "Case {number} did not come from {state} and cannot go back there; "
        "look at its process record.",
        number=case.number,
        state=state,
    )


def _not_untrue(situation: Situation) -> NotAllowed | None:
    if situation.case.verify_result != "untrue":
        return None
    return NotAllowed(
        "Case {number} cannot go on: the collector verified it as untrue. "
        "Reject it, or have it verified again.",
        number=situation.case.number,
    )


def _check_passed(situation: Situation) -> NotAllowed | None:
    if situation.case.check_result == "done":
        return None
    return NotAllowed(
        "Case {number} cannot be closed: the check found the problem not handled. "
        "Send it back for rework.",
        number=situation.case.number,
    )


def _own_task(situation: Situation) -> NotAllowed | None:
    if situation.seat.person_id == situation.case.collector_id:
        return None
    return NotAllowed(
        "{name} cannot answer this task of case {number}: it was given to another collector.",
        name=situation.seat.person_name,
        number=situation.case.number,
    )


def _own_department(situation: Situation) -> NotAllowed | None:
    seat, case = situation.seat, situation.case
    if seat.department_id is not None and seat.department_id == case.department_id:
        return None
    return NotAllowed(
        "{name} cannot act on case {number}: it was dispatched to another department.",
        name=seat.department_name or seat.person_name,
        number=case.number,
    )


def _actor_apart(situation: Situation) -> NotAllowed | None:
    if situation.seat.person_id not in situation.hands:
        return None
    return NotAllowed(
        "{name} dispatched or handled case {number} and cannot check or close it; "
        "leave that to a colleague.",
        name=situation.seat.person_name,
        number=situation.case.number,
    )


def _checker_apart(situation: Situation) -> NotAllowed | None:
    if situation.collector_id not in situation.hands:
        return None
    return NotAllowed(
        "The check of case {number} cannot go to someone who dispatched or handled it; "
        "choose another collector.",
        number=situation.case.number,
    )


GUARDS: dict[str, Guard] = {
    "came_from_reported": _came_from_reported,
    "came_from_filing": _came_from_filing,
    "not_untrue": _not_untrue,
    "check_passed": _check_passed,
    "own_task": _own_task,
    "own_department": _own_department,
    "actor_apart": _actor_apart,
    "checker_apart": _checker_apart,
}
_OTHERS_BUSINESS = frozenset(
    {"came_from_reported", "came_from_filing", "own_task", "own_department"}
)
