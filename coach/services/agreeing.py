"""What the two people of a pair agree on: their goals, and the agreement that both sign."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from coach.domain.agreements import completed, problem_of, tidied, words_of
from coach.domain.goals import MOST_GOALS, GoalWording, wording_of
from coach.domain.people import Agreement, Pair, Programme, RoleName
from coach.domain.review import canonical
from coach.domain.sessions import Goal
from coach.errors import EditConflict, InputRefused
from coach.reading.agreement_template import filled, read_agreement_template
from coach.services.belonging import open_goal, open_pair, own_pair
from coach.services.parts import Parts
from coach.settings import load_settings
from coach.store import agreements, goals, programmes, secrets

GOAL_MOVED = "This goal was changed since you looked at it. Read it again as it stands now; nothing was changed by this step."
AGREEMENT_MOVED = "The agreement was changed since you looked at it. Read it again as it stands now; nothing was changed by this step."
KEPT = "Nothing was saved yet; what you typed still stands here."


@dataclass(frozen=True)
class GoalsPage:
    """A pair's goals, proposed and agreed, in due order, as one of its two people sees them."""

    pair: Pair
    role: RoleName
    goals: tuple[Goal, ...]

    def said_yes(self, goal: Goal) -> bool:
        """Tell whether this person has said yes to a goal as it stands."""
        return _yes_of(goal, self.role) is not None


@dataclass(frozen=True)
class AgreementPage:
    """A pair's agreement as one of its two people sees it; `words` is what a change of it starts from."""

    pair: Pair
    role: RoleName
    words: Agreement

    @property
    def signed_on(self) -> date | None:
        """Return the day on which this person signed the present version, or None."""
        agreement = self.pair.agreement
        return None if agreement is None else _signature_of(agreement, self.role)


# Goals


def goals_of_pair(parts: Parts, actor: str, pair_id: str) -> GoalsPage:
    """Return a pair's goals to one of its two people."""
    with parts.database.read() as connection:
        pair, role = own_pair(connection, actor, pair_id)
        return GoalsPage(pair, role, programmes.goals_of(connection, pair.id))


def propose_goal(parts: Parts, actor: str, pair_id: str, wording: GoalWording) -> str:
    """Propose a goal, which says yes to it for whoever proposes it, and return its id."""
    with parts.database.write() as connection:
        pair, role = open_pair(connection, actor, pair_id, parts.today())
        _refuse(wording.problem())
        if len(programmes.goals_of(connection, pair.id)) >= MOST_GOALS:
            raise InputRefused(f"A pair may have {MOST_GOALS} goals; remove one first. {KEPT}")
        goal_id = goals.add(connection, pair.id, wording, role, parts.today())
        _record_goal(connection, parts, actor, "goal.proposed", pair, goal_id, wording)
        return goal_id


def change_goal(parts: Parts, actor: str, seen: Goal, wording: GoalWording) -> None:
    """Word a goal anew: that is a yes of whoever changes it, and takes the other's back; the same words keep both.

    Another title or measure also clears its progress, which was of another goal.

    EditConflict where the goal is no longer as it was seen.
    """
    with parts.database.write() as connection:
        pair, role, present = open_goal(connection, actor, seen.id, parts.today())
        _refuse(wording.problem())
        if wording == wording_of(present):
            _say_yes(connection, parts, actor, pair, role, present)
        elif goals.change(connection, pair.id, seen, wording, role, parts.today()):
            _record_goal(connection, parts, actor, "goal.changed", pair, seen.id, wording)
        else:
            raise EditConflict(GOAL_MOVED)


def agree_goal(parts: Parts, actor: str, seen: Goal) -> None:
    """Say yes to a goal exactly as it was seen; EditConflict where it reads otherwise by now."""
    with parts.database.write() as connection:
        pair, role, present = open_goal(connection, actor, seen.id, parts.today())
        if wording_of(present) != wording_of(seen):
            raise EditConflict(GOAL_MOVED)
        _say_yes(connection, parts, actor, pair, role, present)


def take_back_yes(parts: Parts, actor: str, goal_id: str) -> None:
    """Take back one's own yes to a goal, which makes it a proposal again."""
    with parts.database.write() as connection:
        pair, role, present = open_goal(connection, actor, goal_id, parts.today())
        if _yes_of(present, role) is not None:
            goals.take_back_yes(connection, goal_id, role)
            _record_goal(connection, parts, actor, "goal.yes_taken_back", pair, goal_id, wording_of(present))


