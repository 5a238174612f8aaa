"""Plan a pair's sessions: the mentor sets, moves and calls off dates; both see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from coach.domain.days import in_words
from coach.domain.people import Pair, RoleName
from coach.domain.planning import Slot, held, hints, planned, slot_of, suggested
from coach.domain.review import canonical
from coach.domain.sessions import Session
from coach.errors import AccessDenied, InputRefused
from coach.services.belonging import open_pair, open_session, own_pair
from coach.services.parts import Parts
from coach.store import programmes, secrets, sessions

UNCHANGED = "Nothing was changed."


@dataclass(frozen=True)
class SessionsPage:
    """A pair's sessions as one of its two people sees them.

    `suggested`: what a new session is offered; `hints`: for the mentor; `kept`: sessions that can be moved but not called off.
    """

    pair: Pair
    role: RoleName
    planned: tuple[Session, ...]
    held: tuple[Session, ...]
    suggested: Slot
    hints: tuple[str, ...] = ()
    kept: frozenset[str] = frozenset()


def sessions_of_pair(parts: Parts, actor: str, pair_id: str) -> SessionsPage:
    """Return a pair's sessions to one of its two people; what only the mentor plans with is left out for the mentee."""
    with parts.database.read() as connection:
        pair, role = own_pair(connection, actor, pair_id)
        known = programmes.sessions_of(connection, pair.id)
        kept = sessions.written_for(connection, pair.id, seen_by=actor)
    day = parts.today()
    offered = suggested(known, day)
    if role is not RoleName.MENTOR:
        known = tuple(session.without_focus() for session in known)
        return SessionsPage(pair, role, planned(known), held(known), offered)
    told = () if pair.over_since(day) else hints(known, pair.starts, pair.ends, day)
    return SessionsPage(pair, role, planned(known), held(known), offered, told, kept)


def plan_session(parts: Parts, actor: str, pair_id: str, slot: Slot) -> str:
    """Plan a session and return its id; only the mentor plans."""
    with parts.database.write() as connection:
        pair, role = open_pair(connection, actor, pair_id, parts.today())
        if role is not RoleName.MENTOR:
            raise AccessDenied(f"Your mentor plans the sessions; tell them which day suits you. {UNCHANGED}")
        known = programmes.sessions_of(connection, pair.id)
        _refuse(slot.problem(pair.starts) or _same_time(slot, known))
        session_id = sessions.plan(connection, pair.id, slot)
        _record(connection, parts, actor, "session.planned", pair, session_id, slot)
        return session_id


def move_session(parts: Parts, actor: str, session_id: str, slot: Slot) -> None:
    """Put a planned session at another time, or change its length; its number and its agenda stay."""
    with parts.database.write() as connection:
        pair, session = _planned(connection, actor, session_id, parts.today())
        others = [s for s in programmes.sessions_of(connection, pair.id) if s.id != session_id]
        _refuse(slot.problem(pair.starts) or _same_time(slot, others))
        if slot != slot_of(session):
            sessions.move(connection, session_id, slot)
            _record(connection, parts, actor, "session.moved", pair, session_id, slot)


def call_off_session(parts: Parts, actor: str, session_id: str) -> None:
    """Remove a planned session that nothing was written for; InputRefused where there is a focus, a draft or a note, which stay with it."""
    with parts.database.write() as connection:
        pair, session = _planned(connection, actor, session_id, parts.today())
        if session_id in sessions.written_for(connection, pair.id):
            raise InputRefused(
                f"Something was written for session {session.number} already, so it cannot be called off; move it instead. {UNCHANGED}"
            )
        sessions.call_off(connection, session_id)
        _record(connection, parts, actor, "session.called_off", pair, session_id, slot_of(session))


def mark_held(parts: Parts, actor: str, session_id: str) -> None:
    """Keep that a planned session took place, on its day or later."""
    with parts.database.write() as connection:
        pair, session = _planned(connection, actor, session_id, parts.today())
        if session.on > parts.today():
            raise InputRefused(
                f"Session {session.number} is planned for {in_words(session.on)}; say that it took place once it has. {UNCHANGED}"
            )
        sessions.hold(connection, session_id)
        _record(connection, parts, actor, "session.held", pair, session_id, slot_of(session))


def _planned(connection: Connection, actor: str, session_id: str, today: date) -> tuple[Pair, Session]:
    pair, session = open_session(connection, actor, session_id, today)
    if session.held:
        raise InputRefused(f"Session {session.number} took place, so it stays as it was. {UNCHANGED}")
    return pair, session


def _same_time(slot: Slot, known: Iterable[Session]) -> str | None:
    """Return why a session cannot be planned twice, which also makes a double click one session."""
    twin = next((s for s in known if not s.held and (s.on, s.starts_at) == (slot.on, slot.starts_at)), None)
    return f"Session {twin.number} is planned for that day and time already." if twin else None


def _refuse(problem: str | None) -> None:
    if problem:
        raise InputRefused(f"{problem} {UNCHANGED}")


def _record(connection: Connection, parts: Parts, actor: str, act: str, pair: Pair, session_id: str, slot: Slot) -> None:
    said = canonical({"session": session_id, **slot.model_dump(mode="json")})
    secrets.record(connection, parts.now(), actor, act, pair.id, said)
