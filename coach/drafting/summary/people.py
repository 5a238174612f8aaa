"""Tell who is meant in notes by a name, initials or a pronoun: the mentor, the mentee, both, the coordinator, or somebody else."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from coach.domain.brief import TITLES, Brief
from coach.domain.sessions import Owner
from coach.language.folding import QUOTES
from coach.language.utterances import Utterance, UtteranceKind

Author = Literal["mentor", "mentee"]

# What given names are called for short, where that is not how they begin.
_SHORT_FORMS = {
    "philippa": "pip pippa", "william": "bill billy will", "robert": "bob bobby rob", "richard": "dick rick", "margaret": "maggie peggy meg", "elizabeth": "liz beth betty lizzie",
    "katherine": "kate kathy kit", "catherine": "cathy kate cat", "edward": "ted ned eddie", "james": "jim jimmy", "john": "jack", "anthony": "tony", "andrew": "drew andy", "charles": "charlie chuck",
    "henry": "harry hal", "theodore": "ted teddy", "christopher": "kit topher", "francis": "frank", "dorothea": "dot dottie thea", "dorothy": "dot dottie", "eleanor": "nell ellie nora", "helen": "nell",
    "michael": "mick mike mickey", "patrick": "paddy", "siobhan": "shiv", "susan": "sue suzie", "thomas": "tommy", "alexander": "sandy lex xander", "alexandra": "sandra lexi", "victoria": "tori vicky",
    "rebecca": "becky becca", "deborah": "debs debbie", "jacqueline": "jackie", "geraldine": "gerry", "lawrence": "larry", "stephen": "steve", "oluwaseun": "seun", "benedikta": "benni", "mohammed": "mo",
    "muhammad": "mo", "gareth": "gaz", "jeremy": "jez", "sarah": "sal sally", "mary": "molly polly", "louise": "lou", "joseph": "joe joey", "josephine": "jo josie", "frederick": "fred freddie", "penelope": "penny",
    "genevieve": "gen viv", "geoffrey": "jeff", "antoinette": "toni nettie", "isabella": "bella izzy", "isobel": "izzy", "wilhelmina": "mina billie", "abigail": "abby gail", "augustine": "gus", "augustus": "gus",
}  # fmt: skip
_RANKS = frozenset(
    [
        "lt",
        "col",
        "colonel",
        "capt",
        "captain",
        "major",
        "maj",
        "gen",
        "sgt",
        "cdr",
        "hon",
        "judge",
        "cllr",
        "councillor",
        "sr",
        "fr",
        "canon",
    ]
)
_HONOURED = r"(?:[\w.]+ )?(?:sir|madam|ma'am|mam|maam|sahib|ji|boss|himself|herself|the old man|the boss|his nibs|her ladyship)"
_SELF = r"me|on me|myself|self|i|mine|yours truly|muggins|moi|i'm|my side"
_BOTH = r"both(?: of us)?|us(?: both| two)?|we(?: both| two)?|the (?:two|pair) of us|together|all of us|ourselves|joint|jointly"
_OFFICE = r"(?:the )?(?:programme|program|mentoring|scheme) (?:\w+ )?(?:desk|cell|office|team|coordinator|co-ordinator|lead|manager|admin|support|people|hq)|(?:the )?(?:programme |program |mentoring )?co-?ordinator|coord"
_JOINED = re.compile(r"\s*(?:&|\+|/|,|\band\b)\s*")
_BRACKETED = re.compile(r"\s*\([^)]*\)")


class Who(StrEnum):
    """Who is meant."""

    MENTOR = "mentor"
    MENTEE = "mentee"
    BOTH = "both"
    COORDINATOR = "coordinator"
    THIRD = "third"

    @property
    def owner(self) -> Owner | None:
        """Return who this is as the owner of an action; nobody where it is somebody outside of the pair."""
        return None if self is Who.THIRD else Owner(self.value)


OTHER = {Who.MENTOR: Who.MENTEE, Who.MENTEE: Who.MENTOR}


@dataclass(frozen=True)
class Cast:
    """The two of the pair with all that they may be called in small letters, and who wrote the notes."""

    mentor: frozenset[str]
    mentee: frozenset[str]
    author: Who
    partner_is: Literal["he", "she", ""] = ""  # how the notes speak of the one who did not write them
    coordinators: frozenset[str] = frozenset()

    @property
    def called(self) -> tuple[str, ...]:
        """Return all that the two are called, longest first."""
        return tuple(sorted(self.mentor | self.mentee, key=lambda name: (-len(name), name)))

    def speaker(self, name: str | None) -> Who:
        """Return who says "I": the speaker where one is named, the author otherwise."""
        if name is None:
            return self.author
        low = _plain(name)
        for who, called in ((Who.MENTOR, self.mentor), (Who.MENTEE, self.mentee)):
            if low in called or any(part in called for part in low.split() if len(part) > 2):
                return who
        return Who.THIRD

    def named(self, words: str) -> Who | None:
        """Return whom a name, initials or a title of respect mean; None where it is nobody of the pair nor the coordinator."""
        low = _plain(_BRACKETED.sub("", words)).strip(" @-:.*_[]()").removesuffix("'s")
        if not low:
            return None
        if low in self.mentor or low == "mentor":
            return Who.MENTOR
        if low in self.mentee or low in ("mentee", "my mentee"):
            return Who.MENTEE
        if re.fullmatch(_OFFICE, low) or low in self.coordinators:
            return Who.COORDINATOR
        if re.fullmatch(_HONOURED, low):
            return OTHER[self.author] if self.author is Who.MENTOR or low.endswith(("self", "boss")) else None
        parts = low.split()
        if len(parts) > 1 and any(parts[0] in called and parts[-1] in called | TITLES for called in (self.mentor, self.mentee)):
            return Who.MENTOR if parts[0] in self.mentor else Who.MENTEE
        return self.named(" ".join(parts[1:])) if len(parts) > 1 and parts[0].strip(".") in TITLES else None

    def meant(self, words: str, speaker: Who) -> Who | None:
        """Return who is meant by words that should name a doer: names, "me", "both", "L & B"; None where they name nobody known."""
        low = _plain(_BRACKETED.sub("", words)).strip(" @-:.*_[]()")
        if re.fullmatch(_SELF, low):
            return speaker
        if re.fullmatch(_BOTH, low):
            return Who.BOTH
        if found := self.named(words):
            return found
        if low in ("you", "u", "your side") and speaker in OTHER:
            return OTHER[speaker]
        parts = [part for part in _JOINED.split(low) if part]
        if len(parts) > 1:
            each = {self.meant(part, speaker) for part in parts}
            if each == {Who.MENTOR, Who.MENTEE}:
                return Who.BOTH
        if low in ("he", "she", "him", "her", "his", "hers") and speaker in OTHER:
            return self.pronoun(low, speaker, in_talk=False)
        return None

    def pronoun(self, word: str, speaker: Who, in_talk: bool) -> Who:
        """Return whom "he" or "she" means: the other of the pair, unless they talk to each other or speak of that one otherwise."""
        gender = "he" if word in ("he", "him", "his") else "she"
        if in_talk or speaker not in OTHER or (self.partner_is and gender != self.partner_is):
            return Who.THIRD
        return OTHER[speaker]


def cast_of(brief: Brief, utterances: Sequence[Utterance], author: Author = "mentor") -> Cast:
    """Return the two of a brief's pair with what they may be called in these notes."""
    mentor, mentee = _called(brief.pair.mentor.name), _called(brief.pair.mentee.name)
    shared = mentor & mentee
    who = Who(author)
    return Cast(frozenset(mentor - shared), frozenset(mentee - shared), who, _spoken_of(utterances), _coordinators(utterances))


