"""A case walked by hand: every step named, every event kept, time moved on by the test."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from resources import profile as profiles
from tests.helpers.trade import (
    COLLECTOR,
    DEPARTMENT,
    EVERYONE,
    FOUR_WORK_HOURS,
    FRIDAY_MORNING,
    HANDLER,
    LIGHTS,
    MASTER,
    ROADS,
    SEAT_OF,
    TWO_URGENT_DAYS,
    demo_rules,
    full_move,
    manhole_report,
)
from workflow import guards
from workflow.case import Case, CaseKind
from workflow.clocks import Clock, ClockKind, Lamp
from workflow.commands import Move, Report
from workflow.decide import decide, decide_report, open_moves
from workflow.events import CaseEvent
from workflow.ids import CaseId
from workflow.past import Past
from workflow.posts import Post, Seat
from workflow.queries import OpenMove
from workflow.rules import RuleSet
from workflow.situation import Situation
from workflow.states import State
from workflow.surroundings import Surroundings
from workflow.transitions import MAIN, Need, Transition

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
FIRST = CaseId(1)
LONGEST_WAY = 20
BY_POST = sorted(EVERYONE, key=lambda seat: (list(Post).index(seat.post), seat.person_id))


class CaseWalk:
    """One case from its report on; `now` stands still unless a step is given minutes.

    Attributes:
        around: what the next step is told beside the case; a master is found where one is needed.
        collector: who is sent to verify and to check.
    """

    def __init__(
        self,
        report: Report | None = None,
        *,
        seat: Seat = COLLECTOR,
        now: datetime = FRIDAY_MORNING,
        profile: str = profiles.DEFAULT_PROFILE,
        rules: RuleSet | None = None,
        case_id: CaseId = FIRST,
        number: str = "26112000001",
    ) -> None:
        self.rules = rules or demo_rules(profile)
        self.now = now
        self.around = Surroundings()
        self.collector = COLLECTOR
        made = decide_report(
            report or manhole_report(), seat, now, self.rules, case_id=case_id, number=number
        )
        self.case: Case = made.case
        self.cases: list[Case] = [made.case]
        self.events: list[CaseEvent] = [made.event]
        self.past = Past().after(made.event)

    def do(
        self, step: str, *, after: float = 0, seat: Seat | None = None, move: Move | None = None
    ) -> "CaseWalk":
        """One step, "operation" or "operation:outcome", `after` so many minutes.

        Without a seat it is done by the first one against whom no guard stands.
        """
        self.now += timedelta(minutes=after)
        row, seat = self._fitting(step, seat)
        return self.take(move or self.move_for(row), seat, self.around_for(row))

    def take(self, move: Move, seat: Seat, around: Surroundings | None = None) -> "CaseWalk":
        """Any move, done by any seat."""
        known = self.around if around is None else around
        made = decide(self.case, move, seat, self.now, self.rules, self.past, known)
        self.case = made.case
        self.cases.append(made.case)
        self.events.append(made.event)
        self.past = self.past.after(made.event)
        return self

    def to(self, state: State, *, after: float = 0) -> "CaseWalk":
        """Onward, by the main step of each state, until this state."""
        for _ in range(LONGEST_WAY):
            if self.case.state is state:
                return self
            row = next((row for row in self.rows() if row.tone == MAIN and self._suits(row)), None)
            if row is None:
                break
            self.do(step_of(row), after=after)
        raise LookupError(f"the main line ends in {self.case.state} and not in {state}")

    def rows(self) -> tuple[Transition, ...]:
        """What the table has for the state that the case is in."""
        return self.rules.table.leaving(self.case.state)

    def row(self, step: str, seat: Seat | None = None) -> Transition:
        """The row of a step that would be taken, by a seat where one is given."""
        return self._fitting(step, seat)[0]

    def move_for(self, row: Transition) -> Move:
        """The row's operation with everything that it needs."""
        event = self.case.kind is CaseKind.EVENT
        return full_move(
            row,
            self.collector,
            condition=TWO_URGENT_DAYS if event else FOUR_WORK_HOURS,
            colleague=self._colleague(row),
            helper=LIGHTS if self.case.department_id == ROADS else ROADS,
            now=self.now,
        )

    def around_for(self, row: Transition) -> Surroundings:
        """What the row's step is told beside the case."""
        if Need.MASTER not in row.needs or self.around.master is not None:
            return self.around
        master = CaseWalk(rules=self.rules, case_id=MASTER, number="26111900001")
        return Surroundings(master=master.to(State.PENDING_DISPATCH).case)

    def buttons(self, seat: Seat) -> tuple[OpenMove, ...]:
        """What the seat sees under the case."""
        return open_moves(self.case, seat, self.rules, self.past, self.now)

    def button(self, step: str, seat: Seat) -> OpenMove | None:
        """One of the buttons, None where the seat has none of that name."""
        found = (one for one in self.buttons(seat) if step_of(one.transition) == step)
        return next(found, None)

    def clock(self, kind: ClockKind) -> Clock:
        """The newest clock of a kind."""
        clock = self.case.newest_clock(kind)
        if clock is None:
            raise LookupError(f"no {kind} clock")
        return clock

    def lamp(self, *, after: float = 0) -> Lamp:
        """The case's lamp so many minutes from now."""
        return self.case.timing.lamp(self.now + timedelta(minutes=after))

    def _fitting(self, step: str, seat: Seat | None) -> tuple[Transition, Seat]:
        operation, _, outcome = step.partition(":")
        rows = [r for r in self.rows() if (r.operation, r.outcome) == (operation, outcome)]
        if not rows:
            raise LookupError(f"no {step} from {self.case.state}")
        for row in rows:
            for one in self._seats(row, seat):
                if self._objection(row, one) is None:
                    return row, one
        mine = [row for row in rows if seat is not None and seat.post in row.posts]
        row = (mine or rows)[0]
        return row, seat or next(SEAT_OF[post] for post in Post if post in row.posts)

    def _seats(self, row: Transition, seat: Seat | None) -> Iterator[Seat]:
        return (one for one in ([seat] if seat else BY_POST) if one.post in row.posts)

    def _suits(self, row: Transition) -> bool:
        return any(self._objection(row, one) is None for one in self._seats(row, None))

    def _objection(self, row: Transition, seat: Seat) -> Exception | None:
        return guards.refusal(
            row,
            Situation(
                case=self.case,
                seat=seat,
                at=self.now,
                rules=self.rules,
                hands=self.past.hands,
                move=self.move_for(row),
                around=self.around,
            ),
        )

    def _colleague(self, row: Transition) -> Seat:
        """A handler of the main department, or whoever has the post that the case waits for."""
        if row.operation == "assign":
            return HANDLER
        return SEAT_OF[self.case.holder_post] if self.case.holder_post else DEPARTMENT


def step_of(row: Transition) -> str:
    """The name by which a row's step is walked: "operation" or "operation:outcome"."""
    return f"{row.operation}:{row.outcome}" if row.outcome else row.operation
