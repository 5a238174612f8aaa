"""Keep an edit that was not saved yet: one for each draft and person, gone once it is saved or given up."""

from datetime import datetime

from sqlalchemy import Connection, select

from coach.domain.review import WorkingCopy
from coach.store.tables import working_copy


def keep(connection: Connection, at: datetime, draft_id: str, person_id: str, copy: WorkingCopy) -> None:
    """Keep this as the one unsaved edit of this person on this draft."""
    give_up(connection, draft_id, person_id)
    row = {"draft_id": draft_id, "person_id": person_id, "base": copy.base, "content": copy.content, "changed_at": at}
    connection.execute(working_copy.insert().values(**row))


def find(connection: Connection, draft_id: str, person_id: str) -> WorkingCopy | None:
    """Return this person's unsaved edit of a draft, or None."""
    mine = (working_copy.c.draft_id == draft_id) & (working_copy.c.person_id == person_id)
    row = connection.execute(select(working_copy).where(mine)).first()
    return WorkingCopy(base=row.base, content=row.content) if row else None


def give_up_all(connection: Connection, draft_id: str) -> None:
    """Forget every unsaved edit of a draft, whoever began it."""
    connection.execute(working_copy.delete().where(working_copy.c.draft_id == draft_id))


def give_up(connection: Connection, draft_id: str, person_id: str) -> None:
    """Forget this person's unsaved edit of a draft."""
    mine = (working_copy.c.draft_id == draft_id) & (working_copy.c.person_id == person_id)
    connection.execute(working_copy.delete().where(mine))
