"""What narrows a queue: the filter's parts as conditions with named parameters."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, bindparam, or_

from db.queries.boxes import shows_lamp
from db.tables import CaseRow
from workflow.clocks import Lamp
from workflow.queries import QueueFilter

_EXACT = {
    "kind": CaseRow.kind,
    "class_code": CaseRow.class_code,
    "source": CaseRow.source,
    "street_code": CaseRow.street_code,
    "urgent": CaseRow.urgent,
}
_ESCAPE = "/"


@dataclass(frozen=True, slots=True)
class Given:
    """Which parts of a filter are given: queries with equal ones differ in their values only."""

    exact: tuple[str, ...]
    lamp: Lamp | None
    has_text: bool

    @property
    def conditions(self) -> list[ColumnElement[bool]]:
        """The conditions of these parts, on the parameters that `narrowed` gives values to."""
        found = [_EXACT[name] == bindparam(f"wanted_{name}") for name in self.exact]
        if self.lamp is not None:
            found.append(shows_lamp(self.lamp))
        if self.has_text:
            found.append(_SAYS_THE_TEXT)
        return found


def narrowed(wanted: QueueFilter) -> tuple[Given, dict[str, Any]]:
    """The parts of a filter that are given, and the values of their parameters."""
    exact = {name: value for name in _EXACT if (value := getattr(wanted, name)) is not None}
    values = {f"wanted_{name}": value for name, value in exact.items()}
    if text := wanted.text.strip():
        for sign in (_ESCAPE, "%", "_"):
            text = text.replace(sign, _ESCAPE + sign)
        values |= {"begins": f"{text}%", "holds": f"%{text}%"}
    return Given(tuple(exact), wanted.lamp, bool(text)), values


_SAYS_THE_TEXT = or_(
    CaseRow.number.like(bindparam("begins"), escape=_ESCAPE),
    *(
        column.like(bindparam("holds"), escape=_ESCAPE)
        for column in (CaseRow.address, CaseRow.class_name, CaseRow.description)
    ),
)
