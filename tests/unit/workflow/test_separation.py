"""Separation of powers in all nine tables: who dispatched or handled a case neither checks nor
closes it, and the command axis has no row that would let it."""

from dataclasses import replace

import pytest

from resources import profile
from tests.helpers.cells import Cell, cells, seat_at
from tests.helpers.trade import demo_rules
from tests.helpers.ways import way_to
from workflow.decide import decide
from workflow.errors import NotAllowed
from workflow.posts import COMMAND_AXIS, Post
from workflow.states import State
from workflow.transitions import Need, Transition

NAMES = profile.profiles()
BEFORE_DISPATCH = frozenset(
    {None, State.REPORTED, State.VERIFYING, State.PENDING_FILING, State.REJECTED}
)
ENDS = frozenset({State.CLOSED, State.FORCE_CLOSED})


def checks(row: Transition) -> bool:
    """The answer of a check, done or undone."""
    return row.from_state is State.CHECKING and row.to_state is State.PENDING_CLOSE


def closes(row: Transition) -> bool:
    """Brings a case to its end that was dispatched; what another system closed has no hands."""
    is_late = row.from_state not in BEFORE_DISPATCH | ENDS
    return is_late and row.to_state in ENDS and Post.SYSTEM not in row.posts


def judging(name: str) -> list[Cell]:
    """Every cell that checks or closes, by hand."""
    return [cell for cell in cells(demo_rules(name)) if checks(cell.row) or closes(cell.row)]


@pytest.mark.parametrize("name", NAMES)
def test_no_post_of_the_command_axis_checks_or_closes(name: str) -> None:
    assert judging(name)
    assert [cell for cell in judging(name) if cell.post in COMMAND_AXIS] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_row_that_checks_or_closes_keeps_the_hands_apart(name: str) -> None:
    assert [cell for cell in judging(name) if "actor_apart" not in cell.row.guards] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_person_who_commanded_is_refused_from_whatever_post_later(name: str) -> None:
    for cell in judging(name):
        walk = way_to(cell, name)
        seat = seat_at(cell, walk)
        hands = walk.past.hands | {seat.person_id}
        with pytest.raises(NotAllowed, match="dispatched or handled"):
            decide(
                *(walk.case, walk.move_for(cell.row), seat, walk.now, walk.rules),
                replace(walk.past, hands=hands),
                walk.around_for(cell.row),
            )


@pytest.mark.parametrize("name", NAMES)
def test_a_check_is_never_given_to_a_person_who_commanded(name: str) -> None:
    sending = [
        cell
        for cell in cells(demo_rules(name))
        if cell.row.to_state is State.CHECKING and Need.COLLECTOR in cell.row.needs
    ]
    assert sending
    for cell in sending:
        walk = way_to(cell, name)
        move = walk.move_for(cell.row)
        assert move.collector_id is not None
        hands = walk.past.hands | {move.collector_id}
        with pytest.raises(NotAllowed, match="cannot go to someone who dispatched or handled"):
            decide(
                *(walk.case, move, seat_at(cell, walk), walk.now, walk.rules),
                replace(walk.past, hands=hands),
                walk.around_for(cell.row),
            )


@pytest.mark.parametrize("name", NAMES)
def test_the_axes_of_the_data_are_those_that_are_kept_apart(name: str) -> None:
    axes = {row["code"]: row["axis"] for row in profile.rows("posts", name)}
    assert {Post(code) for code, axis in axes.items() if axis == "command"} == COMMAND_AXIS
