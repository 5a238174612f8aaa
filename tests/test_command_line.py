"""The command line: its contract, its refusals, and the way of a draft from review to a file."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import docx
import jsonschema
import pytest

from coach.cli import coach
from coach.contract import OUTPUTS, contract
from coach.services import preparing
from coach.services.parts import Parts
from tests.conftest import Showcase
from tests.processes import ROOT, run_coach

MENTOR = ("--as", "priya.nandakeri@quillmere.example")

BRIEF = {
    "pair": {"mentor": {"name": "Ada Umeh", "role": "Analyst"}, "mentee": {"name": "Per Lund", "role": "Finance director"}},
    "goals": [
        {
            "id": "g1",
            "title": "Answer in the open channel",
            "measure": "answers there",
            "target": "10 a month",
            "status": "stalled",
            "last_discussed": "2026-01-12",
        }
    ],
    "session": {"number": 3, "date": "2026-03-06", "minutes": 45},
    "actions": [{"text": "Invite an apprentice to the board", "owner": "mentee", "due": "2026-02-27"}],
}


def held(command: str, out: str) -> Any:
    """Return printed JSON after holding it to the written contract."""
    data = json.loads(out)
    schema = json.loads((ROOT / "docs" / "contract.json").read_text())["outputs"][command]
    jsonschema.validate(data, schema, cls=jsonschema.Draft202012Validator)
    return data


def written(tmp_path: Path, brief: object) -> str:
    path = tmp_path / "brief.json"
    path.write_text(json.dumps(brief), encoding="utf-8")
    return str(path)


def test_the_written_contract_is_the_one_of_the_models() -> None:
    assert json.loads((ROOT / "docs" / "contract.json").read_text()) == contract(), "run `make contract`"


def test_a_draft_on_an_empty_data_folder_holds_to_the_contract(tmp_path: Path) -> None:
    ran = run_coach(tmp_path / "new", "draft", "agenda", written(tmp_path, BRIEF), "--json")
    assert ran.code == 0, ran.err
    draft = held("draft", ran.out)
    assert draft["state"] == "needs_review"
    assert draft["content"]["carried_actions"][0]["overdue"] is True
    assert {key for item in draft["content"]["items"] for key in item["citations"]} == {c["key"] for c in draft["citations"]}


def test_a_draft_comes_from_standard_input_too(home: Path) -> None:
    ran = run_coach(home, "draft", "agenda", "-", "--json", text_in=json.dumps(BRIEF).encode())
    assert ran.code == 0, ran.err
    assert held("draft", ran.out)["content"]["minutes"] == 45


def test_drafting_from_a_file_stores_no_draft(home: Path, tmp_path: Path) -> None:
    before = held("review list", run_coach(home, "review", "list", *MENTOR, "--json").out)
    run_coach(home, "draft", "agenda", written(tmp_path, BRIEF))
    assert held("review list", run_coach(home, "review", "list", *MENTOR, "--json").out) == before


def test_a_search_names_document_and_section_of_each_passage(home: Path) -> None:
    found = held("guidance search", run_coach(home, "guidance", "search", "my exec keeps cancelling on me", "--json", "-k", "3").out)
    assert len(found["passages"]) == 3
    assert all(p["document"] and p["section"] and p["file"].endswith(".md") for p in found["passages"])
    assert found["passages"][0]["section"] == "Time pressure and cancellations"


def test_a_search_says_when_the_guidance_does_not_cover_the_question(home: Path) -> None:
    assert (
        held("guidance search", run_coach(home, "guidance", "search", "how many calories in a banana", "--json").out)["abstained"] is True
    )


def test_every_document_is_listed(home: Path) -> None:
    listed = held("guidance list", run_coach(home, "guidance", "list", "--json").out)["documents"]
    assert {d["file"] for d in listed} == {p.name for p in (ROOT / "knowledge").glob("*.md")}


def test_a_draft_goes_from_review_to_a_file_and_not_before_approval(home: Path, parts: Parts, showcase: Showcase, tmp_path: Path) -> None:
    draft_id = preparing.draft_agenda(parts, showcase.mentor, showcase.session.id, "one")
    out = tmp_path / "agenda.docx"
    refused = run_coach(home, "release", draft_id, "--to", str(out), *MENTOR)
    assert refused.code == 1
    assert "Approve it first" in refused.err
    assert not out.exists()
    shown = held("review show", run_coach(home, "review", "show", draft_id, *MENTOR, "--json").out)
    assert shown["state"] == "needs_review"
    approved = held("review approve", run_coach(home, "review", "approve", draft_id, *MENTOR, "--json").out)
    assert approved["state"] == "approved"
    released = held("release", run_coach(home, "release", draft_id, "--to", str(out), *MENTOR, "--json").out)
    assert released["sha256"] == shown["sha256"]
    assert "Anders Holmgaard" in docx.Document(str(out)).paragraphs[0].text
    assert held("audit verify", run_coach(home, "audit", "verify", "--json").out)["intact"] is True


def test_a_discarded_draft_is_gone_from_the_list(home: Path, parts: Parts, showcase: Showcase) -> None:
    draft_id = preparing.draft_agenda(parts, showcase.mentor, showcase.session.id, "one")
    assert held("review discard", run_coach(home, "review", "discard", draft_id, *MENTOR, "--json").out)["state"] == "discarded"
    assert draft_id not in run_coach(home, "review", "list", *MENTOR).out


def test_who_acts_may_come_from_the_environment(home: Path) -> None:
    ran = run_coach(home, "review", "list", extra={"COACH_AS": "Selam.Gebrewold@quillmere.example"})
    assert (ran.code, ran.out) == (0, "Nothing waits for you. Draft an agenda in the app, under Prepare.\n")


def test_a_stranger_cannot_show_approve_or_release_a_draft(home: Path, parts: Parts, showcase: Showcase, tmp_path: Path) -> None:
    draft_id = preparing.draft_agenda(parts, showcase.mentor, showcase.session.id, "one")
    for email in ("anders.holmgaard@quillmere.example", "tamsin.adeyeri@quillmere.example"):
        for command in (
            ("review", "show", draft_id),
            ("review", "approve", draft_id),
            ("release", draft_id, "--to", str(tmp_path / "x.md")),
        ):
            ran = run_coach(home, *command, "--as", email)
            assert (ran.code, ran.out, ran.err) == (1, "", "There is no such draft, or it is not yours to see.\n")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b'{"pair": {"mentor": {"name": "A B"}, "mentee": {"name": "C D"}}, "gaols": []}', "“gaols” is not a key of a brief"),
        (
            b'{"pair": {"mentor": {"name": "A B"}, "mentee": {"name": "C D"}}, "session": {"date": "6 March"}}',
            "“session.date”: should be a date such as 2026-03-31",
        ),
        (b'{"goals": []}', "names no pair"),
        (b"", "is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "is not a text file"),
        (b'{"notes": "' + b"x" * 5_000_000 + b'"}', "has 5.0 MB; a brief may have 3 MB at most, so shorten it"),
        (b"{", "is not valid JSON: line 1"),
    ],
)
def test_bad_input_is_one_plain_sentence_and_exit_1_and_nothing_stored(tmp_path: Path, content: bytes, expected: str) -> None:
    path = tmp_path / "brief.json"
    path.write_bytes(content)
    ran = run_coach(tmp_path / "new", "draft", "agenda", str(path))
    assert (ran.code, ran.out) == (1, "")
    assert expected in ran.err
    assert ran.err.count("\n") == 1
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("args", "code", "expected"),
    [
        (("draft", "agenda", "nowhere.json"), 1, "There is no file nowhere.json."),
        (("draft", "agenda", "."), 1, "is a folder"),
        (("draft", "poem", "x.json"), 2, "Invalid value for 'KIND'"),
        (("draft",), 2, "Missing argument"),
        (("guidance", "search", "  "), 1, "The question is empty"),
        (("review", "list"), 1, "Say who acts: add --as E-MAIL, or set COACH_AS."),
        (("review", "list", "--as", "nobody@example.org"), 1, "Nobody here has the e-mail address nobody@example.org."),
        (("review", "show", "x", *MENTOR), 1, "There is no such draft"),
        (("release", "x", "--to", "agenda.pdf", *MENTOR), 1, "should end in .md or .docx"),
        (("sing",), 2, "No such command"),
    ],
)
def test_wrong_use_is_said_plainly(home: Path, args: tuple[str, ...], code: int, expected: str) -> None:
    ran = run_coach(home, *args)
    assert ran.code == code
    assert expected in ran.err
    assert "Traceback" not in ran.err


def test_a_setting_that_cannot_be_used_is_named(home: Path) -> None:
    ran = run_coach(home, "guidance", "list", extra={"COACH_PORT": "many"})
    assert ran.code == 1
    assert "COACH_PORT" in ran.err


def test_a_data_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ran = run_coach(tmp_path / "file", "guidance", "list")
    assert ran.code == 1
    assert "set COACH_HOME to a folder that can be written" in ran.err


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[str]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield " ".join((*path, name))


def test_every_command_has_a_contract_and_a_json_option() -> None:
    assert set(commands(coach)) == {name.split(" --")[0] for name in OUTPUTS}
