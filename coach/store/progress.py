"""Keep what released summaries say of goals and actions; every step is part of the release's or the withdrawal's transaction."""

from datetime import date, datetime

from sqlalchemy import Connection, exists, func, select

from coach.domain.drafts import DraftKind
from coach.domain.progress import ProgressPoint, SummaryResponse, standings
from coach.domain.review import Channel
from coach.domain.sessions import Session
from coach.domain.summary import SummaryContent
from coach.store.clock import new_id
from coach.store.programmes import actions_of, goals_of, sessions_of
from coach.store.summary_tables import goal_progress, summary_response
from coach.store.tables import action, draft, goal, release, session


def points_of(connection: Connection, pair_id: str) -> tuple[ProgressPoint, ...]:
    """Return everything that released summaries say of a pair's goals, in no particular order."""
    mine = select(goal_progress).join(goal, goal.c.id == goal_progress.c.goal_id).where(goal.c.pair_id == pair_id)
    return tuple(ProgressPoint.model_validate(dict(row)) for row in connection.execute(mine).mappings())


def put_in(connection: Connection, draft_id: str, met: Session, content: SummaryContent, summary: str) -> None:
    """Let a summary that is being released count: its goals, its actions, what it reports as done, its words for the session, which took place.

    What does not exist any more, a goal for example, is left out.
    """
    known = {g.id for g in goals_of(connection, met.pair_id)}
    rows = [
        {"session_id": met.id, "goal_id": g.goal_id, "draft_id": draft_id, "status": g.status, "reason": g.reason}
        for g in content.goals
        if g.goal_id in known
    ]
    connection.execute(goal_progress.delete().where(goal_progress.c.session_id == met.id))
    if rows:
        connection.execute(goal_progress.insert(), rows)
    _close(connection, draft_id, met, content)
    _join(connection, draft_id, met, content)
    connection.execute(session.update().where(session.c.id == met.id).values(summary=summary, held=True))
    _settle(connection, met.pair_id, {g.goal_id for g in content.goals} & known)


def take_out(connection: Connection, draft_id: str, met: Session) -> None:
    """Let a summary that is withdrawn count no longer; an action of it that somebody has done meanwhile stays."""
    mine = goal_progress.c.draft_id == draft_id
    goal_ids = set(connection.scalars(select(goal_progress.c.goal_id).where(mine)))
    connection.execute(goal_progress.delete().where(mine))
    connection.execute(session.update().where(session.c.id == met.id).values(summary=""))
    connection.execute(action.delete().where(action.c.draft_id == draft_id, action.c.done.is_(False)))
    seen = exists().where(release.c.draft_id == action.c.draft_id, release.c.channel == Channel.APP, release.c.withdrawn_at.is_(None))
    # What only this summary's word kept goes with it where the summary that it came with is withdrawn, too.
    connection.execute(action.delete().where(action.c.closed_by == draft_id, action.c.draft_id.is_not(None), ~seen))
    connection.execute(action.update().where(action.c.closed_by == draft_id).values(done=False, done_on=None, closed_by=None))
    _settle(connection, met.pair_id, goal_ids)


def forget(connection: Connection, goal_id: str) -> None:
    """Forget what was said of a goal that becomes another one or is removed."""
    connection.execute(goal_progress.delete().where(goal_progress.c.goal_id == goal_id))


def pair_of_action(connection: Connection, action_id: str) -> str | None:
    """Return the id of the pair that has this action, or None."""
    return connection.scalar(select(action.c.pair_id).where(action.c.id == action_id))


def mark(connection: Connection, action_id: str, done_on: date | None) -> None:
    """Keep that an action is done since this day, or that it is open again."""
    connection.execute(action.update().where(action.c.id == action_id).values(done=done_on is not None, done_on=done_on, closed_by=None))


def respond(connection: Connection, response: SummaryResponse) -> None:
    """Keep what somebody says to a released summary, instead of what they said before."""
    same = (summary_response.c.draft_id == response.draft_id) & (summary_response.c.person_id == response.person_id)
    connection.execute(summary_response.delete().where(same))
    connection.execute(summary_response.insert().values(**response.model_dump()))


def response_to(connection: Connection, draft_id: str) -> SummaryResponse | None:
    """Return what the other person said to a released summary, or None."""
    row = connection.execute(select(summary_response).where(summary_response.c.draft_id == draft_id)).mappings().first()
    return SummaryResponse.model_validate(dict(row)) if row else None


def latest_unanswered(connection: Connection, pair_id: str, reader_id: str, since: datetime) -> str | None:
    """Return the id of the session whose summary the other person released last, unless that was before or the reader has answered it."""
    answered = exists().where(
        summary_response.c.draft_id == draft.c.id,
        summary_response.c.person_id == reader_id,
        summary_response.c.revision == release.c.revision,
    )
    by_the_other = (draft.c.pair_id == pair_id) & (draft.c.kind == DraftKind.SUMMARY) & (draft.c.author_id != reader_id)
    live = (release.c.channel == Channel.APP) & release.c.withdrawn_at.is_(None) & (release.c.released_at >= since)
    found = select(draft.c.session_id).join(release, release.c.draft_id == draft.c.id).where(by_the_other, live, ~answered)
    return connection.scalar(found.order_by(release.c.released_at.desc()).limit(1))


def _close(connection: Connection, draft_id: str, met: Session, content: SummaryContent) -> None:
    reported = {a.text for a in content.closed_actions}
    for each in actions_of(connection, met.pair_id):
        if not each.done and each.text in reported:
            connection.execute(action.update().where(action.c.id == each.id).values(done=True, done_on=met.on, closed_by=draft_id))


def _join(connection: Connection, draft_id: str, met: Session, content: SummaryContent) -> None:
    """Add the agreed actions to the pair's list; one that was done under an earlier release for this session is this one's now, and not added again."""
    kept = (action.c.session_id == met.id) & action.c.draft_id.is_not(None) & action.c.text.in_([a.text for a in content.actions])
    stays = set(connection.scalars(select(action.c.text).where(kept)))
    connection.execute(action.update().where(kept).values(draft_id=draft_id))
    last = connection.scalar(select(func.max(action.c.place)).where(action.c.pair_id == met.pair_id))
    place = 0 if last is None else last + 1
    rows = [
        {"id": new_id(), "pair_id": met.pair_id, "place": place + i, "text": a.text, "owner": a.owner, "due": a.due,
         "done": False, "session_id": met.id, "draft_id": draft_id}
        for i, a in enumerate(a for a in content.actions if a.text not in stays)
    ]  # fmt: skip
    if rows:
        connection.execute(action.insert(), rows)


def _settle(connection: Connection, pair_id: str, goal_ids: set[str]) -> None:
    """Write the standing of these goals from what is released now."""
    found = standings(points_of(connection, pair_id), sessions_of(connection, pair_id), goal_ids)
    for goal_id, standing in found.items():
        connection.execute(goal.update().where(goal.c.id == goal_id).values(status=standing.status, last_discussed=standing.on))
