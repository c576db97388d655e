"""Who published which working calendar and when, and the names of its holiday notices.

New columns, empty in what is there: the table has a row for each calendar that was ever published.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column(
        "work_calendar", sa.Column("notices", sa.Text(), nullable=False, server_default="{}")
    )
    op.add_column("work_calendar", sa.Column("published_at", sa.BigInteger(), nullable=True))
    op.add_column("work_calendar", sa.Column("published_by", ID, nullable=True))


def downgrade() -> None:
    for name in ("published_by", "published_at", "notices"):
        op.drop_column("work_calendar", name)
