"""Find out who is here: by choice at this machine, by an identity provider, or by e-mail address at the terminal."""

import string
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection

from coach.domain.members import Member, address
from coach.domain.people import Person, Programme, RoleName
from coach.errors import AccessDenied, InputRefused
from coach.services.parts import Parts
from coach.settings import load_settings
from coach.store import people, programmes, secrets

LOOPBACK = ("localhost", "127.0.0.1", "::1")
SMALL = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
LONGEST_IDENTITY = 300
PASSED_ON = ("forwarded", "x-forwarded-", "x-real-ip", "via")


@dataclass(frozen=True)
class Visitor:
    """Who looks at a page, as far as it can be known before a person is found.

    `at_this_machine`: may choose anybody, because whoever sits here could open the database as well.
    `email`: the address that an identity provider vouches for; None in local mode and before somebody signs in.
    `identity`: who that is for the provider, whatever their address; its name and its own id of the person.
    `until`: when that word ends.
    """

    by_provider: bool = False
    at_this_machine: bool = False
    email: str | None = None
    identity: str | None = None
    until: datetime | None = None
    unverified: bool = False


@dataclass(frozen=True)
class Demonstration:
    """A sample programme and the people of it that anybody may act as."""

    programme: Programme
    mentors: tuple[Person, ...]
    mentees: tuple[Person, ...]
    coordinators: tuple[Person, ...] = ()


@dataclass(frozen=True)
class Choice:
    """Whom a visitor may act as, and whether they may set a programme up."""

    members: tuple[Member, ...]
    sample: Demonstration | None
    real_programme: bool
    can_set_up: bool


def local_visitor(headers: Mapping[str, str], address: str | None) -> Visitor:
    """Return the visitor of a request in local mode; `address` is where it comes from, None for this machine.

    The Host header keeps out pages of other sites that lead a browser here under a name of theirs, and the others a proxy's visitors:
    a proxy may write its own Host, but passes on the Origin that the browser saw.
    """
    passed_on = any(name.lower().startswith(PASSED_ON) for name in headers)
    origins = [_origin_host(value) for name, value in headers.items() if name.lower() == "origin"]
    named = [_host(headers.get("Host", "")), *origins]
    return Visitor(at_this_machine=all(host in LOOPBACK for host in named) and address in (None, *LOOPBACK) and not passed_on)


def provider_visitor(claims: Mapping[str, Any], now: datetime, trusting: bool = False) -> Visitor:
    """Return the visitor that an identity provider vouches for, by the claims of its token.

    An address that the provider does not call verified does not count, nor one that is not written as it is kept, nor a token that names
    nobody, has no end or is past it. `trusting` counts an address as verified where the provider says nothing of that.
    """
    until = _moment(claims.get("exp"))
    email, identity = _vouched_address(claims), _identity(claims)
    if not claims.get("is_logged_in") or until is None or until <= now:
        return Visitor(by_provider=True, until=until)
    if email is None or identity is None or str(claims.get("email_verified", trusting)).lower() not in ("true", "1"):
        return Visitor(by_provider=True, until=until, unverified=True)
    return Visitor(by_provider=True, email=email, identity=identity, until=until)


def signs_in_by_provider() -> bool:
    """Tell whether people sign in with an identity provider rather than by choice."""
    return load_settings().sign_in == "oidc"


def trusts_addresses() -> bool:
    """Tell whether an address counts about which the identity provider does not say whether it verified it."""
    return load_settings().oidc_trust_email


def choice(parts: Parts, visitor: Visitor) -> Choice:
    """Return whom a visitor may act as: nobody where an identity provider decides, and real people only at this machine."""
    with parts.database.read() as connection:
        real = _real_programmes(connection)
        members = tuple(m for p in real for m in _members(connection, p.id)) if visitor.at_this_machine else ()
        sample = None if visitor.by_provider else _demonstration(connection)
        return Choice(members, sample, bool(real), can_set_up(connection, visitor))


def act_as(parts: Parts, visitor: Visitor, person_id: str) -> Person:
    """Return a person that this visitor may act as by choice; AccessDenied for anybody else."""
    with parts.database.read() as connection:
        person = None if visitor.by_provider else programmes.person_by_id(connection, person_id)
        if person is None or not (visitor.at_this_machine or programmes.programme_of(connection, person.programme_id).sample):
            raise AccessDenied("This person cannot be chosen here.")
    return person


