"""What somebody needs to see first: the next session of each pair, what is missing for it, what was promised."""

from dataclasses import dataclass
from datetime import date

from coach.domain.people import Agreement, Pair, RoleName
from coach.domain.review import StoredDraft
from coach.domain.sessions import Action, Goal, Owner, Session
from coach.services.parts import Parts
from coach.services.releasing import ReleasedAgenda, released_agenda
from coach.services.reviewing import waiting
from coach.store import programmes


@dataclass(frozen=True)
class PairToday:
    """One pair of somebody, as it stands today."""

    pair: Pair
    role: RoleName
    session: Session | None
    agenda: ReleasedAgenda | None
    last_summary: str
    last_held: date | None
    actions: tuple[Action, ...]
    goals: tuple[Goal, ...]
    step: str

    @property
    def other(self) -> str:
        """Return the name of the other person."""
        return self.pair.mentee.name if self.role is RoleName.MENTOR else self.pair.mentor.name

    @property
    def my_actions(self) -> tuple[Action, ...]:
        """Return the open actions that this person owns or shares, nearest due first."""
        own = {Owner.BOTH, Owner(self.role.value)}
        return tuple(sorted((a for a in self.actions if not a.done and a.owner in own), key=lambda a: (a.due is None, a.due or date.max)))

    def missing(self, today: date) -> tuple[str, ...]:
        """Return what the next session still lacks, in words for its mentor."""
        if self.session is None:
            return ()
        found = []
        if self.pair.agreement is None or not self.pair.agreement.signed:
            found.append(f"The agreement is not signed yet{_by(self.pair.agreement)}.")
        if not self.goals:
            found.append("No goals are agreed yet.")
        if self.agenda is None:
            found.append("No agenda is released yet.")
        if overdue := [a for a in self.actions if not a.done and a.due and a.due < today]:
            found.append(f"{len(overdue)} {'action is' if len(overdue) == 1 else 'actions are'} past the date agreed.")
        return tuple(found)


@dataclass(frozen=True)
class Today:
    """Everything that somebody sees first."""

    pairs: tuple[PairToday, ...]
    waiting: tuple[StoredDraft, ...]


def is_mentor(parts: Parts, person_id: str) -> bool:
    """Tell whether somebody is the mentor of any pair."""
    with parts.database.read() as connection:
        return any(pair.mentor.id == person_id for pair in programmes.pairs_of(connection, person_id))


def today(parts: Parts, actor: str) -> Today:
    """Return what this person needs to see first; nearest session first."""
    with parts.database.read() as connection:
        pairs = programmes.pairs_of(connection, actor)
    found = [_pair_today(parts, actor, pair) for pair in pairs]
    found.sort(key=lambda p: p.session.on if p.session else date.max)
    mentors = any(p.role is RoleName.MENTOR for p in found)
    return Today(tuple(found), waiting(parts, actor) if mentors else ())


def _pair_today(parts: Parts, actor: str, pair: Pair) -> PairToday:
    with parts.database.read() as connection:
        sessions = programmes.sessions_of(connection, pair.id)
        actions = programmes.actions_of(connection, pair.id)
        goals = programmes.goals_of(connection, pair.id)
    held = [s for s in sessions if s.held]
    role = RoleName.MENTOR if pair.mentor.id == actor else RoleName.MENTEE
    upcoming = next((s if role is RoleName.MENTOR else s.without_focus() for s in sessions if not s.held), None)
    agenda = released_agenda(parts, actor, upcoming.id) if upcoming else None
    summaries = [s.summary for s in held if s.summary]
    return PairToday(
        pair=pair,
        role=role,
        session=upcoming,
        agenda=agenda,
        last_summary=summaries[-1] if summaries else "",
        last_held=held[-1].on if held else None,
        actions=actions,
        goals=goals,
        step=_step(pair, upcoming, agenda is not None),
    )


def _step(pair: Pair, upcoming: Session | None, has_agenda: bool) -> str:
    """Return where on its line of life a pair stands."""
    if upcoming is None:
        return "Finish"
    if pair.agreement is None or not pair.agreement.signed:
        return "Agree"
    return "Meet" if has_agenda else "Prepare"


def _by(agreement: Agreement | None) -> str:
    if agreement is None or (agreement.mentor_signed is None and agreement.mentee_signed is None):
        return ""
    return " by the mentee" if agreement.mentor_signed else " by the mentor"
