"""Tell which lines of notes were not written about this session: pasted mail, orders to software, text carried over from last time."""

import re
from collections.abc import Sequence
from typing import Literal

Foreign = Literal["", "pasted", "carried"]

_HEADER = re.compile(r"[ \t>]*[\"“'‘*]*(?:from|to|cc|sent|date|subject|re|fwd?|betreff|von|an)[*]*\s*:\s*\S", re.IGNORECASE)
_FROM = re.compile(r"[ \t>]*[\"“'‘*]*(?:from|de|von)[*]*\s*:\s*\S", re.IGNORECASE)
_FORWARDED = re.compile(
    r"[ \t]*[-=_*]{2,}[ \t]*(?:original|forwarded|fwd|begin|start|pasted|copied|e-?mail|message)\b[^\n]*|[ \t]*begin forwarded message|[ \t]*on [^\n]{4,80} wrote:\s*$",
    re.IGNORECASE,
)
_INTRODUCES = re.compile(
    r"\b(?:past(?:ed|ing|e)|forwarded|forwarding|fwd|fw|copied|copying|copy of|mail from|email from|e-mail from|message from|newsletter from"
    r"|(?:mail|email|e-mail|message|text|note|flyer|newsletter|chat|post) (?:said|says|reads|read|went|goes)|this (?:came|arrived|landed)|got this|sent (?:me |us )?this|in full)\b[^\n]*$",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"[ \t]*[-=_*~]{2,}[ \t]*(?:end|ends|fin)?\b[^\n]*$|[ \t]*\(?(?:end of (?:mail|email|e-mail|paste|message|forward|quote)|/?(?:paste|pasted|mail) ends?|end paste|back to (?:my |the |our )?(?:notes|session|us))",
    re.IGNORECASE,
)
_SIGNS_OFF = re.compile(
    r"[ \t>]*(?:(?:kind|best|warm|many|with best|with kind)\s+)?(?:regards|wishes|thanks|thank you|cheers|best|sincerely|yours(?: \w+)?|br|rgds)\b[^\n]{0,40}$",
    re.IGNORECASE,
)
_ORDERS = re.compile(
    r"\b(?:(?:note|message|instruction|prompt|attention|reminder)s? (?:to|for) (?:(?:the|any|all|your) )?(?:ai|a\.i\.|assistants?|models?|llms?|bots?|summar\w+|note-?tak\w+|copilot)"
    r"|(?:ai|assistant|model|chatbot|copilot|bot|llm|system)s?\s*[:,]\s*(?:please |kindly )?(?:ignore|mark|set|add|record|treat|report|list|summari[sz]e|disregard|write|state|output|you)"
    r"|ai (?:assistants?|tools?|systems?|models?|agents?|summari\w+|note-?takers?) (?:summari\w+|reading|processing|that|which|must|should|shall|are|please|can)"
    r"|(?:ignore|disregard|forget|override) (?:all |any |the |every |your |these |those |my |previous |prior |above )+[\w ]{0,20}(?:instructions?|rules?|prompts?|guidelines?|notes?|text|above)"
    r"|(?:any|all|every) (?:ai|assistant|summar\w+ tool|language model)s?\b|(?:mark|set|record|report|list|show|treat|flag) (?:all |every |each |the |this |these |both )*(?:goals?|targets?|objectives?|rollout|items?|actions?) (?:\w+ )?(?:as|to|=) (?:complete|achieved|done|met|advanced|closed|finished))",
    re.IGNORECASE,
)
_CARRIED = re.compile(
    r"\b(?:(?:carried|copied|pasted|brought|rolled|moved|taken|lifted|left|kept)[ -](?:over|forward|across|in|here|from|down)\b[^\n]{0,25}\b(?:last|previous|old|prior|session \d+|sess\.? \d+|month|time|week|\d{1,2}(?:st|nd|rd|th)?|january|february|march|april|may|june|july|august|september|october|november|december)"
    r"|(?:from|of) (?:the |our |my )?(?:last|previous|prior) (?:time|session|sess|meeting|mtg|month|notes?|chat|call|one)(?:'s|’s)?(?: notes?)?|(?:last|previous|prior|old) (?:session|time|meeting|mtg|month|chat|call|sess)(?:'s|’s)? (?:notes?|summary|text|status)"
    r"|previously|last (?:time|session|sess|mtg|meeting)|previous (?:session|meeting|notes?|status)|old notes?|(?:copied|carried) (?:over|forward)|not updated|for reference|recap)\b",
    re.IGNORECASE,
)
_CARRIED_WORDS = re.compile(
    r"\W*(?:(?:carried|copied|rolled|brought|pasted) (?:over|forward|across|in)\b[^:\n]{0,40}:"
    r"|(?:from )?(?:my |our |the )?(?:last|previous) (?:time|session|meeting|mtg|month|chat|week|call|sess)(?:'s|’s) (?:notes?|summary|box|entry|line|text|page|sheet)\b[^:\n]{0,20}(?::|\bsaid\b|\bsays\b|\bread\b|[\"“]))",
    re.IGNORECASE,
)
_END_OF_CARRIED = re.compile(r"\b(?:end of|ends?)\b|\b(?:today|this (?:time|session|month)|now|new)\b", re.IGNORECASE)
_GREETS = re.compile(r"[ \t>]*(?:dear|hi|hello|hey|good (?:morning|afternoon))\b", re.IGNORECASE)
_MAIL_TO_SELF = 6  # lines at the top of notes that are a mail's heads: the author sent the notes to themselves
_LONGEST_MAIL = 60


