"""What narrows a queue: the filter's parts as conditions with named parameters."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, and_, bindparam, false, true

from db.queries.boxes import shows_lamp
from db.queries.flags import FLAGS
from db.tables import CaseRow
from workflow.clocks import Lamp
from workflow.instants import epoch_ms
from workflow.queries import DaySpan, Flag, QueueFilter

_END_OF_TEXT = "\uffff"


@dataclass(frozen=True, slots=True)
class Part:
    """One condition of a query.

    Attributes:
        has_index: cases that meet it are found without looking at the others.
        orders: columns in whose order they are found then.
    """

    name: str
    condition: ColumnElement[bool]
    has_index: bool = True
    orders: frozenset[str] = frozenset()


BY_REPORT = frozenset({"reported_at"})
_EXACT: Mapping[str, tuple[Any, bool, frozenset[str]]] = {
    "kind": (CaseRow.kind, False, frozenset()),
    "class_code": (CaseRow.class_code, True, BY_REPORT | {"class_code"}),
    "source": (CaseRow.source, True, BY_REPORT),
    "street_code": (CaseRow.street_code, True, BY_REPORT),
    "community_code": (CaseRow.community_code, True, BY_REPORT),
    "department_id": (CaseRow.department_id, True, BY_REPORT),
    "holder_person_id": (CaseRow.holder_person_id, True, BY_REPORT),
    "area_class": (CaseRow.area_class, False, frozenset()),
}
"""Column, whether an index begins with it, and the orders of those indexes."""

_SPANS: Mapping[str, tuple[Any, frozenset[str]]] = {
    "reported": (CaseRow.reported_at, BY_REPORT),
    "closed": (CaseRow.closed_at, frozenset()),
    "due": (CaseRow.due_at, frozenset()),
}


@dataclass(frozen=True, slots=True)
class Given:
    """Which parts of a filter are given: queries with equal ones differ in their values only.

    Attributes:
        spans: name, whether it has a beginning, whether it has an end.
        words: of each searched word the number of its spellings.
    """

    exact: tuple[str, ...] = ()
    lamp: Lamp | None = None
    urgent: bool | None = None
    states: int = 0
    has_big_class: bool = False
    flags: tuple[Flag, ...] = ()
    spans: tuple[tuple[str, bool, bool], ...] = ()
    words: tuple[int, ...] = ()

    @property
    def parts(self) -> list[Part]:
        """The parts but for the text, on the parameters that `narrowed` gives values to."""
        found = [_exact_part(name) for name in self.exact]
        if self.has_big_class:
            found.append(_BIG_CLASS)
        if self.states:
            states = CaseRow.state.in_(bindparam("wanted_states", expanding=True))
            orders = BY_REPORT if self.states == 1 else frozenset[str]()
            found.append(Part("states", states, orders=orders))
        if self.urgent is not None:
            is_urgent = CaseRow.urgent == (true() if self.urgent else false())
            found.append(Part("urgent", is_urgent, self.urgent, BY_REPORT))
        found += [Part(flag, FLAGS[flag], orders=BY_REPORT) for flag in self.flags]
        found += [_span_part(*span) for span in self.spans]
        if self.lamp is not None:
            found.append(Part("lamp", shows_lamp(self.lamp), self.lamp is not Lamp.GREY))
        return found


def narrowed(wanted: QueueFilter, now: datetime) -> tuple[Given, dict[str, Any]]:
    """The parts of a filter that are given, without its text, and the values of parameters."""
    exact = {name: value for name in _EXACT if (value := getattr(wanted, name)) is not None}
    values: dict[str, Any] = {f"wanted_{name}": value for name, value in exact.items()}
    spans = []
    for name in _SPANS:
        span: DaySpan | None = getattr(wanted, name)
        ends = (None, None) if span is None else span.bounds(now)
        if ends != (None, None):
            spans.append((name, ends[0] is not None, ends[1] is not None))
            values |= {
                f"{name}_{which}": epoch_ms(end)
                for which, end in zip(("from", "until"), ends, strict=True)
                if end is not None
            }
    if wanted.states:
        values["wanted_states"] = [state.value for state in wanted.states]
    if wanted.big_code:
        values |= {"big_from": wanted.big_code, "big_until": _behind(wanted.big_code)}
    return Given(
        exact=tuple(exact),
        lamp=wanted.lamp,
        urgent=wanted.urgent,
        states=len(wanted.states),
        has_big_class=bool(wanted.big_code),
        flags=tuple(sorted(wanted.flags)),
        spans=tuple(spans),
    ), values


def _behind(code: str) -> str:
    """The first text behind all codes that begin so."""
    if code.isascii() and code.isdecimal() and code.strip("9"):
        return f"{int(code) + 1:0{len(code)}}"
    return code + _END_OF_TEXT


def _exact_part(name: str) -> Part:
    column, has_index, orders = _EXACT[name]
    return Part(name, column == bindparam(f"wanted_{name}"), has_index, orders)


def _span_part(name: str, has_first: bool, has_last: bool) -> Part:
    column, orders = _SPANS[name]
    conditions: list[ColumnElement[bool]] = []
    if has_first:
        conditions.append(column >= bindparam(f"{name}_from", type_=BigInteger))
    if has_last:
        conditions.append(column < bindparam(f"{name}_until", type_=BigInteger))
    if name == "due":
        conditions.append(CaseRow.ended == false())  # only they have one, and the index knows it
    return Part(name, and_(*conditions), orders=orders)


_BIG_CLASS = Part(
    "big_class",
    and_(CaseRow.class_code >= bindparam("big_from"), CaseRow.class_code < bindparam("big_until")),
    orders=frozenset({"class_code"}),
)
