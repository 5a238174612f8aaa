"""A possible disclosure in notes holds everything back until its author has read whom to turn to and decided."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from coach.domain.brief import Brief
from coach.domain.disclosures import DisclosureDecision
from coach.domain.drafts import CheckName
from coach.domain.review import Channel, WorkingCopy
from coach.domain.summary import Evidence, Sensitive, SensitiveKind, SummaryContent
from coach.drafting.summary.checks import all_evidence
from coach.drafting.summary.cutting import cut, cut_words
from coach.errors import AccessDenied, EditConflict, ReviewRefused
from coach.services import disclosures, redrafting, releasing, reviewing
from coach.services.accounting import verify_audit
from coach.services.notes import notes_page
from coach.services.parts import Parts
from coach.services.summary_review import summary_review
from coach.store import drafts
from tests.conftest import Showcase
from tests.summarised import NOTES, approved, drafted, last_held, saying, usual, write_notes

SECRET = "Zora says her lead took her off the rota since she complained about his remarks"
HEALTH = "he has his knee done on Monday"
TOLD = f"First things first.\n- {SECRET}\n" + NOTES + f"- {HEALTH}\n"


def mark(notes: str, words: str, kind: SensitiveKind) -> tuple[Sensitive, ...]:
    start = notes.find(words)
    return (Sensitive(quote=words, start=start, end=start + len(words), kind=kind),) if start >= 0 else ()


def says(brief: Brief) -> SummaryContent:
    """Return the usual summary, with what is private in these notes marked."""
    told = mark(brief.notes, SECRET, SensitiveKind.DISCLOSURE)
    private = (*told, *mark(brief.notes, HEALTH, SensitiveKind.HEALTH))
    return usual(brief).model_copy(update={"sensitive": private, "safeguarding": bool(told)})


@pytest.fixture
def told(parts: Parts, showcase: Showcase) -> Parts:
    write_notes(parts, last_held(parts, showcase.pair.id).id, showcase.mentor, TOLD)
    return saying(parts, says)


@pytest.fixture
def draft_id(told: Parts, showcase: Showcase) -> str:
    return drafted(told, showcase.mentor, last_held(told, showcase.pair.id).id)


def page_of(parts: Parts, draft_id: str, actor: str) -> reviewing.ReviewPage:
    return reviewing.open_draft(parts, actor, draft_id)


def notes_of(parts: Parts, showcase: Showcase) -> str:
    page = notes_page(parts, showcase.mentor, last_held(parts, showcase.pair.id).id)
    assert page is not None
    return page.notes.text


def force_approved(parts: Parts, draft_id: str) -> None:
    """Try to approve past the services."""
    with parts.database.write() as connection:
        sha = connection.execute(
            text("SELECT sha256, number FROM revision WHERE draft_id = :d ORDER BY number DESC"), {"d": draft_id}
        ).first()
        author = drafts.load(connection, draft_id).author_id
        connection.execute(
            text("INSERT INTO approval (draft_id, revision, sha256, approved_by, approved_at) VALUES (:d, :n, :s, :a, '2026-03-06 12:00:00+00:00')"),
            {"d": draft_id, "n": sha.number, "s": sha.sha256, "a": author},
        )  # fmt: skip


# Until it is decided


def test_neither_service_nor_check_nor_database_lets_an_undecided_draft_pass(told: Parts, showcase: Showcase, draft_id: str) -> None:
    page = page_of(told, draft_id, showcase.mentor)
    assert [c.name for c in page.revision.checks if not c.passed] == [CheckName.DISCLOSURE]
    with pytest.raises(ReviewRefused, match="disclosure"):
        approved(told, showcase.mentor, draft_id)
    with pytest.raises(ReviewRefused, match="disclosure"):
        releasing.release_to_readers(told, showcase.mentor, draft_id)
    with pytest.raises(ReviewRefused, match="disclosure"):
        releasing.release_as_file(told, showcase.mentor, draft_id, Channel.MARKDOWN, lambda _: None)
    with pytest.raises(IntegrityError, match="has not decided"):
        force_approved(told, draft_id)
    assert summary_review(told, showcase.mentor, draft_id).waits_for_decision


@pytest.mark.stores("sqlite")
@pytest.mark.parametrize("decide", [disclosures.remove_passage, disclosures.deny_disclosure])
def test_nothing_is_decided_before_the_route_was_read(told: Parts, showcase: Showcase, draft_id: str, decide: Callable[..., None]) -> None:
    with pytest.raises(ReviewRefused, match="turn to first"):
        decide(told, showcase.mentor, draft_id, 1)
    assert notes_of(told, showcase) == TOLD
    assert page_of(told, draft_id, showcase.mentor).revision.number == 1


def test_the_database_keeps_no_decision_before_the_route_was_read_and_forgets_no_disclosure(told: Parts, draft_id: str) -> None:
    for statement in ("UPDATE disclosure SET decision = 'removed'", "DELETE FROM disclosure"):
        with pytest.raises(IntegrityError), told.database.write() as connection:
            connection.execute(text(statement))


@pytest.mark.stores("sqlite")
def test_an_edit_does_not_take_the_mark_away(told: Parts, showcase: Showcase, draft_id: str) -> None:
    content = page_of(told, draft_id, showcase.mentor).revision.content.model_dump(mode="json")
    content |= {"sensitive": [], "safeguarding": False, "open_questions": ["And now?"]}
    reviewing.save_edit(told, showcase.mentor, draft_id, 1, content)
    assert page_of(told, draft_id, showcase.mentor).summary.safeguarding
    with pytest.raises(ReviewRefused, match="disclosure"):
        approved(told, showcase.mentor, draft_id)


# Removing it


def test_a_removed_passage_is_gone_from_the_notes_and_from_the_draft_and_every_quote_stands_where_it_stood(
    told: Parts, showcase: Showcase, draft_id: str
) -> None:
    before = page_of(told, draft_id, showcase.mentor)
    copy = WorkingCopy(base=1, content=before.revision.content.model_dump(mode="json"))
    reviewing.keep_unsaved(told, showcase.mentor, draft_id, copy)
    disclosures.read_route(told, showcase.mentor, draft_id)
    disclosures.remove_passage(told, showcase.mentor, draft_id, 1)
    after = page_of(told, draft_id, showcase.mentor)
    left = TOLD.replace(f"- {SECRET}\n", "")
    assert notes_of(told, showcase) == after.brief.notes == left
    assert [e.quote for e in all_evidence(after.summary)] == [e.quote for e in all_evidence(before.summary)]
    for quote in (*all_evidence(after.summary), *after.summary.sensitive):
        assert left[quote.start : quote.end] == quote.quote
    assert [s.kind for s in after.summary.sensitive] == [SensitiveKind.HEALTH]
    assert not after.summary.safeguarding
    assert not after.draft.stale
    assert all(c.passed for c in after.revision.checks)
    assert reviewing.unsaved(told, showcase.mentor, draft_id) is None
    assert SECRET not in after.model_dump_json() if hasattr(after, "model_dump_json") else SECRET not in repr(after)
    assert all(SECRET not in line.text for line in reviewing.changes(told, showcase.mentor, draft_id))
    approved(told, showcase.mentor, draft_id)
    releasing.release_to_readers(told, showcase.mentor, draft_id)


def test_the_trail_says_what_was_decided_of_which_draft_and_no_word_of_it(told: Parts, showcase: Showcase, draft_id: str) -> None:
    disclosures.read_route(told, showcase.mentor, draft_id)
    disclosures.remove_passage(told, showcase.mentor, draft_id, 1)
    with told.database.read() as connection:
        trail = connection.execute(text("SELECT act, actor, subject FROM audit WHERE act LIKE 'disclosure%'")).all()
        everything = repr(connection.execute(text("SELECT * FROM audit")).all())
        kept = connection.execute(text("SELECT decision FROM disclosure WHERE draft_id = :d"), {"d": draft_id}).scalar()
    assert [tuple(row) for row in trail] == [("disclosure.removed", showcase.mentor, draft_id)]
    assert kept == DisclosureDecision.REMOVED
    assert "Zora" not in everything
    assert verify_audit(told).first_wrong is None


@pytest.mark.stores("sqlite")
def test_notes_that_changed_since_lose_the_passage_too_and_nothing_else(told: Parts, showcase: Showcase, draft_id: str) -> None:
    write_notes(told, last_held(told, showcase.pair.id).id, showcase.mentor, "New on top.\n" + TOLD)
    disclosures.read_route(told, showcase.mentor, draft_id)
    disclosures.remove_passage(told, showcase.mentor, draft_id, 1)
    assert notes_of(told, showcase) == "New on top.\n" + TOLD.replace(f"- {SECRET}\n", "")
    assert page_of(told, draft_id, showcase.mentor).draft.stale


@pytest.mark.stores("sqlite")
def test_who_takes_the_passage_out_under_notes_and_drafts_again_still_decides(told: Parts, showcase: Showcase, draft_id: str) -> None:
    write_notes(told, last_held(told, showcase.pair.id).id, showcase.mentor, NOTES)
    redrafting.draft_again(told, showcase.mentor, draft_id, 1)
    assert not page_of(told, draft_id, showcase.mentor).summary.safeguarding
    with pytest.raises(ReviewRefused, match="disclosure"):
        approved(told, showcase.mentor, draft_id)
    disclosures.read_route(told, showcase.mentor, draft_id)
    disclosures.remove_passage(told, showcase.mentor, draft_id, 2)
    assert notes_of(told, showcase) == NOTES
    approved(told, showcase.mentor, draft_id)


@pytest.mark.stores("sqlite")
def test_a_disclosure_without_a_place_is_not_said_to_be_removed(told: Parts, showcase: Showcase) -> None:
    parts = saying(told, lambda brief: usual(brief).model_copy(update={"safeguarding": True}))
    draft_id = drafted(parts, showcase.mentor, last_held(parts, showcase.pair.id).id)
    disclosures.read_route(parts, showcase.mentor, draft_id)
    with pytest.raises(ReviewRefused, match="cannot tell where"):
        disclosures.remove_passage(parts, showcase.mentor, draft_id, 1)
    disclosures.deny_disclosure(parts, showcase.mentor, draft_id, 1)
    approved(parts, showcase.mentor, draft_id)


@pytest.mark.stores("sqlite")
def test_a_revision_that_was_saved_meanwhile_stops_the_removal_whole(told: Parts, showcase: Showcase, draft_id: str) -> None:
    disclosures.read_route(told, showcase.mentor, draft_id)
    content = page_of(told, draft_id, showcase.mentor).revision.content.model_dump(mode="json") | {"open_questions": ["And?"]}
    reviewing.save_edit(told, showcase.mentor, draft_id, 1, content)
    with pytest.raises(EditConflict):
        disclosures.remove_passage(told, showcase.mentor, draft_id, 1)
    assert notes_of(told, showcase) == TOLD
    assert page_of(told, draft_id, showcase.mentor).brief.notes == TOLD


# Saying that it is none


def test_what_its_author_calls_no_disclosure_loses_its_mark_and_stays_on_record(told: Parts, showcase: Showcase, draft_id: str) -> None:
    disclosures.read_route(told, showcase.mentor, draft_id)
    disclosures.deny_disclosure(told, showcase.mentor, draft_id, 1)
    page = page_of(told, draft_id, showcase.mentor)
    assert [s.kind for s in page.summary.sensitive] == [SensitiveKind.HEALTH]
    assert page.brief.notes == notes_of(told, showcase) == TOLD
    approved(told, showcase.mentor, draft_id)
    releasing.release_to_readers(told, showcase.mentor, draft_id)
    with told.database.read() as connection:
        acts = connection.execute(text("SELECT act FROM audit WHERE act LIKE 'disclosure%'")).scalars().all()
        kept = connection.execute(text("SELECT decision FROM disclosure")).scalars().all()
    assert (acts, kept) == (["disclosure.denied"], ["no_disclosure"])
    for again in (disclosures.deny_disclosure, disclosures.remove_passage):
        with pytest.raises(ReviewRefused, match="waits for you"):
            again(told, showcase.mentor, draft_id, 2)


@pytest.mark.stores("sqlite")
def test_a_new_draft_that_finds_one_again_asks_again(told: Parts, showcase: Showcase, draft_id: str) -> None:
    disclosures.read_route(told, showcase.mentor, draft_id)
    disclosures.deny_disclosure(told, showcase.mentor, draft_id, 1)
    write_notes(told, last_held(told, showcase.pair.id).id, showcase.mentor, TOLD + "And more.")
    redrafting.draft_again(told, showcase.mentor, draft_id, 2)
    assert summary_review(told, showcase.mentor, draft_id).waits_for_decision


@pytest.mark.stores("sqlite")
def test_only_the_author_learns_that_there_may_be_one(told: Parts, showcase: Showcase, stranger: str, draft_id: str) -> None:
    for actor in (showcase.mentee, stranger, "nobody"):
        for call in (summary_review, disclosures.read_route, lambda p, a, d: disclosures.remove_passage(p, a, d, 1)):
            with pytest.raises(AccessDenied):
                call(told, actor, draft_id)
    assert summary_review(told, showcase.mentor, draft_id).disclosure is not None


# The cut


@pytest.mark.parametrize(
    ("notes", "passage", "left"),
    [
        ("one\n- two three\nfour", "two three", "one\nfour"),
        ("one\n- two three. And more\nfour", "two three.", "one\n-  And more\nfour"),
        ("Mira: two three\nOle: four", "two three", "Ole: four"),
        ("<v Mira>two three</v>\nfour", "two three</v>", "four"),
        ("2) two three", "two three", ""),
        ("before, two three\nfour", "two three", "before, \nfour"),
        ("one\r\n- two three\r\nfour", "two three", "one\r\nfour"),
    ],
)
def test_a_line_goes_with_its_passage_where_nothing_else_is_said_in_it(notes: str, passage: str, left: str) -> None:
    assert cut_words(notes, [passage]).text == left


@given(
    st.text("ab .\n-", max_size=80),
    st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=3),
    st.integers(0, 80),
    st.integers(1, 10),
)
def test_whatever_is_cut_the_rest_stands_where_its_place_says(notes: str, some: list[tuple[int, int]], start: int, length: int) -> None:
    stretches = [(min(a, b), max(a, b)) for a, b in some if min(a, b) < max(a, b) <= len(notes)]
    made = cut(notes, stretches)
    end = min(len(notes), start + length)
    if start < end:
        for quote in made.moved([Evidence(quote=notes[start:end] or "x", start=start, end=end)]):
            assert made.text[quote.start : quote.end] == notes[start:end]
    assert len(made.text) == len(notes) - sum(b - a for a, b in made.gone)
    assert all(any(a <= x and y <= b for a, b in made.gone) for x, y in stretches)


def test_a_long_line_without_words_is_cut_at_once() -> None:
    notes: Any = " " * 200_000 + "told" + " " * 200_000
    assert len(cut_words(notes, ["told"]).text) == 400_000
