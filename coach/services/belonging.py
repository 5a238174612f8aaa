"""What is somebody's own: a pair, its goals and its sessions are for its two people alone."""

from sqlalchemy import Connection

from coach.domain.access import role_in
from coach.domain.people import Pair, RoleName
from coach.domain.sessions import Goal, Session
from coach.errors import AccessDenied
from coach.store import goals, programmes


def own_pair(connection: Connection, actor: str, pair_id: str) -> tuple[Pair, RoleName]:
    """Return a pair and the actor's role in it; AccessDenied in the same words for a stranger's pair and one that does not exist."""
    return _own(connection, actor, pair_id, "pair")


def own_goal(connection: Connection, actor: str, goal_id: str) -> tuple[Pair, RoleName, Goal]:
    """Return a goal with its pair and the actor's role in it; AccessDenied otherwise."""
    pair, role = _own(connection, actor, goals.pair_of(connection, goal_id), "goal")
    return pair, role, next(goal for goal in programmes.goals_of(connection, pair.id) if goal.id == goal_id)


def own_session(connection: Connection, actor: str, session_id: str) -> tuple[Pair, Session]:
    """Return a session and its pair to the pair's mentor, who plans the sessions; AccessDenied to anybody else."""
    session = programmes.session_by_id(connection, session_id)
    pair, role = _own(connection, actor, session.pair_id if session else None, "session")
    if session is None or role is not RoleName.MENTOR:
        raise _not_yours("session")
    return pair, session


def _own(connection: Connection, actor: str, pair_id: str | None, what: str) -> tuple[Pair, RoleName]:
    pair = programmes.pair_by_id(connection, pair_id) if pair_id else None
    role = role_in(pair, actor) if pair else None
    if pair is None or role is None:
        raise _not_yours(what)
    return pair, role


def _not_yours(what: str) -> AccessDenied:
    return AccessDenied(f"There is no such {what} here, or it is not yours.")