def remove_goal(parts: Parts, actor: str, seen: Goal) -> None:
    """Remove a goal that not both have said yes to; EditConflict where it is no longer as it was seen."""
    with parts.database.write() as connection:
        pair, _, present = open_goal(connection, actor, seen.id, parts.today())
        if present.agreed:
            raise InputRefused(
                "Both of you have said yes to this goal; take your yes back first, then it can be removed. Nothing was changed."
            )
        if not goals.remove(connection, seen):
            raise EditConflict(GOAL_MOVED)
        _record_goal(connection, parts, actor, "goal.removed", pair, seen.id, wording_of(present))


def _say_yes(connection: Connection, parts: Parts, actor: str, pair: Pair, role: RoleName, present: Goal) -> None:
    if _yes_of(present, role) is None:
        if not goals.say_yes(connection, present, role, parts.today()):
            raise EditConflict(GOAL_MOVED)
        _record_goal(connection, parts, actor, "goal.agreed", pair, present.id, wording_of(present))


def _yes_of(goal: Goal, role: RoleName) -> date | None:
    return goal.mentor_agreed if role is RoleName.MENTOR else goal.mentee_agreed


def _record_goal(connection: Connection, parts: Parts, actor: str, act: str, pair: Pair, goal_id: str, wording: GoalWording) -> None:
    said = canonical({"goal": goal_id, **wording.model_dump(mode="json")})
    secrets.record(connection, parts.now(), actor, act, pair.id, said)


# The agreement


def agreement_of_pair(parts: Parts, actor: str, pair_id: str) -> AgreementPage:
    """Return a pair's agreement to one of its two people, with the template's words where there is none yet."""
    with parts.database.read() as connection:
        pair, role = own_pair(connection, actor, pair_id)
        programme = programmes.programme_of(connection, pair.programme_id)
    template = _template_for(pair, programme)
    words = template if pair.agreement is None else completed(pair.agreement, template)
    return AgreementPage(pair, role, words)


def start_agreement(parts: Parts, actor: str, pair_id: str) -> None:
    """Start a pair's agreement from the template; EditConflict where the other has started it."""
    with parts.database.write() as connection:
        pair, _ = open_pair(connection, actor, pair_id, parts.today())
        words = _template_for(pair, programmes.programme_of(connection, pair.programme_id))
        if not agreements.start(connection, pair.id, words):
            raise EditConflict("Your agreement is started already; read it as it stands now. Nothing was changed.")
        _record_agreement(connection, parts, actor, "agreement.started", pair, 1, words)


def change_agreement(parts: Parts, actor: str, pair_id: str, seen: int, words: Agreement) -> int:
    """Keep changed words as the next version and return its number: both signatures are void; the same words change nothing.

    `seen` is the version that the change began from; EditConflict where it is no longer the present one.
    """
    words = tidied(words)
    with parts.database.write() as connection:
        pair, _ = open_pair(connection, actor, pair_id, parts.today())
        _refuse(problem_of(words))
        if pair.agreement is None or pair.agreement.version != seen:
            raise EditConflict(f"{AGREEMENT_MOVED} What you typed still stands here.")
        if words_of(words) == words_of(pair.agreement):
            return seen
        if not agreements.change(connection, pair.id, seen, words):
            raise EditConflict(f"{AGREEMENT_MOVED} What you typed still stands here.")
        _record_agreement(connection, parts, actor, "agreement.changed", pair, seen + 1, words)
        return seen + 1


def sign_agreement(parts: Parts, actor: str, pair_id: str, seen: int) -> None:
    """Sign the version that was seen; EditConflict where it is no longer the present one."""
    with parts.database.write() as connection:
        pair, role = open_pair(connection, actor, pair_id, parts.today())
        agreement = pair.agreement
        if agreement is None or agreement.version != seen:
            raise EditConflict(AGREEMENT_MOVED)
        if _signature_of(agreement, role) is not None:
            return
        if not agreements.sign(connection, pair.id, seen, role, parts.today()):
            raise EditConflict(AGREEMENT_MOVED)
        _record_agreement(connection, parts, actor, "agreement.signed", pair, seen, agreement)


def _template_for(pair: Pair, programme: Programme) -> Agreement:
    template = read_agreement_template(load_settings().knowledge)
    return filled(template, pair.mentor.name, pair.mentee.name, programme.route)


def _signature_of(agreement: Agreement, role: RoleName) -> date | None:
    return agreement.mentor_signed if role is RoleName.MENTOR else agreement.mentee_signed


def _record_agreement(connection: Connection, parts: Parts, actor: str, act: str, pair: Pair, version: int, words: Agreement) -> None:
    secrets.record(connection, parts.now(), actor, act, pair.id, canonical({"version": version, **words_of(words)}))


def _refuse(problem: str | None) -> None:
    if problem:
        raise InputRefused(f"{problem} {KEPT}")
