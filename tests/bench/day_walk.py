"""The usual way to find a deadline, as a peer: day by day, span by span, pauses taken out.

It shares no line with the calendar either, so its figures are checked like ours.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from resources import rulebook
from tests.helpers.clock_cases import Pasts
from tests.helpers.clock_oracle import RUNNING, UNITS, WORKING_UNITS, Figures

HOUR_MS, DAY_MS = 3_600_000, 86_400_000
ZONE_MS = 8 * HOUR_MS
HOURS = ((8 * HOUR_MS, 12 * HOUR_MS), (14 * HOUR_MS, 18 * HOUR_MS))
UNIT_MS = {
    "minute": 60_000,
    "urgent_hour": HOUR_MS,
    "work_hour": HOUR_MS,
    "work_day": 8 * HOUR_MS,
    "urgent_day": DAY_MS,
    "natural_day": DAY_MS,
}
DAY_ZERO = 719_163  # the ordinal of 1970-01-01
MONDAY = 4  # 1970-01-05, in days since then
DAYS = {row.day.toordinal() - DAY_ZERO: row.kind == "makeup" for row in rulebook.day_rows()}
"""Whether the days of the notices are worked."""

Stretch = tuple[int, int]


def walk(lived: Pasts, step: int) -> Figures:
    """The figures of every so-manieth clock on China's calendar with the usual working hours.

    As ours, each has its deadline found anew after every step that moves it.
    """
    told = []
    cases = lived.cases
    for row in range(0, len(cases.start), step):
        start, unit, amount, more, ending, ended, now, count, after = (
            int(column[row])
            for column in (
                cases.start,
                cases.unit,
                cases.amount,
                cases.extension,
                cases.ending,
                cases.ended,
                cases.now,
                lived.count,
                lived.extended_after,
            )
        )
        gaps, working = cases.gaps[row].tolist(), unit in WORKING_UNITS
        until = now if ending == RUNNING else min(now, ended)
        moves = [(n, amount + more * (n > after)) for n in range(count + 1)]
        if more:
            moves.append((count, amount + more))
        for number, (stood, total) in enumerate(moves, 1):
            limit = total * UNIT_MS[UNITS[unit]]
            stretches = _running(start, gaps[:stood], working)
            asked = until if number == len(moves) else start
            due, warn, used = _figures(stretches, start, limit, asked)
        judged = now if ending == RUNNING else ended
        told.append((due, warn, used, limit - used, int(judged > due)))
    return Figures(*np.array(told, dtype=np.int64).T)


def _figures(
    stretches: Iterator[Stretch], start: int, limit: int, until: int
) -> tuple[int, int, int]:
    """When the limit is used up, when 80 % of it are, and what is used by `until`."""
    due = warn = start if limit == 0 else None
    counted = used = 0
    for left, right in stretches:
        if warn is None and counted + right - left >= limit * 4 // 5:
            warn = left + limit * 4 // 5 - counted
        if due is None and counted + right - left >= limit:
            due = left + limit - counted
        used += max(0, min(right, until) - left)
        counted += right - left
        if due is not None and warn is not None and right >= until:
            break
    assert due is not None
    assert warn is not None
    return due, warn, used


def _running(start: int, gaps: Sequence[Sequence[int]], working: bool) -> Iterator[Stretch]:
    """Every stretch that counts, on and on."""
    for begin, right in _spans(start, working):
        left = max(begin, start)
        for gone, back in gaps:
            if gone < right and back > left:
                if gone > left:
                    yield left, gone
                left = back
        if left < right:
            yield left, right


def _spans(start: int, working: bool) -> Iterator[Stretch]:
    day = (start + ZONE_MS) // DAY_MS
    while True:
        midnight = day * DAY_MS - ZONE_MS
        if not working:
            yield midnight, midnight + DAY_MS
        elif DAYS.get(day, (day - MONDAY) % 7 < 5):
            for begin, end in HOURS:
                yield midnight + begin, midnight + end
        day += 1
