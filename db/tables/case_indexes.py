"""The indexes of the case table: one for every question that boxes, queues and dates ask."""

from typing import Final

from sqlalchemy import Index, text

Columns = tuple[str, ...]

_ALL: Final[dict[str, Columns]] = {
    "ix_cases_reported_at": ("reported_at", "id"),
    "ix_cases_state_number": ("state", "number"),
    "ix_cases_state_reported": ("state", "reported_at", "id"),
    "ix_cases_department_reported": ("department_id", "state", "reported_at", "id"),
    "ix_cases_filed": ("department_id", "filed_at"),
    "ix_cases_precedents": ("state", "class_code", "street_code", "kind", "department_id"),
    "ix_cases_closed_at": ("closed_at",),
    "ix_cases_class_sort": ("class_code", "id", "state"),
    "ix_cases_place_sort": ("address", "id", "state"),
    "ix_cases_class_reported": ("class_code", "reported_at", "id"),
    "ix_cases_street_reported": ("street_code", "reported_at", "id"),
    "ix_cases_community_reported": ("community_code", "reported_at", "id"),
    "ix_cases_source_reported": ("source", "reported_at", "id"),
    "ix_cases_department_all": ("department_id", "reported_at", "id"),
    "ix_cases_handle_due": ("department_id", "handle_due_at"),
    "ix_cases_dispatched": ("department_id", "dispatched_at"),
    "ix_cases_cell_code": ("cell_code",),
    "ix_cases_rules": ("profile", "rules_version"),
}
"""Over every case."""

_OPEN: Final[dict[str, Columns]] = {
    "ix_cases_box": ("state", "due_at", "id"),
    "ix_cases_department_box": ("department_id", "state", "due_at", "id"),
    "ix_cases_person_box": ("collector_id", "state", "due_at", "id"),
    "ix_cases_due": ("due_at", "id"),
}
"""Over the cases that have not ended: a few thousand of a million."""

_SOME: Final[dict[str, tuple[Columns, str]]] = {
    "ix_cases_urgent": (("reported_at", "id"), "urgent = 1"),
    "ix_cases_rework": (("reported_at", "id"), "rework_count > 0"),
    "ix_cases_returned": (("reported_at", "id"), "return_count > 0"),
    "ix_cases_under_watch": (("reported_at", "id"), "supervised IS NOT NULL"),
    "ix_cases_was_extended": (("reported_at", "id"), "extension_count > 0"),
    "ix_cases_urged": (("reported_at", "id"), "urge_count > 0"),
    "ix_cases_was_emergency": (("reported_at", "id"), "emergency = 1"),
    "ix_cases_by_finder": (("reported_at", "id"), "self_handled = 1"),
    "ix_cases_over_quota": (("reported_at", "id"), "over_quota = 1"),
    "ix_cases_holder": (("holder_person_id", "reported_at", "id"), "holder_person_id IS NOT NULL"),
    "ix_cases_unit_box": (
        ("dispatch_unit_id", "state", "due_at", "id"),
        "dispatch_unit_id IS NOT NULL AND ended = 0",
    ),
    "ix_cases_handler_box": (
        ("handler_id", "state", "due_at", "id"),
        "handler_id IS NOT NULL AND ended = 0",
    ),
    "ix_cases_claimed": (("claimed_by", "id"), "claimed_by IS NOT NULL AND ended = 0"),
    "ix_cases_emergency": (("emergency", "state", "due_at", "id"), "emergency = 1 AND ended = 0"),
    "ix_cases_self_handled": (
        ("self_handled", "state", "due_at", "id"),
        "self_handled = 1 AND ended = 0",
    ),
    "ix_cases_responsibility": (
        ("responsibility_open", "state", "due_at", "id"),
        "responsibility_open = 1 AND ended = 0",
    ),
    "ix_cases_supervised": (("state", "due_at", "id"), "supervised IS NOT NULL"),
    "ix_cases_request": (("request_kind", "request_tier", "id"), "request_kind IS NOT NULL"),
    "ix_cases_suspended": (("suspended_until", "id"), "suspended_until IS NOT NULL"),
    "ix_cases_to_visit": (
        ("needs_visit", "state", "closed_at", "id"),
        "needs_visit = 1 AND satisfaction IS NULL AND state = 'Closed'",
    ),
    "ix_cases_to_archive": (
        ("profile", "rules_version", "closed_at", "id"),
        "request_kind IS NULL AND state IN ('Closed', 'ForceClosed')",
    ),
    "ix_cases_duplicate_of": (("duplicate_of",), "duplicate_of IS NOT NULL"),
    "ix_cases_similar_to": (("similar_to",), "similar_to IS NOT NULL"),
    "ix_cases_caller_phone": (("caller_phone", "id"), "caller_phone <> ''"),
    "ix_cases_external_number": (("external_number",), "external_number <> ''"),
    "ix_cases_extended": (("department_id", "handle_due_at"), "extension_count > 0"),
}
"""Over the few cases that meet a condition, in SQLite's spelling."""


def case_indexes() -> tuple[Index, ...]:
    """Every index but the keys; the name tells which question it answers."""
    whole = [Index(name, *columns) for name, columns in _ALL.items()]
    still_open = [_partial(name, columns, "ended = 0") for name, columns in _OPEN.items()]
    some = [_partial(name, *one) for name, one in _SOME.items()]
    return (*whole, *still_open, *some)


def _partial(name: str, columns: Columns, where: str) -> Index:
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(_on_server(where)))


def _on_server(where: str) -> str:
    """The condition as PostgreSQL spells it, which does not count with what is true or false."""
    for flag in _FLAGS:
        where = where.replace(f"{flag} = 1", flag)
    return where.replace("ended = 0", "NOT ended")


_FLAGS: Final = (
    "urgent",
    "emergency",
    "self_handled",
    "over_quota",
    "responsibility_open",
    "needs_visit",
)
