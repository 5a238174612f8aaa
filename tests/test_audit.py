"""Every step is accounted for once, in rows that say nothing of anybody, and whoever tampers with them is found out."""

import hashlib
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import Connection, func, select, text

from coach.domain.review import Channel, WorkingCopy, canonical
from coach.errors import CoachError
from coach.services import preparing, releasing, reviewing
from coach.services.accounting import verify_audit
from coach.services.parts import Parts
from coach.services.sample import FILE
from coach.settings import Settings
from coach.store.audit import Verified
from coach.store.database import open_database
from coach.store.tables import audit
from tests.databases import empty, unguarded

SHAPES = {
    "at": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00",
    "actor": "[0-9a-f]{20}",
    "act": r"draft\.(started|failed\.[a-z_]+|restarted|finished\.[a-z]+|edited|approved|discarded|withdrawn|released\.(app|markdown|docx))"
    r"|action\.(done|reopened)",
    "subject": "[0-9a-f]{20}",
    "digest": "[0-9a-f]{64}",
    "previous": "([0-9a-f]{64})?",
    "sha256": "[0-9a-f]{64}",
}
LINKED = ("number", "at", "actor", "act", "subject", "digest", "previous")


def trail(parts: Parts) -> list[Any]:
    with parts.database.read() as connection:
        return list(connection.execute(text("SELECT * FROM audit ORDER BY number")).mappings())


class NoEngine:
    """An engine that never drafts anything."""

    name = "builtin"

    def kinds(self) -> frozenset[Any]:
        return frozenset()


@pytest.fixture
def walked(parts: Parts, showcase: Any) -> tuple[str, list[str]]:
    """A draft that took every step there is; its id, and what each step wrote."""
    mentor, written = showcase.mentor, []

    def step(act: Callable[[], Any]) -> Any:
        before = len(trail(parts))
        with suppress(CoachError):
            done = act()
            written.append([row["act"] for row in trail(parts)[before:]])
            return done
        written.append([row["act"] for row in trail(parts)[before:]])
        return None

    def approve() -> None:
        revision = reviewing.open_draft(parts, mentor, draft_id).revision
        reviewing.approve(parts, mentor, draft_id, revision.number, revision.sha256)

    failing = replace(parts, engines={"builtin": NoEngine()})
    step(lambda: preparing.draft_agenda(failing, mentor, showcase.session.id, "click"))
    draft_id = step(lambda: preparing.draft_agenda(parts, mentor, showcase.session.id, "click"))
    content = reviewing.open_draft(parts, mentor, draft_id).revision.content.model_dump(mode="json")
    step(lambda: reviewing.keep_unsaved(parts, mentor, draft_id, WorkingCopy(base=1, content=content)))
    step(lambda: reviewing.save_edit(parts, mentor, draft_id, 1, content | {"purpose": "To listen to Gwendolyn."}))
    step(lambda: reviewing.save_edit(parts, mentor, draft_id, 1, content))
    step(lambda: releasing.release_to_readers(parts, mentor, draft_id))
    step(approve)
    step(approve)
    step(lambda: releasing.release_to_readers(parts, mentor, draft_id))
    step(lambda: releasing.release_as_file(parts, mentor, draft_id, Channel.MARKDOWN, len))
    step(lambda: releasing.release_as_file(parts, mentor, draft_id, Channel.DOCX, len))
    step(lambda: releasing.withdraw(parts, mentor, draft_id))
    step(lambda: releasing.withdraw(parts, mentor, draft_id))
    step(lambda: reviewing.save_edit(parts, mentor, draft_id, 2, content))
    step(lambda: reviewing.answer(parts, mentor, draft_id, 3, {"topic": "The rota"}))
    step(lambda: reviewing.discard(parts, mentor, draft_id))
    step(lambda: reviewing.discard(parts, mentor, draft_id))
    return draft_id, [", ".join(acts) for acts in written]


def test_each_step_writes_one_row_and_a_refused_one_writes_none(parts: Parts, walked: tuple[str, list[str]]) -> None:
    _, written = walked
    assert written == [
        "draft.started, draft.failed.internal",
        "draft.restarted, draft.finished.builtin",
        "",  # keeping an unsaved text is no step
        "draft.edited",
        "",  # somebody saved first
        "",  # not approved yet
        "draft.approved",
        "",  # approved already
        "draft.released.app",
        "draft.released.markdown",
        "draft.released.docx",
        "draft.withdrawn",
        "",  # nothing to withdraw
        "draft.edited",
        "",  # approved before, so no answer changes what it was made from
        "draft.discarded",
        "",  # discarded already
    ]
    assert verify_audit(parts).first_wrong is None


