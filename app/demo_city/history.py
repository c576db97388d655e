"""The case history: thirty days of ordinary cases, and open ones in every state and lamp.

Whatever is drawn is drawn from the seed in a fixed order, so the same seed and the same moment
make the same cases, down to the last hash.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import accumulate
from random import Random

from app.demo_city.episodes import EPISODES, Episode
from app.demo_city.moves import EMERGENCY_LIMIT
from app.demo_city.pace import MINUTE, MINUTES, started_for_share
from app.demo_city.paths import (
    DISPATCH,
    MAIN_CLOCK,
    Turn,
    path_to,
    whole_path,
)
from app.demo_city.problems import Problem, Problems
from app.demo_city.tale import Tale
from app.demo_city.tales import Teller
from workflow.case import CaseKind
from workflow.clock import ClockKind
from workflow.decide import Decision
from workflow.ids import CaseId
from workflow.instants import epoch_ms, from_epoch_ms, midnight
from workflow.limits import Limit
from workflow.ports import Rules
from workflow.posts import Post
from workflow.states import State

DAYS = 30
CASES_OF_DAY = {False: 78, True: 58}
"""On average, by whether it is a weekend."""
_MORNING = (3, 2, 1, 1, 1, 2, 8, 30, 62, 78, 74, 52)
_AFTERNOON = (30, 40, 70, 74, 66, 48, 34, 30, 24, 14, 8, 5)
HOUR_WEIGHTS = (*_MORNING, *_AFTERNOON)
"""Of a day's reports, by the hour in which they come."""
HOURS = {
    "morning": range(6, 11),
    "day": range(7, 20),
    "evening": range(15, 23),
    "night": range(18, 24),
}
"""When problems of a peak are seen; what is urgent is reported at any hour."""
COLLECTORS_HOURS = range(7, 21)

GREEN, YELLOW, RED = (0.08, 0.7), (0.83, 0.96), (1.08, 2.6)
"""Shares of a limit that are used, from and to."""
WANTED = {
    State.REPORTED: (12, 4, 5),
    State.VERIFYING: (7, 2, 1),
    State.PENDING_FILING: (9, 3, 4),
    State.PENDING_DISPATCH: (9, 3, 4),
    State.RETURNED: (4, 2, 2),
    State.PENDING_SIGN: (16, 5, 4),
    State.HANDLING: (44, 18, 14),
    State.DEPT_REVIEW: (5, 2, 2),
    State.PENDING_FEEDBACK: (8, 3, 3),
    State.PENDING_CHECK: (6, 2, 2),
    State.CHECKING: (9, 3, 3),
    State.PENDING_CLOSE: (7, 3, 3),
}
"""Open cases to have beside those that the ordinary ones leave open: green, yellow, red."""


@dataclass(frozen=True)
class Told:
    """A case with all its steps, what it is about, and the day of its number (yyMMdd)."""

    problem: Problem
    day: str
    decisions: Sequence[Decision]


