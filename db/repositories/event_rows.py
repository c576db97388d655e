"""The steps of a case as rows, with the photos that came with them."""

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import RowMapping

from workflow.errors import RecordDamaged
from workflow.events import CaseEvent
from workflow.ids import CaseId, PersonId
from workflow.instants import epoch_ms, from_epoch_ms
from workflow.posts import Post
from workflow.states import State


def event_values(event: CaseEvent) -> dict[str, Any]:
    """The row of a sealed step; its own row number is given by the database."""
    return {
        "case_id": event.case_id,
        "seq": event.seq,
        "at": epoch_ms(event.at),
        "operation": event.operation,
        "outcome": event.outcome,
        "from_state": "" if event.from_state is None else event.from_state.value,
        "to_state": event.to_state.value,
        "person_id": event.person_id,
        "post": event.post.value,
        "opinion": event.opinion,
        "body": event.body(),
        "prev_hash": event.prev_hash,
        "hash": event.hash,
    }


def attachment_values(event: CaseEvent) -> Iterator[dict[str, Any]]:
    """A row for every photo of a step."""
    for photo in event.photos:
        yield {"case_id": event.case_id, "event_seq": event.seq, **photo}


def event_from(row: RowMapping) -> CaseEvent:
    """The step of a row. Raises RecordDamaged."""
    try:
        body = json.loads(row["body"])
        return CaseEvent(
            case_id=CaseId(row["case_id"]),
            seq=row["seq"],
            at=from_epoch_ms(row["at"]),
            operation=row["operation"],
            outcome=row["outcome"],
            from_state=State(row["from_state"]) if row["from_state"] else None,
            to_state=State(row["to_state"]),
            person_id=PersonId(row["person_id"]),
            post=Post(row["post"]),
            opinion=row["opinion"],
            changes=body["changes"],
            clocks=tuple(body["clocks"]),
            photos=tuple(body["photos"]),
            prev_hash=bytes(row["prev_hash"]),
            hash=bytes(row["hash"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise RecordDamaged(
            "Step {seq} of case id {case_id} cannot be read: {detail}. "
            "Run the record's verification.",
            seq=row["seq"],
            case_id=row["case_id"],
            detail=str(error),
        ) from error
