"""Read the mentor's focus: what the shared agenda may say of it, and what stays with the mentor.

The mentee reads a released agenda. So feelings, judgements, health, confidences and disclosures in the focus are left out
and told to the mentor instead; what remains is put in names, so that both can read it.
"""

import re
from dataclasses import dataclass

from coach.domain.brief import BriefPair
from coach.drafting.agenda.voice import Voice
from coach.language.folding import visible
from coach.language.private import Private, private_kind
from coach.language.sentences import sentences, shorten

WHY = {
    Private.DISCLOSURE: "it may be a disclosure, which belongs with a person, not in an agenda",
    Private.HEALTH: "it is about health or private life",
    Private.CONFIDENCE: "it was said in confidence, or is not meant for {mentee}",
    Private.JUDGEMENT: "it judges a person rather than naming something that was done",
    Private.FEELING: "it is a feeling of yours; say it if you want to, but {mentee} would read it here first",
    Private.INSTRUCTION: "it reads as an instruction to software; text is only text here",
}
_CLAUSE = re.compile(
    r"\s*(?:;|\s[–—-]\s|,?\s+(?:but|because|although|though|even though|so that|since|yet)\s+|,\s+and\s+(?=I\b|i\b))\s*", re.IGNORECASE
)
_LEAD_IN = re.compile(
    r"^(?:and |so |also |please |maybe |then )*(?:(?:i|we)(?:'d| would|'ll| will)? (?:really |just |also |mainly |finally |still )*(?:want|like|love|need|hope|have|plan|wish|aim|intend|am hoping|'m hoping|am going|try)"
    r"(?: us)?(?: to)?|i'm (?:hoping|trying|going|planning) to|i am (?:hoping|trying|going|planning) to|my (?:aim|goal|hope|focus|plan) is(?: to)?|help me(?: to)?|let's|(?:can|could|should) we|we should"
    r"|i(?:'ve| have)? (?:noticed?|saw|see|seen|think|feel|felt|believe|wonder(?:ed)?|heard|hear)(?: like)?(?: that)?"
    r"|(?:this|the) (?:session|time) (?:is|should be) (?:about|for)|focus(?: on)?:?|this time)[ ,:]+",
    re.IGNORECASE,
)
_THIRD = {"he": "{n}", "she": "{n}", "him": "{n}", "himself": "{n}", "herself": "{n}", "his": "{n}’s", "hers": "{n}’s"}
_AFTER_OBJECT_HER = frozenset(
    [
        "to",
        "for",
        "on",
        "in",
        "at",
        "by",
        "with",
        "from",
        "about",
        "into",
        "when",
        "if",
        "whether",
        "that",
        "what",
        "how",
        "why",
        "where",
        "and",
        "or",
        "but",
        "as",
        "more",
        "first",
        "again",
    ]
)
_I = (
    ("i'm", "is"),
    ("i am", "is"),
    ("i've", "has"),
    ("i have", "has"),
    ("i'll", "will"),
    ("i'd", "would"),
    ("i don't", "does not"),
    ("i do", "does"),
)
_FIRST = {"i": "{n}", "me": "{n}", "my": "{n}’s", "mine": "{n}’s", "myself": "{n}"}


@dataclass(frozen=True)
class LeftOut:
    """Words of the focus that do not go into the shared agenda, and why."""

    words: str
    why: str


@dataclass(frozen=True)
class Focus:
    """What of the focus is shared, in names; what is not; whether a human route must be shown."""

    shared: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    disclosure: bool = False

    @property
    def text(self) -> str:
        """Return the shared part as one line."""
        return " ".join(self.shared)


def read_focus(focus: str, pair: BriefPair, voice: Voice) -> Focus:
    """Return what the agenda may say of the mentor's focus."""
    shared: list[str] = []
    left_out: list[LeftOut] = []
    pieces = [clause.strip(" ,.") for s in sentences(visible(focus)) for clause in _CLAUSE.split(s) if clause and clause.strip(" ,.")]
    if any(private_kind(piece) is Private.DISCLOSURE for piece in pieces):
        return Focus((), (LeftOut(shorten(focus, 300), WHY[Private.DISCLOSURE]),), disclosure=True)
    for piece in pieces:
        kind = private_kind(piece)
        if kind is not None:
            left_out.append(LeftOut(piece, WHY[kind].format(mentee=voice.mentee)))
        elif clean := _shared_words(piece, voice):
            shared.append(clean)
    return Focus(tuple(shared), tuple(left_out))


def _shared_words(piece: str, voice: Voice) -> str:
    text = _LEAD_IN.sub("", piece.replace("’", "'"), count=1).strip(" ,.:")
    text = re.sub(r"\bmy mentee's\b", f"{voice.mentee}’s", text, flags=re.IGNORECASE)
    text = re.sub(r"\bmy mentee\b", voice.mentee, text, flags=re.IGNORECASE)
    for said, verb in _I:
        text = re.sub(rf"\b{said}\b", f"{voice.mentor} {verb}", text, flags=re.IGNORECASE)
    tokens = re.split(r"(\W+)", text)
    for i, token in enumerate(tokens):
        low = token.lower()
        after = tokens[i + 2].lower() if i + 2 < len(tokens) else ""
        if low == "her":
            possessive = bool(after) and tokens[i + 1].isspace() and after not in _AFTER_OBJECT_HER
            tokens[i] = f"{voice.mentee}’s" if possessive else voice.mentee
        elif low in _THIRD:
            tokens[i] = _THIRD[low].format(n=voice.mentee)
        elif low in _FIRST:
            tokens[i] = _FIRST[low].format(n=voice.mentor)
    text = "".join(tokens).strip().removeprefix(f"{voice.mentee} to ")
    return text[:1].upper() + text[1:] if len(text.split()) > 1 else ""
