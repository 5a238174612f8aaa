"""A question that the guidance did not answer, passed on to the coordinators: the words that its author saw, and nothing about them."""

from pydantic import BaseModel, ConfigDict

LONGEST_WORDS = 300
MOST_WAITING = 500  # a programme; more than these nobody reads


class PassedOn(BaseModel):
    """What a coordinator sees of a question that was passed on."""

    model_config = ConfigDict(frozen=True)

    id: str
    words: str


def problem(words: str) -> str | None:
    """Return in one sentence why these words cannot be passed on, or None."""
    if not words:
        return "There is no question to pass on yet; write it in a sentence."
    if len(words) > LONGEST_WORDS:
        return f"The question has {len(words)} characters; {LONGEST_WORDS} are the most. Ask it in a sentence or two."
    return None
