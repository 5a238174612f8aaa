"""Whatever is added, the app lives, and the person gets a document or one sentence that names it and says what helps."""

import random
import re
import socket
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.errors import InputRefused
from coach.reading import documents
from coach.reading.child import MOST_MEMORY
from coach.reading.documents import MOST_BYTES, ReadDocument, read_document
from coach.reading.limited import answer_of
from coach.reading.refusals import NotReadable, Reason
from tests.malformed import broken, pdfs

FEW = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
SAYS = {
    "flat-bomb.docx": "unpacks to far more",
    "many-bombs.docx": "unpacks to far more",
    "nested-bomb.docx": "no word processor",
    "many-entries.docx": "unpacks to far more",
    "shared-bytes.docx": "no word processor",
    "claims-a-gigabyte.docx": "unpacks to far more",
    "upwards.docx": "no word processor",
    "doubled.docx": "no word processor",
    "encrypted-entries.docx": "locked with a password",
    "archive.zip": "is an archive",
    "sheet.xlsx": "spreadsheet",
    "letter.odt": "OpenDocument",
    "novel.epub": "e-book",
    "entity.docx": "declares entities",
    "wide-laughs.docx": "declares entities",
    "entity-in-styles.docx": "declares entities",
    "deep.docx": "nested too deeply",
    "deep.html": "nested too deeply",
    "deep-lists.md": "more than two million",
    "all-hidden.html": "nobody who opens it sees",
    "all-hidden.docx": "nobody who opens it sees",
    "recognised-scan.pdf": "nobody who opens it sees",
    "drawing.svg": "no kind of document",
    "locked.pdf": "locked with a password",
    "scan.pdf": "text recognition",
    "many-pages.pdf": "more than 1,000 pages",
    "nothing.md": "is empty",
    "blank.txt": "is empty",
    "old.doc": "older Office format",
    "locked.docx": "locked with a password",
    "rich.rtf": "Rich Text",
    "picture.md": "is an image",
    "photo.pdf": "is an image",
    "gif-and-zip.docx": "is an image",
    "program.txt": "is a program",
    "sound.mp3": "recording",
    "not-utf8.txt": "encoding",
    "cyrillic.txt": "encoding",
    "half-pair.txt": "encoding",
}


def refusal(data: bytes, name: str) -> str:
    """Return the sentence with which a document is refused, held to what every such sentence promises."""
    with pytest.raises(InputRefused) as caught:
        read_document(data, name)
    return checked(str(caught.value), name)


def checked(sentence: str, name: str) -> str:
    assert sentence.startswith(name + " ") and sentence.endswith(".")
    rest = sentence.removeprefix(name)
    assert 20 < len(rest) < 200 and len(re.findall(r"[.!?](?=\s|$)", rest)) <= 2
    assert not re.search(r"Error|Exception|Traceback|0x|NotReadable|coach\.|/", rest)
    return sentence


def read_or_refused(data: bytes, name: str) -> ReadDocument | None:
    try:
        read = read_document(data, name)
    except InputRefused as problem:
        checked(str(problem), name)
        return None
    assert any(character.isalnum() for character in read.text)
    return read


def becomes(monkeypatch: pytest.MonkeyPatch, code: str, seconds: float = 20.0) -> None:
    """Let the reader be a process that does what this code says."""
    command: Sequence[str] = (sys.executable, "-I", "-c", code)
    monkeypatch.setattr(documents, "answer_of", lambda data, *hints: answer_of(data, *hints, command=command, seconds=seconds))


def test_each_broken_or_hostile_document_is_refused_in_one_sentence_that_names_it() -> None:
    hostile = broken.hostile()
    with ThreadPoolExecutor(2) as two:
        said = dict(zip(hostile, two.map(refusal, hostile.values(), hostile), strict=True))
    assert {name: words for name, words in SAYS.items() if words not in said[name]} == {}


