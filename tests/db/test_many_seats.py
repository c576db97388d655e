"""Seats in processes of their own: one winner for every step, and nothing lost by a kill."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text

from db.engine import Database
from db.verify import verify
from tests.helpers import race
from tests.helpers.case_walk import MAIN_LINE
from tests.helpers.sources import ROOT

ON_A_FILE, ON_A_SERVER = 1112, 12
"""Cases to race for, nine steps each: 10,008 steps on a file."""

KILLS = 3
REPORTS_BEFORE_A_KILL = 15


@contextmanager
def seat(*words: str) -> Iterator[subprocess.Popen[str]]:
    """Another process at work on the record; killed if it still runs at the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.helpers.racing", *words],
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


def test_two_seats_race_for_every_step_and_one_wins_each(place: str, database: Database) -> None:
    cases = ON_A_FILE if database.path else ON_A_SERVER
    with database.write() as connection:
        race.line_up(connection, cases)
    found = race.run(place, database, cases)
    assert (len(found.wins), found.double) == (found.steps, 0)
    assert found.lost == found.steps
    assert found.untold == []
    proof = verify(database)
    assert proof.is_clean
    assert proof.events == cases * (len(MAIN_LINE) + 1)


def test_whoever_is_killed_in_the_middle_leaves_every_acknowledged_case_and_no_half_one(
    place: str, database: Database
) -> None:
    acknowledged: set[tuple[int, str]] = set()
    for _ in range(KILLS):
        with seat("report", place) as process:
            assert process.stdout
            for _ in range(REPORTS_BEFORE_A_KILL):
                acknowledged.add(told(process.stdout.readline()))
            process.send_signal(signal.SIGKILL)
            acknowledged |= {told(line) for line in process.stdout if line.endswith("\n")}
    with database.read() as connection:
        rows = connection.execute(text("SELECT id, number FROM cases")).all()
    stored = {(row.id, row.number) for row in rows}
    assert acknowledged <= stored
    # The last transaction before each kill may have been committed without anyone hearing of it.
    assert len(stored - acknowledged) <= KILLS
    assert len(acknowledged) >= KILLS * REPORTS_BEFORE_A_KILL
    found = verify(database)
    assert found.is_clean
    assert found.cases == found.events == len(stored)


def told(line: str) -> tuple[int, str]:
    """Id and number of a case that a seat said."""
    case_id, number = line.split()
    return int(case_id), number
