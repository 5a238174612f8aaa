"""Keep drafts with their revisions, approvals and releases; each step is one transaction with its audit row.

Every function takes a connection inside a writing transaction; the caller's `with database.write()` keeps all or nothing.
"""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from coach.domain.brief import Brief
from coach.domain.contents import Content
from coach.domain.drafts import Check, DraftKind, DraftState, EngineRecord, may_move
from coach.domain.guidance import Citation, Passage
from coach.domain.outcomes import Outcome
from coach.domain.review import Approval, Audience, Release, Revision, StoredDraft, canonical, review_digest
from coach.domain.summary import SummaryContent
from coach.errors import EditConflict, NotFound, ReviewRefused, StoreCorrupt
from coach.store import audit, disclosures
from coach.store.clock import new_id
from coach.store.tables import approval, draft, release, revision


@dataclass(frozen=True)
class Basis:
    """What a draft was made from, as it was then."""

    brief: Brief
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class NewRevision:
    """A version about to be kept; its fingerprint is computed here and nowhere else."""

    content: Content
    markdown: str
    audience: Audience
    checks: tuple[Check, ...]
    author_id: str | None


def start(
    connection: Connection, at: datetime, *, request_key: str, kind: DraftKind, pair_id: str, session_id: str, author_id: str, brief: Brief
) -> str:
    """Return the id of the draft of this request, made in `drafting` unless an earlier click made it already."""
    known = connection.execute(select(draft.c.id, draft.c.author_id).where(draft.c.request_key == request_key)).first()
    if known is not None:
        if known.author_id != author_id:
            raise NotFound("There is no such draft, or it is not yours to see.")
        return str(known.id)
    draft_id = new_id()
    secret = secrets.token_bytes(32)
    values = {
        "id": draft_id, "request_key": request_key, "kind": kind, "pair_id": pair_id, "session_id": session_id, "author_id": author_id,
        "state": DraftState.DRAFTING, "current_revision": 0, "brief": brief.model_dump(mode="json"), "passages": [], "citations": [],
        "engine": {}, "secret": secret, "created_at": at, "changed_at": at,
    }  # fmt: skip
    connection.execute(draft.insert().values(**values))
    audit.record(connection, at, author_id, "draft.started", draft_id, secret, "")
    return draft_id


def finish(
    connection: Connection,
    at: datetime,
    draft_id: str,
    passages: Sequence[Passage],
    citations: Sequence[Citation],
    engine: EngineRecord,
    new: NewRevision,
) -> None:
    """Keep what an engine made as the draft's first revision, for review."""
    if draft_row(connection, draft_id).failure == Outcome.CANCELLED:
        return  # somebody stopped it while it was under way
    restart(connection, at, draft_id)  # another click on the same request may have failed meanwhile
    row = draft_row(connection, draft_id)
    if row.state != DraftState.DRAFTING:
        return
    set_basis(connection, draft_id, None, passages, citations, engine)
    _add_revision(connection, at, row, new, row.author_id, f"draft.finished.{engine.name}")


def set_basis(
    connection: Connection,
    draft_id: str,
    brief: Brief | None,
    passages: Sequence[Passage],
    citations: Sequence[Citation],
    engine: EngineRecord,
) -> None:
    """Keep what the next revision is made from, the brief only where it changed; refused once any revision was approved."""
    if was_approved(connection, draft_id):
        raise ReviewRefused(
            "This draft was approved before, so what it was made from stays as it was. Draft another one where you began it."
        )
    values = {
        "passages": [p.model_dump(mode="json") for p in passages],
        "citations": [c.model_dump(mode="json") for c in citations],
        "engine": engine.model_dump(mode="json"),
    }
    if brief is not None:
        values["brief"] = brief.model_dump(mode="json")
    connection.execute(draft.update().where(draft.c.id == draft_id).values(**values))


def was_approved(connection: Connection, draft_id: str) -> bool:
    """Tell whether any revision of a draft was ever approved, after which what it was made from stays as it was."""
    return connection.execute(select(approval.c.draft_id).where(approval.c.draft_id == draft_id)).first() is not None


def set_brief(connection: Connection, draft_id: str, brief: Brief) -> None:
    """Keep what a draft that was never approved is made from; the next revision is to fit it."""
    connection.execute(draft.update().where(draft.c.id == draft_id).values(brief=brief.model_dump(mode="json")))


