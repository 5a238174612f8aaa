"""A call for help: what its author wrote, and nothing about who that was."""

from datetime import date

from pydantic import BaseModel, ConfigDict

from coach.domain.text import one_line, printable

LONGEST_TEXT = 5_000
LONGEST_REACH = 300


class HelpRequest(BaseModel):
    """What a coordinator sees of somebody who asks for help: the words, a way to answer if they gave one, and the day."""

    model_config = ConfigDict(frozen=True)

    id: str
    text: str
    reach: str
    sent_on: date
    closed_on: date | None = None


class HelpWords(BaseModel):
    """What somebody writes when they ask for help; an empty `reach` leaves them unnamed."""

    model_config = ConfigDict(frozen=True)

    text: str
    reach: str = ""

    def tidied(self) -> "HelpWords":
        """Return the same words as they are kept: printable, without space around them."""
        return HelpWords(text=printable(self.text).strip(), reach=one_line(self.reach))

    def problem(self) -> str | None:
        """Return in one sentence why this cannot be sent, or None."""
        if not self.text.strip():
            return "There is nothing to send yet; write a sentence about what you need."
        if len(self.text) > LONGEST_TEXT:
            return f"Your text has {len(self.text)} characters; {LONGEST_TEXT} are the most. Shorten it, or say only how to reach you."
        if len(self.reach) > LONGEST_REACH:
            return f"How to reach you has {len(self.reach)} characters; {LONGEST_REACH} are the most. One address or number is enough."
        return None
