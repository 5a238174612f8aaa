"""Why a document cannot be read, and the sentence that says so."""

from enum import StrEnum

from coach.errors import InputRefused


class Reason(StrEnum):
    """Each way in which reading can end without text."""

    EMPTY = "empty"
    NO_TEXT = "no text"
    ALL_HIDDEN = "all hidden"
    TOO_BIG = "too big"
    TOO_MUCH_TEXT = "too much text"
    TOO_MANY_PAGES = "too many pages"
    TOO_SLOW = "too slow"
    TOO_MUCH_MEMORY = "too much memory"
    TOO_DEEP = "too deep"
    UNPACKS_TOO_FAR = "unpacks too far"
    UNSAFE_CONTAINER = "unsafe container"
    DECLARES_ENTITIES = "declares entities"
    LOCKED = "locked"
    DAMAGED = "damaged"
    BROKE_OFF = "broke off"
    NOT_STARTED = "not started"
    ENCODING = "encoding"
    IMAGE = "image"
    PROGRAM = "program"
    ARCHIVE = "archive"
    MEDIA = "media"
    OLD_OFFICE = "old office"
    RICH_TEXT = "rich text"
    OPEN_DOCUMENT = "open document"
    SPREADSHEET = "spreadsheet"
    E_BOOK = "e-book"
    UNKNOWN = "unknown"


class NotReadable(Exception):
    """A document that cannot be read, for one of the reasons; never leaves this part."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


_READABLE = "Markdown, plain text, HTML, Word (.docx), PowerPoint (.pptx) and PDF can be read"
_OTHERWISE = "save it as Markdown or plain text and add that."
SENTENCES = {
    Reason.EMPTY: "is empty; choose the file that holds the guidance.",
    Reason.NO_TEXT: "holds no text that can be read; a scan needs text recognition first.",
    Reason.ALL_HIDDEN: "holds only text that nobody who opens it sees, as a recognised scan does; save its text as plain text and add that.",
    Reason.TOO_BIG: "is larger than 10 MB; add it in parts, or without its pictures.",
    Reason.TOO_MUCH_TEXT: "holds more than two million characters of text; add it in parts.",
    Reason.TOO_MANY_PAGES: "has more than 1,000 pages or slides; add it in parts.",
    Reason.TOO_SLOW: f"took more than 20 seconds to read; {_OTHERWISE}",
    Reason.TOO_MUCH_MEMORY: f"needs more memory to read than is allowed; {_OTHERWISE}",
    Reason.TOO_DEEP: f"is nested too deeply to be read; {_OTHERWISE}",
    Reason.UNPACKS_TOO_FAR: f"unpacks to far more than a document holds; {_OTHERWISE}",
    Reason.UNSAFE_CONTAINER: f"is packed in a way that no word processor uses; {_OTHERWISE}",
    Reason.DECLARES_ENTITIES: f"declares entities of its own, which documents do not need; {_OTHERWISE}",
    Reason.LOCKED: "is locked with a password; save a copy without it and add that.",
    Reason.DAMAGED: "is damaged or incomplete; open it, save it again and add the new file.",
    Reason.BROKE_OFF: f"could not be read to its end; {_OTHERWISE}",
    Reason.NOT_STARTED: "could not be read because this machine could not start its reader; try again in a moment.",
    Reason.ENCODING: "is text in an encoding that cannot be told; save it as UTF-8 and add it again.",
    Reason.IMAGE: "is an image; text in it needs text recognition first.",
    Reason.PROGRAM: f"is a program, not a document; {_READABLE}.",
    Reason.ARCHIVE: "is an archive; unpack it and add the documents in it.",
    Reason.MEDIA: f"is a sound or video recording, not a document; {_READABLE}.",
    Reason.OLD_OFFICE: "is in an older Office format; save it as .docx or .pptx and add that.",
    Reason.RICH_TEXT: "is a Rich Text document; save it as .docx or plain text and add that.",
    Reason.OPEN_DOCUMENT: "is an OpenDocument file; save it as .docx, .pptx or PDF and add that.",
    Reason.SPREADSHEET: "is a spreadsheet; put its guidance into a text document and add that.",
    Reason.E_BOOK: "is an e-book; save it as HTML, PDF or plain text and add that.",
    Reason.UNKNOWN: f"is no kind of document that can be read; {_READABLE}.",
}


def refusal(reason: Reason, name: str) -> InputRefused:
    """Return the error that tells a person why this document was not read and what helps."""
    return InputRefused(f"{name} {SENTENCES[reason]}")
