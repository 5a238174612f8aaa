"""Make a draft from a brief: guidance, engine, checks, Markdown; stores nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from coach.domain.agenda import AgendaContent
from coach.domain.brief import Brief
from coach.domain.drafts import Check, Draft, DraftKind
from coach.domain.guidance import Citation, Passage
from coach.drafting.agenda.markdown import header_of, render_agenda
from coach.drafting.checks import check_agenda
from coach.errors import InputRefused
from coach.services.parts import Parts


@dataclass(frozen=True)
class MadeDraft:
    """A draft and the passages that were supplied to it."""

    draft: Draft
    passages: tuple[Passage, ...]


def make_draft(parts: Parts, kind: DraftKind, brief: Brief, engine_name: str = "builtin") -> MadeDraft:
    """Return a checked draft of this kind; raise InputRefused where no such engine drafts it."""
    engine = parts.engines.get(engine_name)
    if engine is None or kind not in engine.kinds():
        can = ", ".join(f"{name} drafts {', '.join(sorted(e.kinds()))}" for name, e in parts.engines.items())
        raise InputRefused(f"The engine {engine_name} cannot draft {kind} here; {can}.")
    supplied = parts.library.passages_for(engine.needs(kind, brief))
    made = engine.draft(kind, brief, supplied)
    passages = tuple({p.id: p for found in supplied.values() for p in found}.values())
    markdown, checks = written(made.content, made.citations, brief, passages)
    draft = Draft(kind=kind, content=made.content, citations=made.citations, checks=checks, engine=made.engine, markdown=markdown)
    return MadeDraft(draft, passages)


def written(
    content: AgendaContent, citations: Sequence[Citation], brief: Brief, passages: Sequence[Passage]
) -> tuple[str, tuple[Check, ...]]:
    """Return the Markdown of this content and the outcome of every check, whoever wrote it."""
    return render_agenda(content, citations, brief), check_agenda(content, citations, brief, passages)


def heading_of(content: AgendaContent, brief: Brief) -> str:
    """Return the title under which a draft is filed."""
    return header_of(brief, content.minutes).title
