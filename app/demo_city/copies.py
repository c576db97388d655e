"""The same story at another place: a told case as a mould for the rows of many.

A million cases cannot each be decided anew in minutes. A copy keeps the steps, people and instants
of the told case and has an id, a number and a place of its own, in the same beat and street, so
that everything which was true of the told case is true of the copy; its chain is sealed anew.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Table

from db.repositories.case_rows import case_values, co_task_values
from db.repositories.clock_rows import clock_values
from db.repositories.event_rows import attachment_values, event_values
from db.tables import AttachmentRow, CaseEventRow, CaseRow, ClockRow, CoTaskRow
from workflow.case import Place
from workflow.decide import Decision
from workflow.events import FIRST_HASH, canonical_json

Row = tuple[Any, ...]
Values = dict[str, Any]


def _columns(rows: Any) -> tuple[str, ...]:
    """The columns of a table, without row numbers that the database gives itself."""
    table: Table = rows.__table__
    own = table.name in ("case_event", "attachment")
    return tuple(name for name in table.columns.keys() if not (own and name == "id"))  # noqa: SIM118


CASE_COLUMNS = _columns(CaseRow)
EVENT_COLUMNS = _columns(CaseEventRow)
CLOCK_COLUMNS = _columns(ClockRow)
CO_TASK_COLUMNS = _columns(CoTaskRow)
ATTACHMENT_COLUMNS = _columns(AttachmentRow)

# JSON writes control characters as escapes, so these stand nowhere else in a body.
_PLACE, _NUMBER, _COMPONENT, _POINT = "\x00", "\x01", "\x02", "\x03"


@dataclass(frozen=True)
class Spot:
    """A place with its spellings in a body, made once for all the cases that stand there."""

    values: Values
    place_json: str
    point_json: str

    @classmethod
    def at(cls, place: Place) -> "Spot":
        """The spot of a place."""
        values = asdict(place)
        return cls(
            values,
            f'"place":[null,{canonical_json(values)}]',
            f'"lat":{canonical_json(place.lat)},"lon":{canonical_json(place.lon)}',
        )


@dataclass(frozen=True)
class CaseRows:
    """The rows of one case, each in the order of its table's columns above."""

    case: Row
    events: Sequence[Row]
    clocks: Sequence[Row]
    co_tasks: Sequence[Row]
    attachments: Sequence[Row]


class Mould:
    """The rows of a told case, with gaps for what its copies have of their own."""

    def __init__(self, decisions: Sequence[Decision]) -> None:
        first, last = decisions[0].case, decisions[-1].case
        self._case = case_values(last)
        self._clocks = [_row(values, CLOCK_COLUMNS)[1:] for values in clock_values(last)]
        self._co_tasks = [_row(values, CO_TASK_COLUMNS)[1:] for values in co_task_values(last)]
        self._attachments = [row for d in decisions for row in attachment_values(d.event)]
        spot = Spot.at(first.place)
        gaps = (
            (spot.place_json, _PLACE),
            (_number(first.number), _NUMBER),
            (_component(first.component_code), _COMPONENT),
            (spot.point_json, _POINT),
        )
        self._steps = [_Step(event_values(decision.event), gaps) for decision in decisions]

    def rows(self, case_id: int, number: str, spot: Spot, component_code: str | None) -> CaseRows:
        """The rows of a copy."""
        filling = (
            (_PLACE, spot.place_json),
            (_NUMBER, _number(number)),
            (_COMPONENT, _component(component_code)),
            (_POINT, spot.point_json),
        )
        head, events = FIRST_HASH, []
        for step in self._steps:
            event = step.sealed(case_id, filling, head)
            head = event[-1]
            events.append(event)
        own = {
            "id": case_id,
            "number": number,
            "component_code": component_code,
            "head_hash": head,
        }
        where = {"case_id": case_id, "lon": spot.values["lon"], "lat": spot.values["lat"]}
        return CaseRows(
            case=_row({**self._case, **spot.values, **own}, CASE_COLUMNS),
            events=events,
            clocks=[(case_id, *clock) for clock in self._clocks],
            co_tasks=[(case_id, *task) for task in self._co_tasks],
            attachments=[_row({**a, **where}, ATTACHMENT_COLUMNS) for a in self._attachments],
        )


class _Step:
    """One step: its columns, and its body with gaps."""

    def __init__(self, values: Values, gaps: Sequence[tuple[str, str]]) -> None:
        body = values["body"]
        for text, gap in gaps:
            body = body.replace(text, gap)
        self._body = body
        self._gaps = tuple(gap for _, gap in gaps if gap in body)
        self._before = _row(values, EVENT_COLUMNS[1 : EVENT_COLUMNS.index("body")])
        # The columns as the hash has them (workflow.events.event_hash), without the id before them.
        hashed = [*self._before[:4], values["from_state"] or None, *self._before[5:]]
        self._hashed = canonical_json(hashed)[1:]

    def sealed(self, case_id: int, filling: Sequence[tuple[str, str]], head: bytes) -> Row:
        """The row of the step in a copy, chained behind `head`."""
        body = self._body
        for gap, text in filling:
            if gap in self._gaps:
                body = body.replace(gap, text)
        digest = sha256(head)
        digest.update(f"[{case_id},{self._hashed}".encode())
        digest.update(body.encode())
        return (case_id, *self._before, body, head, digest.digest())


def _row(values: Values, columns: Sequence[str]) -> Row:
    return tuple(values[name] for name in columns)


def _number(number: str) -> str:
    return f'"number":[null,{canonical_json(number)}]'


def _component(code: str | None) -> str:
    return f'"component_code":[null,{canonical_json(code)}]'