def fail(connection: Connection, at: datetime, draft_id: str, outcome: Outcome) -> None:
    """Mark a draft as failed in this way; it can be started again or discarded. One that another click finished stays as it is."""
    row = draft_row(connection, draft_id)
    if row.state == DraftState.DRAFTING:
        connection.execute(draft.update().where(draft.c.id == draft_id).values(failure=outcome))
        _move(connection, at, row, DraftState.FAILED, row.author_id, f"draft.failed.{outcome}")


def restart(connection: Connection, at: datetime, draft_id: str) -> None:
    """Bring a failed draft back to drafting."""
    row = draft_row(connection, draft_id)
    if row.state == DraftState.FAILED:
        connection.execute(draft.update().where(draft.c.id == draft_id).values(failure=None))
        _move(connection, at, row, DraftState.DRAFTING, row.author_id, "draft.restarted")


def save_revision(
    connection: Connection, at: datetime, draft_id: str, base: int, new: NewRevision, actor: str, act: str = "draft.edited"
) -> int:
    """Keep a person's edit, or what an engine drafted again, as the next revision and return its number; an approval of an earlier one no longer counts.

    Raises EditConflict when somebody saved after revision `base`; nothing is changed then.
    """
    row = draft_row(connection, draft_id)
    if row.current_revision != base:
        raise EditConflict(
            f"Somebody saved revision {row.current_revision} while you were editing revision {base}. Your text is still here; nothing was overwritten."
        )
    if row.state not in (DraftState.NEEDS_REVIEW, DraftState.APPROVED):
        raise ReviewRefused(f"A draft that is {state_in_words(row.state)} cannot be edited.")
    return _add_revision(connection, at, row, new, actor, act)


def approve(connection: Connection, at: datetime, draft_id: str, number: int, sha256: str, actor: str) -> None:
    """Approve exactly this revision with exactly this fingerprint."""
    row = draft_row(connection, draft_id)
    disclosures.refuse_undecided(connection, draft_id)
    if row.state != DraftState.NEEDS_REVIEW:
        raise ReviewRefused(f"Only a draft that needs review can be approved; this one is {state_in_words(row.state)}.")
    current = revision_at(connection, draft_id, row.current_revision)
    if (number, sha256) != (current.number, current.sha256):
        raise EditConflict(f"The draft was changed to revision {current.number} since you opened it; read it again before you approve.")
    if review_digest(current.content, current.markdown, current.audience) != sha256:
        raise StoreCorrupt("The stored draft no longer matches its fingerprint, so it cannot be approved. Tell whoever runs the coach.")
    connection.execute(approval.insert().values(draft_id=draft_id, revision=number, sha256=sha256, approved_by=actor, approved_at=at))
    _move(connection, at, row, DraftState.APPROVED, actor, "draft.approved", sha256)


def discard(connection: Connection, at: datetime, draft_id: str, actor: str) -> None:
    """Put a draft aside for good; what was released of it stays until it is withdrawn."""
    row = draft_row(connection, draft_id)
    if not may_move(DraftState(row.state), DraftState.DISCARDED):
        raise ReviewRefused(f"A draft that is {state_in_words(row.state)} cannot be discarded.")
    _move(connection, at, row, DraftState.DISCARDED, actor, "draft.discarded")


def load(connection: Connection, draft_id: str) -> StoredDraft:
    """Return a draft with its current revision, approval and releases; raise NotFound where there is none."""
    row = draft_row(connection, draft_id)
    releases = connection.execute(select(release).where(release.c.draft_id == draft_id).order_by(release.c.released_at)).mappings()
    return StoredDraft(
        id=row.id,
        kind=row.kind,
        pair_id=row.pair_id,
        session_id=row.session_id,
        author_id=row.author_id,
        state=row.state,
        engine=EngineRecord.model_validate(row.engine or {"name": "none"}),
        citations=tuple(Citation.model_validate(c) for c in row.citations),
        created_at=row.created_at,
        revision=revision_at(connection, draft_id, row.current_revision) if row.current_revision else None,
        approval=approval_of(connection, draft_id, row.current_revision) if row.state == DraftState.APPROVED else None,
        failure=row.failure if row.state == DraftState.FAILED else None,
        releases=tuple(Release.model_validate(dict(r)) for r in releases),
    )


