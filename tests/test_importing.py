"""Import of people and pairs: a preview first, good rows in, bad rows named, nothing twice and nothing half."""

import csv
import io
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as bounded
from hypothesis import strategies as st

from coach.bootstrap import join_parts
from coach.domain.days import months_after
from coach.domain.import_plan import ImportPlan
from coach.domain.people import RoleName
from coach.domain.people_rows import day_named
from coach.domain.spreadsheet import FORMULA, as_cell, csv_text, from_cell
from coach.errors import CoachError, InputRefused
from coach.reading.people_file import read_people_file
from coach.services import importing, people
from coach.services.accounting import verify_audit
from coach.services.import_report import in_words, new_coordinators, report
from coach.services.parts import Parts
from coach.settings import Settings
from coach.store import programmes
from tests.conftest import Showcase
from tests.coordinators import FOUNDER, acts, founded, person, stored
from tests.processes import run_coach
from tests.test_command_line import held

HEADER = "name,email,role,department,region,roles,mentors,starts,review,ends"
ADA = "Ada Umeh,ada@brackwater.example,Analyst,Finance,North,mentor,per@brackwater.example,2026-03-02,,"
PER = "Per Lund,per@brackwater.example,Finance director,Finance,North,mentee,,,,"


@pytest.fixture
def coordinator(parts: Parts) -> str:
    return founded(parts).id


def csv_of(*rows: str, header: str = HEADER) -> bytes:
    return "\n".join((header, *rows)).encode()


def planned(parts: Parts, coordinator: str, *rows: str, header: str = HEADER) -> ImportPlan:
    return importing.preview(parts, coordinator, csv_of(*rows, header=header)).plan


def problems(found: ImportPlan) -> dict[int, str]:
    return {problem.row: problem.problem for problem in found.problems}


def names(parts: Parts, coordinator: str) -> set[str]:
    return {member.person.name for member in people.people_and_pairs(parts, coordinator).members}


# What is added


def test_a_preview_writes_nothing(parts: Parts, coordinator: str) -> None:
    before = stored(parts)
    found = planned(parts, coordinator, ADA, PER)
    assert ([p.details.name for p in found.people], len(found.pairs), found.problems) == (["Ada Umeh", "Per Lund"], 1, ())
    assert stored(parts) == before


def test_an_import_adds_people_and_pairs_and_accounts_for_each(parts: Parts, coordinator: str) -> None:
    importing.import_people(parts, coordinator, csv_of(ADA, PER))
    seen = people.people_and_pairs(parts, coordinator)
    (pair,) = seen.pairs
    assert (pair.mentor.name, pair.mentee.name, pair.starts) == ("Ada Umeh", "Per Lund", date(2026, 3, 2))
    assert pair.mentor.role == "Analyst"
    assert {m.person.name: set(m.roles) for m in seen.members if m.person.id != coordinator} == {
        "Ada Umeh": {RoleName.MENTOR},
        "Per Lund": {RoleName.MENTEE},
    }
    assert acts(parts, pair.id) == ["pair.made"]
    assert acts(parts, pair.mentor.id) == ["person.added"]
    assert acts(parts, seen.programme.id) == ["programme.created", "people.imported"]
    assert verify_audit(parts).first_wrong is None


def test_a_second_import_of_the_same_file_changes_nothing(parts: Parts, coordinator: str) -> None:
    importing.import_people(parts, coordinator, csv_of(ADA, PER))
    before = stored(parts)
    again = importing.import_people(parts, coordinator, csv_of(ADA, PER))
    assert (again.plan.changes, again.plan.problems) == (False, ())
    assert stored(parts) == before


def test_an_ended_pair_does_not_start_again_by_the_same_file(parts: Parts, coordinator: str) -> None:
    undated = ADA.replace("2026-03-02", "")
    importing.import_people(parts, coordinator, csv_of(undated, PER))
    (pair,) = people.people_and_pairs(parts, coordinator).pairs
    ended = parts.today() - timedelta(days=1)
    people.change_pair(parts, coordinator, pair.id, people.PairDates(starts=ended, ends=ended), pair.dates)
    assert "to start again, give a later start" in problems(planned(parts, coordinator, undated, PER))[2]
    later = (parts.today() + timedelta(days=3)).isoformat()
    assert len(planned(parts, coordinator, ADA.replace("2026-03-02", later), PER).pairs) == 1


