"""What the tour did: `tour.json` with steps, states, posts, times, and who drew the map."""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from resources.reasons import reason
from workflow.errors import WanmiError
from workflow.queries import DepartmentScore, ProcessRow
from workflow.states import State


class NotKept(WanmiError):
    """What the tour should leave behind could not be written."""


@dataclass(frozen=True, slots=True)
class StepTaken:
    """One step of the case, as the record has it, and its picture."""

    step: int
    operation: str
    post: str
    person: str
    from_state: str
    to_state: str
    at: str
    picture: str

    @classmethod
    def of(cls, row: ProcessRow, picture: str) -> "StepTaken":
        """The step behind a line of the process record."""
        return cls(
            step=(row.from_state or row.to_state).step.value,
            operation=row.operation_name,
            post=row.post_name,
            person=row.person_name,
            from_state=row.from_state.value if row.from_state else "",
            to_state=row.to_state.value,
            at=row.at.isoformat(timespec="milliseconds"),
            picture=picture,
        )


@dataclass(slots=True)
class TourAccount:
    """Filled in while the tour goes on.

    Attributes:
        score_before, score_after: of the department that handled the case, around the closing.
        closed_before, closed_after: how many closed cases that score stands on.
        counts_in: the parts of the score that the case counts in afterwards.
        returned, extended, reworked: how often each happened to the case.
        frames_drawn: sharp frames that the QGIS engine drew for the window.
    """

    city: str
    case_number: str = ""
    final_state: str = ""
    steps: list[StepTaken] = field(default_factory=list)
    department: str = ""
    score_before: float | None = None
    score_after: float | None = None
    closed_before: int = 0
    closed_after: int = 0
    counts_in: tuple[str, ...] = ()
    returned: int = 0
    extended: int = 0
    reworked: int = 0
    pictures: list[str] = field(default_factory=list)
    frames_drawn: int = 0
    engine_restarts: int = 0
    engine: str = ""
    started_at: str = ""
    ended_at: str = ""

    @property
    def is_closed(self) -> bool:
        """Whether the case ended closed."""
        return self.final_state == State.CLOSED.value

    @property
    def is_scored(self) -> bool:
        """Whether the closing counts for the department.

        The score itself need not move: one closing more and one rework more can weigh the same.
        """
        return "closed" in self.counts_in and self.closed_after > self.closed_before

    def took_score(self, before: DepartmentScore, after: DepartmentScore) -> None:
        """Note the department's score around the closing."""
        self.department = after.department_name
        self.score_before, self.score_after = before.score, after.score
        self.closed_before, self.closed_after = before.closed, after.closed

    def write(self, folder: Path, now: datetime) -> Path:
        """Write `tour.json` into the folder; answers its path. Raises NotKept."""
        self.ended_at = now.isoformat(timespec="milliseconds")
        account = asdict(self)
        account["steps_of_seven"] = sorted({step.step for step in self.steps} | {7})
        account["posts"] = sorted({step.post for step in self.steps})
        account["closed"], account["scored"] = self.is_closed, self.is_scored
        path = folder / "tour.json"
        text = json.dumps(account, ensure_ascii=False, indent=2) + "\n"
        try:
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            raise NotKept(
                "The tour cannot write {file} in {folder}: {reason}. "
                "Choose another folder, or free some space.",
                file=path.name,
                folder=folder,
                reason=reason(error),
            ) from error
        return path
