"""The indexes of the case table: one for every question that boxes, queues and dates ask."""

from sqlalchemy import Index, text


def _open_index(name: str, *columns: str) -> Index:
    """An index over the cases that have not ended: a few thousand of a million."""
    return Index(name, *columns, sqlite_where=text("ended = 0"), postgresql_where=text("NOT ended"))


def _some_index(name: str, where: str, *columns: str, on_server: str | None = None) -> Index:
    """An index over the few cases that meet a condition."""
    return Index(
        name, *columns, sqlite_where=text(where), postgresql_where=text(on_server or where)
    )


def _marked_index(name: str, mark: str, *columns: str) -> Index:
    """An index over the cases of which a column says yes."""
    return _some_index(name, f"{mark} = 1", *columns, on_server=mark)


def case_indexes() -> tuple[Index, ...]:
    """Every index but the keys; the name tells which question it answers."""
    return (
        _open_index("ix_cases_box", "state", "due_at", "id"),
        _open_index("ix_cases_department_box", "department_id", "state", "due_at", "id"),
        _open_index("ix_cases_person_box", "collector_id", "state", "due_at", "id"),
        _open_index("ix_cases_due", "due_at", "id"),
        Index("ix_cases_reported_at", "reported_at", "id"),
        Index("ix_cases_state_number", "state", "number"),
        Index("ix_cases_state_reported", "state", "reported_at", "id"),
        Index("ix_cases_department_reported", "department_id", "state", "reported_at", "id"),
        Index("ix_cases_filed", "department_id", "filed_at"),
        Index("ix_cases_precedents", "state", "class_code", "street_code", "kind", "department_id"),
        Index("ix_cases_closed_at", "closed_at"),
        Index("ix_cases_class_sort", "class_code", "id", "state"),
        Index("ix_cases_place_sort", "address", "id", "state"),
        Index("ix_cases_class_reported", "class_code", "reported_at", "id"),
        Index("ix_cases_street_reported", "street_code", "reported_at", "id"),
        Index("ix_cases_community_reported", "community_code", "reported_at", "id"),
        Index("ix_cases_source_reported", "source", "reported_at", "id"),
        Index("ix_cases_department_all", "department_id", "reported_at", "id"),
        _marked_index("ix_cases_urgent", "urgent", "reported_at", "id"),
        _some_index("ix_cases_rework", "rework_count > 0", "reported_at", "id"),
        _some_index("ix_cases_returned", "return_count > 0", "reported_at", "id"),
        _some_index("ix_cases_under_watch", "supervised IS NOT NULL", "reported_at", "id"),
        _some_index("ix_cases_was_extended", "extension_count > 0", "reported_at", "id"),
        _some_index("ix_cases_urged", "urge_count > 0", "reported_at", "id"),
        _marked_index("ix_cases_was_emergency", "emergency", "reported_at", "id"),
        _marked_index("ix_cases_by_finder", "self_handled", "reported_at", "id"),
        _marked_index("ix_cases_over_quota", "over_quota", "reported_at", "id"),
        _some_index(
            "ix_cases_holder",
            "holder_person_id IS NOT NULL",
            "holder_person_id",
            "reported_at",
            "id",
        ),
        _open_index("ix_cases_unit_box", "dispatch_unit_id", "state", "due_at", "id"),
        _open_index("ix_cases_district_box", "district_code", "state", "due_at", "id"),
        _some_index(
            "ix_cases_handler_box",
            "handler_id IS NOT NULL AND ended = 0",
            "handler_id",
            "state",
            "due_at",
            "id",
            on_server="handler_id IS NOT NULL AND NOT ended",
        ),
        _some_index(
            "ix_cases_claimed",
            "claimed_by IS NOT NULL AND ended = 0",
            "claimed_by",
            "id",
            on_server="claimed_by IS NOT NULL AND NOT ended",
        ),
        _some_index(
            "ix_cases_emergency",
            "emergency = 1 AND ended = 0",
            "emergency",
            "state",
            "due_at",
            "id",
            on_server="emergency AND NOT ended",
        ),
        _some_index(
            "ix_cases_self_handled",
            "self_handled = 1 AND ended = 0",
            "self_handled",
            "state",
            "due_at",
            "id",
            on_server="self_handled AND NOT ended",
        ),
        _some_index(
            "ix_cases_responsibility",
            "responsibility_open = 1 AND ended = 0",
            "responsibility_open",
            "state",
            "due_at",
            "id",
            on_server="responsibility_open AND NOT ended",
        ),
        _some_index("ix_cases_supervised", "supervised IS NOT NULL", "state", "due_at", "id"),
        _some_index(
            "ix_cases_request", "request_kind IS NOT NULL", "request_kind", "request_tier", "id"
        ),
        _some_index("ix_cases_suspended", "suspended_until IS NOT NULL", "suspended_until", "id"),
        _some_index(
            "ix_cases_to_visit",
            "needs_visit = 1 AND satisfaction IS NULL AND state = 'Closed'",
            "needs_visit",
            "state",
            "closed_at",
            "id",
            on_server="needs_visit AND satisfaction IS NULL AND state = 'Closed'",
        ),
        _some_index(
            "ix_cases_to_archive",
            "request_kind IS NULL AND state IN ('Closed', 'ForceClosed')",
            "profile",
            "rules_version",
            "closed_at",
            "id",
        ),
        _some_index("ix_cases_duplicate_of", "duplicate_of IS NOT NULL", "duplicate_of"),
        _some_index("ix_cases_similar_to", "similar_to IS NOT NULL", "similar_to"),
        _some_index("ix_cases_caller_phone", "caller_phone <> ''", "caller_phone", "id"),
        _some_index("ix_cases_external_number", "external_number <> ''", "external_number"),
        _some_index("ix_cases_extended", "extension_count > 0", "department_id", "handle_due_at"),
        Index("ix_cases_handle_due", "department_id", "handle_due_at"),
        Index("ix_cases_dispatched", "department_id", "dispatched_at"),
        Index(None, "cell_code"),
    )
