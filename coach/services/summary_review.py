"""What the reviewer of a summary has besides its text: what waits for a decision, what changed, quotes chosen by hand, the preview."""

from dataclasses import dataclass

from coach.domain.disclosures import Disclosure
from coach.domain.summary import Evidence, SummaryContent
from coach.drafting.summary.evidence import LONGEST_QUOTE, noted
from coach.drafting.summary.reasons import NOTHING_SAID
from coach.drafting.summary.views import EachSees, each_sees
from coach.errors import InputRefused
from coach.services.parts import Parts
from coach.services.reviewing import mine_to_review
from coach.services.summary_edits import last_by_engine, summary_of
from coach.store import disclosures, drafts, programmes

WHY_NOT_DISCUSSED = NOTHING_SAID  # the reason of a goal for which the reviewer confirmed that


@dataclass(frozen=True)
class SummaryReview:
    """How the review of a summary stands.

    `drafted` is what an engine made of it last, and `times` how often one did; after an approval another draft is made instead.
    """

    route: str  # whom the programme says that people can turn to
    disclosure: Disclosure | None
    approved_before: bool
    drafted: SummaryContent
    times: int
    sees: EachSees

    @property
    def waits_for_decision(self) -> bool:
        """Tell whether a possible disclosure holds the release."""
        return self.disclosure is not None and self.disclosure.decision is None


def summary_review(parts: Parts, actor: str, draft_id: str) -> SummaryReview:
    """Return how the review of somebody's summary stands; AccessDenied to anybody but its author."""
    with parts.database.read() as connection:
        stored, pair = mine_to_review(connection, actor, draft_id)
        every = drafts.revisions(connection, draft_id)
        return SummaryReview(
            route=programmes.programme_of(connection, pair.programme_id).route,
            disclosure=disclosures.find(connection, draft_id),
            approved_before=drafts.was_approved(connection, draft_id),
            drafted=last_by_engine(every),
            times=sum(1 for revision in every if revision.author_id is None),
            sees=each_sees(summary_of(stored), drafts.basis(connection, draft_id).brief),
        )


def quote_of_notes(parts: Parts, actor: str, draft_id: str, start: int, end: int) -> Evidence:
    """Return a stretch of the notes that the reviewer chose as a quote; InputRefused where it cannot be one."""
    with parts.database.read() as connection:
        stored, _ = mine_to_review(connection, actor, draft_id)
        notes = noted(drafts.basis(connection, draft_id).brief.notes, summary_of(stored).sensitive)
    found = notes.picked(start, end)
    if found is None:
        raise InputRefused(
            f"Not taken: a quote has {LONGEST_QUOTE} characters at most, and nothing of a passage that is marked as sensitive. Choose a shorter one."
        )
    return found
