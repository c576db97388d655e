"""A case walked by hand: every step named, every event kept, time moved on by the test."""

from datetime import datetime, timedelta

from tests.helpers.trade import (
    FRIDAY_MORNING,
    SEAT_OF,
    demo_rules,
    full_move,
    manhole_report,
)
from workflow.case import Case
from workflow.clocks import Clock, ClockKind, Lamp
from workflow.commands import Move, Report
from workflow.decide import decide, decide_report, open_moves
from workflow.events import CaseEvent
from workflow.ids import CaseId
from workflow.past import Past
from workflow.posts import Post, Seat
from workflow.queries import OpenMove
from workflow.states import State
from workflow.transitions import Transition

MAIN_LINE = (
    "accept",
    "file",
    "dispatch",
    "sign",
    "feedback",
    "passFeedback",
    "sendCheck",
    "replyCheck:done",
    "close",
)


class CaseWalk:
    """One case from its report on; `now` stands still unless a step is given minutes."""

    def __init__(
        self,
        report: Report | None = None,
        *,
        seat: Seat = SEAT_OF[Post.COLLECTOR],
        now: datetime = FRIDAY_MORNING,
    ) -> None:
        self.rules = demo_rules()
        self.now = now
        made = decide_report(
            report or manhole_report(),
            seat,
            now,
            self.rules,
            case_id=CaseId(1),
            number="26112000001",
        )
        self.case: Case = made.case
        self.events: list[CaseEvent] = [made.event]
        self.past = Past().after(made.event)

    def do(
        self, step: str, *, after: float = 0, seat: Seat | None = None, move: Move | None = None
    ) -> "CaseWalk":
        """One step, "operation" or "operation:outcome", `after` so many minutes."""
        self.now += timedelta(minutes=after)
        row = self.row(step, seat)
        move = move or full_move(row)
        seat = seat or next(SEAT_OF[post] for post in Post if post in row.posts)
        made = decide(self.case, move, seat, self.now, self.rules, self.past)
        self.case = made.case
        self.events.append(made.event)
        self.past = self.past.after(made.event)
        return self

    def to(self, state: State, *, after: float = 0) -> "CaseWalk":
        """Along the main line until a state of it."""
        for step in MAIN_LINE:
            if self.case.state is state:
                return self
            if any(row.operation == step.partition(":")[0] for row in self.rows()):
                self.do(step, after=after)
        return self

    def rows(self) -> tuple[Transition, ...]:
        """What the table has for the state that the case is in."""
        return self.rules.table.leaving(self.case.state)

    def row(self, step: str, seat: Seat | None = None) -> Transition:
        """The first row of a step, as the seat's post has it where one is given."""
        operation, _, outcome = step.partition(":")
        rows = [r for r in self.rows() if (r.operation, r.outcome) == (operation, outcome)]
        if not rows:
            raise LookupError(f"no {step} from {self.case.state}")
        fitting = [r for r in rows if seat is not None and seat.post in r.posts]
        return (fitting or rows)[0]

    def buttons(self, seat: Seat) -> tuple[OpenMove, ...]:
        """What the seat sees under the case."""
        return open_moves(self.case, seat, self.rules, self.past)

    def clock(self, kind: ClockKind) -> Clock:
        """The newest clock of a kind."""
        clock = self.case.newest_clock(kind)
        if clock is None:
            raise LookupError(f"no {kind} clock")
        return clock

    def lamp(self, *, after: float = 0) -> Lamp:
        """The case's lamp so many minutes from now."""
        return self.case.timing.lamp(self.now + timedelta(minutes=after))