def _spoken_of(utterances: Sequence[Utterance]) -> Literal["he", "she", ""]:
    """Return "he" or "she", whichever the notes use far more often, when nobody is quoted by turns."""
    counts = {"he": 0, "she": 0}
    for utterance in utterances:
        if utterance.kind in (UtteranceKind.BULLET, UtteranceKind.PROSE):
            for word in re.findall(r"\b(?:he|she|his|her|him)\b", utterance.text.lower()):
                counts["he" if word in ("he", "his", "him") else "she"] += 1
    if counts["he"] > 2 * counts["she"]:
        return "he"
    return "she" if counts["she"] > 2 * counts["he"] else ""


_OF_OFFICE = re.compile(
    r"(?P<a>[A-Z][\w'’-]+)(?: [A-Z][\w'’-]+)?,? (?:in|from|at|of|our|the|\(|is our|is the)+ ?(?:the )?(?:programme|program|mentoring|scheme|coordinator|co-ordinator)"
    r"|(?:\b[Cc]o-?ord(?:inator)?\.?|programme (?:desk|cell|office|team|lead|manager)),? \(?(?:(?:Mr|Mrs|Ms|Miss|Dr)\.? )?(?P<b>[A-Z][\w'’-]+)"
)


def _coordinators(utterances: Sequence[Utterance]) -> frozenset[str]:
    """Return the names that the notes give to the programme's coordinator."""
    found = (match for utterance in utterances for match in _OF_OFFICE.finditer(utterance.text))
    return frozenset(_plain(match["a"] or match["b"]) for match in found)


def _called(name: str) -> frozenset[str]:
    """Return what somebody of this name may be called: parts, initials, short forms."""
    plain = _plain(name)
    parts = [part for part in re.split(r"[\s]+", plain) if part and part.strip(".") not in TITLES | _RANKS and not part.startswith("(")]
    if not parts:
        return frozenset({plain})
    found = {" ".join(parts), *(part for part in parts if len(part) > 1), f"{parts[0]} {parts[-1]}"}
    found |= {piece for part in parts for piece in part.split("-") if len(piece) > 2}
    given = parts[0]
    found |= set(_SHORT_FORMS.get(given, "").split())
    found |= {given[:n] for n in range(3, len(given))} | {given[:3] + "s"}
    pieces = [piece for part in parts for piece in part.split("-") if piece]
    letters = "".join(piece[0] for piece in pieces)
    short = "".join(part[0] for part in parts)
    found |= {letters, short, given[0], letters[:2], letters[:1] + letters[-1:], f"{given} {parts[-1][0]}"}
    if "-" in given:
        found |= {"-".join(piece[0] for piece in given.split("-") if piece)}
    if re.match(r"o'\w", parts[-1]):
        found |= {f"{given[0]}o'{parts[-1][2]}", f"{given[0]}o", f"{given[0]}o{parts[-1][2]}"}
    return frozenset(found)


def _plain(words: str) -> str:
    return " ".join(words.translate(QUOTES).lower().replace(".", " ").split())