def test_good_rows_come_in_while_bad_ones_stay_to_be_mended(parts: Parts, coordinator: str) -> None:
    bad = "Ida Mole,not an address,,,,mentor,,,,"
    found = importing.import_people(parts, coordinator, csv_of(ADA, bad, PER))
    assert names(parts, coordinator) >= {"Ada Umeh", "Per Lund"}
    assert "Ida Mole" not in names(parts, coordinator)
    assert problems(found.plan) == {3: "“not an address” is not an e-mail address; write it like name@company.example."}
    mended = list(csv.reader(io.StringIO(found.to_mend)))
    assert [row[:2] for row in mended] == [["name", "email"], ["Ida Mole", "not an address"]]
    assert read_people_file(found.to_mend.encode()).notes == ()


def test_nothing_is_kept_of_an_import_that_fails_in_the_middle(parts: Parts, coordinator: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> str:
        raise OSError

    monkeypatch.setattr(importing, "paired", broken)
    before = stored(parts)
    with pytest.raises(OSError):
        importing.import_people(parts, coordinator, csv_of(ADA, PER))
    assert stored(parts) == before


def test_who_is_only_named_as_a_mentee_in_the_file_gets_that_role(parts: Parts, coordinator: str) -> None:
    found = planned(parts, coordinator, ADA.replace(",mentor,", ",,"), PER.replace(",mentee,", ",,"))
    assert {p.details.name: set(p.details.roles) for p in found.people} == {"Ada Umeh": {RoleName.MENTOR}, "Per Lund": {RoleName.MENTEE}}


def test_somebody_who_is_here_already_can_be_paired_and_gains_the_role_for_it(parts: Parts, coordinator: str) -> None:
    per = people.add_person(
        parts, coordinator, person("Per Lund", RoleName.MENTOR, email="per@brackwater.example", role="Finance director")
    )
    importing.import_people(parts, coordinator, csv_of(ADA))
    seen = people.people_and_pairs(parts, coordinator)
    assert seen.pairs[0].mentee.id == per
    assert next(m.roles for m in seen.members if m.person.id == per) == {RoleName.MENTOR, RoleName.MENTEE}


def test_a_mentor_with_two_pairs_stands_in_two_rows_with_dates_of_their_own(parts: Parts, coordinator: str) -> None:
    second = "Ada Umeh,ada@brackwater.example,,,,mentor,ole@brackwater.example,2026-04-01,,"
    found = planned(parts, coordinator, ADA, second, PER, "Ole Vik,ole@brackwater.example,,,,mentee,,,,")
    assert [(pair.mentee, pair.dates.starts) for pair in found.pairs] == [
        ("per@brackwater.example", date(2026, 3, 2)),
        ("ole@brackwater.example", date(2026, 4, 1)),
    ]
    assert found.problems == ()
    assert len(found.people) == 3


def test_a_pair_without_dates_starts_with_the_programme_for_six_months_with_its_review_half_way(parts: Parts, coordinator: str) -> None:
    (pair,) = planned(parts, coordinator, ADA.replace("2026-03-02", ""), PER).pairs
    starts = parts.today() + timedelta(days=7)
    assert (pair.dates.starts, pair.dates.ends) == (starts, months_after(starts, 6))
    assert pair.dates.review is not None
    assert abs((pair.dates.review - starts) - (months_after(starts, 6) - pair.dates.review)) <= timedelta(days=1)


# What is left out, and why


@pytest.mark.stores("sqlite")
@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",ida@brackwater.example,,,,mentor,,,,", "The name is missing."),
        ("Ida Mole,,,,,mentor,,,,", "The e-mail address is missing."),
        ("Ida Mole,ida@brackwater.example,,,,boss,,,,", "“boss” is no role here"),
        ("Ida Mole,ida@brackwater.example,,,,,,,,", "Say what the person is here"),
        (f"{'I' * 201},ida@brackwater.example,,,,mentor,,,,", "The name has 201 characters; 200 are the most."),
        ("Ida Mole,ida@brackwater.example,,,,mentor,,,,,extra", "more cells than the first row"),
        ("Ida Mole,ida@brackwater.example,,,,mentor,nobody@brackwater.example,,,", "Nobody in the file or the programme"),
        ("Ida Mole,ida@brackwater.example,,,,mentor,ida@brackwater.example,,,", "Nobody mentors themselves"),
        ("Ida Mole,ida@brackwater.example,,,,mentor,per@brackwater.example,03/04/2026,,", "“03/04/2026” under starts cannot be read"),
        ("Ida Mole,ida@brackwater.example,,,,mentor,per@brackwater.example,2026-02-30,,", "cannot be read as one day"),
        ("Ida Mole,ida@brackwater.example,,,,mentor,per@brackwater.example,9999-12-31,,", "cannot be read as one day"),
        ("Ida Mole,ida@brackwater.example,,,,mentor,per@brackwater.example,2026-05-01,,2026-04-01", "cannot end before it starts"),
        ("Ida Mole,ida@brackwater.example,,,,mentor,per@brackwater.example,2026-05-01,2027-05-01,2026-08-01", "between the pair's start"),
        ("Per Lund,PER@brackwater.example,,,,mentee,,,,", "stands in row 2 already; this row was left out."),
        ("Peer Lund,per@brackwater.example,,,,mentee,,,,", "stands in row 2 already, with another name; keep one of the two."),
    ],
)
def test_a_row_that_cannot_be_used_is_named_with_the_reason(parts: Parts, coordinator: str, row: str, said: str) -> None:
    found = planned(parts, coordinator, PER, row)
    assert said in problems(found)[3]
    assert found.pairs == ()
    assert found.people[0].details.name == "Per Lund"


