"""The cells of a transition table: a row and a post; and who takes the step with what in hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from resources import profile as profiles
from tests.helpers.case_walk import CaseWalk
from tests.helpers.trade import COLLECTOR, EVERYONE, OTHER_COLLECTOR, demo_rules
from workflow.commands import Move
from workflow.ports import UnitOfWork
from workflow.posts import Post, Seat
from workflow.rules import RuleSet
from workflow.service import allowed_checkers
from workflow.states import State
from workflow.transitions import Need, Transition, TransitionTable

_BEFORE_FILING = frozenset({State.REPORTED, State.PENDING_FILING, State.VERIFYING})


@dataclass(frozen=True)
class Cell:
    """A row of a table for one of the posts that it names."""

    row: Transition
    post: Post

    @property
    def is_imported(self) -> bool:
        """Whether only a case taken over from another system comes here."""
        closed = self.row.from_state is State.CLOSED
        return bool(self.asks("imported")) or (closed and "Handling" in self.asks("ended_from"))

    def asks(self, guard: str) -> list[str]:
        """The arguments of a guard of the row; one empty one where it has none."""
        parted = (name.partition(":") for name in self.row.guards)
        return [argument for name, _, argument in parted if name == guard]


def cells(rules: RuleSet) -> Iterator[Cell]:
    """Every allowed cell of a table; one for each row where guards decide between several.

    But for one: what another system closed was taken over by the city, and no district reopens it.
    """
    for row in rules.table.rows:
        if row.from_state is None:
            continue
        for cell in (Cell(row, post) for post in Post if post in row.posts):
            if not (cell.is_imported and "district" in cell.asks("level")):
                yield cell


@cache
def steps() -> tuple[tuple[str, str], ...]:
    """Every operation with its outcome that any of the shipped tables has."""
    tables = [demo_rules(name).table for name in profiles.profiles()]
    return tuple(sorted({(row.operation, row.outcome) for one in tables for row in one.rows}))


def open_steps(table: TransitionTable, state: State) -> set[tuple[str, str, Post]]:
    """The steps that the table opens to posts in a state."""
    return {
        (row.operation, row.outcome, post) for row in table.leaving(state) for post in row.posts
    }


def forbidden(table: TransitionTable, state: State) -> Iterator[tuple[str, str, Post]]:
    """Every step of any table that a post has not in this state of this one."""
    allowed = open_steps(table, state)
    everything = ((*step, post) for post in Post for step in steps())
    return (step for step in everything if step not in allowed)


def states(table: TransitionTable) -> tuple[State, ...]:
    """The states that cases of a table can be in."""
    reached = {row.to_state for row in table.rows}
    return tuple(state for state in State if state in reached)


def seat_at(cell: Cell, walk: CaseWalk) -> Seat:
    """Who takes the step: the post's own seat, or the one whose task or department it is."""
    case = walk.case
    fitting = [one for one in EVERYONE if one.post is cell.post]
    if "own_task" in cell.row.guards:
        return next(one for one in fitting if one.person_id == case.collector_id)
    if "own_co_task" in cell.row.guards:
        helping = {task.department_id for task in case.co_tasks}
        return next(one for one in fitting if one.department_id in helping)
    return fitting[0]


def move_of(cell: Cell, walk: CaseWalk, unit: UnitOfWork | None = None) -> Move:
    """The move of the cell's row with everything that it needs.

    Args:
        unit: knows who may check where the profile narrows that.
    """
    walk.collector = OTHER_COLLECTOR
    if unit and Need.COLLECTOR in cell.row.needs and walk.case.state not in _BEFORE_FILING:
        rule = walk.rules.settings.checker_rule
        allowed = allowed_checkers(walk.case, rule, unit.checkers(walk.case))
        if allowed is not None and OTHER_COLLECTOR.person_id not in allowed:
            assert allowed == {COLLECTOR.person_id}
            walk.collector = COLLECTOR
    return walk.move_for(cell.row)
