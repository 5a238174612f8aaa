"""Read a CSV file about people, whatever program wrote it."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from coach.domain.people_rows import COLUMNS, MOST_BYTES, MOST_ROWS, FileRow, RowProblem, roles_named
from coach.domain.spreadsheet import from_cell
from coach.errors import InputRefused

MOST_HEADER = 10_000  # characters in which the first row is looked for
HEADERS = {
    "name": ("name", "fullname", "person", "employee"),
    "email": ("email", "mail", "emailaddress", "mailaddress"),
    "role": ("role", "jobtitle", "title", "job", "position"),
    "department": ("department", "dept", "team", "function", "unit", "businessunit"),
    "region": ("region", "location", "site", "office", "country"),
    "roles": ("roles", "programmerole", "programmeroles", "programrole", "programroles", "mentoringrole", "takespartas"),
    "mentors": ("mentors", "mentorof", "mentees", "mentee", "menteeemail", "menteesemail"),
    "starts": ("starts", "start", "startdate", "pairstarts"),
    "review": ("review", "reviewdate"),
    "ends": ("ends", "end", "enddate", "pairends"),
    "first": ("firstname", "givenname", "forename"),
    "last": ("lastname", "surname", "familyname"),
}
OURS = {word: column for column, words in HEADERS.items() for word in words}
TOO_MANY_CELLS = "This row has more cells than the first row; put quotation marks around a text with a comma in it."
UNREADABLE = "From here on the file cannot be read: a quotation mark is opened and not closed, or stands alone inside a text."
IGNORED = frozenset({"", "problem"})  # what a list of rows to mend adds


@dataclass(frozen=True)
class PeopleFile:
    """The rows of a file, what could not be read of it and why, and what was assumed."""

    rows: tuple[FileRow, ...]
    unread: tuple[FileRow, ...]
    problems: tuple[RowProblem, ...]
    notes: tuple[str, ...]

    @property
    def every_row(self) -> tuple[FileRow, ...]:
        """Return the rows that could be read and those that could not, in their order."""
        return tuple(sorted((*self.rows, *self.unread), key=lambda row: row.number))


def read_people_file(data: bytes) -> PeopleFile:
    """Return the rows of a CSV file with a first row of column names; InputRefused where it is no such file."""
    text, notes = _text(data)
    records, rest = _records(text, _separator(text))
    first = next((place for place, record in enumerate(records) if any(record)), 0)
    header, *body = records[first:] or [[]]
    columns = _columns(header)
    unused = [cell.strip() for cell, column in zip(header, columns, strict=True) if column is None and _plain(cell) not in IGNORED]
    if unused:
        notes.append(f"Not used: {', '.join(f'“{name[:60]}”' for name in unused)}.")
    rows: list[FileRow] = []
    unread: list[FileRow] = []
    problems: list[RowProblem] = []
    for number, record in enumerate(body, first + 2):
        if not any(cell.strip() for cell in record):
            continue
        if len(record) > len(columns) and any(cell.strip() for cell in record[len(columns) :]):
            problems.append(RowProblem(row=number, problem=TOO_MANY_CELLS))
            unread.append(FileRow(number=number, cells=_cells(columns, record), beside=_beside(columns, record)))
            continue
        rows.append(FileRow(number=number, cells=_cells(columns, record)))
    if rest:
        problems.append(RowProblem(row=len(records) + 1, problem=UNREADABLE))
        unread.append(FileRow(number=len(records) + 1, cells={}, beside=(rest,)))
    if len(rows) > MOST_ROWS:
        raise InputRefused(f"The file has {len(rows)} rows; {MOST_ROWS} at a time are the most. Nothing was changed.")
    if not rows and not problems:
        notes.append("The file has no rows below its column names.")
    return PeopleFile(_with_roles(rows, header, columns, notes), tuple(unread), tuple(problems), tuple(notes))


def _text(data: bytes) -> tuple[str, list[str]]:
    if len(data) > MOST_BYTES:
        raise InputRefused(f"The file has {len(data) / 1e6:.1f} MB; {MOST_BYTES / 1e6:.0f} MB is the most. Nothing was changed.")
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise InputRefused("This is a workbook, not a CSV file; in your spreadsheet program choose “Save as” and CSV. Nothing was changed.")
    notes: list[str] = []
    try:
        text = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError:
        text = _guessed(data)
        notes.append("The file does not say how its letters are written; they were read as Windows-1252. Look whether accents are right.")
    if "\0" in text:
        raise InputRefused("This is not a text file; save the list as CSV and try again. Nothing was changed.")
    if not text.strip():
        raise InputRefused("The file is empty; its first row should name the columns. Nothing was changed.")
    return text, notes


def _guessed(data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        raise InputRefused(
            "This is not a text file in UTF-8 or Windows-1252; save the list as CSV and try again. Nothing was changed."
        ) from None


def _separator(text: str) -> str:
    """Return the separator by which most column names are known."""

    def known(separator: str) -> int:
        first = next(csv.reader(io.StringIO(text.lstrip()[:MOST_HEADER], newline=""), delimiter=separator), [])
        return sum(_plain(cell) in OURS for cell in first)

    return max(",;\t", key=known)


def _records(text: str, separator: str) -> tuple[list[list[str]], str]:
    """Return the file's records up to where it can no longer be read, and the text from there on."""
    records: list[list[str]] = []
    lines = io.StringIO(text, newline="").readlines()
    reader = csv.reader(lines, delimiter=separator, strict=True)
    read = 0
    try:
        for record in reader:
            records.append(record)
            read = reader.line_num
    except csv.Error:
        return records, "".join(lines[read:])
    return records, ""


