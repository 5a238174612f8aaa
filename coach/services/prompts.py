"""A programme's own prompts: look, try, use, and go back."""

from sqlalchemy import Connection

from coach.domain.drafts import DraftKind
from coach.prompts.loader import Prompt, read_prompt
from coach.store import prompts


def prompt_in_use(connection: Connection, programme_id: str, kind: DraftKind) -> Prompt | None:
    """Return the programme's own prompt for this kind, or None where it uses the one that ships."""
    known = prompts.versions(connection, programme_id, kind)
    if not known or not known[0].text:
        return None
    return read_prompt(known[0].text, kind, f"{kind}.md of the programme, version {known[0].version}")
