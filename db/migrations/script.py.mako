"""${message}

A migration runs unchanged on SpatiaLite and on PostGIS, and on a record of a million cases: say in
this docstring what it locks and for how long.
"""

from alembic import op
import sqlalchemy as sa

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}
