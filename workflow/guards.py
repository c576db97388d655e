"""The checks that rows of the transition table name: rules beyond state, post and needs.

A row names a guard alone or with an argument ("came_from:Reported"). A guard with an argument that
stands several times in a row is content if one of them is.
"""

from collections.abc import Iterable

from workflow.errors import NotAllowed
from workflow.people_guards import PEOPLE_GUARDS
from workflow.progress_guards import PROGRESS_GUARDS
from workflow.situation import Guard, Situation
from workflow.standing_guards import STANDING_GUARDS
from workflow.transitions import Transition

GUARDS: dict[str, Guard] = {**PEOPLE_GUARDS, **STANDING_GUARDS, **PROGRESS_GUARDS}
"""Every guard by name."""

OTHERS_BUSINESS = frozenset(
    {
        *("came_from", "ended_from", "level", "own_district", "own_unit", "own_task"),
        *("own_department", "own_co_task", "request", "tier", "supervised", "emergency"),
        *("not_emergency", "responsibility_open", "duplicate", "self_handled", "assigned"),
        *("not_self_handled", "needs_visit", "no_visit", "to_visit", "late", "linked", "co_open"),
        *("own_claim", "over_by_date", "imported", "no_appeal"),
    }
)
"""Guards that say whose turn it is: where they object, the button is not shown at all."""


def refusal(row: Transition, situation: Situation) -> NotAllowed | None:
    """The first objection of a row's guards, None where nothing stands against it."""
    return _first_objection(row.guards, situation)


def concerns(row: Transition, situation: Situation) -> bool:
    """Whether the row is this seat's business at all: other seats' buttons are not shown."""
    names = [one for one in row.guards if one.partition(":")[0] in OTHERS_BUSINESS]
    return _first_objection(names, situation) is None


def unknown(names: Iterable[str]) -> tuple[str, ...]:
    """Names that no guard has."""
    return tuple(name for name in names if name.partition(":")[0] not in GUARDS)


def _first_objection(names: Iterable[str], situation: Situation) -> NotAllowed | None:
    objections: dict[str, NotAllowed | None] = {}
    for written in names:
        name, _, argument = written.partition(":")
        if name in objections and objections[name] is None:
            continue
        objections[name] = GUARDS[name](situation, argument)
    return next((one for one in objections.values() if one is not None), None)
