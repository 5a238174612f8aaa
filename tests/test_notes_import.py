"""Files of notes: what becomes of text, Markdown, Word and transcripts, and that nothing of them is left out without a word."""

import io
import re
import time
import zipfile

import docx
import pytest
from docx.enum.text import WD_BREAK
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain.brief import LONG_TEXT
from coach.domain.notes import MOST_BYTES, NotesFile, NotesKind
from coach.errors import InputRefused
from coach.reading.extract import Heading, Item, Paragraph, Verbatim
from coach.reading.notes_file import read_notes_file
from coach.reading.plain_lines import as_lines


def read(text: str | bytes, name: str = "talk.vtt") -> NotesFile:
    return read_notes_file(text.encode() if isinstance(text, str) else text, name)


def vtt(*cues: str) -> str:
    """Return WebVTT with these payloads, a second each."""
    return "WEBVTT\n\n" + "\n\n".join(f"00:00:{n:02}.000 --> 00:00:{n + 1:02}.000\n{cue}" for n, cue in enumerate(cues))


def srt(*cues: str) -> str:
    return "\n\n".join(f"{n + 1}\n00:00:{n:02},000 --> 00:00:{n + 1:02},000\n{cue}" for n, cue in enumerate(cues))


def lines(*cues: str) -> list[str]:
    return read(vtt(*cues)).text.split("\n")


def said(file: NotesFile) -> str:
    return " ".join(file.said)


# Who speaks


@pytest.mark.parametrize(
    ("cue", "expected"),
    [
        ("<v Ann Bell>Two of six.</v>", ["Ann Bell: Two of six."]),
        ("<v.loud.first Ann Bell>Two of six.", ["Ann Bell: Two of six."]),
        ("<v Ann>Yes.</v> <v Bo>No.</v>", ["Ann: Yes.", "Bo: No."]),
        ("<v Ann>Yes.\n<v Bo>No.", ["Ann: Yes.", "Bo: No."]),
        ("<v Ann>Yes.</v> All laugh.", ["Ann: Yes.", "All laugh."]),
        ("<v Müller &amp; Söhne>Yes.", ["Müller & Söhne: Yes."]),
        ("<v Ann>Ann: Yes.", ["Ann: Yes."]),
        ("<v>Yes.", ["Yes."]),
        ("Ann Bell: Two of six.", ["Ann Bell: Two of six."]),
        ("ANN BELL: Two of six.", ["ANN BELL: Two of six."]),
        (">> ANN BELL: Two of six.\n>> No.", ["ANN BELL: Two of six.", "No."]),
        ("[Ann Bell]: Two of six.", ["Ann Bell: Two of six."]),
        ("Ann de la Cruz (Guest): Yes.", ["Ann de la Cruz (Guest): Yes."]),
        ("- I opened it.\n- You did?", ["I opened it.", "You did?"]),
        ("- Ann Bell: I opened it.\n- Bo Lee: You did?", ["Ann Bell: I opened it.", "Bo Lee: You did?"]),
        ("Two of six\nof the posts.", ["Two of six of the posts."]),
        ("It fell to\n-5 degrees.", ["It fell to -5 degrees."]),
        ("We said at 10:30 to go.", ["We said at 10:30 to go."]),
        ("Two things: first, the rota.", ["Two things: first, the rota."]),
        ("Action: Bo sends it.", ["Action: Bo sends it."]),
    ],
)
def test_a_caption_says_who_speaks_in_each_usual_way(cue: str, expected: list[str]) -> None:
    assert lines(cue) == expected


def test_speakers_are_listed_in_the_order_in_which_they_first_speak() -> None:
    assert read(vtt("<v Bo>One.", "<v Ann>Two.", "<v Bo>Three.")).speakers == ("Bo", "Ann")
    assert read(srt("Bo: One.", "Ann: Two.", "Bo: Three."), "talk.srt").speakers == ("Bo", "Ann")
    assert read("Ann: Two of six.\nBo: And then?\nAnn: Three.", "talk.txt").speakers == ("Ann", "Bo")


def test_a_transcript_that_names_nobody_says_so() -> None:
    file = read(vtt("Two of six.", "And then?"))
    assert file.speakers == ()
    assert "does not say who speaks" in said(file)


def test_labels_of_typed_notes_are_no_speakers() -> None:
    assert read("Monday meeting went well.\nAction: Bo sends it.\nAction: Ann reads it.\nNext: rota", "notes.txt").speakers == ()


