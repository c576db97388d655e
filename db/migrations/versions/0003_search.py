"""Search over everything, filters that people keep, and the indexes that filters and orders read.

On a database with cases it reads every case once: about a minute for a million. The plain indexes
lock the table of cases while they are made, so it runs while no desk is open, as every upgrade.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from db import search_index

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_INDEXES: dict[str, tuple[str, ...]] = {
    "ix_cases_class_sort": ("class_code", "id", "state"),
    "ix_cases_place_sort": ("address", "id", "state"),
    "ix_cases_class_reported": ("class_code", "reported_at", "id"),
    "ix_cases_street_reported": ("street_code", "reported_at", "id"),
    "ix_cases_community_reported": ("community_code", "reported_at", "id"),
    "ix_cases_source_reported": ("source", "reported_at", "id"),
    "ix_cases_department_all": ("department_id", "reported_at", "id"),
}
_PARTIAL: dict[str, tuple[tuple[str, ...], str, str]] = {
    "ix_cases_urgent": (("reported_at", "id"), "urgent = 1", "urgent"),
    "ix_cases_rework": (("reported_at", "id"), "rework_count > 0", "rework_count > 0"),
    "ix_cases_returned": (("reported_at", "id"), "return_count > 0", "return_count > 0"),
    "ix_cases_under_watch": (
        ("reported_at", "id"),
        "supervised IS NOT NULL",
        "supervised IS NOT NULL",
    ),
    "ix_cases_was_extended": (("reported_at", "id"), "extension_count > 0", "extension_count > 0"),
    "ix_cases_urged": (("reported_at", "id"), "urge_count > 0", "urge_count > 0"),
    "ix_cases_was_emergency": (("reported_at", "id"), "emergency = 1", "emergency"),
    "ix_cases_by_finder": (("reported_at", "id"), "self_handled = 1", "self_handled"),
    "ix_cases_over_quota": (("reported_at", "id"), "over_quota = 1", "over_quota"),
    "ix_cases_holder": (
        ("holder_person_id", "reported_at", "id"),
        "holder_person_id IS NOT NULL",
        "holder_person_id IS NOT NULL",
    ),
}
"""Columns, and the condition in each engine's spelling."""


def upgrade() -> None:
    op.create_table(
        "case_search",
        sa.Column("case_id", ID, nullable=False, autoincrement=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_case_search_case_id"),
        sa.PrimaryKeyConstraint("case_id", name="pk_case_search"),
    )
    op.create_table(
        "saved_filter",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_saved_filter_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_saved_filter"),
        sa.UniqueConstraint("person_id", "name", name="uq_saved_filter_person_id_name"),
    )
    _create_pieces()
    search_index.rebuild(op.get_bind())
    op.drop_index("ix_cases_street_code", "cases")
    for name, columns in _INDEXES.items():
        op.create_index(name, "cases", list(columns))
    for name, (columns, in_file, on_server) in _PARTIAL.items():
        where: dict[str, Any] = {
            "sqlite_where": sa.text(in_file),
            "postgresql_where": sa.text(on_server),
        }
        op.create_index(name, "cases", list(columns), **where)


def downgrade() -> None:
    for name in (*_INDEXES, *_PARTIAL):
        op.drop_index(name, "cases")
    op.create_index("ix_cases_street_code", "cases", ["street_code"])
    op.drop_table("case_tokens")
    op.drop_table("saved_filter")
    op.drop_table("case_search")


def _create_pieces() -> None:
    """The index of pieces. FTS5 gets them cut already: its tokenizer only parts them at spaces."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE case_tokens USING fts5"
            "(pieces, content='', columnsize=0, detail=none, tokenize='ascii')"
        )
        return
    op.execute(
        "CREATE TABLE case_tokens (case_id bigint PRIMARY KEY REFERENCES cases (id),"
        " pieces tsvector NOT NULL)"
    )
    op.execute("CREATE INDEX ix_case_tokens_pieces ON case_tokens USING gin (pieces)")
