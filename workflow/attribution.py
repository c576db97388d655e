"""Who consumed the time of a case: every stretch of its life with its holder, and their sums.

Each millisecond of the life belongs to exactly one holder and at most one clock, so the sums of
all shares are the wall time, and what they counted on a kind of clock is what its clocks used.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from workflow.clock import Clock, ClockKind
from workflow.life import LifeKind, LifeSegment
from workflow.tenures import Tenure


@dataclass(frozen=True, slots=True)
class HeldSegment:
    """A stretch of the life with who held the case in it.

    Attributes:
        tenure: None before the first one, and where the record names nobody.
        soon: in the last fifth of its clock's limit; late: beyond it, whether it counts or not.
    """

    segment: LifeSegment
    tenure: Tenure | None
    soon: bool
    late: bool

    @property
    def name(self) -> str:
        """Who held it, in words; empty for nobody."""
        return "" if self.tenure is None else self.tenure.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one holder consumed on one kind of clock; all in milliseconds.

    Attributes:
        name: the holder in words; empty for nobody.
        clock: None for the time without any clock.
        counted: what was held against limits; `late` the part of it beyond them.
        overran: all that lay beyond them, nights too: a clock due at 18:00 is overdue at 20:00.
        paused: what stood still; `idle` what the calendar did not count.
        rounds: of which clocks of that kind.
    """

    name: str
    clock: ClockKind | None
    counted: int = 0
    late: int = 0
    overran: int = 0
    paused: int = 0
    idle: int = 0
    rounds: tuple[int, ...] = ()

    @property
    def wall(self) -> int:
        """All of it: counted, paused and idle."""
        return self.counted + self.paused + self.idle


def held(
    segments: Iterable[LifeSegment],
    tenures: Sequence[Tenure],
    clocks: Iterable[Clock],
) -> tuple[HeldSegment, ...]:
    """The stretches cut where the holder changed, and where a clock warned and was due.

    Args:
        segments: of `workflow.life.life`.
        tenures: of `workflow.tenures.tenures`, oldest first.
        clocks: the clocks that the segments belong to.
    """
    known = {(clock.kind, clock.round): clock for clock in clocks}
    starts = [tenure.start for tenure in tenures]
    pieces: list[HeldSegment] = []
    for segment in segments:
        clock = None if segment.clock is None else known[segment.clock, segment.round]
        edges = {*starts, *_turns(clock, segment)}
        for part in _cut(segment, sorted(edges)):
            place = bisect_right(starts, part.start)
            tenure = tenures[place - 1] if place else None
            late, soon = _beyond(clock, part)
            pieces.append(HeldSegment(part, tenure, soon, late))
    return tuple(pieces)


def shares(pieces: Iterable[HeldSegment]) -> tuple[Share, ...]:
    """The sums for each holder and kind of clock, in the order in which they first appear."""
    sums: dict[tuple[str, ClockKind | None], Share] = {}
    rounds: dict[tuple[str, ClockKind | None], set[int]] = {}
    for piece in pieces:
        segment = piece.segment
        key = piece.name, segment.clock
        rounds.setdefault(key, set()).add(segment.round)
        sum_ = sums.get(key) or Share(name=piece.name, clock=segment.clock)
        wall, counted = segment.wall_ms, segment.counted_ms
        paused = wall if segment.kind is LifeKind.PAUSED else 0
        sums[key] = replace(
            sum_,
            counted=sum_.counted + counted,
            late=sum_.late + (counted if piece.late else 0),
            overran=sum_.overran + (wall if piece.late else 0),
            paused=sum_.paused + paused,
            idle=sum_.idle + wall - counted - paused,
            rounds=tuple(sorted(rounds[key])),
        )
    return tuple(sums.values())


def whole_seconds(parts: Sequence[int]) -> tuple[int, ...]:
    """Milliseconds as whole seconds that add up to the whole seconds of their sum.

    The largest remainders are rounded up, so no part is off by a second or more and nobody who
    adds up what is shown finds a second too few.
    """
    seconds = [part // 1000 for part in parts]
    missing = sum(parts) // 1000 - sum(seconds)
    order = sorted(range(len(parts)), key=lambda place: -(parts[place] % 1000))
    for place in order[:missing]:
        seconds[place] += 1
    return tuple(seconds)


def _turns(clock: Clock | None, segment: LifeSegment) -> tuple[datetime, ...]:
    """Where the lamp turns in a stretch that is not paused."""
    if clock is None or segment.kind is LifeKind.PAUSED:
        return ()
    return clock.warn_at, clock.due_at


def _beyond(clock: Clock | None, part: LifeSegment) -> tuple[bool, bool]:
    """Whether a stretch lies beyond its clock's limit, and whether in the last fifth of it."""
    if clock is None or part.kind is LifeKind.PAUSED:
        return False, False
    late = part.start >= clock.due_at
    return late, not late and part.start >= clock.warn_at


def _cut(segment: LifeSegment, edges: Sequence[datetime]) -> Iterator[LifeSegment]:
    first = bisect_right(edges, segment.start)
    inside = [edge for edge in edges[first:] if edge < segment.end]
    if not inside:
        yield segment
        return
    for left, right in pairwise([segment.start, *inside, segment.end]):
        yield replace(segment, start=left, end=right)
