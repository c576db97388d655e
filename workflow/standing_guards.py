"""Guards about how the case stands: one of its fields has, or has not, a certain value.

Each is a test and the sentence that is said where it fails; the database has the same tests.
"""

from collections.abc import Callable

from workflow.case import Case
from workflow.errors import NotAllowed
from workflow.situation import Guard, Situation
from workflow.states import State

Test = Callable[[Case, str], bool]
_STATES = frozenset(State)


def _guard(test: Test, sentence: str) -> Guard:
    def guard(situation: Situation, argument: str) -> NotAllowed | None:
        case = situation.case
        if test(case, argument):
            return None
        said = State(argument) if argument in _STATES else argument
        return NotAllowed(sentence, number=case.number, argument=said)  # words of a table

    return guard


_TESTS: dict[str, tuple[Test, str]] = {
    "came_from": (
        lambda case, state: case.came_from == state,
        "Case {number} did not come from {argument} and cannot go back there; "
        "look at its process record.",
    ),
    "ended_from": (
        lambda case, state: case.ended_from == state,
        "Case {number} did not end from {argument} and cannot go back there; "
        "look at its process record.",
    ),
    "level": (
        lambda case, level: case.level == level,
        "Case {number} runs in another loop than this post's; the other center acts on it.",
    ),
    "not_untrue": (
        lambda case, _: case.verify_result != "untrue",
        "Case {number} cannot go on: the collector verified it as untrue. "
        "Reject it, or have it verified again.",
    ),
    "check_passed": (
        lambda case, _: (
            case.check_result == "done"
            or (case.check_result is None and case.closing_route == "direct")
        ),
        "Case {number} cannot be closed: the check found the problem not handled. "
        "Send it back for rework.",
    ),
    "request": (
        lambda case, kind: case.request_kind == kind,
        "Case {number} has no such request open; look at its process record.",
    ),
    "no_request": (
        lambda case, _: case.request_kind is None,
        "Case {number} has a request that waits for its ruling; wait for that first.",
    ),
    "tier": (
        lambda case, tier: str(case.request_tier) == tier,
        "The request of case {number} is for another post to rule on.",
    ),
    "supervised": (
        lambda case, _: case.supervised is not None,
        "Case {number} is not supervised; there is nothing to reply to.",
    ),
    "not_supervised": (
        lambda case, _: case.supervised is None,
        "Case {number} is supervised already; wait for the reply.",
    ),
    "emergency": (
        lambda case, _: case.emergency,
        "Case {number} is no emergency; it goes the ordinary way.",
    ),
    "not_emergency": (
        lambda case, _: not case.emergency,
        "Case {number} is an emergency already.",
    ),
    "responsibility_open": (
        lambda case, _: case.responsibility_open,
        "The responsibility for case {number} is settled.",
    ),
    "responsibility_settled": (
        lambda case, _: not case.responsibility_open,
        "Case {number} was dispatched as an emergency and nobody has settled yet who is "
        "responsible; have the dispatcher settle it first.",
    ),
    "duplicate": (
        lambda case, _: case.duplicate_of is not None,
        "Case {number} was not merged into another one.",
    ),
    "not_duplicate": (
        lambda case, _: case.duplicate_of is None,
        "Case {number} was merged into another one; part them instead of restoring it.",
    ),
    "linked": (
        lambda case, _: case.similar_to is not None,
        "Case {number} is linked with no other one.",
    ),
    "self_handled": (
        lambda case, _: case.self_handled,
        "Case {number} was not put right by the collector.",
    ),
    "not_self_handled": (
        lambda case, _: not case.self_handled,
        "Case {number} was put right by the collector: review that first.",
    ),
    "assigned": (
        lambda case, _: case.handler_id is not None,
        "Case {number} is assigned to nobody.",
    ),
    "unassigned": (
        lambda case, _: case.handler_id is None,
        "Case {number} is assigned to a handler; revoke that first.",
    ),
    "needs_visit": (
        lambda case, _: case.needs_visit and case.satisfaction is None,
        "Case {number} asks for no visit, or had it.",
    ),
    "no_visit": (
        lambda case, _: not case.needs_visit,
        "Case {number} is to be followed by a visit.",
    ),
    "to_visit": (
        lambda case, _: case.needs_visit,
        "Case {number} asks for no visit.",
    ),
    "late": (
        lambda case, _: case.handle_on_time is False,
        "Case {number} was handled in time; there is nothing to appeal.",
    ),
    "no_appeal": (
        lambda case, _: case.appeal_result is None,
        "The overdue of case {number} was appealed once and ruled on; once is all there is.",
    ),
    "co_open": (
        lambda case, _: any(task.replied_at is None for task in case.co_tasks),
        "Case {number} has no open co-handling task.",
    ),
    "co_done": (
        lambda case, _: all(task.replied_at is not None for task in case.co_tasks),
        "Case {number} cannot be fed back: a co-handling department has not replied yet. "
        "Chase it, or have the dispatcher release it.",
    ),
    "imported": (
        lambda case, _: case.closing_route == "" and bool(case.external_number),
        "Case {number} was not taken over from another system.",
    ),
}

STANDING_GUARDS: dict[str, Guard] = {
    name: _guard(test, sentence) for name, (test, sentence) in _TESTS.items()
}
