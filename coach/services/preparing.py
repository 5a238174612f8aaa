"""Prepare a session: its focus, and the draft of its agenda."""

from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection

from coach.domain.access import Act, may
from coach.domain.brief import SHORT_TEXT, Brief
from coach.domain.drafts import DraftKind, DraftState
from coach.domain.people import Pair
from coach.domain.review import Audience, StoredDraft
from coach.domain.sessions import Session
from coach.domain.text import printable
from coach.errors import AccessDenied, InputRefused
from coach.services import briefs, drafting
from coach.services.audience import audience_of
from coach.services.parts import Parts
from coach.services.staleness import with_staleness
from coach.store import drafts, programmes
from coach.store.drafts import NewRevision


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
        pair, session = _mine(connection, actor, session_id)
        brief = briefs.brief_for_session(connection, pair, session)
        ids = drafts.ids_of_session(connection, session_id, DraftKind.AGENDA)
        found = tuple(with_staleness(connection, drafts.load(connection, i)) for i in ids)
    return Preparation(pair, session, brief, tuple(d for d in found if d.state is not DraftState.DISCARDED))


def set_focus(parts: Parts, actor: str, session_id: str, focus: str) -> None:
    """Keep what the mentor wants from the session."""
    if len(focus) > SHORT_TEXT:
        raise InputRefused(f"The focus has {len(focus)} characters; {SHORT_TEXT} are the most. Nothing was saved.")
    with parts.database.write() as connection:
        _mine(connection, actor, session_id)
        programmes.set_focus(connection, session_id, printable(focus))


def draft_agenda(parts: Parts, actor: str, session_id: str, request_key: str, engine: str = "builtin") -> str:
    """Return the id of the agenda drafted for this request; the same key always leads to the same draft.

    `drafting` is written before the engine is called, so a crash leaves a draft that the same click completes.
    """
    key = sha256(f"{actor}\0{session_id}\0{request_key}".encode()).hexdigest()
    with parts.database.write() as connection:
        pair, session = _mine(connection, actor, session_id)
        brief = briefs.brief_for_session(connection, pair, session)
        draft_id = drafts.start(
            connection,
            parts.now(),
            request_key=key,
            kind=DraftKind.AGENDA,
            pair_id=pair.id,
            session_id=session_id,
            author_id=actor,
            brief=brief,
        )
        drafts.restart(connection, parts.now(), draft_id)
        stored = drafts.load(connection, draft_id)
        brief = drafts.basis(connection, draft_id).brief
    if stored.state is DraftState.DRAFTING:
        _complete(parts, draft_id, brief, audience_of(pair, DraftKind.AGENDA), engine)
    return draft_id


def _complete(parts: Parts, draft_id: str, brief: Brief, audience: Audience, engine: str) -> None:
    try:
        made = drafting.make_draft(parts, DraftKind.AGENDA, brief, engine)
    except Exception:  # whatever it was, the draft says that it failed and can be tried again
        with parts.database.write() as connection:
            drafts.fail(connection, parts.now(), draft_id)
        raise
    new = NewRevision(made.draft.content, made.draft.markdown, audience, made.draft.checks, author_id=None)
    with parts.database.write() as connection:
        drafts.finish(connection, parts.now(), draft_id, made.passages, made.draft.citations, made.draft.engine, new)


def _mine(connection: Connection, actor: str, session_id: str) -> tuple[Pair, Session]:
    session = programmes.session_by_id(connection, session_id)
    pair = programmes.pair_by_id(connection, session.pair_id) if session else None
    if session is None or pair is None or not may(pair, actor, Act.DRAFT, DraftKind.AGENDA):
        raise AccessDenied("There is no such session, or preparing it is not yours to do.")
    return pair, session
