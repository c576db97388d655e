"""What a step of the table asks for on screen, and where two steps ask for the same thing."""

from collections.abc import Sequence
from enum import StrEnum

from workflow.queries import OpenMove
from workflow.transitions import MAIN, Need, Transition

_TONES = {MAIN: 0, "plain": 1, "back": 2}

EXTENDS, SUPERVISES, ASSIGNS = "askExtension", "supervise", "assign"
ABOUT_QUOTA = frozenset({"askExtension", "forwardExtension", "auditExtension"})
"""Steps that ask for an extension, or rule on one: the month's quota is shown before them."""

CLAIMS = frozenset({"claim", "release"})
"""Steps that take a case out of its pool and put it back."""


class LimitPurpose(StrEnum):
    """What a limit of a step is for."""

    HANDLING = "handling"
    EXTENSION = "extension"
    REPLY = "reply"


Input = tuple[Need, str]
"""Something to fill in; the second part tells apart what has one name and two meanings."""


def purpose_of(row: Transition) -> LimitPurpose:
    """What the step's limit is for."""
    if row.operation == EXTENDS:
        return LimitPurpose.EXTENSION
    return LimitPurpose.REPLY if row.operation == SUPERVISES else LimitPurpose.HANDLING


def name_of(row: Transition) -> str:
    """The object name of the step's button: "move-" and the operation, and its outcome if any."""
    return "-".join(part for part in ("move", row.operation, row.outcome) if part)


def takes(row: Transition, need: Need) -> bool:
    """Whether the step may be given it, needed or not; every step may be given an opinion."""
    if need is Need.OPINION:
        return True
    if need is Need.PHOTO:
        return bool(row.photo_usage)
    return need in row.needs or need in row.takes


def inputs_of(row: Transition | None) -> frozenset[Input]:
    """What has to be on screen before the step is taken; the opinion always is."""
    if row is None:
        return frozenset()
    needs = [need for need in Need if need is not Need.OPINION and takes(row, need)]
    return frozenset((need, _meaning(row, need)) for need in needs)


def _meaning(row: Transition, need: Need) -> str:
    match need:
        case Need.LIMIT:
            return purpose_of(row)
        case Need.PERSON:
            return ASSIGNS if row.operation == ASSIGNS else ""
        case Need.AUTHORISATION:
            return row.operation
        case _:
            return ""


def in_order(moves: Sequence[OpenMove]) -> list[OpenMove]:
    """One entry a step, onward first, back last; where a guard chooses between rows, the open one.

    "属实" stands in the table once for each state that it may lead back to.
    """
    steps: dict[tuple[str, str], OpenMove] = {}
    for move in moves:
        step = (move.transition.operation, move.transition.outcome)
        if step not in steps or (steps[step].refusal and not move.refusal):
            steps[step] = move
    if ("release", "") in steps:
        steps.pop(("claim", ""), None)  # who has claimed it needs not be told so
    return sorted(steps.values(), key=lambda move: _TONES.get(move.transition.tone, 1))
