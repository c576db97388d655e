"""What a queue is narrowed to: the parts of a filter, spans of days, and filters kept by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from workflow.clocks import Lamp
from workflow.errors import WanmiError
from workflow.flags import Flag
from workflow.ids import DepartmentId, PersonId
from workflow.instants import CHINA_STANDARD_TIME
from workflow.states import State

LONGEST_TEXT = 200
"""Characters of a searched text that count; nobody types more, and no case says more at once."""

LONGEST_NAME = 40
_MOST_DAYS = 36_600


class UnreadableFilter(WanmiError):
    """A kept filter that this version of the program cannot read."""


FILTERED = (
    Flag.SUPERVISED,
    Flag.RETURNED,
    Flag.REWORKED,
    Flag.EXTENDED,
    Flag.EMERGENCY,
    Flag.URGED,
    Flag.SELF_HANDLED,
    Flag.OVER_QUOTA,
)
"""The flags that a filter can ask for, in the order in which they are offered."""


@dataclass(frozen=True, slots=True)
class DaySpan:
    """Whole days in China Standard Time, from `first` to `last`, both within; None is open.

    Attributes:
        days: instead of dates, so many days back from today with today (7: today and the six days
            before); a negative number reaches forward (-3: today and the two days after). A kept
            filter stays true with it.
    """

    first: date | None = None
    last: date | None = None
    days: int | None = None

    def bounds(self, now: datetime) -> tuple[datetime | None, datetime | None]:
        """From when on, and before when."""
        first, last = self.first, self.last
        if self.days:
            today = now.astimezone(CHINA_STANDARD_TIME).date()
            length = timedelta(days=abs(self.days) - 1)
            first, last = (today - length, today) if self.days > 0 else (today, today + length)
        return (
            None if first is None else _midnight(first),
            None if last is None or last == date.max else _midnight(last + timedelta(days=1)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFilter:
    """What a queue is narrowed to; None or empty means no restriction.

    Attributes:
        text: words that the case says: number, place, class, description, people; each must be
            said somewhere. Letters are read as pinyin too.
        states: one of these.
        class_code: of the kind in `kind`; `big_code` is the first part of it.
        department_id: the main department. holder_person_id: who must act now.
        area_class: 1 or 2 (一/二级管理区域).
        flags: all of these, each one of `FILTERED`.
        reported, closed, due: in these days; `due` is of the clock that runs now.
    """

    text: str = ""
    lamp: Lamp | None = None
    kind: str | None = None
    class_code: str | None = None
    source: str | None = None
    street_code: str | None = None
    urgent: bool | None = None
    states: tuple[State, ...] = ()
    big_code: str | None = None
    community_code: str | None = None
    department_id: DepartmentId | None = None
    holder_person_id: PersonId | None = None
    area_class: int | None = None
    flags: frozenset[Flag] = frozenset()
    reported: DaySpan | None = None
    closed: DaySpan | None = None
    due: DaySpan | None = None


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A filter that a person keeps under a name.

    Attributes:
        filter: None where this version cannot read it; `problem` says why.
    """

    id: int
    name: str
    filter: QueueFilter | None
    problem: UnreadableFilter | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterChoices:
    """What of this city a filter can be narrowed to: codes and ids with their names."""

    streets: Mapping[str, str]
    communities: Mapping[str, str]
    departments: Mapping[DepartmentId, str]
    people: Mapping[PersonId, str]


def to_plain(wanted: QueueFilter) -> dict[str, Any]:
    """The given parts of a filter as JSON has them."""
    given: dict[str, Any] = {}
    for field in fields(QueueFilter):
        value = getattr(wanted, field.name)
        if value == field.default:
            continue
        if isinstance(value, DaySpan):
            value = _span_to_plain(value)
        elif isinstance(value, frozenset | tuple):
            value = sorted(value)
        given[field.name] = value
    return given


def from_plain(plain: object) -> QueueFilter:
    """The filter of what `to_plain` made. Raises UnreadableFilter."""
    if not isinstance(plain, dict):
        raise _unreadable(str(plain))
    values: dict[str, Any] = {}
    for name, value in plain.items():
        read = _READERS.get(name)
        if read is None:
            raise _unreadable(str(name))
        try:
            values[name] = read(value)
        except (ValueError, TypeError, KeyError, OverflowError) as error:
            raise _unreadable(f"{name}: {value}") from error
    return QueueFilter(**values)


def _unreadable(detail: str) -> UnreadableFilter:
    return UnreadableFilter(
        "It was kept by another version of Wanmi, and this one cannot read “{detail}”.",
        detail=detail[:80],
    )


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=CHINA_STANDARD_TIME)


def _span_to_plain(span: DaySpan) -> dict[str, Any]:
    if span.days:
        return {"days": span.days}
    ends = {"first": span.first, "last": span.last}
    return {name: end.isoformat() for name, end in ends.items() if end is not None}


def _span(plain: Any) -> DaySpan:
    if not isinstance(plain, dict) or not plain.keys() <= {"first", "last", "days"}:
        raise ValueError("no span of days")
    days = plain.get("days")
    if days is not None and (type(days) is not int or not 0 < abs(days) <= _MOST_DAYS):
        raise ValueError("no number of days")
    ends = (plain.get("first"), plain.get("last"))
    first, last = (None if end is None else date.fromisoformat(end) for end in ends)
    return DaySpan(first, last, days)


def _text(plain: Any) -> str:
    if not isinstance(plain, str):
        raise TypeError("no text")
    return plain


def _whole(plain: Any) -> int:
    if type(plain) is not int:
        raise TypeError("no whole number")
    return plain


def _yes_or_no(plain: Any) -> bool:
    if type(plain) is not bool:
        raise TypeError("neither true nor false")
    return plain


_READERS: dict[str, Callable[[Any], object]] = {
    "text": _text,
    "lamp": Lamp,
    "kind": _text,
    "class_code": _text,
    "source": _text,
    "street_code": _text,
    "urgent": _yes_or_no,
    "states": lambda plain: tuple(State(one) for one in plain),
    "big_code": _text,
    "community_code": _text,
    "department_id": lambda plain: DepartmentId(_whole(plain)),
    "holder_person_id": lambda plain: PersonId(_whole(plain)),
    "area_class": _whole,
    "flags": lambda plain: frozenset(FILTERED[FILTERED.index(one)] for one in plain),
    "reported": _span,
    "closed": _span,
    "due": _span,
}
