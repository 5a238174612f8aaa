"""Read who said what in a transcript: WEBVTT, SRT, and lines that open with a speaker's name."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_TIMING = re.compile(r"[ \t]*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}[ \t]*-->[ \t]*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}")
_VOICE = re.compile(r"<v(?:\.[\w.-]+)?[ \t]+(?P<name>[^<>\n]{1,80})>")
_TAG = re.compile(r"</?(?:v|c|b|i|u|ruby|rt|lang|font)\b[^<>\n]{0,80}>|<\d[\d:.]*>", re.IGNORECASE)
_STAMP = r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?(?: ?[AaPp]\.?[Mm]\.?)?[\])]?"
_NAME = r"[^\W\d_][\w.'’\-]*(?:[ \t]+[^\W_][\w.'’\-]*){0,4}"
_SPEAKER = re.compile(
    rf"[ \t]*(?:>>+[ \t]*)?(?:{_STAMP}[ \t]*[-–|]?[ \t]*)?(?:\*\*)?(?P<name>{_NAME})(?:\*\*)?(?:[ \t]*\((?:{_STAMP}|[\w ]{{1,20}})\))?[ \t]*(?::(?:\*\*)?[ \t]*|[ \t][-–—][ \t]+)(?=\S)"
)
_NAME_ABOVE = re.compile(rf"[ \t]*(?P<name>{_NAME})[ \t]+{_STAMP}[ \t]*$|[ \t]*{_STAMP}[ \t]+(?P<after>{_NAME})[ \t]*:?[ \t]*$")
_LEAST_TURNS = 4
_FIRST_OR_ASKED = re.compile(r"\b(?:I|I['’]\w+|you|we|my|me|your)\b|\?")


@dataclass(frozen=True)
class Turn:
    """What one person said in one go: stretches of the notes, and who; `line` is that of its first stretch."""

    speaker: str | None
    start: int
    end: int
    line: int


def is_timed(lines: Sequence[str]) -> bool:
    """Tell whether the lines are those of a subtitle file."""
    return sum(1 for line in lines if _TIMING.match(line)) >= 2 or bool(lines and lines[0].lstrip("\ufeff \t").startswith("WEBVTT"))


def timed_lines(lines: Sequence[str]) -> frozenset[int]:
    """Return the numbers of the lines that belong to a subtitle file: its head, its comments, and the cues with their names."""
    found: set[int] = set()
    inside = False
    file = bool(lines and lines[0].lstrip("\ufeff \t").startswith("WEBVTT"))
    for number, line in enumerate(lines):
        if not line.strip():
            inside = False
        elif _TIMING.match(line):
            inside = True
            if number and lines[number - 1].strip() and (number < 2 or not lines[number - 2].strip()):
                found.add(number - 1)
        elif file and (number == 0 or re.match(r"(?:NOTE|STYLE|REGION)\b", line)):
            inside = True
        if inside:
            found.add(number)
    return frozenset(found)


def timed_turns(lines: Sequence[str], starts: Sequence[int]) -> Iterator[tuple[int, Turn]]:
    """Yield the number of each cue and its turns; what stands outside of cues is yielded by nobody."""
    cue, inside, speaker = 0, False, None
    for number, line in enumerate(lines):
        if _TIMING.match(line):
            cue, inside, speaker = cue + 1, True, None
        elif not line.strip():
            inside = False
        elif inside:
            for turn in _spoken(line, starts[number], number, speaker):
                speaker = turn.speaker
                yield cue, turn


def _spoken(line: str, at: int, number: int, before: str | None) -> Iterator[Turn]:
    """Yield the turns of a cue's line: a voice tag or a name before a colon changes the speaker."""
    voices = list(_VOICE.finditer(line))
    if not voices:
        named = _SPEAKER.match(line)
        if named and named["name"][:1].isupper() and ":" in named.group() and len(named["name"].split()) <= 4:
            yield from _cleaned(line, named.end(), len(line), at, number, named["name"].strip())
        else:
            dash = re.match(r"[ \t]*[-–]?[ \t]*", line)
            yield from _cleaned(line, dash.end() if dash else 0, len(line), at, number, before)
        return
    yield from _cleaned(line, 0, voices[0].start(), at, number, before)
    for voice, following in zip(voices, [*voices[1:], None], strict=True):
        yield from _cleaned(line, voice.end(), following.start() if following else len(line), at, number, voice["name"].strip())


def _cleaned(line: str, start: int, end: int, at: int, number: int, speaker: str | None) -> Iterator[Turn]:
    """Yield a turn without the tags around it; a tag inside cuts it in two."""
    for tag in [*_TAG.finditer(line, start, end), None]:
        stop = tag.start() if tag else end
        if line[start:stop].strip():
            yield Turn(speaker, at + start, at + stop, number)
        start = tag.end() if tag else end


def speakers_of(lines: Sequence[str], people: Sequence[str]) -> frozenset[str]:
    """Return the names that open lines because they speak there; none where the lines are no talk."""
    counts: Counter[str] = Counter()
    for line in lines:
        found = _SPEAKER.match(line[:200])
        if found:
            counts[found["name"].strip()] += 1
        above = _NAME_ABOVE.match(line[:120])
        if above:
            counts[(above["name"] or above["after"]).strip()] += 1
    known = {part.lower() for person in people for part in (person, *person.split(), initials(person))}
    again = {name for name, times in counts.items() if times >= 2}
    turns = sum(counts[name] for name in again)
    told = {name for name in again if name.lower() in known or (name[:1].isupper() and len(name.split()) <= 3)}
    voices = {found["name"].strip() for line in lines if (found := _VOICE.match(line.lstrip()))}
    whole = {person for person in people if " " in person and counts[person]}
    if voices or (len(whole) >= 2 and sum(_talks(line, whole) for line in lines) >= 2):
        return frozenset(voices | whole | {name for name in told if name.lower() in known})
    if len(again) >= 2 and turns >= _LEAST_TURNS and len(told) >= 2:
        return frozenset(told | {name for name in counts if name.lower() in known})
    return frozenset()


def _talks(line: str, whole: set[str]) -> bool:
    """Tell whether a line opens with one of these names and goes on as talk does, not as the job of a list."""
    found = _SPEAKER.match(line[:200])
    return found is not None and found["name"].strip() in whole and _FIRST_OR_ASKED.search(line, found.end()) is not None


def initials(name: str) -> str:
    """Return the first letters of a name's words."""
    return "".join(part[0] for part in name.replace("-", " ").split())


def speaker_at(line: str, speakers: frozenset[str]) -> tuple[str, int] | None:
    """Return who speaks in a line and where the words begin; None where it names no speaker."""
    if voice := _VOICE.match(line, len(line) - len(line.lstrip())):
        return voice["name"].strip(), voice.end()
    found = _SPEAKER.match(line)
    if found and found["name"].strip() in speakers:
        return found["name"].strip(), found.end()
    above = _NAME_ABOVE.match(line[:120])
    if above and (name := (above["name"] or above["after"]).strip()) in speakers:
        return name, len(line)
    return None
