"""Keep what somebody wrote about a session: one text for each session and author, private to the author."""

from sqlalchemy import Connection, select

from coach.store.tables import note


def text_of(connection: Connection, session_id: str, author_id: str) -> str:
    """Return what this author wrote about a session; an empty text where they wrote nothing."""
    mine = select(note.c.text).where(note.c.session_id == session_id, note.c.author_id == author_id)
    return connection.scalar(mine) or ""
