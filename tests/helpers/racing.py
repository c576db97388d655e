"""Seats in processes of their own, started by the tests that let them race or kill them.

Run as `python -m tests.helpers.racing ROLE PLACE …`. What a seat did it prints line by line, each
line only after the record has acknowledged it.
"""

import sys
from datetime import timedelta
from pathlib import Path
from time import perf_counter

from db.engine import open_database
from db.record import open_record
from db.repositories.unit_of_work import units_of_work
from tests.helpers.case_walk import MAIN_LINE
from tests.helpers.race import racer
from tests.helpers.stored_walk import main_row, report
from tests.helpers.trade import ADMIN, FRIDAY_MORNING, SEAT_OF, demo_shelf, full_move
from workflow.errors import CaseChanged
from workflow.ids import CaseId
from workflow.posts import Post
from workflow.service import CaseService
from workflow.states import State

LATER = FRIDAY_MORNING + timedelta(hours=8)
URGED = 2


def say(*words: object) -> None:
    """One line, at once."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def race(service: CaseService, cases: int, number: int) -> None:
    """Try every step of every case, in one order, as one of the racers; say what came of each."""
    sys.stdin.readline()  # the starting gun
    for case_id in range(1, cases + 1):
        state = State.REPORTED
        for version, step in enumerate(MAIN_LINE, 1):
            row = main_row(state, step)
            seat = racer(next(SEAT_OF[post] for post in Post if post in row.posts), number)
            now = FRIDAY_MORNING + timedelta(minutes=version)
            started = perf_counter()
            try:
                service.move(CaseId(case_id), version, full_move(row), seat, now)
            except CaseChanged as told:
                say(f"lost\t{case_id}\t{version}\t{told}")
            else:
                took = (perf_counter() - started) * 1000
                say(f"won\t{case_id}\t{version}\t{took:.3f}")
            state = row.to_state


def report_without_end(service: CaseService) -> None:
    """Report until someone kills this process; say every number that was acknowledged."""
    while True:
        case_id, number = report(service)
        say(case_id, number)


def recount(place: str) -> None:
    """Count every case anew on the calendar in force, one at a time; say each."""
    with open_record(place, Path(place).parent) as record:
        say("ready")
        sys.stdin.readline()
        after = None
        while True:
            progress = record.recount_next(ADMIN, LATER, 1, after)
            say("recounted", progress.recounted, progress.left)
            after = progress.after
            if after is None:
                return


def urge(place: str, cases: int) -> None:
    """Urge (催办) every case, again and again; say how often it came through and how often not."""
    with open_record(place, Path(place).parent) as record:
        say("ready")
        sys.stdin.readline()
        row = next(row for row in record.rules().table.rows if row.operation == "urge")
        seat = next(SEAT_OF[post] for post in Post if post in row.posts)
        won = lost = 0
        for round_number in range(URGED):
            for case_id in range(1, cases + 1):
                version = record.case_file(CaseId(case_id), seat, LATER).case.version
                now = LATER + timedelta(minutes=round_number)
                try:
                    record.move(CaseId(case_id), version, full_move(row), seat, now)
                except CaseChanged:
                    lost += 1
                else:
                    won += 1
        say("urged", won, lost)


def main(role: str, place: str, *rest: str) -> None:
    """Open the record and play the role."""
    if role == "recount":
        recount(place)
        return
    if role == "urge":
        urge(place, int(rest[0]))
        return
    database = open_database(place)
    service = CaseService(units_of_work(database), demo_shelf())
    say("ready")
    if role == "race":
        race(service, int(rest[0]), int(rest[1]))
    else:
        report_without_end(service)
    database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
