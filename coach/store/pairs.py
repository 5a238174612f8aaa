"""Write pairs, and read what a coordinator may know of them: dates, signatures, meetings; no texts."""

from datetime import date

from sqlalchemy import Connection, Select, or_, select

from coach.domain.pairs import PairDates, PairSeen
from coach.domain.people import Person
from coach.store.tables import agreement, goal, pair, person, session

BOTH_SIGNED = agreement.c.mentor_signed.is_not(None) & agreement.c.mentee_signed.is_not(None)


def pairs_in(connection: Connection, programme_id: str) -> tuple[PairSeen, ...]:
    """Return the pairs of a programme, oldest first."""
    people = {p.id: p for p in _people(connection, programme_id)}
    columns = (pair.c.id, pair.c.mentor_id, pair.c.mentee_id, pair.c.starts, pair.c.review, pair.c.ends, pair.c.ended)
    signed = select(agreement.c.pair_id).where(BOTH_SIGNED)
    chosen = select(*columns, pair.c.id.in_(signed).label("signed")).where(pair.c.programme_id == programme_id)
    return tuple(
        PairSeen(
            id=row.id,
            mentor=people[row.mentor_id],
            mentee=people[row.mentee_id],
            starts=row.starts,
            review=row.review,
            ends=row.ends,
            ended=row.ended,
            signed=bool(row.signed),
        )
        for row in connection.execute(chosen.order_by(pair.c.starts, pair.c.id))
    )


def add(connection: Connection, pair_id: str, programme_id: str, mentor_id: str, mentee_id: str, dates: PairDates) -> None:
    """Add a pair."""
    named = {"id": pair_id, "programme_id": programme_id, "mentor_id": mentor_id, "mentee_id": mentee_id}
    connection.execute(pair.insert().values(**named, **dates.model_dump()))


def set_dates(connection: Connection, pair_id: str, dates: PairDates) -> None:
    """Write a pair's dates."""
    connection.execute(pair.update().where(pair.c.id == pair_id).values(**dates.model_dump()))


def end(connection: Connection, pair_id: str, on: date) -> None:
    """Keep that a pair was ended; the dates that the two agreed on stay."""
    connection.execute(pair.update().where(pair.c.id == pair_id).values(ended=on))


def met_since(connection: Connection, programme_id: str, day: date) -> frozenset[str]:
    """Return the ids of the pairs that held a session on this day or later."""
    return _ids(connection, _with_session(programme_id).where(session.c.held, session.c.on >= day))


def with_a_session_ahead(connection: Connection, programme_id: str, day: date) -> frozenset[str]:
    """Return the ids of the pairs that plan a session on this day or later."""
    return _ids(connection, _with_session(programme_id).where(session.c.held.is_(False), session.c.on >= day))


def anything_written(connection: Connection, person_id: str) -> bool:
    """Tell whether a pair of this person has an agreement, a goal or a session."""
    theirs = select(pair.c.id).where(or_(pair.c.mentor_id == person_id, pair.c.mentee_id == person_id))
    return any(connection.execute(select(t.c.pair_id).where(t.c.pair_id.in_(theirs)).limit(1)).first() for t in (agreement, goal, session))


def _with_session(programme_id: str) -> Select[tuple[str]]:
    return select(session.c.pair_id).join(pair, pair.c.id == session.c.pair_id).where(pair.c.programme_id == programme_id)


def _ids(connection: Connection, chosen: Select[tuple[str]]) -> frozenset[str]:
    return frozenset(connection.scalars(chosen.distinct()))


def _people(connection: Connection, programme_id: str) -> tuple[Person, ...]:
    rows = connection.execute(select(person).where(person.c.programme_id == programme_id)).mappings()
    return tuple(Person.model_validate(dict(row)) for row in rows)
