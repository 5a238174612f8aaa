"""The database itself refuses what no human approved, whoever writes to it and through which door."""

import sqlite3
from collections.abc import Callable, Iterator
from itertools import permutations
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from coach.domain.drafts import DraftState, may_move
from coach.store.database import open_database

Run = Callable[..., None]
Contents = dict[str, list[tuple[object, ...]]]

COLUMNS = {
    "revision": "draft_id, number, content, markdown, audience, checks, sha256, author_id, created_at",
    "approval": "draft_id, revision, sha256, approved_by, approved_at",
    "release": "id, draft_id, revision, sha256, channel, released_by, released_at, withdrawn_at",
    "audit": "number, at, actor, act, subject, digest, previous, sha256",
    "draft": "id, request_key, kind, pair_id, session_id, author_id, state, current_revision, brief, passages, citations, engine, secret,"
    " created_at, changed_at",
}
APPROVE = "INSERT INTO approval SELECT draft_id, number, sha256, coalesce(:person, (SELECT author_id FROM draft WHERE id = :draft)), created_at FROM revision WHERE draft_id = :draft AND number = :number"
RELEASE = (
    "INSERT INTO release SELECT :id, draft_id, number, sha256, 'app', coalesce(:person, (SELECT author_id FROM draft WHERE id = :draft)), created_at, NULL"
    " FROM revision WHERE draft_id = :draft AND number = :number"
)
REVISE = (
    "INSERT INTO revision SELECT draft_id, :number, content, markdown, audience, checks, sha256, author_id, created_at"
    " FROM revision WHERE draft_id = :draft AND number = 1"
)
START = (
    "INSERT INTO draft SELECT 'fresh', 'fresh-key', kind, pair_id, session_id, author_id, 'drafting', 0, brief, passages, citations, engine,"
    " secret, created_at, changed_at FROM draft WHERE id = :draft"
)
FIRST_REVISION = (
    "INSERT INTO revision SELECT 'fresh', 1, content, markdown, audience, checks, sha256, author_id, created_at"
    " FROM revision WHERE draft_id = :draft AND number = 1"
)


