"""What the steps from dispatch to check change in a case: departments, returns, co-handling."""

from dataclasses import replace
from typing import Any

from workflow.case import Case, CoTask
from workflow.clocks import ClockKind, is_overdue
from workflow.errors import NotAllowed
from workflow.step import Effect, Step


def _dispatch(step: Step) -> dict[str, Any]:
    if step.move.unit_id is not None:
        upper = step.case.dispatch_unit_id if step.row.operation == "districtDispatch" else None
        return {"dispatch_unit_id": step.move.unit_id, "upper_unit_id": upper}
    new: dict[str, Any] = {
        "department_id": step.move.department_id,
        "last_department_id": None,
        "handler_id": None,
        "dispatched_at": step.at,
        "departments_tried": step.case.departments_tried + 1,
        **_asked_to_help(step),
    }
    if step.row.operation == "dispatch":
        new |= {"dispatch_unit_id": None, "upper_unit_id": None}
    if step.move.department_id != step.case.last_department_id:
        # What another department was granted is not held against this one.
        new |= {"extension_count": 0, "extended_at": None, "over_quota": False}
    return new


def _emergency_dispatch(step: Step) -> dict[str, Any]:
    """先解决后分责: the case counts as filed, and its responsibility stays open."""
    return {
        **_dispatch(step),
        "filed_at": step.case.filed_at or step.at,
        "responsibility_open": True,
    }


def next_co_round(case: Case) -> int:
    """The round of the next co-handling clock; those of tasks that were released stay taken."""
    rounds = [clock.round for clock in case.clocks if clock.kind is ClockKind.CO_HANDLE]
    return 1 + max(rounds, default=0)


def replied(case: Case) -> tuple[CoTask, ...]:
    """The co-handling tasks without those that still wait for a reply."""
    return tuple(task for task in case.co_tasks if task.replied_at is not None)


def _asked_to_help(step: Step) -> dict[str, Any]:
    asked = step.move.co_department_ids
    if not asked:
        return {}
    case = step.case
    main = step.move.department_id or case.department_id
    open_ones = {task.department_id for task in case.co_tasks if task.replied_at is None}
    if main in asked or open_ones & set(asked) or len(set(asked)) < len(asked):
        raise NotAllowed(
            "{operation} of case {number} names a department twice, or the main one as helper; "
            "name each once.",
            operation=step.name,
            number=case.number,
        )
    first = next_co_round(case)
    new = (CoTask(first + n, department, step.at) for n, department in enumerate(asked))
    return {"co_tasks": (*case.co_tasks, *new)}


def replied_rounds(step: Step) -> tuple[int, ...]:
    """Clock rounds of the co-handling tasks that this step's department replies to."""
    return tuple(
        task.round
        for task in step.case.co_tasks
        if task.department_id == step.seat.department_id and task.replied_at is None
    )


def _co_reply(step: Step) -> dict[str, Any]:
    rounds = replied_rounds(step)
    return {
        "co_tasks": tuple(
            replace(task, replied_at=step.at) if task.round in rounds else task
            for task in step.case.co_tasks
        )
    }


def _release_co(step: Step) -> dict[str, Any]:
    return {"co_tasks": replied(step.case)}


def _district_return(step: Step) -> dict[str, Any]:
    return {
        "came_from": step.case.state,
        "return_count": step.case.return_count + 1,
    }


def _town_return(step: Step) -> dict[str, Any]:
    return {"dispatch_unit_id": step.case.upper_unit_id, "upper_unit_id": None}


def _refuse_sign(step: Step) -> dict[str, Any]:
    return {"came_from": step.case.state, "return_count": step.case.return_count + 1}


def _return_audit(step: Step) -> dict[str, Any]:
    if step.move.outcome == "refused":
        return {"came_from": None}
    return {
        "came_from": None,
        "last_department_id": step.case.department_id or step.case.last_department_id,
        "department_id": None,
        "dispatch_unit_id": None,
        "upper_unit_id": None,
        "handler_id": None,
        "dispatched_at": None,
        **_release_co(step),
    }


def _assign(step: Step) -> dict[str, Any]:
    return {"handler_id": step.move.person_id}


def _revoke_assign(step: Step) -> dict[str, Any]:
    return {"handler_id": None}


def fed_back(step: Step) -> dict[str, Any]:
    """The department is done: when, and whether that was in time."""
    clock = step.case.newest_clock(ClockKind.HANDLE)
    in_time = clock is not None and not is_overdue(clock, step.at)
    return {
        "fed_back_at": step.at,
        "handle_on_time": in_time and step.case.handle_on_time is not False,
        # An appeal forgives the delay that it was about, and no later one.
        "exempt": step.case.exempt and in_time,
    }


def _ask_direct_close(step: Step) -> dict[str, Any]:
    return {
        **fed_back(step),
        "closing_route": "direct",
        "authorisation_id": step.move.authorisation_id,
    }


def _rework(step: Step) -> dict[str, Any]:
    return {
        "rework_count": step.case.rework_count + 1,
        "fed_back_at": None,
        "check_result": None,
        "closing_route": "",
        "authorisation_id": None,
    }


def _send_check(step: Step) -> dict[str, Any]:
    return {"collector_id": step.move.collector_id, "check_result": None}


def _recheck(step: Step) -> dict[str, Any]:
    """Who has it checked after all spares no check any more."""
    return {**_send_check(step), "closing_route": "", "authorisation_id": None}


def _reply_check(step: Step) -> dict[str, Any]:
    return {"collector_id": None, "check_result": step.move.outcome}


HANDLING_EFFECTS: dict[str, Effect] = {
    "dispatch": _dispatch,
    "districtDispatch": _dispatch,
    "townDispatch": _dispatch,
    "emergencyDispatch": _emergency_dispatch,
    "coHandle": _asked_to_help,
    "coReply": _co_reply,
    "releaseCo": _release_co,
    "districtReturn": _district_return,
    "townReturn": _town_return,
    "refuseSign": _refuse_sign,
    "returnAudit": _return_audit,
    "assign": _assign,
    "revokeAssign": _revoke_assign,
    "feedback": fed_back,
    "askDirectClose": _ask_direct_close,
    "rework": _rework,
    "sendCheck": _send_check,
    "recheck": _recheck,
    "replyCheck": _reply_check,
}
