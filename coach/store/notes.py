"""Keep what somebody wrote about a session: one text for each session and author, private to the author."""

from datetime import datetime

from sqlalchemy import Connection, select

from coach.domain.notes import Notes
from coach.errors import EditConflict
from coach.store.clock import new_id
from coach.store.tables import note


def text_of(connection: Connection, session_id: str, author_id: str) -> str:
    """Return what this author wrote about a session; an empty text where they wrote nothing."""
    return find(connection, session_id, author_id).text


def find(connection: Connection, session_id: str, author_id: str) -> Notes:
    """Return this author's notes about a session with their version; version 0 where there never were any."""
    mine = (note.c.session_id == session_id) & (note.c.author_id == author_id)
    row = connection.execute(select(note.c.text, note.c.version, note.c.changed_at).where(mine)).first()
    return Notes(text=row.text, version=row.version, changed_at=row.changed_at) if row else Notes()


def save(connection: Connection, at: datetime, session_id: str, author_id: str, text: str, base: int) -> Notes:
    """Keep this text in the place of version `base`; EditConflict, and nothing changed, where another version is there by now."""
    known = find(connection, session_id, author_id)
    if known.version != base:
        raise EditConflict(
            "Your notes were changed in another window since you opened them here. Your text is still here; nothing was overwritten."
        )
    row = {"text": text, "changed_at": at, "version": base + 1}
    if base == 0:
        connection.execute(note.insert().values(id=new_id(), session_id=session_id, author_id=author_id, **row))
    else:
        connection.execute(note.update().where(note.c.session_id == session_id, note.c.author_id == author_id).values(**row))
    return Notes(**row)


def remove(connection: Connection, at: datetime, session_id: str, author_id: str) -> None:
    """Delete an author's words about a session; their count of versions stays, so that an old window cannot bring them back unseen."""
    known = find(connection, session_id, author_id)
    if known.text:
        save(connection, at, session_id, author_id, "", known.version)


def sessions_with_notes(connection: Connection, author_id: str) -> frozenset[str]:
    """Return the ids of the sessions about which this author wrote something."""
    return frozenset(connection.scalars(select(note.c.session_id).where(note.c.author_id == author_id, note.c.text != "")))


def forget_empty(connection: Connection, session_id: str) -> None:
    """Delete what is left of notes without words about a session."""
    connection.execute(note.delete().where(note.c.session_id == session_id, note.c.text == ""))
