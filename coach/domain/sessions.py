"""Goals, sessions, notes and actions of a pair."""

from datetime import date, time
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from coach.domain.people import RoleName


class GoalStatus(StrEnum):
    """A goal's progress in one session."""

    ACHIEVED = "achieved"
    ADVANCED = "advanced"
    STALLED = "stalled"
    SET_BACK = "set_back"
    NOT_DISCUSSED = "not_discussed"


class Owner(StrEnum):
    """Who is to do an action; absent means that nobody was named."""

    MENTOR = "mentor"
    MENTEE = "mentee"
    BOTH = "both"
    COORDINATOR = "coordinator"


class Goal(BaseModel):
    """What a pair works on, with what is counted and the state to reach; a proposal until both have said yes to it."""

    model_config = ConfigDict(frozen=True)

    id: str
    title: str
    measure: str = ""
    target: str = ""
    due: date | None = None
    status: GoalStatus | None = None
    last_discussed: date | None = None
    mentor_agreed: date | None = None
    mentee_agreed: date | None = None

    @property
    def agreed(self) -> bool:
        """Tell whether both people have said yes to it as it stands."""
        return self.mentor_agreed is not None and self.mentee_agreed is not None


class Action(BaseModel):
    """Something that was agreed to be done, the session where it was agreed, and the day on which it was done."""

    model_config = ConfigDict(frozen=True)

    id: str
    text: str
    owner: Owner | None = None
    due: date | None = None
    done: bool = False
    session_id: str | None = None
    done_on: date | None = None


class Session(BaseModel):
    """A planned or held meeting of a pair; `summary` is the released one that both have read."""

    model_config = ConfigDict(frozen=True)

    id: str
    pair_id: str
    number: int
    on: date
    minutes: int
    starts_at: time | None = None
    last: bool = False
    held: bool = False
    focus: str = ""
    summary: str = ""

    def without_focus(self) -> "Session":
        """Return the session as anybody but its mentor may see it."""
        return self.model_copy(update={"focus": ""})


class Note(BaseModel):
    """What its author wrote about a session; private to the author."""

    model_config = ConfigDict(frozen=True)

    id: str
    session_id: str
    author_id: str
    author_role: RoleName
    text: str
