"""The process that reads one document and nothing else: bytes on stdin, one line of JSON on stdout.

It takes limits on itself before it sees the document: memory and processor time at once, files and sockets as soon as the code for the
document's kind is loaded. Started by `coach/reading/limited.py`, which also watches the clock.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

from coach.reading.decoding import decoded
from coach.reading.extract import UNSEEN, Extract, Heading
from coach.reading.invisible import visible
from coach.reading.kinds import kind_of
from coach.reading.markdown_blocks import levelled, written
from coach.reading.plain_lines import as_lines
from coach.reading.refusals import NotReadable, Reason

MOST_MEMORY = 512 * 1024 * 1024  # bytes of address space
MOST_SECONDS = 20  # of processor time
MOST_TEXT = 2_000_000  # characters
OFTEN_SPLIT = 20_000  # characters from which the text is split here once, where that can do no harm
MOST_SPLIT_SECONDS = 2.0


def main() -> None:
    """Read the document on stdin and answer."""
    _set(resource.RLIMIT_AS, MOST_MEMORY)
    _set(resource.RLIMIT_CPU, MOST_SECONDS)
    _set(resource.RLIMIT_CORE, 0)
    try:
        read = _notes if "notes" in sys.argv[1:] else _answer
        answer = read(sys.stdin.buffer.read(), "md" in sys.argv[1:])
    except NotReadable as problem:
        answer = {"refused": problem.reason}
    except MemoryError:
        answer = {"refused": Reason.TOO_MUCH_MEMORY}
    except RecursionError:
        answer = {"refused": Reason.TOO_DEEP}
    except Exception:  # whatever a parser of foreign bytes may raise
        answer = {"refused": Reason.DAMAGED}
    sys.stdout.buffer.write(json.dumps(answer).encode())


def _set(limit: int, most: int) -> None:
    resource.setrlimit(limit, (most, most))


def _answer(data: bytes, markdown: bool) -> dict[str, Any]:
    kind, extract = _extract(data, markdown)
    text = visible(extract.markdown or written(extract.blocks), extract.left_out).strip()
    if not any(character.isalnum() for character in text):
        raise NotReadable(Reason.ALL_HIDDEN if any(extract.left_out[what] for what in UNSEEN) else Reason.NO_TEXT)
    if len(text) > MOST_TEXT:
        raise NotReadable(Reason.TOO_MUCH_TEXT)
    _check_split(text)
    left_out = {what: count for what, count in sorted(extract.left_out.items()) if count}
    return {"kind": kind, "title": _title(extract, text), "text": text, "left_out": left_out, "front": _simple(extract.meta)}


def _notes(data: bytes, markdown: bool) -> dict[str, Any]:
    """Return somebody's notes as they would have typed them: plain lines, with the breaks that stand in them."""
    kind, extract = _extract(data, markdown)
    text = visible(as_lines(extract.blocks), extract.left_out, joiners=True).strip("\n")
    if not any(character.isalnum() for character in text):
        raise NotReadable(Reason.ALL_HIDDEN if any(extract.left_out[what] for what in UNSEEN) else Reason.NO_TEXT)
    if len(text) > MOST_TEXT:
        raise NotReadable(Reason.TOO_MUCH_TEXT)
    return {"kind": kind, "text": text, "left_out": {what: count for what, count in sorted(extract.left_out.items()) if count}}


def _extract(data: bytes, markdown: bool) -> tuple[str, Extract]:
    kind = kind_of(data, markdown)
    if kind == "zip":
        packages = import_module("coach.reading.package")
        readers = {name: import_module(f"coach.reading.{name}_file").read for name in ("docx", "pptx")}
        _close_door()
        package = packages.opened(data)
        kind = packages.office_kind(package)
        return kind, readers[kind](package)
    names = {"md": "markdown_file", "txt": "text_file", "html": "html_file", "pdf": "pdf_file"}
    read: Callable[[Any], Extract] = import_module(f"coach.reading.{names[kind]}").read
    if kind == "pdf":
        _close_door()
        return kind, read(data)
    _close_door()
    return kind, read(decoded(data).replace("\r\n", "\n").replace("\r", "\n"))


def _close_door() -> None:
    """Give up opening files and sockets, starting processes and writing: nothing in a document can ask for them any more."""
    import_module("markdown_it")
    for encoding in ("cp1252", "cp437", "utf-16", "utf-8-sig", "latin-1"):
        "".encode(encoding)  # loads the codec
    _set(resource.RLIMIT_FSIZE, 0)
    _set(resource.RLIMIT_NPROC, 0)
    _set(resource.RLIMIT_NOFILE, 3)


def _check_split(text: str) -> None:
    """Raise NotReadable where splitting the text into sections takes so long that it would hold up the app."""
    if len(text) < OFTEN_SPLIT:
        return
    begun = time.process_time()
    import_module("markdown_it").MarkdownIt("commonmark").enable("table").parse(text)
    if time.process_time() - begun > MOST_SPLIT_SECONDS:
        raise NotReadable(Reason.TOO_DEEP)


def _title(extract: Extract, text: str) -> str:
    """Return the title that a reader sees: the property where its words stand in the text, the first heading of level 1 otherwise."""
    stated = " ".join(visible(extract.property_title, extract.left_out.copy()).split())
    if stated and stated.lower() in " ".join(text.split()).lower():
        return stated
    first = next((block.text for block in levelled(extract.blocks) if isinstance(block, Heading) and block.level == 1), "")
    marked = next((line[2:] for line in text.split("\n") if line.startswith("# ")), "") if extract.markdown else ""
    return " ".join(visible(first or marked, extract.left_out.copy()).split())


def _simple(meta: dict[str, object]) -> dict[str, Any]:
    """Return front matter as texts, lists of texts and one mapping of such lists; None stands for anything else."""
    return {_text(key) or "": _simple_value(value) for key, value in meta.items()}


def _simple_value(value: object) -> Any:
    if isinstance(value, dict):
        return {_text(key) or "": _texts(entry) for key, entry in value.items()}
    return _texts(value) if isinstance(value, list) else _text(value)


def _texts(value: object) -> list[str] | None:
    entries = [_text(entry) for entry in value] if isinstance(value, list) else [_text(value)]
    return [entry for entry in entries if entry is not None] if None not in entries else None


def _text(value: object) -> str | None:
    return visible(str(value), _UNCOUNTED.copy()).strip() if isinstance(value, str | int | float) else None


_UNCOUNTED = Extract().left_out

if __name__ == "__main__":
    main()
