"""Let approved drafts leave, take them back, and read what left; each step is one transaction with its audit row."""

from datetime import datetime

from pydantic import ValidationError
from sqlalchemy import Connection

from coach.domain.drafts import DraftKind, DraftState
from coach.domain.review import ApprovedDraft, Channel, Release, Revision, StoredDraft, review_digest
from coach.errors import ReviewRefused, StoreCorrupt
from coach.store import audit, disclosures
from coach.store.clock import new_id
from coach.store.drafts import approval_of, draft_row, ids_of_session, load, revision_at, state_in_words
from coach.store.tables import release


def approved(connection: Connection, draft_id: str, heading: str) -> ApprovedDraft:
    """Return what may leave; raise ReviewRefused where nothing is approved, StoreCorrupt where fingerprints differ."""
    row = draft_row(connection, draft_id)
    disclosures.refuse_undecided(connection, draft_id)
    given = approval_of(connection, draft_id, row.current_revision)
    if row.state != DraftState.APPROVED or given is None:
        raise ReviewRefused(f"Not released: this draft is {state_in_words(row.state)}. Approve it first; nothing was sent.")
    try:
        return ApprovedDraft(
            draft_id=draft_id,
            kind=row.kind,
            revision=revision_at(connection, draft_id, row.current_revision),
            approval=given,
            heading=heading,
        )
    except ValidationError:
        raise StoreCorrupt(
            "The stored draft no longer matches what was approved, so nothing was released. Tell whoever runs the coach."
        ) from None


def record_release(connection: Connection, at: datetime, ready: ApprovedDraft, channel: Channel, actor: str) -> Release:
    """Record that an approved draft leaves through this channel."""
    given = ready.approval
    row = {
        "id": new_id(), "draft_id": given.draft_id, "revision": given.revision, "sha256": given.sha256,
        "channel": channel, "released_by": actor, "released_at": at,
    }  # fmt: skip
    connection.execute(release.insert().values(**row))
    audit.record(
        connection, at, actor, f"draft.released.{channel}", given.draft_id, draft_row(connection, given.draft_id).secret, given.sha256
    )
    return Release.model_validate(row)


def withdraw(connection: Connection, at: datetime, draft_id: str, actor: str) -> int:
    """Withdraw every release of a draft that readers can still see in the app; return how many there were."""
    live = (release.c.draft_id == draft_id) & (release.c.channel == Channel.APP) & release.c.withdrawn_at.is_(None)
    done = connection.execute(release.update().where(live).values(withdrawn_at=at))
    if done.rowcount:
        audit.record(connection, at, actor, "draft.withdrawn", draft_id, draft_row(connection, draft_id).secret, "")
    return int(done.rowcount)


def live(connection: Connection, session_id: str, kind: DraftKind) -> tuple[StoredDraft, Release] | None:
    """Return the draft of this kind that readers of a session see in the app now, with its release; None where there is none."""
    stored = (load(connection, i) for i in ids_of_session(connection, session_id, kind))
    return max(((d, d.released) for d in stored if d.released is not None), key=lambda row: row[1].released_at, default=None)


def released_revision(connection: Connection, draft_id: str, number: int) -> Revision:
    """Return a revision that was released; raise StoreCorrupt where it is no longer what was approved."""
    found, given = revision_at(connection, draft_id, number), approval_of(connection, draft_id, number)
    if given is None or not given.sha256 == found.sha256 == review_digest(found.content, found.markdown, found.audience):
        raise StoreCorrupt("The stored draft no longer matches what was approved, so it is not shown. Tell whoever runs the coach.")
    return found