def test_a_pair_waits_for_the_row_of_its_mentee_to_be_mended(parts: Parts, coordinator: str) -> None:
    found = planned(parts, coordinator, ADA, PER.replace(",mentee,", ",boss,"))
    assert found.pairs == ()
    assert "Row 3 has to be mended first." in problems(found)[2]
    assert [p.details.name for p in found.people] == ["Ada Umeh"]


def test_roles_do_not_switch_in_a_file(parts: Parts, coordinator: str) -> None:
    found = planned(parts, coordinator, ADA, PER.replace(",mentee,,", ",mentor,ada@brackwater.example,"))
    assert len(found.pairs) == 1
    assert "the other way round" in problems(found)[3]


def test_a_person_of_another_programme_is_left_out(parts: Parts, coordinator: str, showcase: Showcase) -> None:
    row = f"{showcase.pair.mentor.name},{showcase.pair.mentor.email},,,,mentor,,,,"
    found = planned(parts, coordinator, row, PER)
    assert "takes part in another programme here" in problems(found)[2]
    assert [p.details.name for p in found.people] == ["Per Lund"]


def test_an_import_changes_nobody_and_says_what_the_file_says_differently(parts: Parts, coordinator: str) -> None:
    importing.import_people(parts, coordinator, csv_of(ADA, PER))
    before = stored(parts)
    found = importing.import_people(parts, coordinator, csv_of(ADA.replace("Analyst", "Head of Analysis"), PER))
    assert "Ada Umeh is here already with another job title" in problems(found.plan)[2]
    assert stored(parts) == before


def test_a_row_under_another_name_than_its_address_has_here_gives_no_role_and_makes_no_pair(parts: Parts, coordinator: str) -> None:
    importing.import_people(parts, coordinator, csv_of(ADA, PER))
    before = stored(parts)
    other = "Ida Mole,ada@brackwater.example,,,,mentor;coordinator,per@brackwater.example,2027-03-02,,"
    third = "Tom Birk,tom@brackwater.example,,,,mentor,ada@brackwater.example,,,"
    found = planned(parts, coordinator, other, third)
    assert "Ada Umeh is here already with another name; an import changes nobody and the row was left out" in problems(found)[2]
    assert "Row 2 has to be mended first" in problems(found)[3]
    assert (found.pairs, [p.details.name for p in found.people]) == ((), ["Tom Birk"])
    importing.import_people(parts, coordinator, csv_of(other))
    assert stored(parts) == before


def test_an_address_may_hold_any_sign_that_an_address_can_hold(parts: Parts, coordinator: str, showcase: Showcase) -> None:
    for email in ("ada/lead@brackwater.example", "ada|lead@brackwater.example"):
        row = f"Ada Umeh,{email},,,,mentor,,,,"
        assert not importing.import_people(parts, coordinator, csv_of(row)).plan.problems
        with parts.database.read() as connection:
            (tamsin,) = programmes.people_with_role(connection, showcase.pair.programme_id, RoleName.COORDINATOR)
        again = importing.import_people(parts, tamsin.id, csv_of(row))
        assert "cannot be used in this demonstration" in problems(again.plan)[2]


