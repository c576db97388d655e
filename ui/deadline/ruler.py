"""The ruler of a case's whole life: rows, marks and ticks as plain values, ready to be drawn."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from resources.language import tr
from ui.case_form.panel_model import state_name
from ui.deadline.axis import Axis
from ui.deadline.cells import Cell, Course, Look, course
from ui.deadline.clock_rows import clock_rows
from ui.deadline.fold import folded
from ui.deadline.sentences import cell_sentence, tenure_sentence
from ui.deadline.spans import Mark, MarkKind, RowKind, RulerRow, Span, Tick
from ui.deadline.words import clock_face, instant
from workflow.case_file import CaseFile
from workflow.clock import Clock
from workflow.tenures import Tenure


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeRuler:
    """All that is drawn.

    Attributes:
        course: what it was made of. looks: the looks in it, for the legend.
    """

    course: Course
    rows: tuple[RulerRow, ...]
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    looks: tuple[Look, ...]


def life_ruler(file: CaseFile, now: datetime, longer: Clock | None = None) -> LifeRuler:
    """The ruler of a case.

    Args:
        longer: the running clock as an extension would leave it, to be shown beside it.

    Raises:
        NotFound: the version of a calendar is missing.
    """
    made = course(file, now, longer)
    axis = Axis(folded(made.cells))
    holders = RulerRow(RowKind.HOLDERS, tr("Holder"), tuple(_holders(axis, now)))
    time = RulerRow(RowKind.TIME, tr("Time"), tuple(_time(axis, file, now)))
    return LifeRuler(
        course=made,
        rows=(holders, time, *clock_rows(axis, file, now)),
        marks=tuple(_marks(axis, made, file, now)),
        ticks=tuple(_ticks(axis)),
        looks=tuple(look for look in Look if any(cell.look is look for cell in axis.cells)),
    )


def _holders(axis: Axis, now: datetime) -> Iterator[Span]:
    for _, group in groupby(range(len(axis.cells)), key=lambda place: axis.cells[place].tenure):
        places = list(group)
        cells = list(axis.cells[places[0] : places[-1] + 1])
        tenure = cells[0].tenure
        yield Span(
            left=axis.edges[places[0]],
            right=axis.edges[places[-1] + 1],
            start=cells[0].start,
            text=_holder(tenure),
            short=_holder(tenure).rpartition(" ")[2],
            below="" if tenure is None or not tenure.name else state_name(tenure.state),
            sentence=tenure_sentence(cells, now),
            past=cells[0].past,
        )


def _holder(tenure: Tenure | None) -> str:
    """Who held it; where nobody had to act, what the case waited in."""
    if tenure is None:
        return ""
    return tenure.name or state_name(tenure.state)


def _time(axis: Axis, file: CaseFile, now: datetime) -> Iterator[Span]:
    for place, cell in enumerate(axis.cells):
        yield Span(
            left=axis.edges[place],
            right=axis.edges[place + 1],
            start=cell.start,
            text=cell.label if cell.look is Look.HOLIDAY else "",
            sentence=cell_sentence(cell, file, now),
            look=cell.look,
            past=cell.past,
            late=cell.late,
            broken=axis.broken[place],
        )


def _marks(axis: Axis, made: Course, file: CaseFile, now: datetime) -> Iterator[Mark]:
    if made.clock is None:
        place = axis.place(made.until)
        yield Mark(MarkKind.ENDED, place, tr("ended {at}", at=instant(made.until, now)))
        return
    yield Mark(MarkKind.NOW, axis.place(now), tr("now {time}", time=clock_face(now)))
    if made.due_at is not None:
        words = tr("due {due}", due=instant(made.due_at, now))
        if file.provisional:
            words = tr("due {due} (provisional)", due=instant(made.due_at, now))
        yield Mark(MarkKind.DUE, axis.place(made.due_at), words)
    if made.longer is not None and not made.longer.is_paused:
        due = made.longer.due_at
        words = tr("extended {due}", due=instant(due, now))
        yield Mark(MarkKind.EXTENDED, axis.place(due), words)


def _ticks(axis: Axis) -> Iterator[Tick]:
    """The edges of cells: the ends first, then changes of hands, then mornings and evenings."""
    last = len(axis.cells)
    for place, cell in enumerate(axis.cells):
        before = axis.cells[place - 1] if place else None
        if before is None:
            rank = 0
        elif before.tenure != cell.tenure:
            rank = 1
        else:
            rank = 2 if _is_edge_of_day(before, cell) else 3
        yield Tick(axis.edges[place], cell.start, rank)
    if last:
        yield Tick(1.0, axis.cells[-1].end, 0)


def _is_edge_of_day(before: Cell, cell: Cell) -> bool:
    return before.look in (Look.NIGHT, Look.WEEKEND, Look.HOLIDAY, Look.PAUSED, Look.FOLDED) or (
        cell.look is Look.PAUSED
    )
