"""Make a draft from a brief: guidance, engine, checks, Markdown; stores nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from coach.domain.agenda import AgendaContent
from coach.domain.brief import Brief
from coach.domain.contents import Content
from coach.domain.drafts import Check, Draft, DraftKind, Quotes
from coach.domain.guidance import Citation, Passage
from coach.domain.summary import SummaryContent
from coach.drafting.agenda.markdown import render_agenda
from coach.drafting.checks import check_agenda
from coach.drafting.engines import Drafted, Engine, Order
from coach.drafting.headers import header_of
from coach.drafting.summary.checks import check_summary
from coach.drafting.summary.evidence import hold_to_notes, noted
from coach.drafting.summary.markdown import render_summary
from coach.drafting.watch import Step, Watch
from coach.errors import EngineFailed, InputRefused
from coach.prompts.loader import Prompt
from coach.services.parts import Parts

BUILTIN, OPENAI = "builtin", "openai"


@dataclass(frozen=True)
class MadeDraft:
    """A draft and the passages that were supplied to it."""

    draft: Draft
    passages: tuple[Passage, ...]


def make_draft(
    parts: Parts,
    kind: DraftKind,
    brief: Brief,
    engine_name: str = BUILTIN,
    prompt: Prompt | None = None,
    watch: Watch | None = None,
    programme_id: str | None = None,
) -> MadeDraft:
    """Return a checked draft of this kind from what its programme's guidance says, or from what every programme sees.

    InputRefused where no such engine drafts it, EngineFailed where it ends without one.
    """
    engine = _engine_for(parts, kind, engine_name)
    watch = watch or Watch(parts.draft_seconds)
    watch.enter(Step.GUIDANCE)
    supplied = parts.library.passages_for(engine.needs(kind, brief), programme_id)
    made = _held(engine.draft(Order(kind, brief, supplied, prompt, watch)), brief)
    watch.enter(Step.CHECKING)
    passages = tuple({p.id: p for found in supplied.values() for p in found}.values())
    markdown, checks = written(made.content, made.citations, brief, passages)
    draft = Draft(kind=kind, content=made.content, citations=made.citations, checks=checks, engine=made.engine, markdown=markdown)
    return MadeDraft(draft, passages)


def _engine_for(parts: Parts, kind: DraftKind, engine_name: str) -> Engine:
    engine = parts.engines.get(engine_name)
    if engine is None and engine_name == OPENAI:
        raise InputRefused(
            "No model is set up here; set COACH_LLM_MODEL (and COACH_LLM_BASE_URL, COACH_LLM_API_KEY), or use the builtin engine."
        )
    if engine is None or kind not in engine.kinds():
        can = ", ".join(f"{name} drafts {', '.join(sorted(e.kinds()))}" for name, e in parts.engines.items())
        raise InputRefused(f"The engine {engine_name} cannot draft {kind} here; {can}.")
    return engine


def _held(made: Drafted, brief: Brief) -> Drafted:
    """Return what an engine made, a summary with no quote but those that stand in the notes, whichever engine it was."""
    if not isinstance(made.content, SummaryContent):
        return made
    held = hold_to_notes(made.content, noted(brief.notes, made.content.sensitive))
    before = made.engine.quotes.removed if made.engine.quotes else 0  # by the engine itself
    quotes = Quotes(supported=held.quotes.supported, removed=held.quotes.removed + before)
    record = made.engine.model_copy(update={"quotes": quotes, "said": (*made.engine.said, *held.said)})
    return Drafted(held.content, made.citations, record)


def make_draft_or_builtin(parts: Parts, kind: DraftKind, brief: Brief, engine_name: str) -> MadeDraft:
    """Return the engine's draft, or the builtin engine's where it ends without one; the draft says which and why."""
    try:
        return make_draft(parts, kind, brief, engine_name)
    except EngineFailed as error:
        made = make_draft(parts, kind, brief)
        why = f"Drafted by the builtin engine instead: {str(error).split('. ')[0]}."
        record = made.draft.engine.model_copy(update={"said": (why, *made.draft.engine.said)})
        return MadeDraft(made.draft.model_copy(update={"engine": record}), made.passages)


def written(content: Content, citations: Sequence[Citation], brief: Brief, passages: Sequence[Passage]) -> tuple[str, tuple[Check, ...]]:
    """Return the Markdown of this content and the outcome of every check, whoever wrote it."""
    if isinstance(content, AgendaContent):
        return render_agenda(content, citations, brief), check_agenda(content, citations, brief, passages)
    return render_summary(content, brief), check_summary(content, brief)


def heading_of(content: Content, brief: Brief) -> str:
    """Return the title under which a draft is filed."""
    return header_of(brief, DraftKind.AGENDA if isinstance(content, AgendaContent) else DraftKind.SUMMARY).title
