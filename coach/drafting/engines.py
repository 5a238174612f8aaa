"""What an engine is: it says which guidance it wants, then turns a brief and passages into content."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from coach.domain.brief import Brief
from coach.domain.contents import Content
from coach.domain.drafts import DraftKind, EngineRecord
from coach.domain.guidance import Citation, Passage
from coach.drafting.watch import Watch
from coach.errors import InputRefused
from coach.prompts.loader import Prompt


@dataclass(frozen=True)
class Need:
    """Guidance that a draft could use: a key for the engine and a question for the search."""

    key: str
    question: str
    stages: tuple[str, ...] = ()


Supplied = Mapping[str, Sequence[Passage]]


@dataclass(frozen=True)
class Drafted:
    """What an engine made, before any check."""

    content: Content
    citations: tuple[Citation, ...]
    engine: EngineRecord


@dataclass(frozen=True)
class Order:
    """One draft to make: its kind, the brief, the passages by need, and a programme's own prompt where it has one."""

    kind: DraftKind
    brief: Brief
    supplied: Supplied
    prompt: Prompt | None = None
    watch: Watch = field(default_factory=Watch)


class Engine(Protocol):
    """Turns briefs into content; sees one brief and its passages, nothing else."""

    name: str

    def kinds(self) -> frozenset[DraftKind]:
        """Return the kinds that this engine can draft."""
        ...

    def needs(self, kind: DraftKind, brief: Brief) -> tuple[Need, ...]:
        """Return the guidance that a draft of this brief wants, most wanted first."""
        ...

    def draft(self, order: Order) -> Drafted:
        """Return content made from an order's brief and passages; raise EngineFailed where it ends without."""
        ...


def refuse_unknown(engine: Engine, kind: DraftKind) -> None:
    """Raise InputRefused where an engine does not draft this kind."""
    if kind not in engine.kinds():
        raise InputRefused(f"The {engine.name} engine drafts {', '.join(sorted(engine.kinds()))}; it does not draft {kind}.")
