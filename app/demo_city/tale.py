"""A case to be told: what it is about, the steps it takes, and when."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.demo_city.paths import Turn
from app.demo_city.problems import Problem


@dataclass(frozen=True)
class Tale:
    """A case to be told.

    Attributes:
        turns: the steps, the report first.
        times: epoch milliseconds of each step that is set already; the rest is left to the pace.
    """

    problem: Problem
    turns: Sequence[Turn]
    times: Sequence[int]

    @property
    def stands(self) -> bool:
        """Whether the case was made to stand in a state of its own."""
        return len(self.times) > 1 or len(self.turns) == 1
