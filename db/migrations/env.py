"""Alembic's entry: run the migrations on the connection that db.migrating hands over."""

from alembic import context

from db.base import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    # The caller's transaction holds the whole change, on SQLite too.
    transactional_ddl=False,
)
context.run_migrations()
