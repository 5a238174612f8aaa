"""From the request for an agenda to its approval: one draft a request, edits that never overwrite, approvals that bind to what was read."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Barrier
from typing import Any

import hypothesis
import pytest
from hypothesis import HealthCheck, Phase
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import text

from coach.bootstrap import join_parts
from coach.domain.agenda import AgendaContent
from coach.domain.brief import Brief
from coach.domain.drafts import BLOCKING_CHECKS, Check, CheckName, DraftKind, DraftState
from coach.domain.review import ApprovedDraft, Channel, WorkingCopy
from coach.drafting.builtin import BuiltinEngine
from coach.drafting.engines import Drafted, Need, Order
from coach.errors import AccessDenied, CoachError, EditConflict, InputRefused, ReviewRefused, TryAgain
from coach.services import preparing, releasing, reviewing
from coach.services.accounting import verify_audit
from coach.services.parts import Parts
from coach.settings import Settings
from coach.store import drafts, releases
from coach.store.database import open_database
from tests.databases import with_sample


@dataclass
class FakeEngine:
    """The builtin engine, with something that happens first on each call: nothing, an error, or another click."""

    first: list[Callable[[], object]]
    calls: int = 0
    name: str = "builtin"
    inner: BuiltinEngine = field(default_factory=BuiltinEngine)

    def kinds(self) -> frozenset[DraftKind]:
        return self.inner.kinds()

    def needs(self, kind: DraftKind, brief: Brief) -> tuple[Need, ...]:
        return self.inner.needs(kind, brief)

    def draft(self, order: Order) -> Drafted:
        self.calls += 1
        if self.first:
            self.first.pop(0)()
        return self.inner.draft(order)


def raising(error: BaseException) -> Callable[[], object]:
    def happen() -> object:
        raise error

    return happen


def with_engine(parts: Parts, *first: Callable[[], object]) -> tuple[Parts, FakeEngine]:
    engine = FakeEngine(list(first))
    return replace(parts, engines={"builtin": engine}), engine


def write(parts: Parts, sql: str, **values: object) -> None:
    with parts.database.write() as connection:
        assert connection.execute(text(sql), values).rowcount


def rows(parts: Parts, table: str) -> Sequence[Any]:
    with parts.database.read() as connection:
        return connection.execute(text(f'SELECT * FROM "{table}" ORDER BY 1')).all()  # noqa: S608


def everything(parts: Parts) -> dict[str, Sequence[Any]]:
    tables = ("draft", "revision", "approval", "release", "audit", "working_copy")
    return {table: rows(parts, table) for table in tables}


def state_of(parts: Parts, draft_id: str) -> DraftState:
    with parts.database.read() as connection:
        return drafts.load(connection, draft_id).state


def said(page: reviewing.ReviewPage, **changed: object) -> dict[str, Any]:
    """Return the content of a page as the editor hands it back, with some of it changed."""
    return page.revision.content.model_dump(mode="json") | changed


@pytest.fixture
def draft_id(parts: Parts, showcase: Any) -> str:
    return preparing.draft_agenda(parts, showcase.mentor, showcase.session.id, "click")


@pytest.fixture
def page(parts: Parts, showcase: Any, draft_id: str) -> reviewing.ReviewPage:
    return reviewing.open_draft(parts, showcase.mentor, draft_id)


def approve(parts: Parts, page: reviewing.ReviewPage) -> None:
    reviewing.approve(parts, page.draft.author_id, page.draft.id, page.revision.number, page.revision.sha256)


# One request, one draft


def test_one_request_key_gives_one_draft(parts: Parts, showcase: Any, draft_id: str) -> None:
    before = everything(parts)
    assert preparing.draft_agenda(parts, showcase.mentor, showcase.session.id, "click") == draft_id
    assert everything(parts) == before


def test_two_request_keys_give_two_drafts(parts: Parts, showcase: Any, draft_id: str) -> None:
    assert preparing.draft_agenda(parts, showcase.mentor, showcase.session.id, "another click") != draft_id


def test_one_request_key_of_two_mentors_gives_each_their_own_draft(parts: Parts, showcase: Any, stranger: str, draft_id: str) -> None:
    with parts.database.read() as connection:
        theirs = connection.execute(
            text("SELECT s.id FROM session s JOIN pair p ON p.id = s.pair_id WHERE p.mentor_id = :m AND NOT s.held"), {"m": stranger}
        ).scalar()
    assert preparing.draft_agenda(parts, stranger, theirs, "click") != draft_id


def test_two_threads_with_one_request_key_make_one_draft(parts: Parts, showcase: Any) -> None:
    start = Barrier(2)

    def click(_: int) -> str:
        start.wait()
        return preparing.draft_agenda(parts, showcase.mentor, showcase.session.id, "click")

    before = len(rows(parts, "draft"))
    with ThreadPoolExecutor(2) as threads:
        first, second = threads.map(click, range(2))
    assert first == second
    assert len(rows(parts, "draft")) == before + 1
    page = reviewing.open_draft(parts, showcase.mentor, first)
    assert (page.draft.state, page.revision.number) == (DraftState.NEEDS_REVIEW, 1)
    assert verify_audit(parts).first_wrong is None


def test_a_second_click_while_the_engine_works_leads_to_the_same_draft(parts: Parts, showcase: Any) -> None:
    found: list[str] = []

    def click() -> str:
        return preparing.draft_agenda(slow, showcase.mentor, showcase.session.id, "click")

    slow, engine = with_engine(parts, lambda: found.append(click()))
    found.append(click())
    assert found[0] == found[1]
    assert engine.calls == 2
    page = reviewing.open_draft(parts, showcase.mentor, found[0])
    assert (page.draft.state, page.revision.number) == (DraftState.NEEDS_REVIEW, 1)


# Crashes and failures before the draft is there


def test_a_crash_before_the_engine_answers_leaves_a_draft_that_the_same_key_completes(parts: Parts, showcase: Any) -> None:
    before = len(rows(parts, "draft"))
    crashing, _ = with_engine(parts, raising(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        preparing.draft_agenda(crashing, showcase.mentor, showcase.session.id, "click")
    (left,) = reviewing.waiting(parts, showcase.mentor)
    assert (left.state, left.revision) == (DraftState.DRAFTING, None)
    with pytest.raises(ReviewRefused, match="was not finished"):
        reviewing.open_draft(parts, showcase.mentor, left.id)
    assert preparing.draft_agenda(parts, showcase.mentor, showcase.session.id, "click") == left.id
    assert len(rows(parts, "draft")) == before + 1
    assert reviewing.open_draft(parts, showcase.mentor, left.id).draft.state is DraftState.NEEDS_REVIEW


def test_a_failure_leaves_a_failed_draft_that_the_same_key_starts_again(parts: Parts, showcase: Any) -> None:
    failing, engine = with_engine(parts, raising(TryAgain("The index is being built.")))
    with pytest.raises(TryAgain, match="The index is being built"):
        preparing.draft_agenda(failing, showcase.mentor, showcase.session.id, "click")
    (left,) = reviewing.waiting(parts, showcase.mentor)
    assert left.state is DraftState.FAILED
    assert preparing.draft_agenda(failing, showcase.mentor, showcase.session.id, "click") == left.id
    assert engine.calls == 2
    assert state_of(parts, left.id) is DraftState.NEEDS_REVIEW


def test_a_failed_draft_can_be_discarded_and_is_not_started_again(parts: Parts, showcase: Any) -> None:
    failing, engine = with_engine(parts, raising(InputRefused("No.")))
    with pytest.raises(InputRefused):
        preparing.draft_agenda(failing, showcase.mentor, showcase.session.id, "click")
    (left,) = reviewing.waiting(parts, showcase.mentor)
    reviewing.discard(parts, showcase.mentor, left.id)
    assert preparing.draft_agenda(failing, showcase.mentor, showcase.session.id, "click") == left.id
    assert engine.calls == 1
    assert state_of(parts, left.id) is DraftState.DISCARDED


@pytest.mark.stores("sqlite")
def test_an_engine_that_is_not_there_leaves_a_failed_draft_and_says_what_can_draft(parts: Parts, showcase: Any) -> None:
    with pytest.raises(InputRefused, match="builtin drafts agenda"):
        preparing.draft_agenda(parts, showcase.mentor, showcase.session.id, "click", engine="oracle")
    (left,) = reviewing.waiting(parts, showcase.mentor)
    assert left.state is DraftState.FAILED


@pytest.mark.parametrize("step", ["approve", "edit", "answer", "release"])
def test_a_draft_that_is_still_being_drafted_can_only_be_completed_or_discarded(parts: Parts, showcase: Any, step: str) -> None:
    crashing, _ = with_engine(parts, raising(KeyboardInterrupt()))
    with suppress(KeyboardInterrupt):
        preparing.draft_agenda(crashing, showcase.mentor, showcase.session.id, "click")
    (left,) = reviewing.waiting(parts, showcase.mentor)
    content = {"purpose": "To talk.", "minutes": 45, "items": [{"minutes": 5, "title": "Talk"}]}
    steps: dict[str, Callable[[], object]] = {
        "approve": lambda: reviewing.approve(parts, showcase.mentor, left.id, 0, ""),
        "edit": lambda: reviewing.save_edit(parts, showcase.mentor, left.id, 0, content),
        "answer": lambda: reviewing.answer(parts, showcase.mentor, left.id, 0, {"topic": "The rota"}),
        "release": lambda: releasing.release_to_readers(parts, showcase.mentor, left.id),
    }
    before = everything(parts)
    with pytest.raises(ReviewRefused):
        steps[step]()
    assert everything(parts) == before
    reviewing.discard(parts, showcase.mentor, left.id)
    assert reviewing.waiting(parts, showcase.mentor) == ()


def test_what_was_released_of_a_discarded_draft_can_still_be_withdrawn(parts: Parts, page: reviewing.ReviewPage) -> None:
    approve(parts, page)
    actor, draft_id = page.draft.author_id, page.draft.id
    releasing.release_to_readers(parts, actor, draft_id)
    reviewing.discard(parts, actor, draft_id)
    assert draft_id in [d.id for d in reviewing.mine(parts, actor)]
    assert releasing.withdraw(parts, actor, draft_id)
    assert draft_id not in [d.id for d in reviewing.mine(parts, actor)]


@pytest.mark.stores("sqlite")
def test_an_agenda_longer_than_its_session_is_not_approved(parts: Parts, page: reviewing.ReviewPage) -> None:
    actor, draft_id = page.draft.author_id, page.draft.id
    content = page.revision.content.model_dump(mode="json")
    content["items"][0]["minutes"] = 200
    reviewing.save_edit(parts, actor, draft_id, 1, content)
    edited = reviewing.open_draft(parts, actor, draft_id).revision
    assert "stay free" not in edited.markdown
    with pytest.raises(ReviewRefused, match="minutes more than the session has"):
        reviewing.approve(parts, actor, draft_id, edited.number, edited.sha256)


def test_a_click_that_fails_after_another_one_finished_leaves_the_finished_draft(parts: Parts, showcase: Any) -> None:
    found: list[str] = []

    def finish_then_fail() -> None:
        found.append(preparing.draft_agenda(busy, showcase.mentor, showcase.session.id, "click"))
        raise TryAgain("The index is being built.")

    busy, _ = with_engine(parts, finish_then_fail)
    with pytest.raises(TryAgain):
        preparing.draft_agenda(busy, showcase.mentor, showcase.session.id, "click")
    assert state_of(parts, found[0]) is DraftState.NEEDS_REVIEW


def test_a_click_that_succeeds_after_another_one_failed_leads_to_a_draft_that_opens(parts: Parts, showcase: Any) -> None:
    def fail_elsewhere() -> None:
        with suppress(TryAgain):
            preparing.draft_agenda(busy, showcase.mentor, showcase.session.id, "click")

    busy, _ = with_engine(parts, fail_elsewhere, raising(TryAgain("The index is being built.")))
    draft_id = preparing.draft_agenda(busy, showcase.mentor, showcase.session.id, "click")
    assert reviewing.open_draft(parts, showcase.mentor, draft_id).revision.number == 1


# Approvals bind to what was read


def test_an_approval_is_of_exactly_the_revision_that_was_read(parts: Parts, page: reviewing.ReviewPage) -> None:
    approve(parts, page)
    found = reviewing.open_draft(parts, page.draft.author_id, page.draft.id).draft
    assert found.state is DraftState.APPROVED
    assert found.approval is not None
    assert (found.approval.revision, found.approval.sha256) == (page.revision.number, page.revision.sha256)
    assert found.approval.approved_by == page.draft.author_id


def test_a_revision_that_changed_since_it_was_opened_is_not_approved(parts: Parts, page: reviewing.ReviewPage) -> None:
    reviewing.save_edit(parts, page.draft.author_id, page.draft.id, 1, said(page, purpose="To listen."))
    before = everything(parts)
    with pytest.raises(EditConflict, match="changed to revision 2 since you opened it"):
        approve(parts, page)
    assert everything(parts) == before


@pytest.mark.parametrize(("number", "sha256"), [(1, "f" * 64), (1, ""), (2, None), (0, None)])
def test_an_approval_of_another_number_or_fingerprint_is_refused(
    parts: Parts, page: reviewing.ReviewPage, number: int, sha256: str | None
) -> None:
    before = everything(parts)
    with pytest.raises(EditConflict):
        reviewing.approve(parts, page.draft.author_id, page.draft.id, number, page.revision.sha256 if sha256 is None else sha256)
    assert everything(parts) == before


def test_a_draft_is_approved_once(parts: Parts, page: reviewing.ReviewPage) -> None:
    approve(parts, page)
    before = everything(parts)
    with pytest.raises(ReviewRefused, match="this one is approved"):
        approve(parts, page)
    assert everything(parts) == before


def test_a_discarded_draft_takes_no_step_any_more(parts: Parts, page: reviewing.ReviewPage) -> None:
    actor, draft_id = page.draft.author_id, page.draft.id
    reviewing.discard(parts, actor, draft_id)
    before = everything(parts)
    for step in (
        lambda: approve(parts, page),
        lambda: reviewing.save_edit(parts, actor, draft_id, 1, said(page)),
        lambda: reviewing.answer(parts, actor, draft_id, 1, {"topic": "The rota"}),
        lambda: reviewing.discard(parts, actor, draft_id),
        lambda: releasing.release_to_readers(parts, actor, draft_id),
    ):
        with pytest.raises(ReviewRefused, match="discarded"):
            step()
    assert everything(parts) == before
    assert draft_id not in {d.id for d in (*reviewing.mine(parts, actor), *reviewing.waiting(parts, actor))}


# Edits


def test_the_second_of_two_editors_is_told_and_overwrites_nothing(parts: Parts, page: reviewing.ReviewPage) -> None:
    actor, draft_id = page.draft.author_id, page.draft.id
    assert reviewing.save_edit(parts, actor, draft_id, 1, said(page, purpose="The first editor’s text.")) == 2
    before = everything(parts)
    with pytest.raises(EditConflict, match=r"saved revision 2 while you were editing revision 1.*nothing was overwritten"):
        reviewing.save_edit(parts, actor, draft_id, 1, said(page, purpose="The loser’s text."))
    assert everything(parts) == before
    assert reviewing.open_draft(parts, actor, draft_id).revision.content.purpose == "The first editor’s text."


def test_the_loser_of_a_conflict_keeps_their_unsaved_text(parts: Parts, page: reviewing.ReviewPage) -> None:
    actor, draft_id = page.draft.author_id, page.draft.id
    reviewing.save_edit(parts, actor, draft_id, 1, said(page, purpose="Saved first."))
    mine = WorkingCopy(base=1, content=said(page, purpose="Typed meanwhile."))
    reviewing.keep_unsaved(parts, actor, draft_id, mine)
    with pytest.raises(EditConflict):
        reviewing.save_edit(parts, actor, draft_id, 1, mine.content)
    assert reviewing.unsaved(parts, actor, draft_id) == mine


def test_of_two_threads_that_save_at_once_one_wins_and_one_is_told(parts: Parts, page: reviewing.ReviewPage) -> None:
    start = Barrier(2)

    def save(purpose: str) -> object:
        start.wait()
        try:
            return reviewing.save_edit(parts, page.draft.author_id, page.draft.id, 1, said(page, purpose=purpose))
        except EditConflict as error:
            return type(error)

    with ThreadPoolExecutor(2) as threads:
        found = list(threads.map(save, ("One.", "Two.")))
    assert sorted(map(str, found)) == sorted(map(str, (2, EditConflict)))
    winner = ("One.", "Two.")[found.index(2)]
    assert reviewing.open_draft(parts, page.draft.author_id, page.draft.id).revision.content.purpose == winner


def test_an_edit_after_approval_voids_it(parts: Parts, page: reviewing.ReviewPage) -> None:
    actor, draft_id = page.draft.author_id, page.draft.id
    approve(parts, page)
    assert reviewing.save_edit(parts, actor, draft_id, 1, said(page)) == 2
    found = reviewing.open_draft(parts, actor, draft_id).draft
    assert (found.state, found.approval) == (DraftState.NEEDS_REVIEW, None)
    with pytest.raises(ReviewRefused, match="Approve it first; nothing was sent"):
        releasing.release_to_readers(parts, actor, draft_id)


@pytest.mark.stores("sqlite")
@pytest.mark.parametrize(
    "broken",
    [{"minutes": 0}, {"minutes": "many"}, {"items": [{"minutes": 5}]}, {"surprise": 1}, {"purpose": "x" * 4001}, {"items": None}],
    ids=repr,
)
def test_an_edit_that_is_no_agenda_is_refused_with_its_place_and_saves_nothing(
    parts: Parts, page: reviewing.ReviewPage, broken: dict[str, object]
) -> None:
    before = everything(parts)
    with pytest.raises(InputRefused, match=r"Not saved: .*Your text is still here"):
        reviewing.save_edit(parts, page.draft.author_id, page.draft.id, 1, said(page, **broken))
    assert everything(parts) == before


def test_every_revision_is_kept_with_its_author(parts: Parts, page: reviewing.ReviewPage) -> None:
    actor, draft_id = page.draft.author_id, page.draft.id
    reviewing.save_edit(parts, actor, draft_id, 1, said(page, purpose="Second."))
    reviewing.save_edit(parts, actor, draft_id, 2, said(page, purpose="Third."))
    with parts.database.read() as connection:
        found = drafts.revisions(connection, draft_id)
    assert [r.number for r in found] == [1, 2, 3]
    assert [r.author_id for r in found] == [None, actor, actor]
    assert [r.content.purpose for r in found] == [page.revision.content.purpose, "Second.", "Third."]
    assert found[0] == page.revision
    assert len({r.sha256 for r in found}) == 3


@pytest.mark.stores("sqlite")
def test_the_changes_are_between_what_the_engine_wrote_and_what_stands_now(parts: Parts, page: reviewing.ReviewPage) -> None:
    actor, draft_id = page.draft.author_id, page.draft.id
    assert reviewing.changes(parts, actor, draft_id) == ()
    reviewing.save_edit(parts, actor, draft_id, 1, said(page, purpose="Second."))
    reviewing.save_edit(parts, actor, draft_id, 2, said(page, purpose="Third."))
    found = reviewing.changes(parts, actor, draft_id)
    now = reviewing.open_draft(parts, actor, draft_id).revision.markdown
    assert [line.text for line in found if line.change != "in"] == page.revision.markdown.splitlines()
    assert [line.text for line in found if line.change != "out"] == now.splitlines()
    assert [line.text for line in found if line.change == "in"] == ["**Purpose.** Third."]


# Checks


BLOCKED: dict[CheckName, Callable[[AgendaContent], dict[str, object]]] = {
    CheckName.QUESTIONS: lambda content: {"purpose": "To talk about [[ask: what exactly?]]"},
    CheckName.CITATIONS: lambda content: {"items": [content.items[0].model_copy(update={"citations": ("G99",)}).model_dump()]},
}


@pytest.mark.stores("sqlite")
@pytest.mark.parametrize("name", BLOCKED)
def test_a_check_that_blocks_refuses_the_approval_in_words(parts: Parts, page: reviewing.ReviewPage, name: CheckName) -> None:
    actor, draft_id = page.draft.author_id, page.draft.id
    reviewing.save_edit(parts, actor, draft_id, 1, said(page, **BLOCKED[name](page.revision.content)))
    edited = reviewing.open_draft(parts, actor, draft_id)
    failed = next(check for check in edited.revision.checks if check.name is name)
    assert not failed.passed and failed.detail
    before = everything(parts)
    with pytest.raises(ReviewRefused, match=r"^Not approved: ") as refused:
        approve(parts, edited)
    assert failed.detail in str(refused.value)
    assert everything(parts) == before


def test_these_checks_block_an_agenda_and_no_others() -> None:
    assert set(BLOCKED) == BLOCKING_CHECKS - OF_SUMMARIES


@pytest.mark.stores("sqlite")
def test_a_draft_in_which_the_mentee_leads_most_says_so(parts: Parts, page: reviewing.ReviewPage) -> None:
    items = [item.model_copy(update={"lead": "mentee"}).model_dump() for item in page.revision.content.items]
    reviewing.save_edit(parts, page.draft.author_id, page.draft.id, 1, said(page, items=items))
    checks = reviewing.open_draft(parts, page.draft.author_id, page.draft.id).revision.checks
    (roles,) = (check for check in checks if check.name is CheckName.ROLES)
    assert not roles.passed and "the junior leads" in roles.detail


@pytest.mark.stores("sqlite")
def test_a_check_that_only_warns_leaves_the_decision_to_the_reviewer(parts: Parts, page: reviewing.ReviewPage) -> None:
    actor, draft_id = page.draft.author_id, page.draft.id
    reviewing.save_edit(parts, actor, draft_id, 1, said(page, purpose="To meet Gwendolyn Featherstone on 3 March 1999, with 77 others."))
    edited = reviewing.open_draft(parts, actor, draft_id)
    failed = {check.name for check in edited.revision.checks if not check.passed}
    assert failed == {CheckName.NAMES, CheckName.DATES, CheckName.NUMBERS}
    approve(parts, edited)
    assert state_of(parts, draft_id) is DraftState.APPROVED


@pytest.fixture
def nothing_agreed(parts: Parts, showcase: Any) -> Any:
    """The showcase pair without goals, actions, summaries and focus, so that the engine has to ask."""
    write(parts, "DELETE FROM goal WHERE pair_id = :pair", pair=showcase.pair.id)
    write(parts, "DELETE FROM action WHERE pair_id = :pair", pair=showcase.pair.id)
    write(parts, "UPDATE session SET focus = '', summary = '' WHERE pair_id = :pair", pair=showcase.pair.id)
    return showcase


@pytest.fixture
def asking(parts: Parts, nothing_agreed: Any) -> reviewing.ReviewPage:
    draft_id = preparing.draft_agenda(parts, nothing_agreed.mentor, nothing_agreed.session.id, "click")
    return reviewing.open_draft(parts, nothing_agreed.mentor, draft_id)


def test_a_draft_with_an_open_question_is_not_approved_until_it_is_answered(parts: Parts, asking: reviewing.ReviewPage) -> None:
    actor, draft_id = asking.draft.author_id, asking.draft.id
    (missing,) = asking.revision.content.missing
    assert f"[[ask: {missing.question}]]" in asking.revision.markdown
    with pytest.raises(ReviewRefused, match="To answer before anyone can approve") as refused:
        approve(parts, asking)
    assert missing.question in str(refused.value)
    reviewing.answer(parts, actor, draft_id, 1, {missing.id: "The rota for the night shift"})
    answered = reviewing.open_draft(parts, actor, draft_id)
    assert answered.revision.content.missing == ()
    assert "[[ask:" not in answered.revision.markdown
    assert "The rota for the night shift" in answered.revision.markdown
    assert answered.revision.author_id == actor
    assert not answered.draft.stale
    approve(parts, answered)
    assert state_of(parts, draft_id) is DraftState.APPROVED


@pytest.mark.stores("sqlite")
def test_an_answer_of_blanks_answers_nothing(parts: Parts, asking: reviewing.ReviewPage) -> None:
    reviewing.answer(parts, asking.draft.author_id, asking.draft.id, 1, {"topic": "  \n "})
    assert reviewing.open_draft(parts, asking.draft.author_id, asking.draft.id).revision.content.missing


def test_an_answer_to_a_revision_that_changed_since_overwrites_nothing(parts: Parts, asking: reviewing.ReviewPage) -> None:
    actor, draft_id = asking.draft.author_id, asking.draft.id
    reviewing.save_edit(parts, actor, draft_id, 1, said(asking, purpose="Saved first."))
    before = everything(parts)
    with pytest.raises(EditConflict):
        reviewing.answer(parts, actor, draft_id, 1, {"topic": "The rota"})
    assert everything(parts) == before


@pytest.mark.stores("sqlite")
def test_a_draft_can_still_be_opened_after_a_very_long_answer(parts: Parts, asking: reviewing.ReviewPage) -> None:
    actor, draft_id = asking.draft.author_id, asking.draft.id
    with suppress(CoachError):
        reviewing.answer(parts, actor, draft_id, 1, {"topic": "The rota for the night shift. " * 1_000})
    assert reviewing.open_draft(parts, actor, draft_id).draft.id == draft_id
    assert reviewing.mine(parts, actor)


# Stale


CHANGES = {
    "the focus": "UPDATE session SET focus = 'Something else entirely.' WHERE id = :session",
    "a goal’s title": "UPDATE goal SET title = 'Another title' WHERE pair_id = :pair AND place = 0",
    "a goal’s status": "UPDATE goal SET status = 'achieved' WHERE pair_id = :pair AND place = 0",
    "a goal’s date": "UPDATE goal SET due = '2031-01-31' WHERE pair_id = :pair AND place = 0",
    "one goal fewer": "DELETE FROM goal WHERE pair_id = :pair AND place = 0",
    "an action done": "UPDATE action SET done = NOT done WHERE pair_id = :pair AND place = 0",
    "an action’s text": "UPDATE action SET text = 'Another promise' WHERE pair_id = :pair AND place = 0",
    "one action more": "INSERT INTO action (id, pair_id, place, text, owner, due, done) SELECT 'new', pair_id, 99, 'One more promise', owner, due, false FROM action"
    " WHERE pair_id = :pair AND place = 0",
    "the session’s length": "UPDATE session SET minutes = 90 WHERE id = :session",
}
OF_SUMMARIES = {CheckName.EVIDENCE, CheckName.STATUSES, CheckName.DISCLOSURE}
NO_CHANGES = {
    "another pair’s goal": "UPDATE goal SET title = 'Another title' WHERE pair_id <> :pair AND :session <> ''",
    "another pair’s focus": "UPDATE session SET focus = 'Something else' WHERE pair_id <> :pair AND :session <> ''",
    "a note": "INSERT INTO note SELECT 'note', :session, mentor_id, 'What I saw.', '2026-03-06 12:00:00.000000', 1 FROM pair WHERE id = :pair",
    "the agreement": "UPDATE agreement SET mentee_signed = '2026-03-06' WHERE pair_id = :pair AND :session <> ''",
}


def stale(parts: Parts, page: reviewing.ReviewPage) -> set[bool]:
    actor, draft_id = page.draft.author_id, page.draft.id
    opened = reviewing.open_draft(parts, actor, draft_id).draft.stale
    (listed,) = (d.stale for d in reviewing.mine(parts, actor) if d.id == draft_id)
    return {opened, listed}


@pytest.mark.stores("sqlite")
@pytest.mark.parametrize("change", CHANGES)
def test_a_draft_is_stale_once_its_inputs_changed(parts: Parts, page: reviewing.ReviewPage, change: str) -> None:
    assert stale(parts, page) == {False}
    values = {"pair": page.pair.id, "session": page.session.id}
    write(parts, CHANGES[change], **{k: v for k, v in values.items() if f":{k}" in CHANGES[change]})
    assert stale(parts, page) == {True}


@pytest.mark.stores("sqlite")
@pytest.mark.parametrize("change", NO_CHANGES)
def test_a_draft_is_not_stale_because_of_something_else(parts: Parts, page: reviewing.ReviewPage, change: str) -> None:
    write(parts, NO_CHANGES[change], pair=page.pair.id, session=page.session.id)
    assert stale(parts, page) == {False}


def test_a_draft_is_not_stale_because_of_its_own_way_or_because_time_passes(parts: Parts, page: reviewing.ReviewPage) -> None:
    actor, draft_id = page.draft.author_id, page.draft.id
    reviewing.keep_unsaved(parts, actor, draft_id, WorkingCopy(base=1, content=said(page)))
    reviewing.save_edit(parts, actor, draft_id, 1, said(page, purpose="To listen."))
    approve(parts, reviewing.open_draft(parts, actor, draft_id))
    releasing.release_to_readers(parts, actor, draft_id)
    preparing.set_focus(parts, actor, page.session.id, page.session.focus)
    in_a_month = parts.now() + timedelta(days=30)
    assert stale(replace(parts, now=lambda: in_a_month), page) == {False}


def test_a_draft_is_no_longer_stale_when_its_inputs_are_as_they_were(parts: Parts, page: reviewing.ReviewPage) -> None:
    preparing.set_focus(parts, page.draft.author_id, page.session.id, "Something else.")
    preparing.set_focus(parts, page.draft.author_id, page.session.id, page.session.focus)
    assert stale(parts, page) == {False}


def test_staleness_warns_and_voids_nothing(parts: Parts, page: reviewing.ReviewPage) -> None:
    actor, draft_id = page.draft.author_id, page.draft.id
    approve(parts, page)
    preparing.set_focus(parts, actor, page.session.id, "Something else.")
    assert reviewing.open_draft(parts, actor, draft_id).draft.state is DraftState.APPROVED
    releasing.release_to_readers(parts, actor, draft_id)
    assert releasing.released_agenda(parts, page.pair.mentee.id, page.session.id) is not None


@pytest.mark.stores("sqlite")
@pytest.mark.parametrize("where", ["preparation", "waiting"])
def test_every_list_of_drafts_shows_which_is_stale(parts: Parts, page: reviewing.ReviewPage, where: str) -> None:
    actor = page.draft.author_id
    preparing.set_focus(parts, actor, page.session.id, "Something else.")
    listed = preparing.preparation(parts, actor, page.session.id).drafts if where == "preparation" else reviewing.waiting(parts, actor)
    assert [d.stale for d in listed if d.id == page.draft.id] == [True]


# Working copies


def test_an_unsaved_edit_is_kept_over_a_restart_and_gone_after_saving(parts: Parts, settings: Settings, page: reviewing.ReviewPage) -> None:
    actor, draft_id = page.draft.author_id, page.draft.id
    assert reviewing.unsaved(parts, actor, draft_id) is None
    reviewing.keep_unsaved(parts, actor, draft_id, WorkingCopy(base=1, content=said(page, purpose="Half a sen")))
    copy = WorkingCopy(base=1, content=said(page, purpose="Half a sentence"))
    reviewing.keep_unsaved(parts, actor, draft_id, copy)
    again = join_parts(settings)
    assert reviewing.unsaved(again, actor, draft_id) == copy
    again.database.close()
    assert reviewing.open_draft(parts, actor, draft_id).revision == page.revision
    reviewing.save_edit(parts, actor, draft_id, copy.base, copy.content)
    assert reviewing.unsaved(parts, actor, draft_id) is None


def test_an_unsaved_edit_may_be_no_agenda_yet(parts: Parts, page: reviewing.ReviewPage) -> None:
    copy = WorkingCopy(base=1, content={"items": [{"minutes": ""}], "purpose": None})
    reviewing.keep_unsaved(parts, page.draft.author_id, page.draft.id, copy)
    assert reviewing.unsaved(parts, page.draft.author_id, page.draft.id) == copy


def test_an_unsaved_edit_can_be_given_up_and_leaves_no_trace(parts: Parts, page: reviewing.ReviewPage) -> None:
    before = everything(parts)
    reviewing.keep_unsaved(parts, page.draft.author_id, page.draft.id, WorkingCopy(base=1, content=said(page, purpose="Never mind.")))
    reviewing.give_up_unsaved(parts, page.draft.author_id, page.draft.id)
    assert everything(parts) == before


# Any order of steps


class AnyOrder(RuleBasedStateMachine):
    """Mentor, mentee and a stranger take steps in any order; a plain model says what must come of it."""

    shared: Parts
    store: str
    source: Path
    people: dict[str, str]
    session_id: str

    def __init__(self) -> None:
        super().__init__()
        self.copies = ExitStack()
        folder = Path(self.copies.enter_context(TemporaryDirectory(prefix="coach-steps-")))
        copy = self.copies.enter_context(with_sample(self.store, folder / "home", self.source))
        self.parts = replace(self.shared, database=open_database(copy.url, folder / "migrate.lock"))
        self.rows = verify_audit(self.parts).rows
        self.state: dict[str, DraftState] = {}
        self.content: dict[str, AgendaContent] = {}
        self.number: dict[str, int] = {}
        self.released: dict[str, AgendaContent] = {}  # what readers may see, in the order of release
        self.approved: set[tuple[str, str]] = set()

    def teardown(self) -> None:
        self.parts.database.close()
        self.copies.close()

    def one(self, place: int) -> str:
        return list(self.state)[place % len(self.state)]

    def step(self, actor: str, allowed: bool, act: Callable[[str], object], audited: int = 1) -> bool:
        """Take a step; tell whether it was done. Others than the mentor change nothing, and neither does a step that is refused."""
        before = everything(self.parts)
        expected = CoachError if actor == "mentor" else AccessDenied
        try:
            act(self.people[actor])
        except expected:
            assert not (allowed and actor == "mentor")
            assert everything(self.parts) == before
            return False
        assert allowed and actor == "mentor"
        self.rows += audited
        return True

    actors = st.sampled_from(["mentor"] * 8 + ["mentee", "stranger"])
    places = st.sampled_from([0, 0, 0, 1])

    @initialize()
    def first(self) -> None:
        self.draft("mentor", 0)

    @rule(actor=actors, key=st.integers(0, 2))
    def draft(self, actor: str, key: int) -> None:
        found: list[str] = []
        known = len(rows(self.parts, "draft"))

        def act(person: str) -> None:
            found.append(preparing.draft_agenda(self.parts, person, self.session_id, f"key {key}"))

        if not self.step(actor, True, act, 0):
            return
        (draft_id,) = found
        assert (draft_id in self.state) == (len(rows(self.parts, "draft")) == known)
        if draft_id not in self.state:
            self.rows += 2
            self.state[draft_id] = DraftState.NEEDS_REVIEW
            self.number[draft_id] = 1
            self.content[draft_id] = reviewing.open_draft(self.parts, self.people["mentor"], draft_id).revision.content

    @rule(actor=actors, place=places, purpose=st.sampled_from(["One.", "Two.", "Three."]), behind=st.sampled_from([0] * 9 + [1]))
    def edit(self, actor: str, place: int, purpose: str, behind: int) -> None:
        draft_id = self.one(place)
        edited = self.content[draft_id].model_copy(update={"purpose": purpose})
        allowed = self.state[draft_id] is not DraftState.DISCARDED and not behind
        base = self.number[draft_id] - behind

        def act(person: str) -> None:
            reviewing.save_edit(self.parts, person, draft_id, base, edited.model_dump(mode="json"))

        if self.step(actor, allowed, act):
            self.content[draft_id] = edited
            self.number[draft_id] += 1
            self.state[draft_id] = DraftState.NEEDS_REVIEW

    @rule(actor=actors, place=places, behind=st.sampled_from([0] * 9 + [1]))
    def approve(self, actor: str, place: int, behind: int) -> None:
        draft_id = self.one(place)
        with self.parts.database.read() as connection:
            every = drafts.revisions(connection, draft_id)
        read = every[max(0, len(every) - 1 - behind)]
        allowed = self.state[draft_id] is DraftState.NEEDS_REVIEW and read.number == self.number[draft_id]
        if self.step(actor, allowed, lambda person: reviewing.approve(self.parts, person, draft_id, read.number, read.sha256)):
            self.state[draft_id] = DraftState.APPROVED
            self.approved.add((draft_id, read.content.model_dump_json()))

    @rule(actor=actors, place=places)
    def release(self, actor: str, place: int) -> None:
        draft_id = self.one(place)
        audited = 1 + len(self.released)  # what was released for this session before is withdrawn, which is a step of its own
        allowed = self.state[draft_id] is DraftState.APPROVED
        if self.step(actor, allowed, lambda person: releasing.release_to_readers(self.parts, person, draft_id), audited):
            self.released.clear()
            self.released[draft_id] = self.content[draft_id]

    @rule(actor=actors, place=places, channel=st.sampled_from([Channel.MARKDOWN, Channel.DOCX]))
    def take_as_file(self, actor: str, place: int, channel: Channel) -> None:
        draft_id = self.one(place)
        taken: list[bytes] = []

        def act(person: str) -> None:
            releasing.release_as_file(self.parts, person, draft_id, channel, taken.append)

        assert self.step(actor, self.state[draft_id] is DraftState.APPROVED, act) == bool(taken)

    @rule(actor=actors, place=places)
    def withdraw(self, actor: str, place: int) -> None:
        draft_id = self.one(place)
        if self.step(actor, True, lambda person: releasing.withdraw(self.parts, person, draft_id), int(draft_id in self.released)):
            self.released.pop(draft_id, None)

    @rule(actor=actors, place=places)
    def discard(self, actor: str, place: int) -> None:
        draft_id = self.one(place)
        allowed = self.state[draft_id] is not DraftState.DISCARDED
        if self.step(actor, allowed, lambda person: reviewing.discard(self.parts, person, draft_id)):
            self.state[draft_id] = DraftState.DISCARDED

    @rule(place=places, steps=st.integers(1, 5))
    def go_on(self, place: int, steps: int) -> None:
        """Let the mentor take the steps that come next: approve what waits, release what is approved, edit what is released."""
        for number in range(steps):
            draft_id = self.one(place)
            if self.state[draft_id] is DraftState.NEEDS_REVIEW:
                self.approve("mentor", place, 0)
            elif self.state[draft_id] is DraftState.APPROVED and self.released.get(draft_id) != self.content[draft_id]:
                self.release("mentor", place)
            else:
                self.edit("mentor", place, f"Version {self.number[draft_id]}, {number}.", 0)

    @precondition(lambda self: self.state)
    @invariant()
    def what_readers_see_was_approved_with_exactly_that_content(self) -> None:
        meant = list(self.released.items())[-1:]
        for person in ("mentor", "mentee"):
            seen = releasing.released_agenda(self.parts, self.people[person], self.session_id)
            assert (seen and seen.content) == (meant[0][1] if meant else None)
        assert all((draft_id, content.model_dump_json()) in self.approved for draft_id, content in self.released.items())
        with pytest.raises(AccessDenied):
            releasing.released_agenda(self.parts, self.people["stranger"], self.session_id)

    @invariant()
    def every_state_is_as_the_model_says(self) -> None:
        with self.parts.database.read() as connection:
            for draft_id, state in self.state.items():
                found = drafts.load(connection, draft_id)
                assert found.revision is not None
                assert (found.state, found.revision.number, found.revision.content) == (
                    state,
                    self.number[draft_id],
                    self.content[draft_id],
                )
                assert (found.approval is not None) == (state is DraftState.APPROVED)
                if state is DraftState.APPROVED:
                    assert isinstance(releases.approved(connection, draft_id, "Agenda"), ApprovedDraft)

    @invariant()
    def the_audit_trail_is_whole_and_holds_each_step_once(self) -> None:
        found = verify_audit(self.parts)
        assert (found.rows, found.first_wrong) == (self.rows, None)


def test_in_any_order_of_steps_only_what_was_approved_is_read(
    parts: Parts, store: str, loaded_home: Path, showcase: Any, stranger: str
) -> None:
    people = {"mentor": showcase.mentor, "mentee": showcase.mentee, "stranger": stranger}
    given = {"shared": parts, "store": store, "source": loaded_home, "people": people, "session_id": showcase.session.id}
    machine = type("AnyOrderHere", (AnyOrder,), given)
    chosen = hypothesis.settings(
        max_examples=12 if store == "sqlite" else 4, stateful_step_count=20, deadline=None, database=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
    )  # fmt: skip
    run_state_machine_as_test(machine, settings=chosen)


@pytest.mark.stores("sqlite")
def test_the_checks_that_are_shown_are_those_of_the_current_revision(parts: Parts, page: reviewing.ReviewPage) -> None:
    actor, draft_id = page.draft.author_id, page.draft.id
    assert all(isinstance(check, Check) for check in page.revision.checks)
    assert {check.name for check in page.revision.checks} == set(CheckName) - OF_SUMMARIES
    reviewing.save_edit(parts, actor, draft_id, 1, said(page, purpose="To meet Gwendolyn Featherstone."))
    names = {c.name: c.passed for c in reviewing.open_draft(parts, actor, draft_id).revision.checks}
    assert names[CheckName.NAMES] is False