@pytest.mark.stores("sqlite")
def test_the_sample_imports_invented_addresses_only(parts: Parts, showcase: Showcase) -> None:
    with parts.database.read() as connection:
        (tamsin,) = programmes.people_with_role(connection, showcase.pair.programme_id, RoleName.COORDINATOR)
    found = planned(parts, tamsin.id, "Ida Mole,ida@company.test,,,,mentor,,,,", PER)
    assert problems(found) == {2: "This demonstration takes invented people only: write an e-mail address that ends in .example."}
    assert [p.details.name for p in found.people] == ["Per Lund"]


def test_new_coordinators_are_named_apart(parts: Parts, coordinator: str) -> None:
    importing.import_people(parts, coordinator, csv_of(ADA, PER))
    rows = (
        ADA.replace("mentor", "mentor;coordinator"),
        PER,
        "Ida Mole,ida@x.example,,,,coordinator,,,,",
        f"Rosa Lindqvist,{FOUNDER.email},,,,mentor;coordinator,,,,",
    )
    found = importing.preview(parts, coordinator, csv_of(*rows))
    assert {details.email for details in found.plan.coordinators} == {"ada@brackwater.example", "ida@x.example"}
    assert set(report(found, imported=False).coordinators) == {"ada@brackwater.example", "ida@x.example"}
    assert "Ida Mole (ida@x.example) and Ada Umeh (ada@brackwater.example) would become coordinators" in in_words(found, imported=False)
    none = importing.preview(parts, coordinator, csv_of(ADA))
    assert (none.plan.coordinators, new_coordinators(none, imported=False)) == ((), [])


@pytest.mark.parametrize("title", ["Job title", "Title", "Position"])
def test_a_job_title_is_never_a_role_in_the_programme(title: str) -> None:
    (found,) = read_people_file(f"Name,Email,{title}\nIda,ida@x.example,Coordinator\n".encode()).rows
    assert (found["role"], found["roles"]) == ("Coordinator", "")


@pytest.mark.stores("sqlite")
def test_every_row_that_was_not_imported_is_handed_back_whole(parts: Parts, coordinator: str) -> None:
    header = "name,email,desk,roles"
    rows = (
        "Umeh, Ada,ada@x.example,4,mentor",
        "Ida Mole,ida@x.example,5,mentor",
        'Per,"per@x.example,5,mentee',
        "Tom,tom@x.example,6,mentee",
    )
    found = importing.preview(parts, coordinator, csv_of(*rows, header=header))
    assert [p.details.name for p in found.plan.people] == ["Ida Mole"]
    back = list(csv.reader(io.StringIO(found.to_mend)))
    assert {"Umeh", "Ada", "ada@x.example", "4", "mentor"} <= set(back[1])
    assert back[2][-1] == "\n".join(rows[2:])
    again = importing.preview(parts, coordinator, found.to_mend.encode())
    assert (again.plan.changes, len(again.plan.problems)) == (False, 2)


# Files as programs write them


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_file_is_read_whatever_program_wrote_it(separator: str, encoding: str, line_end: str) -> None:
    rows = [("Name", "E-mail", "Job title", "Roles"), ("Zoë Müller", "zoe@brackwater.example", "Analyst, “senior”", "mentor")]
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator=line_end).writerows(rows)
    found = read_people_file(out.getvalue().encode(encoding))
    (row,) = found.rows
    assert (row["name"], row["email"], row["role"], row["roles"]) == rows[1]
    assert bool(found.notes) == (encoding == "cp1252")
    assert not found.notes or "Windows-1252" in found.notes[0]


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        ("Full name,E-MAIL ADDRESS,Job Title,Role", "Ida,ida@x.example,Analyst,Mentor", {"role": "Analyst", "roles": "Mentor"}),
        ("Name;Mail;Role", "Ida;ida@x.example;mentor", {"role": "", "roles": "mentor"}),
        ("Name,Email,Role", "Ida,ida@x.example,Analyst", {"role": "Analyst"}),
        ("First name,Last name,Email,Start date", "Ida,Mole,ida@x.example,2026-01-02", {"name": "Ida Mole", "starts": "2026-01-02"}),
    ],
)
def test_columns_are_known_by_sensible_names(header: str, row: str, expected: dict[str, str]) -> None:
    (found,) = read_people_file(f"{header}\n{row}\n".encode()).rows
    assert {column: found[column] for column in expected} == expected


def test_a_column_that_is_not_used_is_named() -> None:
    assert read_people_file(b"name,email,salary\nIda,ida@x.example,1\n").notes == ("Not used: “salary”.",)


