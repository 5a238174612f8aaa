"""What documents of the guidance are called on every page that shows them."""

from collections.abc import Collection

from coach.domain.guidance import Document, Origin
from coach.domain.people import RoleName

STAGES = {
    "starting": "Starting a programme",
    "matching": "Matching pairs",
    "agreement": "The agreement",
    "first_session": "The first session",
    "running": "While it runs",
    "ending": "Ending",
    "reporting": "Reporting",
}
READERS = {RoleName.MENTOR: "Mentors", RoleName.MENTEE: "Mentees", RoleName.COORDINATOR: "Coordinators"}


def readers(document: Document) -> str:
    """Return in words for whom a document is written."""
    named = [said for role, said in READERS.items() if role in document.audience]
    return "Everybody" if len(named) == len(READERS) else " and ".join(named).capitalize()


def stages(names: Collection[str]) -> str:
    """Return in words for which stages a document is."""
    return ", ".join(said for name, said in STAGES.items() if name in names) or "Any time"


def origin(document: Document) -> str:
    """Return in words where a document comes from."""
    if document.origin is Origin.SHIPPED:
        return "Comes with the coach"
    return "Your programme’s own" if document.programme_id else "For every programme here"
