"""Read a transcript, WebVTT or SRT, as lines “Name: text”: one a turn, and a sentence that goes on over captions stays one."""

from collections import Counter
from dataclasses import dataclass

from coach.reading.transcript_cues import UNTIMED, captions_of
from coach.reading.transcript_voices import Said, names_before_colons, said_in, without_tags

WORDLESS = "captions without words"
REPEATED = "lines that only repeat the caption before"
LEAST_ROLLING = 0.3  # share of captions that begin with the last line of the one before, from which they roll up the screen
FEWEST_ROLLING = 3
ENDINGS = ".!?。！？؟।"
CLOSERS = "\"'”’»)]"
LEAST_PUNCTUATED = 0.3  # share of captions that end a sentence, from which the file is taken to have full stops
LONGEST_JOINED = 240  # characters of a line, where no full stop says that a sentence ends
QUOTED = 60


@dataclass(frozen=True)
class Transcript:
    """A transcript as lines, its speakers in the order in which they speak, how many captions it had, and what was left out."""

    lines: tuple[str, ...]
    speakers: tuple[str, ...]
    captions: int
    left_out: Counter[str]
    untimed: tuple[str, ...]
    unread_times: int


def read_transcript(text: str, webvtt: bool) -> Transcript:
    """Return the transcript in a text with line ends as `\\n`; without lines where it holds no caption with words."""
    found = captions_of(text, webvtt)
    captions, repeated = _rolled(found.lines)
    found.left_out[REPEATED] = repeated
    names = names_before_colons(captions)
    last = len(captions) - 1
    said = [tuple(said_in(lines, names, last=place == last)) for place, lines in enumerate(captions)]
    found.left_out[WORDLESS] = sum(1 for turns, whole in zip(said, found.lines, strict=True) if not turns and not (repeated and whole))
    turns = _joined([turn for caption in said for turn in caption])
    return Transcript(
        lines=tuple(f"{turn.speaker}: {turn.text}" if turn.speaker else turn.text for turn in turns),
        speakers=tuple(dict.fromkeys(turn.speaker for turn in turns if turn.speaker)),
        captions=len(found.lines),
        left_out=+found.left_out,
        untimed=tuple(found.untimed),
        unread_times=found.unread_times,
    )


def _rolled(captions: list[list[str]]) -> tuple[list[list[str]], int]:
    """Return captions that roll up the screen with each line once, and how often one was there again; others as they are."""
    shown = [[" ".join(without_tags(line).split()) for line in lines] for lines in captions]
    again = [
        bool(one and other) and one[-1] == other[0] and len(one) + len(other) > 2  # one line and the same again is said twice
        for one, other in zip([[], *shown], shown, strict=False)
    ]
    if sum(again) < max(FEWEST_ROLLING, LEAST_ROLLING * len(captions)):
        return captions, 0
    return [lines[1:] if repeats else lines for lines, repeats in zip(captions, again, strict=True)], sum(again)


def first_untimed(read: Transcript) -> str:
    """Return the first words that were left out because they have no time, short enough to quote."""
    words = " ".join(read.untimed[0].split()) if read.left_out[UNTIMED] else ""
    return words if len(words) <= QUOTED else words[: QUOTED - 1].rstrip() + "…"


def _joined(turns: list[Said]) -> list[Said]:
    """Return the turns, with those of one speaker as one where the sentence goes on; what nobody is named for stays apart."""
    ended = sum(1 for turn in turns if _ends(turn.text))
    punctuated = ended > LEAST_PUNCTUATED * len(turns)
    joined: list[list[Said]] = []
    size = 0
    for turn in turns:
        before = joined[-1][-1] if joined else None
        if before is not None and turn.speaker and before.speaker == turn.speaker and _goes_on(before.text, turn.text, punctuated, size):
            joined[-1].append(turn)
            size += len(turn.text) + 1
        else:
            joined.append([turn])
            size = len(turn.text)
    return [Said(one[0].speaker, " ".join(turn.text for turn in one)) for one in joined]


def _goes_on(before: str, after: str, punctuated: bool, size: int) -> bool:
    if _ends(before):
        return False
    if before[-1] in "…-–—" or before.endswith("..."):
        return after[0].islower()
    return punctuated or (size < LONGEST_JOINED and not after[0].isupper())


def _ends(text: str) -> bool:
    bare = text.rstrip(CLOSERS)
    return bool(bare) and bare[-1] in ENDINGS and not bare.endswith("...")
