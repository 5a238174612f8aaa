"""Read which documents the drafts of a programme cite; nothing of what the drafts say."""

from sqlalchemy import Connection, select

from coach.domain.drafts import DraftState
from coach.store.tables import draft, pair

FINISHED = (DraftState.NEEDS_REVIEW, DraftState.APPROVED)


def pairs_citing(connection: Connection, programme_id: str) -> dict[str, frozenset[str]]:
    """Return the ids of a programme's pairs with a draft that cites a document, by the document's id."""
    found: dict[str, set[str]] = {}
    chosen = select(draft.c.pair_id, draft.c.passages, draft.c.citations).join(pair, pair.c.id == draft.c.pair_id)
    for row in connection.execute(chosen.where(pair.c.programme_id == programme_id, draft.c.state.in_(FINISHED))):
        cited = {(citation["document"], citation["section"]) for citation in row.citations}
        for passage in row.passages:
            if (passage["document"], passage["section"]) in cited:
                found.setdefault(passage["document_id"], set()).add(row.pair_id)
    return {document_id: frozenset(ids) for document_id, ids in found.items()}
