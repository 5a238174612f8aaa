"""Tell of one sentence of notes which private matter it carries, if any: health, family, a complaint, a confidence, a disclosure.

A subject that the pair works on is no private matter: "mental health first aiders trained" is a goal, "her panic attacks" are not.
What may be either counts only where it is said of a person. What a goal of the pair is about counts only so, too.
The phrases stand in private_matters.txt.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from coach.domain.summary import SensitiveKind
from coach.language.folding import QUOTES, plain_case
from coach.language.names import names
from coach.language.phrase_list import phrase_list
from coach.language.stems import stems

_LEAD = r"(?<![\w-])"
_RELATION = (
    r"(?:step-?|grand-?)?(?:mum|mom|mam|mummy|mother|dad|daddy|father|parents?|wife|husband|ex|ex-(?:wife|husband|partner)|son|daughter|kids?|child|children|brother|sister|siblings?"
    r"|nan|nana|gran|granny|grandad|grandma|uncle|aunt|auntie|niece|nephew|cousin|mother-in-law|father-in-law|in-laws|boyfriend|girlfriend|fianc[eé]e?|partner|spouse|baby|toddler|twins|teenager"
    r"|eldest|youngest|little (?:one|boy|girl)|better half|marriage|family)"
)
_OWNER = r"(?:my|his|her|their|your|our|[A-Z][\w-]*'s)"
_PERSON = r"(?:i|he|she|they|we|who|[A-Z][\w'-]*)"
_BEING = (
    r"(?:'m|'s|'ve|'d|'re| am| is| are| was| were| has| have| had| got| gets| needs| takes| suffers| went| goes| feels?| told me (?:he|she|they)(?:'s| is| was| has| had|'d)?)"
    r"(?: (?:been|just|still|also|now|not|only|really|having|had|got|getting|in|on|off|to|into|for|with|from|about|back|a|an|the|his|her|their|my|some|very|quite|so|again|having to|going|waiting|due)){0,5}"
)


@lru_cache(maxsize=1)
def _sections() -> dict[str, str]:
    """Return the phrases of each section of the word list as one alternative."""
    listed = phrase_list(Path(__file__).parent / "private_matters.txt")
    return {name: "|".join(phrases).replace("RELATION", _RELATION) for name, phrases in listed.items()}


_WORK_OF_HEALTH = re.compile(
    r"[ -](?:first[- ]?aid\w*|training|trained|awareness|courses?|polic(?:y|ies)|campaigns?|champions?|week|day|networks?|apps?|survey\w*|workshops?|charit\w+|fundrais\w+|research|screening|wards?|units?|clinics?|patients?|drugs?"
    r"|trials?|services?|teams?|departments?|friendly|nurses?|sessions?|cafe|café|leads?|strategy|budget|provision|groups?|e-?learning|module|webinar|talk|posters?|leaflets?|pathway|data|rate|figures|records?|room|passport)\b",
)
_GENERAL = re.compile(
    r"\b(?:patients?|customers?|users?|clients?|candidates?|applicants?|staff|employees?|people|someone|anyone|somebody|residents?|colleagues?|workers?|readers?|visitors?|drivers?|tenants?|guests?)(?: who (?:has|have|had|is|are))?(?: (?:with|on|having|in|after|for|using)| who)?(?: \w+)? $",
)
_WRONG_NOUNS = r"harassment|discrimination|retaliation|victimi[sz]ation|bullying|racism|sexism|homophobia|transphobia|islamophobia|antisemitism|ableism"
_WRONG_SAID = re.compile(
    rf"(?:experienc\w+|suffer\w+|fac(?:ed|ing)|report(?:ed|ing|s)?|subject\w* to|victim of|complain\w* (?:of|about)|disclos\w+|witness\w*|about (?:the|his|her|my)|it(?:'s| is| was)|this is|that's|that is|calls? it|called it|amounts? to|a case of|pattern of|felt like|feels like|looks like|sounds like|clear|plain|outright|pure|sheer) (?:\w+ ){{0,2}}(?:{_WRONG_NOUNS})",
)
_AS_SUBJECT = re.compile(
    r"\b(?:training|course|module|policy|policies|workshop|awareness|survey|e-?learning|webinar|campaign|procedure|theme|themes|guidance|statistics|stats|charter|helpline|poster\w*|anti-\w+|zero tolerance|respect at work)\b",
    re.IGNORECASE,
)


_SAID = _sections()


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"{_LEAD}(?:{pattern})(?!\w)")


_BOSS = r"(?:my|his|her|their|[A-Z][\w-]*'s) (?:\w+ )?(?:boss|manager|director|supervisor|team ?lead|chair|ceo|cfo|coo|deputy|predecessor|successor|number two)"
_SOMEBODY = rf"(?:[A-Z][\w'-]*|{_BOSS})"
_COPULA = (
    r"(?: (?:\([^)]{1,30}\)|in \w+|from \w+|there|over there|at \w+|who))?(?:'s| is| was| are| can be| has been|'s been| being| as|:| =| -| –)"
    r"(?: (?:a|an|the|so|such|just|really|very|too|always|frankly|basically|totally|completely|still|being|been|only|clearly|honestly|quite|pretty|a bit|a complete|a total|an absolute|absolutely|complete|total|utter)){0,4} [\"']?"
)

_STRONG_HEALTH = _compiled(_SAID["illness"])
_OF_A_PERSON = _compiled(
    rf"{_PERSON}{_BEING} (?:\w+ ){{0,1}}?(?:{_SAID['ailing']}|{_SAID['illness']})|(?:my|his|her|their|your|our) (?:\w+ ){{0,2}}?(?:{_SAID['ailing']}|{_SAID['illness']}|op)|[A-Z][\w-]*'s (?:\w+ )?(?:{_SAID['illness']}|op|illness|surgery|operation|health)"
)
_FAMILY = _compiled(
    rf"{_OWNER} (?:\w+ )?{_RELATION}\b[^.;!?]{{0,60}}?\b(?:{_SAID['trouble']})|(?:{_SAID['trouble']})\b[^.;!?]{{0,30}}? {_OWNER} (?:\w+ )?{_RELATION}"
)
_AT_HOME = _compiled(_SAID["home"])
_JUDGEMENT = _compiled(rf"{_SOMEBODY}{_COPULA}(?:{_SAID['judged']})|{_SOMEBODY}(?: \w+){{0,2}}? (?:{_SAID['does ill']})")
_AVERSION = _compiled(
    rf"(?:{_SAID['feels about']})(?: (?:that|the|poor|old|how|having|with|working|talking|to|by|being)){{0,3}} {_SOMEBODY}"
)
_HARSH = _compiled(rf"{_SOMEBODY}\b[^.;!?]{{0,90}}?\b(?:{_SAID['harsh']})|(?:{_SAID['harsh']})\b[^.;!?]{{0,25}} {_SOMEBODY}")
_SAID_OF_HIM = re.compile(
    rf"^\W*(?:(?:and|but|also|honestly|frankly|basically|apparently) )?(?:he|she|they)(?:{_COPULA}(?:{_SAID['judged']})|(?: \w+){{0,1}}? (?:{_SAID['does ill']}))(?!\w)"
)
_SECRECY = _compiled(_SAID["secret"])
_WAGES = _compiled(_SAID["pay"])
_GOING = _compiled(_SAID["leaving"])
_CUTTING = _compiled(_SAID["cuts"])
_REORGANISED = _compiled(_SAID["reorganised"])
_BEFOREHAND = _compiled(_SAID["beforehand"])
_WRONG = _compiled(_SAID["wronged"])
_MOCKING, _OF_SELF = _compiled(_SAID["mocked"]), _compiled(_SAID["of self"])
_OBJECTING, _PUNISHING = _compiled(_SAID["objected"]), _compiled(_SAID["punished"])
_SEQUEL = _compiled(rf"(?:{_SAID['then']})")
_MOST_APART = 90  # characters between a remark and what it is about


@dataclass(frozen=True)
class Matter:
    """What a sentence carries: its kind and the stretch of it (code points) that says so."""

    kind: SensitiveKind
    start: int
    end: int


def small_but_names(text: str, people: Collection[str], things: Collection[str]) -> str:
    """Return a text of the same length in small letters, in which only names begin with a capital: not the pair's, not those of things."""
    straight = plain_case(text.translate(QUOTES))
    low = straight.lower() if len(straight.lower()) == len(straight) else "".join(c if len(c.lower()) != 1 else c.lower() for c in straight)
    letters = list(low)
    for name in names(straight):
        parts = {part.casefold() for part in re.split(r"[\W_]+", name.text)} - {"s", ""}
        if straight[name.start].isupper() and not name.text.isupper() and not parts & set(people) and not parts <= set(things):
            letters[name.start] = straight[name.start]
    return "".join(letters)


