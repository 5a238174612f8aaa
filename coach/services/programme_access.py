"""Which programme somebody may do something for."""

from typing import Final

from sqlalchemy import Connection

from coach.domain.access import ProgrammeAct, may_in_programme
from coach.domain.people import Programme
from coach.errors import AccessDenied
from coach.store import people, programmes


class Installation:
    """Whoever runs the coach at its terminal: they hold its data folder, and act for every programme in it."""


# No string is this, so nobody who signs in or is named can pass for it.
INSTALLATION: Final = Installation()
Acting = str | Installation


def programme_for(connection: Connection, actor: str, act: ProgrammeAct) -> Programme:
    """Return the programme of somebody who may do this for it; AccessDenied to anybody else."""
    person = programmes.person_by_id(connection, actor)
    if person is None or not may_in_programme(people.roles_of(connection, actor), act):
        raise AccessDenied("Only a coordinator of the programme may do this.")
    return programmes.programme_of(connection, person.programme_id)


def guidance_for(connection: Connection, actor: Acting) -> str | None:
    """Return the id of the programme whose guidance somebody may change, None for that of every programme; AccessDenied to anybody else."""
    if isinstance(actor, Installation):
        return None
    return programme_for(connection, actor, ProgrammeAct.CHANGE_GUIDANCE).id


def as_recorded(who: Acting) -> str:
    """Return who acted, as the audit trail names them."""
    return "installation" if isinstance(who, Installation) else who
