"""What commands about the guidance read: files and folders of documents, lines of questions, and whose guidance is meant."""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coach.domain.documents import ENDINGS
from coach.errors import InputRefused
from coach.reading.documents import MOST_BYTES
from coach.services.files import read_bytes
from coach.services.parts import Parts
from coach.store import guidance, programmes

MOST_BATCH_BYTES = 50_000_000
LONGEST_ID = 200


@dataclass(frozen=True)
class Asked:
    """One line of a file of questions."""

    id: str | int
    question: str


@dataclass(frozen=True)
class Seen:
    """Whose guidance somebody who is not named sees: the only programme's, else nobody's own; and how many documents that leaves out."""

    programme_id: str | None
    left_out: int


def seen_unnamed(parts: Parts) -> Seen:
    """Return whose guidance a command shows where nobody is named."""
    with parts.database.read() as connection:
        every = programmes.programmes(connection)
        if len(every) == 1:
            return Seen(every[0].id, 0)
        return Seen(None, guidance.count(connection) - len(guidance.documents(connection)))


def document_files(names: Sequence[str]) -> Iterator[Path]:
    """Yield the files that these names mean, in order: of a folder every file that may be a document, but nothing hidden."""
    for name in names:
        path = Path(name)
        if path.is_dir():
            yield from _in_folder(path)
        else:
            yield path


def _in_folder(folder: Path) -> Iterator[Path]:
    for here, below, files in os.walk(folder):
        below[:] = sorted(name for name in below if not name.startswith("."))
        yield from (Path(here) / name for name in sorted(files) if not name.startswith(".") and Path(name).suffix.lower() in ENDINGS)


def read_document_file(path: Path) -> bytes:
    """Return the bytes of a file that is to be added; raise InputRefused where it cannot be read or is too big."""
    return read_bytes(str(path), MOST_BYTES, "a document", "document")


def questions_in(raw: bytes, name: str) -> tuple[Asked, ...]:
    """Return the questions of a file with one JSON object a line; raise InputRefused naming the first line that is not right."""
    if len(raw) > MOST_BATCH_BYTES:
        raise InputRefused(f"{name} has more than {MOST_BATCH_BYTES / 1e6:.0f} MB; cut it into several files.")
    lines = raw.removeprefix(b"\xef\xbb\xbf").splitlines()
    return tuple(_asked(line, f"Line {number} of {name}") for number, line in enumerate(lines, 1) if line.strip())


def _asked(line: bytes, where: str) -> Asked:
    said = _object(line, where)
    key, question = said.get("id"), said.get("question")
    if isinstance(key, bool) or not isinstance(key, str | int) or len(str(key)) > LONGEST_ID:
        raise InputRefused(f"{where} has no “id”; give each line one, a text or a whole number.")
    if not isinstance(question, str) or not question.strip():
        raise InputRefused(f"{where} has no “question”; give each line one, in words.")
    if not _whole(f"{key}{question}"):
        raise InputRefused(f"{where} holds half of a character (a lone surrogate such as \\ud800); write the whole character.")
    return Asked(key, question)


def _object(line: bytes, where: str) -> dict[str, Any]:
    try:
        said = json.loads(line.decode())
    except UnicodeDecodeError:
        raise InputRefused(f"{where} is not text in UTF-8.") from None
    except (ValueError, RecursionError):
        raise InputRefused(f"{where} is not valid JSON; each line is an object with “id” and “question”.") from None
    if not isinstance(said, dict):
        raise InputRefused(f"{where} is no JSON object; each line is one with “id” and “question”.")
    return said


def _whole(text: str) -> bool:
    return not any("\ud800" <= c <= "\udfff" for c in text)
