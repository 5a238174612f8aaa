"""What an agenda says."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from coach.domain.sessions import Owner
from coach.domain.text import one_line, printable

SLACK_ONE_IN = 10  # one minute in ten stays free: a rigid schedule displaces the substance

Lead = Literal["mentor", "mentee", "both"]
Words = Annotated[str, BeforeValidator(printable), Field(max_length=4_000)]


Title = Annotated[str, BeforeValidator(one_line), Field(min_length=1, max_length=4_000)]


class AgendaPart(BaseModel):
    """A part of an agenda; unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class AgendaItem(AgendaPart):
    """One time box: what it is about, who leads it, what is asked, and the guidance behind it."""

    minutes: int = Field(ge=1, le=480)
    title: Title
    goal_id: str | None = None
    lead: Lead = "mentor"
    questions: tuple[Words, ...] = ()
    citations: tuple[str, ...] = ()


class CarriedAction(AgendaPart):
    """An open action from earlier, as it was agreed; `overdue` is counted on the day of the session."""

    text: Words
    owner: Owner | None = None
    due: date | None = None
    overdue: bool = False


class LeftForLater(AgendaPart):
    """A goal that this session has no room for, and how it is looked after instead."""

    goal_id: str
    how: Words


class MissingFact(AgendaPart):
    """A question that must be answered before anyone can approve."""

    id: str
    question: Words


class AgendaContent(AgendaPart):
    """An agenda; what `minutes` leaves beside the items' minutes stays free on purpose."""

    purpose: Title
    minutes: int = Field(ge=1, le=480)
    items: Annotated[tuple[AgendaItem, ...], Field(min_length=1)]
    carried_actions: tuple[CarriedAction, ...] = ()
    left_for_later: tuple[LeftForLater, ...] = ()
    preparation: tuple[Words, ...] = ()
    close: tuple[Words, ...] = ()
    missing: tuple[MissingFact, ...] = ()

    @property
    def planned_minutes(self) -> int:
        """Return the sum of the items' minutes."""
        return sum(item.minutes for item in self.items)

    @property
    def slack(self) -> int:
        """Return the minutes that no item takes; negative when the items do not fit."""
        return self.minutes - self.planned_minutes


def free_minutes(content: AgendaContent) -> str:
    """Return what is left of the session beside its items, as a sentence."""
    if content.slack < 0:
        return f"The items take {-content.slack} minutes more than the session has."
    return f"{content.slack} of {content.minutes} minutes {'stays' if content.slack == 1 else 'stay'} free on purpose."


def slack_needed(minutes: int) -> int:
    """Return the least whole minutes of slack for a session of this length."""
    return -(-minutes // SLACK_ONE_IN)
