"""Scores: the departments' in a period, and the cases that made one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ui.session import DeskSession
from workflow.errors import WanmiError
from workflow.ids import DepartmentId
from workflow.ports import Record
from workflow.queries import DepartmentScore, Period, ScoredCase

Failed = Callable[[WanmiError], None]


@dataclass(frozen=True, slots=True)
class CasesOfScore:
    """The cases behind a department's score, with what they were asked for."""

    department_id: DepartmentId
    period: Period
    cases: Sequence[ScoredCase]


def read_scores(
    *,
    session: DeskSession,
    period: Period,
    done: Callable[[Sequence[DepartmentScore]], None],
    failed: Failed,
) -> None:
    """Every department's score; of several questions in a row only the newest is answered."""
    now = session.now()
    session.door.ask(lambda record: record.scores(period, now), done, failed, key="scores")


def read_scored_cases(
    *,
    session: DeskSession,
    department_id: DepartmentId,
    period: Period,
    done: Callable[[CasesOfScore], None],
    failed: Failed,
) -> None:
    """The cases of one department's score."""
    now = session.now()

    def work(record: Record) -> CasesOfScore:
        return CasesOfScore(department_id, period, record.scored_cases(department_id, period, now))

    session.door.ask(work, done, failed, key="scored-cases")
