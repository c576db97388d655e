"""Which fields of a case an operation may change: nothing else of a case moves with its step.

The effects decide the values; this table bounds them, and the database holds every step to it.
"""

from typing import Final

REQUEST: Final = ("request_kind", "request_tier", "request_limit", "request_until", "request_by")
HOLDER: Final = ("holder_post", "holder_person_id", "holder_department_id")
"""Follow every step."""

IN_PASSING: Final = (*REQUEST, "claimed_by")
"""A step into another state empties these."""

AT_THE_END: Final = (
    *("supervised", "collector_id", "co_tasks", "suspended_until"),
    *("came_from", "ended_from", "closed_at"),
)
AFTER_THE_END: Final = ("ended_from", "closed_at", "closing_route")
"""Of a case that ends, and of one that goes on after its end."""

INSTANTS: Final = (
    *("reported_at", "filed_at", "dispatched_at", "fed_back_at", "closed_at", "extended_at"),
)
"""When something was done: the instant of the step that did it, or nothing."""

COUNTS: Final = (
    *("return_count", "rework_count", "urge_count", "supervise_count", "suspend_count"),
    "departments_tried",
)
"""Grow by one, and never become less."""

BY_WHO_ACTS: Final = ("claim.claimed_by", "file.owner_id")
"""Fields that an operation sets to the person who does it; `request_by` always is."""

_REPORT: Final = (
    *("number", "profile", "rules_version", "level", "kind", "edition", "class_code", "class_name"),
    *("source", "description", "remark", "caller_name", "caller_phone", "wants_reply"),
    *("confidential", "external_number", "urgent", "place", "component_code", "reporter_id"),
    *("needs_visit", "reported_at"),
)
_ASKED: Final = ("request_kind", "request_tier", "request_by")
_ENDING: Final = ("closing_route", "satisfaction")
_TASK: Final = ("collector_id", "came_from", "verify_result")
_DISPATCH: Final = (
    *("department_id", "last_department_id", "dispatch_unit_id", "upper_unit_id", "handler_id"),
    *("dispatched_at", "departments_tried", "co_tasks", "handle_limit"),
    *("extension_count", "extended_at", "over_quota"),
)
_DONE: Final = ("fed_back_at", "handle_on_time", "exempt")

CHANGED_FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "report": _REPORT,
    "register": _REPORT,
    "selfHandle": (*_REPORT, "self_handled"),
    "import": (
        *_REPORT,
        *("department_id", "handle_limit", "filed_at", "dispatched_at", "departments_tried"),
    ),
    "auditSelf": ("self_handled", *_ENDING),
    "sendVerify": _TASK,
    "replyVerify": _TASK,
    "reject": _ENDING,
    "answerNow": _ENDING,
    "forceClose": (*_ENDING, "handle_on_time"),
    "close": _ENDING,
    "authClose": (*_ENDING, "authorisation_id"),
    "importClose": (*_DONE, "closing_route"),
    "merge": ("duplicate_of", "closing_route"),
    "unmerge": ("duplicate_of",),
    "link": ("similar_to",),
    "unlink": ("similar_to",),
    "file": ("condition_id", "filed_at", "owner_id", "time_tier"),
    "amend": (
        *("kind", "class_code", "class_name", "edition", "description", "place"),
        *("component_code", "condition_id"),
    ),
    "claim": ("claimed_by",),
    "release": ("claimed_by",),
    "reassign": ("collector_id", "claimed_by", "owner_id"),
    "handDown": ("level",),
    "handUp": ("level",),
    "dispatch": _DISPATCH,
    "districtDispatch": _DISPATCH,
    "townDispatch": _DISPATCH,
    "emergencyDispatch": (*_DISPATCH, "filed_at", "responsibility_open"),
    "dispatchBack": ("filed_at", "last_department_id"),
    "transferEmergency": ("emergency", "urgent"),
    "settle": ("responsibility_open",),
    "refuseSign": ("came_from", "return_count"),
    "districtReturn": ("came_from", "return_count"),
    "townReturn": ("dispatch_unit_id", "upper_unit_id"),
    "returnAudit": (
        *("came_from", "last_department_id", "department_id", "dispatch_unit_id"),
        *("upper_unit_id", "handler_id", "dispatched_at", "co_tasks"),
    ),
    "assign": ("handler_id",),
    "revokeAssign": ("handler_id",),
    "coHandle": ("co_tasks",),
    "coReply": ("co_tasks",),
    "releaseCo": ("co_tasks",),
    "feedback": _DONE,
    "askDirectClose": (*_DONE, "closing_route", "authorisation_id"),
    "rework": (
        *("rework_count", "fed_back_at", "check_result", "closing_route", "authorisation_id"),
        "handle_limit",
    ),
    "sendCheck": ("collector_id", "check_result"),
    "recheck": ("collector_id", "check_result", "closing_route", "authorisation_id"),
    "replyCheck": ("collector_id", "check_result"),
    "askExtension": (*_ASKED, "request_limit"),
    "forwardExtension": ("request_tier",),
    "auditExtension": (*REQUEST, "extension_count", "extended_at", "over_quota"),
    "askSuspend": (*_ASKED, "request_until"),
    "auditSuspend": (*REQUEST, "suspend_count", "suspended_until"),
    "resume": ("suspended_until",),
    "askVoid": _ASKED,
    "auditVoid": (*REQUEST, "closing_route"),
    "askRestore": _ASKED,
    "auditRestore": REQUEST,
    "askAppeal": _ASKED,
    "auditAppeal": (*REQUEST, "appeal_result", "exempt"),
    "supervise": ("supervised", "supervise_count"),
    "replySupervise": ("supervised",),
    "urge": ("urge_count",),
    "visit": ("satisfaction",),
}
"""By operation; one that stands in none of them changes no field of its own."""
