"""Laws of the record under random walks: whatever a seat tries, the case and its events agree."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.case_walk import MAIN_LINE, CaseWalk
from tests.helpers.trade import EVERYONE, SEAT_OF, demo_rules, full_move, manhole_report
from workflow.calendar import epoch_ms
from workflow.case import SIDE_CLOCKS, Case
from workflow.clocks import ClockKind
from workflow.decide import decide
from workflow.errors import NotAllowed, WanmiError
from workflow.posts import Post, Seat
from workflow.replay import first_break, replay
from workflow.states import ENDED, State
from workflow.transitions import Transition

REPORTERS = [SEAT_OF[post] for post in (Post.COLLECTOR, Post.ACCEPTOR, Post.PUBLIC)]
ROWS = [row for row in demo_rules().table.rows if row.from_state]
MINUTES = st.floats(0, 60 * 24 * 3, allow_nan=False)
BACK_OFF = frozenset({"reject", "dispatchBack", "fileBack"})


def steps_open_to(case: Case) -> st.SearchStrategy[Transition]:
    """Any row that leaves the state; ending early is left to the walks that try everything."""
    rows = [row for row in ROWS if row.from_state is case.state]
    return st.sampled_from([row for row in rows if row.operation not in BACK_OFF] or rows)


def seats_for(row: Transition) -> list[Seat]:
    """Everyone who holds one of the row's posts."""
    return [one for one in EVERYONE if one.post in row.posts]


def check_laws(walk: CaseWalk) -> None:
    """What must hold after every step."""
    case = walk.case
    running = [c for c in case.clocks if c.is_running and c.kind not in SIDE_CLOCKS]
    assert len(running) == (0 if case.state in ENDED else 1)
    assert (case.holder_post is None) == (case.state in ENDED)
    assert case.version == len(walk.events) == walk.events[-1].seq
    assert (case.filed_at is None) <= (case.dispatched_at is None)
    assert len({(clock.kind, clock.round) for clock in case.clocks}) == len(case.clocks)
    for kind in ClockKind:
        rounds = [clock.round for clock in case.clocks if clock.kind is kind]
        assert rounds == list(range(1, len(rounds) + 1))
    if case.state is State.CLOSED:
        assert case.check_result == "done"


@settings(max_examples=60)
@given(data=st.data())
def test_a_walk_of_allowed_steps_keeps_every_law_and_replays_to_the_same_case(
    data: st.DataObject,
) -> None:
    walk = CaseWalk(seat=data.draw(st.sampled_from(REPORTERS)))
    for _ in range(data.draw(st.integers(0, 25))):
        if walk.case.state in ENDED:
            break
        row = data.draw(steps_open_to(walk.case))
        seat = data.draw(st.sampled_from(seats_for(row)))
        step = f"{row.operation}:{row.outcome}" if row.outcome else row.operation
        try:
            walk.do(step, after=data.draw(MINUTES), seat=seat)
        except NotAllowed:
            continue  # a guard: another department, another collector, an untrue report
        check_laws(walk)
    assert replay(walk.events) == walk.case
    assert first_break(walk.events) is None


@settings(max_examples=60)
@given(data=st.data())
def test_a_refused_attempt_leaves_no_trace_and_an_allowed_one_stands_in_the_table(
    data: st.DataObject,
) -> None:
    walk = CaseWalk()
    for _ in range(30):
        row, seat = data.draw(st.sampled_from(ROWS)), data.draw(st.sampled_from(EVERYONE))
        before = walk.case
        refusal = attempt(walk, row, seat)
        if refusal is not None:
            assert "{" not in str(refusal)
            assert walk.case is before
            continue
        here = (walk.events[-1].operation, walk.events[-1].outcome, walk.case.state)
        rows = walk.rules.table.open_to(before.state, seat.post)
        assert here in {(one.operation, one.outcome, one.to_state) for one in rows}
        check_laws(walk)
    assert replay(walk.events) == walk.case


def attempt(walk: CaseWalk, row: Transition, seat: Seat) -> WanmiError | None:
    """The row's operation tried by a seat, wherever the case stands; the refusal, if any."""
    now = walk.now + timedelta(minutes=1)
    try:
        made = decide(walk.case, full_move(row), seat, now, walk.rules, walk.past)
    except WanmiError as refusal:
        return refusal
    walk.now, walk.case = now, made.case
    walk.events.append(made.event)
    walk.past = walk.past.after(made.event)
    return None


@settings(max_examples=60)
@given(minutes=st.lists(MINUTES, min_size=9, max_size=9))
def test_on_the_main_line_the_main_clocks_cover_the_whole_life_without_gap(
    minutes: list[float],
) -> None:
    walk = CaseWalk()
    for step, wait in zip(MAIN_LINE, minutes, strict=True):
        walk.do(step, after=wait)
    mains = [clock for clock in walk.case.clocks if clock.kind not in SIDE_CLOCKS]
    for earlier, later in pairwise(mains):
        assert earlier.stopped_at == later.started_at
    assert mains[0].started_at == walk.case.reported_at
    assert mains[-1].stopped_at == walk.case.closed_at
    assert epoch_ms(walk.events[-1].at) >= epoch_ms(walk.events[0].at)


@pytest.mark.parametrize("seat", REPORTERS)
def test_every_reporter_makes_a_case_that_replays(seat: Seat) -> None:
    walk = CaseWalk(manhole_report(urgent=True, component_code="3101010101000001"), seat=seat)
    assert replay(walk.events) == walk.case
