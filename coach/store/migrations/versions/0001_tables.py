"""Every table of the first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001_tables"
down_revision = None
branch_labels = None
depends_on = None

# Words sort by code point on PostgreSQL as on SQLite, whatever the language of its database.
WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make every table, then every trigger."""
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(length=40), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit")),
        sa.UniqueConstraint("sha256", name=op.f("uq_audit_sha256")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "programme",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("label", WORDS, nullable=False),
        sa.Column("route", WORDS, nullable=False),
        sa.Column("objectives", sa.JSON(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=True),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("minimum_group", sa.Integer(), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.CheckConstraint("minimum_group >= 5", name=op.f("ck_programme_minimum_group")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
    )
    op.create_table(
        "document",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("programme_id", sa.String(length=40), nullable=True),
        sa.Column("file", WORDS, nullable=False),
        sa.Column("title", WORDS, nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("stage", sa.JSON(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("text", WORDS, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("origin", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_document_programme_id")),
        sa.CheckConstraint("origin IN ('shipped', 'added')", name=op.f("ck_document_origin")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("programme_id", sa.String(length=40), nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("role", WORDS, nullable=False),
        sa.Column("department", WORDS, nullable=False),
        sa.Column("region", WORDS, nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_person_programme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
    )
    op.create_table(
        "pair",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("programme_id", sa.String(length=40), nullable=False),
        sa.Column("mentor_id", sa.String(length=40), nullable=False),
        sa.Column("mentee_id", sa.String(length=40), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("review", sa.Date(), nullable=True),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.CheckConstraint("mentor_id <> mentee_id", name=op.f("ck_pair_two_people")),
        sa.ForeignKeyConstraint(["mentee_id"], ["person.id"], name=op.f("fk_pair_mentee_id")),
        sa.ForeignKeyConstraint(["mentor_id"], ["person.id"], name=op.f("fk_pair_mentor_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_pair_programme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pair")),
    )
    op.create_index(op.f("ix_pair_mentee_id"), "pair", ["mentee_id"], unique=False)
    op.create_index(op.f("ix_pair_mentor_id"), "pair", ["mentor_id"], unique=False)
    op.create_table(
        "role",
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_person_id")),
        sa.CheckConstraint("name IN ('mentor', 'mentee', 'coordinator')", name=op.f("ck_role_name")),
        sa.PrimaryKeyConstraint("person_id", "name", name=op.f("pk_role")),
    )
    op.create_table(
        "action",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("pair_id", sa.String(length=40), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("text", WORDS, nullable=False),
        sa.Column("owner", sa.String(length=20), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_action_pair_id")),
        sa.CheckConstraint("owner IN ('mentor', 'mentee', 'both', 'coordinator')", name=op.f("ck_action_owner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
    )
    op.create_index(op.f("ix_action_pair_id"), "action", ["pair_id"], unique=False)
    op.create_table(
        "agreement",
        sa.Column("pair_id", sa.String(length=40), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("mentor_signed", sa.Date(), nullable=True),
        sa.Column("mentee_signed", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_agreement_pair_id")),
        sa.PrimaryKeyConstraint("pair_id", name=op.f("pk_agreement")),
    )
    op.create_table(
        "goal",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("pair_id", sa.String(length=40), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("title", WORDS, nullable=False),
        sa.Column("measure", WORDS, nullable=False),
        sa.Column("target", WORDS, nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=True),
        sa.Column("last_discussed", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_goal_pair_id")),
        sa.CheckConstraint("status IN ('achieved', 'advanced', 'stalled', 'set_back', 'not_discussed')", name=op.f("ck_goal_status")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
    )
    op.create_index(op.f("ix_goal_pair_id"), "goal", ["pair_id"], unique=False)
    op.create_table(
        "session",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("pair_id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.Time(), nullable=True),
        sa.Column("last", sa.Boolean(), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("focus", WORDS, nullable=False),
        sa.Column("summary", WORDS, nullable=False),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_session_pair_id")),
        sa.CheckConstraint("minutes BETWEEN 10 AND 480", name=op.f("ck_session_minutes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
        sa.UniqueConstraint("pair_id", "number", name=op.f("uq_session_pair_id")),
    )
    op.create_table(
        "draft",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("request_key", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("pair_id", sa.String(length=40), nullable=False),
        sa.Column("session_id", sa.String(length=40), nullable=False),
        sa.Column("author_id", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("current_revision", sa.Integer(), nullable=False),
        sa.Column("brief", sa.JSON(), nullable=False),
        sa.Column("passages", sa.JSON(), nullable=False),
        sa.Column("citations", sa.JSON(), nullable=False),
        sa.Column("engine", sa.JSON(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_draft_author_id")),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_draft_pair_id")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_draft_session_id")),
        sa.CheckConstraint("kind IN ('agenda', 'feedback', 'summary', 'reflection', 'themes')", name=op.f("ck_draft_kind")),
        sa.CheckConstraint("state IN ('drafting', 'failed', 'needs_review', 'approved', 'discarded')", name=op.f("ck_draft_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("request_key", name=op.f("uq_draft_request_key")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_draft_author_id"), "draft", ["author_id"], unique=False)
    op.create_index(op.f("ix_draft_pair_id"), "draft", ["pair_id"], unique=False)
    op.create_table(
        "note",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("session_id", sa.String(length=40), nullable=False),
        sa.Column("author_id", sa.String(length=40), nullable=False),
        sa.Column("text", WORDS, nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_note_author_id")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_note_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    op.create_index(op.f("ix_note_session_id"), "note", ["session_id"], unique=False)
    op.create_table(
        "revision",
        sa.Column("draft_id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", WORDS, nullable=False),
        sa.Column("markdown", WORDS, nullable=False),
        sa.Column("audience", WORDS, nullable=False),
        sa.Column("checks", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("author_id", sa.String(length=40), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_revision_author_id")),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_revision_draft_id")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_revision_number")),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_revision_sha256")),
        sa.PrimaryKeyConstraint("draft_id", "number", name=op.f("pk_revision")),
        sa.UniqueConstraint("draft_id", "number", "sha256", name="uq_revision_fingerprint"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "approval",
        sa.Column("draft_id", sa.String(length=40), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("approved_by", sa.String(length=40), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["approved_by"], ["person.id"], name=op.f("fk_approval_approved_by")),
        sa.ForeignKeyConstraint(
            ["draft_id", "revision", "sha256"], ["revision.draft_id", "revision.number", "revision.sha256"], name="fk_approval_revision"
        ),
        sa.PrimaryKeyConstraint("draft_id", "revision", name=op.f("pk_approval")),
        sa.UniqueConstraint("draft_id", "revision", "sha256", name="uq_approval_fingerprint"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "release",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("draft_id", sa.String(length=40), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("released_by", sa.String(length=40), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["draft_id", "revision", "sha256"], ["approval.draft_id", "approval.revision", "approval.sha256"], name="fk_release_approval"
        ),
        sa.ForeignKeyConstraint(["released_by"], ["person.id"], name=op.f("fk_release_released_by")),
        sa.CheckConstraint("channel IN ('app', 'markdown', 'docx')", name=op.f("ck_release_channel")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "working_copy",
        sa.Column("draft_id", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_working_copy_draft_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_working_copy_person_id")),
        sa.PrimaryKeyConstraint("draft_id", "person_id", name=op.f("pk_working_copy")),
    )
