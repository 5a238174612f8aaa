"""Drafts: their kinds, states, checks and provenance, and the shape in which one is shown."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from coach.domain.contents import Content
from coach.domain.guidance import Citation


class DraftKind(StrEnum):
    """What a draft is for."""

    AGENDA = "agenda"
    FEEDBACK = "feedback"
    SUMMARY = "summary"
    REFLECTION = "reflection"
    THEMES = "themes"


class DraftState(StrEnum):
    """The stored state of a draft; `stale` and `released` are derived."""

    DRAFTING = "drafting"
    FAILED = "failed"
    NEEDS_REVIEW = "needs_review"
    APPROVED = "approved"
    DISCARDED = "discarded"


class CheckName(StrEnum):
    """A rule that code holds every draft to."""

    CITATIONS = "citations_supplied"
    TIMES = "times_sum"
    NAMES = "names_supplied"
    NUMBERS = "numbers_supplied"
    DATES = "dates_supplied"
    ROLES = "roles_kept"
    GOALS = "goals_accounted_for"
    QUESTIONS = "no_open_question"
    EVIDENCE = "quotes_stand_in_notes"
    STATUSES = "statuses_proven"
    DISCLOSURE = "no_open_disclosure"


class Check(BaseModel):
    """The outcome of one rule; `detail` says in one sentence what was found."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: CheckName
    passed: bool
    detail: str = ""


class Tokens(BaseModel):
    """What the model calls for a draft added up to."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    requests: int
    read: int
    written: int


class Quotes(BaseModel):
    """How many quotes of an engine stand in the notes, and how many were taken out because they do not."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    supported: int
    removed: int


class EngineRecord(BaseModel):
    """Which engine made a draft, and what it says that it assumed, left out or could not do."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    model: str | None = None
    prompt: str | None = None
    tokens: Tokens | None = None
    quotes: Quotes | None = None
    said: tuple[str, ...] = ()


class Draft(BaseModel):
    """A draft as `coach draft` prints it; it goes nowhere until a human approved it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: DraftKind
    state: DraftState = DraftState.NEEDS_REVIEW
    content: Content
    citations: tuple[Citation, ...] = ()
    checks: tuple[Check, ...] = ()
    engine: EngineRecord
    markdown: Annotated[str, Field(max_length=4_000_000)]


# A failed check of these names stops an approval; the others warn the reviewer.
BLOCKING_CHECKS = frozenset({CheckName.QUESTIONS, CheckName.CITATIONS, CheckName.EVIDENCE, CheckName.STATUSES, CheckName.DISCLOSURE})

# The only ways from one stored state to another; the database holds the same table.
TRANSITIONS: dict[DraftState, frozenset[DraftState]] = {
    DraftState.DRAFTING: frozenset({DraftState.NEEDS_REVIEW, DraftState.FAILED, DraftState.DISCARDED}),
    DraftState.FAILED: frozenset({DraftState.DRAFTING, DraftState.DISCARDED}),
    DraftState.NEEDS_REVIEW: frozenset({DraftState.APPROVED, DraftState.DISCARDED}),
    DraftState.APPROVED: frozenset({DraftState.NEEDS_REVIEW, DraftState.DISCARDED}),
    DraftState.DISCARDED: frozenset(),
}


def may_move(old: DraftState, new: DraftState) -> bool:
    """Tell whether a draft may go from one stored state to another."""
    return new in TRANSITIONS[old]


def blocking(checks: tuple[Check, ...]) -> tuple[Check, ...]:
    """Return the failed checks that stop an approval."""
    return tuple(check for check in checks if not check.passed and check.name in BLOCKING_CHECKS)
