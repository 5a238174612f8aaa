"""Keep a pair's agreement: one version at a time, which a change and a signature have to name."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from coach.domain.agreements import words_of
from coach.domain.people import Agreement, RoleName
from coach.store.tables import agreement

SIGNED = {RoleName.MENTOR: agreement.c.mentor_signed, RoleName.MENTEE: agreement.c.mentee_signed}


def start(connection: Connection, pair_id: str, words: Agreement) -> bool:
    """Keep a pair's first version, which nobody has signed; tell whether there was none yet."""
    if connection.scalar(select(agreement.c.pair_id).where(agreement.c.pair_id == pair_id)):
        return False
    connection.execute(agreement.insert().values(pair_id=pair_id, terms=words_of(words), version=1))
    return True


def change(connection: Connection, pair_id: str, seen: int, words: Agreement) -> bool:
    """Replace the version that was seen by the next one, which nobody has signed; tell whether it still was the present one."""
    values = {agreement.c.terms: words_of(words), agreement.c.version: seen + 1} | dict.fromkeys(SIGNED.values())
    return _at(connection, pair_id, seen, values)


def renew(connection: Connection, pair_id: str, on: date) -> int | None:
    """Make the next version with the same words, which nobody has signed, for dates that changed; return its number, or None without an agreement."""
    present = connection.execute(select(agreement.c.terms, agreement.c.version).where(agreement.c.pair_id == pair_id)).one_or_none()
    if present is None:
        return None
    values = {agreement.c.terms: present.terms | {"new_dates": on.isoformat()}, agreement.c.version: present.version + 1}
    _at(connection, pair_id, present.version, values | dict.fromkeys(SIGNED.values()))
    return int(present.version) + 1


def sign(connection: Connection, pair_id: str, seen: int, role: RoleName, on: date) -> bool:
    """Keep somebody's signature under the version that they saw; tell whether it still was the present one."""
    return _at(connection, pair_id, seen, {SIGNED[role]: on})


def _at(connection: Connection, pair_id: str, version: int, values: Mapping[Any, object]) -> bool:
    present = (agreement.c.pair_id == pair_id) & (agreement.c.version == version)
    return connection.execute(agreement.update().where(present).values(values)).rowcount > 0