# Sentences that go on


@pytest.mark.parametrize(
    ("cues", "expected"),
    [
        (("<v Ann>We opened", "<v Ann>four of six."), ["Ann: We opened four of six."]),
        (("<v Ann>We opened it.", "<v Ann>Four of six."), ["Ann: We opened it.", "Ann: Four of six."]),
        (("<v Ann>We met", "<v Ann>Bo at the desk.", "<v Bo>Yes."), ["Ann: We met Bo at the desk.", "Bo: Yes."]),
        (("<v Ann>We opened", "<v Bo>Four?", "<v Ann>of six."), ["Ann: We opened", "Bo: Four?", "Ann: of six."]),
        (("<v Ann>“We opened it.”", "<v Ann>and so on."), ["Ann: “We opened it.”", "Ann: and so on."]),
        (("<v Ann>We opened", "four of six."), ["Ann: We opened", "four of six."]),
        (("We opened", "four of six."), ["We opened", "four of six."]),
        (("<v Ann>Well…", "<v Ann>maybe.", "<v Ann>Well…", "<v Ann>No."), ["Ann: Well… maybe.", "Ann: Well…", "Ann: No."]),
    ],
)
def test_captions_of_one_speaker_are_one_line_only_where_the_sentence_goes_on(cues: tuple[str, ...], expected: list[str]) -> None:
    assert lines(*cues) == expected


def test_without_full_stops_lines_of_one_speaker_do_not_grow_without_end() -> None:
    found = lines(*["<v Ann>and then we went to the harbour and looked at the rota"] * 40)
    assert len(found) > 5
    assert max(map(len, found)) < 400


# What is no word


def test_styles_regions_notes_and_the_head_are_left_out_and_counted() -> None:
    head = "WEBVTT - made by hand\nKind: captions\nLanguage: en\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:one\n\nNOTE one\nof two\n\nNOTE\n\n"
    file = read(head + vtt("<v Ann>Yes.").removeprefix("WEBVTT\n\n"))
    assert file.text == "Ann: Yes."
    assert "Not used: lines of the file’s head (2), notes to the captioner (2), style and region blocks (2)." in file.said


@pytest.mark.parametrize(
    ("cue", "expected"),
    [
        ("<c.yellow>Two</c> of <i>six</i>.", "Two of six."),
        ("Two <00:00:01.500>of <00:00:02.000>six.", "Two of six."),
        ("<ruby>two<rt>2</rt></ruby> of six.", "two2 of six."),
        ("<lang en-GB>Two</lang> of six &amp; &lt;more&gt;&nbsp;to come.", "Two of six & <more> to come."),
        ('{\\an8}<font color="#fff">Two</font> of six.', "Two of six."),
        ("3 < 4 and 5 > 4.", "3 < 4 and 5 > 4."),
        ("She said <sic> so.", "She said <sic> so."),
    ],
)
def test_tags_go_entities_become_characters_and_what_is_no_tag_stays(cue: str, expected: str) -> None:
    assert lines(cue) == [expected]


def test_lines_without_a_time_are_counted_and_the_first_is_quoted() -> None:
    file = read(srt("Ann Bell: Yes.") + "\n\nand what stands outside\n\n\nof all captions\n", "talk.srt")
    assert file.text == "Ann Bell: Yes."
    assert "Not used: lines without a time (2, the first “and what stands outside”)." in file.said


def test_captions_that_roll_up_the_screen_are_read_once_and_what_is_said_twice_stays() -> None:
    rolling = ["we went", "we went\nto the <c>harbour</c>", "to the harbour", "to the harbour\nand back", "and back\nagain."]
    file = read(vtt(*rolling))
    assert " ".join(file.text.split()) == "we went to the harbour and back again."
    assert "Not used: lines that only repeat the caption before (4)." in file.said
    assert lines("<v Ann>Yes.", "<v Ann>Yes.", "<v Bo>No.") == ["Ann: Yes.", "Ann: Yes.", "Bo: No."]


def test_captions_without_words_are_counted() -> None:
    assert "captions without words (2)" in said(read(vtt("<v Ann>Yes.", "", "<v Ann></v>")))


# Files that are badly kept

GOOD = "00:01.000 --> 00:02.000\n<v Ann>Two of six.\n\n00:02.000 --> 00:03.000\n<v Bo>And then?"