def matter_of(low: str, subjects: Collection[str], before: str = "") -> Matter | None:
    """Return the private matter of a sentence, gravest first, or None.

    `low` and `before` (the sentence before it) come from `small_but_names`; `subjects` are the stems of the pair's goals.
    """
    for find in (_disclosure, _health, _family, _complaint, _confidence):
        if found := find(low, subjects, before):
            return found
    return None


def _disclosure(low: str, subjects: Collection[str], before: str) -> Matter | None:
    found = _WRONG.search(low) or _WRONG_SAID.search(low)
    if found and not _AS_SUBJECT.search(low):
        return Matter(SensitiveKind.DISCLOSURE, *found.span())
    for mocking in _MOCKING.finditer(low):
        of_self = _OF_SELF.search(low, max(0, mocking.start() - _MOST_APART), mocking.end() + _MOST_APART)
        if of_self and " own " not in low[of_self.start() : of_self.end()]:
            return Matter(SensitiveKind.DISCLOSURE, min(mocking.start(), of_self.start()), max(mocking.end(), of_self.end()))
    objecting = _OBJECTING.search(low)
    if objecting and (punishing := _punished(low, objecting)):
        return Matter(SensitiveKind.DISCLOSURE, min(objecting.start(), punishing.start()), max(objecting.end(), punishing.end()))
    if low.lstrip().startswith(("since", "ever since", "and since", "then", "a week later", "the next", "after that", "now ", "and now")):
        punishing = _PUNISHING.search(low)
        if punishing and _OBJECTING.search(before):
            return Matter(SensitiveKind.DISCLOSURE, *punishing.span())
    return None


