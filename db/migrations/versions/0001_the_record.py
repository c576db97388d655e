"""The record: every table of the first version and its spatial layers.

Runs unchanged on SpatiaLite and on PostGIS. The tables are new, so nothing is locked.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from db import spatial
from db.schema import APPLICATION_ID

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OPEN_CASES: dict[str, Any] = {
    "sqlite_where": sa.text("ended = 0"),
    "postgresql_where": sa.text("NOT ended"),
}

# In an order in which no table goes before one that refers to it.
_TABLES = (
    "number_series",
    "change_log",
    "attachment",
    "clock",
    "case_event",
    "cases",
    "component",
    "unit_cell",
    "beat_collector",
    "beat",
    "transition_post",
    "transition",
    "calendar_day",
    "work_calendar",
    "stage_limit",
    "filing_condition",
    "class_entry",
    "person_post",
    "person",
    "post",
    "department",
    "poi",
    "house_number",
    "base_area",
    "road",
    "city",
    "community",
    "division",
)


def upgrade() -> None:
    connection = op.get_bind()
    spatial.prepare(connection)
    _create_ground()
    _create_people()
    _create_rules()
    _create_census()
    _create_cases()
    _create_record()
    for table, kind in spatial.LAYERS.items():
        spatial.add_geometry(connection, table, kind, required=table != "division")
    if connection.dialect.name == "postgresql":
        op.execute(
            "ALTER TABLE change_log ALTER COLUMN xact"
            " SET DEFAULT pg_current_xact_id()::text::bigint"
        )
    else:
        op.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def downgrade() -> None:
    connection = op.get_bind()
    for table in _TABLES:
        if table in spatial.LAYERS:
            spatial.drop_layer(connection, table)
        else:
            op.drop_table(table)
    if connection.dialect.name == "sqlite":
        op.execute("PRAGMA application_id = 0")


def _create_ground() -> None:
    """The divisions, the city and its base map."""
    op.create_table(
        "division",
        words("code"),
        words("name"),
        words("level"),
        words("parent_code", null=True),
        sa.PrimaryKeyConstraint("code", name="pk_division"),
    )
    op.create_table(
        "community",
        words("code"),
        words("name"),
        words("street_code"),
        sa.PrimaryKeyConstraint("code", name="pk_community"),
    )
    op.create_index("ix_community_street_code", "community", ["street_code"])
    op.create_table(
        "city",
        number("id"),
        words("name"),
        words("profile"),
        whole("rules_version"),
        whole("calendar_version"),
        words("edition"),
        words("view_crs"),
        real("west"),
        real("south"),
        real("east"),
        real("north"),
        flag("synthetic"),
        whole("seed"),
        whole("cells"),
        whole("components"),
        words("count_breaks"),
        big("built_at", null=True),
        sa.CheckConstraint("id = 1", name="ck_city_only_one"),
        sa.PrimaryKeyConstraint("id", name="pk_city"),
    )
    op.create_table(
        "road",
        number("id"),
        words("name", null=True),
        words("kind"),
        words("kind_detail", null=True),
        sa.PrimaryKeyConstraint("id", name="pk_road"),
    )
    op.create_table(
        "base_area",
        number("id"),
        words("kind"),
        words("name", null=True),
        real("height", null=True),
        sa.PrimaryKeyConstraint("id", name="pk_base_area"),
    )
    op.create_table(
        "house_number",
        number("id"),
        words("road"),
        words("number"),
        words("name", null=True),
        sa.PrimaryKeyConstraint("id", name="pk_house_number"),
    )
    op.create_table(
        "poi",
        number("id"),
        words("name"),
        words("kind"),
        sa.PrimaryKeyConstraint("id", name="pk_poi"),
    )


def _create_people() -> None:
    """Departments, posts and who holds them."""
    op.create_table(
        "department",
        number("id"),
        words("code"),
        words("name"),
        words("short_name"),
        words("kind"),
        number("parent_id", null=True),
        sa.ForeignKeyConstraint(["parent_id"], ["department.id"], name="fk_department_parent_id"),
        sa.PrimaryKeyConstraint("id", name="pk_department"),
        sa.UniqueConstraint("code", name="uq_department_code"),
    )
    op.create_table(
        "post",
        words("code"),
        words("name"),
        words("axis"),
        sa.PrimaryKeyConstraint("code", name="pk_post"),
    )
    op.create_table(
        "person",
        number("id"),
        words("staff_no"),
        words("name"),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("staff_no", name="uq_person_staff_no"),
    )
    op.create_table(
        "person_post",
        number("id"),
        number("person_id"),
        words("post"),
        number("department_id", null=True),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name="fk_person_post_department_id"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_person_post_person_id"),
        sa.ForeignKeyConstraint(["post"], ["post.code"], name="fk_person_post_post"),
        sa.PrimaryKeyConstraint("id", name="pk_person_post"),
    )
    op.create_index(
        "uq_person_post", "person_post", ["person_id", "post", "department_id"], unique=True
    )
    op.create_index(
        "uq_person_post_alone",
        "person_post",
        ["person_id", "post"],
        unique=True,
        sqlite_where=sa.text("department_id IS NULL"),
        postgresql_where=sa.text("department_id IS NULL"),
    )
    op.create_index("ix_person_post_post_department_id", "person_post", ["post", "department_id"])


def _create_rules() -> None:
    """Catalogs, limits, calendars and the transition table."""
    op.create_table(
        "class_entry",
        number("id"),
        words("edition"),
        words("kind"),
        words("big_code"),
        words("big_name"),
        words("small_code"),
        words("small_name"),
        words("confidence"),
        flag("in_force"),
        sa.PrimaryKeyConstraint("id", name="pk_class_entry"),
        sa.UniqueConstraint(
            "edition",
            "kind",
            "big_code",
            "small_code",
            name="uq_class_entry_edition_kind_big_code_small_code",
        ),
    )
    op.create_table(
        "filing_condition",
        words("id"),
        whole("ord"),
        words("profile"),
        words("kind"),
        words("class_code"),
        words("text"),
        whole("limit_amount", null=True),
        words("limit_unit", null=True),
        words("limit_text"),
        words("limit_note"),
        words("closing_condition"),
        words("handling_departments"),
        words("supervising_departments"),
        sa.PrimaryKeyConstraint("id", name="pk_filing_condition"),
    )
    op.create_index(
        "ix_filing_condition_profile_kind_class_code",
        "filing_condition",
        ["profile", "kind", "class_code"],
    )
    op.create_table(
        "stage_limit",
        words("profile"),
        words("kind"),
        whole("amount"),
        words("unit"),
        words("source"),
        sa.PrimaryKeyConstraint("profile", "kind", name="pk_stage_limit"),
    )
    op.create_table(
        "work_calendar",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        words("spans"),
        words("years_with_notice"),
        sa.PrimaryKeyConstraint("version", name="pk_work_calendar"),
    )
    op.create_table(
        "calendar_day",
        whole("version"),
        words("day"),
        words("kind"),
        words("name"),
        sa.ForeignKeyConstraint(
            ["version"], ["work_calendar.version"], name="fk_calendar_day_version"
        ),
        sa.PrimaryKeyConstraint("version", "day", name="pk_calendar_day"),
    )
    op.create_table(
        "transition",
        words("profile"),
        whole("version"),
        whole("ord"),
        words("operation"),
        words("outcome"),
        words("from_state"),
        words("to_state"),
        words("needs"),
        words("guards"),
        words("clock_effects"),
        words("photo_usage"),
        words("name"),
        words("key"),
        words("tone"),
        sa.PrimaryKeyConstraint("profile", "version", "ord", name="pk_transition"),
    )
    op.create_index(
        "ix_transition_step",
        "transition",
        ["profile", "version", "from_state", "operation", "outcome"],
    )
    op.create_table(
        "transition_post",
        words("profile"),
        whole("version"),
        whole("ord"),
        words("post"),
        sa.ForeignKeyConstraint(
            ["profile", "version", "ord"],
            ["transition.profile", "transition.version", "transition.ord"],
            name="fk_transition_post_transition",
        ),
        sa.PrimaryKeyConstraint("profile", "version", "ord", "post", name="pk_transition_post"),
    )


def _create_census() -> None:
    """Beats, unit cells and components."""
    op.create_table(
        "beat",
        number("id"),
        words("code"),
        words("name"),
        words("street_code"),
        sa.PrimaryKeyConstraint("id", name="pk_beat"),
        sa.UniqueConstraint("code", name="uq_beat_code"),
    )
    op.create_table(
        "beat_collector",
        number("beat_id"),
        number("person_id"),
        sa.ForeignKeyConstraint(["beat_id"], ["beat.id"], name="fk_beat_collector_beat_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_beat_collector_person_id"),
        sa.PrimaryKeyConstraint("beat_id", "person_id", name="pk_beat_collector"),
    )
    op.create_index("ix_beat_collector_person_id", "beat_collector", ["person_id"])
    op.create_table(
        "unit_cell",
        number("id"),
        words("code"),
        words("code14", null=True),
        words("community_code"),
        number("beat_id"),
        whole("area_class"),
        real("area_m2"),
        real("perimeter_m"),
        whole("component_count"),
        words("placed_on", null=True),
        sa.ForeignKeyConstraint(["beat_id"], ["beat.id"], name="fk_unit_cell_beat_id"),
        sa.ForeignKeyConstraint(
            ["community_code"], ["community.code"], name="fk_unit_cell_community_code"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_unit_cell"),
        sa.UniqueConstraint("code", name="uq_unit_cell_code"),
    )
    op.create_index("ix_unit_cell_beat_id", "unit_cell", ["beat_id"])
    op.create_index("ix_unit_cell_community_code", "unit_cell", ["community_code"])
    op.create_table(
        "component",
        number("id"),
        words("code"),
        words("edition"),
        words("class_code"),
        words("big_code"),
        words("small_code"),
        words("name"),
        number("authority_id"),
        number("owner_id"),
        number("maintainer_id"),
        words("cell_code"),
        words("state"),
        words("placed_on", null=True),
        words("changed_on", null=True),
        words("data_source"),
        words("note", null=True),
        words("address"),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["department.id"], name="fk_component_authority_id"
        ),
        sa.ForeignKeyConstraint(
            ["maintainer_id"], ["department.id"], name="fk_component_maintainer_id"
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["department.id"], name="fk_component_owner_id"),
        sa.PrimaryKeyConstraint("id", name="pk_component"),
        sa.UniqueConstraint("code", name="uq_component_code"),
    )
    op.create_index("ix_component_cell_code", "component", ["cell_code"])
    op.create_index("ix_component_class_code", "component", ["class_code"])


def _create_cases() -> None:
    """The projection of each case."""
    op.create_table(
        "cases",
        number("id"),
        words("number"),
        whole("version"),
        whole("projected_version"),
        words("profile"),
        whole("rules_version"),
        words("state"),
        words("came_from", null=True),
        words("kind"),
        words("edition"),
        words("class_code"),
        words("class_name"),
        words("condition_id", null=True),
        words("source"),
        words("description"),
        flag("urgent"),
        real("lon"),
        real("lat"),
        words("cell_code"),
        words("beat_code"),
        words("community_code"),
        words("community_name"),
        words("street_code"),
        words("street_name"),
        words("district_code"),
        words("district_name"),
        whole("area_class"),
        words("road"),
        words("address"),
        words("component_code", null=True),
        number("reporter_id"),
        number("collector_id", null=True),
        number("department_id", null=True),
        words("handle_limit", null=True),
        words("verify_result", null=True),
        words("check_result", null=True),
        whole("rework_count"),
        whole("return_count"),
        whole("departments_tried"),
        words("holder_post", null=True),
        number("holder_person_id", null=True),
        number("holder_department_id", null=True),
        big("reported_at"),
        big("filed_at", null=True),
        big("dispatched_at", null=True),
        big("fed_back_at", null=True),
        flag("handle_on_time", null=True),
        big("closed_at", null=True),
        big("handle_due_at", null=True),
        big("due_at", null=True),
        big("warn_at", null=True),
        flag("paused", null=True),
        flag("ended"),
        blob("head_hash"),
        sa.ForeignKeyConstraint(["reporter_id"], ["person.id"], name="fk_cases_reporter_id"),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
        sa.UniqueConstraint("number", name="uq_cases_number"),
    )
    op.create_index("ix_cases_box", "cases", ["state", "due_at", "id"], **OPEN_CASES)
    op.create_index("ix_cases_cell_code", "cases", ["cell_code"])
    op.create_index("ix_cases_closed_at", "cases", ["closed_at"])
    op.create_index(
        "ix_cases_department_box",
        "cases",
        ["department_id", "state", "due_at", "id"],
        **OPEN_CASES,
    )
    op.create_index(
        "ix_cases_department_reported", "cases", ["department_id", "state", "reported_at", "id"]
    )
    op.create_index("ix_cases_due", "cases", ["due_at", "id"], **OPEN_CASES)
    op.create_index("ix_cases_filed", "cases", ["department_id", "filed_at"])
    op.create_index(
        "ix_cases_person_box", "cases", ["collector_id", "state", "due_at", "id"], **OPEN_CASES
    )
    op.create_index(
        "ix_cases_precedents",
        "cases",
        ["state", "class_code", "street_code", "kind", "department_id"],
    )
    op.create_index("ix_cases_reported_at", "cases", ["reported_at", "id"])
    op.create_index("ix_cases_state_number", "cases", ["state", "number"])
    op.create_index("ix_cases_state_reported", "cases", ["state", "reported_at", "id"])
    op.create_index("ix_cases_street_code", "cases", ["street_code"])


def _create_record() -> None:
    """What happened to cases, and what every commit changed."""
    op.create_table(
        "case_event",
        number("id"),
        number("case_id"),
        whole("seq"),
        big("at"),
        words("operation"),
        words("outcome"),
        words("from_state"),
        words("to_state"),
        number("person_id"),
        words("post"),
        words("opinion"),
        words("body"),
        blob("prev_hash"),
        blob("hash"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_case_event_case_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_case_event_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_case_event"),
        sa.UniqueConstraint("case_id", "seq", name="uq_case_event_seq"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_case_event_person_id_at", "case_event", ["person_id", "at"])
    op.create_table(
        "clock",
        number("case_id"),
        words("kind"),
        whole("round"),
        whole("ord"),
        whole("limit_amount"),
        words("limit_unit"),
        words("rule"),
        whole("calendar_version"),
        big("started_at"),
        big("due_at"),
        big("warn_at"),
        words("pauses"),
        big("stopped_at", null=True),
        flag("cancelled"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_clock_case_id"),
        sa.PrimaryKeyConstraint("case_id", "kind", "round", name="pk_clock"),
    )
    op.create_table(
        "attachment",
        number("id"),
        number("case_id"),
        whole("event_seq"),
        words("sha256"),
        words("usage"),
        words("media_type"),
        whole("size"),
        big("taken_at", null=True),
        real("lon", null=True),
        real("lat", null=True),
        sa.ForeignKeyConstraint(
            ["case_id", "event_seq"],
            ["case_event.case_id", "case_event.seq"],
            name="fk_attachment_event",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_attachment"),
    )
    op.create_index("ix_attachment_case_id_event_seq", "attachment", ["case_id", "event_seq"])
    op.create_table(
        "change_log",
        number("seq"),
        big("at"),
        words("entity"),
        big("entity_id"),
        words("kind"),
        sa.Column("xact", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_change_log"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_change_log_xact_seq", "change_log", ["xact", "seq"])
    op.create_table(
        "number_series",
        words("day"),
        whole("last"),
        sa.PrimaryKeyConstraint("day", name="pk_number_series"),
    )


def number(name: str, *, null: bool = False) -> sa.Column[int]:
    """A row number."""
    return sa.Column(name, ID, nullable=null)


def words(name: str, *, null: bool = False) -> sa.Column[str]:
    """A text."""
    return sa.Column(name, sa.Text(), nullable=null)


def whole(name: str, *, null: bool = False) -> sa.Column[int]:
    """A small whole number."""
    return sa.Column(name, sa.Integer(), nullable=null)


def big(name: str, *, null: bool = False) -> sa.Column[int]:
    """A whole number of 64 bits, such as an instant in milliseconds."""
    return sa.Column(name, sa.BigInteger(), nullable=null)


def real(name: str, *, null: bool = False) -> sa.Column[float]:
    """A measure or a coordinate."""
    return sa.Column(name, sa.Double(), nullable=null)


def flag(name: str, *, null: bool = False) -> sa.Column[bool]:
    """True or false."""
    return sa.Column(name, sa.Boolean(), nullable=null)


def blob(name: str) -> sa.Column[bytes]:
    """Bytes."""
    return sa.Column(name, sa.LargeBinary(), nullable=False)