def find(connection: Connection, draft_id: str) -> StoredDraft | None:
    """Return a draft, or None where there is none."""
    known = connection.execute(select(draft.c.id).where(draft.c.id == draft_id)).first()
    return load(connection, draft_id) if known else None


def basis(connection: Connection, draft_id: str) -> Basis:
    """Return the brief and the passages that a draft was made from."""
    row = draft_row(connection, draft_id)
    return Basis(Brief.model_validate(row.brief), tuple(Passage.model_validate(p) for p in row.passages))


def revisions(connection: Connection, draft_id: str) -> tuple[Revision, ...]:
    """Return every revision of a draft, oldest first."""
    numbers = connection.scalars(select(revision.c.number).where(revision.c.draft_id == draft_id).order_by(revision.c.number))
    return tuple(revision_at(connection, draft_id, number) for number in numbers)


def ids_of_author(connection: Connection, author_id: str, states: Sequence[DraftState]) -> tuple[str, ...]:
    """Return the ids of somebody's drafts in these states, newest first."""
    chosen = select(draft.c.id).where(draft.c.author_id == author_id, draft.c.state.in_(states)).order_by(draft.c.created_at.desc())
    return tuple(connection.scalars(chosen))


def ids_of_session(connection: Connection, session_id: str, kind: DraftKind) -> tuple[str, ...]:
    """Return the ids of a session's drafts of one kind, newest first."""
    chosen = select(draft.c.id).where(draft.c.session_id == session_id, draft.c.kind == kind).order_by(draft.c.created_at.desc())
    return tuple(connection.scalars(chosen))


def _add_revision(connection: Connection, at: datetime, row: Any, new: NewRevision, actor: str, act: str) -> int:
    number = int(row.current_revision) + 1
    sha256 = review_digest(new.content, new.markdown, new.audience)
    values = {
        "draft_id": row.id, "number": number, "content": canonical(new.content.model_dump(mode="json")), "markdown": new.markdown,
        "audience": canonical(new.audience.model_dump(mode="json")), "checks": [c.model_dump(mode="json") for c in new.checks],
        "sha256": sha256, "author_id": new.author_id, "created_at": at,
    }  # fmt: skip
    connection.execute(revision.insert().values(**values))
    moved = {"current_revision": number, "state": DraftState.NEEDS_REVIEW, "changed_at": at}
    connection.execute(draft.update().where(draft.c.id == row.id).values(**moved))
    audit.record(connection, at, actor, act, row.id, row.secret, sha256)
    if isinstance(new.content, SummaryContent) and new.content.safeguarding:
        disclosures.found(connection, row.id)
    return number


def _move(connection: Connection, at: datetime, row: Any, to: DraftState, actor: str, act: str, said: str = "") -> None:
    connection.execute(draft.update().where(draft.c.id == row.id).values(state=to, changed_at=at))
    audit.record(connection, at, actor, act, row.id, row.secret, said)


def draft_row(connection: Connection, draft_id: str) -> Any:
    """Return a draft's row; raise NotFound where there is none."""
    row = connection.execute(select(draft).where(draft.c.id == draft_id)).first()
    if row is None:
        raise NotFound("There is no such draft, or it is not yours to see.")
    return row


def revision_at(connection: Connection, draft_id: str, number: int) -> Revision:
    """Return one revision of a draft; raise StoreCorrupt where it cannot be read any more."""
    row = connection.execute(select(revision).where(revision.c.draft_id == draft_id, revision.c.number == number)).mappings().one()
    try:
        loaded = {"content": json.loads(row["content"]), "audience": json.loads(row["audience"])}
        return Revision.model_validate(dict(row) | loaded)
    except ValueError:
        raise StoreCorrupt(
            "The stored draft no longer matches its fingerprint: it cannot be read any more. Tell whoever runs the coach."
        ) from None


def approval_of(connection: Connection, draft_id: str, number: int) -> Approval | None:
    """Return the approval of one revision, or None."""
    row = connection.execute(select(approval).where(approval.c.draft_id == draft_id, approval.c.revision == number)).mappings().first()
    return Approval.model_validate(dict(row)) if row else None


def state_in_words(state: str) -> str:
    """Return a stored state as people say it."""
    return {"drafting": "still being drafted", "failed": "not drafted", "needs_review": "waiting for review"}.get(state, state)
