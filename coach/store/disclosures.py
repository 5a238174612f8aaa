"""Keep that notes may hold a disclosure, and what their author decided; never any of its words."""

from datetime import datetime

from sqlalchemy import Connection, select

from coach.domain.disclosures import Disclosure, DisclosureDecision
from coach.errors import ReviewRefused
from coach.store.summary_tables import disclosure


def find(connection: Connection, draft_id: str) -> Disclosure | None:
    """Return what is known of a disclosure in a draft's notes, or None."""
    row = connection.execute(select(disclosure).where(disclosure.c.draft_id == draft_id)).mappings().first()
    return Disclosure.model_validate(dict(row)) if row else None


def found(connection: Connection, draft_id: str) -> None:
    """Keep that a draft's notes may hold a disclosure; an earlier decision was about other words and counts no longer."""
    undecided = {"decision": None, "decided_at": None}
    if not connection.execute(disclosure.update().where(disclosure.c.draft_id == draft_id).values(**undecided)).rowcount:
        connection.execute(disclosure.insert().values(draft_id=draft_id))


def refuse_undecided(connection: Connection, draft_id: str) -> None:
    """Raise ReviewRefused while the author has not decided about a possible disclosure in a draft's notes."""
    known = find(connection, draft_id)
    if known is not None and known.decision is None:
        raise ReviewRefused(
            "The notes may hold a disclosure of harassment, discrimination or retaliation. Read whom you can turn to, and decide first; nothing was sent."
        )


def read_route(connection: Connection, at: datetime, draft_id: str) -> None:
    """Keep that the author has read the human route."""
    connection.execute(disclosure.update().where(disclosure.c.draft_id == draft_id).values(route_read_at=at))


def decide(connection: Connection, at: datetime, draft_id: str, decision: DisclosureDecision) -> None:
    """Keep what the author decided; the database refuses that before the route was read."""
    connection.execute(disclosure.update().where(disclosure.c.draft_id == draft_id).values(decision=decision, decided_at=at))
