"""The case that a draft was written on: whether it still stands where it stood then."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ui.drafts.plain import plain, rebuilt
from workflow.posts import Seat
from workflow.queries import CaseFile
from workflow.states import State


@dataclass(frozen=True, slots=True)
class CaseStamp:
    """Where a case stood.

    Attributes:
        reported_ms: a database that was built anew has other cases under the same numbers.
        steps: how many steps of its process record were seen.
    """

    number: str
    reported_ms: int
    state: State
    steps: int

    @classmethod
    def of(cls, file: CaseFile) -> "CaseStamp":
        """The stamp of a case as it stands."""
        case = file.case
        return cls(case.number, plain(case.reported_at), case.state, _last_step(file))

    @classmethod
    def read(cls, values: object) -> "CaseStamp":
        """The stamp that `written` wrote. Raises DraftDamaged."""
        stamp = rebuilt(cls, values)
        assert isinstance(stamp, cls)
        return stamp

    def written(self) -> Mapping[str, Any]:
        """The stamp as JSON has it."""
        return dict(plain(self))

    def is_of(self, file: CaseFile) -> bool:
        """Whether it is a stamp of this very case."""
        case = file.case
        return (self.number, self.reported_ms) == (case.number, plain(case.reported_at))

    def moved_on(self, file: CaseFile) -> bool:
        """Whether the case has come to another state since, even if it is back in the same one.

        A step that leaves the state as it is (urged, supervised) takes nobody's words away.
        """
        if not self.is_of(file) or file.case.state is not self.state:
            return True
        fresh = (row for row in file.process if row.seq > self.steps)
        return any(row.from_state is not row.to_state for row in fresh)

    def was_sent(self, file: CaseFile, opinion: str, seat: Seat) -> bool:
        """Whether the words are in the record: the desk ended between the step and its answer."""
        wanted = (seat.person_name, opinion.strip())
        return self.is_of(file) and any(
            (row.person_name, row.opinion) == wanted for row in file.process if row.seq > self.steps
        )


def _last_step(file: CaseFile) -> int:
    return max((row.seq for row in file.process), default=0)
