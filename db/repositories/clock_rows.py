"""The clocks of a case as rows, in the order in which they were started."""

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import RowMapping

from workflow.case import Case
from workflow.clocks import Clock
from workflow.events import canonical_json


def clock_values(case: Case) -> Iterator[dict[str, Any]]:
    """One row for every clock of the case, all columns."""
    for ord_, clock in enumerate(case.clocks):
        written = clock.to_dict()
        yield {
            "case_id": case.id,
            "kind": written["kind"],
            "round": written["round"],
            "ord": ord_,
            "limit_amount": clock.limit.amount,
            "limit_unit": clock.limit.unit.value,
            "rule": written["rule"],
            "calendar_version": written["calendar"],
            "started_at": written["started"],
            "due_at": written["due"],
            "warn_at": written["warn"],
            "pauses": canonical_json(written["pauses"]),
            "stopped_at": written["stopped"],
            "cancelled": written["cancelled"],
        }


def clock_from(row: RowMapping) -> Clock:
    """The clock of a row. Raises RecordDamaged."""
    return Clock.from_dict(
        {
            "kind": row["kind"],
            "round": row["round"],
            "limit": (row["limit_amount"], row["limit_unit"]),
            "rule": row["rule"],
            "calendar": row["calendar_version"],
            "started": row["started_at"],
            "due": row["due_at"],
            "warn": row["warn_at"],
            "pauses": json.loads(row["pauses"]),
            "stopped": row["stopped_at"],
            "cancelled": bool(row["cancelled"]),
        }
    )
