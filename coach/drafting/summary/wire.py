"""The summary of one part of the notes as a model returns it: every key required, no limits, so that strict providers accept its schema."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict


def _in_one_spelling(value: Any) -> Any:
    """Return a word of a fixed set in small letters with underscores, however a model typed it."""
    return "_".join(value.lower().replace("-", " ").replace("_", " ").split()) if isinstance(value, str) else value


Status = Annotated[Literal["achieved", "advanced", "stalled", "set_back", "not_discussed"], BeforeValidator(_in_one_spelling)]
Whose = Annotated[Literal["mentor", "mentee", "both", "coordinator"], BeforeValidator(_in_one_spelling)]
Why = Annotated[Literal["health", "family", "third_person", "confidence", "disclosure"], BeforeValidator(_in_one_spelling)]


class WirePart(BaseModel):
    """A part of a model's answer."""

    model_config = ConfigDict(extra="forbid")


class WireQuote(WirePart):
    """Words of the notes; `speaker` is who says them in a transcript, as the notes call that person."""

    quote: str
    speaker: str | None


class WireGoal(WirePart):
    """How one goal stands; `goal` is an id such as g1."""

    goal: str
    status: Status
    reason: str
    evidence: list[WireQuote]


class WireAction(WirePart):
    """Something that was agreed to be done; `due` is a date such as 2026-03-31, or null where none was stated."""

    text: str
    owner: Whose | None
    due: str | None
    evidence: WireQuote


class WireDone(WirePart):
    """An earlier action that is reported as done; `action` is an id such as a1."""

    action: str
    evidence: WireQuote


class WireTold(WirePart):
    """A decision, or a question that stayed open, with the words that show it."""

    text: str
    evidence: WireQuote


class WireSensitive(WirePart):
    """Words of the notes that are for their author alone, and why."""

    quote: str
    kind: Why


class WireSummary(WirePart):
    """The whole answer; the headline is made by code and not asked for."""

    goals: list[WireGoal]
    actions: list[WireAction]
    done: list[WireDone]
    decisions: list[WireTold]
    open_questions: list[WireTold]
    sensitive: list[WireSensitive]
    safeguarding: bool
