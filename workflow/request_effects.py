"""What is asked for and ruled on: extension, suspension, void, restore, appeal; supervision too."""

from datetime import timedelta
from typing import Any

from workflow.clocks import ClockKind
from workflow.errors import NotAllowed, RequirementMissing
from workflow.instants import epoch_ms, from_epoch_ms, readable
from workflow.limits import Limit
from workflow.posts import Post
from workflow.step import NO_REQUEST, Effect, Step

OWN_DEPARTMENT, FIRST, SECOND, BEYOND_QUOTA = 0, 1, 2, 3
"""Tiers of an extension: 部门初审, the dispatcher, the shift leader for another, the leader."""


def _ask(kind: str) -> Effect:
    def effect(step: Step) -> dict[str, Any]:
        return {"request_kind": kind, "request_tier": FIRST, "request_by": step.seat.person_id}

    return effect


def _extension_tier(step: Step) -> int:
    quota = step.around.quota
    if quota is not None and quota.left <= 0:
        return BEYOND_QUOTA
    return SECOND if step.case.extension_count else FIRST


def _ask_extension(step: Step) -> dict[str, Any]:
    by_handler = step.seat.post is Post.HANDLER
    return {
        "request_kind": "extension",
        "request_tier": OWN_DEPARTMENT if by_handler else _extension_tier(step),
        "request_limit": _asked_limit(step),
        "request_by": step.seat.person_id,
    }


def _asked_limit(step: Step) -> Limit:
    """The time asked for: the original limit once more at most, in its own unit (YC)."""
    case, asked = step.case, step.move.limit
    clock = case.newest_clock(ClockKind.HANDLE)
    original = case.handle_limit or (clock.limit if clock else None)
    if original is None:
        raise RequirementMissing(
            "Case {number} has no handling limit that could be extended.", number=case.number
        )
    if asked is None:
        return original
    if asked.unit is not original.unit or not 0 < asked.amount <= original.amount:
        raise NotAllowed(
            "Case {number} cannot be extended by {asked}: one extension is at most its own limit, "
            "{original}, counted the same way.",
            number=case.number,
            asked=asked,
            original=original,
        )
    return asked


def _forward_extension(step: Step) -> dict[str, Any]:
    return {"request_tier": _extension_tier(step)}


def _audit_extension(step: Step) -> dict[str, Any]:
    if step.move.outcome == "refused":
        return NO_REQUEST
    _refuse_beyond_quota(step)
    quota = step.around.quota
    return {
        **NO_REQUEST,
        "extension_count": step.case.extension_count + 1,
        "extended_at": step.at,
        "over_quota": step.case.over_quota or (quota is not None and quota.left <= 0),
    }


def _refuse_beyond_quota(step: Step) -> None:
    """Requests that were asked for together do not go past the leader together."""
    quota = step.around.quota
    if quota is None or step.case.request_tier >= _extension_tier(step):
        return
    raise NotAllowed(
        "Case {number} cannot be extended any more by this post: the quota of {department} was "
        "used up after the request. Refuse it; asked anew it goes to the leader.",
        number=step.case.number,
        department=quota.department_name,
    )


def _ask_suspend(step: Step) -> dict[str, Any]:
    until, days = step.move.until, step.rules.settings.suspend_days
    assert until is not None
    if not step.at < until <= step.at + timedelta(days=days):
        raise NotAllowed(
            "Case {number} cannot be suspended until {until}: the review date lies after now and "
            "at most {days} days ahead.",
            number=step.case.number,
            until=readable(until),
            days=days,
        )
    whole = from_epoch_ms(epoch_ms(until))
    return {**_ask("suspend")(step), "request_until": whole}


def _audit_suspend(step: Step) -> dict[str, Any]:
    until = step.case.request_until
    if step.move.outcome == "refused":
        return NO_REQUEST
    if until is None or until <= step.at:
        raise NotAllowed(
            "Case {number} cannot be suspended any more: the review date asked for has passed. "
            "Refuse the request and have it asked anew.",
            number=step.case.number,
        )
    return {
        **NO_REQUEST,
        "suspend_count": step.case.suspend_count + 1,
        "suspended_until": until,
    }


def _resume(step: Step) -> dict[str, Any]:
    return {"suspended_until": None}


def _audit_void(step: Step) -> dict[str, Any]:
    if step.move.outcome == "refused":
        return NO_REQUEST
    return {**NO_REQUEST, "closing_route": "void"}


def _no_request(step: Step) -> dict[str, Any]:
    return NO_REQUEST


def _audit_appeal(step: Step) -> dict[str, Any]:
    """超时申诉, in two levels: the fact of being overdue is kept, only the score may spare it."""
    match step.move.outcome:
        case "passed":
            return {"request_tier": SECOND}
        case "approved":
            return {**NO_REQUEST, "appeal_result": "approved", "exempt": True}
        case _:
            return {**NO_REQUEST, "appeal_result": "refused"}


def _supervise(step: Step) -> dict[str, Any]:
    return {"supervised": step.move.outcome, "supervise_count": step.case.supervise_count + 1}


def _reply_supervise(step: Step) -> dict[str, Any]:
    return {"supervised": None}


def _urge(step: Step) -> dict[str, Any]:
    return {"urge_count": step.case.urge_count + 1}


def _transfer_emergency(step: Step) -> dict[str, Any]:
    return {"emergency": True, "urgent": True}


def _settle(step: Step) -> dict[str, Any]:
    return {"responsibility_open": False}


REQUEST_EFFECTS: dict[str, Effect] = {
    "askExtension": _ask_extension,
    "forwardExtension": _forward_extension,
    "auditExtension": _audit_extension,
    "askSuspend": _ask_suspend,
    "auditSuspend": _audit_suspend,
    "resume": _resume,
    "askVoid": _ask("void"),
    "auditVoid": _audit_void,
    "askRestore": _ask("restore"),
    "auditRestore": _no_request,
    "askAppeal": _ask("appeal"),
    "auditAppeal": _audit_appeal,
    "supervise": _supervise,
    "replySupervise": _reply_supervise,
    "urge": _urge,
    "transferEmergency": _transfer_emergency,
    "settle": _settle,
}
