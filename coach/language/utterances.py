"""Read notes as utterances: one sentence, one list line, or one sentence of a cue, each with who says it and what it stands under."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from coach.language.note_lines import Line, Mark, is_title, own_label, read_line
from coach.language.pasted import ends_carried, foreign_lines, gives_orders, heads_carried, is_carried
from coach.language.sentence_spans import sentence_spans
from coach.language.transcripts import is_timed, speaker_at, speakers_of, timed_lines, timed_turns

_LINE = re.compile(r"[^\r\n\x0b\x0c\u2028\u2029\x85]*(?:\r\n|[\r\n\x0b\x0c\u2028\u2029\x85]|\Z)")
_CLOSING_TAG = re.compile(r"(?:\s*</v>)?\s*$")
_CELL = re.compile(r"[^|]+")
_SAYS = re.compile(r"[^\W_]|[✓✔✅☑✗✘❌]")
_NUMBERED = re.compile(r"\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)](?=\s)")
_BULLETED = re.compile(r"[-*•·–—‣▪◦●○►▶+~→>✦☐⬜\[]|\(?(?:\d{1,2}|[a-zA-Z])[.)]\s")
_SIGNED = re.compile(r"[\U0001F300-\U0001FAFF\u2600-\u27BF]")
_SIGNED_WORDS, _ASKED_WORDS = 3, 8
_WRAPPED_FROM = 55  # a line at least this long, without an end, may go on in the next
_ENDED = re.compile(r"[.!?…:;][\"'”’)\]*_]*\s*$")


class UtteranceKind(StrEnum):
    """How an utterance came into the notes."""

    SAID = "said"  # in a transcript, by its speaker
    BULLET = "bullet"
    PROSE = "prose"
    PASTED = "pasted"
    CARRIED = "carried"
    HEADING = "heading"


@dataclass(frozen=True)
class Utterance:
    """One sentence or list line with its place in the notes (code points).

    `heading` is the nearest heading or label that it stands under, `path` all of them from the outermost on, `indent` how far in it stands;
    `mark` is a box that was ticked or left open; `block` counts paragraphs, in a transcript the turns or cues.
    """

    start: int
    end: int
    text: str
    speaker: str | None = None
    heading: str = ""
    kind: UtteranceKind = UtteranceKind.PROSE
    line: int = 0
    block: int = 0
    indent: int = 0
    path: tuple[str, ...] = ()
    mark: Mark = ""

    @property
    def is_own(self) -> bool:
        """Tell whether the author or a speaker says it about this session: not pasted, not carried over, no heading."""
        return self.kind in (UtteranceKind.SAID, UtteranceKind.BULLET, UtteranceKind.PROSE)


def read_utterances(notes: str, people: Sequence[str] = ()) -> tuple[Utterance, ...]:
    """Return the utterances of notes in order; `people` are names that may stand before a colon because they speak."""
    places = [(m.start(), m.start() + len(m.group().rstrip("\r\n\x0b\x0c\u2028\u2029\x85"))) for m in _LINE.finditer(notes) if m.group()]
    lines = [notes[start:end] for start, end in places]
    starts = [start for start, _ in places]
    said: list[Utterance] = []
    if is_timed(lines):
        said = list(_timed(notes, lines, starts))
        timed = timed_lines(lines)
        lines = ["" if number in timed else line for number, line in enumerate(lines)]
        places = [(start, start if number in timed else end) for number, (start, end) in enumerate(places)]
    typed = _Typed(notes, lines, places, speakers_of(lines, people)).read()
    return tuple(sorted([*said, *typed], key=lambda u: u.start))


def _timed(notes: str, lines: Sequence[str], starts: Sequence[int]) -> Iterator[Utterance]:
    for cue, turn in timed_turns(lines, starts):
        kind = UtteranceKind.PASTED if gives_orders(notes[turn.start : turn.end]) and turn.speaker is None else UtteranceKind.SAID
        for start, end in sentence_spans(notes, turn.start, turn.end):
            yield Utterance(start, end, notes[start:end], turn.speaker, "", kind, turn.line, cue)


class _Typed:
    """Goes through typed lines once, remembering what each stands under."""

    def __init__(self, notes: str, lines: Sequence[str], places: Sequence[tuple[int, int]], speakers: frozenset[str]) -> None:
        self.notes, self.lines, self.places, self.speakers = notes, lines, places, speakers
        self.foreign = foreign_lines(lines)
        self.block, self.heading, self.carried = 0, "", False
        self.above: list[tuple[int, str]] = []  # bullets further out, with their labels
        self.speaker: str | None = None
        self.columns: list[str] = []

    def read(self) -> Iterator[Utterance]:
        number = 0
        while number < len(self.lines):
            line = read_line(self.notes, number, *self.places[number])
            last = self._wrapped_to(line)
            yield from self._line(replace(line, end=max(line.end, self.places[last][1])) if last > number else line)
            number = last + 1

    def _wrapped_to(self, line: Line) -> int:
        """Return the last line that a sentence begun in this line was wrapped to by hand."""
        last = line.number
        if line.shape not in ("prose", "bullet") or self.speakers:
            return last
        while last + 1 < len(self.lines) and self.foreign[last + 1] == self.foreign[line.number]:
            text, following = self.lines[last], self.lines[last + 1]
            if len(text) < _WRAPPED_FROM or _ENDED.search(text) or not re.match(r"[ \t]*[a-z(\"“'‘&\d]", following):
                break
            if read_line(self.notes, last + 1, *self.places[last + 1]).shape != "prose" or own_label(following, 0)[0]:
                break
            last += 1
        return last

    def _line(self, line: Line) -> Iterator[Utterance]:
        if line.shape in ("blank", "rule"):
            self.block += 1
            self.columns = []
            self.speaker = None if line.shape == "rule" else self.speaker
            self.carried = self.carried and line.shape == "blank" and bool(self.heading)
            return
        if foreign := self.foreign[line.number]:
            yield from self._sentences(line, UtteranceKind.PASTED if foreign == "pasted" else UtteranceKind.CARRIED, ())
        elif self.speakers and (spoken := speaker_at(self.lines[line.number], self.speakers)):
            self.block += 1
            self.speaker, after = spoken
            place = self.places[line.number]
            end = place[0] + len(_CLOSING_TAG.sub("", self.lines[line.number]))
            yield from self._sentences(
                replace(line, start=place[0] + after, end=max(end, place[0] + after), label="", mark=""), UtteranceKind.SAID, ()
            )
        elif line.shape == "heading" or (not self.speakers and self._names_what_follows(line)):
            yield self._head(line)
        elif line.shape == "row":
            yield from self._row(line)
        elif self.speaker is not None:
            yield from self._sentences(replace(line, start=line.label_start or line.start, label=""), UtteranceKind.SAID, ())
        else:
            yield from self._typed(line)

    def _names_what_follows(self, line: Line) -> bool:
        """Tell whether a short line without an end, first of its paragraph, is the heading of what comes under it."""
        words = self.notes[line.start : line.end]
        if line.shape not in ("prose", "bullet") or line.indent or line.label or line.mark:
            return False
        number = line.number
        before = self.lines[number - 1].strip() if number else ""
        after = self.lines[number + 1].strip() if number + 1 < len(self.lines) else ""
        if line.shape == "bullet" and not line.numbered:
            return (
                bool(after)
                and not _BULLETED.match(after)
                and len(words.split()) <= _SIGNED_WORDS
                and words[-1].isalnum()
                and not _SIGNED.match(after)
            )
        if not is_title(words, line.numbered) and not (
            heads_carried(words) or (line.numbered and words.endswith("?") and len(words.split()) <= _ASKED_WORDS)
        ):
            return False
        if line.shape == "bullet":
            return not (after[:1].isdigit() and _NUMBERED.match(after)) and (not before or not _NUMBERED.match(before))
        return not before and bool(after) and (_BULLETED.match(after) is not None or words[0].isupper())

    def _head(self, line: Line) -> Utterance:
        words = self.notes[line.start : line.end].strip().rstrip(":>- →").strip()
        self.block += 1
        self.carried = heads_carried(words) and not re.match(r"\s*[-*=~ ]*end\b", words, re.IGNORECASE)
        self.heading, self.above, self.speaker = words, [], None
        start = line.start
        return Utterance(
            start,
            line.end,
            self.notes[start : line.end],
            None,
            words,
            UtteranceKind.HEADING,
            line.number,
            self.block,
            line.indent,
            (words,),
        )

    def _typed(self, line: Line) -> Iterator[Utterance]:
        if line.shape == "prose" and not line.indent:
            self.above = []
        while self.above and self.above[-1][0] >= line.indent:
            self.above.pop()
        path = [label for _, label in self.above if label] + ([line.label] if line.label else [])
        whole = self.notes[line.label_start : line.end] if line.label else self.notes[line.start : line.end]
        if line.shape == "bullet":
            self.above.append((line.indent, line.label or " ".join(whole.split()[:6])))
        if self.carried and line.shape == "prose" and ends_carried(line.label or "") and not heads_carried(line.label):
            self.carried = False
        carried = self.carried or (heads_carried(line.label) and "(" not in line.label)
        kind = UtteranceKind.CARRIED if carried else UtteranceKind.BULLET if line.shape == "bullet" else UtteranceKind.PROSE
        yield from self._sentences(line, kind, tuple(path))

    def _row(self, line: Line) -> Iterator[Utterance]:
        """Yield the cells of a table's row; the first one names it, a row of headings names the columns."""
        cells = [(line.start + m.start(), line.start + m.end()) for m in _CELL.finditer(self.notes[line.start : line.end])]
        words = [self.notes[a:b].strip() for a, b in cells]
        if all(re.fullmatch(r"[\s:=-]*", cell) for cell in words):
            return
        if not self.columns:
            self.columns = words
            return
        for place, (start, end) in enumerate(cells[1:], 1):
            if re.search(r"[^\W_]", words[place]):
                piece = replace(line, start=start, end=end, label=words[0])
                yield from self._sentences(piece, UtteranceKind.CARRIED if self.carried else UtteranceKind.BULLET, (words[0],))

    def _sentences(self, line: Line, kind: UtteranceKind, labels: tuple[str, ...]) -> Iterator[Utterance]:
        path = tuple(part for part in (self.heading, *labels) if part)
        whole = self.notes[line.label_start if line.label else line.start : line.end]
        for start, end in sentence_spans(self.notes, line.start, line.end):
            text = self.notes[start:end]
            if not _SAYS.search(text):
                continue
            own = UtteranceKind.PASTED if kind is not UtteranceKind.SAID and gives_orders(text) else kind
            if own in (UtteranceKind.PROSE, UtteranceKind.BULLET) and is_carried(text if line.start != start else whole):
                own = UtteranceKind.CARRIED
            speaker = self.speaker if kind is UtteranceKind.SAID else None
            yield Utterance(start, end, text, speaker, path[-1] if path else "", own, line.number, self.block, line.indent, path, line.mark)
