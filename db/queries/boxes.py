"""Which cases a box holds, and how many: conditions on the case table and one grouped count."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Integer, and_, cast, false, func, or_, select

from db.tables import CaseEventRow, CaseRow
from workflow.clocks import Lamp
from workflow.instants import CHINA_STANDARD_TIME, epoch_ms
from workflow.posts import Seat
from workflow.queries import Box, BoxCount, BoxScope
from workflow.states import ACTIVE, ENDED, State

MOST_COUNTED = 10_000
"""A box of ended cases is counted up to here: nobody reads "913,442", and counting it is slow."""


def is_open_box(box: Box) -> bool:
    """Whether a box holds only cases that have not ended."""
    return bool(box.states) and ENDED.isdisjoint(box.states) and not box.mine


def held_by(box: Box, seat: Seat, now: datetime) -> list[ColumnElement[bool]]:
    """The conditions that a case meets when it lies in the seat's box."""
    conditions: list[ColumnElement[bool]] = []
    if is_open_box(box):
        conditions.append(CaseRow.ended == false())  # the spelling of the partial indexes
    if box.states and not ACTIVE.issubset(box.states):
        conditions.append(CaseRow.state.in_([state.value for state in box.states]))
    if box.mine:
        conditions.append(CaseRow.id.in_(_done_today(seat, now)))
    else:
        conditions.extend(_scope(box.scope, seat))
    if box.lamps:
        conditions.append(or_(*(shows_lamp(lamp, epoch_ms(now)) for lamp in box.lamps)))
    return conditions


def shows_lamp(lamp: Lamp, now: int) -> ColumnElement[bool]:
    """The lamp of `workflow.clocks.lamp` as a condition; `now` in epoch milliseconds."""
    running = and_(CaseRow.ended == false(), CaseRow.paused == false())
    match lamp:
        case Lamp.GREEN:
            return and_(running, CaseRow.warn_at > now)
        case Lamp.YELLOW:
            return and_(running, CaseRow.warn_at <= now, CaseRow.due_at >= now)
        case Lamp.RED:
            return and_(running, CaseRow.due_at < now)
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
        if box.scope not in tallies:
            tallies[box.scope] = _tally(connection, box.scope, seat, epoch_ms(now))
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


def _tally(connection: Connection, scope: BoxScope, seat: Seat, now: int) -> dict[str, _Tally]:
    def how_many(lamp: Lamp) -> ColumnElement[int]:
        return func.coalesce(func.sum(cast(shows_lamp(lamp, now), Integer)), 0)

    query = (
        select(
            CaseRow.state,
            func.count(),
            how_many(Lamp.RED),
            how_many(Lamp.YELLOW),
            how_many(Lamp.BLUE),
        )
        .where(CaseRow.ended == false(), *_scope(scope, seat))
        .group_by(CaseRow.state)
    )
    return {row[0]: _Tally(*row[1:]) for row in connection.execute(query)}


def _count_some(connection: Connection, box: Box, seat: Seat, now: datetime) -> int:
    some = select(CaseRow.id).where(*held_by(box, seat, now)).limit(MOST_COUNTED).subquery()
    return connection.execute(select(func.count()).select_from(some)).scalar_one()


def _scope(scope: BoxScope, seat: Seat) -> list[ColumnElement[bool]]:
    match scope:
        case BoxScope.ALL:
            return []
        case BoxScope.DEPARTMENT:
            return [CaseRow.department_id == seat.department_id]
        case BoxScope.PERSON:
            return [CaseRow.collector_id == seat.person_id]


def _done_today(seat: Seat, now: datetime) -> ColumnElement[int]:
    midnight = now.astimezone(CHINA_STANDARD_TIME).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    return (
        select(CaseEventRow.case_id)
        .where(CaseEventRow.person_id == seat.person_id, CaseEventRow.at >= epoch_ms(midnight))
        .scalar_subquery()
    )


BEFORE_FILING = (State.REPORTED, State.VERIFYING, State.PENDING_FILING)
