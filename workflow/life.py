"""The explained life of a case: every stretch since its report, whose clock it was, what counted.

The main clocks of a case follow one another; at every instant at most one of them runs. A stretch
belongs to the clock that runs; where none runs, to the one that stands paused; else to none.
Together the stretches are the wall time from the first clock to the instant asked for, always.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from workflow import clocks as clock_steps
from workflow.calendar import Limit, WorkCalendar, epoch_ms, from_epoch_ms
from workflow.case import SIDE_CLOCKS
from workflow.clocks import Clock, ClockKind, Pause
from workflow.errors import NotFound


class LifeKind(StrEnum):
    """What a stretch was by the calendar, or that no clock ran in it.

    The first five are those of the calendar's segments. PAUSED: the case stood still for a
    reason (挂账 and the like). UNCOUNTED: it had no clock, as after it ended.
    """

    WORKING = "working"
    LUNCH = "lunch"
    NIGHT = "night"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    PAUSED = "paused"
    UNCOUNTED = "uncounted"


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeSegment:
    """One stretch of a case's life.

    Attributes:
        start, end: instants in China Standard Time; `end` is the next segment's start.
        label: the holiday's or make-up day's name; for a paused stretch the pause's reason.
        clock, round: whose time it was, as the clocks of the case are told apart; None and 0
            where no clock ran.
        counted: whether the stretch was held against that clock's limit. At night it is where the
            limit runs round the clock (minutes, 紧急工作时, 自然日).
    """

    kind: LifeKind
    start: datetime
    end: datetime
    label: str = ""
    clock: ClockKind | None = None
    round: int = 0
    counted: bool = False

    @property
    def wall_ms(self) -> int:
        """How long it lasted, in milliseconds."""
        return epoch_ms(self.end) - epoch_ms(self.start)

    @property
    def counted_ms(self) -> int:
        """How much of the limit it used, in milliseconds: all of it or nothing."""
        return self.wall_ms if self.counted else 0


@dataclass(frozen=True, slots=True)
class Spent:
    """Who consumed the time: what the stretches of one kind of clock come to.

    Attributes:
        clock: None for the time without any clock.
        counted: what was held against limits.
        paused: what stood still, a part of `wall`.
        wall: all of it.
    """

    clock: ClockKind | None
    counted: timedelta
    paused: timedelta
    wall: timedelta


def life(
    clocks: Iterable[Clock], calendars: Mapping[int, WorkCalendar], until: datetime
) -> tuple[LifeSegment, ...]:
    """Every stretch from the start of the first main clock to `until`, without gaps.

    Args:
        clocks: all clocks of a case, oldest first; those beside the main ones are passed over.
        calendars: by version, at least the versions of these clocks.
        until: usually now, or when the case ended.

    Raises:
        NotFound: a clock's version of the calendar is missing.
    """
    main = [clock for clock in clocks if clock.kind not in SIDE_CLOCKS]
    last = epoch_ms(until)
    edges = sorted({edge for clock in main for edge in _edges(clock) if edge < last} | {last})
    joined: list[LifeSegment] = []
    for begin, end in pairwise(edges):
        for part in _parts(main, calendars, from_epoch_ms(begin), from_epoch_ms(end)):
            _join(joined, part)
    return tuple(joined)


def spent(segments: Iterable[LifeSegment]) -> tuple[Spent, ...]:
    """What the stretches come to for each kind of clock, in the order in which they appear."""
    sums: dict[ClockKind | None, Spent] = {}
    nothing = timedelta(0)
    for segment in segments:
        sum_ = sums.get(segment.clock, Spent(segment.clock, nothing, nothing, nothing))
        length = segment.end - segment.start
        sums[segment.clock] = Spent(
            segment.clock,
            sum_.counted + (length if segment.counted else nothing),
            sum_.paused + (length if segment.kind is LifeKind.PAUSED else nothing),
            sum_.wall + length,
        )
    return tuple(sums.values())


def what_if(clock: Clock, by: Limit, calendar: WorkCalendar) -> Clock:
    """The clock as an extension by so much would leave it, for the ruler; nothing is granted.

    Args:
        calendar: the one in force, which an extension takes over.

    Raises InvalidClock and InvalidLimit as `extend` does.
    """
    taken_over = replace(clock, calendar_version=calendar.version)
    return clock_steps.extend(taken_over, by, calendar, clock.rule)


def _edges(clock: Clock) -> Iterator[int]:
    instants = [clock.started_at, clock.stopped_at]
    instants += [edge for pause in clock.pauses for edge in (pause.start, pause.end)]
    return (epoch_ms(instant) for instant in instants if instant is not None)


def _parts(
    main: list[Clock], calendars: Mapping[int, WorkCalendar], begin: datetime, end: datetime
) -> Iterator[LifeSegment]:
    """A stretch in which no clock starts, stops, pauses or resumes, cut up by the calendar."""
    clock, pause = _reigning(main, begin)
    if clock is None:
        yield LifeSegment(kind=LifeKind.UNCOUNTED, start=begin, end=end)
        return
    whole = LifeSegment(
        kind=LifeKind.PAUSED, start=begin, end=end, clock=clock.kind, round=clock.round
    )
    if pause is not None:
        yield replace(whole, label=pause.reason)
        return
    round_the_clock = not clock.limit.unit.is_working
    for segment in _calendar_of(clock, calendars).segments(begin, end):
        kind = LifeKind(segment.kind.value)
        counted = round_the_clock or kind is LifeKind.WORKING
        yield replace(
            whole,
            kind=kind,
            start=segment.start,
            end=segment.end,
            label=segment.label,
            counted=counted,
        )


def _reigning(main: list[Clock], at: datetime) -> tuple[Clock | None, Pause | None]:
    """The clock that an instant belongs to, and the pause in which it stands there."""
    there = [
        (clock, _pause_at(clock, at))
        for clock in main
        if clock.started_at <= at and (clock.stopped_at is None or at < clock.stopped_at)
    ]
    if not there:
        return None, None
    return sorted(there, key=lambda found: (found[1] is None, found[0].started_at))[-1]


def _pause_at(clock: Clock, at: datetime) -> Pause | None:
    for pause in clock.pauses:
        if pause.start <= at and (pause.end is None or at < pause.end):
            return pause
    return None


def _calendar_of(clock: Clock, calendars: Mapping[int, WorkCalendar]) -> WorkCalendar:
    calendar = calendars.get(clock.calendar_version)
    if calendar is None:
        raise NotFound(
            "Version {version} of the working calendar is missing, on which the {kind} clock runs; "
            "restore a backup.",
            version=clock.calendar_version,
            kind=clock.kind.label,
        )
    return calendar


def _join(joined: list[LifeSegment], part: LifeSegment) -> None:
    if joined and replace(joined[-1], start=part.start, end=part.end) == part:
        part = replace(part, start=joined.pop().start)
    joined.append(part)
