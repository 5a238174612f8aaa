"""Cut long notes into parts that a model reads one by one: between utterances, never inside a cue, a bullet or a sentence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from coach.language.utterances import Utterance, UtteranceKind

# About 3,000 tokens: with the prompt and an answer it fits the small windows of models that run on one's own machine,
# and quotes stay true, which they do less and less as the text to be quoted from grows.
LONGEST_PART = 12_000  # code points
LONGEST_BEFORE = 600  # code points of what stands before a part, shown so that a pronoun has somebody to mean


@dataclass(frozen=True)
class Part:
    """A stretch of the notes (code points) and where what is shown before it begins."""

    number: int
    of: int
    start: int
    end: int
    before: int


def parts_of(notes: str, utterances: Sequence[Utterance], longest: int = LONGEST_PART) -> tuple[Part, ...]:
    """Return the parts of these notes in order; together they are the notes, and every one but the last has at most `longest` code points."""
    joints = list(_joints(notes, utterances))
    cuts = [0]
    while len(notes) - cuts[-1] > longest:
        cuts.append(_cut(notes, joints, cuts[-1], longest))
    cuts.append(len(notes))
    count = len(cuts) - 1
    return tuple(Part(i + 1, count, cuts[i], cuts[i + 1], _before(notes, joints, cuts[i])) for i in range(count))


def _joints(notes: str, utterances: Sequence[Utterance]) -> Iterator[tuple[int, bool]]:
    """Yield where notes can be cut, and whether something new begins there; a cue's time and speaker stay with its words."""
    for last, after in pairwise(utterances):
        place = notes.find("\n", last.end, after.start) + 1 or last.end
        while place < after.start and notes[place] in "\r\n":
            place += 1
        yield place, _is_new(last, after)


def _is_new(last: Utterance, after: Utterance) -> bool:
    """Tell whether a paragraph, a cue or a bullet begins."""
    return last.block != after.block or (after.kind is UtteranceKind.BULLET and after.line != last.line)


def _cut(notes: str, joints: Sequence[tuple[int, bool]], start: int, longest: int) -> int:
    """Return the best place to end a part: before something new, else between sentences, else at a space."""
    least = start + longest // 2
    within = [(place, new) for place, new in joints if start < place <= start + longest]
    if found := [place for place, new in within if new] or [place for place, _ in within]:
        return found[-1]
    space = notes.rfind(" ", least, start + longest)
    return space + 1 if space >= 0 else start + longest


def _before(notes: str, joints: Sequence[tuple[int, bool]], start: int) -> int:
    """Return from where on to show what stands before a part: whole sentences."""
    return next((place for place, _ in joints if start - LONGEST_BEFORE <= place < start), start)
