"""Time limits as filing standards write them: a number and a unit."""

from dataclasses import dataclass
from enum import StrEnum

from workflow.errors import WanmiError

LONGEST_LIMIT = 1_000_000
LONGEST_IN_SECONDS = 2_000_000_000
"""Sixty-three years: other systems give deadlines to the second, and some mean "never" by 2059."""

_MINUTE, _HOUR, _DAY = 60_000, 3_600_000, 86_400_000


class InvalidLimit(WanmiError):
    """A number that cannot be a time limit."""


class TimeUnit(StrEnum):
    """How a limit is counted.

    Working units run only in the calendar's working time; the others run round the clock. The
    source (运城 list) counts a 工作日 as 8 工作时, which is the sum of its day, 08:00-12:00 and
    14:00-18:00: so a WORK_DAY is one calendar day's working time. 紧急工作日 is in that list but
    explained nowhere; it is read like 紧急工作时: 24 hours without a break. No standard counts in
    seconds: they are for deadlines that another system gave (接入).
    """

    SECOND = "second"
    MINUTE = "minute"
    URGENT_HOUR = "urgent_hour"
    WORK_HOUR = "work_hour"
    WORK_DAY = "work_day"
    URGENT_DAY = "urgent_day"
    NATURAL_DAY = "natural_day"

    @property
    def label(self) -> str:
        """The unit's name as the filing standards write it."""
        return _LABELS[self]

    @property
    def is_working(self) -> bool:
        """Whether only working time counts."""
        return self is TimeUnit.WORK_HOUR or self is TimeUnit.WORK_DAY

    @property
    def fixed_ms(self) -> int | None:
        """The length of one unit in milliseconds; None for a WORK_DAY, which the calendar knows."""
        return _FIXED_LENGTH_MS.get(self)


_LABELS = {
    TimeUnit.SECOND: "秒",
    TimeUnit.MINUTE: "分钟",
    TimeUnit.URGENT_HOUR: "紧急工作时",
    TimeUnit.WORK_HOUR: "工作时",
    TimeUnit.WORK_DAY: "工作日",
    TimeUnit.URGENT_DAY: "紧急工作日",
    TimeUnit.NATURAL_DAY: "自然日",
}
_FIXED_LENGTH_MS = {
    TimeUnit.SECOND: 1_000,
    TimeUnit.MINUTE: _MINUTE,
    TimeUnit.URGENT_HOUR: _HOUR,
    TimeUnit.WORK_HOUR: _HOUR,
    TimeUnit.URGENT_DAY: _DAY,
    TimeUnit.NATURAL_DAY: _DAY,
}


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit as a filing standard gives it: a number and the unit it is counted in."""

    amount: int
    unit: TimeUnit

    def __post_init__(self) -> None:
        longest = LONGEST_IN_SECONDS if self.unit is TimeUnit.SECOND else LONGEST_LIMIT
        if not 0 <= self.amount <= longest:
            raise InvalidLimit(
                "A time limit of {amount} {unit} cannot be set; "
                "choose a number from 0 to {longest}.",
                amount=self.amount,
                unit=self.unit.label,
                longest=longest,
            )

    def __str__(self) -> str:
        if self.unit is TimeUnit.SECOND:
            return _spelled_out(self.amount)
        return f"{self.amount} {self.unit.label}"

    @classmethod
    def lasting(cls, seconds: int) -> "Limit":
        """The limit of exactly so many seconds, in the coarsest unit that runs round the clock."""
        for unit, length in ((TimeUnit.NATURAL_DAY, 86_400), (TimeUnit.MINUTE, 60)):
            if seconds and seconds % length == 0 and seconds // length <= LONGEST_LIMIT:
                return cls(seconds // length, unit)
        return cls(seconds, TimeUnit.SECOND)


def _spelled_out(seconds: int) -> str:
    """ "13 天 23 小时 59 分 59 秒": nobody reads a million seconds."""
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    day, hour = divmod(hours, 24)
    parts = ((day, "天"), (hour, "小时"), (minute, "分"), (second, "秒"))
    return " ".join(f"{count} {name}" for count, name in parts if count) or "0 秒"
