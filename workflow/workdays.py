"""Which days are worked, counted without walking over them: weeks by arithmetic, the rest bisected.

Days are numbers: days since 1970-01-01, a Thursday. Every question costs O(log exceptions) however
many years it spans, so a million deadlines are a matter of seconds.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate

_MONDAY = 3  # 1970-01-01 is day 0; adding 3 makes day numbers divisible by 7 fall on Mondays


class WorkDays:
    """The worked days of a weekly pattern with holidays taken out and make-up days (调休) put in.

    Args:
        weekend: weekdays that are not worked, Monday is 0; at least one weekday must be worked.
        holidays: day numbers that are not worked whatever their weekday.
        make_up_days: day numbers that are worked whatever their weekday.
    """

    def __init__(
        self, weekend: Iterable[int], holidays: Iterable[int], make_up_days: Iterable[int]
    ) -> None:
        off = frozenset(weekend)
        self._weekdays = [weekday for weekday in range(7) if weekday not in off]
        self._weekday_is_worked = [weekday not in off for weekday in range(7)]
        self._worked_before_weekday = [
            sum(self._weekday_is_worked[:weekday]) for weekday in range(7)
        ]
        changes = {day: -1 for day in holidays if self._is_worked_weekly(day)}
        changes |= {day: 1 for day in make_up_days if not self._is_worked_weekly(day)}
        self._exceptions = sorted(changes)
        deltas = [changes[day] for day in self._exceptions]
        self._shift = [0, *accumulate(deltas)]
        self._exception_is_worked = {day: delta > 0 for day, delta in changes.items()}
        self._reached = [self.before(day + 1) for day in self._exceptions]

    def is_worked(self, day: int) -> bool:
        """Whether the day is worked."""
        worked = self._exception_is_worked.get(day)
        return self._is_worked_weekly(day) if worked is None else worked

    def before(self, day: int) -> int:
        """How many worked days lie before `day`, from an origin that only differences cancel."""
        weeks, weekday = divmod(day + _MONDAY, 7)
        weekly = weeks * len(self._weekdays) + self._worked_before_weekday[weekday]
        return weekly + self._shift[bisect_left(self._exceptions, day)]

    def nth(self, count: int) -> int:
        """The worked day that has exactly `count` worked days before it."""
        index = bisect_right(self._reached, count)
        if index < len(self._exceptions):
            exception = self._exceptions[index]
            if self._exception_is_worked[exception] and count == self._reached[index] - 1:
                return exception
        weeks, place = divmod(count - self._shift[index], len(self._weekdays))
        return weeks * 7 - _MONDAY + self._weekdays[place]

    def _is_worked_weekly(self, day: int) -> bool:
        return self._weekday_is_worked[(day + _MONDAY) % 7]