def _columns(header: Sequence[str]) -> list[str | None]:
    """Return our name of each column, None for one that is not used."""
    words = [_plain(cell) for cell in header]
    found = [OURS.get(word) for word in words]
    # Beside a job title, a column called role says what somebody does in the programme.
    if found.count("role") == 2 and "roles" not in found and "role" in words:
        found[words.index("role")] = "roles"
    for column in {c for c in found if c}:
        if found.count(column) > 1:
            both = " and ".join(f"“{cell.strip()[:60]}”" for cell, c in zip(header, found, strict=True) if c == column)
            raise InputRefused(f"The columns {both} mean the same here; keep one of them. Nothing was changed.")
    missing = [c for c in ("name", "email") if c not in found and not (c == "name" and {"first", "last"} <= set(found))]
    if missing:
        raise InputRefused(
            f"The first row should name the columns, and “{missing[0]}” is not among them; the template shows how. Nothing was changed."
        )
    return found


def _plain(cell: str) -> str:
    return re.sub(r"[^a-z]", "", cell.lower())


def _cells(columns: Sequence[str | None], record: Sequence[str]) -> dict[str, str]:
    cells = {column: from_cell(cell) for column, cell in zip(columns, record, strict=False) if column}
    if "name" not in cells:
        cells["name"] = f"{cells.get('first', '')} {cells.get('last', '')}".strip()
    return {column: cells[column] for column in COLUMNS if column in cells}


def _beside(columns: Sequence[str | None], record: Sequence[str]) -> tuple[str, ...]:
    """Return the cells of a record that stand in no column of ours."""
    return tuple(cell for place, cell in enumerate(record) if place >= len(columns) or columns[place] not in COLUMNS)


def _with_roles(rows: list[FileRow], header: Sequence[str], columns: Sequence[str | None], notes: list[str]) -> tuple[FileRow, ...]:
    """Return the rows, with a column called role taken as what people do in the programme where that is what it says of all of them."""
    if "role" not in columns or _plain(header[columns.index("role")]) != "role":
        return tuple(rows)
    titles = [row["role"] for row in rows if row["role"]]
    if "roles" in columns or not titles or any(roles_named(title)[1] for title in titles):
        return tuple(rows)
    notes.append("The column called role holds nothing but mentor, mentee and coordinator, so it was read as the roles in the programme.")
    return tuple(FileRow(number=row.number, cells=row.cells | {"roles": row["role"], "role": ""}) for row in rows)
