"""Telling a case: the real `decide`, step by step, with people who act as their posts would."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from app.demo_city.organisation import Organisation
from app.demo_city.pace import when
from app.demo_city.paths import DISPATCH, RETURN_AGREED, Turn
from app.demo_city.photos import PhotoSet
from app.demo_city.problems import Problem
from resources import profile
from workflow.case import Case, Photo, PhotoUsage
from workflow.commands import Move, Report
from workflow.decide import Decision, decide, decide_report
from workflow.ids import CaseId, DepartmentId
from workflow.instants import epoch_ms, from_epoch_ms
from workflow.past import Past
from workflow.ports import Rules
from workflow.posts import Post, Seat
from workflow.states import State

SPOKEN_SHARE = 0.8
"""Of the steps that need no opinion, how many have one."""
_POST = {
    "accept": Post.ACCEPTOR,
    "sendVerify": Post.ACCEPTOR,
    "sendCheck": Post.ACCEPTOR,
    "file": Post.SHIFT_LEADER,
    "fileBack": Post.SHIFT_LEADER,
    "close": Post.SHIFT_LEADER,
    "dispatch": Post.DISPATCHER,
    "dispatchBack": Post.DISPATCHER,
    "returnAudit": Post.DISPATCHER,
    "passFeedback": Post.DISPATCHER,
    "sign": Post.DEPARTMENT,
    "refuseSign": Post.DEPARTMENT,
    "feedback": Post.DEPARTMENT,
    "deptRework": Post.DEPARTMENT,
    "handleDone": Post.HANDLER,
    "replyVerify": Post.COLLECTOR,
    "replyCheck": Post.COLLECTOR,
}
_POST_IN_STATE = {
    ("reject", State.REPORTED): Post.ACCEPTOR,
    ("reject", State.PENDING_FILING): Post.SHIFT_LEADER,
    ("rework", State.PENDING_FEEDBACK): Post.DISPATCHER,
    ("rework", State.PENDING_CLOSE): Post.SHIFT_LEADER,
}
_SHIFT_HOURS = 8


@dataclass(frozen=True)
class Tale:
    """A case to be told.

    Attributes:
        turns: the steps, the report first.
        times: epoch milliseconds of each step that is set already; the rest is left to the pace.
    """

    problem: Problem
    turns: Sequence[Turn]
    times: Sequence[int]

    @property
    def stands(self) -> bool:
        """Whether the case was made to stand open in a state of its own."""
        return len(self.times) > 1 or len(self.turns) == 1


class Teller:
    """Tells cases up to a moment; what would come later has not happened yet."""

    def __init__(
        self, rules: Rules, organisation: Organisation, photos: PhotoSet, now: int
    ) -> None:
        self._rules = rules
        self._organisation = organisation
        self._photos = photos
        self._now = now
        self._people = {seat.person_id: seat for seat in organisation.seats}

    def tell(self, tale: Tale, case_id: CaseId, number: str, rng: Random) -> list[Decision]:
        """Every step of the case that had happened by now."""
        decisions = [self._report(tale, case_id, number, rng)]
        past = Past().after(decisions[-1].event)
        for index, turn in enumerate(tale.turns[1:], start=1):
            case, last = decisions[-1].case, epoch_ms(decisions[-1].event.at)
            if index < len(tale.times):
                at = tale.times[index]
            else:
                at = when(case, turn, last, self._rules.calendar, rng)
            if at > self._now:
                break
            seat = self._seat(case, turn, at)
            move = self._move(tale, index, case, at, rng)
            decisions.append(decide(case, move, seat, from_epoch_ms(at), self._rules, past))
            past = past.after(decisions[-1].event)
        return decisions

    def on_duty(self, post: Post, at: int) -> Seat:
        """Whose shift it is; shifts of eight hours rotate among the people of a post."""
        seats = self._organisation.of_post(post)
        moment = from_epoch_ms(at)
        return seats[(moment.toordinal() + (moment.hour - 7) // _SHIFT_HOURS) % len(seats)]

    def _report(self, tale: Tale, case_id: CaseId, number: str, rng: Random) -> Decision:
        problem, at = tale.problem, tale.times[0]
        pictures = 1 + rng.randrange(2) if problem.found_by_collector else rng.randrange(2)
        report = Report(
            kind=problem.row.kind,
            class_code=problem.row.class_code,
            source=problem.source,
            description=problem.description,
            place=problem.place,
            component_code=problem.component_code,
            urgent=problem.row.urgent,
            photos=self._taken(problem, PhotoUsage.REPORT, at) * pictures,
        )
        return decide_report(
            report,
            problem.reporter,
            from_epoch_ms(at),
            self._rules,
            case_id=case_id,
            number=number,
        )

    def _seat(self, case: Case, turn: Turn, at: int) -> Seat:
        post = _POST.get(turn.operation) or _POST_IN_STATE[turn.operation, case.state]
        if post is Post.COLLECTOR:
            assert case.collector_id is not None
            return self._people[case.collector_id]
        if post in (Post.DEPARTMENT, Post.HANDLER):
            assert case.department_id is not None
            return self._organisation.seat_in(case.department_id, post)
        return self.on_duty(post, at)

    def _move(self, tale: Tale, index: int, case: Case, at: int, rng: Random) -> Move:
        turn, problem = tale.turns[index], tale.problem
        operation = turn.operation
        return Move(
            operation=operation,
            outcome=turn.outcome,
            opinion=_opinion(turn, problem, rng),
            condition_id=problem.condition.id if operation == "file" else None,
            department_id=_department(tale, index) if operation == "dispatch" else None,
            collector_id=(
                self._collector(problem, operation).person_id if operation in _SENDS else None
            ),
            photos=self._step_photos(case, turn, problem, at),
        )

    def _collector(self, problem: Problem, operation: str) -> Seat:
        """The collector of the beat; the check goes to the colleague of whoever reported it."""
        first, *others = self._organisation.beat_collectors[problem.beat]
        if operation == "sendCheck" and first == problem.reporter:
            return others[0]
        return first

    def _step_photos(self, case: Case, turn: Turn, problem: Problem, at: int) -> tuple[Photo, ...]:
        usage = _PHOTOGRAPHED.get(turn.operation)
        if usage is None or (turn.operation, case.state) == ("feedback", State.DEPT_REVIEW):
            return ()
        return self._taken(problem, usage, at, gone=turn.outcome not in ("true", "undone"))

    def _taken(
        self, problem: Problem, usage: PhotoUsage, at: int, *, gone: bool = False
    ) -> tuple[Photo, ...]:
        name = problem.row.photo
        if gone and usage in (PhotoUsage.AFTER, PhotoUsage.CHECK):
            name = "after" if usage is PhotoUsage.AFTER else "check"
        moment = from_epoch_ms(at) - timedelta(seconds=50)
        return (self._photos.taken(name, usage, moment, problem.place),)


_SENDS = frozenset({"sendVerify", "sendCheck"})
_PHOTOGRAPHED = {
    "replyVerify": PhotoUsage.VERIFY,
    "handleDone": PhotoUsage.AFTER,
    "feedback": PhotoUsage.AFTER,
    "replyCheck": PhotoUsage.CHECK,
}
_EVENT_DISPATCH = "请于时限内处置，并上传处置后照片。"
_NEED_WORDS = frozenset({"reject", "fileBack", "dispatchBack", "refuseSign", "feedback", "rework"})


def _opinion(turn: Turn, problem: Problem, rng: Random) -> str:
    if turn.operation == "feedback":
        return problem.done
    needed = turn.operation in _NEED_WORDS or turn.outcome in ("untrue", "undone", "refused")
    if not needed and turn.operation != "deptRework" and rng.random() > SPOKEN_SHARE:
        return ""
    if turn.operation == "dispatch" and problem.component_code is None:
        return _EVENT_DISPATCH
    phrases = profile.phrases(turn.operation, turn.outcome)
    return rng.choice(phrases) if phrases else ""


def _department(tale: Tale, index: int) -> DepartmentId:
    """The right one, unless the case is to be returned and sent elsewhere after this dispatch."""
    later = tale.turns[index + 1 :]
    if RETURN_AGREED in later and DISPATCH in later:
        return tale.problem.wrong_department.id
    return tale.problem.department.id
