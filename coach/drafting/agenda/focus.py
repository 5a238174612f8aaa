"""Read the mentor's focus: what the shared agenda may say of it, and what stays with the mentor.

The mentee reads a released agenda. So feelings, judgements, health, confidences and disclosures in the focus are left out
and told to the mentor instead. What remains is quoted in the mentor's own words, or, where those speak about the mentee
as "he" or "she", put with the mentee's name and without quotation marks.
"""

import re
from dataclasses import dataclass

from coach.domain.brief import BriefPair
from coach.drafting.agenda.voice import Voice
from coach.language.folding import visible
from coach.language.names import names
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
    r"|i(?:'ve| have)? (?:noticed?|saw|see|seen|think|feel|felt|believe|wonder(?:ed)?|heard|hear)(?: like)?(?: that)?"
    r"|(?:this|the) (?:session|time) (?:is|should be) (?:about|for)|focus(?: on)?:?|this time)[ ,:]+",
    re.IGNORECASE,
)
_THIRD = {"he": "{n}", "she": "{n}", "him": "{n}", "himself": "{n}", "herself": "{n}", "his": "{n}’s", "hers": "{n}’s"}
_IN_THIRD = re.compile(r"\b(?:he|she|him|her|his|hers|himself|herself|my mentee)\b", re.IGNORECASE)
_THIRD_WORDS = re.compile(r"\b(?:he|she|him|her|his|hers|himself|herself)\b", re.IGNORECASE)
_HE, _SHE = {"he", "him", "his", "himself"}, {"she", "her", "hers", "herself"}
_OTHER_PEOPLE = re.compile(
    r"\b(?:colleagues?|manager|boss|friends?|teammates?|somebody|someone|assistant|wife|husband|partner|sister|brother|intern|client)\b",
    re.IGNORECASE,
)
_PERSON_VERB = r"(?:treats?|said|says|told|tells|does|did|is|was|has|had|keeps|never|always|thinks|wants|refuses|ignores|talks|behaves|acts|shouts|makes|made)\b"
OF_OTHERS = "it may speak of somebody other than {mentee}; third people stay out of a shared agenda"
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


def read_focus(focus: str, pair: BriefPair, voice: Voice) -> Focus:
    """Return what the agenda may say of the mentor's focus."""
    if private_kind(focus) is Private.DISCLOSURE:
        return Focus((), (LeftOut(shorten(visible(focus), 300), WHY[Private.DISCLOSURE]),), disclosure=True)
    shared: list[Wish] = []
    left_out: list[LeftOut] = []
    for sentence in sentences(visible(focus)):
        clauses = [clause.strip(" ,.") for clause in _CLAUSE.split(sentence) if clause and clause.strip(" ,.")]
        private = [clause for clause in clauses if private_kind(clause) is not None]
        # What is left of a sentence beside a private clause is kept only where it is a wish of its own.
        kept = [sentence] if not private else [c for c in clauses if c not in private and (_WISH.search(c) or _IN_THIRD.search(c))]
        left_out += [LeftOut(c, _why(c, voice)) for c in private]
        for piece in kept:
            if _of_others(piece, pair):
                left_out.append(LeftOut(piece, OF_OTHERS.format(mentee=voice.mentee)))
            elif (wish := _wish(piece, voice)) is not None:
                shared.append(wish)
    return Focus(tuple(shared), tuple(left_out))


def _why(clause: str, voice: Voice) -> str:
    kind = private_kind(clause)
    return WHY[kind].format(mentee=voice.mentee) if kind else ""


def _of_others(piece: str, pair: BriefPair) -> bool:
    """Tell whether "he" or "she" may be somebody else than the mentee, or words are about what a named third person does."""
    own = {part.casefold() for person in (pair.mentor, pair.mentee) for part in re.split(r"[\W_]+", person.name)}
    strangers = [
        n
        for n in names(piece)
        if not all(part.casefold().removesuffix("'s") in own for part in re.split(r"[\W_]+", n.text) if part and part != "s")
    ]
    straight = piece.replace("’", "'")
    third = {word.lower() for word in _THIRD_WORDS.findall(straight)}
    pronoun = _THIRD_WORDS.search(straight)
    if pronoun and any(n.start < pronoun.start() for n in strangers):
        return True
    if third and (_OTHER_PEOPLE.search(straight) or (third & _HE and third & _SHE)):
        return True
    return any(re.match(r"\s+" + _PERSON_VERB, straight[n.end :]) for n in strangers)


def _wish(piece: str, voice: Voice) -> Wish | None:
    flat = " ".join(piece.split())
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
    text = "".join(tokens).strip(" .?").removeprefix(f"{voice.mentee} to ")
    return text[:1].upper() + text[1:]