def test_a_release_over_an_earlier_one_is_two_steps(parts: Parts, showcase: Any) -> None:
    draft_id = preparing.draft_agenda(parts, showcase.mentor, showcase.session.id, "click")
    revision = reviewing.open_draft(parts, showcase.mentor, draft_id).revision
    reviewing.approve(parts, showcase.mentor, draft_id, 1, revision.sha256)
    releasing.release_to_readers(parts, showcase.mentor, draft_id)
    before = len(trail(parts))
    releasing.release_to_readers(parts, showcase.mentor, draft_id)
    assert [row["act"] for row in trail(parts)[before:]] == ["draft.withdrawn", "draft.released.app"]


def test_each_row_names_who_did_it_to_which_draft(parts: Parts, showcase: Any, walked: tuple[str, list[str]]) -> None:
    draft_id, _ = walked
    mine = [row for row in trail(parts) if row["subject"] == draft_id]
    assert {row["actor"] for row in mine} == {showcase.mentor}
    assert len(mine) == 12


def test_every_column_holds_an_opaque_id_a_digest_a_moment_or_an_act(parts: Parts, walked: tuple[str, list[str]]) -> None:
    for row in trail(parts):
        for column, shape in SHAPES.items():
            assert re.fullmatch(shape, row[column]), (column, row[column])
    assert set(trail(parts)[0]) == {"number", *SHAPES}


def strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [found for each in inner for found in strings(each)]


def test_no_row_holds_a_name_an_address_or_a_text(parts: Parts, walked: tuple[str, list[str]]) -> None:
    draft_id, _ = walked
    held = "\n".join(str(value) for row in trail(parts) for value in row.values())
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    people = [data["coordinator"], *data["people"]]
    private = {person["email"] for person in people} | {person["key"] for person in people}
    private |= {word for person in people for word in person["name"].split() if len(word) > 2}
    private |= {said for said in strings([data["programme"], data["pairs"]]) if len(said) > 12}
    with parts.database.read() as connection:
        markdown = connection.execute(text("SELECT markdown FROM revision WHERE draft_id = :d"), {"d": draft_id}).scalars().all()
    private |= {line for each in markdown for line in each.splitlines() if len(line) > 5} | {"Gwendolyn"}
    assert len(private) > 500
    assert not [said for said in private if said in held]


def test_no_row_holds_a_fingerprint_from_which_a_text_could_be_guessed(parts: Parts, walked: tuple[str, list[str]]) -> None:
    draft_id, _ = walked
    with parts.database.read() as connection:
        plain = set(connection.execute(text("SELECT sha256 FROM revision WHERE draft_id = :d"), {"d": draft_id}).scalars())
    held = {row["digest"] for row in trail(parts)}
    assert not plain & held
    assert not {hashlib.sha256(said.encode()).hexdigest() for said in ("", *plain)} & held


def test_drafts_with_equal_content_have_different_digests(parts: Parts, showcase: Any) -> None:
    first, second = (preparing.draft_agenda(parts, showcase.mentor, showcase.session.id, click) for click in ("one", "two"))
    shown = [reviewing.open_draft(parts, showcase.mentor, draft_id).revision.sha256 for draft_id in (first, second)]
    assert shown[0] == shown[1]
    digests = {draft_id: {row["digest"] for row in trail(parts) if row["subject"] == draft_id} for draft_id in (first, second)}
    assert len(digests[first]) == len(digests[second]) == 2
    assert not digests[first] & digests[second]


# Tampering


def link(row: dict[str, Any]) -> str:
    return hashlib.sha256(canonical({key: row[key] for key in LINKED}).encode()).hexdigest()


@pytest.fixture
def verified_after(settings: Settings) -> Callable[..., int | None]:
    """Change the trail in a copy whose triggers are gone, and return the first row that verify finds wrong."""

    def change(*statements: str, rewrite: Callable[[Connection], None] | None = None) -> int | None:
        with unguarded(settings) as connection:
            for statement in statements:
                assert connection.execute(text(statement)).rowcount
            if rewrite:
                rewrite(connection)
        return verified(settings).first_wrong

    return change


