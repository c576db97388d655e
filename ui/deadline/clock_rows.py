"""The rows of clocks on the ruler: the main ones in turn, their pauses and moves, the side ones."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from resources.language import tr
from ui.deadline.axis import Axis
from ui.deadline.cells import Cell
from ui.deadline.current import main_clocks, side_clocks
from ui.deadline.sentences import clock_sentence, move_sentence, pause_sentence
from ui.deadline.spans import RowKind, RulerRow, Span
from workflow import clocks as clock_steps
from workflow.case_file import CaseFile
from workflow.clock import Clock, ClockKind


def clock_rows(axis: Axis, file: CaseFile, now: datetime) -> Iterator[RulerRow]:
    """All rows below the time itself, as far as there is anything in them."""
    yield RulerRow(RowKind.CLOCKS, tr("Clocks"), tuple(_clock_spans(axis, file, now)))
    pauses = tuple(_pause_spans(axis, file, now))
    if pauses:
        yield RulerRow(RowKind.PAUSES, tr("Pauses"), pauses)
    moves = tuple(_move_spans(axis, file, now))
    if moves:
        yield RulerRow(RowKind.MOVES, tr("Moved"), moves)
    for kind, group in groupby(sorted(side_clocks(file.case), key=_kind), key=_kind):
        yield RulerRow(RowKind.SIDE, ClockKind(kind).label, tuple(_sides(group, axis, file, now)))


def used_seconds(clock: Clock, file: CaseFile, now: datetime) -> float:
    """What a clock used so far, in counted seconds."""
    calendar = file.calendars[clock.calendar_version]
    return clock_steps.used(clock, calendar, now).total_seconds()


def _kind(clock: Clock) -> str:
    return clock.kind.value


def _clock_spans(axis: Axis, file: CaseFile, now: datetime) -> Iterator[Span]:
    """Each stretch in which a main clock reigned, with the clock's name and limit."""
    known: Mapping[tuple[ClockKind | None, int], Clock] = {
        (clock.kind, clock.round): clock for clock in file.case.clocks
    }
    for (kind, round_), left, right, cells in _runs(axis):
        clock = known.get((kind, round_))
        if clock is None:
            continue
        yield Span(
            left=left,
            right=right,
            start=cells[0].start,
            text=f"{clock.kind.label} {clock.limit}",
            short=clock.kind.label,
            sentence=clock_sentence(clock, used_seconds(clock, file, now), file, now),
            late=clock_steps.is_overdue(clock, now),
            due=_due(axis, clock, cells),
        )


def _runs(
    axis: Axis,
) -> Iterator[tuple[tuple[ClockKind | None, int], float, float, Sequence[Cell]]]:
    places = range(len(axis.cells))
    groups = groupby(places, key=lambda place: (axis.cells[place].clock, axis.cells[place].round))
    for key, group in groups:
        inside = list(group)
        cells = axis.cells[inside[0] : inside[-1] + 1]
        yield key, axis.edges[inside[0]], axis.edges[inside[-1] + 1], cells


def _due(axis: Axis, clock: Clock, cells: Sequence[Cell]) -> float | None:
    within = cells[0].start < clock.due_at <= cells[-1].end
    return axis.place(clock.due_at) if within else None


def _pause_spans(axis: Axis, file: CaseFile, now: datetime) -> Iterator[Span]:
    for clock in main_clocks(file.case):
        for pause in clock.pauses:
            end = pause.end or now
            if pause.start < end:
                yield Span(
                    left=axis.place(pause.start),
                    right=axis.place(end),
                    start=pause.start,
                    text=f"{clock.kind.label} · {pause.reason}",
                    short=pause.reason,
                    sentence=pause_sentence(clock.kind.label, pause, file, now),
                )


def _move_spans(axis: Axis, file: CaseFile, now: datetime) -> Iterator[Span]:
    for move in file.due_moves:
        if axis.holds(move.at):
            place = axis.place(move.at)
            yield Span(
                left=place,
                right=place,
                start=move.at,
                text=f"+{move.by}" if move.by else tr("calendar"),
                sentence=move_sentence(move, now),
                due=axis.place(move.before) if axis.holds(move.before) else None,
            )


def _sides(found: Iterator[Clock], axis: Axis, file: CaseFile, now: datetime) -> Iterator[Span]:
    for clock in found:
        end = clock.stopped_at or now
        late = clock_steps.is_overdue(clock, now)
        is_shown = axis.holds(clock.due_at) and (late or clock.is_running)
        yield Span(
            left=axis.place(clock.started_at),
            right=axis.place(end),
            start=clock.started_at,
            text=str(clock.limit),
            sentence=clock_sentence(clock, used_seconds(clock, file, now), file, now),
            late=late,
            due=axis.place(clock.due_at) if is_shown else None,
        )
