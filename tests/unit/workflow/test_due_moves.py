"""What moved a deadline: an extension with who granted it, a calendar taken over."""

from dataclasses import replace

from tests.helpers.case_walk import CaseWalk
from tests.helpers.trade import DISPATCHER
from tests.helpers.walked_file import NAMES
from workflow.clocks import ClockKind
from workflow.commands import Move
from workflow.due_moves import due_moves
from workflow.limits import Limit, TimeUnit

FOUR_HOURS = Limit(4, TimeUnit.WORK_HOUR)


def extended() -> CaseWalk:
    walk = CaseWalk().do("accept").do("file").do("dispatch").do("sign")
    ask = Move(operation="askExtension", opinion="需开挖", limit=FOUR_HOURS)
    walk.do("askExtension", after=30, move=ask)
    walk.do("auditExtension:approved", after=10)
    if walk.case.extension_count == 0:
        walk.do("auditExtension:approved", after=10, seat=DISPATCHER)
    return walk


def test_an_extension_is_a_move_and_says_by_how_much_and_by_whom() -> None:
    walk = extended()
    (move,) = due_moves(walk.events, NAMES)
    assert (move.kind, move.round, move.by) == (ClockKind.HANDLE, 1, FOUR_HOURS)
    assert move.after == walk.clock(ClockKind.HANDLE).due_at > move.before
    assert move.at == walk.now
    assert move.person_name == NAMES.people[walk.events[-1].person_id]


def test_pauses_and_stops_are_no_moves() -> None:
    walk = CaseWalk().do("accept").do("file").do("dispatch").do("refuseSign", after=5)
    walk.do("returnAudit:refused", after=5)
    assert due_moves(walk.events, NAMES) == ()


def test_a_calendar_taken_over_is_a_move_only_where_it_moved_the_deadline() -> None:
    walk = extended()
    last = walk.events[-1]
    clock = dict(last.clocks[0])
    same = replace(last, seq=last.seq + 1, clocks=({**clock, "calendar": 2},))
    later = replace(
        last, seq=last.seq + 2, clocks=({**clock, "calendar": 3, "due": clock["due"] + 1},)
    )
    moves = due_moves([*walk.events, same, later], NAMES)
    assert [move.by for move in moves] == [FOUR_HOURS, None]
    assert moves[1].calendar_version == 3
