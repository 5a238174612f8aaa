"""Keep when a pair meets."""

from sqlalchemy import Connection, exists, func, or_, select

from coach.domain.planning import Slot
from coach.store import notes
from coach.store.clock import new_id
from coach.store.tables import draft, note, session


def plan(connection: Connection, pair_id: str, slot: Slot) -> str:
    """Add a planned session with the next number, and return its id."""
    latest = connection.scalar(select(func.max(session.c.number)).where(session.c.pair_id == pair_id)) or 0
    session_id = new_id()
    row = slot.model_dump() | {"id": session_id, "pair_id": pair_id, "number": latest + 1, "held": False, "focus": "", "summary": ""}
    connection.execute(session.insert().values(**row))
    return session_id


def move(connection: Connection, session_id: str, slot: Slot) -> None:
    """Put a session at another time; its number stays."""
    connection.execute(session.update().where(session.c.id == session_id).values(**slot.model_dump()))


def hold(connection: Connection, session_id: str) -> None:
    """Keep that a session took place."""
    connection.execute(session.update().where(session.c.id == session_id).values(held=True))


def call_off(connection: Connection, session_id: str) -> None:
    """Remove a session that nothing was written for."""
    notes.forget_empty(connection, session_id)
    connection.execute(session.delete().where(session.c.id == session_id))


def written_for(connection: Connection, pair_id: str, seen_by: str | None = None) -> frozenset[str]:
    """Return the ids of a pair's sessions that have a focus, drafts or notes, whatever their state; with `seen_by` as that person knows of it.

    Of notes and drafts each knows their own alone.
    """
    drafted = exists().where(draft.c.session_id == session.c.id)
    noted = exists().where(note.c.session_id == session.c.id, note.c.text != "")
    if seen_by is not None:
        drafted, noted = drafted.where(draft.c.author_id == seen_by), noted.where(note.c.author_id == seen_by)
    return frozenset(
        connection.scalars(select(session.c.id).where(session.c.pair_id == pair_id, or_(session.c.focus != "", drafted, noted)))
    )
