"""Cases placed in a stored city in bulk, each as real steps left it, before a step to be tried."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count, islice

from sqlalchemy import Connection, insert

from db import guards
from db.repositories.case_rows import case_values, co_task_values
from db.repositories.clock_rows import clock_values
from db.repositories.event_rows import attachment_values, event_values
from db.rule_versions import insert_version
from db.seed import shipped_rules
from db.tables import AttachmentRow, CaseEventRow, CaseRow, ClockRow, CoTaskRow
from resources import profile
from tests.helpers.case_walk import CaseWalk
from tests.helpers.cells import Cell, cells, states
from tests.helpers.trade import MASTER, demo_rules
from tests.helpers.ways import into, way_to
from workflow.ids import CaseId
from workflow.shelf import RuleShelf
from workflow.states import State

_AT_ONCE = 200


@dataclass(frozen=True)
class Placed:
    """A walk that stands in the database now; its own events are there only.

    Attributes:
        cell: the cell that it was prepared for; None where it just stands in its state.
    """

    profile: str
    walk: CaseWalk
    cell: Cell | None = None


def every_table(connection: Connection) -> None:
    """The tables of all shipped profiles beside the one that the city has."""
    for name in profile.profiles():
        if name != profile.DEFAULT_PROFILE:
            insert_version(connection, name, profile.DEFAULT_VERSION, shipped_rules(name))


def every_shelf() -> RuleShelf:
    """The rules of all shipped profiles."""
    rules = {(name, profile.DEFAULT_VERSION): demo_rules(name) for name in profile.profiles()}
    return RuleShelf(demo_rules(), rules)


def place_every_cell(
    connection: Connection, names: Iterable[str] = profile.profiles()
) -> tuple[Placed, ...]:
    """A case for every state and one for every allowed cell of these profiles' tables."""
    master = CaseWalk(case_id=MASTER, number="26111900001").to(State.PENDING_DISPATCH)
    placed: list[Placed] = []

    def walks() -> Iterator[CaseWalk]:
        yield master
        for one in _prepared(names):
            placed.append(one)
            yield one.walk

    with guards.suspended(connection):
        place(connection, walks())
    return tuple(placed)


def place(connection: Connection, walks: Iterable[CaseWalk]) -> None:
    """Write these cases with all their steps, where no guard stands; then forget the steps here."""
    coming = iter(walks)
    while some := list(islice(coming, _AT_ONCE)):
        _insert(connection, some)


def _prepared(names: Iterable[str]) -> Iterator[Placed]:
    numbers = count(1000)
    for name in names:
        rules = demo_rules(name)
        for state in states(rules.table):
            walk = into(state, name, case_id=CaseId(next(numbers)))
            yield Placed(name, walk)
        for cell in cells(rules):
            walk = way_to(cell, name, case_id=CaseId(next(numbers)))
            yield Placed(name, walk, cell)


def _insert(connection: Connection, walks: list[CaseWalk]) -> None:
    connection.execute(insert(CaseRow), [case_values(walk.case) for walk in walks])
    connection.execute(
        insert(CaseEventRow), [event_values(event) for walk in walks for event in walk.events]
    )
    connection.execute(insert(ClockRow), [row for walk in walks for row in clock_values(walk.case)])
    if helped := [row for walk in walks for row in co_task_values(walk.case)]:
        connection.execute(insert(CoTaskRow), helped)
    photos = [row for walk in walks for event in walk.events for row in attachment_values(event)]
    if photos:
        connection.execute(insert(AttachmentRow), photos)
    for walk in walks:
        walk.events.clear()
        walk.cases.clear()
