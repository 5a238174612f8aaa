"""Read a file of notes that somebody brings along: text, Markdown, Word, or a transcript in WebVTT or SRT; and say what of it is not used."""

from collections import Counter

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from coach.domain.brief import LONG_TEXT
from coach.domain.notes import MOST_BYTES, MOST_MEGABYTES, NotesFile, NotesKind, too_long
from coach.errors import InputRefused
from coach.reading.decoding import decoded
from coach.reading.documents import MARKDOWN_NAMES, shown_name
from coach.reading.extract import COMMENTS
from coach.reading.invisible import visible
from coach.reading.kinds import kind_of
from coach.reading.limited import answer_of
from coach.reading.refusals import NotReadable, Reason
from coach.reading.transcript import Transcript, first_untimed, read_transcript
from coach.reading.transcript_cues import UNTIMED, is_webvtt, times_in
from coach.reading.transcript_voices import names_before_colons, speaking

TRANSCRIPT_NAMES = (".vtt", ".srt")
FEW_TIMES = 2  # lines with the time of a caption, from which a text of any name is a transcript


class _Answer(BaseModel):
    """What the reader of Word documents may say."""

    model_config = ConfigDict(extra="forbid")

    refused: Reason | None = None
    kind: str = ""
    text: str = ""
    left_out: dict[str, int] = Field(default_factory=dict)


_READABLE = "text, Markdown, Word (.docx), WebVTT and SRT files can be read"
_PASTE = "open it, copy its text and paste that into your notes."
SENTENCES = {
    Reason.EMPTY: "is empty; choose the file that holds your notes.",
    Reason.NO_TEXT: "holds no words that can be read; choose the file that holds your notes.",
    Reason.ALL_HIDDEN: f"holds only text that nobody who opens it sees; {_PASTE}",
    Reason.LOCKED: "is locked with a password; save a copy without it and choose that.",
    Reason.DAMAGED: "is damaged or incomplete; open it, save it again and choose the new file.",
    Reason.NOT_STARTED: "could not be read because this machine could not start its reader; try again in a moment.",
    Reason.ENCODING: "is text in an encoding that cannot be told; save it as UTF-8 and choose it again.",
    Reason.IMAGE: "is an image; type what it shows into your notes.",
    Reason.MEDIA: f"is a sound or video recording; make a transcript of it first, then choose that. {_READABLE.capitalize()}.",
    Reason.ARCHIVE: "is an archive; unpack it and choose the notes in it.",
    Reason.PROGRAM: f"is a program, not notes; {_READABLE}.",
    Reason.OLD_OFFICE: "is in an older Office format; save it as .docx and choose that.",
    Reason.UNKNOWN: f"is no kind of file that can be read; {_READABLE}.",
}
_OTHERWISE = f"cannot be read as notes; {_PASTE}"


def read_notes_file(data: bytes, name: str) -> NotesFile:
    """Return the notes in these bytes; raise InputRefused in one sentence, naming the file, where there are none that can be used.

    The bytes tell the kind; the name decides between Markdown and plain text, and helps to know a transcript that is badly kept.
    """
    name = shown_name(name)
    if len(data) > MOST_BYTES:
        raise InputRefused(
            f"{name} has {len(data) / 1e6:.1f} MB; notes may have {MOST_MEGABYTES} MB at most. Bring it in as text, or in parts, without pictures."
        )
    try:
        notes = _read(data, name)
    except NotReadable as problem:
        raise InputRefused(f"{name} {SENTENCES.get(problem.reason, _OTHERWISE)}") from None
    if len(notes.text) > LONG_TEXT:
        raise InputRefused(too_long(name, len(notes.text)))
    return notes


