"""A real programme beside the sample, for tests of what coordinators do."""

from datetime import timedelta

from sqlalchemy import text

from coach.domain.members import PersonDetails
from coach.domain.pairs import PairDates
from coach.domain.people import Person, RoleName
from coach.domain.programmes import ProgrammeSettings
from coach.services.coordinating import set_up
from coach.services.parts import Parts
from coach.services.people import add_person, change_pair, change_person, make_pair, people_and_pairs
from coach.services.signing_in import Visitor

HERE = Visitor(at_this_machine=True)
FOUNDER = PersonDetails(name="Rosa Lindqvist", email="rosa.lindqvist@brackwater.example", role="People partner")


def settings(parts: Parts, **changes: object) -> ProgrammeSettings:
    """Return settings of a programme that starts in a week, with some changed."""
    usual = {
        "name": "Brackwater Listens",
        "route": "Ines Faro, people partner, ines.faro@brackwater.example",
        "objectives": ("Twelve pairs have met by June.",),
        "starts": parts.today() + timedelta(days=7),
        "ends": parts.today() + timedelta(days=280),
    }
    return ProgrammeSettings.model_validate(usual | changes)


def founded(parts: Parts, **changes: object) -> Person:
    """Set up a programme and return its coordinator."""
    return set_up(parts, HERE, settings(parts, **changes), FOUNDER)


def person(name: str, /, *roles: RoleName, **changes: object) -> PersonDetails:
    """Return the details of somebody at the same company."""
    email = f"{name.lower().replace(' ', '.')}@brackwater.example"
    return PersonDetails.model_validate({"name": name, "email": email, "role": "Analyst", "roles": roles} | changes)


def mentor_and_mentee(parts: Parts, coordinator: str, number: int = 0) -> tuple[str, str]:
    """Add a mentor and a mentee, and return their ids."""
    mentor = add_person(parts, coordinator, person(f"Mentor N{number}", RoleName.MENTOR))
    return mentor, add_person(parts, coordinator, person(f"Mentee N{number}", RoleName.MENTEE))


def running(parts: Parts) -> PairDates:
    """Return the dates of a pair that runs today."""
    return PairDates(
        starts=parts.today() - timedelta(days=60), review=parts.today() + timedelta(days=30), ends=parts.today() + timedelta(days=120)
    )


def several_pairs(parts: Parts, coordinator: str, count: int) -> list[str]:
    """Make this many running pairs that share nobody, and return their ids."""
    made = [mentor_and_mentee(parts, coordinator, number) for number in range(count)]
    return [make_pair(parts, coordinator, mentor, mentee, running(parts)) for mentor, mentee in made]


def change(parts: Parts, coordinator: str, person_id: str, details: PersonDetails) -> None:
    """Change a person as a coordinator does who looked at them just now."""
    seen = next((m.details for m in people_and_pairs(parts, coordinator).members if m.person.id == person_id), details)
    change_person(parts, coordinator, person_id, details, seen)


def redate(parts: Parts, coordinator: str, pair_id: str, dates: PairDates) -> None:
    """Change a pair's dates as a coordinator does who looked at them just now."""
    seen = next((p.dates for p in people_and_pairs(parts, coordinator).pairs if p.id == pair_id), dates)
    change_pair(parts, coordinator, pair_id, dates, seen)


def stored(parts: Parts) -> list[object]:
    """Return everything that a coordinator's acts could change."""
    tables = ("programme", "person", "role", "pair", "audit", "document", "passed_on_question")
    with parts.database.read() as connection:
        return [connection.execute(text(f"SELECT * FROM {table} ORDER BY 1, 2")).all() for table in tables]  # noqa: S608 -- names of ours


def acts(parts: Parts, subject: str) -> list[str]:
    """Return what the audit trail says was done to something, in order."""
    with parts.database.read() as connection:
        rows = connection.execute(text("SELECT act FROM audit WHERE subject = :subject ORDER BY number"), {"subject": subject})
        return [row.act for row in rows]
