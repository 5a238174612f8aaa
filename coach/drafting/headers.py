"""What stands above every draft: whose it is, and when."""

from dataclasses import dataclass

from coach.domain.brief import Brief
from coach.domain.days import WEEKDAYS
from coach.domain.drafts import DraftKind
from coach.drafting.voice import voice_of


@dataclass(frozen=True)
class Header:
    """A title, the line under it, and the short names of mentor and mentee."""

    title: str
    line: str
    mentor: str
    mentee: str


def header_of(brief: Brief, kind: DraftKind, minutes: int | None = None) -> Header:
    """Return the header of a draft of this kind for this brief, with minutes where they are planned."""
    voice = voice_of(brief.pair, brief.session.date)
    session = brief.session
    parts = [f"Session {session.number}"] if session.number else []
    parts += ["last session"] if session.last else []
    parts += [f"{WEEKDAYS[session.date.weekday()]} {session.date.day} {session.date:%B %Y}"] if session.date else []
    parts += [f"{session.starts_at:%H:%M}"] if session.starts_at and minutes else []
    parts += [f"{minutes} minutes"] if minutes else []
    title = f"{kind.value.capitalize()}: {brief.pair.mentor.name} and {brief.pair.mentee.name}"
    return Header(title, " · ".join(parts), voice.mentor, voice.mentee)
