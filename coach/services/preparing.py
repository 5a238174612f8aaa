"""Prepare a session: its focus, and the draft of its agenda."""

from dataclasses import dataclass

from coach.domain.brief import SHORT_TEXT, Brief
from coach.domain.drafts import DraftKind, DraftState
from coach.domain.people import Pair
from coach.domain.review import StoredDraft
from coach.domain.sessions import Session
from coach.domain.text import printable, version_of
from coach.errors import EditConflict, InputRefused
from coach.services import briefs
from coach.services.drafting import BUILTIN
from coach.services.making import draft_now, session_to_draft, start_draft
from coach.services.parts import Parts
from coach.services.staleness import with_staleness
from coach.store import drafts, programmes


@dataclass(frozen=True)
class Preparation:
    """A planned session as its mentor prepares it: the brief so far and the agendas that exist."""

    pair: Pair
    session: Session
    brief: Brief
    drafts: tuple[StoredDraft, ...]


def preparation(parts: Parts, actor: str, session_id: str) -> Preparation:
    """Return what the mentor of this session's pair prepares with; AccessDenied to anybody else."""
    with parts.database.read() as connection:
        pair, session = session_to_draft(connection, actor, session_id, DraftKind.AGENDA)
        brief = briefs.brief_for_session(connection, pair, session, DraftKind.AGENDA, actor)
        ids = drafts.ids_of_session(connection, session_id, DraftKind.AGENDA)
        found = tuple(with_staleness(connection, drafts.load(connection, i)) for i in ids)
    return Preparation(pair, session, brief, tuple(d for d in found if d.state is not DraftState.DISCARDED))


def set_focus(parts: Parts, actor: str, session_id: str, focus: str, base: int | None = None) -> int:
    """Keep what the mentor wants from the session and return its version; EditConflict where `base` is not the one that is kept by now."""
    if len(focus) > SHORT_TEXT:
        raise InputRefused(f"The focus has {len(focus)} characters; {SHORT_TEXT} are the most. Nothing was saved.")
    with parts.database.write() as connection:
        _, session = session_to_draft(connection, actor, session_id, DraftKind.AGENDA)
        if base not in (None, version_of(session.focus)):
            raise EditConflict("The focus was changed elsewhere since you began. Yours is not saved yet; nothing is lost.")
        kept: str = printable(focus)
        programmes.set_focus(connection, session_id, kept)
    return version_of(kept)


def draft_agenda(parts: Parts, actor: str, session_id: str, request_key: str, engine: str = BUILTIN) -> str:
    """Return the id of the agenda drafted for this request; the same key always leads to the same draft."""
    return draft_now(parts, actor, session_id, DraftKind.AGENDA, request_key, engine)


def start_agenda(parts: Parts, actor: str, session_id: str, request_key: str, engine: str) -> str:
    """Return the id of the agenda for this request at once, while it is drafted behind it."""
    return start_draft(parts, actor, session_id, DraftKind.AGENDA, request_key, engine)
