"""The process record (办理经过) of a case, and the request that waits in it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from db.queries.names import Names
from workflow.calendar import from_epoch_ms
from workflow.case import Case
from workflow.case_file import ProcessRow, RequestView
from workflow.clocks import Clock, ClockKind
from workflow.encoding import decode_photo
from workflow.events import CaseEvent
from workflow.ports import Rules
from workflow.posts import Post
from workflow.transitions import Transition


def process_of(
    events: Iterable[CaseEvent], case: Case, rules: Rules, names: Names
) -> tuple[ProcessRow, ...]:
    """One row a step, oldest first; late where it stopped a clock that had run out."""
    operations = {
        (row.operation, row.outcome, row.from_state): row.name for row in rules.table.rows
    }
    late = {clock.stopped_at for clock in case.clocks if _missed(clock)}
    rows: list[ProcessRow] = []
    due: datetime | None = None
    for event in events:
        new_due = _handle_due(event)
        step = (event.operation, event.outcome, event.from_state)
        rows.append(
            ProcessRow(
                seq=event.seq,
                at=event.at,
                operation_name=operations.get(step, event.operation),
                from_state=event.from_state,
                to_state=event.to_state,
                person_name=names.people.get(event.person_id, ""),
                post_name=names.posts.get(event.post, event.post),
                opinion=event.opinion,
                took_seconds=int((event.at - rows[-1].at).total_seconds()) if rows else None,
                overdue=event.at in late,
                photos=tuple(decode_photo(photo) for photo in event.photos),
                changes=event.changes,
                due_at=None if new_due == due else new_due,
            )
        )
        due = new_due or due
    return tuple(rows)


def request_of(
    case: Case, events: Sequence[CaseEvent], rules: Rules, names: Names
) -> RequestView | None:
    """The request that waits for a ruling, in words; None where nothing was asked for."""
    if case.request_kind is None:
        return None
    asked = next(
        event for event in reversed(events) if event.changes.get("request_kind", (None, None))[1]
    )
    ruler = next((row for row in rules.table.leaving(case.state) if _rules_on(row, case)), None)
    post = None if ruler is None else next(one for one in Post if one in ruler.posts)
    return RequestView(
        kind=case.request_kind,
        asked_by=names.people.get(asked.person_id, ""),
        asked_at=asked.at,
        reason=asked.opinion,
        limit=case.request_limit,
        until=case.request_until,
        ruled_by="" if post is None else names.posts.get(post, post),
    )


def _rules_on(row: Transition, case: Case) -> bool:
    """Whether a row of the table is the ruling that this case waits for."""
    guards = set(row.guards)
    tiers = {guard for guard in guards if guard.startswith("tier:")}
    levels = {guard for guard in guards if guard.startswith("level:")}
    return (
        f"request:{case.request_kind}" in guards
        and (not tiers or f"tier:{case.request_tier}" in tiers)
        and (not levels or f"level:{case.level}" in levels)
    )


def _missed(clock: Clock) -> bool:
    return clock.stopped_at is not None and not clock.cancelled and clock.stopped_at > clock.due_at


def _handle_due(event: CaseEvent) -> datetime | None:
    """When handling is due after a step that touched its clock; None where it did not."""
    written = [clock for clock in event.clocks if clock["kind"] == ClockKind.HANDLE]
    if not written or written[-1]["stopped"] is not None:
        return None
    return from_epoch_ms(written[-1]["due"])