def _punished(low: str, objecting: re.Match[str]) -> re.Match[str] | None:
    """Return what was done to somebody for objecting, in the same sentence and joined to it by time or cause."""
    for punishing in _PUNISHING.finditer(low):
        first, last = sorted((objecting.span(), punishing.span()))
        joined = low[max(0, min(first[0], last[0]) - 20) : last[0]]
        if last[0] - first[1] <= _MOST_APART and first[1] <= last[0] and _SEQUEL.search(joined):
            return punishing
    return None


def _health(low: str, subjects: Collection[str], before: str) -> Matter | None:
    for pattern in (_OF_A_PERSON, _STRONG_HEALTH):
        for found in pattern.finditer(low):
            of_person = pattern is _OF_A_PERSON
            if _WORK_OF_HEALTH.match(low, found.end()) or _GENERAL.search(low[: found.start()].lower()):
                continue
            if not of_person and (stems(found.group()) & set(subjects) or _AS_SUBJECT.search(low)):
                continue
            return Matter(SensitiveKind.HEALTH, *found.span())
    return None


def _family(low: str, subjects: Collection[str], before: str) -> Matter | None:
    found = _FAMILY.search(low) or _AT_HOME.search(low)
    return Matter(SensitiveKind.FAMILY, *found.span()) if found else None


def _complaint(low: str, subjects: Collection[str], before: str) -> Matter | None:
    found = _JUDGEMENT.search(low) or _AVERSION.search(low) or _HARSH.search(low)
    if found is None and _NAMED.search(before):
        found = _SAID_OF_HIM.search(low)
    return Matter(SensitiveKind.THIRD_PERSON, *found.span()) if found else None


_NAMED = re.compile(rf"(?<!\w){_SOMEBODY}")


def _confidence(low: str, subjects: Collection[str], before: str) -> Matter | None:
    for pattern in (_SECRECY, _WAGES, _GOING, _CUTTING):
        found = pattern.search(low)
        if found and (pattern is _SECRECY or not stems(found.group()) & set(subjects)):
            return Matter(SensitiveKind.CONFIDENCE, *found.span())
    found = _REORGANISED.search(low)
    if found and _BEFOREHAND.search(low) and not stems(found.group()) & set(subjects):
        return Matter(SensitiveKind.CONFIDENCE, *found.span())
    return None


def is_mark_of_secrecy(low: str) -> bool:
    """Tell whether a sentence only asks for secrecy about what stands beside it: "Keep that to yourself." """
    found = _SECRECY.search(low)
    return found is not None and len(stems(low[: found.start()] + " " + low[found.end() :])) <= 2
