"""What one row of a file about people says: a person, and the pairs that they mentor."""

import re
from datetime import date

from pydantic import BaseModel, ConfigDict

from coach.domain.days import in_living_memory
from coach.domain.members import PersonDetails, address
from coach.domain.pairs import PairDates
from coach.domain.people import RoleName

MOST_BYTES = 1_000_000  # of a file
MOST_ROWS = 2_000
COLUMNS = ("name", "email", "role", "department", "region", "roles", "mentors", "starts", "review", "ends")
DATES = ("starts", "review", "ends")
SEVERAL = re.compile(r"[;,/|\s]+")
ROLES = {word: name for name in RoleName for word in (name.value, f"{name.value}s")} | {"co-ordinator": RoleName.COORDINATOR}


class FileRow(BaseModel):
    """One row by our column names; `number` counts as spreadsheets do, the first row being 1."""

    model_config = ConfigDict(frozen=True)

    number: int
    cells: dict[str, str]
    beside: tuple[str, ...] = ()  # what could not be placed in a column

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


class RowProblem(BaseModel):
    """Why a row, or a part of it, was left out."""

    model_config = ConfigDict(frozen=True)

    row: int
    problem: str


class PersonRow(BaseModel):
    """A row that names a person who can be kept."""

    model_config = ConfigDict(frozen=True)

    number: int
    details: PersonDetails
    mentees: tuple[str, ...]  # e-mail addresses
    dates: PairDates
    undated: bool  # no start is given
    date_problem: str | None


def roles_named(cell: str) -> tuple[frozenset[RoleName], str | None]:
    """Return the roles that a cell names, and the first word in it that is none."""
    words = [word for word in SEVERAL.split(cell.lower()) if word]
    unknown = next((word for word in words if word not in ROLES), None)
    return frozenset(ROLES[word] for word in words if word in ROLES), unknown


def addresses_named(cell: str) -> tuple[str, ...]:
    """Return the e-mail addresses that a cell names, each once."""
    return tuple(dict.fromkeys(address(word) for word in SEVERAL.split(cell) if word))


def day_named(cell: str) -> date | None:
    """Return the day that a cell names, such as 2026-03-31, 31.03.2026 or 31/03/2026; None where it could be two days, or is none of this century."""
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?", cell):
        year, month, day = match.groups()
    elif match := re.fullmatch(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})", cell):
        day, sign, month, year = match.groups()
        if sign != "." and int(day) <= 12 and day != month:
            return None  # 03/04/2026 is in March or in April, depending on where it was written
    else:
        return None
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if in_living_memory(found) else None


def read_row(row: FileRow) -> PersonRow | str:
    """Return the person and the pairs that a row names, or why it names nobody."""
    roles, unknown = roles_named(row["roles"])
    if unknown is not None:
        return f"“{unknown[:60]}” is no role here; write mentor, mentee or coordinator, with ; between several."
    mentees = addresses_named(row["mentors"])
    details = PersonDetails(
        name=row["name"],
        email=row["email"],
        role=row["role"],
        department=row["department"],
        region=row["region"],
        roles=roles,
    )
    # Whoever mentors or is mentored in this file has that role without a word, so a missing role is not a problem yet.
    if problem := details.model_copy(update={"roles": roles or frozenset(RoleName)}).problem():
        return problem
    days = {column: day_named(row[column]) for column in DATES}
    unread = next((column for column in DATES if row[column] and days[column] is None), None)
    wrong = f"“{row[unread][:60]}” under {unread} cannot be read as one day; write it like 2026-03-31." if unread else None
    return PersonRow(
        number=row.number, details=details, mentees=mentees, dates=PairDates(**days), undated=not row["starts"], date_problem=wrong
    )
