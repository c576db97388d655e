"""Taking a case over from another system (接入): it brings its department and its deadline."""

from datetime import datetime
from typing import Any

from workflow.clock_orders import ClockOrders
from workflow.clocks import ClockKind
from workflow.commands import Report
from workflow.errors import NotAllowed, RequirementMissing
from workflow.posts import Post
from workflow.transitions import ClockAction, Transition


def refuse_incomplete_takeover(report: Report, row: Transition) -> None:
    """Raises RequirementMissing for what a case taken over lacks, NotAllowed where none is."""
    handled_at_once = any(
        (effect.action, effect.kind) == (ClockAction.START, ClockKind.HANDLE)
        for effect in row.clock_effects
    )
    if not handled_at_once:
        if report.taken_over is not None:
            raise NotAllowed(
                "{operation} takes no case over from another system; leave its department and "
                "its deadline out.",
                operation=row.name,
            )
        return
    if report.taken_over is None:
        raise RequirementMissing(
            "{operation} needs a department and a time limit; the other system gives both.",
            operation=row.name,
        )
    if not report.external_number.strip():
        raise RequirementMissing(
            "{operation} needs the number that the other system knows the case by.",
            operation=row.name,
        )


def arrival(report: Report, at: datetime) -> dict[str, Any]:
    """Fields of a case that arrives filed and dispatched; none where nothing was taken over."""
    taken = report.taken_over
    if taken is None:
        return {}
    return {
        "department_id": taken.department_id,
        "holder_post": Post.DEPARTMENT,
        "holder_department_id": taken.department_id,
        "handle_limit": taken.limit,
        "filed_at": at,
        "dispatched_at": at,
        "departments_tried": 1,
        "needs_visit": False,  # whoever called there is told from there
    }


def arrival_orders(report: Report) -> ClockOrders:
    """The limit of its handle clock, where it has one already."""
    taken = report.taken_over
    if taken is None:
        return ClockOrders()
    return ClockOrders({ClockKind.HANDLE: (taken.limit, taken.rule)})
