"""Notes of one author a session, what released summaries say of goals and actions, answers to them, and disclosures that wait for a decision."""

import sqlalchemy as sa
from alembic import op

from coach.store.migrations.guards import guard

revision = "0005_summaries"
down_revision = "0004_own_guidance"
branch_labels = None
depends_on = None

STATUSES = "('achieved', 'advanced', 'stalled', 'set_back', 'not_discussed')"
ID = sa.String(length=40)

REFUSALS = (
    (
        "disclosure_is_decided_before_a_release",
        "BEFORE INSERT ON release",
        "EXISTS (SELECT 1 FROM disclosure d WHERE d.draft_id = NEW.draft_id AND d.decision IS NULL)",
        "the author has not decided about a disclosure in these notes",
    ),
    (
        "disclosure_is_decided_before_an_approval",
        "BEFORE INSERT ON approval",
        "EXISTS (SELECT 1 FROM disclosure d WHERE d.draft_id = NEW.draft_id AND d.decision IS NULL)",
        "the author has not decided about a disclosure in these notes",
    ),
    (
        "disclosure_is_never_forgotten",
        "BEFORE DELETE ON disclosure",
        "EXISTS (SELECT 1 FROM draft d WHERE d.id = OLD.draft_id)",
        "that notes held a disclosure is kept as long as their draft",
    ),
)


def upgrade() -> None:
    """Make the tables; what is known of goals so far becomes the first rows of their progress."""
    op.execute("ALTER TABLE note ADD COLUMN version INTEGER NOT NULL DEFAULT 1")
    op.create_index("ix_note_session_author", "note", ["session_id", "author_id"], unique=True)
    op.execute("ALTER TABLE action ADD COLUMN session_id VARCHAR(40) CONSTRAINT fk_action_session_id REFERENCES session (id)")
    op.execute("ALTER TABLE action ADD COLUMN draft_id VARCHAR(40) CONSTRAINT fk_action_draft_id REFERENCES draft (id)")
    op.execute("ALTER TABLE action ADD COLUMN closed_by VARCHAR(40) CONSTRAINT fk_action_closed_by REFERENCES draft (id)")
    op.execute("ALTER TABLE action ADD COLUMN done_on DATE")
    op.create_table(
        "goal_progress",
        sa.Column("session_id", ID, nullable=False),
        sa.Column("goal_id", ID, nullable=False),
        sa.Column("draft_id", ID, nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(f"status IN {STATUSES}", name=op.f("ck_goal_progress_status")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_goal_progress_session_id")),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_goal_progress_goal_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_goal_progress_draft_id")),
        sa.PrimaryKeyConstraint("session_id", "goal_id", name=op.f("pk_goal_progress")),
    )
    op.create_index(op.f("ix_goal_progress_goal_id"), "goal_progress", ["goal_id"], unique=False)
    op.create_table(
        "summary_response",
        sa.Column("draft_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_summary_response_draft_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_summary_response_person_id")),
        sa.PrimaryKeyConstraint("draft_id", "person_id", name=op.f("pk_summary_response")),
    )
    op.create_table(
        "disclosure",
        sa.Column("draft_id", ID, nullable=False),
        sa.Column("route_read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision", sa.String(length=20), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("decision IN ('removed', 'no_disclosure')", name=op.f("ck_disclosure_decision")),
        sa.CheckConstraint("decision IS NULL OR route_read_at IS NOT NULL", name=op.f("ck_disclosure_route_first")),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_disclosure_draft_id")),
        sa.PrimaryKeyConstraint("draft_id", name=op.f("pk_disclosure")),
    )
    op.execute(
        "INSERT INTO goal_progress (session_id, goal_id, status, reason)"
        " SELECT MIN(s.id), g.id, g.status, '' FROM goal g JOIN session s ON s.pair_id = g.pair_id AND s.\"on\" = g.last_discussed"
        " WHERE g.status IS NOT NULL GROUP BY g.id, g.status"
    )
    guard(REFUSALS)
