"""Documents at the terminal: added from files and folders, listed, searched one question at a time or many, removed."""

import io
import json
import os
import shutil
import sqlite3
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coach.cli import main
from coach.errors import InputRefused
from coach.services.terminal_guidance import document_files, questions_in
from tests.processes import ROOT, Ran, run_coach
from tests.test_command_line import held

COORDINATOR = ("--as", "tamsin.adeyeri@quillmere.example")
MENTOR = ("--as", "priya.nandakeri@quillmere.example")
LAMPS = "# Lamps\n\n## Switching on\n\nThe zebrawood lamp in the hall is switched on before every reverse mentoring session begins.\n"
DOORS = "Doors\n\nThe mahogany door of the meeting room is closed by whoever comes last, and opened by whoever leaves first.\n"
ASKED = [
    {"id": "q1", "question": "When is the zebrawood lamp switched on?", "role": "mentor"},
    {"id": 2, "question": "Who closes the mahogany door?", "answerable": True},
    {"id": "q3", "question": "How many calories has a banana?"},
]
pytestmark = pytest.mark.stores("sqlite")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two documents, a table, and files that nobody means."""
    made = tmp_path / "guides"
    (made / "deeper").mkdir(parents=True)
    (made / ".hidden").mkdir()
    (made / "lamps.md").write_text(LAMPS, encoding="utf-8")
    (made / "deeper" / "Doors & more.txt").write_text(DOORS, encoding="utf-8")
    (made / "list.tsv").write_text("a\tb\n", encoding="utf-8")
    (made / ".secret.md").write_text(LAMPS, encoding="utf-8")
    (made / ".hidden" / "old.md").write_text(LAMPS, encoding="utf-8")
    return made


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "q.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in ASKED), encoding="utf-8")
    return path


Coach = Callable[..., Ran]


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Guidance that ships, of one document: every new data folder indexes it anew."""
    return Path(shutil.copy(ROOT / "knowledge" / "starting-a-programme.md", tmp_path_factory.mktemp("knowledge"))).parent


@pytest.fixture
def coach(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], shipped: Path) -> Coach:
    """Runs the command line in this process: to start one of its own for each command takes longer than what it does."""

    def run(home: Path, *args: str, text_in: bytes = b"", extra: dict[str, str] | None = None) -> Ran:
        with monkeypatch.context() as patch:
            for name in [name for name in os.environ if name.startswith("COACH_")]:
                patch.delenv(name)
            for name, value in (
                {"COACH_HOME": str(home), "COACH_KNOWLEDGE": str(shipped), "COACH_LLM_CALLS": "loopback"} | (extra or {})
            ).items():
                patch.setenv(name, value)
            patch.setattr(sys, "argv", ["coach", *args])
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text_in)))
            capfd.readouterr()
            with pytest.raises(SystemExit) as ended:
                main()
            out, err = capfd.readouterr()
        return Ran(int(ended.value.code or 0), out, err)

    return run


def answers(ran: Ran) -> list[Any]:
    assert ran.code == 0, ran.err
    return [held("guidance search --batch", line) for line in ran.out.splitlines()]


def test_in_an_empty_data_folder_documents_are_added_and_questions_answered_from_them_alone(
    tmp_path: Path, folder: Path, questions: Path
) -> None:
    home = tmp_path / "new"
    added = run_coach(home, "guidance", "add", str(folder / "lamps.md"), str(folder / "deeper" / "Doors & more.txt"), "--json")
    assert added.code == 0, added.err
    assert [(f["file"], f["outcome"]) for f in held("guidance add", added.out)["files"]] == [
        ("lamps.md", "added"),
        ("Doors & more.txt", "added"),
    ]
    first, second, third = answers(run_coach(home, "guidance", "search", "--batch", str(questions), "--scope", "added", "--json"))
    assert [line["id"] for line in (first, second, third)] == ["q1", 2, "q3"]
    assert (first["passages"][0]["file"], first["abstained"]) == ("lamps.md", False)
    assert (second["passages"][0]["file"], second["abstained"]) == ("Doors & more.txt", False)
    assert third["abstained"] is True
    assert all(p["file"] in ("lamps.md", "Doors & more.txt") for line in (first, second, third) for p in line["passages"])
    assert held("audit verify", run_coach(home, "audit", "verify", "--json").out)["intact"] is True


