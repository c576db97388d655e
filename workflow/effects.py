"""What each operation changes in a case beside its state, holder and clocks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workflow.case import Case
from workflow.catalog import FilingCondition
from workflow.clocks import ClockKind, is_overdue
from workflow.commands import Move
from workflow.errors import NotAllowed, RequirementMissing
from workflow.limits import Limit
from workflow.ports import Rules
from workflow.posts import Post
from workflow.states import State

DISPATCHERS_LIMIT = "派遣员给定的处置时限"


@dataclass(frozen=True, slots=True)
class Step:
    """One move on one case at one instant; `name` is the operation as the button has it."""

    case: Case
    move: Move
    name: str
    at: datetime
    rules: Rules


Effect = Callable[[Step], dict[str, Any]]


def changes(step: Step) -> dict[str, Any]:
    """New values of the case's own fields; an operation without any answers none."""
    effect = _EFFECTS.get(step.move.operation)
    return effect(step) if effect else {}


def holder(step: Step, new: Mapping[str, Any], state: State) -> dict[str, Any]:
    """Who must act in the state that the step leads to: a post, and its person or department."""
    post = step.rules.table.holder_post(state)
    person_id = department_id = None
    if post is Post.COLLECTOR:
        person_id = new.get("collector_id", step.case.collector_id)
    elif post in (Post.DEPARTMENT, Post.HANDLER):
        department_id = new.get("department_id", step.case.department_id)
    return {
        "holder_post": post,
        "holder_person_id": person_id,
        "holder_department_id": department_id,
    }


def handle_limit(step: Step) -> tuple[Limit, str] | None:
    """Limit and rule of a handle clock that this step starts; None where it starts none.

    A dispatch takes the dispatcher's limit (which needs an opinion), else that of the filing
    condition. A rework gives the same limit again in full.

    Raises:
        RequirementMissing: no opinion for the dispatcher's limit, or no limit from anywhere.
    """
    case, move = step.case, step.move
    if move.operation == "rework":
        last = case.newest_clock(ClockKind.HANDLE)
        return None if last is None else (last.limit, last.rule)
    if move.operation != "dispatch":
        return None
    if move.limit is not None:
        if not move.opinion.strip():
            raise RequirementMissing(
                "{operation} with a limit other than the standard's needs an opinion; "
                "write why this case gets {limit}.",
                operation=step.name,
                limit=move.limit,
            )
        return move.limit, DISPATCHERS_LIMIT
    condition = None if case.condition_id is None else _condition(step, case.condition_id)
    if condition is None or condition.limit is None:
        raise RequirementMissing(
            "{operation} needs a handling limit: the filing condition of case {number} gives "
            "none. Set a limit and write why.",
            operation=step.name,
            number=case.number,
        )
    return condition.limit, f"立案标准 {condition.id}：{condition.limit_text}"


def _send_verify(step: Step) -> dict[str, Any]:
    return {
        "collector_id": step.move.collector_id,
        "came_from": step.case.state,
        "verify_result": None,
    }


def _reply_verify(step: Step) -> dict[str, Any]:
    return {"collector_id": None, "came_from": None, "verify_result": step.move.outcome}


def _file(step: Step) -> dict[str, Any]:
    condition_id = step.move.condition_id or step.case.condition_id
    if condition_id is not None:
        _condition(step, condition_id)
    return {"condition_id": condition_id, "filed_at": step.at}


def _dispatch_back(step: Step) -> dict[str, Any]:
    return {"filed_at": None}


def _dispatch(step: Step) -> dict[str, Any]:
    return {
        "department_id": step.move.department_id,
        "dispatched_at": step.at,
        "departments_tried": step.case.departments_tried + 1,
    }


def _refuse_sign(step: Step) -> dict[str, Any]:
    return {"came_from": step.case.state, "return_count": step.case.return_count + 1}


def _return_audit(step: Step) -> dict[str, Any]:
    if step.move.outcome == "refused":
        return {"came_from": None}
    return {"came_from": None, "department_id": None, "handle_limit": None, "dispatched_at": None}


def _feedback(step: Step) -> dict[str, Any]:
    clock = step.case.newest_clock(ClockKind.HANDLE)
    in_time = clock is not None and not is_overdue(clock, step.at)
    return {
        "fed_back_at": step.at,
        "handle_on_time": in_time and step.case.handle_on_time is not False,
    }


def _rework(step: Step) -> dict[str, Any]:
    return {
        "rework_count": step.case.rework_count + 1,
        "fed_back_at": None,
        "check_result": None,
    }


def _send_check(step: Step) -> dict[str, Any]:
    return {"collector_id": step.move.collector_id}


def _reply_check(step: Step) -> dict[str, Any]:
    return {"collector_id": None, "check_result": step.move.outcome}


def _close(step: Step) -> dict[str, Any]:
    return {"closed_at": step.at}


def _condition(step: Step, condition_id: str) -> FilingCondition:
    condition = step.rules.catalog.condition(condition_id)
    case = step.case
    if (condition.kind, condition.class_code) != (case.kind, case.class_code):
        raise NotAllowed(
            "Case {number} cannot be filed under {condition}: that condition belongs to another "
            "class. Choose one of {class_name}.",
            number=case.number,
            condition=condition.id,
            class_name=case.class_name,
        )
    return condition


_EFFECTS: dict[str, Effect] = {
    "sendVerify": _send_verify,
    "replyVerify": _reply_verify,
    "file": _file,
    "dispatchBack": _dispatch_back,
    "dispatch": _dispatch,
    "refuseSign": _refuse_sign,
    "returnAudit": _return_audit,
    "feedback": _feedback,
    "rework": _rework,
    "sendCheck": _send_check,
    "replyCheck": _reply_check,
    "close": _close,
}
