"""Look after people and pairs: add, change, match, end without fault."""

from dataclasses import dataclass

from sqlalchemy import Connection

from coach.domain.access import ProgrammeAct
from coach.domain.days import in_words
from coach.domain.members import Member, PersonDetails, not_invented
from coach.domain.pairs import PairDates, PairSeen, Standing
from coach.domain.people import Person, Programme, RoleName
from coach.domain.review import canonical
from coach.errors import AccessDenied, EditConflict, InputRefused
from coach.services.parts import Parts
from coach.services.programme_access import programme_for
from coach.store import agreements, pairs, people, programmes, secrets
from coach.store.clock import new_id


@dataclass(frozen=True)
class PeopleAndPairs:
    """Everybody in a programme and every pair, as a coordinator sees them."""

    programme: Programme
    members: tuple[Member, ...]
    pairs: tuple[PairSeen, ...]


def people_and_pairs(parts: Parts, actor: str) -> PeopleAndPairs:
    """Return the people and pairs of a coordinator's programme."""
    with parts.database.read() as connection:
        return seen_by(connection, programme_for(connection, actor, ProgrammeAct.LOOK_AFTER_PEOPLE))


def add_person(parts: Parts, actor: str, details: PersonDetails) -> str:
    """Add a person to a coordinator's programme, and return their id."""
    _refuse(details.problem())
    with parts.database.write() as connection:
        programme = programme_for(connection, actor, ProgrammeAct.LOOK_AFTER_PEOPLE)
        _refuse_taken(connection, programme, details.email)
        return added(connection, parts, actor, programme, details)


def change_person(parts: Parts, actor: str, person_id: str, details: PersonDetails, seen: PersonDetails) -> None:
    """Change what a person is called, how they are reached and what they do here, starting from what the coordinator saw.

    EditConflict where somebody else changed it meanwhile.
    """
    _refuse(details.problem())
    with parts.database.write() as connection:
        programme = programme_for(connection, actor, ProgrammeAct.LOOK_AFTER_PEOPLE)
        person = _person(connection, programme, person_id)
        _refuse_stale(Member(person=person, roles=people.roles_of(connection, person_id)).details != seen, person.name)
        if details.email != person.email:
            _refuse_taken(connection, programme, details.email)
            _refuse(_keeps_address(connection, person))
        _refuse(_still_needed(parts, connection, programme, person, details.roles))
        people.change(connection, person.model_copy(update=details.model_dump(exclude={"roles"})))
        people.set_roles(connection, person_id, details.roles)
        secrets.record(connection, parts.now(), actor, "person.changed", person_id, _said(details))


def make_pair(parts: Parts, actor: str, mentor_id: str, mentee_id: str, dates: PairDates) -> str:
    """Make a pair of a mentor and a mentee of a coordinator's programme, and return its id."""
    _refuse(dates.problem())
    with parts.database.write() as connection:
        programme = programme_for(connection, actor, ProgrammeAct.LOOK_AFTER_PEOPLE)
        mentor, mentee = (_person(connection, programme, i) for i in (mentor_id, mentee_id))
        _refuse(_cannot_pair(parts, connection, programme, mentor, mentee))
        return paired(connection, parts, actor, programme, mentor.id, mentee.id, dates)


def change_pair(parts: Parts, actor: str, pair_id: str, dates: PairDates, seen: PairDates) -> None:
    """Change a pair's dates, starting from those that the coordinator saw; EditConflict where somebody else changed them meanwhile.

    The dates are part of what the two sign: an agreement becomes a new version, which nobody has signed.
    """
    _refuse(dates.problem())
    with parts.database.write() as connection:
        found = _pair(connection, programme_for(connection, actor, ProgrammeAct.LOOK_AFTER_PEOPLE), pair_id)
        if found.ended is not None:
            _refuse(f"This pair ended on {in_words(found.ended)}, so its dates stay; to meet again, the two become a new pair.")
        _refuse_stale(found.dates != seen, "this pair")
        if dates == found.dates:
            return
        pairs.set_dates(connection, found.id, dates)
        said = dates.model_dump(mode="json")
        secrets.record(connection, parts.now(), actor, "pair.changed", pair_id, canonical(said))
        version = agreements.renew(connection, found.id, parts.today())
        if version is not None:
            secrets.record(connection, parts.now(), actor, "agreement.dates_changed", pair_id, canonical({"version": version, **said}))


def end_pair(parts: Parts, actor: str, pair_id: str) -> None:
    """End a pair at once, without fault and without a reason; what the two wrote stays theirs, and what they signed stays as it was."""
    with parts.database.write() as connection:
        found = _pair(connection, programme_for(connection, actor, ProgrammeAct.LOOK_AFTER_PEOPLE), pair_id)
        today = parts.today()
        if found.standing(today) is Standing.OVER:
            raise InputRefused("This pair has ended already; nothing was changed.")
        pairs.end(connection, pair_id, today)
        secrets.record(connection, parts.now(), actor, "pair.ended", pair_id, today.isoformat())


