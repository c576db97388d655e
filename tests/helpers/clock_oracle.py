"""What clocks must say, counted in another way: a table of every minute with running sums.

Nothing of the calendar or the clocks is used here. Instants are int64 epoch milliseconds; China
Standard Time is eight hours ahead. Pauses are not cut out of stretches, as the clocks do it: each
one that begins before the limit is used up moves the goal on by the time that it swallows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]

GAPS = 3
"""How many pauses a clock has had at most."""
RUNNING, PAUSED, STOPPED = range(3)
UNITS = ("minute", "urgent_hour", "work_hour", "work_day", "urgent_day", "natural_day")
UNIT_MINUTES = (1, 60, 60, 0, 24 * 60, 24 * 60)
"""Of a work day the table knows the length."""
WORKING_UNITS = (2, 3)

MINUTE_MS = 60_000
ZONE_MINUTES = 8 * 60
FIRST_DAY, LAST_DAY = np.datetime64("2022-12-01"), np.datetime64("2030-01-01")


@dataclass(frozen=True, kw_only=True)
class ClockCases:
    """Clocks with their past, a row each.

    Attributes:
        unit: index into UNITS; amount: of the limit; extension: what it was extended by.
        gaps: begin and end of the stretches in which it stood still; those it had none of come
            last and are empty, at `ended`.
        ending: RUNNING, PAUSED or STOPPED, since `ended`.
        now: when it is asked.
    """

    start: Whole
    unit: Whole
    amount: Whole
    extension: Whole
    gaps: Whole
    ending: Whole
    ended: Whole
    now: Whole


@dataclass(frozen=True)
class Figures:
    """What there is to be known of each clock: milliseconds, and 1 where it is overdue."""

    due: Whole
    warn: Whole
    used: Whole
    remaining: Whole
    overdue: Whole

    def mismatches(self, other: "Figures") -> Whole:
        """The rows in which any figure differs."""
        differs = [getattr(self, f.name) != getattr(other, f.name) for f in fields(self)]
        return np.flatnonzero(np.any(differs, axis=0))

    def every(self, step: int) -> "Figures":
        """Those of every so-manieth clock, from the first on."""
        return Figures(*(getattr(self, f.name)[::step] for f in fields(self)))


class MinuteTable:
    """Whether each minute of the years 2023 to 2029 is worked, and how many before it were."""

    def __init__(
        self,
        hours: Sequence[tuple[int, int]],
        weekend: Iterable[int],
        holidays: Iterable[date],
        make_ups: Iterable[date],
    ) -> None:
        """`hours` in minutes since midnight; weekdays count from Monday, 0."""
        days = np.arange(FIRST_DAY, LAST_DAY)
        weekday = (days.astype(np.int64) - 4) % 7  # 1970-01-05 was a Monday
        worked = ~np.isin(weekday, list(weekend))
        worked[np.isin(days, np.array(list(holidays), dtype="datetime64[D]"))] = False
        worked[np.isin(days, np.array(list(make_ups), dtype="datetime64[D]"))] = True
        minutes = np.zeros(24 * 60, dtype=bool)
        for begin, end in hours:
            minutes[begin:end] = True
        self.day_minutes = int(minutes.sum())
        self._is_worked = (worked[:, None] & minutes).ravel()
        self._before = np.concatenate([[0], np.cumsum(self._is_worked)])
        self._first_minute = int(FIRST_DAY.astype(np.int64)) * 24 * 60 - ZONE_MINUTES

    def worked(self, at: Whole) -> Whole:
        """Worked milliseconds before an instant."""
        minute, within = np.divmod(at, MINUTE_MS)
        row = minute - self._first_minute
        before: Whole = self._before[row] * MINUTE_MS + self._is_worked[row] * within
        return before

    def reached(self, worked: Whole) -> Whole:
        """The first instant with so many worked milliseconds before it."""
        row = np.searchsorted(self._before, -(-worked // MINUTE_MS)) - 1
        within = worked - self._before[row] * MINUTE_MS
        instant: Whole = (row + self._first_minute) * MINUTE_MS + within
        return instant


def figures(cases: ClockCases, table: MinuteTable) -> Figures:
    """What every one of the clocks must say."""
    working = np.isin(cases.unit, WORKING_UNITS)

    def passed(at: Whole) -> Whole:
        return np.where(working, table.worked(at), at)

    unit_minutes = np.array(UNIT_MINUTES)
    unit_minutes[UNITS.index("work_day")] = table.day_minutes
    limit = (cases.amount + cases.extension) * unit_minutes[cases.unit] * MINUTE_MS
    begun = passed(cases.start)
    stood = [(passed(cases.gaps[:, n, 0]), passed(cases.gaps[:, n, 1])) for n in range(GAPS)]

    def reached(counted: Whole) -> Whole:
        goal = begun + counted
        for left, back in stood:
            goal = goal + np.where(goal > left, back - left, 0)
        instant = np.where(working, table.reached(goal), goal)
        return np.where(counted == 0, cases.start, instant)

    due, warn = reached(limit), reached(limit * 4 // 5)
    ended = cases.ending != RUNNING
    until = np.where(ended, np.minimum(cases.now, cases.ended), cases.now)
    until = np.maximum(until, cases.start)
    used = passed(until) - begun
    for n in range(GAPS):
        left, back = (np.minimum(cases.gaps[:, n, side], until) for side in (0, 1))
        used = used - (passed(back) - passed(left))
    judged = np.where(ended, cases.ended, cases.now)
    return Figures(due, warn, used, limit - used, (judged > due).astype(np.int64))
