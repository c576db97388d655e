"""Which steps a case takes: the main path with its detours at plausible rates."""

from dataclasses import dataclass
from random import Random

from workflow.clock import ClockKind
from workflow.posts import Post
from workflow.states import State


@dataclass(frozen=True)
class Turn:
    """One step to take, and the state that it should lead to; `post` where several could."""

    operation: str
    outcome: str
    to_state: State
    post: Post | None = None


def _turn(operation: str, to_state: State, outcome: str = "", post: Post | None = None) -> Turn:
    return Turn(operation, outcome, to_state, post)


REPORT = _turn("report", State.REPORTED)
SEND_VERIFY = _turn("sendVerify", State.VERIFYING)
VERIFIED = _turn("replyVerify", State.REPORTED, "true")
UNTRUE = _turn("replyVerify", State.REPORTED, "untrue")
REJECT = _turn("reject", State.REJECTED)
ACCEPT = _turn("accept", State.PENDING_FILING)
FILE_BACK = _turn("fileBack", State.REPORTED)
FILE = _turn("file", State.PENDING_DISPATCH)
DISPATCH = _turn("dispatch", State.PENDING_SIGN)
DISPATCH_BACK = _turn("dispatchBack", State.PENDING_FILING)
REFUSE_SIGN = _turn("refuseSign", State.RETURNED)
RETURN_AGREED = _turn("returnAudit", State.PENDING_DISPATCH, "agreed")
RETURN_REFUSED = _turn("returnAudit", State.PENDING_SIGN, "refused")
SIGN = _turn("sign", State.HANDLING)
HANDLE_DONE = _turn("handleDone", State.DEPT_REVIEW)
DEPT_REWORK = _turn("deptRework", State.HANDLING)
FEEDBACK = _turn("feedback", State.PENDING_FEEDBACK)
PASS_FEEDBACK = _turn("passFeedback", State.PENDING_CHECK)
SEND_CHECK = _turn("sendCheck", State.CHECKING)
CHECK_DONE = _turn("replyCheck", State.PENDING_CLOSE, "done")
CHECK_UNDONE = _turn("replyCheck", State.PENDING_CLOSE, "undone")
REWORK = _turn("rework", State.HANDLING)
CLOSE = _turn("close", State.CLOSED)
ASK_EXTENSION = _turn("askExtension", State.HANDLING, post=Post.DEPARTMENT)
EXTENDED = _turn("auditExtension", State.HANDLING, "approved", Post.DISPATCHER)
NOT_EXTENDED = _turn("auditExtension", State.HANDLING, "refused", Post.DISPATCHER)

# Shares of the cases that come to the fork; made up to look like a city's month, not measured.
VERIFY_IF_REPORTED_BY_OTHERS = 0.55
UNTRUE_WHEN_VERIFIED = 0.14
REJECTED_UNSEEN = 0.03
FILED_BACK = 0.012
NOT_FILED = 0.012
DISPATCHED_BACK = 0.012
REFUSED = 0.035
REFUSAL_AGREED = 0.65
HANDLERS_OWN_STEP = 0.2
REWORKED_IN_DEPARTMENT = 0.06
EXTENSION_ASKED = 0.02
EXTENSION_GRANTED = 0.75
FEEDBACK_REWORKED = 0.025
CHECK_FAILED = 0.05

MAIN_CLOCK = {
    State.REPORTED: ClockKind.ACCEPT,
    State.VERIFYING: ClockKind.VERIFY,
    State.PENDING_FILING: ClockKind.FILING,
    State.PENDING_DISPATCH: ClockKind.DISPATCH,
    State.RETURNED: ClockKind.DISPATCH,
    State.PENDING_SIGN: ClockKind.HANDLE,
    State.HANDLING: ClockKind.HANDLE,
    State.DEPT_REVIEW: ClockKind.HANDLE,
    State.PENDING_FEEDBACK: ClockKind.FEEDBACK,
    State.PENDING_CHECK: ClockKind.SEND_CHECK,
    State.CHECKING: ClockKind.CHECK,
    State.PENDING_CLOSE: ClockKind.CLOSE,
}
"""The clock that the lamp of an open case shows."""


_DETOURS = frozenset({UNTRUE, DISPATCH_BACK, REFUSE_SIGN})
"""Steps that a case which is to stand in a state does not have behind it: they move its clocks."""


def whole_path(found_by_collector: bool, rng: Random) -> list[Turn]:
    """Every step of a case from the report to its end."""
    path = [REPORT]
    if not found_by_collector and rng.random() < VERIFY_IF_REPORTED_BY_OTHERS:
        path.append(SEND_VERIFY)
        if rng.random() < UNTRUE_WHEN_VERIFIED:
            return [*path, UNTRUE, REJECT]
        path.append(VERIFIED)
    elif rng.random() < REJECTED_UNSEEN:
        return [*path, REJECT]
    path.append(ACCEPT)
    if rng.random() < FILED_BACK:
        path += [FILE_BACK, ACCEPT]
    if rng.random() < NOT_FILED:
        return [*path, REJECT]
    path += [FILE, DISPATCH]
    if rng.random() < DISPATCHED_BACK:
        path[-1:] = [DISPATCH_BACK, FILE, DISPATCH]
    if rng.random() < REFUSED:
        agreed = rng.random() < REFUSAL_AGREED
        path += [REFUSE_SIGN, *((RETURN_AGREED, DISPATCH) if agreed else (RETURN_REFUSED,))]
    return [*path, SIGN, *_handled(rng)]


def path_to(state: State, found_by_collector: bool, rng: Random) -> list[Turn]:
    """The steps of a case that stands in this open state now."""
    if state is State.VERIFYING:
        return [REPORT, SEND_VERIFY]
    if state is State.RETURNED:
        return [REPORT, ACCEPT, FILE, DISPATCH, REFUSE_SIGN]
    while True:
        path = whole_path(found_by_collector, rng)
        if state is State.DEPT_REVIEW and SIGN in path and HANDLE_DONE not in path:
            path.insert(path.index(SIGN) + 1, HANDLE_DONE)
        for number, turn in enumerate(path, start=1):
            if turn.to_state is state and not _DETOURS & set(path[:number]):
                return path[:number]


def _handled(rng: Random) -> list[Turn]:
    """From the signature to the closing; whatever was not handled well starts over."""
    path: list[Turn] = []
    if rng.random() < EXTENSION_ASKED:
        granted = rng.random() < EXTENSION_GRANTED
        path += [ASK_EXTENSION, EXTENDED if granted else NOT_EXTENDED]
    while True:
        if rng.random() < HANDLERS_OWN_STEP:
            path.append(HANDLE_DONE)
            if rng.random() < REWORKED_IN_DEPARTMENT:
                path += [DEPT_REWORK, HANDLE_DONE]
        path.append(FEEDBACK)
        if rng.random() < FEEDBACK_REWORKED:
            path.append(REWORK)
            continue
        path += [PASS_FEEDBACK, SEND_CHECK]
        if rng.random() < CHECK_FAILED:
            path += [CHECK_UNDONE, REWORK]
            continue
        return [*path, CHECK_DONE, CLOSE]