@pytest.mark.stores("sqlite")
def test_rows_are_numbered_as_in_a_spreadsheet_over_empty_lines_and_line_ends_within_a_cell(parts: Parts, coordinator: str) -> None:
    found = planned(parts, coordinator, '"Ida\nMole",ida@brackwater.example,,,,mentor,,,,', "", ",,,,,,,,,", "Ole Vik,wrong,,,,mentor,,,,")
    assert found.people[0].details.name == "Ida Mole"
    assert set(problems(found)) == {5}


@pytest.mark.stores("sqlite")
def test_a_quotation_mark_that_is_never_closed_keeps_the_rows_before_it(parts: Parts, coordinator: str) -> None:
    found = planned(parts, coordinator, PER, '"Ida Mole,ida@brackwater.example,,,,mentor,,,,', ADA)
    assert [p.details.name for p in found.people] == ["Per Lund"]
    assert "From here on the file cannot be read" in problems(found)[3]


@pytest.mark.stores("sqlite")
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty"),
        (b" \n\n", "The file is empty"),
        (b"PK\x03\x04rest", "This is a workbook, not a CSV file"),
        (b"name,email\n\x00,x", "not a text file"),
        (b"\x89PNG\r\n\x1a\n\x81\x8d", "not a text file"),
        (b"who,where\nIda,here\n", "“name” is not among them"),
        (b"name,mail,e-mail\nIda,a@x.example,b@x.example\n", "The columns “mail” and “e-mail” mean the same"),
        (b"name,email\n" + b"x" * 1_000_000, "The file has 1.0 MB; 1 MB is the most."),
        (b"name,email\n" + b"Ida,ida@x.example\n" * 2_001, "The file has 2001 rows; 2000 at a time are the most."),
    ],
)
def test_what_is_no_list_of_people_is_refused_whole(parts: Parts, coordinator: str, data: bytes, said: str) -> None:
    before = stored(parts)
    with pytest.raises(InputRefused, match="Nothing was changed"):
        importing.import_people(parts, coordinator, data)
    with pytest.raises(InputRefused, match=said):
        importing.preview(parts, coordinator, data)
    assert stored(parts) == before


@pytest.mark.stores("sqlite")
def test_the_template_can_be_imported_as_it_is(parts: Parts, coordinator: str) -> None:
    found = importing.preview(parts, coordinator, importing.template().encode())
    assert (len(found.plan.people), len(found.plan.pairs), found.plan.problems, found.notes) == (3, 1, (), ())


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-03-31", date(2026, 3, 31)),
        ("2026-3-1", date(2026, 3, 1)),
        ("2026-03-31 00:00:00", date(2026, 3, 31)),
        ("31.03.2026", date(2026, 3, 31)),
        ("1.2.2026", date(2026, 2, 1)),
        ("31/03/2026", date(2026, 3, 31)),
        ("04/04/2026", date(2026, 4, 4)),
        ("03/31/2026", None),
        ("03/04/2026", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_day_is_read_only_where_it_can_be_one_day_alone(cell: str, day: date | None) -> None:
    assert day_named(cell) == day


# Formulas


@pytest.mark.stores("sqlite")
@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_a_formula_comes_in_as_text_and_never_goes_out_as_a_formula(parts: Parts, coordinator: str, start: str) -> None:
    found = importing.import_people(
        parts, coordinator, csv_of(f"{start}1+1,wrong,,,,mentor,,,,", f"{start}2+2,ida@x.example,,,,mentor,,,,")
    )
    assert f"{start}2+2" in names(parts, coordinator)
    assert f"'{start}1+1" in found.to_mend
    cells = [cell for row in csv.reader(io.StringIO(found.to_mend)) for cell in row]
    assert not [cell for cell in cells if cell.startswith(FORMULA)]


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_every_text_goes_out_as_text_and_comes_back_the_same(text: str) -> None:
    assert not as_cell(text).startswith(FORMULA)
    kept = text.strip()
    assert from_cell(as_cell(kept)) == kept or "’" in kept
    assert not [part for part in re.split("[;\t] *", as_cell(text)) if part.startswith(FORMULA)]
    assert csv_text([[text]]).startswith('"')
    assert next(csv.reader(io.StringIO(csv_text([[text, "x"]]), newline=""))) == [as_cell(text), "x"]


# Any file at all


@pytest.mark.stores("sqlite")
@bounded(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.text(max_size=200).map(lambda text: f"name,email,roles,mentors,starts\n{text}".encode("utf-8", "replace")),
    )
)
def test_whatever_a_file_holds_it_is_read_or_refused_in_a_sentence(parts: Parts, coordinator: str, data: bytes) -> None:
    try:
        found = importing.preview(parts, coordinator, data)
    except CoachError as refused:
        assert "Nothing was changed" in str(refused)
        return
    assert all(problem.row >= 1 and problem.problem.endswith((".", "?")) for problem in found.plan.problems)


