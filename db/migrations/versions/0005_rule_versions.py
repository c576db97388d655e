"""Rules in versions: settings, standing rules, duties, stage limits and conditions of each profile.

A new version stands beside the old ones. Stage limits and filing conditions were kept once a
profile; what is there is copied into every version that the database has. Both tables are small.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_VERSIONS = "(SELECT DISTINCT profile, version FROM transition)"
_NEWEST = "(SELECT profile, max(version) AS version FROM transition GROUP BY profile)"
_STAGE = "kind, amount, unit, source"
_CONDITION = (
    "id, ord, kind, class_code, text, limit_amount, limit_unit, limit_text, limit_note,"
    " closing_condition, handling_departments, supervising_departments"
)


def upgrade() -> None:
    _create_new()
    op.execute(
        "INSERT INTO rule_version (profile, version, note)"
        f" SELECT v.profile, v.version, '' FROM {_VERSIONS} AS v"
    )
    _put_aside("stage_limit")
    _create_stage_limit("profile", "version", "kind", versioned=True)
    _copy_back("stage_limit", _STAGE)
    _put_aside("filing_condition")
    _create_condition("profile", "version", "id", versioned=True)
    _copy_back("filing_condition", _CONDITION)
    op.create_index(
        "ix_filing_condition_class",
        "filing_condition",
        ["profile", "version", "kind", "class_code"],
    )


def downgrade() -> None:
    for table in ("filing_condition", "stage_limit"):
        op.execute(
            f"DELETE FROM {table} WHERE (profile, version) NOT IN"
            f" (SELECT n.profile, n.version FROM {_NEWEST} AS n)"
        )
    _put_aside("stage_limit")
    _create_stage_limit("profile", "kind", versioned=False)
    op.execute(f"INSERT INTO stage_limit (profile, {_STAGE}) SELECT profile, {_STAGE} FROM aside")
    op.drop_table("aside")
    _put_aside("filing_condition")
    _create_condition("id", versioned=False)
    # The same condition stands in several profiles, and an earlier schema can keep one of them.
    op.execute(
        f"INSERT INTO filing_condition (profile, {_CONDITION}) SELECT profile, {_CONDITION}"
        " FROM aside AS a WHERE a.profile ="
        " (SELECT min(b.profile) FROM aside AS b WHERE b.id = a.id)"
    )
    op.drop_table("aside")
    op.create_index(
        "ix_filing_condition_profile_kind_class_code",
        "filing_condition",
        ["profile", "kind", "class_code"],
    )
    for name in ("tier_limit", "duty", "authorisation", "setting", "rule_version"):
        op.drop_table(name)


def _create_new() -> None:
    op.create_table(
        "rule_version",
        *(_words("profile"), _whole("version"), _words("note")),
        sa.Column("loaded_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("profile", "version", name="pk_rule_version"),
    )
    op.create_table(
        "setting",
        *(_words("profile"), _whole("version"), _words("key"), _words("value"), _words("source")),
        sa.PrimaryKeyConstraint("profile", "version", "key", name="pk_setting"),
    )
    op.create_table(
        "authorisation",
        *(_words("profile"), _whole("version"), _words("id"), _words("name"), _words("operation")),
        *(_words("kind"), _words("class_prefix"), _whole("per_day"), _words("until")),
        _words("granted_by"),
        sa.PrimaryKeyConstraint("profile", "version", "id", name="pk_authorisation"),
    )
    op.create_table(
        "duty",
        *(_words("profile"), _whole("version"), _words("duty"), _words("posts"), _words("source")),
        sa.PrimaryKeyConstraint("profile", "version", "duty", name="pk_duty"),
    )
    op.create_table(
        "tier_limit",
        *(_words("profile"), _whole("version"), _words("condition_id"), _whole("area_class")),
        *(_words("tier"), _whole("amount"), _words("unit"), _words("source")),
        sa.PrimaryKeyConstraint(
            "profile", "version", "condition_id", "area_class", "tier", name="pk_tier_limit"
        ),
    )


def _put_aside(table: str) -> None:
    """A copy without keys: the names of its constraints are free for the table that follows."""
    op.execute(f"CREATE TABLE aside AS SELECT * FROM {table}")
    op.drop_table(table)


def _copy_back(table: str, names: str) -> None:
    source = ", ".join(f"o.{name.strip()}" for name in names.split(","))
    op.execute(
        f"INSERT INTO {table} (profile, version, {names}) SELECT o.profile, v.version, {source}"
        f" FROM aside AS o JOIN {_VERSIONS} AS v ON v.profile = o.profile"
    )
    op.drop_table("aside")


def _create_stage_limit(*key: str, versioned: bool) -> None:
    op.create_table(
        "stage_limit",
        *_owner(versioned),
        *(_words("kind"), _whole("amount"), _words("unit"), _words("source")),
        sa.PrimaryKeyConstraint(*key, name="pk_stage_limit"),
    )


def _create_condition(*key: str, versioned: bool) -> None:
    op.create_table(
        "filing_condition",
        *_owner(versioned),
        *(_words("id"), _whole("ord"), _words("kind"), _words("class_code"), _words("text")),
        sa.Column("limit_amount", sa.Integer(), nullable=True),
        sa.Column("limit_unit", sa.Text(), nullable=True),
        *(_words("limit_text"), _words("limit_note"), _words("closing_condition")),
        *(_words("handling_departments"), _words("supervising_departments")),
        sa.PrimaryKeyConstraint(*key, name="pk_filing_condition"),
    )


def _owner(versioned: bool) -> list[sa.Column[str] | sa.Column[int]]:
    return [_words("profile"), *([_whole("version")] if versioned else [])]


def _words(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _whole(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)
