"""What the author of notes decides where they may hold a disclosure of harassment, discrimination or retaliation."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class DisclosureDecision(StrEnum):
    """What an author decided about a passage that may be a disclosure."""

    REMOVED = "removed"
    NO_DISCLOSURE = "no_disclosure"


class Disclosure(BaseModel):
    """That a draft's notes may hold a disclosure; undecided ones hold its release."""

    model_config = ConfigDict(frozen=True)

    draft_id: str
    route_read_at: datetime | None = None
    decision: DisclosureDecision | None = None
    decided_at: datetime | None = None
