"""What the author of notes does where they may hold a disclosure: read the human route, then remove the passage or confirm that it is none.

Each step stands in the audit trail without a word of the notes. That there was a possible disclosure is kept as long as the draft.
"""

from sqlalchemy import Connection

from coach.domain.disclosures import Disclosure, DisclosureDecision
from coach.domain.people import Pair
from coach.domain.review import StoredDraft
from coach.domain.summary import SummaryContent
from coach.drafting.summary.cutting import cut, cut_words, disclosed, moved_summary, without_disclosure
from coach.errors import ReviewRefused
from coach.services import drafting
from coach.services.audience import audience_of
from coach.services.parts import Parts
from coach.services.reviewing import mine_to_review
from coach.services.summary_edits import summary_of
from coach.store import audit, disclosures, drafts, notes, working_copies
from coach.store.drafts import NewRevision

READ_FIRST = "Read whom you can turn to first; then decide. Nothing was changed."


def read_route(parts: Parts, actor: str, draft_id: str) -> None:
    """Keep that the author has read whom they can turn to."""
    with parts.database.write() as connection:
        mine_to_review(connection, actor, draft_id)
        if _waiting(connection, draft_id).route_read_at is None:
            disclosures.read_route(connection, parts.now(), draft_id)


def remove_passage(parts: Parts, actor: str, draft_id: str, base: int) -> None:
    """Cut the passages that are marked as a disclosure out of the author's notes and out of what the draft was made from.

    Earlier revisions are never changed, and are not shown any more. Unsaved edits of the draft go, because they may hold the words.
    """
    with parts.database.write() as connection:
        stored, pair, content = _to_decide(connection, actor, draft_id)
        brief = drafts.basis(connection, draft_id).brief
        stretches = disclosed(content)
        if content.safeguarding and not stretches:
            raise ReviewRefused(
                "The draft cannot tell where in your notes that is. Take the passage out under Notes and draft again, or confirm that it is no disclosure."
            )
        made = cut(brief.notes, stretches)
        drafts.set_brief(connection, draft_id, brief.model_copy(update={"notes": made.text}))
        own = notes.find(connection, stored.session_id, actor)
        left = made.text if own.text == brief.notes else cut_words(own.text, [brief.notes[a:b] for a, b in stretches]).text
        if left != own.text:
            notes.save(connection, parts.now(), stored.session_id, actor, left, own.version)
        _decide(parts, connection, stored, pair, base, moved_summary(content, made), DisclosureDecision.REMOVED)


def deny_disclosure(parts: Parts, actor: str, draft_id: str, base: int) -> None:
    """Keep the author's word that what the draft marked is no disclosure; its marks go."""
    with parts.database.write() as connection:
        stored, pair, content = _to_decide(connection, actor, draft_id)
        _decide(parts, connection, stored, pair, base, without_disclosure(content), DisclosureDecision.NO_DISCLOSURE)


def _waiting(connection: Connection, draft_id: str) -> Disclosure:
    known = disclosures.find(connection, draft_id)
    if known is None or known.decision is not None:
        raise ReviewRefused("No possible disclosure waits for you in this draft; nothing was changed.")
    return known


def _to_decide(connection: Connection, actor: str, draft_id: str) -> tuple[StoredDraft, Pair, SummaryContent]:
    stored, pair = mine_to_review(connection, actor, draft_id)
    if _waiting(connection, draft_id).route_read_at is None:
        raise ReviewRefused(READ_FIRST)
    return stored, pair, summary_of(stored)


def _decide(
    parts: Parts, connection: Connection, stored: StoredDraft, pair: Pair, base: int, content: SummaryContent, decision: DisclosureDecision
) -> None:
    """Keep the decision and the revision that follows from it, in the caller's transaction."""
    basis = drafts.basis(connection, stored.id)
    markdown, checks = drafting.written(content, stored.citations, basis.brief, basis.passages)
    new = NewRevision(content, markdown, audience_of(pair, stored.kind), checks, author_id=stored.author_id)
    drafts.save_revision(connection, parts.now(), stored.id, base, new, stored.author_id)
    working_copies.give_up_all(connection, stored.id)
    disclosures.decide(connection, parts.now(), stored.id, decision)
    act = {DisclosureDecision.REMOVED: "disclosure.removed", DisclosureDecision.NO_DISCLOSURE: "disclosure.denied"}[decision]
    audit.record(connection, parts.now(), stored.author_id, act, stored.id, drafts.draft_row(connection, stored.id).secret, "")
