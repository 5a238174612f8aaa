"""Deny by default: who is not named for an act cannot do it, and cannot learn whether the thing exists."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from sqlalchemy import text

import coach.services
from coach.domain.access import Act, may, readers, role_in
from coach.domain.drafts import DraftKind
from coach.domain.people import RoleName
from coach.domain.review import Channel, WorkingCopy
from coach.errors import AccessDenied, InputRefused
from coach.services import (
    answering,
    disclosures,
    guidance_pages,
    making,
    passing_on,
    preparing,
    progress,
    redrafting,
    releasing,
    reviewing,
    summary_review,
)
from coach.services.notes import save_note
from coach.services.parts import Parts
from coach.services.signing_in import demonstration, demonstration_person, person_at_terminal
from coach.services.today import today
from coach.store import programmes, releases
from tests.summarised import drafted, last_held, released, saying, write_notes
from tests.test_coordinator_access import ON_ONESELF as ALSO_ON_ONESELF
from tests.test_coordinator_access import TRIED as TRIED_BY_COORDINATORS
from tests.test_notes import TRIED as TRIED_ON_NOTES
from tests.test_pair_access import TRIED as TRIED_ON_A_PAIR

PRIVATE = "zanzibarite"  # a word of the focus that stays with the mentor
FOCUS = f"I would like to talk about the open channel. Between us, I am afraid of {PRIVATE}."

ALLOWED = {
    (DraftKind.AGENDA, Act.DRAFT): {"mentor"},
    (DraftKind.AGENDA, Act.READ_RELEASED): {"mentor", "mentee"},
    (DraftKind.SUMMARY, Act.DRAFT): {"mentor", "mentee"},
    (DraftKind.SUMMARY, Act.READ_RELEASED): {"mentor", "mentee"},
}

CONTENT = {"purpose": "To listen.", "minutes": 45, "items": []}
Call = Callable[[Parts, str, str], object]
ON_A_DRAFT: dict[str, Call] = {
    "open_draft": reviewing.open_draft,
    "changes": reviewing.changes,
    "save_edit": lambda parts, actor, draft: reviewing.save_edit(parts, actor, draft, 1, CONTENT),
    "keep_unsaved": lambda parts, actor, draft: reviewing.keep_unsaved(parts, actor, draft, WorkingCopy(base=1, content=CONTENT)),
    "unsaved": reviewing.unsaved,
    "give_up_unsaved": reviewing.give_up_unsaved,
    "answer": lambda parts, actor, draft: reviewing.answer(parts, actor, draft, 1, {"topic": "The rota"}),
    "approve": lambda parts, actor, draft: reviewing.approve(parts, actor, draft, 1, "f" * 64),
    "discard": reviewing.discard,
    "release_to_readers": releasing.release_to_readers,
    "release_as_file": lambda parts, actor, draft: releasing.release_as_file(parts, actor, draft, Channel.DOCX, lambda data: None),
    "find_mine": reviewing.find_mine,
    "withdraw": releasing.withdraw,
    "progress": making.progress,
    "refusal": making.refusal,
    "stop_draft": making.stop_draft,
    "try_again": lambda parts, actor, draft: making.try_again(parts, actor, draft, "builtin"),
    "draft_again": lambda parts, actor, draft: redrafting.draft_again(parts, actor, draft, 1),
    "offers": redrafting.offers,
    "take": lambda parts, actor, draft: redrafting.take(parts, actor, draft, {}, "goals", "g1"),
    "read_route": disclosures.read_route,
    "remove_passage": lambda parts, actor, draft: disclosures.remove_passage(parts, actor, draft, 1),
    "deny_disclosure": lambda parts, actor, draft: disclosures.deny_disclosure(parts, actor, draft, 1),
    "summary_review": summary_review.summary_review,
    "quote_of_notes": lambda parts, actor, draft: summary_review.quote_of_notes(parts, actor, draft, 0, 4),
    "mine_to_review": lambda parts, actor, draft: in_a_transaction(parts, lambda c: reviewing.mine_to_review(c, actor, draft)),
}
ON_A_SESSION: dict[str, Call] = {
    "preparation": preparing.preparation,
    "set_focus": lambda parts, actor, session: preparing.set_focus(parts, actor, session, "Mine now."),
    "draft_agenda": lambda parts, actor, session: preparing.draft_agenda(parts, actor, session, "click"),
    "start_agenda": lambda parts, actor, session: preparing.start_agenda(parts, actor, session, "click", "openai"),
    "draft_now": lambda parts, actor, session: making.draft_now(parts, actor, session, DraftKind.AGENDA, "click"),
    "start_draft": lambda parts, actor, session: making.start_draft(parts, actor, session, DraftKind.AGENDA, "click", "openai"),
    "session_to_draft": lambda parts, actor, session: in_a_transaction(
        parts, lambda c: making.session_to_draft(c, actor, session, DraftKind.AGENDA)
    ),
    "released_agenda": releasing.released_agenda,
}
# What a pair reads and answers of its progress; `thing` is its pair, a released summary of its mentor and the session of that, and one of its actions.
ON_PROGRESS: dict[str, Callable[[Parts, str, dict[str, str]], object]] = {
    "progress_page": lambda parts, actor, thing: progress.progress_page(parts, actor, thing["pair"]),
    "released_summary": lambda parts, actor, thing: progress.released_summary(parts, actor, thing["session"]),
    "respond": lambda parts, actor, thing: progress.respond(parts, actor, thing["draft"], 1, confirmed=True, comment=""),
    "mark_action": lambda parts, actor, thing: progress.mark_action(parts, actor, thing["action"], done=True),
}
# What belongs to everybody of a programme; who does not is refused, and nothing changes.
ON_THE_GUIDANCE: dict[str, Call] = {
    "read": guidance_pages.read,
    "documents_to_read": lambda parts, actor, _: guidance_pages.documents_to_read(parts, actor),
    "passages_cited": lambda parts, actor, _: guidance_pages.passages_cited(parts, actor, ()),
    "ask": lambda parts, actor, _: answering.ask(parts, actor, "How often do we meet?"),
    "pass_on": lambda parts, actor, _: passing_on.pass_on(parts, actor, "How long is a lamp left on?"),
}
ON_ONESELF = {"today": today, "waiting": reviewing.waiting, "mine": reviewing.mine}


def in_a_transaction(parts: Parts, act: Callable[[Any], object]) -> object:
    with parts.database.read() as connection:
        return act(connection)


def everything(parts: Parts) -> list[object]:
    tables = (
        "draft", "revision", "approval", "release", "audit", "working_copy", "session", "document", "passed_on_question", "note",
        "goal", "action", "goal_progress", "summary_response", "disclosure",
    )  # fmt: skip
    with parts.database.read() as connection:
        return [connection.execute(text(f'SELECT * FROM "{table}" ORDER BY 1')).all() for table in tables]  # noqa: S608


@pytest.fixture
def coordinator(parts: Parts, showcase: Any) -> str:
    with parts.database.read() as connection:
        (found,) = programmes.people_with_role(connection, showcase.pair.programme_id, RoleName.COORDINATOR)
    return found.id


@pytest.fixture
def draft_id(parts: Parts, showcase: Any) -> str:
    """An approved draft, made from a focus of which a part is private."""
    preparing.set_focus(parts, showcase.mentor, showcase.session.id, FOCUS)
    draft_id = preparing.draft_agenda(parts, showcase.mentor, showcase.session.id, "first")
    revision = reviewing.open_draft(parts, showcase.mentor, draft_id).revision
    reviewing.approve(parts, showcase.mentor, draft_id, revision.number, revision.sha256)
    return draft_id


# The table


@pytest.mark.stores("sqlite")
def test_may_is_the_table_and_nothing_else(showcase: Any, stranger: str, coordinator: str) -> None:
    people = {"mentor": showcase.mentor, "mentee": showcase.mentee, "stranger": stranger, "coordinator": coordinator, "nobody": ""}
    for kind, act, (who, person) in product(DraftKind, Act, people.items()):
        assert may(showcase.pair, person, act, kind) == (who in ALLOWED.get((kind, act), set())), (kind, act, who)


@pytest.mark.stores("sqlite")
def test_the_readers_are_those_who_may_read(showcase: Any) -> None:
    for kind in (DraftKind.AGENDA, DraftKind.SUMMARY):
        assert readers(showcase.pair, kind) == tuple(sorted((showcase.mentor, showcase.mentee)))
    for kind in set(DraftKind) - {DraftKind.AGENDA, DraftKind.SUMMARY}:
        assert readers(showcase.pair, kind) == ()


@pytest.mark.stores("sqlite")
def test_a_role_in_a_pair_is_not_a_role_in_another(parts: Parts, showcase: Any, stranger: str, coordinator: str) -> None:
    assert role_in(showcase.pair, showcase.mentor) is RoleName.MENTOR
    assert role_in(showcase.pair, showcase.mentee) is RoleName.MENTEE
    assert role_in(showcase.pair, stranger) is None
    assert role_in(showcase.pair, coordinator) is None


# The services


def test_every_service_that_somebody_acts_through_is_tried_here() -> None:
    found = set()
    for module in pkgutil.iter_modules(coach.services.__path__, "coach.services."):
        for name, function in inspect.getmembers(importlib.import_module(module.name), inspect.isfunction):
            acts = "actor" in inspect.signature(function).parameters
            if acts and function.__module__ == module.name and not name.startswith("_"):
                found.add(name)
    assert found == {
        *ON_PROGRESS,
        *ON_A_DRAFT,
        *ON_A_SESSION,
        *ON_ONESELF,
        *ON_THE_GUIDANCE,
        *TRIED_ON_NOTES,
        *TRIED_ON_A_PAIR,
        *TRIED_BY_COORDINATORS,
        *ALSO_ON_ONESELF,
    }


@pytest.mark.parametrize("name", ON_PROGRESS)
def test_progress_is_for_the_two_people_of_a_pair_alone(parts: Parts, showcase: Any, stranger: str, coordinator: str, name: str) -> None:
    session = last_held(parts, showcase.pair.id)
    write_notes(parts, session.id, showcase.mentor)
    draft = released(saying(parts), showcase.mentor, session.id)
    with parts.database.read() as connection:
        action = programmes.actions_of(connection, showcase.pair.id)[0].id
    there = {"pair": showcase.pair.id, "session": session.id, "draft": draft, "action": action}
    nowhere = dict.fromkeys(there, "nothing-such")
    refusals = {denied(parts, ON_PROGRESS[name], actor, there) for actor in (stranger, coordinator, "nobody", "")}
    refusals |= {denied(parts, ON_PROGRESS[name], showcase.mentee, nowhere)}
    assert len(refusals) == 1
    ON_PROGRESS[name](parts, showcase.mentee, there)


def denied(parts: Parts, call: Callable[[Parts, str, Any], object], actor: str, thing: Any) -> str:
    """Return the words of the refusal, after making sure that nothing changed."""
    before = everything(parts)
    with pytest.raises(AccessDenied) as refused:
        call(parts, actor, thing)
    assert everything(parts) == before
    return str(refused.value)


@pytest.mark.parametrize("name", ON_A_DRAFT)
def test_a_draft_is_for_its_mentor_alone_and_nobody_else_learns_of_it(
    parts: Parts, showcase: Any, stranger: str, coordinator: str, draft_id: str, name: str
) -> None:
    call = ON_A_DRAFT[name]
    there = {denied(parts, call, actor, draft_id) for actor in (showcase.mentee, stranger, coordinator, "nobody", "")}
    not_there = {denied(parts, call, actor, "no-such-draft") for actor in (showcase.mentor, showcase.mentee, stranger, "nobody")}
    assert there == not_there
    assert len(there) == 1


@pytest.mark.stores("sqlite")
@pytest.mark.parametrize("name", ON_A_DRAFT)
def test_a_summary_is_for_its_author_alone_and_the_other_person_of_the_pair_learns_nothing_of_it(
    parts: Parts, showcase: Any, stranger: str, coordinator: str, name: str
) -> None:
    session = last_held(parts, showcase.pair.id)
    write_notes(parts, session.id, showcase.mentee)
    summary = drafted(saying(parts), showcase.mentee, session.id)
    there = {denied(parts, ON_A_DRAFT[name], actor, summary) for actor in (showcase.mentor, stranger, coordinator, "nobody")}
    not_there = {denied(parts, ON_A_DRAFT[name], actor, "no-such-draft") for actor in (showcase.mentor, showcase.mentee)}
    assert there == not_there
    assert len(there) == 1


@pytest.mark.parametrize("name", ON_A_SESSION)
def test_a_session_is_for_its_pair_alone_and_nobody_else_learns_of_it(
    parts: Parts, showcase: Any, stranger: str, coordinator: str, name: str
) -> None:
    call = ON_A_SESSION[name]
    outside = [stranger, coordinator, "nobody", ""] + ([] if name == "released_agenda" else [showcase.mentee])
    there = {denied(parts, call, actor, showcase.session.id) for actor in outside}
    not_there = {denied(parts, call, actor, "no-such-session") for actor in (showcase.mentor, showcase.mentee, stranger, "nobody")}
    assert there == not_there
    assert len(there) == 1


@pytest.mark.parametrize("name", TRIED_ON_NOTES)
def test_notes_are_for_the_two_people_of_a_pair_alone_and_nobody_else_learns_of_its_session(
    parts: Parts, showcase: Any, stranger: str, coordinator: str, name: str
) -> None:
    call = TRIED_ON_NOTES[name]
    save_note(parts, showcase.mentor, showcase.session.id, PRIVATE, 0)
    there = {denied(parts, call, actor, showcase.session.id) for actor in (stranger, coordinator, "nobody", "")}
    not_there = {denied(parts, call, actor, "no-such-session") for actor in (showcase.mentor, showcase.mentee, stranger, "nobody")}
    assert there == not_there
    assert len(there) == 1


@pytest.mark.parametrize("name", ON_THE_GUIDANCE)
def test_guidance_is_for_people_of_the_programme_alone(parts: Parts, name: str) -> None:
    (shipped, *_) = parts.library.documents()
    assert len({denied(parts, ON_THE_GUIDANCE[name], actor, shipped.id) for actor in ("nobody", "installation", "")}) == 1


@pytest.mark.parametrize("name", ON_ONESELF)
def test_what_somebody_sees_of_their_own_holds_nothing_of_another_pair(
    parts: Parts, showcase: Any, stranger: str, coordinator: str, draft_id: str, name: str
) -> None:
    releasing.release_to_readers(parts, showcase.mentor, draft_id)
    for actor in (stranger, coordinator, "nobody", ""):
        seen = repr(ON_ONESELF[name](parts, actor))
        for private in (draft_id, showcase.pair.id, showcase.session.id, showcase.pair.mentee.name, PRIVATE):
            assert private not in seen


def test_a_mentor_sees_no_draft_of_a_mentor_who_was_there_before(parts: Parts, showcase: Any, stranger: str, draft_id: str) -> None:
    with parts.database.write() as connection:
        values = {"new": stranger, "pair": showcase.pair.id}
        connection.execute(text("UPDATE pair SET mentor_id = :new WHERE id = :pair"), values)
    for call in ON_A_DRAFT.values():
        denied(parts, call, stranger, draft_id)
        denied(parts, call, showcase.mentor, draft_id)


# What the mentee sees


def seen_by_mentee(parts: Parts, showcase: Any) -> str:
    """Return as text everything that any service hands to the mentee."""
    mentee, session_id = showcase.mentee, showcase.session.id
    found = [call(parts, mentee) for call in ON_ONESELF.values()]
    return repr([*found, releasing.released_agenda(parts, mentee, session_id), demonstration(parts)])


def test_the_mentee_sees_nothing_of_a_draft_before_it_is_released(parts: Parts, showcase: Any, draft_id: str) -> None:
    page = reviewing.open_draft(parts, showcase.mentor, draft_id)
    seen = seen_by_mentee(parts, showcase)
    assert draft_id not in seen
    assert page.revision.content.purpose not in seen
    for item in page.revision.content.items:
        assert all(question not in seen for question in item.questions)
    assert today(parts, showcase.mentee).waiting == reviewing.mine(parts, showcase.mentee) == ()


@pytest.mark.stores("sqlite")
def test_the_mentee_never_sees_what_the_engine_said_to_the_mentor(parts: Parts, showcase: Any, draft_id: str) -> None:
    said = reviewing.open_draft(parts, showcase.mentor, draft_id).draft.engine.said
    assert any(PRIVATE in line for line in said)
    assert not [line for line in said if line in seen_by_mentee(parts, showcase)]
    releasing.release_to_readers(parts, showcase.mentor, draft_id)
    assert not [line for line in said if line in seen_by_mentee(parts, showcase)]


@pytest.mark.stores("sqlite")
def test_the_approved_agenda_holds_nothing_of_the_private_part_of_the_focus(parts: Parts, showcase: Any, draft_id: str) -> None:
    with parts.database.read() as connection:
        ready = releases.approved(connection, draft_id, "Agenda")
    assert PRIVATE not in repr(ready)


@pytest.mark.parametrize("name", ["today, before the release", "today, after the release", "released_agenda"])
def test_the_mentee_never_sees_the_focus(parts: Parts, showcase: Any, draft_id: str, name: str) -> None:
    if name != "today, before the release":
        releasing.release_to_readers(parts, showcase.mentor, draft_id)
    if name == "released_agenda":
        found: object = releasing.released_agenda(parts, showcase.mentee, showcase.session.id)
    else:
        found = today(parts, showcase.mentee)
    assert showcase.pair.mentor.name.split()[0] in repr(found)
    assert PRIVATE not in repr(found)


def test_an_edit_after_the_release_is_not_seen_by_the_mentee(parts: Parts, showcase: Any, draft_id: str) -> None:
    releasing.release_to_readers(parts, showcase.mentor, draft_id)
    content = reviewing.open_draft(parts, showcase.mentor, draft_id).revision.content.model_dump(mode="json")
    reviewing.keep_unsaved(parts, showcase.mentor, draft_id, WorkingCopy(base=1, content=content | {"purpose": "Half a sentence"}))
    assert "Half a sentence" not in seen_by_mentee(parts, showcase)
    reviewing.save_edit(parts, showcase.mentor, draft_id, 1, content | {"purpose": "A whole sentence."})
    assert "A whole sentence." not in seen_by_mentee(parts, showcase)


# Who acts


def test_a_person_of_the_sample_programme_can_be_chosen(parts: Parts, showcase: Any) -> None:
    assert demonstration_person(parts, showcase.mentor) == showcase.pair.mentor


def test_a_person_of_a_real_programme_can_never_be_chosen(parts: Parts, showcase: Any) -> None:
    with parts.database.write() as connection:
        connection.execute(
            text("INSERT INTO programme SELECT 'real', name, label, route, objectives, starts, ends, 5, false FROM programme")
        )
        connection.execute(
            text(
                "INSERT INTO person (id, programme_id, name, role, department, region, email)"
                " VALUES ('real-person', 'real', 'Ada Real', 'Analyst', '', '', 'ada@real.example')"
            )
        )
        connection.execute(text("INSERT INTO role VALUES ('real-person', 'mentor')"))
    with pytest.raises(AccessDenied) as refused:
        demonstration_person(parts, "real-person")
    with pytest.raises(AccessDenied) as unknown:
        demonstration_person(parts, "no-such-person")
    assert str(refused.value) == str(unknown.value)
    shown = demonstration(parts)
    assert shown is not None
    assert "real-person" not in {person.id for person in (*shown.mentors, *shown.mentees)}
    assert person_at_terminal(parts, "ada@real.example").id == "real-person"


def test_without_a_sample_programme_nobody_can_be_chosen(parts: Parts, showcase: Any) -> None:
    with parts.database.write() as connection:
        connection.execute(text("UPDATE programme SET sample = false"))
    assert demonstration(parts) is None
    with pytest.raises(AccessDenied):
        demonstration_person(parts, showcase.mentor)


@pytest.mark.parametrize("typed", ["priya.nandakeri@quillmere.example", " Priya.Nandakeri@Quillmere.EXAMPLE\n"])
def test_a_person_at_the_terminal_is_known_by_their_address_however_it_is_typed(parts: Parts, showcase: Any, typed: str) -> None:
    assert person_at_terminal(parts, typed).id == showcase.mentor


@pytest.mark.stores("sqlite")
@pytest.mark.parametrize(
    ("typed", "message"),
    [("", "add --as E-MAIL, or set COACH_AS"), ("nobody@quillmere.example", "Nobody here has the e-mail address"), ("%", "Nobody here")],
)
def test_nobody_acts_at_the_terminal_without_a_known_address(parts: Parts, typed: str, message: str) -> None:
    with pytest.raises(InputRefused, match=message):
        person_at_terminal(parts, typed)
