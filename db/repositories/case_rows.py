"""A case as a row: every field under its own name, the place spread out, the clocks summed up."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import RowMapping

from workflow.case import Case, Place
from workflow.clocks import Clock
from workflow.encoding import FIELDS, decode, encode
from workflow.errors import RecordDamaged, WanmiError
from workflow.events import canonical_json
from workflow.ids import CaseId
from workflow.instants import epoch_ms
from workflow.limits import Limit
from workflow.states import State

_PLACE = tuple(field.name for field in fields(Place))
_LIMITS = ("handle_limit", "request_limit")
_OWN_COLUMN = tuple(name for name in FIELDS if name not in {"place", "co_tasks", *_LIMITS})


def case_values(case: Case) -> dict[str, Any]:
    """The row of a case, all columns."""
    timing = case.timing
    return {
        "id": case.id,
        "version": case.version,
        "projected_version": case.version,
        "state": case.state.value,
        "head_hash": case.head_hash,
        **{name: encode(name, getattr(case, name)) for name in _OWN_COLUMN},
        **{name: getattr(case.place, name) for name in _PLACE},
        **{name: _in_words(getattr(case, name)) for name in _LIMITS},
        "co_tasks": canonical_json(encode("co_tasks", case.co_tasks)),
        "due_at": None if timing.due_at is None else epoch_ms(timing.due_at),
        "warn_at": None if timing.warn_at is None else epoch_ms(timing.warn_at),
        "handle_due_at": None if timing.handle_due_at is None else epoch_ms(timing.handle_due_at),
        "paused": None if timing.due_at is None else timing.paused,
        "ended": case.state.is_ended,
    }


def co_task_values(case: Case) -> Iterator[dict[str, Any]]:
    """One row for every co-handling task of the case."""
    for task in case.co_tasks:
        yield {
            "case_id": case.id,
            "round": task.round,
            "department_id": task.department_id,
            "asked_at": epoch_ms(task.asked_at),
            "replied_at": None if task.replied_at is None else epoch_ms(task.replied_at),
        }


def case_from(row: RowMapping, clocks: Sequence[Clock]) -> Case:
    """The case of a row and its clocks, in their order. Raises RecordDamaged."""
    try:
        values: dict[str, Any] = {name: decode(name, row[name]) for name in _OWN_COLUMN}
        for name in _LIMITS:
            if row[name] is not None:
                amount, unit = row[name].split(" ")
                values[name] = decode(name, [int(amount), unit])
        if row["co_tasks"] != "[]":
            values["co_tasks"] = decode("co_tasks", json.loads(row["co_tasks"]))
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


def _in_words(limit: Limit | None) -> str | None:
    return None if limit is None else f"{limit.amount} {limit.unit.value}"
