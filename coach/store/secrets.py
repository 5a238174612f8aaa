"""The secrets that key audit digests about programmes and pairs; each is erased with what it is about."""

import secrets
from datetime import datetime

from sqlalchemy import Connection, select

from coach.store import audit
from coach.store.tables import secret


def record(connection: Connection, at: datetime, actor: str, act: str, subject: str, said: str = "") -> None:
    """Append an audit row about a programme, a pair or a person, keyed by the subject's own secret."""
    audit.record(connection, at, actor, act, subject, _secret_of(connection, subject), said)


def forget(connection: Connection, subject: str) -> None:
    """Erase the secret of something that is gone: nobody can tell any more what its digests were of."""
    connection.execute(secret.delete().where(secret.c.subject == subject))


def _secret_of(connection: Connection, subject: str) -> bytes:
    known = connection.scalar(select(secret.c.value).where(secret.c.subject == subject))
    if known is None:
        known = secrets.token_bytes(32)
        connection.execute(secret.insert().values(subject=subject, value=known))
    return bytes(known)
