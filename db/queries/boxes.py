"""Which cases a box holds, and how many: conditions on the case table and one grouped count."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Self

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Integer,
    and_,
    bindparam,
    cast,
    false,
    func,
    or_,
    select,
)

from db.queries.flags import FEW, FEW_OPEN, FLAGS, aside
from db.tables import CaseEventRow, CaseRow, CoTaskRow
from workflow.clocks import Lamp
from workflow.flags import Flag
from workflow.instants import epoch_ms, midnight
from workflow.posts import Seat
from workflow.queries import Box, BoxCount, BoxScope
from workflow.states import ACTIVE, ENDED

MOST_COUNTED = 10_000
"""A box of ended cases is counted up to here: nobody reads "913,442", and counting it is slow."""


def is_open_box(box: Box) -> bool:
    """Whether a box holds only cases that have not ended."""
    return bool(box.states) and ENDED.isdisjoint(box.states) and not box.mine


@dataclass(frozen=True, slots=True)
class BoxKind:
    """What decides the conditions of a box; boxes of one kind differ in parameters only."""

    is_open: bool
    is_mine: bool
    states: Literal["any", "one", "some"]
    scope: BoxScope
    lamps: tuple[Lamp, ...]
    flags: tuple[Flag, ...] = ()

    @property
    def is_flagged(self) -> bool:
        """Whether a flag leads to the few cases of the box quicker than anything else does.

        The open cases of one department or district are few themselves.
        """
        is_small = self.is_open and self.scope is not BoxScope.ALL
        return not is_small and not FEW.isdisjoint(self.flags)

    @classmethod
    def of(cls, box: Box) -> Self:
        """The kind of a box."""
        is_any = not box.states or ACTIVE.issubset(box.states)
        states: Literal["one", "some"] = "one" if len(box.states) == 1 else "some"
        kind = "any" if is_any else states
        return cls(is_open_box(box), box.mine, kind, box.scope, box.lamps, box.flags)


def asked(box: Box, seat: Seat, now: datetime) -> dict[str, Any]:
    """What is asked, by whom and when: values of the parameters that the conditions here name."""
    return {
        "state": box.states[0].value if len(box.states) == 1 else None,
        "states": [state.value for state in box.states],
        "now": epoch_ms(now),
        "midnight": epoch_ms(midnight(now)),
        "person_id": seat.person_id,
        "department_id": seat.department_id,
        "district_code": seat.district_code,
    }


def held_by(kind: BoxKind, *, in_order: bool = False) -> list[ColumnElement[bool]]:
    """The conditions that a case meets when it lies in a box of that kind (see `asked`).

    Args:
        in_order: SQLite is not to begin with the state: the cases are walked in another order.
    """
    conditions: list[ColumnElement[bool]] = [
        FLAGS[flag] if kind.is_flagged else aside(FLAGS[flag]) for flag in kind.flags
    ]
    state: Any = CaseRow.state
    ended: Any = CaseRow.ended
    if kind.is_flagged or in_order:
        state = aside(state)
    if kind.is_flagged:
        ended = ended if FEW_OPEN.intersection(kind.flags) else aside(ended)
    if kind.is_open:
        conditions.append(ended == false())  # the spelling of the partial indexes
    if kind.states == "one":
        conditions.append(state == bindparam("state"))
    elif kind.states == "some":
        conditions.append(state.in_(bindparam("states", expanding=True)))
    if kind.is_mine:
        conditions.append(CaseRow.id.in_(_DONE_TODAY))
    else:
        conditions.extend(_SCOPE[kind.scope])
    if kind.lamps:
        conditions.append(or_(*(shows_lamp(lamp) for lamp in kind.lamps)))
    return conditions


def shows_lamp(lamp: Lamp) -> ColumnElement[bool]:
    """The lamp of `workflow.clocks.lamp` as a condition on the parameter `now`."""
    running = and_(CaseRow.ended == false(), CaseRow.paused == false())
    match lamp:
        case Lamp.GREEN:
            return and_(running, CaseRow.warn_at > _NOW)
        case Lamp.YELLOW:
            return and_(running, CaseRow.warn_at <= _NOW, CaseRow.due_at >= _NOW)
        case Lamp.RED:
            return and_(running, CaseRow.due_at < _NOW)
        case Lamp.BLUE:
            return and_(CaseRow.ended == false(), CaseRow.paused.is_(True))
        case Lamp.GREY:
            return or_(CaseRow.ended.is_(True), CaseRow.due_at.is_(None))


@dataclass(frozen=True, slots=True)
class _Tally:
    total: int
    overdue: int
    soon: int
    paused: int

    def lit(self, lamps: Iterable[Lamp]) -> int:
        """How many show one of these lamps; all where none is named."""
        chosen = set(lamps)
        if not chosen:
            return self.total
        green = self.total - self.overdue - self.soon - self.paused
        by_lamp = {
            Lamp.GREEN: green,
            Lamp.YELLOW: self.soon,
            Lamp.RED: self.overdue,
            Lamp.BLUE: self.paused,
        }
        return sum(by_lamp.get(lamp, 0) for lamp in chosen)


def count_boxes(
    connection: Connection, boxes: Sequence[Box], seat: Seat, now: datetime
) -> tuple[BoxCount, ...]:
    """Counts of all boxes of a seat: one grouped read a scope, whatever the number of boxes."""
    tallies: dict[BoxScope, dict[str, _Tally]] = {}
    counts = []
    for box in boxes:
        if not is_open_box(box):
            counts.append(BoxCount(box, _count_some(connection, box, seat, now), 0, 0))
            continue
        if box.flags:
            counts.append(_count_flagged(connection, box, seat, now))
            continue
        if box.scope not in tallies:
            tallies[box.scope] = _tally(connection, box, seat, now)
        by_state = tallies[box.scope]
        held = [by_state[s] for s in (box.states or by_state) if s in by_state]
        counts.append(
            BoxCount(
                box,
                sum(tally.lit(box.lamps) for tally in held),
                sum(tally.overdue for tally in held),
                sum(tally.soon for tally in held),
            )
        )
    return tuple(counts)


def _tally(connection: Connection, box: Box, seat: Seat, now: datetime) -> dict[str, _Tally]:
    """How the open cases of a box's scope are spread over states and lamps."""
    query = (
        select(CaseRow.state, *_SPREAD)
        .where(CaseRow.ended == false(), *_SCOPE[box.scope])
        .group_by(CaseRow.state)
    )
    return {row[0]: _Tally(*row[1:]) for row in connection.execute(query, asked(box, seat, now))}


