"""From a drafted summary to its release: edits held to the notes, drafting again over what people changed, and what each reader sees."""

from dataclasses import replace
from typing import Any

import pytest

from coach.domain.brief import Brief
from coach.domain.drafts import CheckName, DraftState, EngineRecord, Quotes
from coach.domain.review import Channel, WorkingCopy
from coach.domain.sessions import GoalStatus
from coach.domain.summary import Evidence, Sensitive, SensitiveKind, SummaryContent
from coach.drafting.engines import Drafted, Order
from coach.drafting.summary.compose import headline_of
from coach.errors import AccessDenied, EditConflict, InputRefused, ReviewRefused
from coach.services import redrafting, releasing, reviewing
from coach.services.accounting import verify_audit
from coach.services.notes import save_note
from coach.services.parts import Parts
from coach.services.preparing import draft_agenda
from coach.services.progress import released_summary
from coach.services.summary_review import quote_of_notes, summary_review
from coach.store import drafts
from tests.conftest import Showcase
from tests.summarised import NOTES, SayingEngine, approved, drafted, last_held, quoted, saying, usual, write_notes

PRIVATE = "his knee operation is on Monday"
TOLD = "\n" + NOTES + f"- {PRIVATE}\n- two drafts wait to be polished\n"


def with_private(brief: Brief) -> SummaryContent:
    """Return the usual summary of notes of which one line is sensitive."""
    start = brief.notes.find(PRIVATE)
    if start < 0:
        return usual(brief)
    marked = Sensitive(quote=PRIVATE, start=start, end=start + len(PRIVATE), kind=SensitiveKind.HEALTH)
    return usual(brief).model_copy(update={"sensitive": (marked,)})


@pytest.fixture
def told(parts: Parts, showcase: Showcase) -> Parts:
    """Parts with an engine that says the usual of the mentor's notes."""
    write_notes(parts, last_held(parts, showcase.pair.id).id, showcase.mentor, TOLD)
    return saying(parts, with_private)


@pytest.fixture
def draft_id(told: Parts, showcase: Showcase) -> str:
    return drafted(told, showcase.mentor, last_held(told, showcase.pair.id).id)


def page_of(parts: Parts, draft_id: str, actor: str) -> reviewing.ReviewPage:
    return reviewing.open_draft(parts, actor, draft_id)


def content_of(page: reviewing.ReviewPage) -> dict[str, Any]:
    content: dict[str, Any] = page.revision.content.model_dump(mode="json")
    return content


def save(parts: Parts, page: reviewing.ReviewPage, content: dict[str, Any]) -> SummaryContent:
    """Save an edit and return what became of it."""
    reviewing.save_edit(parts, page.draft.author_id, page.draft.id, page.revision.number, content)
    return page_of(parts, page.draft.id, page.draft.author_id).summary


@pytest.fixture
def page(told: Parts, showcase: Showcase, draft_id: str) -> reviewing.ReviewPage:
    return page_of(told, draft_id, showcase.mentor)


# What an engine says is held to the notes


@pytest.mark.stores("sqlite")
@pytest.mark.parametrize(
    "claim",
    [
        "he first spoke after minute nine in all four weeks",
        "posted since last time",
        "open channel: he posts the next two decisions",
    ],
)
def test_a_quote_that_does_not_stand_takes_its_status_with_it_and_is_counted(told: Parts, showcase: Showcase, claim: str) -> None:
    def lying(brief: Brief) -> SummaryContent:
        content = usual(brief)
        wrong = content.goals[0].model_copy(update={"evidence": (Evidence(quote=claim, start=0, end=len(claim)),)})
        return content.model_copy(update={"goals": (wrong, *content.goals[1:])})

    parts = saying(told, lying)
    page = page_of(parts, drafted(parts, showcase.mentor, last_held(parts, showcase.pair.id).id, claim), showcase.mentor)
    goal = page.summary.goals[0]
    assert (goal.status, goal.basis, goal.evidence) == (GoalStatus.NOT_DISCUSSED, "unproven", ())
    assert "achieved" in goal.reason
    assert page.draft.engine.quotes == Quotes(supported=3, removed=1)
    assert [c.name for c in page.revision.checks if not c.passed] == [CheckName.STATUSES]
    with pytest.raises(ReviewRefused, match="No quote proves"):
        approved(parts, showcase.mentor, page.draft.id)
    content = content_of(page)
    content["goals"][0]["basis"] = "confirmed"
    kept = save(parts, page, content).goals[0]
    assert (kept.basis, kept.reason) == ("confirmed", "The notes say nothing about where this goal stands.")
    approved(parts, showcase.mentor, page.draft.id)


