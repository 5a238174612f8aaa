"""Who may do what: everything that is not allowed here is denied."""

from collections.abc import Collection
from enum import StrEnum

from coach.domain.drafts import DraftKind
from coach.domain.people import Pair, RoleName


class Act(StrEnum):
    """What somebody may want to do with a kind of draft."""

    DRAFT = "draft"  # also: edit, approve, discard, release, withdraw
    READ_RELEASED = "read_released"


class ProgrammeAct(StrEnum):
    """What somebody may want to do for their programme as a whole."""

    CHANGE_PROGRAMME = "change_programme"
    SEE_HEALTH = "see_health"
    LOOK_AFTER_PEOPLE = "look_after_people"  # see, add and change people, make and end pairs
    ANSWER_HELP = "answer_help"  # read and close requests for help
    CHANGE_PROMPTS = "change_prompts"
    CHANGE_GUIDANCE = "change_guidance"  # add, change and remove documents, read and settle questions that were passed on
    PASS_QUESTIONS_ON = "pass_questions_on"


# For summaries this is narrowed further to the notes' author: everybody reaches only drafts of their own.
ALLOWED: dict[tuple[DraftKind, Act], frozenset[RoleName]] = {
    (DraftKind.AGENDA, Act.DRAFT): frozenset({RoleName.MENTOR}),
    (DraftKind.AGENDA, Act.READ_RELEASED): frozenset({RoleName.MENTOR, RoleName.MENTEE}),
    (DraftKind.SUMMARY, Act.DRAFT): frozenset({RoleName.MENTOR, RoleName.MENTEE}),
    (DraftKind.SUMMARY, Act.READ_RELEASED): frozenset({RoleName.MENTOR, RoleName.MENTEE}),
}

ALLOWED_IN_PROGRAMME: dict[ProgrammeAct, frozenset[RoleName]] = {
    ProgrammeAct.CHANGE_PROGRAMME: frozenset({RoleName.COORDINATOR}),
    ProgrammeAct.SEE_HEALTH: frozenset({RoleName.COORDINATOR}),
    ProgrammeAct.LOOK_AFTER_PEOPLE: frozenset({RoleName.COORDINATOR}),
    ProgrammeAct.ANSWER_HELP: frozenset({RoleName.COORDINATOR}),
    ProgrammeAct.CHANGE_PROMPTS: frozenset({RoleName.COORDINATOR}),
    ProgrammeAct.CHANGE_GUIDANCE: frozenset({RoleName.COORDINATOR}),
    ProgrammeAct.PASS_QUESTIONS_ON: frozenset({RoleName.MENTOR, RoleName.MENTEE}),
}


def may_in_programme(roles: Collection[RoleName], act: ProgrammeAct) -> bool:
    """Tell whether somebody with these roles may do this for their own programme."""
    return not ALLOWED_IN_PROGRAMME.get(act, frozenset()).isdisjoint(roles)


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
