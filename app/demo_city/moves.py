"""What people bring along with a step of a told case: words, choices, photos."""

from datetime import timedelta
from random import Random
from typing import Any

from app.demo_city.organisation import Organisation
from app.demo_city.paths import DISPATCH, RETURN_AGREED, Turn
from app.demo_city.photos import PhotoSet
from app.demo_city.problems import Problem
from app.demo_city.tale import Tale
from resources import profile
from workflow.case import Case, Photo, PhotoUsage
from workflow.commands import Move
from workflow.ids import DepartmentId
from workflow.instants import from_epoch_ms
from workflow.limits import Limit, TimeUnit
from workflow.ports import Rules
from workflow.posts import Post, Seat
from workflow.states import State
from workflow.transitions import Need

SPOKEN_SHARE = 0.8
"""Of the steps that need no opinion, how many have one."""
SUSPENDED_DAYS = (20, 120)
EMERGENCY_LIMIT = Limit(2, TimeUnit.URGENT_HOUR)
_EVENT_DISPATCH = "请于时限内处置，并上传处置后照片。"
_WORDS_FOR_WANT_OF_A_PHRASE = "情况属实，特此说明。"
_SILENT = frozenset({"deptRework"})
_PHOTOGRAPHED = {
    "replyVerify": PhotoUsage.VERIFY,
    "handleDone": PhotoUsage.AFTER,
    "feedback": PhotoUsage.AFTER,
    "askDirectClose": PhotoUsage.AFTER,
    "replyCheck": PhotoUsage.CHECK,
}


class Moves:
    """Makes the moves of a city's people."""

    def __init__(self, rules: Rules, organisation: Organisation, photos: PhotoSet) -> None:
        self._rules, self._organisation, self._photos = rules, organisation, photos

    def move(
        self, tale: Tale, index: int, turn: Turn, seat: Seat, case: Case, at: int, rng: Random
    ) -> Move:
        """The turn with everything that its row needs."""
        row = self._rules.table.candidates(case.state, turn.operation, turn.outcome, seat.post)[0]
        given: dict[str, Any] = {}
        for need in Need:
            if need in row.needs:
                given |= self._given(need, tale, index, turn, case, at, rng)
        given["opinion"] = _opinion(turn, tale.problem, Need.OPINION in row.needs, rng)
        given["photos"] = self._photos_of(case, turn, tale.problem, at)
        return Move(operation=turn.operation, outcome=turn.outcome, **given)

    def _given(
        self, need: Need, tale: Tale, index: int, turn: Turn, case: Case, at: int, rng: Random
    ) -> dict[str, Any]:
        problem = tale.problem
        match need:
            case Need.CONDITION:
                return {"condition_id": problem.condition.id}
            case Need.DEPARTMENT:
                return {"department_id": _department(tale, index)}
            case Need.CO_DEPARTMENTS:
                return {"co_department_ids": (problem.wrong_department.id,)}
            case Need.COLLECTOR:
                return {"collector_id": self._collector(problem, turn.operation).person_id}
            case Need.PERSON:
                assert case.department_id is not None
                handler = self._organisation.seat_in(case.department_id, Post.HANDLER)
                return {"person_id": handler.person_id}
            case Need.LIMIT:
                return {"limit": EMERGENCY_LIMIT}
            case Need.UNTIL:
                days = rng.randint(*SUSPENDED_DAYS)
                return {"until": from_epoch_ms(at).replace(microsecond=0) + timedelta(days=days)}
            case Need.AUTHORISATION:
                return {"authorisation_id": self._authorisation(case, turn.operation)}
            case _:
                return {}

    def _authorisation(self, case: Case, operation: str) -> str:
        rules = self._rules.authorisations.values()
        return next(rule.id for rule in rules if rule.covers(case, operation))

    def _collector(self, problem: Problem, operation: str) -> Seat:
        """The collector of the beat; the check goes to the colleague of whoever reported it."""
        first, *others = self._organisation.beat_collectors[problem.beat]
        if operation == "sendCheck" and first == problem.reporter:
            return others[0]
        return first

    def _photos_of(self, case: Case, turn: Turn, problem: Problem, at: int) -> tuple[Photo, ...]:
        usage = _PHOTOGRAPHED.get(turn.operation)
        if usage is None or (turn.operation, case.state) == ("feedback", State.DEPT_REVIEW):
            return ()
        gone = turn.outcome not in ("true", "undone")
        return self._photos.scene(problem.row.photo, problem.place, usage, at, gone=gone)


def _opinion(turn: Turn, problem: Problem, needed: bool, rng: Random) -> str:
    if turn.operation in ("feedback", "askDirectClose"):
        return problem.done
    if not needed and turn.operation not in _SILENT and rng.random() > SPOKEN_SHARE:
        return ""
    if turn.operation == "dispatch" and problem.component_code is None:
        return _EVENT_DISPATCH
    phrases = profile.phrases(turn.operation, turn.outcome)
    if phrases:
        return rng.choice(phrases)
    return _WORDS_FOR_WANT_OF_A_PHRASE if needed else ""


def _department(tale: Tale, index: int) -> DepartmentId:
    """The right one, unless the case is to be returned and sent elsewhere after this dispatch."""
    later = tale.turns[index + 1 :]
    if RETURN_AGREED in later and DISPATCH in later:
        return tale.problem.wrong_department.id
    return tale.problem.department.id
