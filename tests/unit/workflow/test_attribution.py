"""Who consumed the time: no millisecond lost, none twice, and each clock's use is its shares'."""

from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.case_walk import CaseWalk
from tests.helpers.ground import real_calendar
from tests.helpers.walked_file import NAMES
from workflow import clocks
from workflow.attribution import HeldSegment, held, shares, whole_seconds
from workflow.case import SIDE_CLOCKS
from workflow.clocks import ClockKind
from workflow.errors import WanmiError
from workflow.life import life
from workflow.states import State
from workflow.tenures import tenures

CALENDARS = {1: real_calendar()}
MS = timedelta(milliseconds=1)
BEGINNINGS = (State.REPORTED, State.PENDING_SIGN, State.HANDLING, State.CHECKING, State.CLOSED)
HOUR = timedelta(hours=1)


def pieces_of(walk: CaseWalk, until: datetime) -> tuple[HeldSegment, ...]:
    segments = life(walk.case.clocks, CALENDARS, until)
    return held(segments, tenures(walk.events, NAMES), walk.case.clocks)


def returned() -> CaseWalk:
    """A department refused it, and the same one got it back: both clocks of dispatching ran."""
    walk = CaseWalk().do("accept", after=2).do("file", after=5).do("dispatch", after=3)
    walk.do("sign", after=4).do("refuseSign", after=20)
    return walk.do("returnAudit:refused", after=11).do("sign", after=5)


def test_each_holder_has_what_was_counted_while_it_held_the_case() -> None:
    walk = returned()
    found = {(one.name, one.clock): one for one in shares(pieces_of(walk, walk.now + 9 * HOUR))}
    minutes = {key: one.counted / 60_000 for key, one in found.items()}
    assert minutes[("受理员 何静", ClockKind.ACCEPT)] == 2
    assert minutes[("值班长 徐强", ClockKind.FILING)] == 5
    assert minutes[("派遣员 周敏", ClockKind.DISPATCH)] == 3 + 11
    assert found[("派遣员 周敏", ClockKind.DISPATCH)].rounds == (1, 2)


def test_what_lies_beyond_the_limit_is_told_apart() -> None:
    walk = returned()
    handle = walk.clock(ClockKind.HANDLE)
    late = shares(pieces_of(walk, handle.due_at + HOUR))[-1]
    assert late.clock is ClockKind.HANDLE
    assert late.late == 3_600_000
    assert late.counted == 4 * 3_600_000 + late.late
    assert shares(pieces_of(walk, handle.due_at))[-1].late == 0


def test_paused_and_idle_time_is_nobodys_fault_but_somebodys_time() -> None:
    walk = returned()
    (share,) = [one for one in shares(pieces_of(walk, walk.now + 24 * HOUR)) if one.idle]
    assert share.name == "照明中心"
    assert share.wall == share.counted + share.paused + share.idle


@st.composite
def walks(draw: st.DrawFn) -> CaseWalk:
    """Somewhere along the main line, then steps that the table allows, any time apart."""
    walk = CaseWalk().to(draw(st.sampled_from(BEGINNINGS)), after=7.3)
    for number in draw(st.lists(st.integers(0, 10_000), max_size=30)):
        rows = walk.rows()
        if not rows:
            break
        row = rows[number % len(rows)]
        after = draw(st.sampled_from((0.0, 0.7, 9.3, 64.25, 700.5, 9_000.1)))
        name = f"{row.operation}:{row.outcome}" if row.outcome else row.operation
        before = walk.now
        try:
            walk.do(name, after=after)
        except WanmiError:
            walk.now = before  # a guard refused; another step is drawn
    return walk


@settings(max_examples=60)
@given(walks(), st.integers(0, 10**10))
def test_the_shares_are_the_wall_time_and_the_clocks_use_whatever_was_done(
    walk: CaseWalk, later: int
) -> None:
    until = walk.now + later * MS
    pieces = pieces_of(walk, until)
    found = shares(pieces)
    assert sum(one.wall for one in found) == (until - walk.case.reported_at) // MS
    assert all(a.segment.end == b.segment.start for a, b in pairwise(pieces))
    counted: Counter[ClockKind] = Counter()
    for one in found:
        if one.clock is not None:
            counted[one.clock] += one.counted
    used: Counter[ClockKind] = Counter()
    for clock in walk.case.clocks:
        if clock.kind not in SIDE_CLOCKS:
            used[clock.kind] += clocks.used(clock, CALENDARS[1], until) // MS
    assert +counted == +used


@given(st.lists(st.integers(0, 10_000_000_000), max_size=40))
def test_whole_seconds_add_up_to_the_whole_seconds_of_the_sum(parts: list[int]) -> None:
    seconds = whole_seconds(parts)
    assert sum(seconds) == sum(parts) // 1000
    assert all(abs(one * 1000 - part) < 1000 for one, part in zip(seconds, parts, strict=True))