def foreign_lines(lines: Sequence[str]) -> list[Foreign]:
    """Return for each line whether it is pasted, carried over, or "" where it is the author's own."""
    found: list[Foreign] = [""] * len(lines)
    own_heads = _own_heads(lines)
    at = own_heads
    while at < len(lines):
        end = _pasted_until(lines, at, own_heads)
        if end > at:
            kept: Foreign = "carried" if heads_carried(lines[at].strip(" *=~_-")) else "pasted"
            found[at:end] = [kept] * (end - at)
            at = end
        else:
            at += 1
    return found


def is_carried(sentence: str) -> bool:
    """Tell whether a sentence only repeats what was written down last time."""
    return _CARRIED_WORDS.match(sentence) is not None


def heads_carried(words: str) -> bool:
    """Tell whether a heading or a label says that what follows is from last time and was only kept."""
    return (
        len(words.split()) <= 12
        and _CARRIED.search(words) is not None
        and not re.search(r"\bactions?\b|\bto-?dos?\b|\btasks?\b|\bpromise|\bsince\b", words, re.IGNORECASE)
    )


def ends_carried(words: str) -> bool:
    """Tell whether a heading says that the author's own text begins again."""
    return _END_OF_CARRIED.search(words) is not None


def gives_orders(text: str) -> bool:
    """Tell whether a line speaks to software that will read the notes."""
    return _ORDERS.search(text) is not None


def _own_heads(lines: Sequence[str]) -> int:
    """Return how many lines at the top are the heads of the author's mail to themselves."""
    count = 0
    for count, line in enumerate(lines[:_MAIL_TO_SELF]):
        if not _HEADER.match(line):
            return count
    return count if lines else 0


