"""What a real programme needs: agreed goals, versions of an agreement, calls for help, prompts of its own, how a draft failed."""

import sqlalchemy as sa
from alembic import op

revision = "0003_real_people"
down_revision = "0002_triggers"
branch_labels = None
depends_on = None

# Words sort by code point on PostgreSQL as on SQLite, whatever the language of its database.
WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

KINDS = "kind IN ('agenda', 'feedback', 'summary', 'reflection', 'themes')"


def upgrade() -> None:
    """Add columns and tables; goals that exist were agreed by both when their pair started."""
    op.add_column("person", sa.Column("welcomed", sa.Date(), nullable=True))
    op.add_column("agreement", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("draft", sa.Column("failure", sa.String(length=40), nullable=True))
    for name in ("mentor_agreed", "mentee_agreed"):
        op.add_column("goal", sa.Column(name, sa.Date(), nullable=True))
        op.execute(f"UPDATE goal SET {name} = (SELECT starts FROM pair WHERE pair.id = goal.pair_id)")  # noqa: S608 -- names of ours
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