CELL = st.sampled_from(["a@x.example", "b@x.example", "c@x.example", "A", "mentor", "mentee", "mentee;mentor", "", "2026-03-01", "oops"])
ROWS = st.lists(st.lists(CELL, min_size=5, max_size=5), max_size=6)


@pytest.mark.stores("sqlite")
@bounded(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(ROWS)
def test_importing_any_file_twice_is_importing_it_once(parts: Parts, coordinator: str, rows: list[list[str]]) -> None:
    data = csv_of(*(",".join(row) for row in rows), header="name,email,roles,mentors,starts")
    expected = importing.preview(parts, coordinator, data)
    assert importing.import_people(parts, coordinator, data).plan == expected.plan
    before = stored(parts)
    assert not importing.import_people(parts, coordinator, data).plan.changes
    assert stored(parts) == before


# Which programme


def test_a_list_goes_into_the_programme_that_is_meant_and_into_no_other(parts: Parts, coordinator: str) -> None:
    before = stored(parts)
    with pytest.raises(InputRefused, match="You coordinate Brackwater Listens and no programme called Quillmere"):
        importing.import_people(parts, coordinator, csv_of(ADA, PER), "Quillmere")
    assert stored(parts) == before
    assert importing.preview(parts, coordinator, csv_of(ADA, PER), "brackwater listens").plan.changes


# At the terminal


@pytest.fixture
def listed(tmp_path: Path) -> str:
    path = tmp_path / "people.csv"
    path.write_bytes(csv_of(ADA, PER, "Ida Mole,wrong,,,,mentor,,,,"))
    return str(path)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A data folder with a programme of its own."""
    folder = tmp_path / "own"
    parts = join_parts(Settings(home=folder))
    founded(parts)
    parts.database.close()
    return folder


AS_ROSA = ("--as", FOUNDER.email)


def test_the_terminal_previews_and_writes_only_with_yes(own: Path, listed: str) -> None:
    shown = held("people import", run_coach(own, "people", "import", listed, *AS_ROSA, "--json").out)
    assert (shown["imported"], [p["email"] for p in shown["people"]]) == (False, ["ada@brackwater.example", "per@brackwater.example"])
    assert [(p["mentor"], p["mentee"], p["starts"]) for p in shown["pairs"]] == [
        ("ada@brackwater.example", "per@brackwater.example", "2026-03-02")
    ]
    assert [p["row"] for p in shown["problems"]] == [4]
    written = held("people import", run_coach(own, "people", "import", listed, *AS_ROSA, "--yes", "--json").out)
    assert written == shown | {"imported": True}
    again = run_coach(own, "people", "import", listed, *AS_ROSA, "--yes")
    assert (again.code, again.out.splitlines()[0]) == (0, "Nothing to add: what can be used of this file is here already.")


def test_the_terminal_says_in_words_what_it_would_do(own: Path, listed: str) -> None:
    ran = run_coach(own, "people", "import", "-", *AS_ROSA, text_in=Path(listed).read_bytes().replace(b"Ida", "Zoë".encode("cp1252")))
    assert ran.code == 0
    assert "This would add 2 people and 1 pair. Nothing is written yet." in ran.out
    assert "Row 2: Ada Umeh mentors Per Lund from 2026-03-02" in ran.out
    assert "Windows-1252" in ran.err
    assert "Add --yes to write it." in ran.err


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("nowhere.csv", *AS_ROSA), "There is no file nowhere.csv."),
        ((".", *AS_ROSA), "is a folder; name a CSV file."),
        (("LISTED", *AS_ROSA, "--programme", "Quillmere"), "You coordinate Brackwater Listens"),
        (("LISTED", "--as", "nobody@brackwater.example"), "Nobody here has the e-mail address"),
    ],
)
def test_the_terminal_refuses_in_one_sentence(own: Path, listed: str, args: tuple[str, ...], said: str) -> None:
    ran = run_coach(own, "people", "import", *(listed if a == "LISTED" else a for a in args), "--yes")
    assert (ran.code, ran.out) == (1, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1