class History:
    """Makes the cases of a city up to a moment.

    Args:
        now: epoch milliseconds.
        seed: of everything that is drawn here.
    """

    def __init__(
        self, problems: Problems, teller: Teller, rules: Rules, now: int, seed: int
    ) -> None:
        self._problems = problems
        self._teller = teller
        self._rules = rules
        self._now = now
        self._seed = seed

    def tales(self, days: int, share: float, open_share: float) -> list[Tale]:
        """What is to be told, in the order of the reports.

        Args:
            days: how far back the reports reach, today included.
            share: of the usual number of cases a day.
            open_share: of the usual number of open cases.
        """
        rng = Random(f"{self._seed} tales")
        tales = [
            *self._ordinary(days, share, rng),
            *self._open(open_share, rng),
            *self._told_of_few(open_share, rng),
        ]
        return sorted(tales, key=lambda tale: tale.times[0])

    def tell(self, tales: Sequence[Tale]) -> Iterator[Told]:
        """Tell them one after another, with ids from 1 and the numbers of their days."""
        serials: dict[str, int] = {}
        for index, tale in enumerate(tales, start=1):
            day = f"{from_epoch_ms(tale.times[0]):%y%m%d}"
            serials[day] = serials.get(day, 0) + 1
            rng = Random(f"{self._seed} case {index}")
            number = f"{day}{serials[day]:05}"
            yield Told(tale.problem, day, self._teller.tell(tale, CaseId(index), number, rng))

    def _ordinary(self, days: int, share: float, rng: Random) -> Iterator[Tale]:
        today = midnight(from_epoch_ms(self._now))
        for back in range(days - 1, -1, -1):
            day = today - timedelta(days=back)
            usual = CASES_OF_DAY[day.weekday() >= 5] * share
            for _ in range(max(1, round(usual * rng.uniform(0.88, 1.12)))):
                hour = rng.choices(range(24), cum_weights=_HOUR_REACH)[0]
                at = epoch_ms(day) + int((hour + rng.random()) * 60 * MINUTE)
                problem = self._problem(hour, at, rng)
                path = whole_path(problem.found_by_collector, rng)
                if at < self._now:
                    yield Tale(problem, path, (at,))

    def _problem(self, hour: int, at: int, rng: Random) -> Problem:
        """A problem that somebody would report at this hour."""
        acceptor = self._teller.on_duty(Post.ACCEPTOR, at)
        for _ in range(50):
            problem = self._problems.draw(acceptor, rng)
            awake = hour in COLLECTORS_HOURS or not problem.found_by_collector
            if awake and (problem.row.urgent or hour in HOURS[problem.row.peak]):
                break
        return problem

    def _open(self, share: float, rng: Random) -> Iterator[Tale]:
        for state, counts in WANTED.items():
            for count, used in zip(counts, (GREEN, YELLOW, RED), strict=True):
                for _ in range(max(1, round(count * share))):
                    yield self._standing(state, rng.uniform(*used), rng)

    def _standing(self, state: State, used: float, rng: Random) -> Tale:
        """A case that stands in a state now, with so much of its limit used."""
        hour = from_epoch_ms(self._now).hour
        problem = self._problem(hour, self._now, rng)
        path = path_to(state, problem.found_by_collector, rng)
        kind = MAIN_CLOCK[state]
        starter = path.index(DISPATCH) if kind is ClockKind.HANDLE else len(path) - 1
        limit = self._limit(kind, problem)
        calendar = self._rules.calendar
        started = started_for_share(limit, used, self._now, calendar)
        before = _backwards(path[: starter + 1], started, rng)
        return Tale(problem, path, (*before, started, *_spread(path, starter, started, self._now)))

    def _told_of_few(self, share: float, rng: Random) -> Iterator[Tale]:
        for episode in EPISODES:
            for _ in range(max(1, round(episode.count * share))):
                yield self._episode(episode, rng)

    def _episode(self, episode: Episode, rng: Random) -> Tale:
        """A case that came to the end of an episode some days ago, or just now."""
        end = self._now - int(rng.uniform(*episode.days_ago) * 1440 * MINUTE)
        problem = self._fitting(episode, end, rng)
        turn = episode.path[episode.starter]
        limit = self._limit(MAIN_CLOCK[turn.to_state], problem)
        if turn.operation == "emergencyDispatch":
            limit = EMERGENCY_LIMIT
        used = rng.uniform(*episode.used)
        started = started_for_share(limit, used, end, self._rules.calendar)
        before = _backwards(episode.path[: episode.starter + 1], started, rng)
        after = _spread(episode.path, episode.starter, started, end)
        return Tale(problem, episode.path, (*before, started, *after))

    def _fitting(self, episode: Episode, at: int, rng: Random) -> Problem:
        hour = from_epoch_ms(at).hour
        while True:
            problem = self._problem(hour, at, rng)
            if episode.needs_collector and not problem.found_by_collector:
                continue
            prefix, row = episode.event_prefix, problem.row
            if prefix and not (row.kind is CaseKind.EVENT and row.class_code.startswith(prefix)):
                continue
            return problem

    def _limit(self, kind: ClockKind, problem: Problem) -> Limit:
        if kind is ClockKind.HANDLE:
            limit = problem.condition.limit
            assert limit is not None
            return limit
        return self._rules.stage_limits[kind].limit


_HOUR_REACH = list(accumulate(HOUR_WEIGHTS))
_LONG_STEPS = {
    "sign": (4, 45),
    "handleDone": (25, 100),
    "feedback": (30, 220),
    "passFeedback": (5, 60),
    "rework": (5, 40),
    "deptRework": (5, 40),
    "refuseSign": (5, 45),
}


def _backwards(path: Sequence[Turn], until: int, rng: Random) -> list[int]:
    """Times of the steps before the last one of a path, which is at `until`."""
    times: list[int] = []
    for turn in reversed(path[1:]):
        minutes = MINUTES.get(turn.operation) or _LONG_STEPS.get(turn.operation, (5, 40))
        until -= int(rng.uniform(*minutes) * MINUTE)
        times.insert(0, until)
    return times


def _spread(path: Sequence[Turn], starter: int, started: int, now: int) -> list[int]:
    """Times of the steps that follow the one which started the clock; the first comes soon."""
    left = len(path) - starter - 1
    soon = min((now - started) // 3, 35 * MINUTE)
    later = (now - started) * 4 // 5 - soon
    return [started + soon + later * index // max(left - 1, 1) for index in range(left)]
