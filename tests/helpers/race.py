"""A race: two seats in processes of their own try every step of the same cases at the same time.

Each racer is another person in every post, so that the one who comes second can be told by whom.
"""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from time import perf_counter

from sqlalchemy import Connection, insert

from db import guards
from db.engine import Database
from db.repositories.stored import stored_events
from db.search_index import rebuild
from db.tables import PersonPostRow, PersonRow
from tests.helpers.case_walk import MAIN_LINE, CaseWalk
from tests.helpers.placed import place
from tests.helpers.sources import ROOT
from tests.helpers.trade import EVERYONE, demo_rules
from workflow.events import CaseEvent
from workflow.ids import CaseId, PersonId
from workflow.instants import readable
from workflow.posts import Post, Seat

RACERS = 2
_KEEP_THEIR_PERSON = frozenset({Post.COLLECTOR, Post.INSPECTOR})
"""A task was given to one collector by name; whoever answers it is that one."""


@dataclass(frozen=True)
class Race:
    """What came of a race.

    Attributes:
        wins: how often each step, (case, version before it), was won; 1 each where all is well.
        untold: of those who came second, the ones whose sentence named no real step of the case.
        milliseconds: of each step that was won, waiting for the other writer included.
    """

    steps: int
    wins: Counter[tuple[int, int]]
    lost: int
    untold: list[str]
    milliseconds: list[float]
    seconds: float

    @property
    def double(self) -> int:
        """Steps that both of them won."""
        return sum(1 for count in self.wins.values() if count > 1)


def racer(seat: Seat, number: int) -> Seat:
    """Who of the racers sits there."""
    if seat.post in _KEEP_THEIR_PERSON:
        return seat
    person_id = PersonId(seat.person_id + 100 * number)
    return replace(seat, person_id=person_id, person_name=f"{seat.person_name}{'甲乙'[number - 1]}")


def line_up(connection: Connection, cases: int) -> None:
    """Both racers in every post, and so many reported cases."""
    seats = [racer(one, number) for number in range(1, RACERS + 1) for one in EVERYONE]
    new = {one.person_id: one for one in seats if one.person_id > 100}
    people = [
        {"id": key, "staff_no": f"R{key:04}", "name": one.person_name} for key, one in new.items()
    ]
    connection.execute(insert(PersonRow), people)
    posts = [
        {"person_id": one.person_id, "post": one.post.value, "department_id": one.department_id}
        for one in new.values()
    ]
    connection.execute(insert(PersonPostRow), posts)
    walks = (
        CaseWalk(case_id=CaseId(case), number=f"261120{case:05}") for case in range(1, cases + 1)
    )
    with guards.suspended(connection):
        place(connection, walks)
    rebuild(connection)


def run(where: str, database: Database, cases: int) -> Race:
    """Let them race over all cases of the record, one step after another."""
    with _seat(where, cases, 1) as one, _seat(where, cases, 2) as other:
        started = perf_counter()
        for process in (one, other):
            assert process.stdin
            process.stdin.write("go\n")
            process.stdin.flush()
        lines = [line.rstrip("\n") for process in (one, other) for line in process.stdout or ()]
        seconds = perf_counter() - started
    parted = [line.split("\t") for line in lines]
    won = [words for words in parted if words[0] == "won"]
    lost = [words for words in parted if words[0] == "lost"]
    told = _Told(database)
    return Race(
        steps=cases * len(MAIN_LINE),
        wins=Counter((int(case), int(version)) for _, case, version, _ in won),
        lost=len(lost),
        untold=["\t".join(words) for words in lost if not told.truly(words)],
        milliseconds=[float(words[3]) for words in won],
        seconds=seconds,
    )


@contextmanager
def _seat(where: str, cases: int, number: int) -> Iterator[subprocess.Popen[str]]:
    """A racer at the start; gone when the block ends."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.helpers.racing", "race", where, str(cases), str(number)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            assert process.stdout
            assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            process.kill()


class _Told:
    """Whether what a loser was told did happen: by that person, that operation, at that time."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[int, tuple[CaseEvent, ...]] = {}
        everybody = [racer(one, n) for n in range(1, RACERS + 1) for one in EVERYONE]
        self._names = {one.person_id: one.person_name for one in everybody}

    def truly(self, words: list[str]) -> bool:
        """The line of a loser: lost, case, version seen, sentence."""
        _, case, version, sentence = words
        return any(
            f"Case 261120{int(case):05} was changed meanwhile: {self._names[event.person_id]} did "
            f"{demo_rules().table.operation_name(event.operation, event.outcome)} "
            f"at {readable(event.at)}." in sentence
            for event in self._events(int(case))
            if event.seq > int(version)
        )

    def _events(self, case: int) -> tuple[CaseEvent, ...]:
        if case not in self._known:
            with self._database.read() as connection:
                self._known[case] = stored_events(connection, CaseId(case))
        return self._known[case]
