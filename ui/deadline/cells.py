"""The life of a case as cells of a ruler: what was, and what lies ahead until it is due."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from ui.case_form.panel_model import current_clock
from ui.deadline.current import case_end, in_force, prospect, side_clocks
from workflow.attribution import HeldSegment, held
from workflow.calendar import WorkCalendar
from workflow.case_file import CaseFile
from workflow.clock import Clock, ClockKind
from workflow.life import LifeKind, life
from workflow.tenures import Tenure


class Look(StrEnum):
    """What a cell is drawn as. LATE is counted time beyond the limit, EXTRA what an extension
    would add, FOLDED many cells in one.
    """

    COUNTED = "counted"
    WARN = "warn"
    LATE = "late"
    EXTRA = "extra"
    PAUSED = "paused"
    LUNCH = "lunch"
    NIGHT = "night"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    UNCOUNTED = "uncounted"
    FOLDED = "folded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A stretch in which nothing changes.

    Attributes:
        label: name of the holiday or make-up day, reason of the pause.
        late: beyond its clock's limit, whether it counts or not.
        past: it lies before now; else it is what the calendar holds ready.
        clock, round: whose time it is; None and 0 where no clock runs.
        inside: of a folded cell, what it stands for.
    """

    start: datetime
    end: datetime
    look: Look
    label: str = ""
    counted: bool = False
    late: bool = False
    past: bool = True
    clock: ClockKind | None = None
    round: int = 0
    tenure: Tenure | None = None
    inside: tuple["Cell", ...] = ()

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return (self.end - self.start).total_seconds()

    @property
    def counted_seconds(self) -> float:
        """How much of it is held against a limit."""
        if self.inside:
            return sum(cell.counted_seconds for cell in self.inside)
        return self.seconds if self.counted else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The whole life, cut into cells, and the deadline that it runs toward.

    Attributes:
        pieces: what was, up to `until`, by holder.
        clock: the clock whose deadline counts now; None once the case has ended.
        longer: the same clock as the extension asked about would leave it.
        due_at: when that clock is due; of a suspended case, if it goes on at its review date.
    """

    cells: tuple[Cell, ...]
    pieces: tuple[HeldSegment, ...]
    until: datetime
    clock: Clock | None
    longer: Clock | None
    due_at: datetime | None


def course(file: CaseFile, now: datetime, longer: Clock | None = None) -> Course:
    """The course of a case.

    Args:
        longer: `workflow.life.what_if` of the clock that runs, to be drawn beside it.

    Raises:
        NotFound: the version of a calendar is missing.
    """
    case = file.case
    until = case_end(case, now)
    clock = current_clock(file)
    segments = life(case.clocks, file.calendars, until)
    pieces = held(segments, file.tenures, case.clocks)
    past = tuple(_past(piece) for piece in pieces)
    if clock is None:
        cells = past + tuple(_afterwards(file, until, now))
        return Course(cells=cells, pieces=pieces, until=until, clock=None, longer=None, due_at=None)
    shown = prospect(case, clock, in_force(file), now)
    further = None if longer is None else prospect(case, longer, in_force(file), now)
    calendar = file.calendars[(further or shown).calendar_version]
    ahead = tuple(_ahead(file, shown, further, calendar, now))
    due_at = None if clock.is_paused and shown is clock else shown.due_at
    return Course(
        cells=past + ahead, pieces=pieces, until=until, clock=clock, longer=further, due_at=due_at
    )


def _past(piece: HeldSegment) -> Cell:
    segment = piece.segment
    look = Look(segment.kind.value) if segment.kind is not LifeKind.WORKING else Look.COUNTED
    if segment.counted:
        look = Look.LATE if piece.late else Look.WARN if piece.soon else Look.COUNTED
    return Cell(
        start=segment.start,
        end=segment.end,
        look=look,
        label=segment.label,
        counted=segment.counted,
        late=piece.late,
        clock=segment.clock,
        round=segment.round,
        tenure=piece.tenure,
    )


def _afterwards(file: CaseFile, until: datetime, now: datetime) -> Iterator[Cell]:
    """After the end, as far as a clock beside the case still ran (回访)."""
    last = max((one.stopped_at or now for one in side_clocks(file.case)), default=until)
    if last > until:
        yield Cell(start=until, end=last, look=Look.UNCOUNTED)


def _ahead(
    file: CaseFile, clock: Clock, longer: Clock | None, calendar: WorkCalendar, now: datetime
) -> Iterator[Cell]:
    """From now to the deadline, over the rest of a suspension where there is one."""
    tenure = file.tenures[-1] if file.tenures else None
    begin = now
    blank = Cell(
        start=now,
        end=now,
        look=Look.PAUSED,
        past=False,
        clock=clock.kind,
        round=clock.round,
        tenure=tenure,
    )
    if clock.pauses and (end := clock.pauses[-1].end) is not None and end > now:
        yield replace(blank, end=end, label=clock.pauses[-1].reason)
        begin = end
    if clock.is_paused:
        return
    last = max(clock.due_at, longer.due_at) if longer else clock.due_at
    if last <= begin:
        return
    round_the_clock = not clock.limit.unit.is_working
    for segment in calendar.segments(begin, last):
        kind = LifeKind(segment.kind.value)
        counted = round_the_clock or kind is LifeKind.WORKING
        whole = replace(blank, label=segment.label, counted=counted, look=Look.COUNTED)
        for left, right in _between(segment.start, segment.end, (clock.warn_at, clock.due_at)):
            look = _look_ahead(clock, left) if counted else Look(kind.value)
            late = left >= clock.due_at
            yield replace(whole, start=left, end=right, look=look, late=late)


def _look_ahead(clock: Clock, at: datetime) -> Look:
    if at >= clock.due_at:
        return Look.EXTRA
    return Look.WARN if at >= clock.warn_at else Look.COUNTED


def _between(
    start: datetime, end: datetime, cuts: Sequence[datetime]
) -> Iterator[tuple[datetime, datetime]]:
    edges = [start, *sorted({cut for cut in cuts if start < cut < end}), end]
    return pairwise(edges)
