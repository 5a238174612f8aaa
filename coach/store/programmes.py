"""Read and write programmes, people and pairs with their goals, sessions and actions."""

from collections.abc import Sequence

from sqlalchemy import Connection, Row, Select, or_, select

from coach.domain.people import Agreement, Pair, Person, Programme, RoleName
from coach.domain.sessions import Action, Goal, Session
from coach.store.tables import action, agreement, goal, pair, person, programme, role, session


def programmes(connection: Connection) -> tuple[Programme, ...]:
    """Return every programme, by name."""
    rows = connection.execute(select(programme).order_by(programme.c.name)).mappings()
    return tuple(Programme.model_validate(dict(row)) for row in rows)


def programme_of(connection: Connection, programme_id: str) -> Programme:
    """Return one programme."""
    return Programme.model_validate(dict(connection.execute(select(programme).where(programme.c.id == programme_id)).mappings().one()))


def add(connection: Connection, new: Programme) -> None:
    """Add a programme."""
    connection.execute(programme.insert().values(**_columns(new)))


def change(connection: Connection, changed: Programme) -> None:
    """Write a programme's settings."""
    connection.execute(programme.update().where(programme.c.id == changed.id).values(**_columns(changed)))


def person_by_id(connection: Connection, person_id: str) -> Person | None:
    """Return the person with this id, or None."""
    row = connection.execute(select(person).where(person.c.id == person_id)).mappings().first()
    return Person.model_validate(dict(row)) if row else None


def person_by_email(connection: Connection, email: str) -> Person | None:
    """Return the person with this e-mail address, in whatever case it is typed, or None."""
    row = connection.execute(select(person).where(person.c.email == email.strip().lower())).mappings().first()
    return Person.model_validate(dict(row)) if row else None


def people_with_role(connection: Connection, programme_id: str, name: RoleName) -> tuple[Person, ...]:
    """Return the people of a programme who hold a role, by name."""
    rows = connection.execute(
        select(person).join(role).where(person.c.programme_id == programme_id, role.c.name == name).order_by(person.c.name)
    ).mappings()
    return tuple(Person.model_validate(dict(row)) for row in rows)


def pairs_of(connection: Connection, person_id: str) -> tuple[Pair, ...]:
    """Return the pairs in which somebody is mentor or mentee, oldest first."""
    mine = select(pair).where(or_(pair.c.mentor_id == person_id, pair.c.mentee_id == person_id)).order_by(pair.c.starts, pair.c.id)
    return _pairs(connection, mine)


def pair_by_id(connection: Connection, pair_id: str) -> Pair | None:
    """Return the pair with this id, or None."""
    return next(iter(_pairs(connection, select(pair).where(pair.c.id == pair_id))), None)


def sessions_of(connection: Connection, pair_id: str) -> tuple[Session, ...]:
    """Return a pair's sessions by number."""
    rows = connection.execute(select(session).where(session.c.pair_id == pair_id).order_by(session.c.number)).mappings()
    return tuple(Session.model_validate(dict(row)) for row in rows)


def session_by_id(connection: Connection, session_id: str) -> Session | None:
    """Return the session with this id, or None."""
    row = connection.execute(select(session).where(session.c.id == session_id)).mappings().first()
    return Session.model_validate(dict(row)) if row else None


def goals_of(connection: Connection, pair_id: str) -> tuple[Goal, ...]:
    """Return a pair's goals in the order agreed."""
    rows = connection.execute(select(goal).where(goal.c.pair_id == pair_id).order_by(goal.c.place)).mappings()
    return tuple(Goal.model_validate(dict(row)) for row in rows)


def actions_of(connection: Connection, pair_id: str) -> tuple[Action, ...]:
    """Return a pair's actions in the order agreed."""
    rows = connection.execute(select(action).where(action.c.pair_id == pair_id).order_by(action.c.place)).mappings()
    return tuple(Action.model_validate(dict(row)) for row in rows)


def set_focus(connection: Connection, session_id: str, focus: str) -> None:
    """Keep what the mentor wants from a session."""
    connection.execute(session.update().where(session.c.id == session_id).values(focus=focus))


def _pairs(connection: Connection, chosen: Select[tuple[object, ...]]) -> tuple[Pair, ...]:
    rows = connection.execute(chosen).all()
    ids = {i for row in rows for i in (row.mentor_id, row.mentee_id)}
    people = {r["id"]: Person.model_validate(dict(r)) for r in connection.execute(select(person).where(person.c.id.in_(ids))).mappings()}
    terms = {r.pair_id: r for r in connection.execute(select(agreement).where(agreement.c.pair_id.in_([row.id for row in rows])))}
    return tuple(_pair(row, people, terms.get(row.id)) for row in rows)


def _pair(row: "Row[tuple[object, ...]]", people: dict[str, Person], terms: "Row[tuple[object, ...]] | None") -> Pair:
    signed = (
        None
        if terms is None
        else Agreement(**terms.terms, version=terms.version, mentor_signed=terms.mentor_signed, mentee_signed=terms.mentee_signed)
    )
    return Pair(
        id=row.id,
        programme_id=row.programme_id,
        mentor=people[row.mentor_id],
        mentee=people[row.mentee_id],
        starts=row.starts,
        review=row.review,
        ends=row.ends,
        ended=row.ended,
        agreement=signed,
    )


def _columns(of: Programme) -> dict[str, object]:
    return of.model_dump() | {"objectives": list(of.objectives)}


def insert(connection: Connection, table_name: str, rows: Sequence[dict[str, object]]) -> None:
    """Insert rows into the table of this name."""
    if rows:
        connection.execute(programme.metadata.tables[table_name].insert(), list(rows))
