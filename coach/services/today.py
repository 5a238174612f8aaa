"""What somebody needs to see first: the next session of each pair, what is missing for it, what was promised."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from coach.domain.life import Step, step_of
from coach.domain.people import Pair, RoleName
from coach.domain.planning import held, planned
from coach.domain.review import StoredDraft
from coach.domain.sessions import Action, Goal, Owner, Session
from coach.services.parts import Parts
from coach.services.releasing import ReleasedAgenda, released_agenda
from coach.services.reviewing import waiting
from coach.store import notes, programmes, progress

NEWS_DAYS = 14  # for so long a released summary that waits for an answer is news
MOST_LINES = 3  # of news and of what is missing, for each pair


class Mend(StrEnum):
    """The part of a pair's page where something that is missing is mended."""

    AGREEMENT = "agreement"
    GOALS = "goals"
    SESSIONS = "sessions"


@dataclass(frozen=True)
class Missing:
    """Something that is not there yet, and where it is mended, if there is a place for it."""

    says: str
    mend: Mend | None = None


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
    step: Step
    unwritten: Session | None = None  # the latest one that took place, where neither notes of one's own nor a summary tell of it
    unanswered: Session | None = None  # the one whose summary the other person released not long ago, without an answer yet

    @property
    def other(self) -> str:
        """Return the name of the other person."""
        return self.pair.mentee.name if self.role is RoleName.MENTOR else self.pair.mentor.name

    @property
    def my_actions(self) -> tuple[Action, ...]:
        """Return the open actions that this person owns or shares, nearest due first."""
        own = {Owner.BOTH, Owner(self.role.value)}
        return tuple(sorted((a for a in self.actions if not a.done and a.owner in own), key=lambda a: (a.due is None, a.due or date.max)))

    @property
    def finished(self) -> bool:
        """Tell whether this pair has met for the last time."""
        return self.step is Step.FINISH

    def missing(self, today: date) -> tuple[Missing, ...]:
        """Return what waits for this person, or what the next session still lacks, in words for them; the first of it where there is news."""
        if self.finished:
            return ()
        found = [_agreement_lacks(self.pair, self.role, self.other), *_goals_lack(self.goals, self.role, self.other)]
        if self.role is RoleName.MENTOR:
            found += self._session_lacks(today)
        news = sum(1 for session in (self.unanswered, self.unwritten) if session is not None)
        return tuple(line for line in found if line is not None)[: MOST_LINES - news]

    def _session_lacks(self, today: date) -> list[Missing | None]:
        if self.session is None:
            return [Missing("No session is planned.", Mend.SESSIONS)]
        late = sum(1 for a in self.actions if not a.done and a.due and a.due < today)
        overdue = Missing(f"{late} {'action is' if late == 1 else 'actions are'} past the date agreed.") if late else None
        return [None if self.agenda else Missing("No agenda is released yet."), overdue]


@dataclass(frozen=True)
class Today:
    """Everything that somebody sees first."""

    pairs: tuple[PairToday, ...]
    waiting: tuple[StoredDraft, ...]
    numbers: Mapping[str, int]  # of the sessions of these pairs, by their ids


def is_mentor(parts: Parts, person_id: str) -> bool:
    """Tell whether somebody is the mentor of any pair."""
    with parts.database.read() as connection:
        return any(pair.mentor.id == person_id for pair in programmes.pairs_of(connection, person_id))


def today(parts: Parts, actor: str) -> Today:
    """Return what this person needs to see first; nearest session first."""
    with parts.database.read() as connection:
        pairs = programmes.pairs_of(connection, actor)
        numbers = {session.id: session.number for pair in pairs for session in programmes.sessions_of(connection, pair.id)}
    found = [_pair_today(parts, actor, pair) for pair in pairs]
    found.sort(key=lambda p: p.session.on if p.session else date.max)
    return Today(tuple(found), waiting(parts, actor), numbers)


def _pair_today(parts: Parts, actor: str, pair: Pair) -> PairToday:
    with parts.database.read() as connection:
        sessions = programmes.sessions_of(connection, pair.id)
        actions = programmes.actions_of(connection, pair.id)
        goals = programmes.goals_of(connection, pair.id)
        written = notes.sessions_with_notes(connection, actor)
        told = progress.latest_unanswered(connection, pair.id, actor, parts.now() - timedelta(days=NEWS_DAYS))
    over = pair.over_since(parts.today()) is not None
    role = RoleName.MENTOR if pair.mentor.id == actor else RoleName.MENTEE
    coming = planned(sessions)
    upcoming = None if not coming else coming[0] if role is RoleName.MENTOR else coming[0].without_focus()
    agenda = released_agenda(parts, actor, upcoming.id) if upcoming else None
    met = held(sessions)
    summaries = [s.summary for s in met if s.summary]
    return PairToday(
        pair=pair,
        role=role,
        session=upcoming,
        agenda=agenda,
        last_summary=summaries[-1] if summaries else "",
        last_held=met[-1].on if met else None,
        actions=actions,
        goals=goals,
        step=step_of(pair, goals, sessions, agenda is not None, parts.today()),
        unwritten=None if over else _unwritten(sessions, written, parts.today()),
        unanswered=None if over else next((s.without_focus() for s in sessions if s.id == told), None),
    )


def _unwritten(sessions: Sequence[Session], written: Collection[str], today: date) -> Session | None:
    """Return the latest session whose day has come, where nothing is written about it yet; without what its mentor wants from it."""
    met = [session for session in sessions if session.held or session.on < today]
    latest = max(met, key=lambda session: (session.on, session.number), default=None)
    return None if latest is None or latest.summary or latest.id in written else latest.without_focus()


def _agreement_lacks(pair: Pair, role: RoleName, other: str) -> Missing | None:
    agreement = pair.agreement
    if agreement is None:
        return Missing("You have no agreement yet.", Mend.AGREEMENT)
    mine, theirs = agreement.mentor_signed, agreement.mentee_signed
    if role is RoleName.MENTEE:
        mine, theirs = theirs, mine
    if mine is None:
        return Missing("The agreement waits for your signature.", Mend.AGREEMENT)
    return None if theirs else Missing(f"The agreement waits for {other}’s signature.", Mend.AGREEMENT)


def _goals_lack(goals: Sequence[Goal], role: RoleName, other: str) -> list[Missing]:
    if not goals:
        return [Missing("No goals are proposed yet.", Mend.GOALS)]
    mentor = sum(1 for goal in goals if goal.mentor_agreed is None)
    mentee = sum(1 for goal in goals if goal.mentee_agreed is None)
    mine, theirs = (mentor, mentee) if role is RoleName.MENTOR else (mentee, mentor)
    return [_waiting(count, whose) for count, whose in ((mine, "your"), (theirs, f"{other}’s")) if count]


def _waiting(count: int, whose: str) -> Missing:
    return Missing(f"{count} {'goal waits' if count == 1 else 'goals wait'} for {whose} yes.", Mend.GOALS)