def test_a_folder_is_added_whole_and_again_changes_nothing(coach: Coach, tmp_path: Path, folder: Path) -> None:
    home = tmp_path / "new"
    first = coach(home, "guidance", "add", str(folder))
    assert (first.code, first.out) == (0, "added: lamps.md\nadded: Doors & more.txt\n")
    again = coach(home, "guidance", "add", str(folder), "--replace")
    assert (again.code, again.out) == (0, "already there: lamps.md\nalready there: Doors & more.txt\n")
    listed = held("guidance list", coach(home, "guidance", "list", "--json").out)["documents"]
    assert [(d["file"], d["belongs_to"], d["version"]) for d in listed if d["origin"] == "added"] == [
        ("Doors & more.txt", "installation", 1),
        ("lamps.md", "installation", 1),
    ]


def test_one_refused_file_keeps_no_other_out_and_the_command_says_so(coach: Coach, tmp_path: Path, folder: Path) -> None:
    home = tmp_path / "new"
    (folder / "empty.md").write_bytes(b"")
    names = [str(folder / name) for name in ("list.tsv", "empty.md", "lamps.md", "nowhere.md")]
    ran = coach(home, "guidance", "add", *names, "--json")
    assert ran.code == 1
    files = held("guidance add", ran.out)["files"]
    assert [f["outcome"] for f in files] == ["refused", "refused", "added", "refused"]
    assert files[0]["why"] == "list.tsv is not a kind of file that can be added; save it as Markdown, plain text, HTML, DOCX, PPTX or PDF."
    assert "empty.md" in files[1]["why"] and "There is no file" in files[3]["why"]
    assert ran.err.endswith("3 of 4 files were refused; the others are in the guidance.\n")
    assert "Traceback" not in ran.err


def test_other_content_is_refused_unless_it_is_to_replace(coach: Coach, tmp_path: Path, folder: Path) -> None:
    home = tmp_path / "new"
    coach(home, "guidance", "add", str(folder / "lamps.md"))
    (folder / "lamps.md").write_text(LAMPS.replace("zebrawood", "rosewood"), encoding="utf-8")
    refused = coach(home, "guidance", "add", str(folder / "lamps.md"))
    assert (refused.code, refused.err) == (1, "1 of 1 files were refused.\n")
    assert "There is a document lamps.md already" in refused.out
    assert coach(home, "guidance", "add", str(folder / "lamps.md"), "--replace").out == "replaced: lamps.md\n"
    found = held("guidance search", coach(home, "guidance", "search", "rosewood", "--scope", "added", "--json").out)
    assert "rosewood" in found["passages"][0]["text"]


def test_what_was_left_out_of_a_file_is_said(coach: Coach, tmp_path: Path, folder: Path) -> None:
    (folder / "lamps.md").write_text(LAMPS + "\n<!-- never mind -->\n", encoding="utf-8")
    assert coach(tmp_path / "new", "guidance", "add", str(folder / "lamps.md")).out == "added: lamps.md; left out: comments (1)\n"


def test_a_coordinator_adds_for_their_programme_and_removes_again(coach: Coach, home: Path, folder: Path) -> None:
    added = coach(home, "guidance", "add", str(folder / "lamps.md"), *COORDINATOR)
    assert (added.code, added.out) == (0, "added: lamps.md\n")
    listed = held("guidance list", coach(home, "guidance", "list", *MENTOR, "--json").out)["documents"]
    (own,) = [d for d in listed if d["origin"] == "added"]
    assert (own["file"], own["belongs_to"]) == ("lamps.md", "programme")
    unnamed = coach(home, "guidance", "search", "zebrawood lamp", "--scope", "added", "--json")
    assert [p["file"] for p in held("guidance search", unnamed.out)["passages"]] == ["lamps.md"]  # there is one programme only
    not_mine = coach(home, "guidance", "remove", "lamps.md")
    assert not_mine.code == 1 and "name its coordinator with --as E-MAIL" in not_mine.err
    gone = held("guidance remove", coach(home, "guidance", "remove", "lamps.md", *COORDINATOR, "--json").out)
    assert gone == {"id": own["id"], "file": "lamps.md"}
    assert coach(home, "guidance", "remove", own["id"], *COORDINATOR).code == 1


