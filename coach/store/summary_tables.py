"""The tables of summaries: what released ones say of goals, what the other person says to them, and disclosures that wait for a decision."""

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Integer, String, Table, Text

from coach.store.moments import Moment
from coach.store.tables import STATUSES, metadata

goal_progress = Table(
    "goal_progress",  # what released summaries say, and nothing else; without a draft it came with the programme
    metadata,
    Column("session_id", ForeignKey("session.id"), primary_key=True),
    Column("goal_id", ForeignKey("goal.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("draft_id", ForeignKey("draft.id")),
    Column("status", String(20), CheckConstraint(f"status IN {STATUSES}", name="status"), nullable=False),
    Column("reason", Text, nullable=False),
)

summary_response = Table(
    "summary_response",  # what the other person says to a released summary
    metadata,
    Column("draft_id", ForeignKey("draft.id"), primary_key=True),
    Column("person_id", ForeignKey("person.id"), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("confirmed", Boolean, nullable=False),
    Column("comment", Text, nullable=False),
    Column("given_at", Moment, nullable=False),
)

disclosure = Table(
    "disclosure",  # that notes may hold a disclosure, and what their author decided; never its words. While there is a row, nothing of it enters themes
    metadata,
    Column("draft_id", ForeignKey("draft.id"), primary_key=True),
    Column("route_read_at", Moment),
    Column("decision", String(20), CheckConstraint("decision IN ('removed', 'no_disclosure')", name="decision")),
    Column("decided_at", Moment),
    CheckConstraint("decision IS NULL OR route_read_at IS NOT NULL", name="route_first"),
)
