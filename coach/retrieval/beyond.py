"""Tell what guidance about mentoring does not answer: local arrangements, facts, and people whom nobody here knows."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from coach.errors import InputRefused
from coach.language.folding import fold
from coach.language.name_forms import word_list
from coach.language.names import FoundName, is_everyday, names
from coach.language.stems import stem_list
from coach.retrieval.phrases import FUNCTION, GAP, LIGHT, keys, phrase_end


@dataclass(frozen=True)
class Matter:
    """What a question is about, who would know, and the stems of the phrase that told."""

    name: str
    ask: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class _Phrase:
    first: str
    rest: tuple[str, ...]
    length: int
    matter: Matter


class Beyond:
    """Matters beyond the guidance, by the rarest word of their phrases, so that a question meets few of them."""

    def __init__(self, matters: Sequence[tuple[str, str, Sequence[str]]]) -> None:
        phrases = [_phrase(wording, name, ask) for name, ask, said in matters for wording in said]
        uses = Counter(key for phrase in phrases for key in {phrase.first, *phrase.rest})
        self._phrases: dict[str, list[_Phrase]] = {}
        for phrase in phrases:
            rarest = min((key for key in (phrase.first, *phrase.rest) if key != GAP), key=uses.__getitem__)
            self._phrases.setdefault(rarest, []).append(phrase)
        self._size = len(phrases)

    def __len__(self) -> int:
        return self._size

    def matter(self, question: str) -> Matter | None:
        """Return the matter whose longest phrase stands in the question, the first of equals, or None."""
        asked = keys(question)
        found = [
            (-phrase.length, place, phrase.matter)
            for key in dict.fromkeys(asked)
            for phrase in self._phrases.get(key, ())
            for place, word in enumerate(asked)
            if word == phrase.first and phrase_end(phrase.rest, asked, place, LIGHT) is not None
        ]
        return min(found, key=lambda hit: hit[:2])[2] if found else None


def read_beyond(path: Path) -> Beyond:
    """Return the matters in a YAML file; raise InputRefused, naming the entry, where it cannot be used."""
    try:
        read = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        raise InputRefused(f"{path.name} cannot be read as a YAML list of entries with matter, ask and said.") from None
    if not isinstance(read, list) or not read:
        raise InputRefused(f"{path.name} is not a list of entries with matter, ask and said.")
    return Beyond([_entry(path.name, number, entry) for number, entry in enumerate(read, start=1)])


def _entry(name: str, number: int, entry: Any) -> tuple[str, str, list[str]]:
    if not isinstance(entry, dict) or set(entry) != {"matter", "ask", "said"}:
        raise InputRefused(f"Entry {number} of {name} needs matter, ask and said, and nothing else.")
    matter, ask, said = entry["matter"], entry["ask"], entry["said"]
    if not all(isinstance(text, str) and text.strip() for text in (matter, ask)):
        raise InputRefused(f"Entry {number} of {name} needs a line of text under matter and under ask.")
    if not isinstance(said, list) or not said or not all(isinstance(wording, str) for wording in said):
        raise InputRefused(f"Entry {number} of {name} ({matter}) needs a list of phrases under said; quote words such as no, off or 360.")
    for wording in said:
        if not stem_list(wording) or GAP in (_parts(wording)[0], _parts(wording)[-1]):
            raise InputRefused(
                f"Entry {number} of {name} ({matter}) is said {wording!r}, which needs a word that search looks for, and words around a gap."
            )
    return matter, ask, said


def _parts(wording: str) -> list[str]:
    """Return the keys of a phrase with its gaps between them."""
    first, *others = (keys(piece) for piece in wording.split(GAP))
    return [*first, *(key for piece in others for key in (GAP, *piece))]


def _phrase(wording: str, name: str, ask: str) -> _Phrase:
    first, *rest = _parts(wording)
    return _Phrase(first, tuple(rest), sum(key != GAP for key in rest), Matter(name, ask, tuple(stem_list(wording))))


_FACT = (
    "phone|number|mobile|e-?mail|address|birthday|salary|office|desk|surname|last name|full name|job|title|role|"
    "programmes?|programs?|scheme|policy|results|figures|ceo|founder|share|shares|price|prices|pricing|study|book|article|paper|research|findings|theory|website|app|revenue|profit|customers"
)
_THING = (
    "inc|ltd|limited|plc|corp|corporation|gmbh|llc|group|holdings|bank|university|college|foundation|institute|app|software|platform|plug-?in|licen[cs]es?|subscription|"
    "pricing|price|costs?|login|account|model|framework|method|matrix|theory|scale|study|survey|report|website"
)
_DEEDS = "use|uses|offer|pay|charge|cost|sell|own|employ|earn|live|work|sit|run|do|say|write|publish|recommend|report|achieve|measure|find|start|launch"
_ROLE = "mentors?|mentees?|boss|manager|leader|director|colleague|friend|partner|coordinator|buddy|sponsor|senior|junior|supervisor|coach|assistant|called|named"

_ASKED_BEFORE = re.compile(
    r"(?<!\w)(?:what(?: is|'s)|what about|tell me about|have you heard of|do you know about|information (?:on|about)|define|"
    r"(?:ceo|head|founder|president|owner|website|turnover|price|cost|results|programmes?|study|book|article|paper|report) (?:of|by|from)|"
    r"(?:made|founded|published|written|developed|sold|run|introduced|reported) (?:by|at)|integrates? with|compatible with|install|compared (?:to|with)) (?:the |a |an )?$"
)
# Where nobody says "we" or "my": who does may mean their own partner, or the place where they work.
_OTHERS_BEFORE = re.compile(
    r"(?<!\w)(?:works? (?:at|for)|(?:people|staff|employees|mentors|mentees|leaders|it|mentoring|programmes?|results) at|(?:mentors?|mentees?|boss|manager) of|"
    r"who(?: is|'s| was| has| will| are)? (?:mentor(?:s|ed|ing)?|coach(?:es|ed|ing)?|manages|leads|(?:\w+ )?(?:paired|matched) with)) $"
)
_DONE_BEFORE = re.compile(r"(?<!\w)(?:do|does|did|has|have|is|are) $")
_DONE_AFTER = re.compile(
    rf" (?:{_DEEDS}|free|available|in today|still|married|secure|safe|compatible|paired|matched|gdpr|worth|have(?! to)|any good|a good|an? \w+ (?:company|tool|app))(?!\w)"
)
_ASKED_AFTER = re.compile(rf"(?:'s (?:\w+ )?(?:{_FACT})| (?:{_THING}))(?!\w)")
_TOLD_BEFORE = re.compile(rf"(?<!\w)(?:{_ROLE}),? $")
_OPENS = re.compile(r"(?:^|[.!?:;])\W*$")
_FIRST_PERSON = re.compile(r"(?<!\w)(?:i|i'm|i've|my|we|us|our)(?!\w)")
_PERSON_BEFORE = re.compile(
    r"(?<!\w)(?:who|where)(?: is| was|'s|s| are) $|(?<!\w)who(?: is|'s| was| are)? (?:\w+ )?(?:paired|matched) with $"
)
_PERSON_AFTER = re.compile(
    r"\W*$|'s (?:mentor|mentee|partner|manager|boss)(?!\w)| (?:paired|matched|mentoring|reporting|working|today|based|sitting|now|and|at|in|from)(?!\w)"
)
_OWNED = re.compile(
    r"'s (?:phone|number|mobile|e-?mail|address|birthday|salary|surname|last name|job title|office|desk)(?!\w)| (?:inc|ltd|plc|corp|gmbh|llc)(?!\w)"
)
# Endings of English words, which a word that no list holds may have without being a name.
_WORDLIKE = re.compile(
    r"(?:able|ible|ful|less|ous|ive|ing|ings|ed|ly|tion|tions|sion|ment|ments|ness|al|ic|ity|ist|ists|ism|ish|ese|ate|ise|ize|ies|hood|ship|ward|wise|like|proof|up|off|out|time|work)$"
)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LOWER = re.compile(r"(?<![\w'])[^\W\d_]{3,}(?![^\W'])")


def unknown_names(question: str, known: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the names that a question asks about and that nobody here knows, in order, as they are typed.

    `known` tells of a stem whether guidance or its wordings hold it. A name that only tells whom a question
    comes from ("my mentee Ada keeps cancelling") is not asked about.
    """
    text = fold(question)
    low = text.lower()
    if len(low) != len(text):
        return ()
    large = [name for name in _written_large(text) if _asked(name, low) and _strange(name.text, known)]
    within = {place for name in large for place in range(name.start, name.end)}
    small = [
        name for name in _written_small(low) if name.start not in within and _strange(name.text, known) and not _wordlike(name.text, known)
    ]
    return tuple(dict.fromkeys(text[name.start : name.end] for name in sorted([*large, *small], key=lambda name: name.start)))