@pytest.mark.stores("sqlite")
def test_what_an_engine_took_out_itself_is_counted_with_what_code_took_out(told: Parts, showcase: Showcase) -> None:
    class Careful(SayingEngine):
        def draft(self, order: Order) -> Drafted:
            made = super().draft(order)
            return replace(made, engine=EngineRecord(name="builtin", quotes=Quotes(supported=9, removed=2)))

    parts = replace(told, engines={"builtin": Careful(usual)})
    page = page_of(parts, drafted(parts, showcase.mentor, last_held(parts, showcase.pair.id).id), showcase.mentor)
    assert page.draft.engine.quotes == Quotes(supported=4, removed=2)


# Edits


@pytest.mark.stores("sqlite")
def test_a_status_that_the_reviewer_states_says_so_to_readers(told: Parts, page: reviewing.ReviewPage) -> None:
    content = content_of(page)
    content["goals"][1] |= {"status": "advanced", "reason": "Two drafts exist."}
    content["goals"][2] |= {"status": "stalled", "reason": "No time."}
    kept = save(told, page, content)
    assert [g.basis for g in kept.goals[:4]] == ["notes", "reviewer", "reviewer", "notes"]
    assert len(kept.goals[1].evidence) == 1
    markdown = page_of(told, page.draft.id, page.draft.author_id).revision.markdown
    assert markdown.count("stated by the reviewer") == 2


@pytest.mark.stores("sqlite")
def test_a_status_without_its_last_quote_is_the_reviewers_word_and_one_put_back_is_the_notes_again(
    told: Parts, page: reviewing.ReviewPage
) -> None:
    content = content_of(page)
    quote = content["goals"][0]["evidence"].pop()
    assert save(told, page, content).goals[0].basis == "reviewer"
    again = page_of(told, page.draft.id, page.draft.author_id)
    content = content_of(again)
    content["goals"][0]["evidence"] = [quote]
    assert save(told, again, content).goals[0].basis == "notes"


@pytest.mark.stores("sqlite")
@pytest.mark.parametrize("changed", [{"quote": "he never spoke"}, {"start": 3}, {"end": 5}])
def test_no_edit_changes_the_words_or_the_place_of_a_quote(told: Parts, page: reviewing.ReviewPage, changed: dict[str, Any]) -> None:
    content = content_of(page)
    content["goals"][0]["evidence"][0] |= changed
    if "quote" in changed:
        with pytest.raises(InputRefused, match="no quote that readers may see"):
            save(told, page, content)
    else:
        kept = save(told, page, content).goals[0].evidence[0]
        assert kept == page.summary.goals[0].evidence[0]  # found again in its own place


@pytest.mark.stores("sqlite")
def test_no_edit_changes_what_is_private_nor_quotes_it(told: Parts, page: reviewing.ReviewPage) -> None:
    content = content_of(page) | {"sensitive": [], "safeguarding": True}
    content["open_questions"] = ["Who keeps the log?"]
    kept = save(told, page, content)
    assert (kept.sensitive, kept.safeguarding) == (page.summary.sensitive, False)
    again = page_of(told, page.draft.id, page.draft.author_id)
    content = content_of(again)
    content["goals"][0]["evidence"].append(quoted(TOLD, PRIVATE).model_dump(mode="json"))
    with pytest.raises(InputRefused, match="no quote that readers may see"):
        save(told, again, content)
    start = TOLD.index("two drafts wait") - 6
    with pytest.raises(InputRefused, match="marked as sensitive"):
        quote_of_notes(told, page.draft.author_id, page.draft.id, start - 20, start + 20)


