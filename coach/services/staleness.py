"""Tell whether a draft is stale: what it would be made from today is not what it was made from."""

from sqlalchemy import Connection

from coach.domain.brief import Brief
from coach.domain.drafts import DraftKind
from coach.domain.review import StoredDraft
from coach.services import briefs
from coach.store import drafts, programmes


def with_staleness(connection: Connection, stored: StoredDraft) -> StoredDraft:
    """Return the draft marked stale where its session's brief has changed since; answers to its questions do not count."""
    pair = programmes.pair_by_id(connection, stored.pair_id)
    session = programmes.session_by_id(connection, stored.session_id)
    if pair is None or session is None:
        return stored
    then = drafts.basis(connection, stored.id).brief
    now = briefs.brief_for_session(connection, pair, session, stored.kind, stored.author_id)
    return stored.model_copy(update={"stale": _weighed(stored.kind, now) != _weighed(stored.kind, then)})


def _weighed(kind: DraftKind, brief: Brief) -> object:
    """Return what makes a draft of this kind stale: of a summary only its notes and the wording of the goals.

    A released summary changes how goals stand and what is open, and is not stale for that.
    """
    if kind is DraftKind.SUMMARY:
        return brief.notes, tuple((g.id, g.title, g.measure, g.target) for g in brief.goals), brief.session.date
    return brief.model_copy(update={"answers": {}})
