"""The working hours of one day, in milliseconds since midnight."""

from collections.abc import Iterator
from datetime import time

from workflow.errors import WanmiError

DAY_MS = 86_400_000


class InvalidCalendar(WanmiError):
    """A working calendar that contradicts itself."""


class DayHours:
    """Spans such as 08:00-12:00 and 14:00-18:00; an end of 00:00 means midnight.

    Attributes:
        spans: (begin, end, working time before it) of each span, in order.
        length: the working time of a whole day.

    Raises:
        InvalidCalendar: no span at all, or spans out of order or overlapping.
    """

    def __init__(self, spans: tuple[tuple[time, time], ...]) -> None:
        self.spans = tuple(_counted(spans))
        self.length = sum(end - begin for begin, end, _ in self.spans)

    def worked_by(self, moment: int) -> int:
        """The working time that lies before a moment of the day."""
        worked = 0
        for begin, end, _ in self.spans:
            if moment <= begin:
                break
            worked += min(moment, end) - begin
        return worked

    def reached_at(self, worked: int) -> int:
        """The earliest moment with so much working time behind it; `worked` is 1 to `length`."""
        return next(
            begin + worked - before
            for begin, end, before in self.spans
            if worked <= before + end - begin
        )


def _counted(spans: tuple[tuple[time, time], ...]) -> Iterator[tuple[int, int, int]]:
    if not spans:
        raise InvalidCalendar("A working calendar needs working hours; give at least one span.")
    here = before = 0
    for start, end in spans:
        begin, finish = _since_midnight(start), _since_midnight(end) or DAY_MS
        if not here <= begin < finish:
            raise InvalidCalendar(
                "The working hours {start} to {end} cannot follow the ones before them; "
                "give them in order and without overlap.",
                start=f"{start:%H:%M}",
                end=f"{end:%H:%M}",
            )
        yield begin, finish, before
        here, before = finish, before + finish - begin


def _since_midnight(moment: time) -> int:
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
    return seconds * 1000 + moment.microsecond // 1000