def connect(home: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(home / "coach.db", isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def contents(home: Path) -> Contents:
    """Return every row of every table, as another reader of the file sees it."""
    connection = connect(home)
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    found = {table: connection.execute(f'SELECT * FROM "{table}" ORDER BY 1').fetchall() for table in tables}  # noqa: S608
    connection.close()
    return found


@pytest.fixture(params=["by sqlite3", "by the coach's database"])
def run(request: pytest.FixtureRequest, home: Path) -> Iterator[Run]:
    """Run one statement in a transaction of its own, through either door; an IntegrityError comes out as that of sqlite3."""
    if request.param == "by sqlite3":
        connection = connect(home)

        def directly(sql: str, **values: object) -> None:
            connection.execute(sql, values)

        yield directly
        connection.close()
        return
    database = open_database(f"sqlite:///{home / 'coach.db'}", home / "migrate.lock")

    def through_the_coach(sql: str, **values: object) -> None:
        try:
            with database.write() as writing:
                writing.exec_driver_sql(sql, values)
        except IntegrityError as error:
            assert isinstance(error.orig, sqlite3.IntegrityError)
            raise error.orig from None

    yield through_the_coach
    database.close()


@pytest.fixture
def ids(home: Path) -> dict[str, str]:
    """A draft that waits for review, one that was approved and released, and a person."""
    connection = connect(home)
    waiting, person = connection.execute("SELECT id, author_id FROM draft WHERE state = 'needs_review' ORDER BY id").fetchone()
    (approved,) = connection.execute("SELECT id FROM draft WHERE state = 'approved' ORDER BY id").fetchone()
    connection.close()
    return {"waiting": waiting, "approved": approved, "person": person}


def refused(home: Path, run: Run, message: str, sql: str, **values: object) -> None:
    before = contents(home)
    with pytest.raises(sqlite3.IntegrityError, match=message):
        run(sql, **values)
    assert contents(home) == before


def edit(run: Run, draft: str) -> None:
    """Add a second revision, as an edit does."""
    run(REVISE, draft=draft, number=2)
    run("UPDATE draft SET current_revision = 2, state = 'needs_review' WHERE id = :draft", draft=draft)


def test_a_release_without_approval_is_refused(home: Path, run: Run, ids: dict[str, str]) -> None:
    message = "only its author can release the current, approved revision"
    refused(home, run, message, RELEASE, id="new", draft=ids["waiting"], number=1, person=None)


def test_a_release_of_another_hash_than_the_approved_one_is_refused(home: Path, run: Run, ids: dict[str, str]) -> None:
    sql = (
        "INSERT INTO release SELECT 'new', draft_id, revision, :sha256, 'app', approved_by, approved_at, NULL"
        " FROM approval WHERE draft_id = :draft"
    )
    refused(home, run, "FOREIGN KEY constraint failed", sql, sha256="f" * 64, draft=ids["approved"])


def test_a_release_that_is_withdrawn_from_the_start_is_refused(home: Path, run: Run, ids: dict[str, str]) -> None:
    sql = (
        "INSERT INTO release SELECT 'new', draft_id, revision, sha256, 'app', approved_by, approved_at, approved_at"
        " FROM approval WHERE draft_id = :draft"
    )
    refused(home, run, "only its author can release the current, approved revision", sql, draft=ids["approved"])


def test_a_release_through_an_unknown_channel_is_refused(home: Path, run: Run, ids: dict[str, str]) -> None:
    sql = (
        "INSERT INTO release SELECT 'new', draft_id, revision, sha256, 'fax', approved_by, approved_at, NULL"
        " FROM approval WHERE draft_id = :draft"
    )
    refused(home, run, "CHECK constraint failed", sql, draft=ids["approved"])


def test_an_approval_of_another_hash_is_refused(home: Path, run: Run, ids: dict[str, str]) -> None:
    sql = "INSERT INTO approval SELECT revision.draft_id, number, :sha256, draft.author_id, revision.created_at FROM revision JOIN draft ON draft.id = draft_id WHERE draft_id = :draft"
    refused(home, run, "FOREIGN KEY constraint failed", sql, sha256="f" * 64, draft=ids["waiting"])


def test_an_approval_of_a_revision_that_does_not_exist_is_refused(home: Path, run: Run, ids: dict[str, str]) -> None:
    sql = "INSERT INTO approval SELECT draft_id, 2, sha256, :person, created_at FROM revision WHERE draft_id = :draft"
    refused(home, run, "can approve the current revision", sql, person=None, draft=ids["waiting"])


def test_an_approval_by_nobody_is_refused(home: Path, run: Run, ids: dict[str, str]) -> None:
    refused(home, run, "only its author can approve", APPROVE, draft=ids["waiting"], number=1, person="nobody")


def test_an_approval_of_an_old_revision_is_refused(home: Path, run: Run, ids: dict[str, str]) -> None:
    edit(run, ids["waiting"])
    message = "only its author can approve the current revision of a draft that needs review"
    refused(home, run, message, APPROVE, draft=ids["waiting"], number=1, person=None)


@pytest.mark.parametrize("state", [DraftState.DRAFTING, DraftState.FAILED, DraftState.DISCARDED])
def test_an_approval_of_a_draft_that_is_not_in_review_is_refused(home: Path, run: Run, ids: dict[str, str], state: DraftState) -> None:
    bring_to(run, ids, state)
    if state is not DraftState.DISCARDED:  # a discarded draft keeps the revision that it had
        run(FIRST_REVISION, draft=ids["waiting"])
    refused(home, run, "can approve the current revision of a draft that needs review", APPROVE, draft="fresh", number=1, person=None)


def test_a_release_of_an_old_revision_after_an_edit_is_refused(home: Path, run: Run, ids: dict[str, str]) -> None:
    edit(run, ids["approved"])
    message = "only its author can release the current, approved revision"
    refused(home, run, message, RELEASE, id="new", draft=ids["approved"], number=1, person=None)


def test_a_release_of_an_old_revision_is_refused_even_when_the_edit_is_approved(home: Path, run: Run, ids: dict[str, str]) -> None:
    edit(run, ids["approved"])
    run(APPROVE, draft=ids["approved"], number=2, person=None)
    run("UPDATE draft SET state = 'approved' WHERE id = :draft", draft=ids["approved"])
    message = "only its author can release the current, approved revision"
    refused(home, run, message, RELEASE, id="old", draft=ids["approved"], number=1, person=None)
    run(RELEASE, id="new", draft=ids["approved"], number=2, person=None)


def test_a_release_after_the_draft_was_discarded_is_refused(home: Path, run: Run, ids: dict[str, str]) -> None:
    run("UPDATE draft SET state = 'discarded' WHERE id = :draft", draft=ids["approved"])
    message = "only its author can release the current, approved revision"
    refused(home, run, message, RELEASE, id="new", draft=ids["approved"], number=1, person=None)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("revision", "a revision is never deleted"),
        ("approval", "an approval is never deleted"),
        ("release", "a release is withdrawn, never deleted"),
        ("audit", "an audit row is never deleted"),
        ("draft", "a draft is discarded, never deleted"),
    ],
)
def test_a_row_that_accounts_for_something_cannot_be_deleted(home: Path, run: Run, table: str, message: str) -> None:
    refused(home, run, message, f"DELETE FROM {table}")  # noqa: S608
    refused(home, run, message, f"DELETE FROM {table}")  # noqa: S608


