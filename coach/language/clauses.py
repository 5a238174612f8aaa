"""Read what a clause says apart from its topic: tense, negation, modality, intention, question, condition, report."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from coach.language.folding import QUOTES, plain_case

_SUBJECT = r"(?:i|he|she|they|we|you|it|that|this|there|nobody|no one|none|somebody|everyone|everybody|the|his|her|my|our|their|one|two|three|four|five|six|all)\b"
# Where one clause ends and the next begins; a comma in a number or a time does not.
_CUT = re.compile(
    rf"[;:](?=\s|$)|\s[-–—]{{1,2}}\s|—|,(?=\s)(?:\s+(?:and|but|so|then|or)(?=\s))?|\s\((?=\w)|\)(?=\s)|\s(?:->|=>|→)\s"
    rf"|\s(?:but|because|cos|though|although|whereas|however|except)(?=\s)|\sand\s+(?:then\s+)?(?={_SUBJECT})|\sso\s+(?={_SUBJECT})|\sonly\s+(?={_SUBJECT})"
)

_IRREGULAR = (
    "was|were|did|had|went|came|got|made|took|gave|sent|held|met|ran|sat|saw|said|told|spoke|wrote|read|put|set|cut|let|hit|left|kept|found|brought|bought|taught|caught"
    "|thought|began|begun|broke|broken|chose|chosen|drew|drove|fell|fallen|flew|forgot|forgotten|grew|heard|knew|led|lost|paid|rang|rose|sold|shook|showed|shown|slept"
    "|spent|stood|stuck|swore|told|threw|understood|won|wore|written|done|gone|given|taken|seen|been|sung|sang|spoken|become|became|built|dealt|felt|fed|hung|laid|lent|meant"
    "|shot|shut|slid|split|spread|struck|swept|undid|undone|withdrew|withdrawn|woke|sat|split|quit|beat|cost|bet"
)
PAST_WORD = rf"(?:{_IRREGULAR}|(?!need|feed|speed|indeed|exceed|proceed|succeed|hundred|weed|seed|shed|bed|red|led|embed)[a-z]{{2,}}ed)"
_ADVERB = r"(?:(?:just|already|now|also|even|only|all|both|finally|actually|always|each|since|really|certainly|definitely|almost|nearly|himself|herself|personally|since|recently|quietly|[a-z]+ly)\s+){0,2}"

_CUES = {
    "negation": r"\b(?:not(?! only\b| just\b)|never|no(?!\.? ?\d| doubt\b| problem\b| wonder\b| matter\b)|none|nobody|no[- ]one|nothing(?! but\b)|nil|nought|zero|neither|nor|cannot|nowhere|without|hardly|barely|scarcely|nope|nah|zilch|nada)\b|\b\w+n't\b|\b(?:dont|didnt|hasnt|havent|isnt|wasnt|wont|cant|doesnt|couldnt|wouldnt|hadnt|arent|werent)\b",
    "not_yet": r"\b(?:not|n't|none|nothing|nobody|no one)\b[^.;]{0,40}\byet\b|\byet to\b|\bnot yet\b|\bstill (?:not|no|hasn't|haven't|hasnt|havent|isn't|waiting|to|needs?|nothing|zero)\b|\bhas(?:n't)? yet\b|\bhave yet\b",
    "perfect": rf"\b(?:has|have|'ve|having|hv)\s+{_ADVERB}{PAST_WORD}\b|\b(?:[a-z]+)'(?:s|ve)\s+{_ADVERB}(?:been|done|gone|got|taken|made|given|sent|had|read|written|{PAST_WORD})\b|\b(?:is|'s|'re|are|was) after \w+ing\b",
    "past": rf"\b{PAST_WORD}\b",
    "future": r"^\W*(?:and |then |so )?(?:i|we|he|she|they) (?:then |just )?(?:send|write|ask|draft|book|bring|call|give|make|show|try|collect|prepare|share|visit|invite|forward|print|find|record|check|sends|writes|asks|drafts|books|brings|calls|makes|shows|tries) [^.;]{0,60}\b(?:tonight|tomorrow|next|by (?:mon|tue|wed|thu|fri|the)|on (?:mon|tue|wed|thu|fri)|before)|\b(?:will|shall|'ll|won't|gonna|tomorrow|tmrw|tmr|tomoz)\b|\b(?:am|is|are|'m|'s|'re)\s+(?:now\s+|also\s+|just\s+)?(?:going|due|set|about|off|down|planning|hoping|aiming|looking)\s+to\b|\bgoing to\b",
    "plan": r"\b(?:tried|intended|hoped|wanted|planned|offered) to\b|\b(?:plans?|planning|intends?|intending|aims?|aiming|hopes?|hoping|wants?|wanting|keen|promises?|promised|promising|commits?|committed|pledged?|swears?|swore|vows?|vowed|offers?|offered|agreed|agrees|determined|looking forward|ready|willing|up for|booked|scheduled|pencilled|penciled|lined up)\s+(?:to|for|in|on|that|\w+ to)\b|\b(?:would|'d) (?:like|love|want|prefer)\b|\b(?:next (?:week|month|time|session|year|quarter)|by (?:mon|tue|wed|thu|fri|sat|sun|the end|end|next)\w*|from (?:tomorrow|monday|next|now on)|soon|some ?day|one day|eventually|asap)\b",
    "failed": r"\b(?:meant|intended|planned|hoped|wanted|tried|promised|was|were|is|are|been|had|'d|nearly|almost)\s+(?:\w+\s+){0,1}(?:going to|to have|supposed to|meant to|about to)\b|\b(?:was|were) (?:going|supposed|meant|due|planning|hoping|to)\b|\b(?:meant|forgot|failed|refused|refuses|declined) to\b|\bshould(?: have|'ve)\b|\b(?:nearly|almost|so close to)\b|\b(?:supposed|meant) to\b|\bwould have\b|\bwould've\b|\bgot as far as\b|\bbottled\b|\bchickened\b",
    "conditional": r"\b(?:if|unless|once|whenever|provided|assuming|depends?|depending|as soon as|in case)\b|\bwhen(?:ever)? (?:(?:the|his|her|my|our|their) )?(?:\w+ ){0,1}?\w+(?: (?:is|are|has|have|comes?|gets?)|'s|'re)\b",
    "hypothetical": r"\b(?:would|wd|could|might|(?<!\bin )(?<!\bof )(?<!\bby )(?<!\bthe )(?<!since )(?<!until )(?<!last )(?<!this )(?<!early )may(?!'s| \d| promise)|should|maybe|perhaps|possibly|imagine|suppose|wish(?:es|ed)?|if only|ideally|in theory|theoretically)\b|\b(?:i|he|she|they|we|you)'d\b(?! (?:been|done|gone|had|got|already|never|just|taken|said|made|given|\w+ed))",
    "question": r"\?\s*[\"'”’)]*\s*$|^\s*(?:so |and |but |then |ok |okay |right |well )*(?:how many|how's|how is|how are|how did|how was|did (?:you|he|she|it|they)|have you|has (?:he|she|it)|what about|what (?:did|happened|is|are)|where are|where's|any (?:news|progress|luck))\b",
    "report": r"\b(?:said|says|say|saying|told|tells|reckons?|reckoned|thinks?|thought|claims?|claimed|believes?|swears?|swore|insists?|insisted|feels?|felt|according to|apparently|confirmed|confirms|admits?|admitted|reports?|reported|mentioned|texted|mailed)\b",
    "doubt": r"\b(?:thinks?|thought|reckons?|reckoned|claims?|claimed|swears?|swore|insists?|insisted|supposedly|allegedly|apparently|feels like|felt like|seems?|seemed|sort of|kind of|kinda|sorta|basically|practically|pretty much|more or less|in principle|on paper|so (?:he|she|they) says?|had (?:told|said|claimed|promised)|been told|was told)\b",
    "correction": r"\b(?:actually|in fact|in reality|truth is|turns out|turned out|well,|correction|scratch that|i mean|to be (?:honest|fair|exact|precise)|strictly|except|it (?:is|was|isn't|wasn't) not|really it|no wait|wait no|i tell a lie|double[- ]counted|miscounted|wrong)\b|^(?:well|ok so|hm+|erm?)\b",
    "still": r"\b(?:still|remains?|remained|same|unchanged|no change|as before|as ever|stays?|stayed)\b",
    "again": r"\b(?:again|back|once more|reverted|any ?more|no longer)\b",
}  # fmt: skip
_COMPILED = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _CUES.items()}


_TAG = re.compile(
    r"(?:is that it|no|yes|yeah|right|correct|eh|ok(?:ay)?|innit|\w+n't (?:it|he|she|they|we|you|there)|(?:is|was|did|do|does|has|have|will|are|were) (?:it|he|she|they|we|you|there))\s*\?+"
)


@dataclass(frozen=True)
class Clause:
    """A clause of an utterance with its place in the notes (code points) and the cues of language that it holds."""

    start: int
    end: int
    text: str
    low: str
    cues: frozenset[str]

    def has(self, *names: str) -> bool:
        """Tell whether the clause holds any of these cues."""
        return not self.cues.isdisjoint(names)

    @property
    def is_open(self) -> bool:
        """Tell whether it only asks, supposes, plans or intends."""
        return self.has("future", "failed", "hypothetical", "question") or (self.has("plan") and not self.has("perfect"))

    @property
    def is_fact(self) -> bool:
        """Tell whether it reports as done what it says."""
        return self.has("past", "perfect") and not self.is_open and not self.has("negation", "not_yet")


def plain_low(text: str) -> str:
    """Return text without case and with plain quotation marks, as long as it was."""
    low = plain_case(text).translate(QUOTES)
    folded = low.lower()
    return folded if len(folded) == len(low) else low


def cues(text: str) -> frozenset[str]:
    """Return the names of the cues that a text holds."""
    low = plain_low(text)
    return frozenset(name for name, pattern in _COMPILED.items() if pattern.search(low))


def clause_of(text: str, start: int) -> Clause:
    """Return a text as one clause that begins at a place."""
    return Clause(start, start + len(text), text, plain_low(text), cues(text))


def clauses(text: str, start: int = 0) -> tuple[Clause, ...]:
    """Return the clauses of an utterance that begins at a place, in order, without the signs between them."""
    found = [clause_of(text[a:b], start + a) for a, b in _pieces(text)]
    if len(found) > 1 and found[-1].has("question") and not _TAG.fullmatch(found[-1].low):
        found = [replace(clause, cues=clause.cues | {"question"}) for clause in found]
    return tuple(found)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    low = plain_low(text)
    for cut in _CUT.finditer(low):
        yield from _trimmed(text, at, cut.start())
        at = cut.end()
    yield from _trimmed(text, at, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and (text[start].isspace() or text[start] in ",;:-–—)"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:-–—("):
        end -= 1
    if start < end:
        yield start, end
