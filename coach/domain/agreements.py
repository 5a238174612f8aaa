"""What an agreement must say, how long it may be, and when two of them say the same."""

from typing import Any

from coach.domain.people import Agreement
from coach.domain.text import one_line, printable

LONGEST_PART = 4_000
MOST_LINES = 30
LONGEST_LINE = 500

# What is no word of the agreement: it says how the words stand.
STANDING = frozenset({"version", "new_dates", "mentor_signed", "mentee_signed"})

# Parts that may be worded anew but never left out, with what they are called.
NEEDED = {
    "confidentiality": "what stays between you",
    "limits": "where confidentiality ends",
    "roles": "that roles do not switch",
    "leaving": "how either of you can leave",
}


def words_of(agreement: Agreement) -> dict[str, Any]:
    """Return what both people sign, as it is stored: no version and no signature."""
    return agreement.model_dump(mode="json", exclude=set(STANDING))


def tidied(agreement: Agreement) -> Agreement:
    """Return the agreement with printable text, without empty lines in its lists."""
    return agreement.model_copy(update={name: _tidy(value) for name, value in agreement if name not in STANDING})


def completed(agreement: Agreement, template: Agreement) -> Agreement:
    """Return the agreement with the template's words where a part that is needed is empty."""
    return agreement.model_copy(update={name: getattr(template, name) for name in NEEDED if not getattr(agreement, name).strip()})


def problem_of(agreement: Agreement) -> str | None:
    """Return in one sentence why these words cannot be agreed, or None."""
    empty = next((called for name, called in NEEDED.items() if not getattr(agreement, name).strip()), None)
    if empty:
        return f"An agreement has to say {empty}; word that part as you like, but do not leave it empty."
    parts = words_of(agreement).values()
    if any(isinstance(part, str) and len(part) > LONGEST_PART for part in parts):
        return f"A part of the agreement may have {LONGEST_PART} characters at most; shorten the longest one."
    lists = [part for part in parts if isinstance(part, list)]
    if any(len(lines) > MOST_LINES or any(len(line) > LONGEST_LINE for line in lines) for lines in lists):
        return f"A list may have {MOST_LINES} lines of {LONGEST_LINE} characters; shorten the ground rules or the closed topics."
    return None


def _tidy(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(line for line in map(one_line, value) if line)
    return printable(value).strip() if isinstance(value, str) and type(value) is str else value
