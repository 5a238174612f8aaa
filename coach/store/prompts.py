"""Keep a programme's own prompts: every version of each, the newest in use, an empty one for the prompt that ships."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from coach.domain.drafts import DraftKind
from coach.store.tables import prompt_override


@dataclass(frozen=True)
class PromptVersion:
    """One version of a programme's prompt; an empty text stands for the prompt that ships."""

    version: int
    text: str
    changed_by: str
    changed_at: datetime


def versions(connection: Connection, programme_id: str, kind: DraftKind) -> tuple[PromptVersion, ...]:
    """Return every version of a programme's prompt for a kind, newest first."""
    mine = (prompt_override.c.programme_id == programme_id) & (prompt_override.c.kind == kind)
    rows = connection.execute(select(prompt_override).where(mine).order_by(prompt_override.c.version.desc()))
    return tuple(PromptVersion(r.version, r.text, r.changed_by, r.changed_at) for r in rows)


def add_version(connection: Connection, at: datetime, programme_id: str, kind: DraftKind, text: str, actor: str) -> int:
    """Keep a text as the newest version and return its number."""
    known = versions(connection, programme_id, kind)
    number = known[0].version + 1 if known else 1
    row = {"programme_id": programme_id, "kind": kind, "version": number, "text": text, "changed_by": actor, "changed_at": at}
    connection.execute(prompt_override.insert().values(**row))
    return number
