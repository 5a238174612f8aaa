"""Keep calls for help, without a word about who wrote them."""

from datetime import date

from sqlalchemy import Connection, select

from coach.domain.help import HelpRequest, HelpWords
from coach.store.clock import new_id
from coach.store.tables import help_request


def add(connection: Connection, programme_id: str, words: HelpWords, on: date) -> None:
    """Keep what somebody wrote."""
    row = {"id": new_id(), "programme_id": programme_id, "text": words.text, "reach": words.reach, "sent_on": on}
    connection.execute(help_request.insert().values(**row))


def requests_of(connection: Connection, programme_id: str) -> tuple[HelpRequest, ...]:
    """Return a programme's calls for help: open ones first, the newest of each first."""
    order = (help_request.c.closed_on.is_not(None), help_request.c.sent_on.desc(), help_request.c.id)
    rows = connection.execute(select(help_request).where(help_request.c.programme_id == programme_id).order_by(*order)).mappings()
    return tuple(HelpRequest.model_validate(dict(row)) for row in rows)


def close(connection: Connection, programme_id: str, request_id: str, on: date) -> bool:
    """Keep that a call was dealt with; tell whether it was still open."""
    mine = (help_request.c.programme_id == programme_id) & (help_request.c.id == request_id)
    return connection.execute(help_request.update().where(mine, help_request.c.closed_on.is_(None)).values(closed_on=on)).rowcount > 0
