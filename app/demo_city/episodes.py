"""What happens to few cases and must be seen all the same: requests, supervision, emergencies.

Each episode is a case that stands open now with something in its record beside the ordinary steps.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.demo_city.paths import (
    ACCEPT,
    ASK_EXTENSION,
    DISPATCH,
    EXTENDED,
    FEEDBACK,
    FILE,
    REFUSE_SIGN,
    REPORT,
    RETURN_REFUSED,
    SIGN,
    Turn,
)
from workflow.posts import Post
from workflow.states import State

_H = State.HANDLING
ASK_SUSPENSION = Turn("askSuspend", "", _H, Post.DEPARTMENT)
SUSPENDED = Turn("auditSuspend", "approved", State.SUSPENDED, Post.DISPATCHER)
ASK_VOID = Turn("askVoid", "", _H, Post.DEPARTMENT)
VOIDED = Turn("auditVoid", "approved", State.REJECTED, Post.SHIFT_LEADER)
ASK_RESTORE = Turn("askRestore", "", State.REJECTED, Post.DISPATCHER)
SUPERVISED = Turn("supervise", "timeout", _H, Post.SUPERVISOR)
SUPERVISED_BY_LEADER = Turn("supervise", "leader", _H, Post.LEADER)
SUPERVISION_ANSWERED = Turn("replySupervise", "", _H, Post.DEPARTMENT)
URGED = Turn("urge", "", _H, Post.DISPATCHER)
CO_HANDLING = Turn("coHandle", "", _H, Post.DISPATCHER)
CO_REPLY = Turn("coReply", "", _H, Post.DEPARTMENT)
ASSIGNED = Turn("assign", "", _H, Post.DEPARTMENT)
EMERGENCY = Turn("transferEmergency", "", State.PENDING_FILING, Post.SHIFT_LEADER)
EMERGENCY_DISPATCH = Turn("emergencyDispatch", "", State.PENDING_SIGN, Post.DISPATCHER)
CLAIMED = Turn("claim", "", State.REPORTED, Post.ACCEPTOR)
CLAIMED_TO_FILE = Turn("claim", "", State.PENDING_FILING, Post.SHIFT_LEADER)
SELF_HANDLED = Turn("selfHandle", "", State.REPORTED, Post.COLLECTOR)
SELF_PASSED = Turn("auditSelf", "approved", State.CLOSED, Post.ACCEPTOR)
ANSWERED = Turn("answerNow", "", State.CLOSED, Post.ACCEPTOR)
FORCED = Turn("forceClose", "", State.FORCE_CLOSED, Post.SHIFT_LEADER)
DIRECT = Turn("askDirectClose", "", State.PENDING_CLOSE, Post.DEPARTMENT)
VISITED = {
    outcome: Turn("visit", outcome, State.CLOSED, Post.ACCEPTOR)
    for outcome in ("very_satisfied", "satisfied")
}
ASK_APPEAL = Turn("askAppeal", "", State.CLOSED, Post.DEPARTMENT)
APPEAL_PASSED = Turn("auditAppeal", "passed", State.CLOSED, Post.DISPATCHER)
APPEAL_GRANTED = Turn("auditAppeal", "approved", State.CLOSED, Post.ACCEPTOR)
APPEAL_REFUSED = Turn("auditAppeal", "refused", State.CLOSED, Post.DISPATCHER)

IN_HAND = (REPORT, ACCEPT, FILE, DISPATCH, SIGN)
"""From the report to the department's hands."""


@dataclass(frozen=True)
class Episode:
    """A kind of case to have.

    Attributes:
        path: every step, the report first.
        starter: index of the step that started the clock whose share is used.
        used: the share of its limit that is used, from and to.
        days_ago: days since the last step, from and to; the share is that of then.
        needs_collector: only a collector's own find can be told so.
        event_prefix: only an event of these classes can.
        count: how many.
    """

    path: Sequence[Turn]
    starter: int
    used: tuple[float, float]
    count: int
    days_ago: tuple[float, float] = (0.0, 0.0)
    needs_collector: bool = False
    event_prefix: str = ""


_EARLY, _MIDDLE, _LATE, _OVER = (0.15, 0.45), (0.45, 0.78), (0.83, 0.95), (1.1, 1.9)
_DISPATCHED = IN_HAND.index(DISPATCH)

EPISODES = (
    Episode((*IN_HAND, ASK_EXTENSION), _DISPATCHED, _MIDDLE, 5),
    Episode((*IN_HAND, ASK_EXTENSION, EXTENDED), _DISPATCHED, _MIDDLE, 4),
    Episode((*IN_HAND, ASK_EXTENSION, EXTENDED, ASK_EXTENSION), _DISPATCHED, _LATE, 2),
    Episode((*IN_HAND, ASK_SUSPENSION), _DISPATCHED, _MIDDLE, 4),
    Episode((*IN_HAND, ASK_SUSPENSION, SUSPENDED), _DISPATCHED, _MIDDLE, 14, (1.0, 26.0)),
    Episode((*IN_HAND, ASK_VOID), _DISPATCHED, _EARLY, 3),
    Episode((*IN_HAND, ASK_VOID, VOIDED), _DISPATCHED, _EARLY, 4, (0.5, 9.0)),
    Episode((*IN_HAND, ASK_VOID, VOIDED, ASK_RESTORE), _DISPATCHED, _EARLY, 2, (0.1, 1.0)),
    Episode((*IN_HAND, SUPERVISED), _DISPATCHED, _OVER, 6),
    Episode((*IN_HAND, SUPERVISED_BY_LEADER), _DISPATCHED, _MIDDLE, 3),
    Episode((*IN_HAND, SUPERVISED, SUPERVISION_ANSWERED), _DISPATCHED, _OVER, 3),
    Episode((*IN_HAND, URGED), _DISPATCHED, _LATE, 6),
    Episode((*IN_HAND, CO_HANDLING), _DISPATCHED, _MIDDLE, 5),
    Episode((*IN_HAND, CO_HANDLING, CO_REPLY), _DISPATCHED, _MIDDLE, 3),
    Episode((*IN_HAND, ASSIGNED), _DISPATCHED, _MIDDLE, 8),
    Episode(
        (REPORT, ACCEPT, FILE, DISPATCH, REFUSE_SIGN, RETURN_REFUSED, SIGN), _DISPATCHED, _LATE, 3
    ),
    Episode((REPORT, ACCEPT, EMERGENCY), 1, _EARLY, 2),
    Episode((REPORT, ACCEPT, EMERGENCY, EMERGENCY_DISPATCH, SIGN), 3, _MIDDLE, 3),
    Episode((REPORT, CLAIMED), 0, _EARLY, 3),
    Episode((REPORT, ACCEPT, CLAIMED_TO_FILE), 1, _EARLY, 2),
    Episode((SELF_HANDLED,), 0, _EARLY, 4, needs_collector=True),
    Episode((SELF_HANDLED, SELF_PASSED), 0, _MIDDLE, 12, (0.2, 20.0), needs_collector=True),
    Episode((REPORT, ANSWERED), 0, _MIDDLE, 8, (0.2, 20.0)),
    Episode((*IN_HAND, FORCED), _DISPATCHED, _OVER, 3, (1.0, 12.0)),
    Episode((*IN_HAND, DIRECT), _DISPATCHED, _MIDDLE, 2, event_prefix="01"),
    Episode((*IN_HAND, FEEDBACK), _DISPATCHED, _OVER, 2),
)
