"""The deadline ruler as numbers: where each stretch lies, what it is and says on hover."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from resources.language import tr
from ui.case_form.wording import duration, moment
from workflow.calendar import Segment, SegmentKind
from workflow.clock import Clock

LONGEST_OVERRUN = 0.4
"""Share of the limit's own length that is drawn beyond the due mark; more is said in words."""


class Paint(StrEnum):
    """What a stretch of the ruler is painted as."""

    COUNTED = "counted"
    WARN = "warn"
    OVERDUE = "overdue"
    PAUSED = "paused"
    LUNCH = "lunch"
    NIGHT = "night"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the ruler from `left` to `right`, shares of its width; `past` lies before now."""

    paint: Paint
    left: float
    right: float
    past: bool
    tip: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruler:
    """All that the ruler draws.

    Attributes:
        now, due: where the two marks stand, as shares of the width.
        start_text, due_text: words below the two ends.
        summary: the whole deadline in one sentence: limit, rule, what is left.
        provisional: the deadline may still move; the summary says why.
    """

    stretches: tuple[Stretch, ...]
    now: float
    due: float
    start_text: str
    due_text: str
    summary: str
    provisional: bool = False


def deadline_ruler(
    clock: Clock, segments: Sequence[Segment], now: datetime, *, provisional: bool = False
) -> Ruler | None:
    """The ruler of a clock, from its start to its due time and, when overdue, on to now."""
    if not segments or segments[-1].end <= segments[0].start:
        return None
    start, due = segments[0].start, segments[-1].end
    stands = clock.pauses[-1].start if clock.is_paused else now
    end = max(due, min(stands, due + (due - start) * LONGEST_OVERRUN))
    span = end - start

    def share(instant: datetime) -> float:
        return min(1.0, max(0.0, (instant - start) / span))

    pieces = [*_pieces(clock, segments)]
    if end > due:
        pieces.append((Paint.OVERDUE, due, end, tr("Overdue")))
    stretches = tuple(
        Stretch(paint, share(left), share(right), right <= now, _tip(what, left, right, now))
        for paint, begin, finish, what in pieces
        for left, right in _split(begin, finish, [now])
    )
    return Ruler(
        stretches=stretches,
        now=share(now),
        due=share(due),
        start_text=tr("{time} {clock} starts", time=moment(start, now), clock=clock.kind.label),
        due_text=_due_text(due, now, provisional),
        summary=_summary(clock, due, now, provisional),
        provisional=provisional,
    )


def remaining_words(clock: Clock, now: datetime) -> str:
    """ "余 4 分", "超 12 分" in wall time, or that the clock stands still."""
    if clock.is_paused:
        return tr("Paused")
    left = (clock.due_at - now).total_seconds()
    if left < 0:
        return tr("{time} over", time=duration(left))
    return tr("{time} left", time=duration(left))


def _pieces(
    clock: Clock, segments: Sequence[Segment]
) -> Iterator[tuple[Paint, datetime, datetime, str]]:
    """Each segment cut where the warning begins and where the clock was paused."""
    if not clock.limit.unit.is_working:
        whole = Segment(SegmentKind.WORKING, segments[0].start, segments[-1].end)
        segments = (whole,)
    last = segments[-1].end
    pauses = [(pause.start, pause.end or last, pause.reason) for pause in clock.pauses]
    cuts = [clock.warn_at, *(edge for begin, end, _ in pauses for edge in (begin, end))]
    for segment in segments:
        for left, right in _split(segment.start, segment.end, cuts):
            reason = next((why for begin, end, why in pauses if begin <= left < end), None)
            if reason is not None:
                yield Paint.PAUSED, left, right, tr("Paused: {reason}", reason=reason)
            elif segment.kind is not SegmentKind.WORKING:
                yield Paint(segment.kind.value), left, right, _rest_name(segment)
            elif left >= clock.warn_at:
                yield Paint.WARN, left, right, _counted_name(clock, segment)
            else:
                yield Paint.COUNTED, left, right, _counted_name(clock, segment)


def _split(
    start: datetime, end: datetime, cuts: Sequence[datetime]
) -> Iterator[tuple[datetime, datetime]]:
    inside = sorted({cut for cut in cuts if start < cut < end})
    edges = [start, *inside, end]
    return itertools.pairwise(edges)


def _counted_name(clock: Clock, segment: Segment) -> str:
    if not clock.limit.unit.is_working:
        return tr("Counted round the clock")
    if segment.label:
        return tr("Working time, make-up day ({name})", name=segment.label)
    return tr("Working time")


def _rest_name(segment: Segment) -> str:
    names = {
        SegmentKind.LUNCH: tr("Midday break, not counted"),
        SegmentKind.NIGHT: tr("Outside working hours, not counted"),
        SegmentKind.WEEKEND: tr("Weekend, not counted"),
        SegmentKind.HOLIDAY: tr("Holiday ({name}), not counted", name=segment.label),
    }
    return names[segment.kind]


def _tip(what: str, left: datetime, right: datetime, now: datetime) -> str:
    return f"{what}\n" + tr(
        "{start} to {end}, {length}",
        start=moment(left, now),
        end=moment(right, now),
        length=duration((right - left) / timedelta(seconds=1)),
    )


def _summary(clock: Clock, due: datetime, now: datetime, provisional: bool) -> str:
    lines = [
        tr(
            "{clock} limit {limit}, due {due}: {left}",
            clock=clock.kind.label,
            limit=str(clock.limit),
            due=moment(due, now),
            left=remaining_words(clock, now),
        )
    ]
    if clock.rule:
        lines.append(tr("Rule: {rule}", rule=clock.rule))
    if provisional:
        lines.append(
            tr("Provisional: no official holiday notice for that year yet, the time may still move")
        )
    return "\n".join(lines)


def _due_text(due: datetime, now: datetime, provisional: bool) -> str:
    if provisional:
        return tr("{time} due (provisional)", time=moment(due, now))
    return tr("{time} due", time=moment(due, now))