def verified(settings: Settings) -> Verified:
    database = open_database(settings.url, settings.home / "migrate.lock")
    parts: Any = type("Opened", (), {"database": database})()
    found = verify_audit(parts)
    database.close()
    return found


def row_at(connection: Connection, number: int) -> dict[str, Any]:
    return dict(connection.execute(select(audit).where(audit.c.number == number)).mappings().one())


def test_a_trail_that_nobody_touched_is_whole(verified_after: Callable[..., int | None]) -> None:
    assert verified_after() is None


@pytest.mark.parametrize("column", [*SHAPES])
@pytest.mark.parametrize("number", [1, 7])
def test_a_changed_row_is_found(verified_after: Callable[..., int | None], column: str, number: int) -> None:
    assert verified_after(f"UPDATE audit SET {column} = substr({column}, 1, 30) || 'x' WHERE number = {number}") == number  # noqa: S608


def test_the_last_row_changed_is_found(verified_after: Callable[..., int | None]) -> None:
    last = verified_after("UPDATE audit SET actor = 'x' WHERE number = (SELECT max(number) FROM audit)")
    assert last is not None and last > 7


def test_a_changed_row_with_a_fitting_hash_is_found_at_the_next_row(verified_after: Callable[..., int | None]) -> None:
    def rewrite(connection: Connection) -> None:
        row = row_at(connection, 7) | {"actor": "somebody"}
        connection.execute(audit.update().where(audit.c.number == 7).values(actor=row["actor"], sha256=link(row)))

    assert verified_after(rewrite=rewrite) == 8


@pytest.mark.parametrize("number", [1, 7])
def test_a_removed_row_is_found(verified_after: Callable[..., int | None], number: int) -> None:
    assert verified_after(f"DELETE FROM audit WHERE number = {number}") == number + 1  # noqa: S608


def test_a_removed_row_whose_number_was_closed_up_is_found(verified_after: Callable[..., int | None]) -> None:
    turned = "UPDATE audit SET number = -number WHERE number > 7"
    assert verified_after("DELETE FROM audit WHERE number = 7", turned, "UPDATE audit SET number = -number - 1 WHERE number < 0") == 7


def test_rows_removed_at_the_end_are_found(verified_after: Callable[..., int | None]) -> None:
    assert verified_after("DELETE FROM audit WHERE number > 7") is not None


def test_a_beginning_cut_off_and_linked_anew_is_found(verified_after: Callable[..., int | None]) -> None:
    def rewrite(connection: Connection) -> None:
        connection.execute(audit.delete().where(audit.c.number < 7))
        previous = ""
        for row in map(dict, connection.execute(select(audit).order_by(audit.c.number)).mappings().all()):
            sha256 = link(row | {"previous": previous})
            connection.execute(audit.update().where(audit.c.number == row["number"]).values(previous=previous, sha256=sha256))
            previous = sha256

    assert verified_after(rewrite=rewrite) == 7


def test_swapped_rows_are_found(verified_after: Callable[..., int | None]) -> None:
    swap = [f"UPDATE audit SET number = {new} WHERE number = {old}" for old, new in ((7, -1), (8, 7), (-1, 8))]  # noqa: S608
    assert verified_after(*swap) == 7


@pytest.mark.parametrize("fitting", [False, True], ids=["with any hash", "with a fitting hash"])
def test_an_inserted_row_is_found(verified_after: Callable[..., int | None], fitting: bool) -> None:
    def rewrite(connection: Connection) -> None:
        for number in range(connection.scalar(select(func.max(audit.c.number))), 6, -1):
            connection.execute(audit.update().where(audit.c.number == number).values(number=number + 1))
        before = row_at(connection, 6)
        row = before | {"number": 7, "act": "draft.approved", "previous": before["sha256"]}
        connection.execute(audit.insert().values(row | {"sha256": link(row) if fitting else "f" * 64}))

    assert verified_after(rewrite=rewrite) == (8 if fitting else 7)


def test_an_empty_trail_is_whole(store: str, tmp_path: Path) -> None:
    with empty(store, tmp_path) as settings:
        found = verified(settings)
    assert (found.rows, found.first_wrong) == (0, None)
