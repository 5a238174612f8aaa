"""Where a pair stands, from released summaries alone: goals over sessions, promises, and what the other person says to a summary."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from coach.domain.access import Act, may, role_in
from coach.domain.drafts import DraftKind
from coach.domain.people import Pair, RoleName
from coach.domain.planning import held, planned
from coach.domain.progress import LONGEST_COMMENT, ProgressPoint, Standing, SummaryResponse, minutes_met, open_first, standings
from coach.domain.review import StoredDraft
from coach.domain.sessions import Action, Goal, Session
from coach.domain.summary import SummaryContent
from coach.domain.text import printable
from coach.drafting.summary.views import seen_by_readers
from coach.errors import AccessDenied, InputRefused
from coach.services.belonging import open_pair, own_pair, refuse_over
from coach.services.parts import Parts
from coach.store import drafts, programmes, progress, releases, secrets


@dataclass(frozen=True)
class ReleasedSummary:
    """A released summary as its readers see it: nothing private, only ticked quotes, and what the other person said to it."""

    draft_id: str
    revision: int
    title: str
    line: str
    content: SummaryContent
    goal_titles: dict[str, str]
    actions: tuple[str, ...]  # in words
    pair: Pair
    session: Session
    author: str
    mine: bool
    released_at: datetime
    response: SummaryResponse | None

    @property
    def response_is_of_this(self) -> bool:
        """Tell whether the other person answered the revision that stands here now."""
        return self.response is not None and self.response.revision == self.revision


@dataclass(frozen=True)
class ProgressPage:
    """A pair's progress as either of its two people sees it."""

    pair: Pair
    role: RoleName
    goals: tuple[Goal, ...]
    met: tuple[Session, ...]
    next_session: Session | None
    points: dict[tuple[str, str], ProgressPoint]  # by session and goal
    standings: dict[str, Standing]
    actions: tuple[Action, ...]
    summaries: tuple[ReleasedSummary, ...]  # the latest session first

    @property
    def minutes_met(self) -> int:
        """Return for how many minutes the pair has met."""
        return minutes_met(self.met)


def progress_page(parts: Parts, actor: str, pair_id: str) -> ProgressPage:
    """Return where a pair stands to one of its two people; AccessDenied to anybody else."""
    with parts.database.read() as connection:
        pair, role = own_pair(connection, actor, pair_id)
        sessions = tuple(s.without_focus() for s in programmes.sessions_of(connection, pair.id))
        goals = tuple(goal for goal in programmes.goals_of(connection, pair.id) if goal.agreed)
        points = progress.points_of(connection, pair.id)
        actions = programmes.actions_of(connection, pair.id)
        summaries = tuple(s for session in reversed(sessions) if (s := _released(connection, actor, pair, session)) is not None)
    coming = planned(sessions)
    return ProgressPage(
        pair=pair,
        role=role,
        goals=goals,
        met=held(sessions),
        next_session=coming[0] if coming else None,
        points={(p.session_id, p.goal_id): p for p in points},
        standings=standings(points, sessions, (goal.id for goal in goals)),
        actions=open_first(actions),
        summaries=summaries,
    )


def released_summary(parts: Parts, actor: str, session_id: str) -> ReleasedSummary | None:
    """Return the summary released for a session to one of its readers, None where there is none; AccessDenied to others."""
    with parts.database.read() as connection:
        session = programmes.session_by_id(connection, session_id)
        pair = programmes.pair_by_id(connection, session.pair_id) if session else None
        if session is None or pair is None or not may(pair, actor, Act.READ_RELEASED, DraftKind.SUMMARY):
            raise AccessDenied("There is no such session, or it is not yours to see.")
        return _released(connection, actor, pair, session.without_focus())


def respond(parts: Parts, actor: str, draft_id: str, revision: int, confirmed: bool, comment: str) -> None:
    """Keep what the other person says to the revision of a released summary that they read; its author says nothing to it."""
    comment = str(printable(comment)).strip()
    if len(comment) > LONGEST_COMMENT:
        raise InputRefused(
            f"The comment has {len(comment)} characters; {LONGEST_COMMENT} are the most. Nothing was sent, your text is still here."
        )
    if not confirmed and not comment:
        raise InputRefused("Nothing was sent: confirm the summary, or write what you see differently.")
    with parts.database.write() as connection:
        stored, pair = _released_to(connection, actor, draft_id)
        open_pair(connection, actor, pair.id, parts.today())
        if stored.released is None or stored.released.revision != revision:
            raise InputRefused("Nothing was sent: the summary was changed or withdrawn since you opened it. Read it as it stands now.")
        given = SummaryResponse(
            draft_id=draft_id, person_id=actor, revision=revision, confirmed=confirmed, comment=comment, given_at=parts.now()
        )
        progress.respond(connection, given)


def mark_action(parts: Parts, actor: str, action_id: str, done: bool) -> None:
    """Keep that an action of one's own pair is done today, or open again; either of the two may say so."""
    with parts.database.write() as connection:
        pair_id = progress.pair_of_action(connection, action_id)
        pair = programmes.pair_by_id(connection, pair_id) if pair_id else None
        if pair is None or role_in(pair, actor) is None:
            raise AccessDenied("There is no such action here, or it is not yours.")
        refuse_over(pair, parts.today())
        progress.mark(connection, action_id, parts.today() if done else None)
        secrets.record(connection, parts.now(), actor, f"action.{'done' if done else 'reopened'}", pair.id, action_id)


def _released_to(connection: Connection, actor: str, draft_id: str) -> tuple[StoredDraft, Pair]:
    """Return a released summary and its pair to the person of the pair who did not write it."""
    stored = drafts.find(connection, draft_id)
    pair = programmes.pair_by_id(connection, stored.pair_id) if stored else None
    refusal = AccessDenied("There is no such summary, or it is not yours to answer.")
    if stored is None or pair is None or stored.kind is not DraftKind.SUMMARY:
        raise refusal
    if not may(pair, actor, Act.READ_RELEASED, DraftKind.SUMMARY) or stored.author_id == actor:
        raise refusal
    return stored, pair


def _released(connection: Connection, actor: str, pair: Pair, session: Session) -> ReleasedSummary | None:
    found = releases.live(connection, session.id, DraftKind.SUMMARY)
    if found is None:
        return None
    draft, release = found
    revision = releases.released_revision(connection, draft.id, release.revision)
    if actor not in revision.audience.readers or not isinstance(revision.content, SummaryContent):
        return None
    brief = drafts.basis(connection, draft.id).brief
    seen = seen_by_readers(revision.content, brief)
    return ReleasedSummary(
        draft_id=draft.id,
        revision=revision.number,
        title=seen.title,
        line=seen.line,
        content=seen.content,
        goal_titles=seen.goal_titles,
        actions=seen.actions,
        pair=pair,
        session=session,
        author=pair.mentor.name if draft.author_id == pair.mentor.id else pair.mentee.name,
        mine=draft.author_id == actor,
        released_at=release.released_at,
        response=progress.response_to(connection, draft.id),
    )
