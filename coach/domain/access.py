"""Who may do what: everything that is not allowed here is denied."""

from enum import StrEnum

from coach.domain.drafts import DraftKind
from coach.domain.people import Pair, RoleName


class Act(StrEnum):
    """What somebody may want to do with a kind of draft."""

    DRAFT = "draft"  # also: edit, approve, discard, release, withdraw
    READ_RELEASED = "read_released"


# For summaries the store narrows this further to the notes' author.
ALLOWED: dict[tuple[DraftKind, Act], frozenset[RoleName]] = {
    (DraftKind.AGENDA, Act.DRAFT): frozenset({RoleName.MENTOR}),
    (DraftKind.AGENDA, Act.READ_RELEASED): frozenset({RoleName.MENTOR, RoleName.MENTEE}),
}


def role_in(pair: Pair, person_id: str) -> RoleName | None:
    """Return the role that a person has in this pair, or None for a stranger."""
    if pair.mentor.id == person_id:
        return RoleName.MENTOR
    return RoleName.MENTEE if pair.mentee.id == person_id else None


def may(pair: Pair, person_id: str, act: Act, kind: DraftKind) -> bool:
    """Tell whether this person may do this with a draft of this kind of this pair."""
    return role_in(pair, person_id) in ALLOWED.get((kind, act), frozenset())


def readers(pair: Pair, kind: DraftKind) -> tuple[str, ...]:
    """Return the ids, sorted, of those who may read a released draft of this kind."""
    allowed = ALLOWED.get((kind, Act.READ_RELEASED), frozenset())
    return tuple(sorted(person.id for person in (pair.mentor, pair.mentee) if role_in(pair, person.id) in allowed))
