"""The tables of the guidance: documents, what version of them each scope has, and questions that were passed on."""

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from coach.store.moments import Moment
from coach.store.tables import metadata

# Whose a document is: the product's, every programme's of this installation, or one programme's, named by its id.
SCOPE = "CASE WHEN origin = 'shipped' THEN 'shipped' WHEN programme_id IS NULL THEN 'installation' ELSE programme_id END"

document = Table(
    "document",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("programme_id", ForeignKey("programme.id")),
    Column("scope", String(40), CheckConstraint(f"scope = {SCOPE}", name="scope"), nullable=False),
    Column("file", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("audience", JSON, nullable=False),
    Column("stage", JSON, nullable=False),
    Column("sources", JSON, nullable=False),
    Column("text", Text, nullable=False),
    Column("bytes", Integer, nullable=False),  # of the text in UTF-8
    Column("questions", JSON, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("file_sha256", String(64)),  # of the file as it was added: the same file again changes nothing
    Column("origin", String(10), CheckConstraint("origin IN ('shipped', 'added')", name="origin"), nullable=False),
    Column("version", Integer, CheckConstraint("version >= 1", name="version"), nullable=False),
    Column("added_at", Moment),  # absent for what ships
    UniqueConstraint("scope", "file"),
)

corpus_version = Table(
    "corpus_version",  # goes up with every change of a document in its scope, in the same transaction
    metadata,
    Column("scope", String(40), primary_key=True),
    Column("number", Integer, nullable=False),
)

passed_on_question = Table(
    "passed_on_question",  # only the words: neither who passed them on nor when
    metadata,
    Column("id", String(40), primary_key=True),
    Column("programme_id", ForeignKey("programme.id"), nullable=False, index=True),
    Column("words", Text, nullable=False),
    sqlite_with_rowid=False,  # rows lie in the order of their random ids, not in the order in which they came
)
