"""A case as a row: every field under its own name, the place spread out, the clocks summed up."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import RowMapping

from workflow.case import Case, Place
from workflow.clocks import Clock
from workflow.encoding import FIELDS, decode, encode
from workflow.errors import RecordDamaged, WanmiError
from workflow.ids import CaseId
from workflow.instants import epoch_ms
from workflow.states import State

_PLACE = tuple(field.name for field in fields(Place))
_OWN_COLUMN = tuple(name for name in FIELDS if name not in {"place", "handle_limit"})


def case_values(case: Case) -> dict[str, Any]:
    """The row of a case, all columns."""
    limit, timing = case.handle_limit, case.timing
    return {
        "id": case.id,
        "version": case.version,
        "projected_version": case.version,
        "state": case.state.value,
        "head_hash": case.head_hash,
        **{name: encode(name, getattr(case, name)) for name in _OWN_COLUMN},
        **{name: getattr(case.place, name) for name in _PLACE},
        "handle_limit": None if limit is None else f"{limit.amount} {limit.unit.value}",
        "due_at": None if timing.due_at is None else epoch_ms(timing.due_at),
        "warn_at": None if timing.warn_at is None else epoch_ms(timing.warn_at),
        "handle_due_at": None if timing.handle_due_at is None else epoch_ms(timing.handle_due_at),
        "paused": None if timing.due_at is None else timing.paused,
        "ended": case.state.is_ended,
    }


def case_from(row: RowMapping, clocks: Sequence[Clock]) -> Case:
    """The case of a row and its clocks, in their order. Raises RecordDamaged."""
    try:
        values: dict[str, Any] = {name: decode(name, row[name]) for name in _OWN_COLUMN}
        if row["handle_limit"] is not None:
            amount, unit = row["handle_limit"].split(" ")
            values["handle_limit"] = decode("handle_limit", [int(amount), unit])
        return Case(
            **values,
            id=CaseId(row["id"]),
            version=row["version"],
            state=State(row["state"]),
            place=Place(**{name: row[name] for name in _PLACE}),
            clocks=tuple(clocks),
            head_hash=bytes(row["head_hash"]),
        )
    except (ValueError, WanmiError) as error:
        raise RecordDamaged(
            "Case {number} cannot be read: {detail}. Run the record's verification.",
            number=row["number"],
            detail=str(error),
        ) from error
