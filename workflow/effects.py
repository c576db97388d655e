"""What each operation changes in a case beside its state and clocks."""

from typing import Any

from workflow.closing_effects import CLOSING_EFFECTS, across_the_end
from workflow.filing_effects import FILING_EFFECTS
from workflow.handling_effects import HANDLING_EFFECTS
from workflow.posts import Post
from workflow.request_effects import REQUEST_EFFECTS
from workflow.step import NO_REQUEST, Effect, Step

EFFECTS: dict[str, Effect] = {
    **FILING_EFFECTS,
    **HANDLING_EFFECTS,
    **REQUEST_EFFECTS,
    **CLOSING_EFFECTS,
}
"""By operation; an operation that changes no field of the case stands in none of them."""

_OF_A_DEPARTMENT = frozenset({Post.DEPARTMENT, Post.HANDLER})
_OF_A_CENTER = frozenset({Post.DISTRICT_DISPATCHER, Post.TOWN_DISPATCHER})
_TASKS = frozenset({Post.COLLECTOR, Post.INSPECTOR})


def changes(step: Step) -> dict[str, Any]:
    """New values of the case's own fields, its holder included."""
    effect = EFFECTS.get(step.row.operation)
    moved = step.row.to_state is not step.case.state
    # A request and a claim belong to the state that they were made in.
    new: dict[str, Any] = {**NO_REQUEST, "claimed_by": None} if moved else {}
    new |= across_the_end(step, step.row.to_state)
    new |= effect(step) if effect else {}
    return new | _holder(step, new)


def _holder(step: Step, new: dict[str, Any]) -> dict[str, Any]:
    """Who must act in the state that the step leads to: a post, and its person or department."""

    def after(name: str) -> Any:
        return new.get(name, getattr(step.case, name))

    post = step.rules.table.holder_post(step.row.to_state, after("level"))
    person_id = department_id = None
    if post in _TASKS:
        person_id = after("collector_id")
    elif post in _OF_A_DEPARTMENT:
        department_id = after("department_id")
    elif post in _OF_A_CENTER:
        department_id = after("dispatch_unit_id")
    return {
        "holder_post": post,
        "holder_person_id": person_id,
        "holder_department_id": department_id,
    }
