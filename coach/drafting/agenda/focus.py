"""Read the mentor's focus: what the shared agenda may say of it, and what stays with the mentor.

The mentee reads a released agenda. So feelings, judgements, health, confidences and disclosures in the focus are left out
and told to the mentor instead. What remains is quoted in the mentor's own words, or, where those speak about the mentee
as "he" or "she", put with the mentee's name and without quotation marks.
"""

import re
from dataclasses import dataclass

from coach.domain.brief import BriefPair
from coach.drafting.voice import Voice
from coach.language.folding import visible
from coach.language.names import names
from coach.language.private import Private, private_kind
from coach.language.sentences import sentences, shorten
from coach.language.stems import stems

WHY = {
    Private.DISCLOSURE: "it may be a disclosure, which belongs with a person, not in an agenda",
    Private.HEALTH: "it is about health or private life",
    Private.CONFIDENCE: "it was said in confidence, or is not meant for {mentee}",
    Private.JUDGEMENT: "it judges a person rather than naming something that was done",
    Private.FEELING: "it is a feeling of yours; say it if you want to, but {mentee} would read it here first",
    Private.INSTRUCTION: "it reads as an instruction to software; text is only text here",
}
_CLAUSE = re.compile(
    r"\s*(?:;|\s[–—-]\s|,?\s+(?:but|because|although|though|so that|yet)\s+|,\s+and\s+(?=[^,.;]*\b(?:i|we|he|she|they)\b)|\s+and\s+(?=i\b))\s*",
    re.IGNORECASE,
)
_WISH = re.compile(
    r"\b(?:(?:i|we)(?: would|'d)? (?:want|like|love|need|hope)|i'd (?:like|love)|let's|(?:can|could|should) we)\b", re.IGNORECASE
)
_LEAD_IN = re.compile(
    r"^(?:and |so |also |please |maybe |then )*(?:(?:i|we)(?:'d| would|'ll| will)? (?:really |just |also |mainly |finally |still )*"
    r"(?:want|like|love|need|hope|have|plan|wish|aim|intend|am hoping|am going|try)(?: us)?(?: to)?"
    r"|(?:i'm|i am) (?:hoping|trying|going|planning) to|my (?:aim|goal|hope|focus|plan) is(?: to)?|help me(?: to)?|let's|(?:can|could|should) we"
    r"|i(?:'ve| have)? (?:noticed|saw|seen)(?: that)?"
    r"|(?:this|the) (?:session|time) (?:is|should be) (?:about|for)|focus(?: on)?:?|this time)[ ,:]+",
    re.IGNORECASE,
)
_THIRD = {"he": "{n}", "she": "{n}", "him": "{n}", "himself": "{n}", "herself": "{n}", "his": "{n}’s", "hers": "{n}’s"}
_IN_THIRD = re.compile(r"\b(?:he|she|him|her|his|hers|himself|herself|my mentee)\b", re.IGNORECASE)
_THIRD_WORDS = re.compile(r"\b(?:he|she|him|her|his|hers|himself|herself)\b", re.IGNORECASE)
_HE, _SHE = {"he", "him", "his", "himself"}, {"she", "her", "hers", "herself"}
_OTHER_PEOPLE = re.compile(
    r"\b(?:colleagues?|manager|boss|friends?|teammates?|somebody|someone|assistant|pa|ea|secretary|mates?|grads?|graduate|interns?|clients?|peers?|report|reports)\b",
    re.IGNORECASE,
)
_BEFORE_THINGS = re.compile(r"\b(?:the|our|a|an|this|that|in|my|your) $", re.IGNORECASE)
PRODUCTS = frozenset(
    [
        "copilot",
        "chatgpt",
        "teams",
        "slack",
        "excel",
        "word",
        "powerpoint",
        "outlook",
        "linkedin",
        "tiktok",
        "instagram",
        "facebook",
        "twitter",
        "youtube",
        "whatsapp",
        "zoom",
        "google",
        "microsoft",
        "apple",
        "jira",
        "github",
        "notion",
        "figma",
        "python",
        "sharepoint",
        "miro",
        "trello",
        "asana",
        "salesforce",
        "sap",
        "workday",
        "tableau",
        "gemini",
        "claude",
        "internet",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "christmas",
        "easter",
        "ramadan",
    ]
)
OF_OTHERS = "it may speak of somebody other than {mentee}; third people stay out of a shared agenda unless you put them in"
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
_I = (("i'm", "is"), ("i am", "is"), ("i've", "has"), ("i have", "has"), ("i'll", "will"), ("i'd", "would"), ("i don't", "does not"))
_I_VERB = re.compile(r"\bI (want|need|think|feel|hope|like|see|know|wonder|find|get|believe|ask|hear|expect|suggest|prefer)\b")
_FIRST = {"i": "{n}", "me": "{n}", "my": "{n}’s", "mine": "{n}’s", "myself": "{n}"}


