"""Instants: China Standard Time and whole epoch milliseconds.

China has one time without summer time, so China Standard Time is a fixed +08:00 here: a machine
without a time-zone database (or with TZ set to something else) counts the same.
"""

from datetime import datetime, timedelta, timezone

CHINA_STANDARD_TIME = timezone(timedelta(hours=8), "CST")

_EPOCH = datetime(1970, 1, 1, 8, tzinfo=CHINA_STANDARD_TIME)
_MILLISECOND = timedelta(milliseconds=1)


def epoch_ms(instant: datetime) -> int:
    """Whole milliseconds since 1970-01-01T00:00Z; what is finer is dropped.

    Raises:
        TypeError: the datetime is naive.
    """
    return (instant - _EPOCH) // _MILLISECOND


def from_epoch_ms(milliseconds: int) -> datetime:
    """The instant in China Standard Time."""
    return _EPOCH + timedelta(milliseconds=milliseconds)


def midnight(instant: datetime) -> datetime:
    """The first instant of its day in China Standard Time."""
    day = instant.astimezone(CHINA_STANDARD_TIME)
    return day.replace(hour=0, minute=0, second=0, microsecond=0)


def readable(instant: datetime) -> str:
    """The instant as sentences say it: "2026-10-09 16:00:00" in China Standard Time."""
    return f"{instant.astimezone(CHINA_STANDARD_TIME):%Y-%m-%d %H:%M:%S}"
