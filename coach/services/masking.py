"""Mask a text for a provider, without a pair: to show what it would see, and before words are sent to be embedded."""

from coach.drafting.masked import Masked
from coach.drafting.pseudonyms import Pseudonyms
from coach.errors import InputRefused

MOST_BYTES = 2_000_000


def mask_text(raw: bytes, name: str) -> Masked:
    """Return the text in these bytes masked, without a pair: every person is only a person; raise InputRefused where they are no text."""
    if len(raw) > MOST_BYTES:
        raise InputRefused(f"{name} has {len(raw) / 1e6:.1f} MB; a text to mask may have {MOST_BYTES / 1e6:.0f} MB at most.")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise InputRefused(f"{name} is not a text file in UTF-8; save it as plain text and try again.") from None
    if "\x00" in text:
        raise InputRefused(f"{name} holds zero bytes, so it is no text; name a plain text file in UTF-8.")
    return Pseudonyms.of_text(text).mask(text)


def mask_words(text: str) -> str:
    """Return a question or a passage as a provider of embeddings may see it: people and contacts are placeholders."""
    return Pseudonyms.of_text(text).mask(text).text
