"""Set a programme up, and change it."""

from sqlalchemy import Connection

from coach.domain.access import ProgrammeAct
from coach.domain.members import PersonDetails
from coach.domain.people import Person, Programme, RoleName
from coach.domain.programmes import ProgrammeSettings
from coach.domain.review import canonical
from coach.errors import AccessDenied, EditConflict, InputRefused
from coach.services.parts import Parts
from coach.services.programme_access import programme_for
from coach.services.signing_in import Visitor, can_set_up
from coach.store import people, programmes, secrets
from coach.store.clock import new_id


def set_up(parts: Parts, visitor: Visitor, settings: ProgrammeSettings, founder: PersonDetails) -> Person:
    """Create the programme with its first coordinator, and return them; the address that an identity provider verified counts.

    AccessDenied where there is a programme already, or where the visitor may not choose who they are.
    """
    if visitor.email is not None:
        founder = PersonDetails.model_validate(founder.model_dump() | {"email": visitor.email})
    founder = founder.model_copy(update={"roles": frozenset({RoleName.COORDINATOR})})
    if problem := founder.problem() or settings.problem(parts.today()):
        raise InputRefused(f"{problem} Nothing was saved yet; what you typed still stands here.")
    with parts.database.write() as connection:
        if not can_set_up(connection, visitor):
            raise AccessDenied("There is a programme here already, or it cannot be set up from where you are; nothing was saved.")
        if programmes.person_by_email(connection, founder.email):
            raise InputRefused(f"Somebody has the e-mail address {founder.email} here already; nothing was saved.")
        return _create(connection, parts, settings, founder)


def _create(connection: Connection, parts: Parts, settings: ProgrammeSettings, founder: PersonDetails) -> Person:
    programme = Programme(id=new_id(), **settings.model_dump())
    person = Person(id=new_id(), programme_id=programme.id, **founder.model_dump(exclude={"roles"}))
    programmes.add(connection, programme)
    people.add(connection, person, founder.roles)
    secrets.record(connection, parts.now(), person.id, "programme.created", programme.id, _said(settings))
    secrets.record(connection, parts.now(), person.id, "person.added", person.id)
    return person


def my_programme(parts: Parts, actor: str) -> Programme:
    """Return the programme that a coordinator looks after; AccessDenied to anybody else."""
    with parts.database.read() as connection:
        return programme_for(connection, actor, ProgrammeAct.CHANGE_PROGRAMME)


def change_programme(parts: Parts, actor: str, settings: ProgrammeSettings, seen: Programme) -> None:
    """Change what a coordinator's programme is set to, starting from what they saw; what has begun keeps its minimum reporting group.

    EditConflict where somebody else changed it meanwhile.
    """
    with parts.database.write() as connection:
        present = programme_for(connection, actor, ProgrammeAct.CHANGE_PROGRAMME)
        if present != seen:
            raise EditConflict("Somebody else changed the programme meanwhile, so nothing was saved; what you typed still stands here.")
        if problem := settings.problem(parts.today(), present):
            raise InputRefused(f"{problem} Nothing was changed; what you typed still stands here.")
        programmes.change(connection, present.model_copy(update=settings.model_dump()))
        secrets.record(connection, parts.now(), actor, "programme.changed", present.id, _said(settings))


def _said(settings: ProgrammeSettings) -> str:
    return canonical(settings.model_dump(mode="json"))
