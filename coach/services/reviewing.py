"""Review a draft: read it beside its sources and checks, edit, approve, discard."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection

from coach.domain.access import Act, may
from coach.domain.agenda import AgendaContent, free_minutes
from coach.domain.brief import SHORT_TEXT, Brief
from coach.domain.contents import Content
from coach.domain.drafts import DraftKind, DraftState, blocking
from coach.domain.guidance import Citation, Passage
from coach.domain.people import Pair
from coach.domain.review import Revision, StoredDraft, WorkingCopy
from coach.domain.sessions import Session
from coach.domain.summary import SummaryContent
from coach.drafting.agenda.markdown import carried_lines
from coach.drafting.checks import Facts, Unsupplied, agenda_numbers, facts_of, unsupplied
from coach.drafting.headers import header_of
from coach.drafting.summary.checks import facts_of_notes
from coach.drafting.watch import Watch
from coach.errors import AccessDenied, InputRefused, ReviewRefused
from coach.language.changes import ChangedLine, changed_lines
from coach.services import drafting
from coach.services.audience import audience_of
from coach.services.briefs import present_brief
from coach.services.parts import Parts
from coach.services.prompts import prompt_in_use
from coach.services.staleness import with_staleness
from coach.services.summary_edits import next_version
from coach.store import drafts, guidance, programmes, working_copies
from coach.store.drafts import NewRevision

NOT_YOURS = "There is no such draft, or it is not yours to see."


@dataclass(frozen=True)
class ReviewPage:
    """A draft as its reviewer sees it; only those who may draft it ever get one.

    `gone` are the ids of the documents behind it that are no longer in the guidance.
    """

    draft: StoredDraft
    revision: Revision
    pair: Pair
    session: Session
    brief: Brief
    sources: tuple[tuple[Citation, Passage | None], ...]
    gone: frozenset[str] = frozenset()

    @property
    def header(self) -> tuple[str, str, str, str]:
        """Return title, line under it, and the short names of mentor and mentee."""
        content = self.revision.content
        found = header_of(self.brief, self.draft.kind, content.minutes if isinstance(content, AgendaContent) else None)
        return found.title, found.line, found.mentor, found.mentee

    @property
    def reader(self) -> str:
        """Return the name of the person who reads it after its author released it."""
        return self.pair.mentee.name if self.draft.author_id == self.pair.mentor.id else self.pair.mentor.name

    @property
    def reader_in_short(self) -> str:
        """Return the short name of that person."""
        _, _, mentor, mentee = self.header
        return mentee if self.draft.author_id == self.pair.mentor.id else mentor

    @property
    def carried(self) -> tuple[str, ...]:
        """Return the carried actions in words."""
        return carried_lines(self.agenda, self.brief)

    @property
    def agenda(self) -> AgendaContent:
        """Return the content of an agenda; only for drafts of that kind."""
        assert isinstance(self.revision.content, AgendaContent)
        return self.revision.content

    @property
    def summary(self) -> SummaryContent:
        """Return the content of a summary; only for drafts of that kind."""
        assert isinstance(self.revision.content, SummaryContent)
        return self.revision.content

    def highlights(self, text: str) -> list[Unsupplied]:
        """Return the names, numbers and dates of a text of this draft that stand in nothing supplied."""
        return unsupplied(text, self._facts)

    @cached_property
    def _facts(self) -> Facts:
        if self.draft.kind is DraftKind.SUMMARY:
            return facts_of_notes(self.brief)
        passages = [p for _, p in self.sources if p is not None]
        return facts_of(self.brief, passages, agenda_numbers(self.agenda))


def waiting(parts: Parts, actor: str) -> tuple[StoredDraft, ...]:
    """Return the drafts that wait for this person: to be reviewed, released or tried again; newest first."""
    states = (DraftState.NEEDS_REVIEW, DraftState.APPROVED, DraftState.FAILED, DraftState.DRAFTING)
    with parts.database.read() as connection:
        found = tuple(with_staleness(connection, drafts.load(connection, i)) for i in drafts.ids_of_author(connection, actor, states))
    return tuple(d for d in found if d.state is not DraftState.APPROVED or d.released is None)


def mine(parts: Parts, actor: str) -> tuple[StoredDraft, ...]:
    """Return every draft of this person, newest first; a discarded one only while readers still see what was released of it."""
    with parts.database.read() as connection:
        found = tuple(
            with_staleness(connection, drafts.load(connection, i)) for i in drafts.ids_of_author(connection, actor, tuple(DraftState))
        )
    return tuple(d for d in found if d.state is not DraftState.DISCARDED or d.released is not None)


def open_draft(parts: Parts, actor: str, draft_id: str) -> ReviewPage:
    """Return a draft for review; AccessDenied to anybody who may not draft it."""
    with parts.database.read() as connection:
        stored, pair = mine_to_review(connection, actor, draft_id)
        if stored.revision is None:
            raise ReviewRefused("This draft was not finished. Draft it again where you began it; nothing that you wrote is lost.")
        session = programmes.session_by_id(connection, stored.session_id)
        basis = drafts.basis(connection, draft_id)
        stored = with_staleness(connection, stored)
        gone = frozenset(passage.document_id for passage in basis.passages) - guidance.ids(connection, pair.programme_id)
    assert session is not None and stored.revision is not None
    passages = {(p.document, p.section): p for p in basis.passages}
    sources = tuple((c, passages.get((c.document, c.section))) for c in stored.citations)
    return ReviewPage(stored, stored.revision, pair, session, basis.brief, sources, gone)


def changes(parts: Parts, actor: str, draft_id: str) -> tuple[ChangedLine, ...]:
    """Return what people changed since the engine's last revision, line by line; () where nothing was."""
    with parts.database.read() as connection:
        mine_to_review(connection, actor, draft_id)
        every = drafts.revisions(connection, draft_id)
    if not every:
        return ()
    drafted = next((r for r in reversed(every) if r.author_id is None), every[0])
    return changed_lines(drafted.markdown, every[-1].markdown) if drafted is not every[-1] else ()


