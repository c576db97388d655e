"""A case walked along the main line through the service, on a real database."""

from datetime import datetime, timedelta

from tests.helpers.case_walk import MAIN_LINE
from tests.helpers.trade import (
    COLLECTOR,
    FRIDAY_MORNING,
    SEAT_OF,
    demo_rules,
    full_move,
    manhole_report,
)
from workflow.ids import CaseId
from workflow.posts import Post
from workflow.queries import Changes
from workflow.service import CaseService
from workflow.states import State
from workflow.transitions import Transition


def report(service: CaseService, now: datetime = FRIDAY_MORNING) -> tuple[CaseId, str]:
    """A new case; answers its id and number."""
    changes = service.report(manhole_report(), COLLECTOR, now)
    (case_id,) = changes.cases
    return case_id, changes.number


def main_row(state: State, step: str) -> Transition:
    """The row of a step, "operation" or "operation:outcome", from a state."""
    operation, _, outcome = step.partition(":")
    return next(
        row
        for row in demo_rules().table.leaving(state)
        if (row.operation, row.outcome) == (operation, outcome)
    )


def walk(
    service: CaseService, case_id: CaseId, steps: int = len(MAIN_LINE), *, minutes: int = 1
) -> list[Changes]:
    """The first steps of the main line, each some minutes after the one before."""
    state, made = State.REPORTED, []
    for version, step in enumerate(MAIN_LINE[:steps], 1):
        row = main_row(state, step)
        seat = next(SEAT_OF[post] for post in Post if post in row.posts)
        now = FRIDAY_MORNING + timedelta(minutes=minutes * version)
        made.append(service.move(case_id, version, full_move(row), seat, now))
        state = row.to_state
    return made