@pytest.mark.stores("sqlite")
def test_words_chosen_in_the_notes_are_a_quote_without_the_space_around_them(told: Parts, page: reviewing.ReviewPage) -> None:
    start = TOLD.index("two drafts wait")
    found = quote_of_notes(told, page.draft.author_id, page.draft.id, start - 1, start + 31)
    assert (found.quote, found.start) == ("two drafts wait to be polished", start)
    content = content_of(page)
    content["goals"][1]["evidence"].append(found.model_dump(mode="json"))
    kept = save(told, page, content).goals[1]
    assert len(kept.evidence) == 2
    assert kept.basis == "notes"


@pytest.mark.stores("sqlite")
@pytest.mark.parametrize("goals", [lambda g: g[:-1], lambda g: g[::-1], lambda g: [*g, g[0]], lambda g: [g[0] | {"goal_id": "x"}, *g[1:]]])
def test_a_summary_tells_of_every_goal_once_whatever_is_edited(told: Parts, page: reviewing.ReviewPage, goals: Any) -> None:
    content = content_of(page)
    content["goals"] = goals(content["goals"])
    with pytest.raises(InputRefused, match="every agreed goal once"):
        save(told, page, content)


@pytest.mark.stores("sqlite")
def test_items_that_are_left_out_and_lines_without_words_are_not_saved(told: Parts, page: reviewing.ReviewPage) -> None:
    content = content_of(page)
    content["actions"] += [{"text": "Book the room", "owner": "both", "due": "2026-12-01", "evidence": []}, {"text": " ", "evidence": []}]
    content["left_out"] = {"actions": [0]}
    assert [a.text for a in save(told, page, content).actions] == ["Book the room"]


@pytest.mark.stores("sqlite")
@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"actions": [{"text": "x", "due": "soon"}]}, "action 1"),
        ({"headline": {"highlights": list("abcd")}}, "three are the most"),
        ({"other": 1}, "other"),
    ],
)
def test_a_field_that_cannot_be_used_is_named(told: Parts, page: reviewing.ReviewPage, wrong: dict[str, Any], where: str) -> None:
    with pytest.raises(InputRefused, match=where):
        save(told, page, content_of(page) | wrong)


@pytest.mark.stores("sqlite")
def test_two_windows_never_overwrite_each_other_and_only_the_edit_that_was_saved_is_forgotten(
    told: Parts, page: reviewing.ReviewPage
) -> None:
    mine, theirs = content_of(page), content_of(page)
    mine["goals"][0]["reason"], theirs["goals"][0]["reason"] = "Mine.", "Theirs."
    copy = WorkingCopy(base=1, content=theirs)
    reviewing.keep_unsaved(told, page.draft.author_id, page.draft.id, copy)
    save(told, page, mine)
    assert reviewing.unsaved(told, page.draft.author_id, page.draft.id) == copy
    with pytest.raises(EditConflict):
        save(told, page, theirs)
    reviewing.keep_unsaved(told, page.draft.author_id, page.draft.id, WorkingCopy(base=2, content=theirs))
    save(told, page_of(told, page.draft.id, page.draft.author_id), theirs)
    assert reviewing.unsaved(told, page.draft.author_id, page.draft.id) is None


# Drafting again


def test_what_people_changed_stays_over_a_new_draft_and_the_engines_value_is_offered(
    told: Parts, showcase: Showcase, page: reviewing.ReviewPage
) -> None:
    content = content_of(page)
    content["goals"][0] |= {"status": "advanced", "reason": "Not quite."}
    content["goals"][1]["evidence"][0]["shared"] = True
    content["left_out"] = {"decisions": [0]}
    save(told, page, content)
    write_notes(told, page.session.id, showcase.mentor, "One more line on top.\n" + TOLD)
    again = page_of(told, page.draft.id, showcase.mentor)
    assert again.draft.stale
    assert redrafting.draft_again(told, showcase.mentor, page.draft.id, 2) == page.draft.id
    now = page_of(told, page.draft.id, showcase.mentor)
    assert not now.draft.stale
    assert now.revision.number == 4
    assert (now.summary.goals[0].status, now.summary.goals[0].reason) == (GoalStatus.ADVANCED, "Not quite.")
    (quote,) = now.summary.goals[1].evidence
    assert quote.shared
    assert now.brief.notes[quote.start : quote.end] == quote.quote
    assert now.summary.decisions == ()
    with told.database.read() as connection:
        assert [r.author_id for r in drafts.revisions(connection, page.draft.id)] == [None, showcase.mentor, None, showcase.mentor]
    offered = {(o.field, o.key) for o in redrafting.offers(told, showcase.mentor, page.draft.id)}
    assert offered == {("goals", now.summary.goals[0].goal_id), ("decisions", "0")}
    taken = redrafting.take(told, showcase.mentor, page.draft.id, content_of(now), "goals", now.summary.goals[0].goal_id)
    kept = save(told, now, taken)
    assert (kept.goals[0].status, kept.goals[0].basis) == (GoalStatus.ACHIEVED, "notes")
    assert verify_audit(told).first_wrong is None