def save_edit(parts: Parts, actor: str, draft_id: str, base: int, content: dict[str, Any]) -> int:
    """Keep an edited content as the next revision and return its number; EditConflict when somebody saved first."""
    find_mine(parts, actor, draft_id)
    with parts.database.write() as connection:
        stored, pair = mine_to_review(connection, actor, draft_id)
        basis = drafts.basis(connection, draft_id)
        edited = _agenda(content) if stored.kind is DraftKind.AGENDA else next_version(connection, stored, basis.brief, content)
        markdown, checks = drafting.written(edited, stored.citations, basis.brief, basis.passages)
        new = NewRevision(edited, markdown, audience_of(pair, stored.kind), checks, author_id=actor)
        number = drafts.save_revision(connection, parts.now(), draft_id, base, new, actor)
        kept = working_copies.find(connection, draft_id, actor)
        if kept is not None and kept.base == base and _says_the_same(kept, content, edited):
            working_copies.give_up(connection, draft_id, actor)  # another tab's text stays
        return number


def _says_the_same(kept: WorkingCopy, content: dict[str, Any], edited: Content) -> bool:
    """Tell whether an unsaved edit is the one that was just saved."""
    return AgendaContent.model_validate(kept.content) == edited if isinstance(edited, AgendaContent) else kept.content == content


def _agenda(content: dict[str, Any]) -> AgendaContent:
    try:
        return AgendaContent.model_validate(content)
    except ValidationError as error:
        raise InputRefused(f"Not saved: {_problem(error)} Your text is still here.") from None


def _problem(error: ValidationError) -> str:
    """Return what is wrong with an edited agenda, in one sentence."""
    first = error.errors(include_url=False, include_input=False)[0]
    place = [p for p in first["loc"] if isinstance(p, int)]
    where = f"{'item' if first['loc'][0] == 'items' else 'line'} {place[0] + 1}" if place else f"the {first['loc'][0]}"
    said = {"string_too_short": "has no text", "too_short": "needs at least one item", "string_too_long": "is too long"}
    return f"{where} {said.get(first['type'], 'cannot be used as it is')}."


def keep_unsaved(parts: Parts, actor: str, draft_id: str, copy: WorkingCopy) -> None:
    """Keep what somebody typed so far, so that a dropped connection or a reload loses nothing."""
    with parts.database.write() as connection:
        mine_to_review(connection, actor, draft_id)
        working_copies.keep(connection, parts.now(), draft_id, actor, copy)


