"""Keep questions that the guidance did not answer, without a word about who passed them on or when."""

from sqlalchemy import Connection, func, select

from coach.domain.passed_on import PassedOn
from coach.store.clock import new_id
from coach.store.guidance_tables import passed_on_question


def add(connection: Connection, programme_id: str, words: str) -> None:
    """Keep the words of a question; all that wait in its programme are written anew in the order of their random ids.

    Else the places of rows on PostgreSQL's pages, and the transactions that wrote them, would tell in which order and beside which steps they came.
    """
    waiting = (*questions_of(connection, programme_id), PassedOn(id=new_id(), words=words))
    connection.execute(passed_on_question.delete().where(passed_on_question.c.programme_id == programme_id))
    rows = [one.model_dump() | {"programme_id": programme_id} for one in sorted(waiting, key=lambda one: one.id)]
    connection.execute(passed_on_question.insert(), rows)


def questions_of(connection: Connection, programme_id: str) -> tuple[PassedOn, ...]:
    """Return a programme's questions in the order of their random ids, which says nothing."""
    mine = select(passed_on_question).where(passed_on_question.c.programme_id == programme_id).order_by(passed_on_question.c.id)
    return tuple(PassedOn.model_validate(dict(row)) for row in connection.execute(mine).mappings())


def count(connection: Connection, programme_id: str) -> int:
    """Return how many questions wait in a programme."""
    return connection.scalar(select(func.count()).where(passed_on_question.c.programme_id == programme_id)) or 0


def remove(connection: Connection, programme_id: str, question_id: str) -> bool:
    """Delete a question; tell whether it was there."""
    mine = (passed_on_question.c.programme_id == programme_id) & (passed_on_question.c.id == question_id)
    return connection.execute(passed_on_question.delete().where(mine)).rowcount > 0