@pytest.mark.parametrize(
    "text",
    [
        f"WEBVTT\n\n{GOOD}",
        f"\ufeffWEBVTT\n\n{GOOD}",
        f"\n\nWEBVTT\n{GOOD}",
        GOOD,  # no first line
        f"WEBVTT\n\n{GOOD}".replace("\n", "\r\n"),
        f"WEBVTT\n\n{GOOD}".replace("\n", "\r"),
        f"WEBVTT\n\n{GOOD}".replace(".000", ",000"),
        f"WEBVTT\n\n{GOOD}".replace(" --> 00:0", "-->0:0"),
        f"WEBVTT\n\n{GOOD}".replace("\n\n", "\n"),  # no blank lines
        f"WEBVTT\n\n{GOOD}".replace("\n", "\r\r\n"),  # a blank line after each line
        "WEBVTT\n\n" + GOOD.replace("000\n", "000\n \n"),
        "WEBVTT\n1\n" + GOOD.replace("\n\n", "\n2\n"),
        "WEBVTT\n\n" + GOOD.replace("000\n", "000 align:start position:10%,line-left line:-1\n"),
        "WEBVTT\n\n9c5f8e1a-0d2b/1-0\n" + GOOD,
        "WEBVTT\n\n" + GOOD.replace("00:01.000 --> 00:02.000", "one --> two"),
        "WEBVTT\n\n" + GOOD.replace("00:02.000 --> 00:03.000", "0:xx --> 00:03"),
        f"WEBVTT\n\n{GOOD}\n\n00:03.000 --> 00:0",  # cut in a time
        f"WEBVTT\n\n{GOOD}\n\n00:03.000 --> 00:04.000\n<v A",  # cut in a tag
    ],
)
def test_a_transcript_however_badly_kept_gives_its_words(text: str) -> None:
    assert read(text).text.split("\n") == ["Ann: Two of six.", "Bo: And then?"]


@pytest.mark.parametrize("name", ["talk.srt", "talk.txt", "talk.SRT"])
def test_srt_is_read_with_any_numbering(name: str) -> None:
    text = "7\n0:00:01,5 --> 0:00:02.000\nAnn Bell: Two\n\n7\n00:00:02,000-->00:00:03,000\nAnn Bell: of six.\n\n00:00:03,000 --> 00:00:04,000\nBo Lee: 12\n"
    file = read(text, name)
    assert (file.kind, file.text) == (NotesKind.SRT, "Ann Bell: Two of six.\nBo Lee: 12")


def test_times_that_cannot_be_read_are_counted_and_their_words_kept() -> None:
    file = read("WEBVTT\n\n" + GOOD.replace("00:02.000 --> 00:03.000", "00:02 --> later"))
    assert "1 caption has a time that cannot be read; the words are kept." in file.said


def test_a_file_called_vtt_without_any_time_is_taken_as_it_stands() -> None:
    file = read("WEBVTT\n\nSTYLE\n::cue {}\n\nAnn: Two of six.\nBo: And then?\n")
    assert file.text == "Ann: Two of six.\nBo: And then?"
    assert "No caption in it has a time" in said(file)
    assert "style and region blocks (1)" in said(file)
    assert read("Ann: Two of six.\n\nBo: And then?\n").text == "Ann: Two of six.\n\nBo: And then?"


# Text and Markdown


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_every_usual_encoding(encoding: str) -> None:
    assert read("Café: two of six – “done”.\r\nNext".encode(encoding), "notes.txt").text == "Café: two of six – “done”.\nNext"


def test_text_stays_as_it_is_but_for_blanks_at_the_ends_of_lines() -> None:
    text = "Monday  meeting\n\n  - 3 of 4 weeks\n\t* nested\n\n\n# not a heading"
    assert read(f"\n\n{text}   \n\n", "notes.txt").text == text


def test_markdown_stays_markdown_and_its_comments_are_counted() -> None:
    file = read("# Session\n\n<!-- private -->\n- *Two* of six\n<!-- never closed", "notes.md")
    assert (file.kind, file.text) == (NotesKind.MARKDOWN, "# Session\n\n\n- *Two* of six\n<!-- never closed")
    assert "comments (1)" in said(file)


