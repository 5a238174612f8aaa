"""What an edit of a summary becomes: the next version of its content, held to the notes that it was drafted from."""

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection

from coach.domain.brief import Brief
from coach.domain.review import Revision, StoredDraft
from coach.domain.summary import SummaryContent
from coach.drafting.summary.editing import edited, without_left_out
from coach.drafting.summary.evidence import noted
from coach.errors import InputRefused, ReviewRefused
from coach.store import drafts

_NAMES = {
    "goals": "goal",
    "actions": "action",
    "closed_actions": "action that is done",
    "decisions": "decision",
    "open_questions": "question",
}
_SAYS = {"string_too_long": "is too long", "too_long": "has more lines than a reader takes in; three are the most"}


def last_by_engine(revisions: Sequence[Revision]) -> SummaryContent:
    """Return the latest content that an engine made of a summary."""
    for revision in reversed(revisions):
        if revision.author_id is None and isinstance(revision.content, SummaryContent):
            return revision.content
    raise ReviewRefused("No engine made this summary, so there is nothing to compare it with.")


def summary_of(stored: StoredDraft) -> SummaryContent:
    """Return the present content of a summary; ReviewRefused where a draft is something else, or not finished."""
    content = stored.revision.content if stored.revision is not None else None
    if not isinstance(content, SummaryContent):
        raise ReviewRefused("This can be done with a finished summary only; nothing was changed.")
    return content


def next_version(connection: Connection, stored: StoredDraft, brief: Brief, content: dict[str, Any]) -> SummaryContent:
    """Return what an edit makes of a summary; InputRefused with one sentence where it cannot be kept."""
    present = summary_of(stored)
    drafted = last_by_engine(drafts.revisions(connection, stored.id))
    return edited(typed(content), present, drafted, brief, noted(brief.notes, present.sensitive))


def typed(content: dict[str, Any]) -> SummaryContent:
    """Return an edit that was under way as content; InputRefused where a field cannot be used."""
    try:
        return SummaryContent.model_validate(without_left_out(content))
    except ValidationError as error:
        raise InputRefused(f"Not saved: {_problem(error)} Your text is still here.") from None


def _problem(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    place = next((p for p in first["loc"] if isinstance(p, int)), None)
    name = str(first["loc"][-1 if place is None else 0])
    where = f"the {name.replace('_', ' ')}" if place is None else f"{_NAMES.get(name, 'line')} {place + 1}"
    return f"{where} {_SAYS.get(first['type'], 'cannot be used as it is')}."