def _count_flagged(connection: Connection, box: Box, seat: Seat, now: datetime) -> BoxCount:
    query = select(*_SPREAD).where(*held_by(BoxKind.of(box)))
    total, overdue, soon, _ = connection.execute(query, asked(box, seat, now)).one()
    return BoxCount(box, total, overdue, soon)


def _count_some(connection: Connection, box: Box, seat: Seat, now: datetime) -> int:
    some = select(CaseRow.id).where(*held_by(BoxKind.of(box))).limit(MOST_COUNTED).subquery()
    count = select(func.count()).select_from(some)
    return connection.execute(count, asked(box, seat, now)).scalar_one()


def _how_many(lamp: Lamp) -> ColumnElement[int]:
    return func.coalesce(func.sum(cast(shows_lamp(lamp), Integer)), 0)


_NOW = bindparam("now", type_=BigInteger)
_SPREAD = (func.count(), _how_many(Lamp.RED), _how_many(Lamp.YELLOW), _how_many(Lamp.BLUE))
"""What makes a tally."""
_SCOPE: dict[BoxScope, list[ColumnElement[bool]]] = {
    BoxScope.ALL: [],
    BoxScope.DEPARTMENT: [CaseRow.department_id == bindparam("department_id")],
    BoxScope.PERSON: [CaseRow.collector_id == bindparam("person_id")],
    BoxScope.HANDLER: [CaseRow.handler_id == bindparam("person_id")],
    BoxScope.UNIT: [CaseRow.dispatch_unit_id == bindparam("department_id")],
    BoxScope.DISTRICT: [CaseRow.district_code == bindparam("district_code")],
    BoxScope.CO: [
        CaseRow.id.in_(
            select(CoTaskRow.case_id)
            .where(
                CoTaskRow.department_id == bindparam("department_id"),
                CoTaskRow.replied_at.is_(None),
            )
            .scalar_subquery()
        )
    ],
}
_DONE_TODAY = (
    select(CaseEventRow.case_id)
    .where(
        CaseEventRow.person_id == bindparam("person_id"), CaseEventRow.at >= bindparam("midnight")
    )
    .scalar_subquery()
)
