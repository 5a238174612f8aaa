"""Make the drafts of a session: begin one, follow it, stop it, try again; in this call or behind the page."""

from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection

from coach.domain.access import Act, may
from coach.domain.brief import Brief
from coach.domain.drafts import DraftKind, DraftState
from coach.domain.outcomes import Outcome
from coach.domain.people import Pair
from coach.domain.review import Audience, StoredDraft
from coach.domain.sessions import Session
from coach.drafting.watch import Step, Watch
from coach.errors import AccessDenied, CoachError, EngineFailed, InputRefused
from coach.prompts.loader import Prompt
from coach.services import briefs, drafting, prompts
from coach.services.audience import audience_of
from coach.services.belonging import refuse_over
from coach.services.drafting import BUILTIN
from coach.services.parts import Parts
from coach.services.reviewing import mine_to_review
from coach.store import drafts, programmes
from coach.store.drafts import NewRevision


@dataclass(frozen=True)
class Progress:
    """How far a draft is; `step` is None where nobody here is making it."""

    draft: StoredDraft
    step: Step | None
    detail: str
    seconds: float


@dataclass(frozen=True)
class _Begun:
    """A draft that stands in the database as `drafting`, and what it is to be made from."""

    draft_id: str
    kind: DraftKind
    to_do: bool
    brief: Brief
    audience: Audience
    prompt: Prompt | None
    programme_id: str


def draft_now(parts: Parts, actor: str, session_id: str, kind: DraftKind, request_key: str, engine: str = BUILTIN) -> str:
    """Return the id of the draft made for this request; the same key always leads to the same draft.

    `drafting` is written before the engine is called, so a crash leaves a draft that the same click completes.
    """
    begun = _begin(parts, actor, session_id, kind, request_key, engine)
    if begun.to_do:
        _complete(parts, begun, engine, Watch(parts.draft_seconds))
    return begun.draft_id


def start_draft(parts: Parts, actor: str, session_id: str, kind: DraftKind, request_key: str, engine: str) -> str:
    """Return the id of the draft for this request at once, while it is made behind it; see `progress` and `stop_draft`."""
    begun = _begin(parts, actor, session_id, kind, request_key, engine)
    if begun.to_do:
        parts.jobs.start(begun.draft_id, parts.draft_seconds, lambda watch: _complete_behind(parts, begun, engine, watch))
    return begun.draft_id


def try_again(parts: Parts, actor: str, draft_id: str, engine: str) -> None:
    """Draft once more what failed or was broken off, from the same brief, with this engine."""
    with parts.database.write() as connection:
        begun = _again(parts, connection, actor, draft_id, engine)
    if begun.to_do and engine == BUILTIN:
        _complete(parts, begun, engine, Watch(parts.draft_seconds))
    elif begun.to_do:
        parts.jobs.start(draft_id, parts.draft_seconds, lambda watch: _complete_behind(parts, begun, engine, watch))


def progress(parts: Parts, actor: str, draft_id: str) -> Progress:
    """Return how far a draft of this person is."""
    with parts.database.read() as connection:
        stored, _ = mine_to_review(connection, actor, draft_id)
    job = parts.jobs.find(draft_id)
    if job is None:
        return Progress(stored, None, "", 0.0)
    return Progress(stored, job.step, job.detail, job.seconds)


def refusal(parts: Parts, actor: str, draft_id: str) -> str | None:
    """Return, once, why a draft of this person could not be drafted again; None where it could, or nobody tried."""
    with parts.database.read() as connection:
        mine_to_review(connection, actor, draft_id)
    return parts.jobs.refusal(draft_id)


def stop_draft(parts: Parts, actor: str, draft_id: str) -> None:
    """Stop a draft in the making; one that no process makes any more is marked as stopped."""
    with parts.database.write() as connection:
        mine_to_review(connection, actor, draft_id)
        if not parts.jobs.stop(draft_id):
            drafts.fail(connection, parts.now(), draft_id, Outcome.CANCELLED)


def _begin(parts: Parts, actor: str, session_id: str, kind: DraftKind, request_key: str, engine: str) -> _Begun:
    named = () if kind is DraftKind.AGENDA else (kind.value,)  # agendas were keyed without their kind first
    key = sha256("\0".join((actor, session_id, request_key, *named)).encode()).hexdigest()
    with parts.database.write() as connection:
        pair, session = session_to_draft(connection, actor, session_id, kind)
        refuse_over(pair, parts.today())
        brief = briefs.brief_for_session(connection, pair, session, kind, actor)
        if kind is DraftKind.SUMMARY and not brief.notes.strip():
            raise InputRefused(
                "There are no notes of yours for this session yet; write or import them first, then the summary is drafted from them."
            )
        draft_id = drafts.start(
            connection,
            parts.now(),
            request_key=key,
            kind=kind,
            pair_id=pair.id,
            session_id=session_id,
            author_id=actor,
            brief=brief,
        )
        return _again(parts, connection, actor, draft_id, engine)


def _again(parts: Parts, connection: Connection, actor: str, draft_id: str, engine: str) -> _Begun:
    stored, pair = mine_to_review(connection, actor, draft_id)
    drafts.restart(connection, parts.now(), draft_id)
    to_do = stored.state in (DraftState.DRAFTING, DraftState.FAILED)
    brief = drafts.basis(connection, draft_id).brief
    if stored.state is DraftState.FAILED:  # what was agreed may have changed since the first try
        brief = briefs.present_brief(connection, stored, pair, brief.answers)
        drafts.set_brief(connection, draft_id, brief)
    prompt = prompts.prompt_in_use(connection, pair.programme_id, stored.kind) if engine != BUILTIN else None
    return _Begun(draft_id, stored.kind, to_do, brief, audience_of(pair, stored.kind), prompt, pair.programme_id)


def _complete_behind(parts: Parts, begun: _Begun, engine: str, watch: Watch) -> None:
    with suppress(CoachError):  # how it ended stands in the database, where the page reads it
        _complete(parts, begun, engine, watch)


def _complete(parts: Parts, begun: _Begun, engine: str, watch: Watch) -> None:
    with parts.database.read() as connection:
        if drafts.load(connection, begun.draft_id).state is not DraftState.DRAFTING:
            return  # stopped, discarded or finished by another click before this one began
    try:
        made = drafting.make_draft(parts, begun.kind, begun.brief, engine, begun.prompt, watch, begun.programme_id)
    except Exception as error:  # whatever it was, the draft says how it ended and can be tried again
        outcome = Outcome(error.outcome) if isinstance(error, EngineFailed) else Outcome.INTERNAL
        with parts.database.write() as connection:
            drafts.fail(connection, parts.now(), begun.draft_id, outcome)
        raise
    new = NewRevision(made.draft.content, made.draft.markdown, begun.audience, made.draft.checks, author_id=None)
    with parts.database.write() as connection:
        drafts.finish(connection, parts.now(), begun.draft_id, made.passages, made.draft.citations, made.draft.engine, new)


def session_to_draft(connection: Connection, actor: str, session_id: str, kind: DraftKind) -> tuple[Pair, Session]:
    """Return a session and its pair to somebody who may draft this kind for it; AccessDenied to anybody else."""
    session = programmes.session_by_id(connection, session_id)
    pair = programmes.pair_by_id(connection, session.pair_id) if session else None
    if session is None or pair is None or not may(pair, actor, Act.DRAFT, kind):
        raise AccessDenied("There is no such session, or preparing it is not yours to do.")
    return pair, session
