"""Release approved drafts: to their readers in the app, or as a file; withdraw them; read what was released."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from coach.domain.access import Act, may
from coach.domain.agenda import AgendaContent
from coach.domain.brief import Brief
from coach.domain.days import in_words
from coach.domain.drafts import DraftKind
from coach.domain.people import Pair
from coach.domain.review import ApprovedDraft, Channel, StoredDraft
from coach.domain.sessions import Session
from coach.domain.summary import SummaryContent
from coach.drafting.agenda.markdown import carried_lines
from coach.drafting.headers import header_of
from coach.drafting.summary.markdown import summary_text
from coach.errors import AccessDenied, NotFound, ReviewRefused
from coach.release.files import write_file
from coach.services import drafting
from coach.services.belonging import refuse_over
from coach.services.parts import Parts
from coach.services.reviewing import mine_to_review
from coach.store import drafts, programmes, progress, releases


@dataclass(frozen=True)
class ReleasedAgenda:
    """A released agenda as its readers see it: the approved words and the header, and nothing of how they came about."""

    title: str
    line: str
    content: AgendaContent
    carried: tuple[str, ...]
    goal_titles: dict[str, str]
    mentor: str
    mentee: str
    released_at: datetime
    session: Session


def release_to_readers(parts: Parts, actor: str, draft_id: str) -> None:
    """Show an approved draft to its readers in the app; what was released for this session before is withdrawn."""
    with parts.database.write() as connection:
        ready = _ready(connection, actor, draft_id)
        stored, pair = mine_to_review(connection, actor, draft_id)
        refuse_over(pair, parts.today())
        session = _session_of(connection, stored)
        if stored.kind is DraftKind.SUMMARY and session.on > parts.today():
            raise ReviewRefused(
                f"Not released: session {session.number} is planned for {in_words(session.on)}. Release its summary once it took place."
            )
        for earlier in drafts.ids_of_session(connection, stored.session_id, stored.kind):
            _refuse_over_another(connection, actor, earlier)
            _withdraw(connection, parts, actor, earlier)
        releases.record_release(connection, parts.now(), ready, Channel.APP, actor)
        content = ready.revision.content
        if isinstance(content, SummaryContent):
            brief = drafts.basis(connection, draft_id).brief
            progress.put_in(connection, draft_id, session, content, summary_text(content, brief))


def release_as_file(parts: Parts, actor: str, draft_id: str, channel: Channel, deliver: Callable[[bytes], object]) -> None:
    """Hand an approved draft over as a file of this kind; the release is recorded only if `deliver` succeeds."""
    with parts.database.write() as connection:
        ready = _ready(connection, actor, draft_id)
        releases.record_release(connection, parts.now(), ready, channel, actor)
        deliver(write_file(ready, channel))


def withdraw(parts: Parts, actor: str, draft_id: str) -> bool:
    """Take a released draft back from its readers in the app; tell whether there was anything to take back."""
    with parts.database.write() as connection:
        mine_to_review(connection, actor, draft_id)
        return _withdraw(connection, parts, actor, draft_id)


def _withdraw(connection: Connection, parts: Parts, actor: str, draft_id: str) -> bool:
    """Take a draft back from its readers with all that it made count, in the caller's transaction."""
    stored = drafts.load(connection, draft_id)
    if stored.kind is DraftKind.SUMMARY and stored.released is not None:
        progress.take_out(connection, draft_id, _session_of(connection, stored))
    return releases.withdraw(connection, parts.now(), draft_id, actor) > 0


def _refuse_over_another(connection: Connection, actor: str, draft_id: str) -> None:
    """Refuse to take the place of what the other person released: a summary of a session is one person's, the other answers to it."""
    stored = drafts.load(connection, draft_id)
    if stored.released is not None and stored.author_id != actor:
        raise ReviewRefused(
            "Not released: the other person has released a summary of this session already. Confirm it or comment on it under Progress; nothing was sent."
        )


def _session_of(connection: Connection, stored: StoredDraft) -> Session:
    session = programmes.session_by_id(connection, stored.session_id)
    if session is None:
        raise NotFound("The session of this draft is not there any more.")
    return session


def released_agenda(parts: Parts, actor: str, session_id: str) -> ReleasedAgenda | None:
    """Return the agenda released for a session to one of its readers, None where there is none; AccessDenied to others."""
    with parts.database.read() as connection:
        session = programmes.session_by_id(connection, session_id)
        pair = programmes.pair_by_id(connection, session.pair_id) if session else None
        if session is None or pair is None or not may(pair, actor, Act.READ_RELEASED, DraftKind.AGENDA):
            raise AccessDenied("There is no such session, or it is not yours to see.")
        return _released(connection, actor, pair, session)


def _released(connection: Connection, actor: str, pair: Pair, session: Session) -> ReleasedAgenda | None:
    found = releases.live(connection, session.id, DraftKind.AGENDA)
    if found is None:
        return None
    draft, release = found
    revision = releases.released_revision(connection, draft.id, release.revision)
    if actor not in revision.audience.readers:
        return None
    brief = drafts.basis(connection, draft.id).brief
    assert isinstance(revision.content, AgendaContent)
    return _for_readers(revision.content, brief, release.released_at, session)


def _for_readers(content: AgendaContent, brief: Brief, released_at: datetime, session: Session) -> ReleasedAgenda:
    header = header_of(brief, DraftKind.AGENDA, content.minutes)
    titles = {goal.id: goal.title for goal in brief.goals}
    return ReleasedAgenda(
        header.title,
        header.line,
        content,
        carried_lines(content, brief),
        titles,
        header.mentor,
        header.mentee,
        released_at,
        session.without_focus(),
    )


def _ready(connection: Connection, actor: str, draft_id: str) -> ApprovedDraft:
    stored, _ = mine_to_review(connection, actor, draft_id)
    brief = drafts.basis(connection, draft_id).brief
    heading = drafting.heading_of(stored.revision.content, brief) if stored.revision else ""
    return releases.approved(connection, draft_id, heading)
