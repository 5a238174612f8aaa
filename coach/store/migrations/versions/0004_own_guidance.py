"""A programme's own guidance: documents of a programme or of all, versions of the corpus, and questions that were passed on."""

import sqlalchemy as sa
from alembic import op

from coach.store.migrations.guards import guard

revision = "0004_own_guidance"
down_revision = "0003_real_people"
branch_labels = None
depends_on = None

# Words sort by code point on PostgreSQL as on SQLite, whatever the language of its database.
WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
SCOPE = "CASE WHEN origin = 'shipped' THEN 'shipped' WHEN programme_id IS NULL THEN 'installation' ELSE programme_id END"
BYTES = {"sqlite": "length(CAST(text AS BLOB))", "postgresql": "octet_length(text)"}
KEPT = "id, programme_id, file, title, audience, stage, sources, text, sha256, origin"

REFUSALS = (
    (
        "document_stays_where_it_is",
        "BEFORE UPDATE ON document",
        "NEW.id <> OLD.id OR NEW.scope <> OLD.scope OR NEW.version < OLD.version",
        "a document stays with its programme, and its versions go up",
    ),
)


def upgrade() -> None:
    """Make the tables; documents that exist stay as they are."""
    # A new table under the old name, because SQLite adds no constraint to one that exists.
    op.execute("CREATE TABLE document_before AS SELECT * FROM document")
    op.drop_table("document")
    _make_documents()
    size = BYTES[op.get_bind().dialect.name]
    op.execute(
        f"INSERT INTO document ({KEPT}, scope, bytes, questions, version) SELECT {KEPT}, {SCOPE}, {size}, '{{}}', 1 FROM document_before"  # noqa: S608 -- names of ours
    )
    op.drop_table("document_before")
    op.create_table(
        "corpus_version",
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("scope", name=op.f("pk_corpus_version")),
    )
    op.create_table(
        "passed_on_question",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("programme_id", sa.String(length=40), nullable=False),
        sa.Column("words", WORDS, nullable=False),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_passed_on_question_programme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passed_on_question")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_passed_on_question_programme_id"), "passed_on_question", ["programme_id"], unique=False)
    guard(REFUSALS)


def _make_documents() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("programme_id", sa.String(length=40), nullable=True),
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("file", WORDS, nullable=False),
        sa.Column("title", WORDS, nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("stage", sa.JSON(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("text", WORDS, nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=True),
        sa.Column("origin", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(f"scope = {SCOPE}", name=op.f("ck_document_scope")),
        sa.CheckConstraint("origin IN ('shipped', 'added')", name=op.f("ck_document_origin")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_document_version")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_document_programme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("scope", "file", name=op.f("uq_document_scope")),
    )
