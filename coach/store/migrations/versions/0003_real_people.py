"""What a real programme needs: agreed goals, versions of an agreement, calls for help, prompts of its own, frozen figures, how a draft failed."""

import sqlalchemy as sa
from alembic import op

from coach.store.migrations.guards import ALWAYS, guard

revision = "0003_real_people"
down_revision = "0002_triggers"
branch_labels = None
depends_on = None

# Words sort by code point on PostgreSQL as on SQLite, whatever the language of its database.
WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

# Each trigger: its name, when it fires, under which condition it refuses, and what it says.
REFUSALS = (
    ("figures_are_insert_only", "BEFORE UPDATE ON health_figures", ALWAYS, "figures that were taken are never changed"),
    ("figures_are_kept", "BEFORE DELETE ON health_figures", ALWAYS, "figures that were taken are never deleted"),
    (
        "figures_follow_the_last",
        "BEFORE INSERT ON health_figures",
        "NEW.number <> 1 + (SELECT coalesce(max(number), 0) FROM health_figures WHERE programme_id = NEW.programme_id)",
        "figures are numbered without gaps",
    ),
)

KINDS = "kind IN ('agenda', 'feedback', 'summary', 'reflection', 'themes')"


def upgrade() -> None:
    """Add columns and tables; goals that exist were agreed by both when their pair started."""
    _add_columns()
    _add_tables()
    _freeze_figures()


def _add_columns() -> None:
    op.add_column("person", sa.Column("welcomed", sa.Date(), nullable=True))
    op.add_column("person", sa.Column("identity", sa.String(length=300), nullable=True))
    op.create_index(op.f("ix_person_identity"), "person", ["identity"], unique=True)
    op.add_column("pair", sa.Column("ended", sa.Date(), nullable=True))
    op.add_column("agreement", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("draft", sa.Column("failure", sa.String(length=40), nullable=True))
    for name in ("mentor_agreed", "mentee_agreed"):
        op.add_column("goal", sa.Column(name, sa.Date(), nullable=True))
        op.execute(f"UPDATE goal SET {name} = (SELECT starts FROM pair WHERE pair.id = goal.pair_id)")  # noqa: S608 -- names of ours


def _add_tables() -> None:
    op.create_table(
        "help_request",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("programme_id", sa.String(length=40), nullable=False),
        sa.Column("text", WORDS, nullable=False),
        sa.Column("reach", WORDS, nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_help_request_programme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_request")),
    )
    op.create_index(op.f("ix_help_request_programme_id"), "help_request", ["programme_id"], unique=False)
    op.create_table(
        "prompt_override",
        sa.Column("programme_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", WORDS, nullable=False),
        sa.Column("changed_by", sa.String(length=40), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(KINDS, name=op.f("ck_prompt_override_kind")),
        sa.ForeignKeyConstraint(["changed_by"], ["person.id"], name=op.f("fk_prompt_override_changed_by")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_prompt_override_programme_id")),
        sa.PrimaryKeyConstraint("programme_id", "kind", "version", name=op.f("pk_prompt_override")),
    )
    op.create_table(
        "secret",
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_secret")),
    )


def _freeze_figures() -> None:
    op.create_table(
        "health_figures",
        sa.Column("programme_id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("pairs", sa.JSON(), nullable=False),
        sa.Column("bands", sa.JSON(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_health_figures_number")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_health_figures_programme_id")),
        sa.PrimaryKeyConstraint("programme_id", "number", name=op.f("pk_health_figures")),
        sqlite_with_rowid=False,
    )
    guard(REFUSALS)
