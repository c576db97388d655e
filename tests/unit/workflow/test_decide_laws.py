"""Laws of the record under random walks: whatever a seat tries, the case and its events agree."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resources import profile
from tests.helpers.case_walk import MAIN_LINE, CaseWalk, step_of
from tests.helpers.laws import check_laws
from tests.helpers.trade import EVERYONE, SEAT_OF, demo_rules, manhole_report
from tests.helpers.ways import HOTLINE
from workflow.calendar import epoch_ms
from workflow.case import SIDE_CLOCKS
from workflow.errors import WanmiError
from workflow.posts import Post, Seat
from workflow.replay import first_break, replay
from workflow.transitions import MAIN, Transition

PROFILES = st.sampled_from(profile.profiles())
REPORTERS = [SEAT_OF[post] for post in (Post.COLLECTOR, Post.ACCEPTOR, Post.PUBLIC)]
MINUTES = st.floats(0, 60 * 24 * 3, allow_nan=False)
BACK_OFF = frozenset({"reject", "dispatchBack", "fileBack", "merge", "forceClose", "answerNow"})
ONWARD = 3
"""How often the main line stands among the steps to draw from, against once for any other."""


def steps_open_to(walk: CaseWalk) -> st.SearchStrategy[str]:
    """Any row that leaves the state; ending early is left to the walks that try everything."""
    rows = [row for row in walk.rows() if row.operation not in BACK_OFF] or list(walk.rows())
    more = [row for row in rows if row.tone == MAIN] * ONWARD
    return st.sampled_from([step_of(row) for row in rows + more])


def a_walk(data: st.DataObject) -> CaseWalk:
    """A case of any profile, reported by anybody who may."""
    seat = data.draw(st.sampled_from(REPORTERS))
    source = data.draw(st.sampled_from([HOTLINE, "监督员上报"]))
    return CaseWalk(manhole_report(source=source), seat=seat, profile=data.draw(PROFILES))


@settings(max_examples=100)
@given(data=st.data())
def test_a_walk_of_allowed_steps_keeps_every_law_and_replays_to_the_same_case(
    data: st.DataObject,
) -> None:
    walk = a_walk(data)
    for _ in range(data.draw(st.integers(0, 40))):
        if not walk.rows():
            break
        step = data.draw(steps_open_to(walk))
        try:
            walk.do(step, after=data.draw(MINUTES))
        except WanmiError:
            continue  # a guard: nothing to reply to, nothing asked for, too late
        check_laws(walk.case, walk.events, walk.rules.table)


@settings(max_examples=60)
@given(data=st.data())
def test_a_refused_attempt_leaves_no_trace_and_an_allowed_one_stands_in_the_table(
    data: st.DataObject,
) -> None:
    walk = a_walk(data)
    everything = [row for row in walk.rules.table.rows if row.from_state]
    for _ in range(40):
        here = st.sampled_from(walk.rows() or everything)
        row = data.draw(st.one_of(here, here, st.sampled_from(everything)))
        seat = data.draw(st.sampled_from(EVERYONE))
        before, steps = walk.case, len(walk.events)
        refusal = attempt(walk, row, seat)
        if refusal is not None:
            assert "{" not in str(refusal)
            assert walk.case is before
            assert len(walk.events) == steps
            continue
        taken = (walk.events[-1].operation, walk.events[-1].outcome, walk.case.state)
        rows = walk.rules.table.open_to(before.state, seat.post)
        assert taken in {(one.operation, one.outcome, one.to_state) for one in rows}
        check_laws(walk.case, walk.events, walk.rules.table)


def attempt(walk: CaseWalk, row: Transition, seat: Seat) -> WanmiError | None:
    """The row's operation tried by a seat, wherever the case stands; the refusal, if any."""
    walk.now += timedelta(minutes=1)
    try:
        walk.take(walk.move_for(row), seat, walk.around_for(row))
    except WanmiError as refusal:
        return refusal
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
    assert first_break(walk.events) is None


def test_the_rules_of_every_profile_can_be_walked_to_the_end() -> None:
    for name in profile.profiles():
        walk = CaseWalk(profile=name)
        while walk.rows() and not walk.case.state.is_ended:
            onward = next(row for row in walk.rows() if row.tone == MAIN)
            walk.do(step_of(onward), after=3)
            check_laws(walk.case, walk.events, demo_rules(name).table)
        assert walk.case.closing_route == "checked"