def _pasted_until(lines: Sequence[str], at: int, own_heads: int) -> int:
    """Return where the pasted text that begins at this line ends; the line itself where none does."""
    line = lines[at]
    if _is_list(lines, at):
        return at
    if re.match(r"[ \t]*>[ \t]*\S", line) and (
        (at + 1 < len(lines) and lines[at + 1].lstrip().startswith(">")) or _introduced(lines, at) or gives_orders(line)
    ):
        while at < len(lines) and lines[at].lstrip().startswith(">"):
            at += 1
        return at
    if re.match(r"[ \t]*(?:```|\"\"\"|<<<)", line):
        closing = next((i for i in range(at + 1, len(lines)) if re.match(r"[ \t]*(?:```|\"\"\"|>>>)", lines[i])), at)
        return closing + 1 if closing > at else at
    if line.lstrip()[:1] in '"“' and (_FROM.match(line) or _introduced(lines, at) or gives_orders(line)):
        return _quoted_until(lines, at)
    if _FORWARDED.match(line) or (_FROM.match(line) and (_heads_follow(lines, at) or _introduced(lines, at))):
        return _mail_until(lines, at)
    if _introduced(lines, at) and _looks_foreign(lines, at):
        return _mail_until(lines, at)
    return at + 1 if gives_orders(line) else at


def _is_list(lines: Sequence[str], at: int) -> bool:
    """Tell whether a line that begins with ">" is an item of the author's own list, right under its short title, and no quoted mail."""
    first = at
    while first and lines[first].lstrip().startswith(">"):
        first -= 1
    title = lines[first].strip()
    if first == at or not 0 < len(title.split()) <= 3 or title.startswith(">") or _INTRODUCES.search(title) or _HEADER.match(title):
        return False
    run = list(lines[first + 1 : at + 1])
    after = next((i for i in range(at, len(lines)) if not lines[i].lstrip().startswith(">")), len(lines))
    run += lines[at + 1 : after]
    return not any(gives_orders(line) or _SIGNS_OFF.match(line) or _HEADER.match(line) or _GREETS.match(line) for line in run)


def _introduced(lines: Sequence[str], at: int) -> bool:
    """Tell whether the line before, blank ones left out, says that something was pasted."""
    for before in range(at - 1, max(-1, at - 4), -1):
        if lines[before].strip():
            return _INTRODUCES.search(lines[before][-200:]) is not None and (
                lines[before].rstrip()[-1] in ":-–—>" or len(lines[before].split()) <= 14
            )
    return False


def _heads_follow(lines: Sequence[str], at: int) -> bool:
    return any(_HEADER.match(line) for line in lines[at + 1 : at + 3])


def _looks_foreign(lines: Sequence[str], at: int) -> bool:
    """Tell whether the text from here on greets, signs off or gives orders as a mail does."""
    greets = re.match(r"[ \t>]*(?:dear|hi|hello|hey|good (?:morning|afternoon))\b[^\n]{0,40}[,!:–-]?", lines[at], re.IGNORECASE) is not None
    near = lines[at : at + 12]
    return greets or any(gives_orders(line) for line in near) or any(_SIGNS_OFF.match(line) for line in near)


def _quoted_until(lines: Sequence[str], at: int) -> int:
    for i in range(at, min(len(lines), at + _LONGEST_MAIL)):
        text = lines[i].strip()
        if (i > at or len(text) > 1) and text.rstrip(").").endswith(('"', "”")):
            return i + 1
        if i > at and not text:
            return i
    return min(len(lines), at + 1)


def _mail_until(lines: Sequence[str], at: int) -> int:
    """Return where a mail ends: after its sign-off and name, at a separator, or at the first blank line after its text."""
    limit = min(len(lines), at + _LONGEST_MAIL)
    signed = next((i for i in range(at + 1, limit) if _SIGNS_OFF.match(lines[i])), None)
    ended = next((i for i in range(at + 1, limit) if _ENDS.match(lines[i])), None)
    if ended is not None and (signed is None or ended <= signed + 6):
        return ended + 1
    if signed is not None:
        end = signed + 1
        while end < limit and end <= signed + 4 and lines[end].strip() and len(lines[end].split()) <= 8:
            end += 1
        return end
    i = at
    while i < limit and (_HEADER.match(lines[i]) or _FORWARDED.match(lines[i]) or not lines[i].strip()):
        i += 1
    while i < limit and lines[i].strip():
        i += 1
    return i
