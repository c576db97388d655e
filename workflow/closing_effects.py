"""What the steps that end a case, or open it again, change in it."""

from typing import Any

from workflow.case import Case
from workflow.clocks import ClockKind, is_overdue
from workflow.handling_effects import fed_back, replied
from workflow.states import State
from workflow.step import Effect, Step


def _by(route: str) -> Effect:
    def effect(step: Step) -> dict[str, Any]:
        return {"closing_route": route, "satisfaction": None}

    return effect


def _close(step: Step) -> dict[str, Any]:
    return {"closing_route": step.case.closing_route or "checked", "satisfaction": None}


def _close_authorised(step: Step) -> dict[str, Any]:
    return {
        "closing_route": "authorised",
        "authorisation_id": step.move.authorisation_id,
        "satisfaction": None,
    }


def _force(step: Step) -> dict[str, Any]:
    """What was late when it was ended by force stays late."""
    clock = step.case.newest_clock(ClockKind.HANDLE)
    is_late = clock is not None and clock.stopped_at is None and is_overdue(clock, step.at)
    late = {"handle_on_time": False} if is_late else {}
    return {"closing_route": "forced", "satisfaction": None, **late}


def _import_close(step: Step) -> dict[str, Any]:
    """The other system calls it done: handling ended then, in time or not."""
    return {**fed_back(step), "closing_route": "imported"}


def _audit_self(step: Step) -> dict[str, Any]:
    if step.move.outcome == "refused":
        return {"self_handled": False}
    return {"closing_route": "self_handled", "satisfaction": None}


def _visit(step: Step) -> dict[str, Any]:
    return {"satisfaction": step.move.outcome}


def across_the_end(step: Step, to_state: State) -> dict[str, Any]:
    """What changes whenever a case ends, or goes on after its end, whatever the operation."""
    case = step.case
    if to_state.is_ended and not case.state.is_ended:
        ended = {**_let_go(case), "ended_from": case.state}
        return ended if to_state is State.REJECTED else {**ended, "closed_at": step.at}
    if case.state.is_ended and not to_state.is_ended:
        return {"ended_from": None, "closed_at": None, "closing_route": ""}
    return {}


def _let_go(case: Case) -> dict[str, Any]:
    """Nobody owes an ended case anything more: no reply, no task, no help, no review."""
    return {
        "supervised": None,
        "collector_id": None,
        "co_tasks": replied(case),
        "suspended_until": None,
        # A return that is taken up again must still know what it was returned from.
        "came_from": case.came_from if case.state is State.RETURNED else None,
    }


CLOSING_EFFECTS: dict[str, Effect] = {
    "reject": _by("rejected"),
    "answerNow": _by("answered"),
    "close": _close,
    "authClose": _close_authorised,
    "forceClose": _force,
    "importClose": _import_close,
    "auditSelf": _audit_self,
    "visit": _visit,
}
