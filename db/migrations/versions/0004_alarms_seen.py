"""Which alarms each person has acknowledged: once, on every desk.

A new table: nothing is locked.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "alarm_seen",
        sa.Column("person_id", ID, nullable=False, autoincrement=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("case_id", ID, nullable=False, autoincrement=False),
        sa.Column("mark", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_alarm_seen_person_id"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_alarm_seen_case_id"),
        sa.PrimaryKeyConstraint("person_id", "case_id", "kind", "mark", name="pk_alarm_seen"),
    )


def downgrade() -> None:
    op.drop_table("alarm_seen")
