"""The whole case engine: what every operation keeps of a case, co-handling, centers of districts.

Additive: columns with defaults, which no engine rewrites the table for. Making the indexes reads
every case once and locks the table meanwhile, so it runs while no desk is open, as every upgrade.
Version 1 of the rules stays in force for the cases that were reported under it; only the spelling
of its guards follows the program.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_WORDS = ("time_tier", "remark", "caller_name", "caller_phone", "external_number", "closing_route")
_WORDS_OR_NONE = (
    "ended_from",
    "request_kind",
    "request_limit",
    "supervised",
    "authorisation_id",
    "satisfaction",
    "appeal_result",
)
_FLAGS = (
    "wants_reply",
    "confidential",
    "emergency",
    "responsibility_open",
    "over_quota",
    "self_handled",
    "needs_visit",
    "exempt",
)
_COUNTS = ("request_tier", "extension_count", "suspend_count", "supervise_count", "urge_count")
_IDS = (
    "owner_id",
    "claimed_by",
    "last_department_id",
    "dispatch_unit_id",
    "upper_unit_id",
    "handler_id",
    "duplicate_of",
    "similar_to",
    "request_by",
)
_INSTANTS = ("request_until", "extended_at", "suspended_until")

_PLAIN: dict[str, tuple[str, ...]] = {
    "ix_cases_handle_due": ("department_id", "handle_due_at"),
    "ix_cases_dispatched": ("department_id", "dispatched_at"),
    "ix_cases_rules": ("profile", "rules_version"),
}
_PARTIAL: dict[str, tuple[tuple[str, ...], tuple[str, str]]] = {
    "ix_cases_unit_box": (
        ("dispatch_unit_id", "state", "due_at", "id"),
        (
            "dispatch_unit_id IS NOT NULL AND ended = 0",
            "dispatch_unit_id IS NOT NULL AND NOT ended",
        ),
    ),
    "ix_cases_handler_box": (
        ("handler_id", "state", "due_at", "id"),
        ("handler_id IS NOT NULL AND ended = 0", "handler_id IS NOT NULL AND NOT ended"),
    ),
    "ix_cases_claimed": (
        ("claimed_by", "id"),
        ("claimed_by IS NOT NULL AND ended = 0", "claimed_by IS NOT NULL AND NOT ended"),
    ),
    "ix_cases_emergency": (
        ("emergency", "state", "due_at", "id"),
        ("emergency = 1 AND ended = 0", "emergency AND NOT ended"),
    ),
    "ix_cases_self_handled": (
        ("self_handled", "state", "due_at", "id"),
        ("self_handled = 1 AND ended = 0", "self_handled AND NOT ended"),
    ),
    "ix_cases_responsibility": (
        ("responsibility_open", "state", "due_at", "id"),
        ("responsibility_open = 1 AND ended = 0", "responsibility_open AND NOT ended"),
    ),
    "ix_cases_to_visit": (
        ("needs_visit", "state", "closed_at", "id"),
        (
            "needs_visit = 1 AND satisfaction IS NULL AND state = 'Closed'",
            "needs_visit AND satisfaction IS NULL AND state = 'Closed'",
        ),
    ),
}
"""Columns, and the condition in each engine's spelling."""

_ALIKE: dict[str, tuple[tuple[str, ...], str]] = {
    "ix_cases_supervised": (("state", "due_at", "id"), "supervised IS NOT NULL"),
    "ix_cases_request": (("request_kind", "request_tier", "id"), "request_kind IS NOT NULL"),
    "ix_cases_suspended": (("suspended_until", "id"), "suspended_until IS NOT NULL"),
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
"""Columns, and a condition that both engines spell alike."""

_AUTHORISED = "operation IN ('authClose', 'askDirectClose')"


def upgrade() -> None:
    for column in _columns():
        op.add_column("cases", column)
    op.add_column("transition", _text("takes"))
    op.add_column("department", sa.Column("district_code", sa.Text(), nullable=True))
    op.create_table(
        "co_task",
        sa.Column("case_id", ID, nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("department_id", ID, nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("replied_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_co_task_case_id"),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name="fk_co_task_department_id"
        ),
        sa.PrimaryKeyConstraint("case_id", "round", name="pk_co_task"),
    )
    op.create_index("ix_co_task_department", "co_task", ["department_id", "replied_at"])
    for name, columns in _PLAIN.items():
        op.create_index(name, "cases", list(columns))
    for name, (columns, where) in _PARTIAL.items():
        op.create_index(name, "cases", list(columns), **_where(*where))
    for name, (columns, condition) in _ALIKE.items():
        op.create_index(name, "cases", list(columns), **_where(condition, condition))
    op.create_index(
        "ix_case_event_authorised", "case_event", ["at"], **_where(_AUTHORISED, _AUTHORISED)
    )
    for old, new in _SPELLINGS:
        op.execute(f"UPDATE transition SET guards = replace(guards, '{old}', '{new}')")
    # The dispatcher could always set a limit; now the table says so.
    op.execute("UPDATE transition SET takes = 'limit' WHERE operation = 'dispatch'")


def downgrade() -> None:
    for old, new in _SPELLINGS:
        op.execute(f"UPDATE transition SET guards = replace(guards, '{new}', '{old}')")
    op.drop_index("ix_case_event_authorised", "case_event")
    for name in (*_PLAIN, *_PARTIAL, *_ALIKE):
        op.drop_index(name, "cases")
    op.drop_table("co_task")
    op.drop_column("department", "district_code")
    op.drop_column("transition", "takes")
    for column in _columns():
        op.drop_column("cases", column.name)


_SPELLINGS = (
    ("came_from_reported", "came_from:Reported"),
    ("came_from_filing", "came_from:PendingFiling"),
)


def _columns() -> list[sa.Column[Any]]:
    """What a case gains."""
    return [
        sa.Column("level", sa.Text(), server_default="city", nullable=False),
        sa.Column("co_tasks", sa.Text(), server_default="[]", nullable=False),
        *(_text(name) for name in _WORDS),
        *(sa.Column(name, sa.Text(), nullable=True) for name in _WORDS_OR_NONE),
        *(
            sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False)
            for name in _FLAGS
        ),
        *(sa.Column(name, sa.Integer(), server_default="0", nullable=False) for name in _COUNTS),
        *(sa.Column(name, ID, nullable=True) for name in _IDS),
        *(sa.Column(name, sa.BigInteger(), nullable=True) for name in _INSTANTS),
    ]


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _where(in_file: str, on_server: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(in_file), "postgresql_where": sa.text(on_server)}