@pytest.mark.stores("sqlite")
def test_where_nobody_changed_anything_a_new_draft_is_the_engines_alone(
    told: Parts, showcase: Showcase, page: reviewing.ReviewPage
) -> None:
    write_notes(told, page.session.id, showcase.mentor, TOLD + "\nAnd more.")
    redrafting.draft_again(told, showcase.mentor, page.draft.id, 1)
    now = page_of(told, page.draft.id, showcase.mentor)
    assert (now.revision.number, now.revision.author_id) == (2, None)
    assert redrafting.offers(told, showcase.mentor, page.draft.id) == ()
    assert reviewing.changes(told, showcase.mentor, page.draft.id) == ()


@pytest.mark.stores("sqlite")
def test_a_new_draft_never_overwrites_a_revision_that_was_saved_meanwhile(
    told: Parts, showcase: Showcase, page: reviewing.ReviewPage
) -> None:
    content = content_of(page)
    content["goals"][0]["reason"] = "Saved meanwhile."
    save(told, page, content)
    with pytest.raises(EditConflict):
        redrafting.draft_again(told, showcase.mentor, page.draft.id, 1)
    assert page_of(told, page.draft.id, showcase.mentor).brief.notes == TOLD


@pytest.mark.stores("sqlite")
def test_after_an_approval_drafting_again_makes_another_draft_and_a_double_click_makes_one(
    told: Parts, showcase: Showcase, page: reviewing.ReviewPage
) -> None:
    approved(told, showcase.mentor, page.draft.id)
    assert summary_review(told, showcase.mentor, page.draft.id).approved_before
    write_notes(told, page.session.id, showcase.mentor, TOLD + "\nAnd more.")
    other = redrafting.draft_again(told, showcase.mentor, page.draft.id, 1)
    assert other != page.draft.id
    assert redrafting.draft_again(told, showcase.mentor, page.draft.id, 1) == other
    assert page_of(told, page.draft.id, showcase.mentor).draft.state is DraftState.APPROVED


@pytest.mark.stores("sqlite")
def test_without_notes_nothing_is_drafted_again(told: Parts, showcase: Showcase, page: reviewing.ReviewPage) -> None:
    write_notes(told, page.session.id, showcase.mentor, " ")
    with pytest.raises(InputRefused, match="empty now"):
        redrafting.draft_again(told, showcase.mentor, page.draft.id, 1)


# What each sees


def test_the_preview_is_what_both_read_after_the_release_and_nothing_private_is_in_it(
    told: Parts, showcase: Showcase, page: reviewing.ReviewPage
) -> None:
    content = content_of(page)
    content["goals"][0]["evidence"][0]["shared"] = True
    save(told, page, content)
    sees = summary_review(told, showcase.mentor, page.draft.id).sees
    approved(told, showcase.mentor, page.draft.id)
    releasing.release_to_readers(told, showcase.mentor, page.draft.id)
    for actor, seen in ((showcase.mentor, sees.mentor), (showcase.mentee, sees.mentee)):
        read = released_summary(told, actor, page.session.id)
        assert read is not None
        assert (read.title, read.line, read.content, read.goal_titles, read.actions) == (
            seen.title, seen.line, seen.content, seen.goal_titles, seen.actions,
        )  # fmt: skip
    everything = sees.mentee.content.model_dump_json()
    assert "in all four weeks" in everything
    for hidden in (PRIVATE, "nothing posted since last time", "he posts the next two decisions by Friday", "we keep the four-week rhythm"):
        assert hidden not in everything
    assert all(page.summary.goals[0].reason not in line for line in sees.coordinator)


