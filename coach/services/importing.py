"""Import people and pairs from a CSV file: a preview of what would be added, then all of it or nothing."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from coach.domain.access import ProgrammeAct
from coach.domain.import_plan import ImportPlan, Present, plan
from coach.domain.members import address
from coach.domain.people import Programme
from coach.domain.people_rows import COLUMNS, FileRow
from coach.domain.spreadsheet import csv_text
from coach.errors import InputRefused
from coach.reading.people_file import PeopleFile, read_people_file
from coach.services.parts import Parts
from coach.services.people import added, paired, seen_by
from coach.services.programme_access import programme_for
from coach.store import people, secrets

EXAMPLES = (
    ("Ada Umeh", "ada.umeh@company.example", "Analyst", "Finance", "North", "mentor", "per.lund@company.example", "2026-03-02", "", ""),
    ("Per Lund", "per.lund@company.example", "Finance director", "Finance", "North", "mentee", "", "", "", ""),
    ("Tamsin Rowe", "tamsin.rowe@company.example", "Programme lead", "People", "South", "coordinator", "", "", "", ""),
)


@dataclass(frozen=True)
class Preview:
    """What a file would change, what was assumed in reading it, and its rows, also those that could not be read."""

    plan: ImportPlan
    notes: tuple[str, ...]
    rows: tuple[FileRow, ...]

    @property
    def to_mend(self) -> str:
        """Return the rows with a problem as CSV, each with its reason, to be mended and imported again."""
        reasons: dict[int, list[str]] = {}
        for problem in self.plan.problems:
            reasons.setdefault(problem.row, []).append(problem.problem)
        wrong = [
            (*(row[column] for column in COLUMNS), " ".join(reasons[row.number]), *row.beside) for row in self.rows if row.number in reasons
        ]
        return csv_text([(*COLUMNS, "problem"), *wrong])


def template() -> str:
    """Return a CSV file that shows the columns, with invented people."""
    return csv_text([COLUMNS, *EXAMPLES])


def preview(parts: Parts, actor: str, data: bytes, programme: str = "") -> Preview:
    """Return what importing a file would do to a coordinator's programme; writes nothing."""
    with parts.database.read() as connection:
        mine = _mine(connection, actor, programme)
        return _previewed(connection, mine, read_people_file(data), parts.today())


def import_people(parts: Parts, actor: str, data: bytes, programme: str = "") -> Preview:
    """Add the people and pairs of a file to a coordinator's programme, and return what was added and what was left out."""
    file = read_people_file(data)
    with parts.database.write() as connection:
        mine = _mine(connection, actor, programme)
        found = _previewed(connection, mine, file, parts.today())
        if found.plan.changes:
            _write(connection, parts, actor, mine, found.plan)
    return found


def _mine(connection: Connection, actor: str, named: str) -> Programme:
    mine = programme_for(connection, actor, ProgrammeAct.LOOK_AFTER_PEOPLE)
    if named and named.casefold() != mine.name.casefold():
        raise InputRefused(f"You coordinate {mine.name} and no programme called {named}; nothing was changed.")
    return mine


def _previewed(connection: Connection, programme: Programme, file: PeopleFile, today: date) -> Preview:
    seen = seen_by(connection, programme)
    named = {address(row["email"]) for row in file.rows}
    present = Present(
        programme=programme,
        members=seen.members,
        pairs=seen.pairs,
        elsewhere=people.addresses_elsewhere(connection, programme.id) & named,
    )
    planned = plan(file.rows, present, today)
    problems = sorted((*planned.problems, *file.problems), key=lambda problem: problem.row)
    return Preview(planned.model_copy(update={"problems": tuple(problems)}), file.notes, file.every_row)


def _write(connection: Connection, parts: Parts, actor: str, programme: Programme, wanted: ImportPlan) -> None:
    ids = {person.email: person.id for person in people.people_of(connection, programme.id)}
    for new in wanted.people:
        email = new.details.email
        if email not in ids:
            ids[email] = added(connection, parts, actor, programme, new.details)
        else:
            people.set_roles(connection, ids[email], new.details.roles)
            secrets.record(connection, parts.now(), actor, "person.changed", ids[email], ",".join(sorted(new.details.roles)))
    for pair in wanted.pairs:
        paired(connection, parts, actor, programme, ids[pair.mentor], ids[pair.mentee], pair.dates)
    secrets.record(connection, parts.now(), actor, "people.imported", programme.id)