def test_nobody_but_a_coordinator_changes_the_guidance(coach: Coach, home: Path, folder: Path) -> None:
    added = coach(home, "guidance", "add", str(folder / "lamps.md"), extra={"COACH_AS": MENTOR[1]})
    assert added.code == 1 and "Only a coordinator of the programme may do this." in added.out
    removed = coach(home, "guidance", "remove", "lamps.md", *MENTOR)
    assert (removed.code, removed.err) == (1, "Only a coordinator of the programme may do this.\n")
    for_all = coach(home, "guidance", "add", str(folder / "lamps.md"), "--for-all", extra={"COACH_AS": MENTOR[1]})
    assert (for_all.code, for_all.out) == (0, "added: lamps.md\n")


def test_where_there_are_several_programmes_their_own_documents_are_left_out_and_that_is_said(
    coach: Coach, home: Path, folder: Path
) -> None:
    coach(home, "guidance", "add", str(folder / "lamps.md"), *COORDINATOR)
    _a_second_programme(home)
    ran = coach(home, "guidance", "search", "zebrawood lamp", "--scope", "added", "--json")
    assert held("guidance search", ran.out) == {"passages": [], "abstained": True}
    assert ran.err.startswith("Documents of single programmes were left out (1 of them); --as E-MAIL shows those")
    assert "lamps.md" in coach(home, "guidance", "search", "zebrawood lamp", *MENTOR).out


def _a_second_programme(home: Path) -> None:
    with sqlite3.connect(home / "coach.db") as connection:
        connection.execute("INSERT INTO programme SELECT 'second', name, label, route, objectives, starts, ends, 5, false FROM programme")


def test_questions_come_from_standard_input_too(coach: Coach, home: Path, questions: Path) -> None:
    ran = coach(home, "guidance", "search", "--batch", "-", "-k", "1", text_in=b"\xef\xbb\xbf" + questions.read_bytes() + b"\n")
    assert [(line["id"], len(line["passages"])) for line in answers(ran)] == [("q1", 1), (2, 1), ("q3", 1)]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"{", "Line 2 of q.jsonl is not valid JSON; each line is an object"),
        (b"[1]", "Line 2 of q.jsonl is no JSON object"),
        (b'{"id": "a"}', "Line 2 of q.jsonl has no “question”"),
        (b'{"id": "a", "question": " "}', "Line 2 of q.jsonl has no “question”"),
        (b'{"question": "What?"}', "Line 2 of q.jsonl has no “id”"),
        (b'{"id": true, "question": "What?"}', "Line 2 of q.jsonl has no “id”"),
        (b'{"id": 1.5, "question": "What?"}', "Line 2 of q.jsonl has no “id”"),
        (b'{"id": "a", "question": "\xff"}', "Line 2 of q.jsonl is not text in UTF-8"),
        (b'{"id": "a", "question": "Half \\ud800"}', "Line 2 of q.jsonl holds half of a character"),
        (b"[" * 100_000, "Line 2 of q.jsonl is not valid JSON"),
        (b'{"id": ' + b"1" * 5000 + b', "question": "What?"}', "Line 2 of q.jsonl"),
    ],
)
def test_a_line_that_is_not_right_is_named_by_its_number(line: bytes, says: str) -> None:
    with pytest.raises(InputRefused) as refused:
        questions_in(b'{"id": "a", "question": "What?"}\n' + line + b"\n", "q.jsonl")
    assert str(refused.value).startswith(says)
    assert "\n" not in str(refused.value)


def test_of_a_file_with_a_wrong_line_nothing_is_answered(coach: Coach, home: Path, questions: Path) -> None:
    questions.write_bytes(questions.read_bytes() + b"oops\n")
    ran = coach(home, "guidance", "search", "--batch", str(questions))
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "Line 4 of q.jsonl is not valid JSON; each line is an object with “id” and “question”.\n"


def test_empty_lines_are_no_questions_and_an_empty_file_has_none() -> None:
    assert questions_in(b"", "q.jsonl") == ()
    assert [one.id for one in questions_in(b'\n{"id": 1, "question": "What?"}\r\n\n', "q.jsonl")] == [1]