@pytest.mark.stores("sqlite")
@pytest.mark.parametrize("channel", [Channel.MARKDOWN, Channel.DOCX])
def test_a_file_carries_the_ticked_quote_alone(told: Parts, showcase: Showcase, page: reviewing.ReviewPage, channel: Channel) -> None:
    content = content_of(page)
    content["goals"][1]["evidence"][0]["shared"] = True
    save(told, page, content)
    approved(told, showcase.mentor, page.draft.id)
    files: list[bytes] = []
    releasing.release_as_file(told, showcase.mentor, page.draft.id, channel, files.append)
    if channel is Channel.MARKDOWN:
        written = files[0].decode()
        assert "nothing posted since last time" in written
        assert "in all four weeks" not in written
        assert PRIVATE not in written
    else:
        assert files[0].startswith(b"PK")


@pytest.mark.stores("sqlite")
def test_a_mentees_summary_is_for_the_mentee_to_review_alone(told: Parts, showcase: Showcase) -> None:
    session = last_held(told, showcase.pair.id)
    write_notes(told, session.id, showcase.mentee, NOTES)
    draft_id = drafted(told, showcase.mentee, session.id)
    page = page_of(told, draft_id, showcase.mentee)
    assert page.reader == showcase.pair.mentor.name
    assert [d.id for d in reviewing.waiting(told, showcase.mentee)] == [draft_id]
    for call in (
        lambda: reviewing.open_draft(told, showcase.mentor, draft_id),
        lambda: summary_review(told, showcase.mentor, draft_id),
        lambda: redrafting.draft_again(told, showcase.mentor, draft_id, 1),
        lambda: redrafting.offers(told, showcase.mentor, draft_id),
    ):
        with pytest.raises(AccessDenied):
            call()


@pytest.mark.stores("sqlite")
def test_an_agenda_is_not_drafted_again_as_a_summary(parts: Parts, showcase: Showcase) -> None:
    draft_id = draft_agenda(parts, showcase.mentor, showcase.session.id, "click")
    with pytest.raises(ReviewRefused, match="finished summary"):
        redrafting.draft_again(parts, showcase.mentor, draft_id, 1)


@pytest.mark.stores("sqlite")
def test_the_headline_that_code_made_follows_the_goals_and_one_that_somebody_wrote_does_not(told: Parts, showcase: Showcase) -> None:
    def headed(brief: Brief) -> SummaryContent:
        content = usual(brief)
        return content.model_copy(update={"headline": headline_of(brief, content.goals)})

    parts = saying(told, headed)
    page = page_of(parts, drafted(parts, showcase.mentor, last_held(parts, showcase.pair.id).id), showcase.mentor)
    content = content_of(page)
    content["goals"][0] |= {"status": "stalled", "reason": "It was said, and not seen."}
    kept = save(parts, page, content)
    assert kept.headline.highlights == ()
    assert "It was said, and not seen." in kept.headline.opportunities[-1] + kept.headline.opportunities[0]
    again = page_of(parts, page.draft.id, page.draft.author_id)
    content = content_of(again)
    content["headline"]["highlights"] = ["A good hour."]
    content["goals"][0]["status"] = "achieved"
    assert save(parts, again, content).headline.highlights == ("A good hour.",)


@pytest.mark.stores("sqlite")
def test_after_an_approval_notes_that_changed_once_more_make_a_draft_of_their_own_and_a_discarded_one_stays_away(
    told: Parts, showcase: Showcase, draft_id: str
) -> None:
    session_id = last_held(told, showcase.pair.id).id
    approved(told, showcase.mentor, draft_id)
    made = []
    for version in (1, 2):
        save_note(told, showcase.mentor, session_id, f"{TOLD}- more of it, part {version}\n", version)
        made.append(redrafting.draft_again(told, showcase.mentor, draft_id, 1))
        assert f"part {version}" in page_of(told, made[-1], showcase.mentor).brief.notes
    reviewing.discard(told, showcase.mentor, made[-1])
    made.append(redrafting.draft_again(told, showcase.mentor, draft_id, 1))
    assert page_of(told, made[-1], showcase.mentor).draft.state is DraftState.NEEDS_REVIEW
    assert len({draft_id, *made}) == 4
