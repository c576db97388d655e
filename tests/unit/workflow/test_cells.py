"""Every cell of every table through the service: profile, state, operation, outcome and post.

What a cell allows is done, with everything given and every guard content, and leaves the record
lawful. What it does not allow is refused by name, and the record is as it was.
"""

import pytest

from resources import profile
from tests.helpers.case_walk import CaseWalk
from tests.helpers.cells import cells, forbidden, move_of, open_steps, seat_at, states, steps
from tests.helpers.laws import check_laws
from tests.helpers.memory_record import MemoryRecord
from tests.helpers.trade import FRIDAY_MORNING, MASTER, SEAT_OF, demo_rules, demo_shelf
from tests.helpers.ways import into, way_to
from workflow.case import Case
from workflow.commands import Move
from workflow.errors import NotAllowed
from workflow.posts import Post
from workflow.service import CaseService
from workflow.states import State

PROFILES = profile.profiles()
LATER = FRIDAY_MORNING.replace(year=2028)


def record_of(walk: CaseWalk) -> MemoryRecord:
    """A record that holds this case, and one that it can be merged into."""
    record = MemoryRecord()
    master = CaseWalk(rules=walk.rules, case_id=MASTER, number="26111900001")
    for one in (master.to(State.PENDING_DISPATCH), walk):
        record.cases[one.case.id] = one.case
        record.events[one.case.id] = list(one.events)
    return record


@pytest.mark.parametrize("name", PROFILES)
def test_every_allowed_cell_can_be_done_and_leaves_a_lawful_record(name: str) -> None:
    rules, done = demo_rules(name), set()
    for cell in cells(rules):
        walk = way_to(cell, name)
        record = record_of(walk)
        service = CaseService(record.open_unit, demo_shelf(name))
        before = walk.case
        with record.open_unit() as unit:
            move, seat = move_of(cell, walk, unit), seat_at(cell, walk)
        service.move(before.id, before.version, move, seat, walk.now)
        after, event = record.cases[before.id], record.events[before.id][-1]
        assert after.state is cell.row.to_state
        assert (event.operation, event.outcome) == (cell.row.operation, cell.row.outcome)
        assert (event.post, event.person_id) == (cell.post, seat.person_id)
        check_laws(after, record.events[before.id], rules.table)
        done.add((before.state, event.operation, event.outcome, event.post))
    table = rules.table
    assert done == {(s, *step) for s in states(table) for step in open_steps(table, s)}


@pytest.mark.parametrize("name", PROFILES)
def test_every_other_cell_is_refused_by_name_and_nothing_is_changed(name: str) -> None:
    table, refused, allowed = demo_rules(name).table, 0, 0
    for state in states(table):
        walk = into(state, name)
        record = record_of(walk)
        service = CaseService(record.open_unit, demo_shelf(name))
        before, log = dict(record.cases), list(record.log)
        for operation, outcome, post in forbidden(table, state):
            told = refusal(service, walk.case, Move(operation=operation, outcome=outcome), post)
            assert told is not None, (state, operation, outcome, post)
            assert told.values == {
                "operation": table.operation_name(operation, outcome),
                "post": post,
                "state": state,
                "number": walk.case.number,
            }
            refused += 1
        assert (record.cases, record.log) == (before, log)
        allowed += len(open_steps(table, state))
    assert refused + allowed == len(states(table)) * len(steps()) * len(Post)


def refusal(service: CaseService, case: Case, move: Move, post: Post) -> NotAllowed | None:
    """What the service says to the post; None where it did the move."""
    try:
        service.move(case.id, case.version, move, SEAT_OF[post], LATER)
    except NotAllowed as told:
        return told
    return None