def vouched_for(parts: Parts, visitor: Visitor) -> Person | None:
    """Return the real person for whom the identity provider vouches, or None where there is none.

    The first sign-in finds them by their verified address and binds them to who the provider says they are; from then on that alone finds them.
    """
    if visitor.email is None or visitor.identity is None:
        return None
    with parts.database.read() as connection:
        person = people.real_person_by_identity(connection, visitor.identity)
        unbound = None if person else people.unbound_real_person(connection, visitor.email)
    if unbound is None:
        return person
    with parts.database.write() as connection:
        if people.bind(connection, unbound.id, visitor.email, visitor.identity):
            secrets.record(connection, parts.now(), unbound.id, "person.bound", unbound.id)
        return people.real_person_by_identity(connection, visitor.identity)


def can_set_up(connection: Connection, visitor: Visitor) -> bool:
    """Tell whether a visitor may set up the programme: the first one only, by somebody at this machine or vouched for."""
    return (visitor.at_this_machine or visitor.email is not None) and not _real_programmes(connection)


def roles_of(parts: Parts, person_id: str) -> frozenset[RoleName]:
    """Return the roles that somebody holds."""
    with parts.database.read() as connection:
        return people.roles_of(connection, person_id)


def in_sample(parts: Parts, person: Person) -> bool:
    """Tell whether a person is one of the invented ones."""
    with parts.database.read() as connection:
        return programmes.programme_of(connection, person.programme_id).sample


def note_welcomed(parts: Parts, actor: str) -> None:
    """Keep that somebody has read who sees what."""
    with parts.database.write() as connection:
        person = programmes.person_by_id(connection, actor)
        if person is None:
            raise AccessDenied("Nobody is signed in.")
        if person.welcomed is None:
            people.change(connection, person.model_copy(update={"welcomed": parts.today()}))
            secrets.record(connection, parts.now(), actor, "person.welcomed", actor)


def demonstration(parts: Parts) -> Demonstration | None:
    """Return the sample programme, or None where it is not loaded."""
    with parts.database.read() as connection:
        return _demonstration(connection)


def demonstration_person(parts: Parts, person_id: str) -> Person:
    """Return a person of the sample programme; AccessDenied for anybody else."""
    return act_as(parts, Visitor(), person_id)


def person_at_terminal(parts: Parts, email: str) -> Person:
    """Return the person with this e-mail address; InputRefused where none is given or known."""
    if not email:
        raise InputRefused("Say who acts: add --as E-MAIL, or set COACH_AS.")
    with parts.database.read() as connection:
        person = programmes.person_by_email(connection, email)
    if person is None:
        raise InputRefused(f"Nobody here has the e-mail address {email}.")
    return person


def _demonstration(connection: Connection) -> Demonstration | None:
    sample = next((p for p in programmes.programmes(connection) if p.sample), None)
    if sample is None:
        return None
    mentors, mentees, coordinators = (
        programmes.people_with_role(connection, sample.id, name) for name in (RoleName.MENTOR, RoleName.MENTEE, RoleName.COORDINATOR)
    )
    return Demonstration(sample, mentors, mentees, coordinators)


def _real_programmes(connection: Connection) -> tuple[Programme, ...]:
    return tuple(p for p in programmes.programmes(connection) if not p.sample)


def _members(connection: Connection, programme_id: str) -> tuple[Member, ...]:
    roles = people.roles_in(connection, programme_id)
    return tuple(Member(person=p, roles=roles.get(p.id, frozenset())) for p in people.people_of(connection, programme_id))


def _host(header: str) -> str:
    """Return the name or address in a Host header, without its port."""
    if header.startswith("["):
        return header[1:].partition("]")[0]
    return header.partition(":")[0].lower()


def _origin_host(header: str) -> str:
    """Return the name or address in an Origin header, or an empty text where it has none."""
    try:
        return urlsplit(header).hostname or ""
    except ValueError:
        return ""


def _vouched_address(claims: Mapping[str, Any]) -> str | None:
    """Return a claimed address as it is kept, or None where more than ASCII case and spaces around it would have to change."""
    claimed = str(claims.get("email") or "").strip(" ").translate(SMALL)
    return claimed if claimed and claimed == address(claimed) else None


def _identity(claims: Mapping[str, Any]) -> str | None:
    """Return the provider's name and its own id of a person, which together never change and are never given to another."""
    issuer, subject = claims.get("iss"), claims.get("sub")
    identity = f"{issuer} {subject}"
    return identity if issuer and subject and " " not in str(issuer) and len(identity) <= LONGEST_IDENTITY else None


def _moment(seconds: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(seconds), UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None
