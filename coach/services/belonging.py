"""What is somebody's own: a pair, its goals and its sessions are for its two people alone, and only read once the pair is over."""

from datetime import date

from sqlalchemy import Connection

from coach.domain.access import role_in
from coach.domain.days import in_words
from coach.domain.people import Pair, RoleName
from coach.domain.sessions import Goal, Session
from coach.errors import AccessDenied, InputRefused
from coach.store import goals, programmes


def own_pair(connection: Connection, actor: str, pair_id: str) -> tuple[Pair, RoleName]:
    """Return a pair and the actor's role in it; AccessDenied in the same words for a stranger's pair and one that does not exist."""
    return _own(connection, actor, pair_id, "pair")


def open_pair(connection: Connection, actor: str, pair_id: str, today: date) -> tuple[Pair, RoleName]:
    """Return one's own pair for a change in it; InputRefused where it is over."""
    return _open(_own(connection, actor, pair_id, "pair"), today)


def open_goal(connection: Connection, actor: str, goal_id: str, today: date) -> tuple[Pair, RoleName, Goal]:
    """Return a goal of one's own pair for a change of it, with the actor's role; InputRefused where the pair is over."""
    pair, role = _open(_own(connection, actor, goals.pair_of(connection, goal_id), "goal"), today)
    return pair, role, next(goal for goal in programmes.goals_of(connection, pair.id) if goal.id == goal_id)


def open_session(connection: Connection, actor: str, session_id: str, today: date) -> tuple[Pair, Session]:
    """Return a session for a change of it to its pair's mentor, who plans them; InputRefused where the pair is over."""
    session = programmes.session_by_id(connection, session_id)
    pair, role = _own(connection, actor, session.pair_id if session else None, "session")
    if session is None or role is not RoleName.MENTOR:
        raise _not_yours("session")
    _open((pair, role), today)
    return pair, session


def _open(own: tuple[Pair, RoleName], today: date) -> tuple[Pair, RoleName]:
    refuse_over(own[0], today)
    return own


def refuse_over(pair: Pair, today: date) -> None:
    """Raise InputRefused where a pair is over: whoever has left is bound to nothing new."""
    day = pair.over_since(today)
    if day is not None:
        raise InputRefused(f"Your pair ended on {in_words(day, today)}: all of it can still be read, and nothing in it changes any more.")


def _own(connection: Connection, actor: str, pair_id: str | None, what: str) -> tuple[Pair, RoleName]:
    pair = programmes.pair_by_id(connection, pair_id) if pair_id else None
    role = role_in(pair, actor) if pair else None
    if pair is None or role is None:
        raise _not_yours(what)
    return pair, role


def _not_yours(what: str) -> AccessDenied:
    return AccessDenied(f"There is no such {what} here, or it is not yours.")
