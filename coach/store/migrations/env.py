"""Run the migrations on the connection that the caller handed over."""

from alembic import context

from coach.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True)
context.run_migrations()
