"""The database itself refuses what no human approved, whoever writes to it and through which door."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, event, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from coach.domain.drafts import DraftState, may_move
from coach.settings import Settings
from coach.store.database import open_database
from tests import databases

Run = Callable[..., None]

COLUMNS = {
    "revision": "draft_id, number, content, markdown, audience, checks, sha256, author_id, created_at",
    "approval": "draft_id, revision, sha256, approved_by, approved_at",
    "release": "id, draft_id, revision, sha256, channel, released_by, released_at, withdrawn_at",
    "audit": "number, at, actor, act, subject, digest, previous, sha256",
    "draft": "id, request_key, kind, pair_id, session_id, author_id, state, current_revision, brief, passages, citations, engine, secret,"
    " created_at, changed_at",
}
KEYS = {"revision": "draft_id, number", "approval": "draft_id, revision", "release": "id", "audit": "number", "draft": "id"}
A_DAY = "'2001-02-03 04:05:06.000000'"
NO_SUCH_ROW = "FOREIGN KEY constraint failed|violates foreign key constraint"
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
    f"INSERT INTO draft ({COLUMNS['draft']}) SELECT 'fresh', 'fresh-key', kind, pair_id, session_id, author_id, 'drafting', 0, brief, passages, citations, engine,"  # noqa: S608
    " secret, created_at, changed_at FROM draft WHERE id = :draft"
)
FIRST_REVISION = (
    "INSERT INTO revision SELECT 'fresh', 1, content, markdown, audience, checks, sha256, author_id, created_at"
    " FROM revision WHERE draft_id = :draft AND number = 1"
)


@dataclass(frozen=True)
class Door:
    """One way into one database; each statement is a transaction of its own."""

    settings: Settings
    run: Run

    @property
    def on_sqlite(self) -> bool:
        return not self.settings.database_url

    def found(self, sql: str, **values: object) -> Any:
        """Return the first row that a query finds."""
        engine = create_engine(self.settings.url)
        with engine.connect() as connection:
            row = connection.execute(text(sql), values).first()
        engine.dispose()
        return row


def directly(settings: Settings) -> Iterator[Run]:
    engine = create_engine(settings.url)
    if not settings.database_url:
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA foreign_keys = ON"))

    def run(sql: str, **values: object) -> None:
        with engine.begin() as connection:
            connection.execute(text(sql), values)

    yield run
    engine.dispose()


def through_the_coach(settings: Settings) -> Iterator[Run]:
    database = open_database(settings.url, settings.home / "migrate.lock")

    def run(sql: str, **values: object) -> None:
        with database.write() as connection:
            connection.execute(text(sql), values)

    yield run
    database.close()


WAYS = {
    "sqlite, directly": ("sqlite", directly),
    "sqlite, through the coach": ("sqlite", through_the_coach),
    "postgresql, directly": ("postgresql", directly),
}


@pytest.fixture(params=WAYS)
def door(request: pytest.FixtureRequest, tmp_path: Path, loaded_home: Path) -> Iterator[Door]:
    kind, way = WAYS[request.param]
    with databases.with_sample(kind, tmp_path / "home", loaded_home) as settings:
        for run in way(settings):
            yield Door(settings, run)


on_sqlite = pytest.mark.parametrize("door", [way for way in WAYS if way.startswith("sqlite")], indirect=True)
on_postgresql = pytest.mark.parametrize("door", ["postgresql, directly"], indirect=True)


@pytest.fixture
def ids(door: Door) -> dict[str, str]:
    """A draft that waits for review, one that was approved and released, and a person."""
    waiting, person = door.found("SELECT id, author_id FROM draft WHERE state = 'needs_review' ORDER BY id")
    (approved,) = door.found("SELECT id FROM draft WHERE state = 'approved' AND kind = 'agenda' ORDER BY id")
    return {"waiting": waiting, "approved": approved, "person": person}


def refused(door: Door, message: str, sql: str, **values: object) -> None:
    before = databases.contents(door.settings)
    with pytest.raises(IntegrityError, match=message):
        door.run(sql, **values)
    assert databases.contents(door.settings) == before


def edit(door: Door, draft: str) -> None:
    """Add a second revision, as an edit does."""
    door.run(REVISE, draft=draft, number=2)
    door.run("UPDATE draft SET current_revision = 2, state = 'needs_review' WHERE id = :draft", draft=draft)


def test_a_release_without_approval_is_refused(door: Door, ids: dict[str, str]) -> None:
    message = "only its author can release the current, approved revision"
    refused(door, message, RELEASE, id="new", draft=ids["waiting"], number=1, person=None)


def test_a_release_of_another_hash_than_the_approved_one_is_refused(door: Door, ids: dict[str, str]) -> None:
    sql = (
        "INSERT INTO release SELECT 'new', draft_id, revision, :sha256, 'app', approved_by, approved_at, NULL"
        " FROM approval WHERE draft_id = :draft"
    )
    refused(door, NO_SUCH_ROW, sql, sha256="f" * 64, draft=ids["approved"])


def test_a_release_that_is_withdrawn_from_the_start_is_refused(door: Door, ids: dict[str, str]) -> None:
    sql = (
        "INSERT INTO release SELECT 'new', draft_id, revision, sha256, 'app', approved_by, approved_at, approved_at"
        " FROM approval WHERE draft_id = :draft"
    )
    refused(door, "only its author can release the current, approved revision", sql, draft=ids["approved"])


def test_a_release_through_an_unknown_channel_is_refused(door: Door, ids: dict[str, str]) -> None:
    sql = (
        "INSERT INTO release SELECT 'new', draft_id, revision, sha256, 'fax', approved_by, approved_at, NULL"
        " FROM approval WHERE draft_id = :draft"
    )
    refused(door, "CHECK constraint failed|violates check constraint", sql, draft=ids["approved"])


def test_an_approval_of_another_hash_is_refused(door: Door, ids: dict[str, str]) -> None:
    sql = "INSERT INTO approval SELECT revision.draft_id, number, :sha256, draft.author_id, revision.created_at FROM revision JOIN draft ON draft.id = draft_id WHERE draft_id = :draft"
    refused(door, NO_SUCH_ROW, sql, sha256="f" * 64, draft=ids["waiting"])


def test_an_approval_of_a_revision_that_does_not_exist_is_refused(door: Door, ids: dict[str, str]) -> None:
    sql = "INSERT INTO approval SELECT draft_id, 2, sha256, :person, created_at FROM revision WHERE draft_id = :draft"
    refused(door, "can approve the current revision", sql, person=None, draft=ids["waiting"])


def test_an_approval_by_nobody_is_refused(door: Door, ids: dict[str, str]) -> None:
    refused(door, "only its author can approve", APPROVE, draft=ids["waiting"], number=1, person="nobody")


def test_an_approval_of_an_old_revision_is_refused(door: Door, ids: dict[str, str]) -> None:
    edit(door, ids["waiting"])
    message = "only its author can approve the current revision of a draft that needs review"
    refused(door, message, APPROVE, draft=ids["waiting"], number=1, person=None)


@pytest.mark.parametrize("state", [DraftState.DRAFTING, DraftState.FAILED, DraftState.DISCARDED])
def test_an_approval_of_a_draft_that_is_not_in_review_is_refused(door: Door, ids: dict[str, str], state: DraftState) -> None:
    bring_to(door, ids, state)
    if state is not DraftState.DISCARDED:  # a discarded draft keeps the revision that it had
        door.run(FIRST_REVISION, draft=ids["waiting"])
    refused(door, "can approve the current revision of a draft that needs review", APPROVE, draft="fresh", number=1, person=None)


def test_a_release_of_an_old_revision_after_an_edit_is_refused(door: Door, ids: dict[str, str]) -> None:
    edit(door, ids["approved"])
    message = "only its author can release the current, approved revision"
    refused(door, message, RELEASE, id="new", draft=ids["approved"], number=1, person=None)


def test_a_release_of_an_old_revision_is_refused_even_when_the_edit_is_approved(door: Door, ids: dict[str, str]) -> None:
    edit(door, ids["approved"])
    door.run(APPROVE, draft=ids["approved"], number=2, person=None)
    door.run("UPDATE draft SET state = 'approved' WHERE id = :draft", draft=ids["approved"])
    message = "only its author can release the current, approved revision"
    refused(door, message, RELEASE, id="old", draft=ids["approved"], number=1, person=None)
    door.run(RELEASE, id="new", draft=ids["approved"], number=2, person=None)


def test_a_release_after_the_draft_was_discarded_is_refused(door: Door, ids: dict[str, str]) -> None:
    door.run("UPDATE draft SET state = 'discarded' WHERE id = :draft", draft=ids["approved"])
    message = "only its author can release the current, approved revision"
    refused(door, message, RELEASE, id="new", draft=ids["approved"], number=1, person=None)


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
def test_a_row_that_accounts_for_something_cannot_be_deleted(door: Door, table: str, message: str) -> None:
    refused(door, message, f"DELETE FROM {table}")  # noqa: S608
    refused(door, message, f"DELETE FROM {table}")  # noqa: S608


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
def test_a_row_that_accounts_for_something_cannot_be_changed(door: Door, table: str, columns: str, message: str) -> None:
    special = {"channel": "'docx'", "kind": "'feedback'", "number": "number + 100", "revision": "revision + 1"}
    special |= {"checks": "'[1]'", "created_at": A_DAY, "approved_at": A_DAY}
    withdrawing = ", withdrawn_at = released_at" if table == "release" else ""
    for column in columns.split(", "):
        change = f"{column} = {special.get(column, repr('other'))}{withdrawing}"
        refused(door, message, f"UPDATE {table} SET {change}")  # noqa: S608


def test_a_withdrawn_release_stays_withdrawn(door: Door) -> None:
    door.run("UPDATE release SET withdrawn_at = '2026-03-06 12:00:00.000000' WHERE id = (SELECT min(id) FROM release)")
    refused(door, "only be withdrawn, once", "UPDATE release SET withdrawn_at = NULL WHERE id = (SELECT min(id) FROM release)")
    refused(door, "only be withdrawn, once", "UPDATE release SET withdrawn_at = released_at WHERE id = (SELECT min(id) FROM release)")


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
def test_a_row_that_accounts_for_something_cannot_be_replaced(door: Door, table: str, message: str) -> None:
    same = f"INSERT INTO {table} ({COLUMNS[table]}) SELECT {COLUMNS[table]} FROM {table} ORDER BY 1 DESC, 2 DESC LIMIT 1"  # noqa: S608
    for sql in overwriting(door, same, KEYS[table]):
        refused(door, message, sql)


def overwriting(door: Door, insert: str, key: str) -> list[str]:
    """Return the ways to say the same, but replacing the row that has this key."""
    if door.on_sqlite:
        return [insert.replace("INSERT", word, 1) for word in ("INSERT OR REPLACE", "REPLACE")]
    return [f"{insert} ON CONFLICT ({key}) DO UPDATE SET {column} = excluded.{column}" for column in key.split(", ")]


def test_a_draft_cannot_be_replaced_through_its_request_key(door: Door, ids: dict[str, str]) -> None:
    bring_to(door, ids, DraftState.DRAFTING)
    for sql in overwriting(door, START.replace("'fresh'", "'another'"), "request_key"):
        refused(door, "a draft starts in drafting", sql, draft=ids["waiting"])


def test_an_audit_row_cannot_be_replaced_through_its_fingerprint(door: Door) -> None:
    insert = (
        "INSERT INTO audit SELECT 1 + max(number), 'x', 'x', 'x', 'x', 'x', (SELECT sha256 FROM audit ORDER BY number DESC LIMIT 1),"
        " (SELECT sha256 FROM audit WHERE number = 2) FROM audit"
    )
    for sql in overwriting(door, insert, "sha256"):
        refused(door, "an audit row continues the chain", sql)


@on_sqlite
@pytest.mark.parametrize("table", ["draft", "revision", "approval", "release", "audit"])
def test_no_row_can_be_reached_behind_its_key(door: Door, table: str) -> None:
    with pytest.raises(DBAPIError, match="no such column: rowid"):
        door.run(f"UPDATE OR REPLACE {table} SET rowid = 1")  # noqa: S608


@on_postgresql
@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("revision", "a revision is never deleted|an approval is never deleted|a release is withdrawn, never deleted"),
        ("release", "a release is withdrawn, never deleted"),
        ("audit", "an audit row is never deleted"),
        ("person", "never deleted"),
    ],
)
def test_a_table_that_accounts_for_something_cannot_be_emptied(door: Door, table: str, message: str) -> None:
    refused(door, message, f"TRUNCATE {table} CASCADE")


@on_postgresql
def test_a_temporary_table_stands_in_for_no_real_one(door: Door, ids: dict[str, str]) -> None:
    sql = (
        "CREATE TEMPORARY TABLE approval AS SELECT draft_id, number AS revision, sha256 FROM revision;"
        " UPDATE draft SET state = 'approved' WHERE id = '{draft}'"
    )
    refused(door, "a draft is approved only by an approval of its current revision", sql.format(draft=ids["waiting"]))


@on_postgresql
def test_a_merge_changes_no_row_that_accounts_for_something(door: Door) -> None:
    sql = "MERGE INTO audit USING (VALUES (1)) AS given(number) ON audit.number = given.number WHEN MATCHED THEN UPDATE SET actor = 'x'"
    refused(door, "an audit row is never changed", sql)


def test_nobody_but_the_author_can_approve_or_release(door: Door, ids: dict[str, str]) -> None:
    mentee_of = "SELECT mentee_id FROM pair JOIN draft ON draft.pair_id = pair.id WHERE draft.id = :draft"
    (mentee,), (other,) = (door.found(mentee_of, draft=ids[which]) for which in ("waiting", "approved"))
    refused(door, "only its author can approve", APPROVE, draft=ids["waiting"], number=1, person=mentee)
    refused(door, "only its author can release", RELEASE, id="new", draft=ids["approved"], number=1, person=other)


@on_sqlite
def test_an_unfinished_draft_cannot_be_replaced_through_another_ones_request_key(door: Door, ids: dict[str, str]) -> None:
    bring_to(door, ids, DraftState.FAILED)
    refused(door, ".", "UPDATE OR REPLACE draft SET request_key = 'fresh-key' WHERE id = :draft", draft=ids["waiting"])


@pytest.mark.parametrize("state", [state for state in DraftState if state is not DraftState.DRAFTING])
def test_a_draft_cannot_be_inserted_in_any_state_but_drafting(door: Door, ids: dict[str, str], state: DraftState) -> None:
    refused(door, "a draft starts in drafting", START.replace("'drafting'", f"'{state}'"), draft=ids["waiting"])


def test_a_draft_cannot_be_inserted_with_a_current_revision(door: Door, ids: dict[str, str]) -> None:
    refused(door, "a draft starts in drafting", START.replace("'drafting', 0", "'drafting', 1"), draft=ids["waiting"])


def test_a_state_that_nobody_knows_is_refused(door: Door, ids: dict[str, str]) -> None:
    refused(door, "cannot go from that state", "UPDATE draft SET state = 'sent' WHERE id = :draft", draft=ids["waiting"])


def bring_to(door: Door, ids: dict[str, str], state: DraftState) -> None:
    """Make the draft `fresh` and bring it to a state by the steps that a draft takes; where it can have an approval, it has one."""
    door.run(START, draft=ids["waiting"])
    if state is DraftState.DRAFTING:
        return
    if state is DraftState.FAILED:
        door.run("UPDATE draft SET state = 'failed' WHERE id = 'fresh'")
        return
    door.run(FIRST_REVISION, draft=ids["waiting"])
    door.run("UPDATE draft SET state = 'needs_review', current_revision = 1 WHERE id = 'fresh'")
    door.run(APPROVE, draft="fresh", number=1, person=None)
    if state is not DraftState.NEEDS_REVIEW:
        door.run("UPDATE draft SET state = 'approved' WHERE id = 'fresh'")
    if state is DraftState.DISCARDED:
        door.run("UPDATE draft SET state = 'discarded' WHERE id = 'fresh'")


@pytest.mark.parametrize(("old", "new"), list(permutations(DraftState, 2)))
def test_the_database_and_the_domain_agree_on_every_move(door: Door, ids: dict[str, str], old: DraftState, new: DraftState) -> None:
    bring_to(door, ids, old)
    sql = "UPDATE draft SET state = :state WHERE id = 'fresh'"
    if not may_move(old, new):
        refused(door, "a draft cannot go from that state to this one|approved only by an approval", sql, state=new.value)
        return
    if new is DraftState.NEEDS_REVIEW and old is DraftState.DRAFTING:
        refused(
            door, "a draft cannot go from that state to this one", sql, state=new.value
        )  # without a revision there is nothing to review
        door.run(FIRST_REVISION, draft=ids["waiting"])
        sql = sql.replace("SET state", "SET current_revision = 1, state")
    door.run(sql, state=new.value)
    assert door.found("SELECT state FROM draft WHERE id = 'fresh'") == (new.value,)


@pytest.mark.parametrize("number", [1, 3, 0, -1])
def test_a_gap_or_a_repetition_in_revision_numbers_is_refused(door: Door, ids: dict[str, str], number: int) -> None:
    refused(door, "revisions are numbered without gaps", REVISE, draft=ids["waiting"], number=number)


def test_a_draft_does_not_go_back_to_an_earlier_revision(door: Door, ids: dict[str, str]) -> None:
    edit(door, ids["waiting"])
    message = "a new revision returns a draft to needs_review"
    refused(door, message, "UPDATE draft SET current_revision = 1 WHERE id = :draft", draft=ids["waiting"])
    refused(door, message, "UPDATE draft SET current_revision = 0 WHERE id = :draft", draft=ids["waiting"])


def test_a_draft_does_not_go_on_to_a_revision_that_does_not_exist(door: Door, ids: dict[str, str]) -> None:
    message = "a new revision returns a draft to needs_review"
    refused(door, message, "UPDATE draft SET current_revision = 2 WHERE id = :draft", draft=ids["waiting"])


def test_a_new_revision_never_takes_over_the_approval_of_the_last(door: Door, ids: dict[str, str]) -> None:
    door.run(REVISE, draft=ids["approved"], number=2)
    message = "a new revision returns a draft to needs_review"
    refused(door, message, "UPDATE draft SET current_revision = 2 WHERE id = :draft", draft=ids["approved"])


def test_a_draft_becomes_approved_only_by_an_approval_of_its_current_revision(door: Door, ids: dict[str, str]) -> None:
    message = "a draft is approved only by an approval of its current revision"
    approved = "UPDATE draft SET state = 'approved' WHERE id = :draft"
    refused(door, message, approved, draft=ids["waiting"])
    edit(door, ids["approved"])
    refused(door, message, approved, draft=ids["approved"])


@pytest.mark.parametrize(
    ("number", "previous"),
    [("max(number) + 2", "last"), ("max(number)", "last"), ("0", "last"), ("max(number) + 1", "''"), ("max(number) + 1", "first")],
)
def test_an_audit_row_that_does_not_continue_the_chain_is_refused(door: Door, number: str, previous: str) -> None:
    link = {
        "last": "(SELECT sha256 FROM audit ORDER BY number DESC LIMIT 1)",
        "first": "(SELECT sha256 FROM audit ORDER BY number LIMIT 1)",
    }.get(previous, previous)
    sql = f"INSERT INTO audit SELECT {number}, 'x', 'x', 'x', 'x', 'x', {link}, 'x' FROM audit"  # noqa: S608
    refused(door, "an audit row continues the chain", sql)


def test_nobody_is_paired_with_themselves(door: Door) -> None:
    refused(door, "ck_pair_two_people", "UPDATE pair SET mentee_id = mentor_id")
    sql = "INSERT INTO pair (id, programme_id, mentor_id, mentee_id, starts) SELECT 'new', programme_id, mentor_id, mentor_id, starts FROM pair LIMIT 1"
    refused(door, "ck_pair_two_people", sql)


@pytest.mark.parametrize("minimum", [4, 1, 0, -5])
def test_the_minimum_group_never_goes_below_five(door: Door, minimum: int) -> None:
    message = "ck_programme_minimum_group"
    refused(door, message, "UPDATE programme SET minimum_group = :minimum", minimum=minimum)


def test_the_minimum_group_may_be_raised(door: Door) -> None:
    door.run("UPDATE programme SET minimum_group = 8")
    assert [row[7] for row in databases.contents(door.settings)["programme"]] == [8]


ADD = (
    "INSERT INTO document (id, programme_id, scope, file, title, audience, stage, sources, text, bytes, questions, sha256, origin, version)"
    " SELECT :id, :programme, :scope, :file, 'x', '[]', '[]', '[]', 'x', 1, '{}', 'x', :origin, 1"
)


@pytest.mark.parametrize("change", ["scope = 'installation', programme_id = NULL", "id = 'other'", "version = 0"])
def test_a_document_that_goes_to_another_programme_or_back_is_refused(door: Door, change: str) -> None:
    (programme,) = door.found("SELECT id FROM programme")
    door.run(ADD, id="own", programme=programme, scope=programme, file="own.md", origin="added")
    refused(door, "a document stays with its programme", f"UPDATE document SET {change} WHERE id = 'own'")  # noqa: S608


@pytest.mark.parametrize(
    ("programme", "scope", "origin"),
    [(True, "installation", "added"), (True, "shipped", "added"), (False, "another", "added"), (False, "installation", "shipped")],
)
def test_a_document_whose_scope_is_not_its_programme_is_refused(door: Door, programme: bool, scope: str, origin: str) -> None:
    (known,) = door.found("SELECT id FROM programme")
    sql = "CHECK constraint failed|violates check constraint"
    refused(door, sql, ADD, id="own", programme=known if programme else None, scope=scope, file="own.md", origin=origin)


def test_two_documents_of_one_name_in_one_programme_are_refused(door: Door) -> None:
    (known,) = door.found("SELECT id FROM programme")
    door.run(ADD, id="one", programme=known, scope=known, file="own.md", origin="added")
    refused(door, "UNIQUE constraint failed|duplicate key", ADD, id="two", programme=known, scope=known, file="own.md", origin="added")
    door.run(ADD, id="three", programme=None, scope="installation", file="own.md", origin="added")
