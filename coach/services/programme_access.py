"""Which programme somebody may do something for."""

from sqlalchemy import Connection

from coach.domain.access import ProgrammeAct, may_in_programme
from coach.domain.people import Programme
from coach.errors import AccessDenied
from coach.store import people, programmes


def programme_for(connection: Connection, actor: str, act: ProgrammeAct) -> Programme:
    """Return the programme of somebody who may do this for it; AccessDenied to anybody else."""
    person = programmes.person_by_id(connection, actor)
    if person is None or not may_in_programme(people.roles_of(connection, actor), act):
        raise AccessDenied("Only a coordinator of the programme may do this.")
    return programmes.programme_of(connection, person.programme_id)
