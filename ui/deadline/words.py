"""How the explained deadline says instants, spans and lengths: exact to the second."""

from collections.abc import Iterable
from datetime import datetime

from resources.language import tr
from workflow.instants import CHINA_STANDARD_TIME

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


def exact(seconds: float, *, days: bool = False) -> str:
    """A length to the second: "3 时 40 分 12 秒"; what is zero is left out.

    Args:
        days: whether 24 hours are said as a day. Not of counted time: a work day has 8 hours.
    """
    whole = int(abs(seconds))
    parts: list[str] = []
    if days and whole >= _DAY:
        parts.append(tr("{n} d", n=whole // _DAY))
        whole %= _DAY
    hours, rest = divmod(whole, _HOUR)
    minutes, left = divmod(rest, _MINUTE)
    if hours:
        parts.append(tr("{n} h", n=hours))
    if minutes:
        parts.append(tr("{n} min", n=minutes))
    if left or not parts:
        parts.append(tr("{n} s", n=left))
    return " ".join(parts)


def between(start: datetime, end: datetime) -> float:
    """Seconds from one instant to the other."""
    return (end - start).total_seconds()


def instant(at: datetime, now: datetime) -> str:
    """Month, day and time, with seconds where there are any and the year where it is not now's."""
    local = at.astimezone(CHINA_STANDARD_TIME)
    year = "" if local.year == now.astimezone(CHINA_STANDARD_TIME).year else f"{local:%Y-}"
    return f"{year}{local:%m-%d} {time_of_day(local)}"


def time_of_day(at: datetime) -> str:
    """Hours and minutes, and seconds where there are any."""
    local = at.astimezone(CHINA_STANDARD_TIME)
    return f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"


def clock_face(at: datetime) -> str:
    """Hours and minutes alone."""
    return f"{at.astimezone(CHINA_STANDARD_TIME):%H:%M}"


def joined(parts: Iterable[str]) -> str:
    """Things said about one thing, in a row."""
    return " · ".join(part for part in parts if part)


def span(start: datetime, end: datetime, now: datetime) -> str:
    """From when to when; the day is said once where both lie on it."""
    same_day = (
        start.astimezone(CHINA_STANDARD_TIME).date() == end.astimezone(CHINA_STANDARD_TIME).date()
    )
    finish = time_of_day(end) if same_day else instant(end, now)
    return f"{instant(start, now)}–{finish}"


def tick(at: datetime, before: datetime | None) -> str:
    """An instant at the ruler's edge: without the day where the label before stands on it too,
    with seconds where it is the same minute.
    """
    local = at.astimezone(CHINA_STANDARD_TIME)
    if before is not None and before.astimezone(CHINA_STANDARD_TIME).date() == local.date():
        close = abs((at - before).total_seconds()) < _MINUTE
        return f"{local:%H:%M:%S}" if close else f"{local:%H:%M}"
    return f"{local:%m-%d %H:%M}"
