"""The tables; those of the guidance and of summaries stand in modules of their own, the triggers that guard what is kept in the migrations."""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    Time,
    UniqueConstraint,
)

from coach.store.moments import Moment

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

STATES = "('drafting', 'failed', 'needs_review', 'approved', 'discarded')"
KINDS = "('agenda', 'feedback', 'summary', 'reflection', 'themes')"
STATUSES = "('achieved', 'advanced', 'stalled', 'set_back', 'not_discussed')"

programme = Table(
    "programme",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("name", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("route", Text, nullable=False),
    Column("objectives", JSON, nullable=False),
    Column("starts", Date),
    Column("ends", Date),
    Column("minimum_group", Integer, CheckConstraint("minimum_group >= 5", name="minimum_group"), nullable=False),
    Column("sample", Boolean, nullable=False),
)

person = Table(
    "person",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("programme_id", ForeignKey("programme.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("region", Text, nullable=False),
    Column("email", String(320), nullable=False, unique=True),
    Column("welcomed", Date),
    Column("identity", String(300), unique=True, index=True),  # who an identity provider says this is, from the first sign-in on
)

role = Table(
    "role",
    metadata,
    Column("person_id", ForeignKey("person.id"), primary_key=True),
    Column("name", String(20), CheckConstraint("name IN ('mentor', 'mentee', 'coordinator')", name="name"), primary_key=True),
)

pair = Table(
    "pair",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("programme_id", ForeignKey("programme.id"), nullable=False),
    Column("mentor_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("mentee_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("starts", Date, nullable=False),
    Column("review", Date),
    Column("ends", Date),
    Column("ended", Date),  # the day on which its coordinator ended it, whatever had been agreed
    CheckConstraint("mentor_id <> mentee_id", name="two_people"),
)

agreement = Table(
    "agreement",
    metadata,
    Column("pair_id", ForeignKey("pair.id"), primary_key=True),
    Column("terms", JSON, nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),  # what a signature is of
    Column("mentor_signed", Date),
    Column("mentee_signed", Date),
)

goal = Table(
    "goal",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("pair_id", ForeignKey("pair.id"), nullable=False, index=True),
    Column("place", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("measure", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("due", Date),
    Column("status", String(20), CheckConstraint(f"status IN {STATUSES}", name="status")),
    Column("last_discussed", Date),
    Column("mentor_agreed", Date),
    Column("mentee_agreed", Date),
)

session = Table(
    "session",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("pair_id", ForeignKey("pair.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("on", Date, nullable=False),
    Column("minutes", Integer, CheckConstraint("minutes BETWEEN 10 AND 480", name="minutes"), nullable=False),
    Column("starts_at", Time),
    Column("last", Boolean, nullable=False),
    Column("held", Boolean, nullable=False),
    Column("focus", Text, nullable=False),
    Column("summary", Text, nullable=False),
    UniqueConstraint("pair_id", "number"),
)

note = Table(
    "note",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("session_id", ForeignKey("session.id"), nullable=False, index=True),
    Column("author_id", ForeignKey("person.id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),
    Index("ix_note_session_author", "session_id", "author_id", unique=True),
)

action = Table(
    "action",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("pair_id", ForeignKey("pair.id"), nullable=False, index=True),
    Column("place", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("owner", String(20), CheckConstraint("owner IN ('mentor', 'mentee', 'both', 'coordinator')", name="owner")),
    Column("due", Date),
    Column("done", Boolean, nullable=False),
    Column("session_id", ForeignKey("session.id")),  # where it was agreed
    Column("draft_id", ForeignKey("draft.id")),  # the released summary that it came with
    Column("closed_by", ForeignKey("draft.id")),  # the released summary that reported it as done
    Column("done_on", Date),
)

draft = Table(
    "draft",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("request_key", String(80), nullable=False, unique=True),
    Column("kind", String(20), CheckConstraint(f"kind IN {KINDS}", name="kind"), nullable=False),
    Column("pair_id", ForeignKey("pair.id"), nullable=False, index=True),
    Column("session_id", ForeignKey("session.id"), nullable=False),
    Column("author_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("state", String(20), CheckConstraint(f"state IN {STATES}", name="state"), nullable=False),
    Column("current_revision", Integer, nullable=False),  # 0 until there is one
    Column("brief", JSON, nullable=False),
    Column("passages", JSON, nullable=False),
    Column("citations", JSON, nullable=False),
    Column("engine", JSON, nullable=False),
    Column("failure", String(40)),  # how the last try ended, where it failed
    Column("secret", LargeBinary, nullable=False),  # keys the digests in the audit trail; erased with the draft
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    sqlite_with_rowid=False,  # a row cannot be replaced through a number behind its key
)

revision = Table(
    "revision",
    metadata,
    Column("draft_id", ForeignKey("draft.id"), primary_key=True),
    Column("number", Integer, CheckConstraint("number >= 1", name="number"), primary_key=True),
    Column("content", Text, nullable=False),  # canonical JSON
    Column("markdown", Text, nullable=False),
    Column("audience", Text, nullable=False),  # canonical JSON
    Column("checks", JSON, nullable=False),
    Column("sha256", String(64), CheckConstraint("length(sha256) = 64", name="sha256"), nullable=False),
    Column("author_id", ForeignKey("person.id")),  # absent for an engine's revision
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("draft_id", "number", "sha256", name="uq_revision_fingerprint"),
    sqlite_with_rowid=False,  # a row cannot be replaced through a number behind its key
)

approval = Table(
    "approval",
    metadata,
    Column("draft_id", String(40), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("approved_by", ForeignKey("person.id"), nullable=False),
    Column("approved_at", Moment, nullable=False),
    ForeignKeyConstraint(
        ["draft_id", "revision", "sha256"], ["revision.draft_id", "revision.number", "revision.sha256"], name="fk_approval_revision"
    ),
    UniqueConstraint("draft_id", "revision", "sha256", name="uq_approval_fingerprint"),
    sqlite_with_rowid=False,  # a row cannot be replaced through a number behind its key
)

working_copy = Table(
    "working_copy",
    metadata,
    Column("draft_id", ForeignKey("draft.id"), primary_key=True),
    Column("person_id", ForeignKey("person.id"), primary_key=True),
    Column("base", Integer, nullable=False),  # the revision that the edit started from
    Column("content", JSON, nullable=False),
    Column("changed_at", Moment, nullable=False),
)

help_request = Table(
    "help_request",  # only what its author wrote: who that was is not kept
    metadata,
    Column("id", String(40), primary_key=True),
    Column("programme_id", ForeignKey("programme.id"), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("reach", Text, nullable=False),
    Column("sent_on", Date, nullable=False),
    Column("closed_on", Date),
)

health_figures = Table(
    "health_figures",  # what a coordinator was shown, frozen; `pairs` is for comparing only and never shown
    metadata,
    Column("programme_id", ForeignKey("programme.id"), primary_key=True),
    Column("number", Integer, CheckConstraint("number >= 1", name="number"), primary_key=True, autoincrement=False),
    Column("taken_on", Date, nullable=False),
    Column("pairs", JSON, nullable=False),
    Column("bands", JSON, nullable=False),
    sqlite_with_rowid=False,  # a row cannot be replaced through a number behind its key
)

prompt_override = Table(
    "prompt_override",  # each change is a version of its own; an empty text goes back to the prompt that ships
    metadata,
    Column("programme_id", ForeignKey("programme.id"), primary_key=True),
    Column("kind", String(20), CheckConstraint(f"kind IN {KINDS}", name="kind"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("changed_by", ForeignKey("person.id"), nullable=False),
    Column("changed_at", Moment, nullable=False),
)

secret = Table(
    "secret",  # keys the digests in the audit trail of what is no draft: programmes and pairs
    metadata,
    Column("subject", String(40), primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

release = Table(
    "release",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("draft_id", String(40), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("channel", String(20), CheckConstraint("channel IN ('app', 'markdown', 'docx')", name="channel"), nullable=False),
    Column("released_by", ForeignKey("person.id"), nullable=False),
    Column("released_at", Moment, nullable=False),
    Column("withdrawn_at", Moment),
    ForeignKeyConstraint(
        ["draft_id", "revision", "sha256"], ["approval.draft_id", "approval.revision", "approval.sha256"], name="fk_release_approval"
    ),
    sqlite_with_rowid=False,  # a row cannot be replaced through a number behind its key
)

audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String(40), nullable=False),
    Column("actor", String(40), nullable=False),
    Column("act", String(40), nullable=False),
    Column("subject", String(40), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("previous", String(64), nullable=False),
    Column("sha256", String(64), nullable=False, unique=True),
    sqlite_with_rowid=False,  # a row cannot be replaced through a number behind its key
)
