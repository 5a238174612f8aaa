"""Notes about a session: what their author wrote, how much of it a draft reads, and which session is likely meant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from coach.domain.brief import LONG_TEXT
from coach.domain.sessions import Session

NEAR_LIMIT = 0.9  # of what a draft reads; from here on the number of characters is shown
MOST_BYTES = 5_000_000  # of a file that is brought in
MOST_MEGABYTES = MOST_BYTES // 1_000_000
ENDINGS = (".txt", ".md", ".docx", ".vtt", ".srt")


class NotesKind(StrEnum):
    """What a file of notes is."""

    TEXT = "text"
    MARKDOWN = "Markdown"
    WORD = "a Word document"
    WEBVTT = "a WebVTT transcript"
    SRT = "an SRT transcript"


@dataclass(frozen=True)
class NotesFile:
    """A file of notes as lines; `speakers` as they first speak, `said` what to know of it, what is not used above all."""

    name: str
    kind: NotesKind
    text: str
    speakers: tuple[str, ...]
    said: tuple[str, ...]


class Notes(BaseModel):
    """What one person wrote about one session; `version` counts the saves, 0 where nothing was saved yet."""

    model_config = ConfigDict(frozen=True)

    text: str = ""
    version: int = 0
    changed_at: datetime | None = None


def too_long(what: str, characters: int) -> str:
    """Return why a text of so many characters cannot be notes, and what helps."""
    return (
        f"{what} has {characters:,} characters of text; a draft reads {LONG_TEXT:,}. Nothing of it was taken: leave out what no goal is about, "
        "or keep it in two parts where the topic changes."
    )


def near_limit(characters: int) -> bool:
    """Tell whether a text is so long that its author should know how much room there is."""
    return characters >= NEAR_LIMIT * LONG_TEXT


def below(notes: str, added: str) -> str:
    """Return notes with a text put below them, a blank line between the two."""
    return f"{notes.rstrip()}\n\n{added}" if notes.strip() else added


def likely(sessions: Sequence[Session], today: date) -> Session | None:
    """Return the session that somebody most likely writes about: today's, else the latest past one, else the next one."""
    past = [session for session in sessions if session.on <= today or session.held]
    by_day = sorted(past or sessions, key=lambda session: (session.on, session.number))
    if not by_day:
        return None
    return by_day[-1] if past else by_day[0]