@pytest.mark.parametrize(
    ("table", "columns", "message"),
    [
        ("revision", COLUMNS["revision"], "a revision is never changed"),
        ("approval", COLUMNS["approval"], "an approval is never changed"),
        ("audit", COLUMNS["audit"], "an audit row is never changed"),
        ("release", "id, draft_id, revision, sha256, channel, released_by", "a release can only be withdrawn, once"),
        ("draft", "id, kind, pair_id, session_id, author_id", "a draft keeps its kind, pair, session and author"),
    ],
)
def test_a_row_that_accounts_for_something_cannot_be_changed(home: Path, run: Run, table: str, columns: str, message: str) -> None:
    special = {"channel": "'docx'", "kind": "'feedback'", "number": "number + 100", "revision": "revision + 1"}
    withdrawing = ", withdrawn_at = released_at" if table == "release" else ""
    for column in columns.split(", "):
        change = f"{column} = {special.get(column, repr('other'))}{withdrawing}"
        refused(home, run, message, f"UPDATE {table} SET {change}")  # noqa: S608


def test_a_withdrawn_release_stays_withdrawn(home: Path, run: Run) -> None:
    run("UPDATE release SET withdrawn_at = '2026-03-06 12:00:00.000000' WHERE id = (SELECT min(id) FROM release)")
    refused(home, run, "only be withdrawn, once", "UPDATE release SET withdrawn_at = NULL WHERE id = (SELECT min(id) FROM release)")
    refused(home, run, "only be withdrawn, once", "UPDATE release SET withdrawn_at = released_at WHERE id = (SELECT min(id) FROM release)")


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("revision", "revisions are numbered without gaps"),
        ("approval", "only its author can approve the current revision of a draft that needs review"),
        ("release", "only its author can release the current, approved revision"),
        ("audit", "an audit row continues the chain"),
        ("draft", "a draft starts in drafting"),
    ],
)
def test_a_row_that_accounts_for_something_cannot_be_replaced(home: Path, run: Run, table: str, message: str) -> None:
    same = f"INSERT OR REPLACE INTO {table} ({COLUMNS[table]}) SELECT {COLUMNS[table]} FROM {table} ORDER BY 1 DESC, 2 DESC LIMIT 1"  # noqa: S608
    refused(home, run, message, same)
    refused(home, run, message, same.replace("INSERT OR REPLACE", "REPLACE"))


def test_a_draft_cannot_be_replaced_through_its_request_key(home: Path, run: Run, ids: dict[str, str]) -> None:
    bring_to(run, ids, DraftState.DRAFTING)
    sql = START.replace("INSERT", "INSERT OR REPLACE").replace("'fresh'", "'another'")
    refused(home, run, "a draft starts in drafting", sql, draft=ids["waiting"])


def test_an_audit_row_cannot_be_replaced_through_its_fingerprint(home: Path, run: Run) -> None:
    sql = (
        "INSERT OR REPLACE INTO audit SELECT 1 + max(number), 'x', 'x', 'x', 'x', 'x', (SELECT sha256 FROM audit ORDER BY number DESC LIMIT 1),"
        " (SELECT sha256 FROM audit WHERE number = 2) FROM audit"
    )
    refused(home, run, ".", sql)


