"""Find the person who acts: by choice in a demonstration, by e-mail address at the terminal."""

from dataclasses import dataclass

from coach.domain.people import Person, Programme, RoleName
from coach.errors import AccessDenied, InputRefused
from coach.services.parts import Parts
from coach.store import programmes


@dataclass(frozen=True)
class Demonstration:
    """A sample programme and the people of it that anybody may act as."""

    programme: Programme
    mentors: tuple[Person, ...]
    mentees: tuple[Person, ...]


def demonstration(parts: Parts) -> Demonstration | None:
    """Return the sample programme, or None: people of a real programme can never be chosen from a list."""
    with parts.database.read() as connection:
        sample = next((p for p in programmes.programmes(connection) if p.sample), None)
        if sample is None:
            return None
        mentors = programmes.people_with_role(connection, sample.id, RoleName.MENTOR)
        return Demonstration(sample, mentors, programmes.people_with_role(connection, sample.id, RoleName.MENTEE))


def demonstration_person(parts: Parts, person_id: str) -> Person:
    """Return a person of the sample programme; AccessDenied for anybody else."""
    with parts.database.read() as connection:
        person = programmes.person_by_id(connection, person_id)
        if person is None or not programmes.programme_of(connection, person.programme_id).sample:
            raise AccessDenied("Only people of the sample programme can be chosen here.")
    return person


def person_at_terminal(parts: Parts, email: str) -> Person:
    """Return the person with this e-mail address; InputRefused where none is given or known."""
    if not email:
        raise InputRefused("Say who acts: add --as E-MAIL, or set COACH_AS.")
    with parts.database.read() as connection:
        person = programmes.person_by_email(connection, email)
    if person is None:
        raise InputRefused(f"Nobody here has the e-mail address {email}.")
    return person