def _written_large(text: str) -> list[FoundName]:
    """Return what capital letters tell to be a name; where most words have one, they tell nothing."""
    letters = re.findall(r"[^\W\d_]+", text)
    if 3 * sum(word[0].isupper() for word in letters) > 2 * len(letters):
        return []
    bare = [FoundName(name.start, name.end - 2 * name.text.endswith("'s"), name.text.removesuffix("'s")) for name in names(text)]
    return [name for name in bare if name.text.upper() != name.text]


def _written_small(low: str) -> list[FoundName]:
    """Return the words that can be nothing but a name where they stand, if they are no words of the language."""
    tokens = [FoundName(m.start(), m.end(), m.group()) for m in _LOWER.finditer(low)]
    return [
        name
        for name in tokens
        if _OWNED.match(low, name.end)
        or (_PERSON_BEFORE.search(low, max(0, name.start - 30), name.start) and _PERSON_AFTER.match(low, name.end))
    ]


def _asked(name: FoundName, low: str) -> bool:
    before, after = low[max(0, name.start - 60) : name.start], low[name.end : name.end + 60]
    if _OWNED.match(after) or (_PERSON_BEFORE.search(before) and _PERSON_AFTER.match(after)):
        return True
    if _TOLD_BEFORE.search(before) or (_OPENS.search(before) and " " not in name.text):
        return False
    mine = bool(_FIRST_PERSON.search(low))
    if after.startswith("'s"):
        return bool(_ASKED_AFTER.match(after)) and not mine
    if _ASKED_BEFORE.search(before) or _ASKED_AFTER.match(after) or (_DONE_BEFORE.search(before) and _DONE_AFTER.match(after)):
        return True
    return bool(_OTHERS_BEFORE.search(before)) and not mine


def _strange(name: str, known: Callable[[str], bool]) -> bool:
    return any(not _is_word(word, known) for word in re.findall(r"[^\W\d_]{2,}", name))


def _is_word(word: str, known: Callable[[str], bool]) -> bool:
    low = word.lower()
    capitals = word_list("capitals.txt")
    return is_everyday(low) or low in capitals or low.removesuffix("s") in capitals or low in FUNCTION or all(map(known, stem_list(low)))


def _wordlike(word: str, known: Callable[[str], bool]) -> bool:
    """Tell whether a word looks like one of the language, or like a known one with one letter wrong."""
    if _WORDLIKE.search(word):
        return True
    splits = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    slips = {a + b[1:] for a, b in splits if b} | {a + b[1] + b[0] + b[2:] for a, b in splits if len(b) > 1}
    slips |= {a + c + b[1:] for a, b in splits if b for c in _LETTERS} | {a + c + b for a, b in splits for c in _LETTERS}
    return len(word) > 4 and any(_is_word(slip, known) for slip in slips)
