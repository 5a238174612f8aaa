"""Tell who says what in a caption: by a voice tag, by a name before a colon, or by a dash where another person begins."""

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LONGEST_NAME = 60
# Words that stand before a colon and name nobody.
_LABELS = frozenset(
    [
        "action",
        "actions",
        "agenda",
        "agreed",
        "aside",
        "conclusion",
        "date",
        "decision",
        "decisions",
        "due",
        "example",
        "goal",
        "goals",
        "host",
        "idea",
        "look",
        "note",
        "notes",
        "next",
        "ok",
        "okay",
        "owner",
        "participants",
        "plan",
        "present",
        "problem",
        "question",
        "questions",
        "reminder",
        "result",
        "remember",
        "so",
        "status",
        "subject",
        "summary",
        "task",
        "tasks",
        "time",
        "title",
        "todo",
        "topic",
        "update",
        "warning",
        "well",
        "yes",
        "no",
        "and",
        "but",
        "because",
        "listen",
        "anyway",
    ]
)
_PARTICLES = frozenset(
    [
        "al",
        "bin",
        "binti",
        "da",
        "dal",
        "de",
        "del",
        "della",
        "den",
        "der",
        "di",
        "do",
        "dos",
        "du",
        "el",
        "la",
        "le",
        "ter",
        "van",
        "vom",
        "von",
        "y",
        "zu",
        "zum",
        "’t",
    ]
)
_VOICE = re.compile(r"<v(?:\.[^\s<>]{1,80})?(?:[ \t]+([^<>\n]{0,200}))?>", re.IGNORECASE)
_VOICE_END = re.compile(r"</v\s*>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:c|i|b|u|s|ruby|rt|lang|font)(?:[.\s][^<>]{0,200})?/?>|<[\d:.,]{4,20}>", re.IGNORECASE)
_OVERRIDE = re.compile(r"\{\\[^{}]{0,200}\}")
_CUT_TAG = re.compile(r"<(?:/?v|/?c|/?i|/?b|/?u|lang)?(?:[.\s][^<>\n]{0,60})?\Z", re.IGNORECASE)
_TURN = re.compile(r"\s*(?:[-–—‐]\s*(?=[^\s\d\-])|[-–—]\s+|>{2,3}\s*)")
_WORD = r"[^\W\d_][\w.’'\-]{0,40}"
_NAME = re.compile(rf"\s*[\[(]?\s*({_WORD}(?:[ ]{_WORD}){{0,4}}(?:[ ]\d{{1,3}})?(?:[ ]?\([^()\n]{{1,40}}\))?)\s*[\])]?\s*:[ \t]+(?=\S)")


@dataclass(frozen=True)
class Said:
    """What one person says in one caption; None where it does not say who."""

    speaker: str | None
    text: str


def names_before_colons(captions: Iterable[list[str]]) -> frozenset[str]:
    """Return what stands before a colon and is a speaker's name: several words, one that comes back, or any where most captions begin so."""
    known = [[_named(without_tags(line)) for line in lines] for lines in captions]
    seen = Counter(name for names in known for name in names if name)
    most = 2 * sum(1 for names in known if names and names[0]) >= len(known)
    return frozenset(name for name, times in seen.items() if most or times > 1 or " " in name)


def said_in(lines: list[str], names: frozenset[str], last: bool = False) -> Iterator[Said]:
    """Yield what is said in a caption, speaker by speaker; the last one of a file may end within a tag."""
    text = "\n".join(lines)
    pieces = _VOICE.split(_CUT_TAG.sub("", text) if last else text)
    for place in range(0, len(pieces), 2):
        voiced, *unvoiced = _VOICE_END.split(pieces[place])
        speaker = _tidy_name(pieces[place - 1]) if place else None
        yield from _turns(voiced, speaker, names)
        for rest in unvoiced:
            yield from _turns(rest, None, names)


def without_tags(text: str) -> str:
    """Return a caption's words without marks of style, and with its entities as the characters that they stand for."""
    plain = _OVERRIDE.sub("", _TAG.sub("", text))
    return html.unescape(plain).replace("\u00a0", " ")


def speaking(text: str) -> str | None:
    """Return the name that a line begins with, if it begins with one and a colon."""
    return _named(text)


def _named(line: str) -> str | None:
    turn = _TURN.match(line)
    match = _NAME.match(line, turn.end() if turn else 0)
    if match is None or len(match[1]) > LONGEST_NAME:
        return None
    words = re.sub(r"\(.*\)", "", match[1]).split()
    letters = [word for word in words if word[0].isalpha()]
    if not letters or letters[0].lower().strip(".") in _LABELS or (letters[0][0].islower() and letters[0] not in _PARTICLES):
        return None
    if any(word[0].islower() and word.lower() not in _PARTICLES and "’" not in word and "'" not in word for word in letters):
        return None
    return " ".join(match[1].split())


def _turns(text: str, speaker: str | None, names: frozenset[str]) -> Iterator[Said]:
    """Yield what a stretch of a caption says; without a voice tag a line with a dash or a name begins another turn."""
    current, words = speaker, list[str]()
    for line in without_tags(text).split("\n"):
        turn = _TURN.match(line)
        name = _named(line)
        match = _NAME.match(line, turn.end() if turn else 0) if name and (name in names or name == speaker) else None
        begins = turn is not None or match is not None
        if speaker is None and begins:
            yield from _spoken(current, words)
            current, words = (name if match else None), []
        rest = line[match.end() :] if match and (speaker is None or name == speaker) else line[turn.end() :] if turn else line
        words.append(rest)
    yield from _spoken(current, words)


def _spoken(speaker: str | None, words: list[str]) -> Iterator[Said]:
    text = " ".join(" ".join(words).split())
    if any(character.isalnum() for character in text):
        yield Said(speaker, text)


def _tidy_name(name: str | None) -> str | None:
    words = " ".join(html.unescape(name or "").replace(":", " ").split())
    return words[:LONGEST_NAME].rstrip() or None
