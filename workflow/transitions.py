"""The transition table: which post may take a case from which state to which, and what it needs."""

from dataclasses import dataclass, field
from enum import StrEnum

from workflow.clocks import ClockKind
from workflow.errors import NotAllowed
from workflow.posts import Post
from workflow.states import State

MAIN = "main"


class ClockAction(StrEnum):
    """What a step does to a clock.

    CANCEL stops it without judging it. TAKE_UP goes on with the time that is left where the same
    department gets the case back, and else starts anew. REOPEN runs a stopped clock again with the
    time that is left. EXTEND moves its deadline on. BUNDLE starts a clock that shares the deadline
    of handling (捆绑计时). DROP cancels every open clock of the kind, if there is one. RECOUNT
    computes every open clock of the case anew under the calendar in force.
    """

    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    CANCEL = "cancel"
    TAKE_UP = "take_up"
    REOPEN = "reopen"
    EXTEND = "extend"
    BUNDLE = "bundle"
    DROP = "drop"
    RECOUNT = "recount"


@dataclass(frozen=True, slots=True)
class ClockEffect:
    """One effect of a step on one clock; kind None stands for every open one."""

    action: ClockAction
    kind: ClockKind | None


class Need(StrEnum):
    """What a step must be given, or may be.

    UNIT is the center of a district or a town that is to dispatch, PERSON a handler of the own
    department or a colleague, UNTIL a review date, MASTER another case.
    """

    OPINION = "opinion"
    CONDITION = "condition"
    DEPARTMENT = "department"
    COLLECTOR = "collector"
    PHOTO = "photo"
    LIMIT = "limit"
    CO_DEPARTMENTS = "co_departments"
    UNIT = "unit"
    PERSON = "person"
    UNTIL = "until"
    MASTER = "master"
    AUTHORISATION = "authorisation"
    AMENDMENT = "amendment"
    TIER = "tier"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One row of the table.

    Attributes:
        from_state: None for the report that makes a case.
        name: the step in Chinese, as on the button.
        takes: what it may be given beside that.
        guards: checks of workflow.guards beyond post and needs, each "name" or "name:argument".
        photo_usage: what the photos of this step show, where it takes any.
        key: the letter that triggers the button.
        tone: "main" (the step onward), "plain", or "back" (reject, return, rework).
    """

    operation: str
    outcome: str = ""
    from_state: State | None
    to_state: State
    posts: frozenset[Post]
    needs: frozenset[Need] = frozenset()
    takes: frozenset[Need] = frozenset()
    guards: tuple[str, ...] = ()
    clock_effects: tuple[ClockEffect, ...] = ()
    photo_usage: str = ""
    name: str = ""
    key: str = ""
    tone: str = "plain"


@dataclass(frozen=True)
class TransitionTable:
    """All rows of one profile in one version.

    Attributes:
        profile: e.g. "shift_leader_closes".
        version: rules version; a case keeps the version that it was reported under.
    """

    profile: str
    version: int
    rows: tuple[Transition, ...]
    _by_state: dict[State | None, tuple[Transition, ...]] = field(init=False, repr=False)
    _names: dict[tuple[str, str], str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        by_state: dict[State | None, list[Transition]] = {}
        for row in self.rows:
            by_state.setdefault(row.from_state, []).append(row)
        frozen = {state: tuple(rows) for state, rows in by_state.items()}
        object.__setattr__(self, "_by_state", frozen)
        names = {(row.operation, row.outcome): row.name for row in reversed(self.rows)}
        object.__setattr__(self, "_names", names)

    def leaving(self, state: State | None) -> tuple[Transition, ...]:
        """Every row that leaves `state`, in the table's order."""
        return self._by_state.get(state, ())

    def open_to(self, state: State, post: Post) -> tuple[Transition, ...]:
        """The rows that `post` may take from `state`; guards and needs not yet looked at."""
        return tuple(row for row in self.leaving(state) if post in row.posts)

    def report_row(self, post: Post, operation: str = "") -> Transition:
        """The row by which a post makes a new case; the first where no operation is named.

        Raises:
            NotAllowed: the post has no such row.
        """
        for row in self.leaving(None):
            if post in row.posts and operation in ("", row.operation):
                return row
        raise NotAllowed(
            "A new case cannot be reported from the post {post}; switch to a post that reports.",
            post=post,
        )

    def holder_post(self, state: State, level: str = "city") -> Post | None:
        """The post that must act in a state: the one whose step leads onward; None when ended.

        Args:
            level: whose loop the case runs in; rows of the other loop do not count.
        """
        for row in self.leaving(state):
            levels = [guard.partition(":")[2] for guard in row.guards if guard.startswith("level:")]
            if row.tone == MAIN and (not levels or level in levels):
                return next(post for post in Post if post in row.posts)
        return None

    def operation_name(self, operation: str, outcome: str = "") -> str:
        """The Chinese name of an operation, wherever in the table it stands."""
        return self._names.get((operation, outcome), operation)

    def candidates(
        self, state: State, operation: str, outcome: str, post: Post, number: str = ""
    ) -> tuple[Transition, ...]:
        """Rows that match an operation; more than one where a guard decides between them.

        Args:
            number: of the case, for the sentence of a refusal.

        Raises:
            NotAllowed: the table has no such row for this state and post.
        """
        wanted = (operation, outcome)
        allowed = tuple(
            row for row in self.open_to(state, post) if (row.operation, row.outcome) == wanted
        )
        if not allowed:
            raise NotAllowed(
                "{operation} is not open to {post} while case {number} is {state}; "
                "look at the case's buttons for what is.",
                number=number,
                operation=self.operation_name(operation, outcome),
                post=post,
                state=state,
            )
        return allowed
