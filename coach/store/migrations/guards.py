"""Make the triggers by which the database refuses, on SQLite and PostgreSQL from one table of conditions."""

from collections.abc import Sequence

from alembic import op

ALWAYS = "1"
WRITERS = 427155514216  # PostgreSQL's advisory lock that the coach's own writers hold (coach/store/postgresql.py)

Refusal = tuple[str, str, str, str]  # the trigger's name, when it fires, under which condition it refuses, and what it says


def guard(refusals: Sequence[Refusal]) -> None:
    """Make a trigger of each refusal; on PostgreSQL one that refuses to delete also refuses to truncate."""
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql(refusals)
    else:
        for name, event, refused, message in refusals:
            op.execute(f"CREATE TRIGGER {name} {event} WHEN {refused} BEGIN SELECT RAISE(ABORT, '{message}'); END")


def _guard_postgresql(refusals: Sequence[Refusal]) -> None:
    settings = f"LANGUAGE plpgsql SET search_path = {_schema()}, pg_temp"  # so that no temporary table stands in for a real one
    for name, event, refused, message in refusals:
        refusal = f"RAISE EXCEPTION USING MESSAGE = '{message}', ERRCODE = 'integrity_constraint_violation'"
        go_on = "RETURN OLD" if " DELETE " in event else "RETURN NEW"
        body = f"BEGIN IF {'true' if refused == ALWAYS else refused} THEN {refusal}; END IF; {go_on}; END"
        op.execute(f"CREATE FUNCTION {name}() RETURNS trigger {settings} AS $$ {body} $$")
        op.execute(f"CREATE TRIGGER {name} {event} FOR EACH ROW EXECUTE FUNCTION {name}()")
        if " DELETE " in event:
            op.execute(f"CREATE TRIGGER {name}_whole {event.replace('DELETE', 'TRUNCATE')} EXECUTE FUNCTION {name}()")
    _let_one_write_at_a_time(settings, {event.split()[-1] for _, event, _, _ in refusals})


def _let_one_write_at_a_time(settings: str, tables: set[str]) -> None:
    """Serialise writers whoever they are, as SQLite does, so that what a trigger looked up still holds when its row is kept."""
    body = f"BEGIN PERFORM pg_advisory_xact_lock({WRITERS}); RETURN NULL; END"
    op.execute(f"CREATE OR REPLACE FUNCTION one_writes_at_a_time() RETURNS trigger {settings} AS $$ {body} $$")
    for table in sorted(tables):
        when = f"BEFORE INSERT OR UPDATE OR DELETE ON {table} FOR EACH STATEMENT"
        op.execute(f"DROP TRIGGER IF EXISTS {table}_one_writes_at_a_time ON {table}")  # a table may be guarded by more than one migration
        op.execute(f"CREATE TRIGGER {table}_one_writes_at_a_time {when} EXECUTE FUNCTION one_writes_at_a_time()")


def _schema() -> str:
    bind = op.get_bind()
    return str(bind.dialect.identifier_preparer.quote(bind.exec_driver_sql("SELECT current_schema()").scalar_one()))
