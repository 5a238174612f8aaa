"""Keep a pair's goals; a step that rests on a wording is done only while the goal still has it."""

from datetime import date

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from coach.domain.goals import GoalWording, in_due_order, is_another
from coach.domain.people import RoleName
from coach.domain.sessions import Goal
from coach.store.clock import new_id
from coach.store.programmes import goals_of
from coach.store.progress import forget
from coach.store.tables import goal

YES = {RoleName.MENTOR: goal.c.mentor_agreed, RoleName.MENTEE: goal.c.mentee_agreed}


def pair_of(connection: Connection, goal_id: str) -> str | None:
    """Return the id of the pair that has this goal, or None."""
    return connection.scalar(select(goal.c.pair_id).where(goal.c.id == goal_id))


def add(connection: Connection, pair_id: str, wording: GoalWording, yes_of: RoleName, on: date) -> str:
    """Add a goal with the yes of whoever proposes it, and return its id."""
    goal_id = new_id()
    connection.execute(goal.insert().values(id=goal_id, pair_id=pair_id, place=0, **wording.model_dump(), **_yes(yes_of, on)))
    put_in_due_order(connection, pair_id)
    return goal_id


def change(connection: Connection, pair_id: str, seen: Goal, wording: GoalWording, yes_of: RoleName, on: date) -> bool:
    """Word a goal anew with the yes of whoever changes it and nobody else's; tell whether it still was as seen.

    A goal that becomes another one has no progress yet.
    """
    values = wording.model_dump() | _yes(yes_of, on)
    another = is_another(seen, wording)
    if another:
        values |= {"status": None, "last_discussed": None}
    done = connection.execute(goal.update().where(_as_seen(seen)).values(**values)).rowcount > 0
    if done and another:
        forget(connection, seen.id)
    put_in_due_order(connection, pair_id)
    return done


def say_yes(connection: Connection, seen: Goal, role: RoleName, on: date) -> bool:
    """Keep somebody's yes to a goal; tell whether it still was as seen."""
    return connection.execute(goal.update().where(_as_seen(seen)).values({YES[role]: on})).rowcount > 0


def take_back_yes(connection: Connection, goal_id: str, role: RoleName) -> None:
    """Forget somebody's yes to a goal."""
    connection.execute(goal.update().where(goal.c.id == goal_id).values({YES[role]: None}))


def remove(connection: Connection, seen: Goal) -> bool:
    """Remove a goal that not both have said yes to; tell whether it still was as seen and not agreed."""
    proposed = or_(*(column.is_(None) for column in YES.values()))
    if connection.scalar(select(goal.c.id).where(_as_seen(seen), proposed)) is None:
        return False
    forget(connection, seen.id)
    return connection.execute(goal.delete().where(_as_seen(seen), proposed)).rowcount > 0


def put_in_due_order(connection: Connection, pair_id: str) -> None:
    """Place a pair's goals by due date, those without one last."""
    for place, each in enumerate(in_due_order(goals_of(connection, pair_id))):
        connection.execute(goal.update().where(goal.c.id == each.id).values(place=place))


def _yes(role: RoleName, on: date) -> dict[str, date | None]:
    return {column.key: on if name is role else None for name, column in YES.items()}


def _as_seen(seen: Goal) -> ColumnElement[bool]:
    """Match the goal only while it has exactly the wording that somebody looked at."""
    words = (goal.c.title == seen.title, goal.c.measure == seen.measure, goal.c.target == seen.target)
    return and_(goal.c.id == seen.id, *words, goal.c.due.is_(None) if seen.due is None else goal.c.due == seen.due)
