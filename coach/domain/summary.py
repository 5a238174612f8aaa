"""What a summary says of a session: progress against each goal with its evidence, actions, decisions, open questions."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from coach.domain.sessions import GoalStatus, Owner
from coach.domain.text import one_line, printable

MOST_HEADLINES = 3  # highlights, and as many opportunities

Words = Annotated[str, BeforeValidator(one_line), Field(max_length=4_000)]
Quote = Annotated[str, BeforeValidator(printable), Field(min_length=1, max_length=20_000)]

# What a status rests on: quotes from the notes; nothing any more, because its quote failed, until a reviewer settles it;
# the reviewer's yes to that; or the reviewer's own word.
Basis = Literal["notes", "unproven", "confirmed", "reviewer"]


STATUS_WORDS = {
    GoalStatus.ACHIEVED: "achieved",
    GoalStatus.ADVANCED: "advanced",
    GoalStatus.STALLED: "stalled",
    GoalStatus.SET_BACK: "set back",
    GoalStatus.NOT_DISCUSSED: "not discussed",
}
BY_REVIEWER = "stated by the reviewer"
LEFT_OUT = "left_out"  # in an edit that is under way: the places of items that are to go, by the name of their list


class SensitiveKind(StrEnum):
    """Why a passage of notes is for its author alone."""

    HEALTH = "health"
    FAMILY = "family"
    THIRD_PERSON = "third_person"  # a complaint about somebody who is named
    CONFIDENCE = "confidence"
    DISCLOSURE = "disclosure"  # harassment, discrimination or retaliation: needs a person, not a summary


class SummaryPart(BaseModel):
    """A part of a summary; unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Evidence(SummaryPart):
    """A stretch of the notes, word for word, and where it stands (code points of the notes as supplied, end exclusive).

    Readers see it only where its author ticked it (`shared`).
    """

    quote: Quote
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    shared: bool = False


class GoalProgress(SummaryPart):
    """How one goal stands after the session; `question` is asked of the author where the notes do not settle it."""

    goal_id: str
    status: GoalStatus
    reason: Words
    evidence: tuple[Evidence, ...] = ()
    basis: Basis = "notes"
    question: Words = ""


class AgreedAction(SummaryPart):
    """Something that was agreed to be done; an absent owner or due date was not stated."""

    text: Words
    owner: Owner | None = None
    due: date | None = None
    evidence: tuple[Evidence, ...] = ()


class Decision(SummaryPart):
    """What the two settled that is nobody's task."""

    text: Words
    evidence: tuple[Evidence, ...] = ()


class ClosedAction(SummaryPart):
    """An action from earlier that the notes report as done; `text` is the action's, as it was agreed."""

    text: Words
    evidence: tuple[Evidence, ...] = ()


class Sensitive(SummaryPart):
    """A passage of the notes that is for its author alone, and why."""

    quote: Quote
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    kind: SensitiveKind


class Headline(SummaryPart):
    """What went forward and what could, a few short sentences each."""

    highlights: Annotated[tuple[Words, ...], Field(max_length=MOST_HEADLINES)] = ()
    opportunities: Annotated[tuple[Words, ...], Field(max_length=MOST_HEADLINES)] = ()


class SummaryContent(SummaryPart):
    """A summary of one session; `sensitive` and `safeguarding` are for the author alone."""

    headline: Headline = Headline()
    goals: tuple[GoalProgress, ...]
    actions: tuple[AgreedAction, ...] = ()
    closed_actions: tuple[ClosedAction, ...] = ()
    decisions: tuple[Decision, ...] = ()
    open_questions: tuple[Words, ...] = ()
    sensitive: tuple[Sensitive, ...] = ()
    safeguarding: bool = False


@dataclass(frozen=True)
class Offer:
    """A field of a summary for which an engine's latest version has another value than the present one.

    `key` is the goal's id or the item's place in the engine's version, `at` the place of that item in the present one, None where it is left out.
    """

    field: str
    key: str
    at: int | None
    value: Any


def for_readers(content: SummaryContent) -> SummaryContent:
    """Return what anybody but the author may see: no sensitive passage, no question to the author, and only ticked quotes."""
    seen = with_evidence(content, shared)
    goals = tuple(goal.model_copy(update={"question": ""}) for goal in seen.goals)
    return seen.model_copy(update={"goals": goals, "sensitive": (), "safeguarding": False})


def with_evidence(content: SummaryContent, change: Callable[[tuple[Evidence, ...]], tuple[Evidence, ...]]) -> SummaryContent:
    """Return a summary in which the quotes behind each goal, action and decision are changed in this way; nothing else is."""
    lists = {
        name: tuple(item.model_copy(update={"evidence": change(item.evidence)}) for item in getattr(content, name))
        for name in ("goals", "actions", "closed_actions", "decisions")
    }
    return content.model_copy(update=lists)


def shared(evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Return the quotes that their author ticked for readers."""
    return tuple(e for e in evidence if e.shared)


def status_words(goal: GoalProgress) -> str:
    """Return a status as people say it, and whether a reviewer stated it."""
    return STATUS_WORDS[goal.status] + (f" ({BY_REVIEWER})" if goal.basis == "reviewer" else "")