def seen_by(connection: Connection, programme: Programme) -> PeopleAndPairs:
    """Return everybody and every pair of a programme."""
    roles = people.roles_in(connection, programme.id)
    members = tuple(Member(person=p, roles=roles.get(p.id, frozenset())) for p in people.people_of(connection, programme.id))
    return PeopleAndPairs(programme, members, pairs.pairs_in(connection, programme.id))


def added(connection: Connection, parts: Parts, by: str, programme: Programme, details: PersonDetails) -> str:
    """Write a new person and account for it; the caller has checked access and the address."""
    person = Person(id=new_id(), programme_id=programme.id, **details.model_dump(exclude={"roles"}))
    people.add(connection, person, details.roles)
    secrets.record(connection, parts.now(), by, "person.added", person.id, _said(details))
    return person.id


def paired(connection: Connection, parts: Parts, by: str, programme: Programme, mentor_id: str, mentee_id: str, dates: PairDates) -> str:
    """Write a new pair and account for it; the caller has checked access and both people."""
    pair_id = new_id()
    pairs.add(connection, pair_id, programme.id, mentor_id, mentee_id, dates)
    secrets.record(connection, parts.now(), by, "pair.made", pair_id, canonical(dates.model_dump(mode="json")))
    return pair_id


def _refuse(problem: str | None) -> None:
    if problem:
        raise InputRefused(f"{problem} Nothing was saved; what you typed still stands here.")


def _refuse_stale(stale: bool, whom: str) -> None:
    if stale:
        raise EditConflict(
            f"Somebody else changed {whom} meanwhile, so nothing was saved; what you typed still stands here. Cancel to see the change."
        )


def _refuse_taken(connection: Connection, programme: Programme, email: str) -> None:
    """Refuse an address that somebody has; in the sample without a word about real people."""
    _refuse(not_invented(programme, email))
    holder = programmes.person_by_email(connection, email)
    if holder is not None and programme.sample and holder.programme_id != programme.id:
        _refuse(f"The e-mail address {email} cannot be used in this demonstration; choose another.")
    if holder is not None:
        _refuse(f"The e-mail address {email} belongs to somebody already.")


def _keeps_address(connection: Connection, person: Person) -> str | None:
    """Return why somebody cannot get a new address, which would let its holder act as them, or None."""
    if people.is_bound(connection, person.id):
        return None  # the identity provider knows them, whatever their address
    if person.welcomed is not None:
        return f"{person.name} has signed in already, so the e-mail address stays: a new one would let its holder read what they wrote."
    if pairs.anything_written(connection, person.id):
        return (
            f"{person.name} is in a pair that has written something, so the e-mail address stays: a new one would let its holder read that."
        )
    return None


def _still_needed(parts: Parts, connection: Connection, programme: Programme, person: Person, kept: frozenset[RoleName]) -> str | None:
    """Return why a role cannot be taken from somebody, or None."""
    if RoleName.COORDINATOR not in kept:
        others = {p.id for p in programmes.people_with_role(connection, programme.id, RoleName.COORDINATOR)} - {person.id}
        if not others:
            return f"{person.name} is the only coordinator; make somebody else a coordinator first."
    for pair in pairs.pairs_in(connection, programme.id):
        if pair.standing(parts.today()) is Standing.OVER:
            continue
        for role, holder, other in ((RoleName.MENTOR, pair.mentor, pair.mentee), (RoleName.MENTEE, pair.mentee, pair.mentor)):
            if holder.id == person.id and role not in kept:
                return f"{person.name} is the {role} of {other.name}; end that pair first."
    return None


def _cannot_pair(parts: Parts, connection: Connection, programme: Programme, mentor: Person, mentee: Person) -> str | None:
    """Return why two people cannot become a pair, or None."""
    if mentor.id == mentee.id:
        return "A pair is two people; choose somebody else as mentor or mentee."
    for person, role in ((mentor, RoleName.MENTOR), (mentee, RoleName.MENTEE)):
        if role not in people.roles_of(connection, person.id):
            return f"{person.name} is no {role} yet; add that role first."
    for pair in pairs.pairs_in(connection, programme.id):
        if pair.people == {mentor.id, mentee.id} and pair.standing(parts.today()) is not Standing.OVER:
            return f"{mentor.name} and {mentee.name} are a pair already."
    return None


def _person(connection: Connection, programme: Programme, person_id: str) -> Person:
    person = programmes.person_by_id(connection, person_id)
    if person is None or person.programme_id != programme.id:
        raise AccessDenied("There is no such person in your programme.")
    return person


def _pair(connection: Connection, programme: Programme, pair_id: str) -> PairSeen:
    for pair in pairs.pairs_in(connection, programme.id):
        if pair.id == pair_id:
            return pair
    raise AccessDenied("There is no such pair in your programme.")


def _said(details: PersonDetails) -> str:
    return canonical(details.model_dump(mode="json") | {"roles": sorted(details.roles)})