@pytest.mark.parametrize("table", ["draft", "revision", "approval", "release", "audit"])
def test_no_row_can_be_reached_behind_its_key(home: Path, run: Run, table: str) -> None:
    with pytest.raises((sqlite3.OperationalError, OperationalError), match="no such column: rowid"):
        run(f"UPDATE OR REPLACE {table} SET rowid = 1")  # noqa: S608


def test_nobody_but_the_author_can_approve_or_release(home: Path, run: Run, ids: dict[str, str]) -> None:
    connection = connect(home)
    (mentee,) = connection.execute(
        "SELECT mentee_id FROM pair JOIN draft ON draft.pair_id = pair.id WHERE draft.id = ?", (ids["waiting"],)
    ).fetchone()
    (other,) = connection.execute(
        "SELECT mentee_id FROM pair JOIN draft ON draft.pair_id = pair.id WHERE draft.id = ?", (ids["approved"],)
    ).fetchone()
    connection.close()
    refused(home, run, "only its author can approve", APPROVE, draft=ids["waiting"], number=1, person=mentee)
    refused(home, run, "only its author can release", RELEASE, id="new", draft=ids["approved"], number=1, person=other)


def test_an_unfinished_draft_cannot_be_replaced_through_another_ones_request_key(home: Path, run: Run, ids: dict[str, str]) -> None:
    bring_to(run, ids, DraftState.FAILED)
    refused(home, run, ".", "UPDATE OR REPLACE draft SET request_key = 'fresh-key' WHERE id = :draft", draft=ids["waiting"])


@pytest.mark.parametrize("state", [state for state in DraftState if state is not DraftState.DRAFTING])
def test_a_draft_cannot_be_inserted_in_any_state_but_drafting(home: Path, run: Run, ids: dict[str, str], state: DraftState) -> None:
    refused(home, run, "a draft starts in drafting", START.replace("'drafting'", f"'{state}'"), draft=ids["waiting"])


def test_a_draft_cannot_be_inserted_with_a_current_revision(home: Path, run: Run, ids: dict[str, str]) -> None:
    refused(home, run, "a draft starts in drafting", START.replace("'drafting', 0", "'drafting', 1"), draft=ids["waiting"])


def test_a_state_that_nobody_knows_is_refused(home: Path, run: Run, ids: dict[str, str]) -> None:
    refused(home, run, "cannot go from that state", "UPDATE draft SET state = 'sent' WHERE id = :draft", draft=ids["waiting"])


def bring_to(run: Run, ids: dict[str, str], state: DraftState) -> None:
    """Make the draft `fresh` and bring it to a state by the steps that a draft takes; where it can have an approval, it has one."""
    run(START, draft=ids["waiting"])
    if state is DraftState.DRAFTING:
        return
    if state is DraftState.FAILED:
        run("UPDATE draft SET state = 'failed' WHERE id = 'fresh'")
        return
    run(FIRST_REVISION, draft=ids["waiting"])
    run("UPDATE draft SET state = 'needs_review', current_revision = 1 WHERE id = 'fresh'")
    run(APPROVE, draft="fresh", number=1, person=None)
    if state is not DraftState.NEEDS_REVIEW:
        run("UPDATE draft SET state = 'approved' WHERE id = 'fresh'")
    if state is DraftState.DISCARDED:
        run("UPDATE draft SET state = 'discarded' WHERE id = 'fresh'")


@pytest.mark.parametrize(("old", "new"), list(permutations(DraftState, 2)))
def test_the_database_and_the_domain_agree_on_every_move(
    home: Path, run: Run, ids: dict[str, str], old: DraftState, new: DraftState
) -> None:
    bring_to(run, ids, old)
    sql = "UPDATE draft SET state = :state WHERE id = 'fresh'"
    if not may_move(old, new):
        refused(home, run, "a draft cannot go from that state to this one|approved only by an approval", sql, state=new.value)
        return
    if new is DraftState.NEEDS_REVIEW and old is DraftState.DRAFTING:
        refused(
            home, run, "a draft cannot go from that state to this one", sql, state=new.value
        )  # without a revision there is nothing to review
        run(FIRST_REVISION, draft=ids["waiting"])
        sql = sql.replace("SET state", "SET current_revision = 1, state")
    run(sql, state=new.value)
    connection = connect(home)
    assert connection.execute("SELECT state FROM draft WHERE id = 'fresh'").fetchone() == (new.value,)
    connection.close()


