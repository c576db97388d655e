"""What a step must know beyond its own case: the department's quota, the day's closings, a lot."""

from dataclasses import dataclass
from datetime import date

from workflow.case import Case
from workflow.ids import DepartmentId, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """How much of a department's month has been extended (延期配额).

    Attributes:
        month: its first day; the month is that of the deadline that would be moved.
        extended: cases of the month with an extension granted.
        base: cases of the month that the share is counted on, as the profile's setting says.
        percent: the share that may be extended.
    """

    department_id: DepartmentId
    department_name: str
    month: date
    extended: int
    base: int
    percent: int
    base_name: str = ""

    @property
    def allowed(self) -> int:
        """How many cases of the month may be extended: the share, rounded down."""
        return self.base * self.percent // 100

    @property
    def left(self) -> int:
        """How many more may be; negative by how many there are too many."""
        return self.allowed - self.extended

    def after(self, more: int = 1) -> float:
        """The share in percent once so many more are granted; 0 where the month has no case."""
        return (self.extended + more) * 100 / self.base if self.base else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """All of it; what an operation does not ask about stays at its default.

    Attributes:
        quota: of the main department in the month of the case's deadline.
        used_today: how often the authorisation was used today.
        checkers: who may be sent to check, None where anybody may.
        master: the case that this one would be merged into or linked with.
    """

    quota: Quota | None = None
    used_today: int = 0
    checkers: frozenset[PersonId] | None = None
    master: Case | None = None


NOTHING_AROUND = Surroundings()
