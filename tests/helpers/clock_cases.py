"""Clocks with a generated past, as plain rows for the oracle and as ours lived through it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from resources import rulebook
from tests.helpers.clock_oracle import (
    GAPS,
    PAUSED,
    RUNNING,
    STOPPED,
    UNITS,
    ClockCases,
    Figures,
    MinuteTable,
    Whole,
)
from workflow import clocks
from workflow.calendar import Limit, TimeUnit, WorkCalendar, epoch_ms, from_epoch_ms
from workflow.clocks import Clock, ClockKind

MOST = np.array([2000, 80, 80, 20, 10, 40])
"""The longest limit of each unit."""
FIRST, LAST = 1_672_502_400_000, 1_830_268_800_000  # 2023-01-01 and 2028-01-01 in China
HALF_HOUR, DAY = 1_800_000, 86_400_000
LONGEST_RUN, LONGEST_REST = 9.0, 9.4  # powers of ten: 11 and 29 days in milliseconds
MS = timedelta(milliseconds=1)


@dataclass(frozen=True)
class Pasts:
    """Clocks for the oracle, and by which steps they came about.

    Attributes:
        count: how many gaps each has had.
        undone: a gap was a stop that was undone, not a pause.
        extended_after: after how many gaps it was extended, if it was.
        cancelled: a stop was a cancellation.
    """

    cases: ClockCases
    count: Whole
    undone: Whole
    extended_after: Whole
    cancelled: Whole


def pasts(number: int, seed: int) -> Pasts:
    """So many clocks; the same ones for the same seed."""
    dice = np.random.default_rng(seed)
    start = _snapped(dice, dice.integers(FIRST, LAST, number))
    unit = dice.integers(0, len(UNITS), number)
    count = dice.integers(0, GAPS + 1, number)
    ending = dice.integers(RUNNING, STOPPED + 1, number)
    gaps = np.empty((number, GAPS, 2), dtype=np.int64)
    here = start
    for n in range(GAPS):
        gaps[:, n, 0] = _later(dice, here, LONGEST_RUN)
        gaps[:, n, 1] = _later(dice, gaps[:, n, 0], LONGEST_REST)
        here = np.where(n < count, gaps[:, n, 1], here)
    ended = np.where(ending == RUNNING, here, _later(dice, here, LONGEST_RUN))
    for n in range(GAPS):
        gaps[n >= count, n] = ended[n >= count, None]
    return Pasts(
        ClockCases(
            start=start,
            unit=unit,
            amount=dice.integers(0, MOST[unit] + 1),
            extension=np.where(dice.random(number) < 0.4, dice.integers(0, MOST[unit] + 1), 0),
            gaps=gaps,
            ending=ending,
            ended=ended,
            now=_snapped(dice, dice.integers(start - DAY, ended + 30 * DAY)),
        ),
        count=count,
        undone=dice.integers(0, 2, (number, GAPS)),
        extended_after=dice.integers(0, count + 1),
        cancelled=dice.integers(0, 2, number),
    )


def real_table() -> MinuteTable:
    """China's official days with the default working hours, as `real_calendar` has them."""
    days = rulebook.day_rows()
    return MinuteTable(
        hours=[(8 * 60, 12 * 60), (14 * 60, 18 * 60)],
        weekend=[5, 6],
        holidays=[row.day for row in days if row.kind == "holiday"],
        make_ups=[row.day for row in days if row.kind == "makeup"],
    )


def ours(lived: Pasts, calendar: WorkCalendar, then: WorkCalendar | None = None) -> Figures:
    """What our clocks say; with `then`, after each was recounted on it before its last step."""
    last = then or calendar
    told = [
        (
            epoch_ms(clock.due_at),
            epoch_ms(clock.warn_at),
            clocks.used(clock, last, now) // MS,
            clocks.remaining(clock, last, now) // MS,
            int(clocks.is_overdue(clock, now)),
        )
        for clock, now in _lived(lived, calendar, last)
    ]
    return Figures(*np.array(told, dtype=np.int64).T)


def _lived(
    lived: Pasts, calendar: WorkCalendar, last: WorkCalendar
) -> Iterator[tuple[Clock, datetime]]:
    """Each clock after its past, and when it is asked."""
    cases = lived.cases
    rows = zip(
        *(
            column.tolist()
            for column in (
                cases.start,
                cases.unit,
                cases.amount,
                cases.extension,
                cases.gaps,
                cases.ending,
                cases.ended,
                cases.now,
                lived.count,
                lived.undone,
                lived.extended_after,
                lived.cancelled,
            )
        ),
        strict=True,
    )
    for (
        start,
        unit,
        amount,
        more,
        gaps,
        ending,
        ended,
        now,
        count,
        undone,
        after,
        cancelled,
    ) in rows:
        limit, longer = (Limit(n, TimeUnit(UNITS[unit])) for n in (amount, more))
        clock = clocks.start(ClockKind.HANDLE, limit, "试验", calendar, from_epoch_ms(start))
        for n in range(count + 1):
            if more and n == after:
                clock = clocks.extend(clock, longer, calendar, "延期")
            if n < count:
                left, back = map(from_epoch_ms, gaps[n])
                clock = _stood(clock, calendar, left, back, bool(undone[n]))
        if last is not calendar:
            clock = clocks.recount(clock, last)
        if ending == PAUSED:
            clock = clocks.pause(clock, from_epoch_ms(ended), "核实")
        elif ending == STOPPED:
            end = from_epoch_ms(ended)
            clock = clocks.stop(clock, last, end, cancelled=bool(cancelled))
        yield clock, from_epoch_ms(now)


def _stood(
    clock: Clock, calendar: WorkCalendar, left: datetime, back: datetime, undone: bool
) -> Clock:
    if undone:
        stopped = clocks.stop(clock, calendar, left, cancelled=True)
        return clocks.reopen(stopped, calendar, back, "退回")
    return clocks.resume(clocks.pause(clock, left, "挂账"), calendar, back)


def _snapped(dice: np.random.Generator, at: Whole) -> Whole:
    """A third of the instants on the half hour: where working time begins and ends."""
    return np.where(dice.random(len(at)) < 1 / 3, at - at % HALF_HOUR, at)


def _later(dice: np.random.Generator, than: Whole, longest: float) -> Whole:
    """Later by anything from nothing to days, short stretches as often as long ones."""
    power = dice.uniform(-1, longest, len(than))
    return np.maximum(than, _snapped(dice, than + (10**power).astype(np.int64)))
