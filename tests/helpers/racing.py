"""Seats in processes of their own, started by the tests that let them race or kill them.

Run as `python -m tests.helpers.racing ROLE PLACE …`. What a seat did it prints line by line, each
line only after the record has acknowledged it.
"""

import sys
from datetime import timedelta

from db.engine import open_database
from db.repositories.unit_of_work import units_of_work
from tests.helpers.case_walk import MAIN_LINE
from tests.helpers.stored_walk import main_row, report
from tests.helpers.trade import FRIDAY_MORNING, SEAT_OF, demo_shelf, full_move
from workflow.errors import CaseChanged
from workflow.ids import CaseId
from workflow.posts import Post
from workflow.service import CaseService
from workflow.states import State


def say(*words: object) -> None:
    """One line, at once."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def race(service: CaseService, cases: int) -> None:
    """Try every step of every case, in one order; say which were won."""
    sys.stdin.readline()  # the starting gun
    for case_id in range(1, cases + 1):
        state = State.REPORTED
        for version, step in enumerate(MAIN_LINE, 1):
            row = main_row(state, step)
            seat = next(SEAT_OF[post] for post in Post if post in row.posts)
            now = FRIDAY_MORNING + timedelta(minutes=version)
            try:
                service.move(CaseId(case_id), version, full_move(row), seat, now)
            except CaseChanged:
                say("lost", case_id, version)
            else:
                say("won", case_id, version)
            state = row.to_state


def report_without_end(service: CaseService) -> None:
    """Report until someone kills this process; say every number that was acknowledged."""
    while True:
        case_id, number = report(service)
        say(case_id, number)


def main(role: str, place: str, *rest: str) -> None:
    """Open the record and play the role."""
    database = open_database(place)
    service = CaseService(units_of_work(database), demo_shelf())
    say("ready")
    if role == "race":
        race(service, int(rest[0]))
    else:
        report_without_end(service)
    database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
