"""Programme, person, pair and agreement."""

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class RoleName(StrEnum):
    """A role that a person holds in a programme; one person may hold several."""

    MENTOR = "mentor"
    MENTEE = "mentee"
    COORDINATOR = "coordinator"


class Programme(BaseModel):
    """A named scheme with objectives, dates and a human route for disclosures."""

    model_config = ConfigDict(frozen=True)

    id: str
    name: str
    label: str = "reverse mentoring"
    route: str = ""
    objectives: tuple[str, ...] = ()
    starts: date | None = None
    ends: date | None = None
    minimum_group: int = 5
    sample: bool = False


class Person(BaseModel):
    """Someone who signs in; `role` is the job title."""

    model_config = ConfigDict(frozen=True)

    id: str
    programme_id: str
    name: str
    role: str
    department: str = ""
    region: str = ""
    email: str
    welcomed: date | None = None  # the day on which they read who sees what


class Agreement(BaseModel):
    """What both people of a pair expect and accept; a signature is of one version, and a change voids both."""

    model_config = ConfigDict(frozen=True)

    expectations_of_mentor: str = ""
    expectations_of_mentee: str = ""
    ground_rules: tuple[str, ...] = ()
    confidentiality: str = ""
    limits: str = ""
    off_limits: tuple[str, ...] = ()
    rhythm: str = ""
    channel: str = ""
    schedules: RoleName | None = None
    roles: str = ""  # roles do not switch
    problems: str = ""  # how to raise a problem
    leaving: str = ""  # the no-fault exit
    version: int = 1
    new_dates: date | None = None  # the day on which this version came about because the pair's dates were changed
    mentor_signed: date | None = None
    mentee_signed: date | None = None

    @property
    def signed(self) -> bool:
        """Tell whether both people have signed."""
        return self.mentor_signed is not None and self.mentee_signed is not None


class Pair(BaseModel):
    """One mentor and one mentee with their dates and their agreement."""

    model_config = ConfigDict(frozen=True)

    id: str
    programme_id: str
    mentor: Person
    mentee: Person
    starts: date
    review: date | None = None
    ends: date | None = None
    ended: date | None = None
    agreement: Agreement | None = None

    def over_since(self, today: date) -> date | None:
        """Return the day on which the pair ended, or None while it is not over; from then on it is only read."""
        return over_since(self.ended, self.ends, today)


def over_since(ended: date | None, ends: date | None, today: date) -> date | None:
    """Return the day on which a pair ended: at once where somebody ended it, else when its last day has passed."""
    if ended is not None:
        return ended
    return ends if ends is not None and ends < today else None
