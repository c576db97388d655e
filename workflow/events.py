"""The append-only record of a case: what was done, by whom, when, and the hash that chains it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from workflow.calendar import epoch_ms
from workflow.ids import CaseId, PersonId
from workflow.posts import Post
from workflow.states import State

FIRST_HASH = bytes(32)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEvent:
    """One step of a case.

    Attributes:
        seq: 1 for the report, then without gaps.
        changes: for every field of the case that changed, [before, after] in JSON-ready values.
        clocks: for every clock that changed, its JSON-ready state after the step.
        photos: JSON-ready photos that came with the step.
        prev_hash, hash: SHA-256 links; the first event links to 32 zero bytes.
    """

    case_id: CaseId
    seq: int
    at: datetime
    operation: str
    outcome: str
    from_state: State | None
    to_state: State
    person_id: PersonId
    post: Post
    opinion: str
    changes: Mapping[str, Any]
    clocks: tuple[Mapping[str, Any], ...] = ()
    photos: tuple[Mapping[str, Any], ...] = ()
    prev_hash: bytes = FIRST_HASH
    hash: bytes = b""

    def body(self) -> str:
        """Changes, clocks and photos as canonical JSON: the text that is stored and hashed."""
        body = {"changes": self.changes, "clocks": self.clocks, "photos": self.photos}
        return canonical_json(body)


def canonical_json(value: object) -> str:
    """JSON with one spelling only: sorted keys, no spaces, characters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def event_hash(event: CaseEvent, body: str) -> bytes:
    """SHA-256 over the previous hash and every stored column of the event."""
    columns = [
        event.case_id,
        event.seq,
        epoch_ms(event.at),
        event.operation,
        event.outcome,
        event.from_state,
        event.to_state,
        event.person_id,
        event.post,
        event.opinion,
    ]
    digest = hashlib.sha256(event.prev_hash)
    digest.update(canonical_json(columns).encode())
    digest.update(body.encode())
    return digest.digest()


def seal(event: CaseEvent, prev_hash: bytes) -> CaseEvent:
    """The event linked behind `prev_hash`, with its own hash."""
    linked = replace(event, prev_hash=prev_hash)
    return replace(linked, hash=event_hash(linked, linked.body()))
