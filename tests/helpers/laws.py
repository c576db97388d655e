"""What must hold of a case after every step, whoever took it (product notes, section B)."""

from collections.abc import Sequence
from itertools import pairwise

from tests.helpers.ground import real_calendar
from workflow.case import SIDE_CLOCKS, Case
from workflow.clocks import ClockKind
from workflow.events import CaseEvent
from workflow.instants import epoch_ms
from workflow.life import LifeKind, life
from workflow.replay import first_break, replay
from workflow.states import State
from workflow.transitions import Need, TransitionTable


def check_laws(case: Case, events: Sequence[CaseEvent], table: TransitionTable) -> None:
    """Every law of the record at once."""
    check_clocks(case, events)
    check_holder(case, table)
    check_sense(case)
    check_step(case, events, table)
    assert first_break(events) is None
    assert replay(events) == case


def check_clocks(case: Case, events: Sequence[CaseEvent]) -> None:
    """One main clock runs, none in a suspended or ended case; their times are the wall time."""
    last = events[-1]
    main = [clock for clock in case.clocks if clock.kind not in SIDE_CLOCKS]
    running = [clock for clock in main if clock.is_running]
    waits = case.state is State.SUSPENDED or case.state.is_ended
    assert len(running) == (0 if waits else 1), (case.state, running)
    if case.state.is_ended:
        still = {clock.kind for clock in case.clocks if clock.stopped_at is None}
        assert still <= {ClockKind.VISIT}
    if case.state is State.SUSPENDED:
        paused = [clock for clock in case.clocks if clock.is_paused]
        assert ClockKind.HANDLE in {clock.kind for clock in paused}
    for kind in ClockKind:
        rounds = [clock.round for clock in case.clocks if clock.kind is kind]
        assert rounds == list(range(1, len(rounds) + 1))
        still_open = [c for c in case.clocks if c.kind is kind and c.stopped_at is None]
        assert len(still_open) <= (1 if kind is not ClockKind.CO_HANDLE else len(still_open))
    stretches = life(case.clocks, {real_calendar().version: real_calendar()}, last.at)
    wall = epoch_ms(last.at) - epoch_ms(case.reported_at)
    assert sum(stretch.wall_ms for stretch in stretches) == wall
    assert all(one.end == other.start for one, other in pairwise(stretches))
    alive = [
        (one.at, other.at)
        for one, other in pairwise(events)
        if not one.to_state.is_ended and one.at < other.at
    ]
    for stretch in stretches:
        if stretch.kind is LifeKind.UNCOUNTED:
            assert all(stretch.end <= begin or end <= stretch.start for begin, end in alive)


def check_holder(case: Case, table: TransitionTable) -> None:
    """The post that the table names must act, with the person or department where it is one."""
    assert case.holder_post == table.holder_post(case.state, case.level)
    waits = case.state is State.SUSPENDED or case.state.is_ended
    assert (case.holder_post is None) == waits
    match case.state:
        case State.VERIFYING | State.CHECKING:
            assert case.holder_person_id == case.collector_id is not None
        case State.PENDING_SIGN | State.HANDLING | State.DEPT_REVIEW:
            assert case.holder_department_id == case.department_id is not None
        case State.PENDING_DISTRICT_DISPATCH | State.PENDING_TOWN_DISPATCH:
            assert case.holder_department_id == case.dispatch_unit_id is not None
        case _:
            assert case.holder_person_id is None
            assert case.holder_department_id is None


def check_sense(case: Case) -> None:
    """Fields that cannot contradict each other."""
    assert case.state.is_ended == (case.ended_from is not None)
    assert (case.closed_at is not None) == (case.state in _CLOSED)
    assert (case.closing_route != "") >= (case.state.is_ended)
    assert (case.request_kind is None) == (case.request_by is None)
    assert (case.suspended_until is not None) == (case.state is State.SUSPENDED)
    open_help = sum(1 for task in case.co_tasks if task.replied_at is None)
    helping = [c for c in case.clocks if c.kind is ClockKind.CO_HANDLE and c.stopped_at is None]
    assert open_help == len(helping)
    replies = [c for c in case.clocks if c.kind is ClockKind.SUPERVISE_REPLY]
    assert (case.supervised is not None) == any(c.stopped_at is None for c in replies)
    if case.state is State.CLOSED and case.closing_route == "checked":
        assert case.check_result == "done"
    if case.state is State.CLOSED:
        assert not case.responsibility_open or case.closing_route not in ("checked", "authorised")


def check_step(case: Case, events: Sequence[CaseEvent], table: TransitionTable) -> None:
    """Versions without a gap, an actor, and a reason wherever the row asks for one."""
    last = events[-1]
    assert case.version == len(events) == last.seq
    assert case.head_hash == last.hash
    assert last.person_id
    rows = [
        row
        for row in table.leaving(last.from_state)
        if (row.operation, row.outcome, row.to_state) == (last.operation, last.outcome, case.state)
        and last.post in row.posts
    ]
    assert rows
    if all(Need.OPINION in row.needs for row in rows):
        assert last.opinion


_CLOSED = frozenset({State.CLOSED, State.FORCE_CLOSED, State.ARCHIVED})