@pytest.mark.parametrize("number", [1, 3, 0, -1])
def test_a_gap_or_a_repetition_in_revision_numbers_is_refused(home: Path, run: Run, ids: dict[str, str], number: int) -> None:
    refused(home, run, "revisions are numbered without gaps", REVISE, draft=ids["waiting"], number=number)


def test_a_draft_does_not_go_back_to_an_earlier_revision(home: Path, run: Run, ids: dict[str, str]) -> None:
    edit(run, ids["waiting"])
    message = "a new revision returns a draft to needs_review"
    refused(home, run, message, "UPDATE draft SET current_revision = 1 WHERE id = :draft", draft=ids["waiting"])
    refused(home, run, message, "UPDATE draft SET current_revision = 0 WHERE id = :draft", draft=ids["waiting"])


def test_a_draft_does_not_go_on_to_a_revision_that_does_not_exist(home: Path, run: Run, ids: dict[str, str]) -> None:
    message = "a new revision returns a draft to needs_review"
    refused(home, run, message, "UPDATE draft SET current_revision = 2 WHERE id = :draft", draft=ids["waiting"])


def test_a_new_revision_never_takes_over_the_approval_of_the_last(home: Path, run: Run, ids: dict[str, str]) -> None:
    run(REVISE, draft=ids["approved"], number=2)
    message = "a new revision returns a draft to needs_review"
    refused(home, run, message, "UPDATE draft SET current_revision = 2 WHERE id = :draft", draft=ids["approved"])


def test_a_draft_becomes_approved_only_by_an_approval_of_its_current_revision(home: Path, run: Run, ids: dict[str, str]) -> None:
    message = "a draft is approved only by an approval of its current revision"
    approved = "UPDATE draft SET state = 'approved' WHERE id = :draft"
    refused(home, run, message, approved, draft=ids["waiting"])
    edit(run, ids["approved"])
    refused(home, run, message, approved, draft=ids["approved"])


@pytest.mark.parametrize(
    ("number", "previous"),
    [("max(number) + 2", "last"), ("max(number)", "last"), ("0", "last"), ("max(number) + 1", "''"), ("max(number) + 1", "first")],
)
def test_an_audit_row_that_does_not_continue_the_chain_is_refused(home: Path, run: Run, number: str, previous: str) -> None:
    link = {
        "last": "(SELECT sha256 FROM audit ORDER BY number DESC LIMIT 1)",
        "first": "(SELECT sha256 FROM audit ORDER BY number LIMIT 1)",
    }.get(previous, previous)
    sql = f"INSERT INTO audit SELECT {number}, 'x', 'x', 'x', 'x', 'x', {link}, 'x' FROM audit"  # noqa: S608
    refused(home, run, "an audit row continues the chain", sql)


def test_nobody_is_paired_with_themselves(home: Path, run: Run) -> None:
    refused(home, run, "CHECK constraint failed: ck_pair_two_people", "UPDATE pair SET mentee_id = mentor_id")
    sql = "INSERT INTO pair SELECT 'new', programme_id, mentor_id, mentor_id, starts, review, ends FROM pair LIMIT 1"
    refused(home, run, "CHECK constraint failed: ck_pair_two_people", sql)


@pytest.mark.parametrize("minimum", [4, 1, 0, -5])
def test_the_minimum_group_never_goes_below_five(home: Path, run: Run, minimum: int) -> None:
    message = "CHECK constraint failed: ck_programme_minimum_group"
    refused(home, run, message, "UPDATE programme SET minimum_group = :minimum", minimum=minimum)


def test_the_minimum_group_may_be_raised(home: Path, run: Run) -> None:
    run("UPDATE programme SET minimum_group = 8")
    assert [row[7] for row in contents(home)["programme"]] == [8]