def unsaved(parts: Parts, actor: str, draft_id: str) -> WorkingCopy | None:
    """Return what somebody typed and did not save, or None."""
    with parts.database.read() as connection:
        mine_to_review(connection, actor, draft_id)
        return working_copies.find(connection, draft_id, actor)


def give_up_unsaved(parts: Parts, actor: str, draft_id: str) -> None:
    """Forget an edit that was not saved."""
    with parts.database.write() as connection:
        mine_to_review(connection, actor, draft_id)
        working_copies.give_up(connection, draft_id, actor)


def answer(parts: Parts, actor: str, draft_id: str, base: int, answers: dict[str, str]) -> None:
    """Draft again with the answers to the draft's open questions, as the next revision; a model does so behind the page."""
    page = open_draft(parts, actor, draft_id)
    given = {key: text.strip() for key, text in answers.items() if text.strip()}
    with parts.database.read() as connection:
        present = present_brief(connection, page.draft, page.pair, page.brief.answers)
    try:
        brief = Brief.model_validate(present.model_dump() | {"answers": {**present.answers, **given}})
    except ValidationError:
        raise InputRefused(f"An answer may have {SHORT_TEXT} characters at most. Nothing was changed.") from None
    if page.draft.engine.name == drafting.OPENAI and drafting.OPENAI in parts.engines:
        parts.jobs.start(draft_id, parts.draft_seconds, lambda watch: _draft_again(parts, actor, page, base, brief, drafting.OPENAI, watch))
    else:
        _draft_again(parts, actor, page, base, brief, drafting.BUILTIN, Watch())


def _draft_again(parts: Parts, actor: str, page: ReviewPage, base: int, brief: Brief, engine: str, watch: Watch) -> None:
    draft_id, kind = page.draft.id, page.draft.kind
    with parts.database.read() as connection:
        prompt = prompt_in_use(connection, page.pair.programme_id, kind) if engine == drafting.OPENAI else None
    made = drafting.make_draft(parts, kind, brief, engine, prompt, watch, page.pair.programme_id)
    with parts.database.write() as connection:
        mine_to_review(connection, actor, draft_id)
        drafts.set_basis(connection, draft_id, brief, made.passages, made.draft.citations, made.draft.engine)
        new = NewRevision(made.draft.content, made.draft.markdown, audience_of(page.pair, kind), made.draft.checks, author_id=actor)
        drafts.save_revision(connection, parts.now(), draft_id, base, new, actor)


def approve(parts: Parts, actor: str, draft_id: str, number: int, sha256: str) -> None:
    """Approve exactly the revision that the reviewer saw; ReviewRefused while a check that blocks has failed."""
    with parts.database.write() as connection:
        stored, _ = mine_to_review(connection, actor, draft_id)
        if stored.revision is not None and (failed := blocking(stored.revision.checks)):
            raise ReviewRefused(f"Not approved: {failed[0].detail}")
        content = stored.revision.content if stored.revision is not None else None
        if isinstance(content, AgendaContent) and content.slack < 0:
            raise ReviewRefused(f"Not approved: {free_minutes(content)} Shorten one first.")
        drafts.approve(connection, parts.now(), draft_id, number, sha256, actor)


def discard(parts: Parts, actor: str, draft_id: str) -> None:
    """Put a draft aside for good."""
    with parts.database.write() as connection:
        mine_to_review(connection, actor, draft_id)
        drafts.discard(connection, parts.now(), draft_id, actor)
    parts.jobs.stop(draft_id)


def find_mine(parts: Parts, actor: str, draft_id: str) -> StoredDraft:
    """Return a draft in whatever state to somebody who may draft it; AccessDenied to anybody else."""
    with parts.database.read() as connection:
        return mine_to_review(connection, actor, draft_id)[0]


def mine_to_review(connection: Connection, actor: str, draft_id: str) -> tuple[StoredDraft, Pair]:
    """Return a draft and its pair to somebody who may draft, edit, approve and release it; AccessDenied otherwise."""
    known = drafts.find(connection, draft_id)
    pair = programmes.pair_by_id(connection, known.pair_id) if known else None
    if known is None or pair is None or not may(pair, actor, Act.DRAFT, DraftKind(known.kind)) or known.author_id != actor:
        raise AccessDenied(NOT_YOURS)
    return known, pair
