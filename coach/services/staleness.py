"""Tell whether a draft is stale: what it would be made from today is not what it was made from."""

from sqlalchemy import Connection

from coach.domain.review import StoredDraft
from coach.services import briefs
from coach.store import drafts, programmes


def with_staleness(connection: Connection, stored: StoredDraft) -> StoredDraft:
    """Return the draft marked stale where its session's brief has changed since; answers to its questions do not count."""
    pair = programmes.pair_by_id(connection, stored.pair_id)
    session = programmes.session_by_id(connection, stored.session_id)
    if pair is None or session is None:
        return stored
    then = drafts.basis(connection, stored.id).brief.model_copy(update={"answers": {}})
    return stored.model_copy(update={"stale": briefs.brief_for_session(connection, pair, session) != then})