def _read(data: bytes, name: str) -> NotesFile:
    lower = name.lower()
    markdown = lower.endswith(MARKDOWN_NAMES)
    kind = kind_of(data, markdown=markdown or not lower.endswith((".html", ".htm")))
    if kind == "zip":
        return _word(data, name)
    if kind in ("pdf", "html"):
        raise NotReadable(Reason.RICH_TEXT)
    left_out: Counter[str] = Counter()
    text = visible(decoded(data).replace("\r\n", "\n").replace("\r", "\n"), left_out, joiners=True)
    if not any(character.isalnum() for character in text):
        raise NotReadable(Reason.NO_TEXT)
    if is_webvtt(text) or lower.endswith(TRANSCRIPT_NAMES) or times_in(text) >= FEW_TIMES:
        return _transcript(text, name, left_out)
    if markdown:
        text = _without_comments(text, left_out)
    text = _lines_without_ends(text)
    if not text:
        raise NotReadable(Reason.ALL_HIDDEN)
    return NotesFile(name, NotesKind.MARKDOWN if markdown else NotesKind.TEXT, text, _speakers(text), _not_used(left_out))


def _word(data: bytes, name: str) -> NotesFile:
    try:
        answer = _Answer.model_validate_json(answer_of(data, "notes"))
    except ValidationError:
        raise NotReadable(Reason.BROKE_OFF) from None
    if answer.refused:
        raise NotReadable(answer.refused)
    if answer.kind != "docx":
        raise NotReadable(Reason.UNKNOWN)
    return NotesFile(name, NotesKind.WORD, answer.text, _speakers(answer.text), _not_used(Counter(answer.left_out)))


def _transcript(text: str, name: str, left_out: Counter[str]) -> NotesFile:
    kind = NotesKind.WEBVTT if is_webvtt(text) or name.lower().endswith(".vtt") else NotesKind.SRT
    read = read_transcript(text, webvtt=kind is NotesKind.WEBVTT)
    if read.lines:
        words = visible("\n".join(read.lines), left_out, joiners=True)  # once more: entities may stand for what nobody sees
        speakers = tuple(visible(speaker, Counter(), joiners=True) for speaker in read.speakers)
        said = (*_told(read), *_not_used(left_out + read.left_out, first_untimed(read)))
        return NotesFile(name, kind, words, speakers, said)
    lines = read.untimed if is_webvtt(text) else tuple(_lines_without_ends(text).split("\n"))
    words = "\n".join(line.rstrip() for line in lines)
    if read.captions or not any(character.isalnum() for character in words):
        raise NotReadable(Reason.NO_TEXT)
    rest = left_out + Counter({what: count for what, count in read.left_out.items() if what != UNTIMED})
    said = ("No caption in it has a time, so its lines are taken as they stand.", *_not_used(rest))
    return NotesFile(name, kind, words, _speakers(words), said)


def _told(read: Transcript) -> tuple[str, ...]:
    """Return what there is to know of a transcript whose captions could be read."""
    one = read.captions == 1
    told = [f"{read.captions:,} {'caption' if one else 'captions'} read; {'its time is' if one else 'their times are'} left out."]
    if not read.speakers:
        told.append("It does not say who speaks; add the names where they matter, since a draft cannot know who “I” is.")
    if read.unread_times:
        many = read.unread_times > 1
        told.append(f"{read.unread_times:,} {'captions have' if many else 'caption has'} a time that cannot be read; the words are kept.")
    return tuple(told)


def _not_used(left_out: Counter[str], first: str = "") -> tuple[str, ...]:
    """Return in one sentence what is not used and how often it is there, nothing where all is used."""
    listed = [
        f"{what} ({count:,}{f', the first “{first}”' if first and what == UNTIMED else ''})" for what, count in sorted((+left_out).items())
    ]
    return (f"Not used: {', '.join(listed)}.",) if listed else ()


def _speakers(text: str) -> tuple[str, ...]:
    """Return who speaks in a text whose lines mostly begin with a name and a colon."""
    lines = [line for line in text.split("\n") if line.strip()]
    named = [speaking(line) for line in lines]
    if sum(name is not None for name in named) * 2 < len(lines):
        return ()
    names = names_before_colons([[line] for line in lines])
    return tuple(dict.fromkeys(name for name in named if name in names and name is not None))


def _lines_without_ends(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def _without_comments(text: str, left_out: Counter[str]) -> str:
    """Return Markdown without its comments, which no reader of it sees; one that is never closed is text."""
    kept, at = [], 0
    while (begins := text.find("<!--", at)) >= 0 and (ends := text.find("-->", begins + 4)) >= 0:
        kept.append(text[at:begins])
        left_out[COMMENTS] += 1
        at = ends + 3
    return "".join((*kept, text[at:]))
