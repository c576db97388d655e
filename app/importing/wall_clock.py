"""Wall-clock times of a foreign file as instants, with what summer time does to them said."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from zoneinfo import ZoneInfo


class Doubt(Enum):
    """What a clock change makes of a wall-clock time.

    TWICE: the hour that is set back comes twice; the first is meant, as nothing says which.
    NEVER: the hour that is skipped never was; it is read as if the clock had not been set forward.
    """

    NONE = "none"
    TWICE = "twice"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class WallTime:
    """An instant and how sure it is; `written` is the wall clock's own reading."""

    at: datetime
    written: datetime
    doubt: Doubt


@dataclass(frozen=True, slots=True)
class WallClock:
    """The clock that a file's times were read from.

    Args:
        form: how the file writes times, in the letters of `datetime.strptime`.
    """

    zone: ZoneInfo
    form: str

    def read(self, text: str) -> WallTime:
        """The instant of a time as it is written. Raises ValueError."""
        written = datetime.strptime(text, self.form).replace(tzinfo=None)
        local = written.replace(tzinfo=self.zone)
        at = local.astimezone(UTC)
        if at.astimezone(self.zone).replace(tzinfo=None) != written:
            return WallTime(at, written, Doubt.NEVER)
        if local.utcoffset() != local.replace(fold=1).utcoffset():
            return WallTime(at, written, Doubt.TWICE)
        return WallTime(at, written, Doubt.NONE)
