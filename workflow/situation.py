"""What a guard looks at, and what it answers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from workflow.case import Case
from workflow.commands import Move
from workflow.errors import NotAllowed
from workflow.ids import PersonId
from workflow.ports import Rules
from workflow.posts import Seat
from workflow.surroundings import NOTHING_AROUND, Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A seat before a case.

    Attributes:
        at: the instant of the step.
        hands: who acted on the case from a post of the command axis.
        move: what is to be done; None while only the buttons are drawn.
    """

    case: Case
    seat: Seat
    at: datetime
    rules: Rules
    hands: frozenset[PersonId] = frozenset()
    move: Move | None = None
    around: Surroundings = NOTHING_AROUND


Guard = Callable[[Situation, str], NotAllowed | None]
"""The situation and the guard's argument go in; what stands against the step comes out."""
