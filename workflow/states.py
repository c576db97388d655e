"""The states of a case and the seven steps they belong to (product notes, section B1)."""

from enum import IntEnum, StrEnum


class Step(IntEnum):
    """The seven steps of CJJ/T 106: from collecting to evaluating."""

    COLLECT = 1
    FILE = 2
    DISPATCH = 3
    HANDLE = 4
    FEED_BACK = 5
    CHECK_AND_CLOSE = 6
    EVALUATE = 7


class State(StrEnum):
    """Where a case stands. Flags such as urgent or rework are not states."""

    REPORTED = "Reported"
    VERIFYING = "Verifying"
    PENDING_FILING = "PendingFiling"
    REJECTED = "Rejected"
    PENDING_DISPATCH = "PendingDispatch"
    PENDING_DISTRICT_DISPATCH = "PendingDistrictDispatch"
    PENDING_TOWN_DISPATCH = "PendingTownDispatch"
    PENDING_SIGN = "PendingSign"
    HANDLING = "Handling"
    DEPT_REVIEW = "DeptReview"
    RETURNED = "Returned"
    SUSPENDED = "Suspended"
    PENDING_FEEDBACK = "PendingFeedback"
    PENDING_CHECK = "PendingCheck"
    CHECKING = "Checking"
    PENDING_CLOSE = "PendingClose"
    CLOSED = "Closed"
    FORCE_CLOSED = "ForceClosed"
    ARCHIVED = "Archived"

    @property
    def is_ended(self) -> bool:
        """True where no clock runs any more."""
        return self in ENDED

    @property
    def step(self) -> Step:
        """The step of the seven that this state belongs to."""
        return _STEP[self]


ENDED = frozenset({State.REJECTED, State.CLOSED, State.FORCE_CLOSED, State.ARCHIVED})
ACTIVE = frozenset(State) - ENDED

_STEP = {
    State.REPORTED: Step.COLLECT,
    State.VERIFYING: Step.COLLECT,
    State.PENDING_FILING: Step.FILE,
    State.REJECTED: Step.FILE,
    State.PENDING_DISPATCH: Step.DISPATCH,
    State.PENDING_DISTRICT_DISPATCH: Step.DISPATCH,
    State.PENDING_TOWN_DISPATCH: Step.DISPATCH,
    State.RETURNED: Step.DISPATCH,
    State.PENDING_SIGN: Step.HANDLE,
    State.HANDLING: Step.HANDLE,
    State.DEPT_REVIEW: Step.HANDLE,
    State.SUSPENDED: Step.HANDLE,
    State.PENDING_FEEDBACK: Step.FEED_BACK,
    State.PENDING_CHECK: Step.CHECK_AND_CLOSE,
    State.CHECKING: Step.CHECK_AND_CLOSE,
    State.PENDING_CLOSE: Step.CHECK_AND_CLOSE,
    State.CLOSED: Step.EVALUATE,
    State.FORCE_CLOSED: Step.EVALUATE,
    State.ARCHIVED: Step.EVALUATE,
}
