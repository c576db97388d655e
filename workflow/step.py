"""One step in the making: what effects and clocks work on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workflow.case import Case
from workflow.commands import Move
from workflow.ports import Rules
from workflow.posts import Seat
from workflow.surroundings import NOTHING_AROUND, Surroundings
from workflow.transitions import Transition


@dataclass(frozen=True, slots=True)
class Step:
    """One move on one case at one instant, along one row of the table."""

    case: Case
    move: Move
    row: Transition
    seat: Seat
    at: datetime
    rules: Rules
    around: Surroundings = NOTHING_AROUND

    @property
    def name(self) -> str:
        """The operation as the button has it."""
        return self.row.name


Effect = Callable[[Step], dict[str, Any]]
"""New values of the case's own fields."""

NO_REQUEST: dict[str, Any] = {
    "request_kind": None,
    "request_tier": 0,
    "request_limit": None,
    "request_until": None,
    "request_by": None,
}
