"""Draft a summary again after its notes changed: what people changed stays, and the engine's new values are offered beside it."""

from hashlib import sha256
from typing import Any

from coach.domain.brief import Brief
from coach.domain.drafts import DraftKind, DraftState
from coach.domain.people import Pair
from coach.domain.review import StoredDraft
from coach.domain.summary import Offer, SummaryContent
from coach.drafting.summary import offers as offered
from coach.drafting.summary.evidence import noted
from coach.drafting.summary.merging import Notes, merge
from coach.drafting.watch import Watch
from coach.errors import InputRefused
from coach.services import briefs, drafting, making
from coach.services.audience import audience_of
from coach.services.belonging import refuse_over
from coach.services.drafting import BUILTIN, OPENAI
from coach.services.parts import Parts
from coach.services.prompts import prompt_in_use
from coach.services.reviewing import mine_to_review
from coach.services.summary_edits import last_by_engine, summary_of, typed
from coach.store import drafts
from coach.store.drafts import NewRevision


def draft_again(parts: Parts, actor: str, draft_id: str, base: int, engine: str = BUILTIN) -> str:
    """Draft a summary again from its author's notes as they are now, and return the id of the draft that holds it.

    That is another draft where this one was ever approved: what an approval rests on stays. A model drafts behind the page.
    """
    with parts.database.read() as connection:
        stored, pair = mine_to_review(connection, actor, draft_id)
        refuse_over(pair, parts.today())
        present = summary_of(stored)
        brief = briefs.present_brief(connection, stored, pair, {})
        approved = drafts.was_approved(connection, draft_id)
        every = (drafts.load(connection, i) for i in drafts.ids_of_session(connection, stored.session_id, DraftKind.SUMMARY))
        put_aside = sum(1 for d in every if d.author_id == actor and d.state is DraftState.DISCARDED)
    if not brief.notes.strip():
        raise InputRefused("Your notes about this session are empty now, so there is nothing to draft from. This draft stays as it is.")
    if approved:
        # One draft for each state of the notes, so a double click makes one; a draft that was put aside is not brought back.
        key = f"again {draft_id} {base} {put_aside} {sha256(brief.model_dump_json().encode()).hexdigest()}"
        make = making.draft_now if engine == BUILTIN else making.start_draft
        return make(parts, actor, stored.session_id, DraftKind.SUMMARY, key, engine)
    if engine == BUILTIN:
        _again(parts, actor, stored, pair, base, brief, present, engine, Watch(parts.draft_seconds))
    else:
        parts.jobs.start(
            draft_id,
            parts.draft_seconds,
            lambda watch: _again(parts, actor, stored, pair, base, brief, present, engine, watch),
        )
    return draft_id


def offers(parts: Parts, actor: str, draft_id: str, content: dict[str, Any] | None = None) -> tuple[Offer, ...]:
    """Return what the latest version by an engine says otherwise than the present one, or than an edit of it that is under way."""
    with parts.database.read() as connection:
        stored, _ = mine_to_review(connection, actor, draft_id)
        mine = summary_of(stored) if content is None else typed(content)
        return offered.offers(mine, last_by_engine(drafts.revisions(connection, draft_id)))


def take(parts: Parts, actor: str, draft_id: str, content: dict[str, Any], field: str, key: str) -> dict[str, Any]:
    """Return an edit that is under way with one value of the latest version by an engine put in; nothing is kept yet."""
    with parts.database.read() as connection:
        stored, _ = mine_to_review(connection, actor, draft_id)
        text = drafts.basis(connection, draft_id).brief.notes
        notes = Notes(text, noted(text, summary_of(stored).sensitive))
        drafted = last_by_engine(drafts.revisions(connection, draft_id))
    return offered.take(typed(content), drafted, field, key, notes).model_dump(mode="json")


def _again(
    parts: Parts, actor: str, stored: StoredDraft, pair: Pair, base: int, brief: Brief, mine: SummaryContent, engine: str, watch: Watch
) -> None:
    """Keep what the engine makes of the notes now as a revision of its own, and what people had changed as one on top of it."""
    with parts.database.read() as connection:
        prompt = prompt_in_use(connection, pair.programme_id, stored.kind) if engine == OPENAI else None
        last = last_by_engine(drafts.revisions(connection, stored.id))
        before = drafts.basis(connection, stored.id).brief.notes
    made = drafting.make_draft(parts, stored.kind, brief, engine, prompt, watch, pair.programme_id)
    new = made.draft.content
    assert isinstance(new, SummaryContent)
    merged = merge(last, mine, new, Notes(before, noted(brief.notes, new.sensitive)))
    audience = audience_of(pair, stored.kind)
    with parts.database.write() as connection:
        mine_to_review(connection, actor, stored.id)
        drafts.set_basis(connection, stored.id, brief, made.passages, made.draft.citations, made.draft.engine)
        by_engine = NewRevision(new, made.draft.markdown, audience, made.draft.checks, author_id=None)
        number = drafts.save_revision(connection, parts.now(), stored.id, base, by_engine, actor, f"draft.finished.{engine}")
        if merged != new:
            markdown, checks = drafting.written(merged, made.draft.citations, brief, made.passages)
            by_person = NewRevision(merged, markdown, audience, checks, author_id=actor)
            drafts.save_revision(connection, parts.now(), stored.id, number, by_person, actor)