@dataclass(frozen=True)
class Wish:
    """One thing that the mentor wants to bring; `quoted` says that these are the mentor's own words."""

    text: str
    quoted: bool

    def shown(self, limit: int) -> str:
        """Return the wish as the agenda shows it, shortened, in quotation marks where it is quoted."""
        short = shorten(self.text, limit).rstrip(".")
        return f"“{short}”" if self.quoted else short


@dataclass(frozen=True)
class LeftOut:
    """Words of the focus that do not go into the shared agenda, and why."""

    words: str
    why: str


@dataclass(frozen=True)
class Focus:
    """What of the focus is shared; what is not; whether a human route must be shown."""

    shared: tuple[Wish, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    disclosure: bool = False


def read_focus(focus: str, pair: BriefPair, voice: Voice, agreed: str = "") -> Focus:
    """Return what the agenda may say of the mentor's focus; `agreed` is text that both know already, whose names are no secret."""
    known = {part.casefold() for part in re.split(r"[\W_]+", f"{pair.mentor.name} {pair.mentee.name} {agreed}")} | stems(agreed)
    if private_kind(focus) is Private.DISCLOSURE:
        return Focus((), (LeftOut(shorten(visible(focus), 300), WHY[Private.DISCLOSURE]),), disclosure=True)
    shared: list[Wish] = []
    left_out: list[LeftOut] = []
    for sentence in sentences(visible(focus)):
        clauses = [clause.strip(" ,.") for clause in _CLAUSE.split(sentence) if clause and clause.strip(" ,.")]
        why = {clause: reason for clause in clauses if (reason := _why(clause, known, voice))}
        # What is left of a sentence beside such a clause is kept only where it is a wish of its own.
        for piece in clauses if why else [sentence]:
            if piece in why:
                left_out.append(LeftOut(piece, why[piece]))
            elif why and not (_WISH.search(piece) or _IN_THIRD.search(piece)):
                left_out.append(LeftOut(piece, "it belongs to a sentence of which a part was left out"))
            elif (wish := _wish(piece, voice)) is not None:
                shared.append(wish)
    return Focus(tuple(shared), tuple(left_out))


def _why(clause: str, known: set[str], voice: Voice) -> str:
    """Return why a clause stays with the mentor, or an empty text."""
    kind = private_kind(clause)
    if kind is not None:
        return WHY[kind].format(mentee=voice.mentee)
    return OF_OTHERS.format(mentee=voice.mentee) if _of_others(clause, known) else ""


def _of_others(piece: str, known: set[str]) -> bool:
    """Tell whether words name a third person, or whether "he" or "she" may be somebody else than the mentee."""
    straight = piece.replace("’", "'")
    for name in names(piece):
        parts = [part for part in re.split(r"[\W_]+", name.text) if part and part != "s"]
        a_thing = _BEFORE_THINGS.search(straight[: name.start]) or all(part.casefold() in PRODUCTS or part.isupper() for part in parts)
        if not a_thing and not all(part.casefold() in known or stems(part) <= known for part in parts):
            return True
    third = {word.lower() for word in _THIRD_WORDS.findall(straight)}
    return bool(third and (_OTHER_PEOPLE.search(straight) or (third & _HE and third & _SHE)))


def _wish(piece: str, voice: Voice) -> Wish | None:
    flat = re.sub(r"^(?:also|and|so|then|plus)\b[, ]+", "", " ".join(piece.split()), flags=re.IGNORECASE)
    words = flat if flat.endswith(("?", "!")) else flat.rstrip(" .,;:")
    if not any(c.isalpha() for c in words):
        return None
    return Wish(_in_names(words, voice), quoted=False) if _IN_THIRD.search(words) else Wish(words, quoted=True)


def _in_names(words: str, voice: Voice) -> str:
    """Return words about "him" or "her" with names instead, for a document that both read."""
    text = _LEAD_IN.sub("", words.replace("’", "'"), count=1).strip(" ,.:")
    text = re.sub(r"\bmy mentee's\b", f"{voice.mentee}’s", text, flags=re.IGNORECASE)
    text = re.sub(r"\bmy mentee\b", voice.mentee, text, flags=re.IGNORECASE)
    for said, verb in _I:
        text = re.sub(rf"\b{said}\b", f"{voice.mentor} {verb}", text, flags=re.IGNORECASE)
    text = _I_VERB.sub(lambda m: f"{voice.mentor} {m[1]}s", text)
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
    text = "".join(tokens).strip(" .").removeprefix(f"{voice.mentee} to ")
    return text[:1].upper() + text[1:]
