"""Write people and their roles."""

from collections.abc import Collection

from sqlalchemy import Connection, Select, func, select

from coach.domain.people import Person, RoleName
from coach.store.tables import person, programme, role


def people_of(connection: Connection, programme_id: str) -> tuple[Person, ...]:
    """Return the people of a programme, by name."""
    rows = connection.execute(select(person).where(person.c.programme_id == programme_id).order_by(func.lower(person.c.name), person.c.id))
    return tuple(Person.model_validate(dict(row)) for row in rows.mappings())


def roles_of(connection: Connection, person_id: str) -> frozenset[RoleName]:
    """Return the roles that somebody holds."""
    return frozenset(RoleName(name) for name in connection.scalars(select(role.c.name).where(role.c.person_id == person_id)))


def roles_in(connection: Connection, programme_id: str) -> dict[str, frozenset[RoleName]]:
    """Return the roles of everybody in a programme, by their id."""
    found: dict[str, set[RoleName]] = {}
    rows = connection.execute(select(role.c.person_id, role.c.name).join(person).where(person.c.programme_id == programme_id))
    for row in rows:
        found.setdefault(row.person_id, set()).add(RoleName(row.name))
    return {person_id: frozenset(names) for person_id, names in found.items()}


def real_person_by_identity(connection: Connection, identity: str) -> Person | None:
    """Return the real person who is bound to this identity, or None."""
    return _only(connection, _real().where(person.c.identity == identity))


def unbound_real_person(connection: Connection, email: str) -> Person | None:
    """Return the real person with this address whom no identity is bound to yet, or None."""
    return _only(connection, _real().where(person.c.email == email, person.c.identity.is_(None)))


def bind(connection: Connection, person_id: str, email: str, identity: str) -> bool:
    """Bind a person who still has this address to an identity; tell whether neither was bound before."""
    free = (person.c.id == person_id) & (person.c.email == email) & person.c.identity.is_(None)
    taken = select(person.c.id).where(person.c.identity == identity)
    if connection.execute(taken).first() is not None:
        return False
    return connection.execute(person.update().where(free).values(identity=identity)).rowcount > 0


def is_bound(connection: Connection, person_id: str) -> bool:
    """Tell whether a person is found by an identity, whatever their address."""
    return connection.scalar(select(person.c.identity).where(person.c.id == person_id)) is not None


def addresses_elsewhere(connection: Connection, programme_id: str) -> frozenset[str]:
    """Return the e-mail addresses of everybody in another programme."""
    return frozenset(connection.scalars(select(person.c.email).where(person.c.programme_id != programme_id)))


def add(connection: Connection, new: Person, roles: Collection[RoleName]) -> None:
    """Add a person with their roles."""
    connection.execute(person.insert().values(**new.model_dump()))
    set_roles(connection, new.id, roles)


def change(connection: Connection, changed: Person) -> None:
    """Write what a person is called and how they are reached."""
    connection.execute(person.update().where(person.c.id == changed.id).values(**changed.model_dump(exclude={"id", "programme_id"})))


def set_roles(connection: Connection, person_id: str, roles: Collection[RoleName]) -> None:
    """Make somebody's roles exactly these."""
    connection.execute(role.delete().where(role.c.person_id == person_id))
    if roles:
        connection.execute(role.insert(), [{"person_id": person_id, "name": name} for name in sorted(roles)])


def _real() -> Select[tuple[object, ...]]:
    return select(person).join(programme).where(programme.c.sample.is_(False))


def _only(connection: Connection, chosen: Select[tuple[object, ...]]) -> Person | None:
    row = connection.execute(chosen).mappings().first()
    return Person.model_validate(dict(row)) if row else None
