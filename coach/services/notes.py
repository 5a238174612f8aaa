"""Notes about a session: each of the pair's two people reads and writes their own, and learns nothing of the other's."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from coach.domain.brief import LONG_TEXT
from coach.domain.drafts import DraftKind, DraftState
from coach.domain.notes import Notes, NotesFile, likely, too_long
from coach.domain.people import Pair
from coach.domain.review import StoredDraft
from coach.domain.sessions import Session
from coach.domain.text import printable
from coach.errors import InputRefused
from coach.reading.notes_file import read_notes_file
from coach.services.belonging import refuse_over
from coach.services.making import session_to_draft
from coach.services.parts import Parts
from coach.services.staleness import with_staleness
from coach.store import drafts, notes, programmes


@dataclass(frozen=True)
class SessionChoice:
    """A session that somebody can write about, and with whom it is."""

    session: Session
    other: str
    written: bool


@dataclass(frozen=True)
class NotesPage:
    """Somebody's own notes about one session, the sessions to choose from, and the summaries drafted from these notes.

    `over_since` is the pair's last day once it is over: the notes are only read then.
    """

    pair: Pair
    session: Session
    other: str
    choices: tuple[SessionChoice, ...]
    notes: Notes
    drafts: tuple[StoredDraft, ...]
    over_since: date | None


def notes_page(parts: Parts, actor: str, session_id: str | None = None) -> NotesPage | None:
    """Return somebody's notes about a session, or about the one they most likely mean; None where their pairs have no session.

    AccessDenied for a session of another pair and for one that does not exist.
    """
    today = parts.today()
    with parts.database.read() as connection:
        pairs = programmes.pairs_of(connection, actor)
        written = notes.sessions_with_notes(connection, actor)
        choices = [choice for pair in pairs for choice in _choices(connection, actor, pair, written)]
        if session_id is None:
            open_pairs = {pair.id for pair in pairs if pair.over_since(today) is None}
            sessions = [choice.session for choice in choices]
            meant = likely([s for s in sessions if s.pair_id in open_pairs], today) or likely(sessions, today)
            if meant is None:
                return None
            session_id = meant.id
        pair, session = session_to_draft(connection, actor, session_id, DraftKind.SUMMARY)
        ids = drafts.ids_of_session(connection, session_id, DraftKind.SUMMARY)
        stored = [d for d in (drafts.load(connection, i) for i in ids) if d.author_id == actor and d.state is not DraftState.DISCARDED]
        return NotesPage(
            pair=pair,
            session=session.without_focus(),
            other=_other(pair, actor),
            choices=tuple(sorted(choices, key=lambda c: (c.session.on, c.session.number, c.other), reverse=True)),
            notes=notes.find(connection, session_id, actor),
            drafts=tuple(with_staleness(connection, draft) for draft in stored),
            over_since=pair.over_since(today),
        )


def save_note(parts: Parts, actor: str, session_id: str, text: str, base: int) -> Notes:
    """Keep somebody's notes in the place of version `base`; EditConflict where another window saved after it, and nothing is overwritten."""
    text = printable(text.replace("\r\n", "\n").replace("\r", "\n"))
    with parts.database.write() as connection:
        _open(parts, connection, actor, session_id)
        if len(text) > LONG_TEXT:
            raise InputRefused(too_long("Your text", len(text)))
        return notes.save(connection, parts.now(), session_id, actor, text, base)


def remove_note(parts: Parts, actor: str, session_id: str) -> None:
    """Delete somebody's own notes about a session; drafts made from them stay until they are discarded."""
    with parts.database.write() as connection:
        _open(parts, connection, actor, session_id)
        notes.remove(connection, parts.now(), session_id, actor)


def look_into_file(parts: Parts, actor: str, session_id: str, data: bytes, name: str) -> NotesFile:
    """Return what a file would bring into somebody's notes; nothing is kept."""
    with parts.database.read() as connection:
        _open(parts, connection, actor, session_id)
    return read_notes_file(data, name)


def _open(parts: Parts, connection: Connection, actor: str, session_id: str) -> None:
    pair, _ = session_to_draft(connection, actor, session_id, DraftKind.SUMMARY)
    refuse_over(pair, parts.today())


def _choices(connection: Connection, actor: str, pair: Pair, written: frozenset[str]) -> list[SessionChoice]:
    known = programmes.sessions_of(connection, pair.id)
    return [SessionChoice(session.without_focus(), _other(pair, actor), session.id in written) for session in known]


def _other(pair: Pair, actor: str) -> str:
    return pair.mentee.name if pair.mentor.id == actor else pair.mentor.name
