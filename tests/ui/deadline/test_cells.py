"""The cells of a life: without gaps, past and ahead, folded where there are too many."""

from datetime import timedelta
from itertools import pairwise

import pytest

from tests.helpers import told_cases
from tests.helpers.told_cases import Told, at
from ui.deadline.axis import LEAST_TURN, MOST_FOR_TURNS, WIDTH, Axis
from ui.deadline.cells import Cell, Look, course
from ui.deadline.extension import extended
from ui.deadline.fold import MOST_CELLS, folded
from workflow.clocks import ClockKind
from workflow.limits import Limit, TimeUnit

TWO_HOURS = Limit(2, TimeUnit.WORK_HOUR)


def looks(cells: tuple[Cell, ...]) -> list[Look]:
    return list(dict.fromkeys(cell.look for cell in cells))


@pytest.fixture(params=told_cases.ALL, ids=lambda make: make.__name__)
def told(request: pytest.FixtureRequest) -> Told:
    made = request.param()
    assert isinstance(made, Told)
    return made


def test_the_cells_follow_one_another_from_the_report_to_the_deadline(told: Told) -> None:
    made = course(told.file, told.now)
    assert made.cells[0].start == told.file.case.reported_at
    assert all(one.end == other.start for one, other in pairwise(made.cells))
    assert all(cell.start < cell.end for cell in made.cells)
    last = max(made.until, made.due_at or made.until)
    assert made.cells[-1].end == last


def test_whatever_is_folded_is_still_in_it(told: Told) -> None:
    cells = course(told.file, told.now).cells
    short = folded(cells)
    assert len(short) <= max(MOST_CELLS, 1)
    assert all(one.end == other.start for one, other in pairwise(short))
    assert sum(cell.counted_seconds for cell in short) == pytest.approx(
        sum(cell.counted_seconds for cell in cells)
    )
    assert sum(cell.seconds for cell in short) == pytest.approx(sum(c.seconds for c in cells))


def test_every_instant_stands_further_right_than_the_one_before(told: Told) -> None:
    axis = Axis(folded(course(told.file, told.now).cells))
    assert axis.edges[0] == 0
    assert axis.edges[-1] == 1
    assert all(left < right for left, right in pairwise(axis.edges))
    for number, cell in enumerate(axis.cells):
        assert axis.place(cell.start) == pytest.approx(axis.edges[number])
        middle = cell.start + (cell.end - cell.start) / 2
        assert axis.edges[number] < axis.place(middle) < axis.edges[number + 1]


def test_the_shortest_turn_can_be_pointed_at(told: Told) -> None:
    axis = Axis(folded(course(told.file, told.now).cells))
    widths: dict[object, float] = {}
    for number, cell in enumerate(axis.cells):
        width = axis.edges[number + 1] - axis.edges[number]
        widths[cell.tenure] = widths.get(cell.tenure, 0) + width
    least = min(LEAST_TURN, MOST_FOR_TURNS * WIDTH / len(widths))
    assert min(widths.values()) * WIDTH >= least - 0.01


def test_a_case_of_two_minutes_has_its_whole_limit_before_it() -> None:
    told = told_cases.fresh()
    made = course(told.file, told.now)
    assert looks(made.cells) == [Look.COUNTED, Look.WARN]
    assert [cell.past for cell in made.cells] == [True, False, False]
    assert made.due_at == told.file.case.reported_at + timedelta(minutes=15)


def test_a_weekend_is_compressed_and_the_time_beyond_the_limit_shown() -> None:
    told = told_cases.over_a_weekend()
    made = course(told.file, told.now)
    assert {Look.NIGHT, Look.WEEKEND, Look.WARN, Look.LATE} <= set(looks(made.cells))
    late = [cell for cell in made.cells if cell.look is Look.LATE]
    assert late[0].start == made.due_at == at("2026-11-23 08:43:30")
    axis = Axis(made.cells)
    broken = [cell.look for cell, is_so in zip(axis.cells, axis.broken, strict=True) if is_so]
    assert Look.WEEKEND in broken
    assert Look.COUNTED not in broken


def test_a_suspended_case_shows_its_rest_and_when_it_would_be_due_then() -> None:
    told = told_cases.suspended()
    made = course(told.file, told.now)
    paused = [cell for cell in made.cells if cell.look is Look.PAUSED]
    assert [cell.past for cell in paused] == [True, False]
    assert paused[-1].end == at("2026-12-28 08:00:00")
    assert made.due_at == at("2026-12-28 11:03:00")


def test_an_ended_case_has_nothing_ahead_and_no_deadline() -> None:
    told = told_cases.reworked()
    made = course(told.file, told.now)
    assert made.clock is None
    assert made.due_at is None
    assert all(cell.past for cell in made.cells)
    assert made.until == told.file.case.closed_at


def test_months_beyond_the_limit_are_folded_and_stay_beyond_it() -> None:
    told = told_cases.forgotten()
    cells = folded(course(told.file, told.now).cells)
    kept = [cell for cell in cells if cell.look is Look.FOLDED]
    assert [cell.late for cell in kept] == [False, True]
    assert sum(len(cell.inside) for cell in kept) > 500
    assert any(part.label == "国庆节" for cell in kept for part in cell.inside)


def test_what_an_extension_would_add_is_drawn_behind_the_deadline() -> None:
    told = told_cases.extended()
    thought = extended(told.file, TWO_HOURS, told.now)
    assert thought is not None
    made = course(told.file, told.now, thought.clock)
    extra = [cell for cell in made.cells if cell.look is Look.EXTRA]
    assert extra[0].start == thought.before == made.due_at
    assert extra[-1].end == thought.after
    assert sum(cell.counted_seconds for cell in extra) == 2 * 3600
    assert made.clock is not None
    assert made.clock.kind is ClockKind.HANDLE