@pytest.mark.parametrize("name", broken.GOOD)
def test_a_document_that_ends_too_early_at_any_length_is_read_or_refused(name: str) -> None:
    whole = broken.GOOD[name]
    for length in sorted({1, 3, len(whole) // 2, len(whole) - 1, *random.Random(name).sample(range(len(whole)), 3)}):
        read_or_refused(whole[:length], name)


@FEW
@given(
    data=st.binary(min_size=1, max_size=300), start=st.sampled_from([b"", b"%PDF-1.7\n\0", b"PK\x03\x04", b"<html>", b"\xff\xfe", b"---\n"])
)
def test_any_bytes_are_read_or_refused(data: bytes, start: bytes) -> None:
    read_or_refused(start + data, "any.md")


@FEW
@given(name=st.sampled_from(sorted(broken.GOOD)), seed=st.integers(0, 10**9))
def test_a_good_document_with_changed_bytes_is_read_or_refused(name: str, seed: int) -> None:
    chance, data = random.Random(seed), bytearray(broken.GOOD[name])
    for _ in range(chance.randint(1, 8)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    read_or_refused(bytes(data), name)


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels"])
def test_a_word_document_with_changed_xml_is_read_or_refused(part: str) -> None:
    chance, whole = random.Random(part), broken.parts_of(broken.DOCX)[part]
    for _ in range(5):
        at = chance.randrange(len(whole))
        changed = whole[:at] + chance.choice([b"", b"<", b"&#0;", b"</w:p>", b'"', b"<w:tbl>", b"\xff"]) + whole[at + chance.randrange(9) :]
        read_or_refused(broken.with_part(broken.DOCX, part, changed), "guide.docx")


@pytest.mark.parametrize("name", ["guide.txt", "guide.md", "guide", "guide.docx", "guide.exe"])
def test_what_a_document_is_comes_from_its_bytes_and_not_from_its_name(name: str) -> None:
    kinds = {read_document(data, name).kind for data in (broken.HTML, broken.DOCX, broken.PPTX, broken.PDF)}
    assert kinds == {"html", "docx", "pptx", "pdf"}


def test_the_name_decides_between_markdown_and_plain_text_alone() -> None:
    assert read_document(b"*Meet* twice.", "a.md").kind == "md"
    assert read_document(b"*Meet* twice.", "a.pdf").kind == "txt"


def test_one_byte_over_the_limit_is_refused_and_the_limit_itself_is_not() -> None:
    line = b"Meet twice a month. " * 5_000
    padded = broken.with_part(broken.DOCX, "word/media/image1.png", random.Random(1).randbytes(MOST_BYTES - 6_000))
    assert MOST_BYTES - 6_000 < len(padded) < MOST_BYTES and read_document(padded, "pictures.docx").kind == "docx"
    assert "larger than 10 MB" in refusal(line + b"." * (MOST_BYTES + 1 - len(line)), "long.txt")
    assert "two million" in refusal(line + b"." * (MOST_BYTES - len(line)), "long.txt")


def test_two_million_characters_are_read_and_one_more_is_refused() -> None:
    words = "Meet twice a month now. " * 83_333
    assert len(read_document((words + "12345678").encode(), "long.txt").text) == 2_000_000
    assert "two million" in refusal((words + "123456789").encode(), "long.txt")


def test_a_name_is_shown_without_folders_and_without_what_would_garble_the_sentence() -> None:
    for name in ("folder/../guide.md", "C:\\Users\\x\\guide.md", "a/b\u202e/guide.md\u0000", "guide.md\n"):
        with pytest.raises(InputRefused) as caught:
            read_document(b"", name)
        assert str(caught.value) == "guide.md is empty; choose the file that holds the guidance."
    with pytest.raises(InputRefused) as caught:
        read_document(b"", "g" * 5_000 + ".md")
    assert len(str(caught.value)) < 200 and "….md is empty" in str(caught.value)


def test_a_reader_that_never_ends_is_stopped_with_all_that_it_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    child = "import subprocess, sys, time; p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']);"
    becomes(monkeypatch, f"{child} open({str(tmp_path / 'pid')!r}, 'w').write(str(p.pid)); time.sleep(600)", seconds=1.5)
    assert "took more than 20 seconds" in refusal(b"Meet twice.", "slow.txt")
    pid = (tmp_path / "pid").read_text()
    state = subprocess.run(["ps", "-o", "stat=", "-p", pid], capture_output=True, text=True, check=False).stdout.strip()
    assert state in ("", "Z")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("import os; os.kill(os.getpid(), 11)", "could not be read to its end"),
        ("import os; os.kill(os.getpid(), 9)", "could not be read to its end"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "took more than 20 seconds"),
        ("import sys; sys.exit(3)", "could not be read to its end"),
        ("print('Segmentation fault at /usr/lib/x.so')", "could not be read to its end"),
        ("print('{}')", "holds no text"),
        ('print(\'{"refused": "my own reason"}\')', "could not be read to its end"),
        ('print(\'{"kind": "md", "title": "", "text": "\\\\ud800x", "left_out": {}, "front": {}}\')', "could not be read to its end"),
        ("print('[' * 100000)", "could not be read to its end"),
        ("import sys\nwhile True: sys.stdout.write('x' * 65536)", "could not be read to its end"),
        ("", "could not be read to its end"),
    ],
)
def test_whatever_the_reader_does_ends_in_one_sentence(monkeypatch: pytest.MonkeyPatch, code: str, words: str) -> None:
    becomes(monkeypatch, code)
    assert words in refusal(b"Meet twice a month. " * 20_000, "handbook.pdf")


def test_a_reader_that_cannot_be_started_is_said_to_be_a_passing_fault() -> None:
    with pytest.raises(NotReadable) as caught:
        answer_of(b"x", command=["/nowhere/python"])
    assert caught.value.reason is Reason.NOT_STARTED


def limited(code: str) -> subprocess.CompletedProcess[str]:
    """Run code in a process that has taken on the reader's limits."""
    start = (
        "import resource, sys\nfrom coach.reading import child\nchild._set(resource.RLIMIT_AS, child.MOST_MEMORY)\nchild._close_door()\n"
    )
    return subprocess.run([sys.executable, "-I", "-c", start + code], capture_output=True, text=True, timeout=60, check=False)


def test_the_reader_cannot_open_files_sockets_or_more_memory() -> None:
    assert "Too many open files" in limited("open('/etc/hostname')").stderr
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert "Too many open files" in limited(f"import socket; socket.create_connection(('127.0.0.1', {server.getsockname()[1]}))").stderr
    assert "MemoryError" in limited(f"bytearray({MOST_MEMORY})").stderr
    assert limited("print('lives')").stdout == "lives\n"


def test_a_reader_out_of_memory_or_of_depth_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    for problem, words in ((f"bytearray({MOST_MEMORY})", "needs more memory"), ("f()", "nested too deeply"), ("1 / 0", "is damaged")):
        becomes(monkeypatch, f"import coach.reading.child as c\ndef f(*_): return {problem}\nc._answer = f\nc.main()")
        assert words in refusal(b"Meet twice.", "huge.docx")


def test_the_reader_knows_nothing_of_the_apps_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_LLM_API_KEY", "secret-key")
    code = "import os, json; print(json.dumps(dict(kind='md', title='', text=' '.join(os.environ), left_out={}, front={})))"
    becomes(monkeypatch, code)
    assert set(read_document(b"Meet.", "a.md").text.split()) <= {"LC_ALL", "LC_CTYPE"}


def test_quotes_in_quotes_a_hundred_thousand_times_are_read_or_refused() -> None:
    read_or_refused(b">" * 100_000 + b" " + broken.WORDS.encode(), "deep.md")


def test_a_pdf_whose_pages_hold_themselves_is_read_or_refused() -> None:
    read_or_refused(broken.looping_pages(), "loop.pdf")
    read_or_refused(pdfs.pdf(pdfs.text(broken.WORDS), count=1_000_000), "claims.pdf")