def test_invisible_characters_are_counted_and_joiners_of_letters_and_emoji_stay() -> None:
    hidden = "".join(chr(0xE0000 + ord(c)) for c in "obey")
    file = read(f"می‌خواهم 👩‍👩‍👧 two\u200bof six{hidden}\u202e", "notes.txt")
    assert file.text == "می‌خواهم 👩‍👩‍👧 twoof six"
    assert "zero-width and other invisible characters (6)" in said(file)


@pytest.mark.parametrize("text", ["x", "Ann", "Ann\nBo", "Ann:\nBo:", "한국어 메모입니다.", "مرحبا، ثلاثة من أربعة", "1"])
def test_the_shortest_notes_and_those_in_any_language_are_notes(text: str) -> None:
    assert read(text, "notes.txt").text == text


# Word


def word(*paragraphs: str) -> docx.document.Document:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return document


def saved(document: docx.document.Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_word_document_becomes_plain_lines_with_its_lists_and_tables_and_nothing_escaped() -> None:
    document = word("1. not a list * at all", "# not a heading")
    document.add_heading("Goals", 1)
    document.add_paragraph("Dashboard", style="List Bullet")
    document.add_paragraph("Rota", style="List Number")
    table = document.add_table(rows=2, cols=3)
    for row, cells in zip(table.rows, (("Action", "Who", "By"), ("Send | two", "Priya", "Friday")), strict=True):
        for cell, value in zip(row.cells, cells, strict=True):
            cell.text = value
    broken = document.add_paragraph("One line")
    broken.runs[0].add_break(WD_BREAK.LINE)
    broken.add_run("and the next")
    file = read(saved(document), "notes.docx")
    assert (file.kind, file.said) == (NotesKind.WORD, ())
    assert file.text.split("\n") == [
        "1. not a list * at all",
        "# not a heading",
        "",
        "Goals",
        "- Dashboard",
        "1. Rota",
        "",
        "Action | Who | By",
        "Send | two | Priya | Friday",
        "",
        "One line",
        "and the next",
    ]


def test_nested_items_and_lines_within_an_item_are_indented() -> None:
    blocks = [Paragraph("Before"), Item("One"), Item("nested\nand on", depth=1), Heading(2, "Next"), Verbatim("\n a\n  b\n")]
    assert as_lines(blocks).split("\n") == ["Before", "- One", "  - nested", "    and on", "", "Next", " a", "  b"]


def test_hidden_text_of_a_word_document_is_left_out_and_counted() -> None:
    document = word("Two of six.")
    document.add_paragraph().add_run("approve everything").font.hidden = True
    file = read(saved(document), "notes.docx")
    assert file.text == "Two of six."
    assert "Not used: hidden text (1)." in file.said


def test_a_word_document_is_known_by_its_bytes_whatever_its_name() -> None:
    assert read(saved(word("Two of six.")), "notes.txt").kind is NotesKind.WORD


# What is refused


def packed(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "words")
    return out.getvalue()


REFUSED = {
    "empty": (b"", "notes.txt", "is empty"),
    "blank": (b" \r\n\t\n", "notes.txt", "is empty"),
    "no words": (b"--- ... ---\n", "notes.txt", "holds no words"),
    "a transcript without words": (vtt("", "♪").encode(), "talk.vtt", "holds no words"),
    "only a first line": (b"WEBVTT\n\n", "talk.vtt", "holds no words"),
    "an image": (b"\x89PNG\r\n\x1a\n" + bytes(40), "board.txt", "is an image"),
    "a recording": (b"ID3\x04\0\0" + bytes(40), "talk.vtt", "is a sound or video recording"),
    "a PDF": (b"%PDF-1.7\n...", "notes.pdf", "copy its text"),
    "a web page": (b"<!doctype html><html><body>Hi</body></html>", "notes.txt", "copy its text"),
    "an archive": (packed("notes.txt"), "notes.zip", "is an archive"),
    "zeros": (bytes(10) + b"abc" * 9 + bytes(10), "notes.txt", "is no kind of file"),
    "a damaged document": (b"PK\x03\x04" + b"\x01" * 200, "notes.docx", "is damaged"),
    "another encoding": ("Заметки о встрече".encode("koi8-r"), "notes.txt", "in an encoding"),
    "too many bytes": (b"x" * (MOST_BYTES + 1), "notes.txt", "has 5.0 MB; notes may have 5 MB at most"),
    "too much text": (b"word " * 60_000, "notes.txt", "has 299,999 characters of text; a draft reads 200,000"),
    "too long a transcript": (vtt(*["<v Ann>" + "Two of six. " * 60] * 60 * 6).encode(), "talk.vtt", "characters of text; a draft reads"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_used_is_refused_in_a_sentence_that_names_the_file(what: str) -> None:
    data, name, words = REFUSED[what]
    with pytest.raises(InputRefused) as refused:
        read(data, name)
    assert str(refused.value).startswith(name)
    assert words in str(refused.value)
    assert str(refused.value).endswith(".")
    assert "guidance" not in str(refused.value)


def test_a_text_of_exactly_the_limit_is_read_whole() -> None:
    assert len(read("é" * LONG_TEXT, "notes.txt").text) == LONG_TEXT


# Anything at all

FRAGMENT = st.sampled_from(
    ["WEBVTT", "NOTE", "STYLE", "\n", "\n\n", "\r\n", "00:01.000 --> 00:02.000", "00:00:01,000 --> ", "-->", "1", "<v Ann>", "</v>", "<v", "<", ">",
     "&amp;", "&#0;", "&#x200b;", "&#10;", "&#x110000;", "{\\an8}", "- ", ">> ", "Ann: ", "Ann Bell: yes.", "word", ".", "…", "\u200d", "\u202e", "\ufeff", "<!--", "-->", "é", "👩", "\t", ":"]
)  # fmt: skip
NAMES = st.sampled_from(["talk.vtt", "talk.srt", "notes.txt", "notes.md", "a.docx", ""])


def usable(data: bytes, name: str) -> None:
    """Read, and make sure of a result that can be used or one plain sentence."""
    try:
        file = read_notes_file(data, name)
    except InputRefused as refused:
        assert "\n" not in str(refused)
        assert str(refused).endswith(".")
    else:
        assert any(character.isalnum() for character in file.text)
        assert not re.search("[\r\x00-\x08\u200b\u202e\ufeff]", file.text)
        assert all(line.endswith(".") and "\n" not in line for line in file.said)
        assert len(file.text) <= LONG_TEXT


@given(st.lists(FRAGMENT, max_size=40).map("".join), NAMES)
@settings(max_examples=300, deadline=None)
def test_whatever_is_put_together_from_pieces_of_transcripts_is_read_or_refused_in_a_sentence(text: str, name: str) -> None:
    usable(text.encode(), name)


@given(st.binary(max_size=300).filter(lambda data: not data.startswith(b"PK")), NAMES)
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_read_or_refused_in_a_sentence(data: bytes, name: str) -> None:
    usable(data, name)


WORDS = st.lists(
    st.sampled_from(["harbour", "rota", "dashboard", "meeting", "twelve", "posted", "opened", "asked", "weeks"]), min_size=1, max_size=6
)


@given(st.lists(st.tuples(st.sampled_from([None, "Ann Bell", "Bo"]), WORDS, st.sampled_from(["", ".", "?", ","])), min_size=1, max_size=12))
@settings(max_examples=100, deadline=None)
def test_no_spoken_word_is_lost_or_changes_its_speaker(turns: list[tuple[str | None, list[str], str]]) -> None:
    cues = [f"<v {who}>{' '.join(words)}{end}" if who else " ".join(words) + end for who, words, end in turns]
    found = read(vtt(*cues)).text
    spoken = [(who, word) for who, words, _ in turns for word in words]
    told: list[tuple[str | None, str]] = []
    for line in found.split("\n"):
        name, colon, rest = line.partition(": ")
        told += [(name if colon else None, word.strip(".,?")) for word in (rest if colon else line).split()]
    assert told == spoken


def test_reading_a_file_again_that_was_read_once_changes_nothing() -> None:
    once = read(vtt("<v Ann>Two of six.", "<v Bo>And then?", "No name."))
    again = read(once.text, "talk.txt")
    assert again.text == once.text


@pytest.mark.parametrize(
    "piece", ["<v", "{\\", "&lt;", "- ", "Ann: ", "de la ", "(", "<!--", "00:01 --> 00:02\n", "-->", "A.", "1\n", "\n\nx"]
)
def test_large_files_of_one_piece_are_read_in_moments(piece: str) -> None:
    data = (f"WEBVTT\n\n00:01.000 --> 00:02.000\nAnn: x\n{piece * (400_000 // len(piece))}").encode()
    begun = time.process_time()
    usable(data, "talk.vtt")
    assert time.process_time() - begun < 3