@pytest.mark.parametrize(
    ("args", "code", "expected"),
    [
        (("guidance", "add"), 2, "Missing argument"),
        (("guidance", "add", "x.md", "--for-all", *COORDINATOR), 2, "takes no --as"),
        (("guidance", "search"), 2, "Give a QUESTION, or --batch FILE.jsonl."),
        (("guidance", "search", "What?", "--batch", "q.jsonl"), 2, "Give a QUESTION, or --batch FILE.jsonl."),
        (("guidance", "search", "What?", "--scope", "mine"), 2, "Invalid value for '--scope'"),
        (("guidance", "search", "--batch", "nowhere.jsonl"), 1, "There is no file nowhere.jsonl."),
        (("guidance", "remove", "nowhere.md"), 1, "There is no added document nowhere.md here"),
        (("guidance", "remove", "agenda-questions"), 1, "There is no added document agenda-questions here"),
    ],
)
def test_wrong_use_is_said_plainly(coach: Coach, home: Path, args: tuple[str, ...], code: int, expected: str) -> None:
    ran = coach(home, *args)
    assert (ran.code, ran.out) == (code, "")
    assert expected in ran.err


def test_what_ships_is_not_removed_here(coach: Coach, home: Path) -> None:
    ran = coach(home, "guidance", "remove", "starting-a-programme.md")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "starting-a-programme.md ships with the coach; COACH_KNOWLEDGE names another folder of guidance to ship.\n"


def test_an_empty_folder_holds_nothing_to_add(coach: Coach, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    ran = coach(tmp_path / "new", "guidance", "add", str(tmp_path / "nothing"))
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("There is no document in there; name Markdown")


def test_hidden_files_and_what_is_no_document_are_left_in_a_folder_and_named_files_are_not(folder: Path) -> None:
    found = [str(path.relative_to(folder)) for path in document_files([str(folder)])]
    assert found == ["lamps.md", "deeper/Doors & more.txt"]
    assert [path.name for path in document_files([str(folder / "list.tsv"), str(folder / ".secret.md")])] == ["list.tsv", ".secret.md"]


def test_two_files_of_one_name_in_one_go_do_not_take_each_others_place(coach: Coach, tmp_path: Path, folder: Path) -> None:
    shutil.copy(folder / "lamps.md", folder / "deeper" / "lamps.md")
    with (folder / "deeper" / "lamps.md").open("a", encoding="utf-8") as file:
        file.write("\nIt is switched off by whoever leaves last.\n")
    ran = coach(tmp_path / "new", "guidance", "add", str(folder), "--replace")
    assert ran.code == 1
    assert ran.out.splitlines()[0] == "added: lamps.md"
    assert "refused: There is a document lamps.md already" in ran.out


def test_a_container_that_is_no_document_is_refused_in_a_sentence(coach: Coach, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "handbook.docx", "w") as container:
        container.writestr("a.txt", "a")
    ran = coach(tmp_path / "new", "guidance", "add", str(tmp_path / "handbook.docx"))
    assert ran.code == 1
    assert ran.out.startswith("refused: handbook.docx") and ran.out.count("\n") == 1


def test_the_name_of_a_file_on_the_disk_commands_no_terminal_and_stops_no_other_file(coach: Coach, tmp_path: Path, folder: Path) -> None:
    bad = [
        b"half\xff.md",
        b"red\x1b[31m.md",
        b"back\rwards.md",
        b"line\nadded: fake.md",
        "turned\u202edm.exe.md".encode(),
        b"big\x1b]0;owned\x07.md",
    ]
    for name in bad:
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_bytes(LAMPS.encode() * (100_000 if name.startswith(b"big") else 1))
    ran = coach(tmp_path / "new", "guidance", "add", str(folder), "--json")
    files = held("guidance add", ran.out)["files"]
    assert sorted(f["file"] for f in files if f["outcome"] == "added") == ["Doors & more.txt", "lamps.md"]
    assert sum(f["outcome"] == "refused" for f in files) == len(bad)
    again = coach(tmp_path / "new", "guidance", "add", str(folder))
    said = again.out + again.err
    assert not any(letter in said for letter in "\x1b\x07\r\u202e\udcff")
    assert sum(line.startswith("refused: ") for line in again.out.splitlines()) == len(bad)
    assert not any(line.startswith("added: fake") for line in again.out.splitlines())


def test_an_error_says_no_more_to_a_terminal_than_words(coach: Coach, tmp_path: Path) -> None:
    ran = coach(tmp_path / "new", "guidance", "remove", "\x1b[31mx\u202e.md\r")
    assert ran.code == 1
    assert (
        ran.err
        == "There is no added document [31mx.md here; `coach guidance list` shows them. If it is a programme's own, name its coordinator with --as E-MAIL.\n"
    )
