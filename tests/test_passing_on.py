"""A question that is passed on keeps its words and nothing else, names nobody, and reaches the coordinators of one programme."""

import pytest
from sqlalchemy import text

from coach.domain.passed_on import LONGEST_WORDS
from coach.domain.people import Person, Programme, RoleName
from coach.errors import AccessDenied, InputRefused, NotFound
from coach.services import passing_on
from coach.services.accounting import verify_audit
from coach.services.parts import Parts
from coach.store import people, programmes
from tests.conftest import Showcase

WORDS = "How do we share what we learned with the rest of the board?"


@pytest.fixture
def coordinator(parts: Parts, showcase: Showcase) -> str:
    with parts.database.read() as connection:
        (found,) = programmes.people_with_role(connection, showcase.pair.programme_id, RoleName.COORDINATOR)
    return found.id


@pytest.fixture
def elsewhere(parts: Parts) -> str:
    """The id of a coordinator of another programme, who mentors there too."""
    person = Person(id="c2", programme_id="q2", name="Ida Elsewhere", role="Coordinator", email="ida@elsewhere.example")
    with parts.database.write() as connection:
        programmes.add(connection, Programme(id="q2", name="Elsewhere", route="the people partner"))
        people.add(connection, person, {RoleName.COORDINATOR, RoleName.MENTOR})
    return person.id


def stored(parts: Parts) -> list[dict[str, object]]:
    with parts.database.read() as connection:
        return [dict(row) for row in connection.execute(text("SELECT * FROM passed_on_question")).mappings()]


@pytest.mark.parametrize("who", ["mentor", "mentee"])
def test_a_question_reaches_the_coordinator_in_the_words_that_were_seen(
    parts: Parts, showcase: Showcase, coordinator: str, who: str
) -> None:
    passing_on.pass_on(parts, getattr(showcase, who), f"  {WORDS}\n")
    assert [question.words for question in passing_on.passed_on(parts, coordinator)] == [WORDS]


def test_nothing_tells_who_passed_a_question_on_or_when(parts: Parts, showcase: Showcase) -> None:
    rows = verify_audit(parts).rows
    passing_on.pass_on(parts, showcase.mentee, WORDS)
    (row,) = stored(parts)
    assert set(row) == {"id", "programme_id", "words"}
    assert verify_audit(parts).rows == rows


def test_questions_lie_and_are_listed_in_the_order_of_their_random_ids(parts: Parts, showcase: Showcase, coordinator: str) -> None:
    for number in range(8):
        passing_on.pass_on(parts, showcase.mentor, f"{WORDS} And for how long, in week {number}?")
    ids = [question.id for question in passing_on.passed_on(parts, coordinator)]
    assert ids == sorted(ids)
    with parts.database.read() as connection:
        if connection.dialect.name == "sqlite":
            with pytest.raises(Exception, match="no such column: rowid"):
                connection.execute(text("SELECT rowid FROM passed_on_question"))


@pytest.mark.stores("sqlite")
@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("", "no question to pass on"),
        (" \n ", "no question to pass on"),
        ("x" * (LONGEST_WORDS + 1), "301 characters; 300 are the most"),
        ("What if Anders cancels again?", "Take out “Anders”"),
        ("What does Holmgaard want from me?", "Take out “Holmgaard”"),
        ("Is Priya Nandakeri too junior to ask this?", "Take out “Priya Nandakeri”"),
        ("Tamsin Adeyeri said no; who else decides?", "Take out “Tamsin Adeyeri”"),
        ("May I write to a.holm@quillmere.example about it?", "Take out “a.holm@quillmere.example”"),
        ("Who answers +44 20 7946 0018 in the evening?", "Take out “[+]44 20 7946 0018”"),
    ],
)
def test_what_cannot_be_passed_on_is_refused_and_nothing_is_kept(parts: Parts, showcase: Showcase, words: str, says: str) -> None:
    with pytest.raises(InputRefused, match=f"{says}.*Nothing was passed on; what you typed still stands here"):
        passing_on.pass_on(parts, showcase.mentor, words)
    assert stored(parts) == []


@pytest.mark.stores("sqlite")
@pytest.mark.parametrize("words", ["May we use Microsoft Teams for a session?", "Is Ramadan a reason to move a session?", WORDS])
def test_names_of_nobody_in_the_programme_may_stay(parts: Parts, showcase: Showcase, words: str) -> None:
    passing_on.pass_on(parts, showcase.mentor, words)
    assert [row["words"] for row in stored(parts)] == [words]


@pytest.mark.stores("sqlite")
def test_no_more_questions_wait_than_somebody_can_read(parts: Parts, showcase: Showcase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach.domain.passed_on.MOST_WAITING", 1)
    passing_on.pass_on(parts, showcase.mentor, WORDS)
    with pytest.raises(InputRefused, match="So many questions wait already"):
        passing_on.pass_on(parts, showcase.mentee, WORDS)


def test_a_settled_question_is_gone_and_only_that_it_was_settled_is_told(parts: Parts, showcase: Showcase, coordinator: str) -> None:
    passing_on.pass_on(parts, showcase.mentee, WORDS)
    (question,) = passing_on.passed_on(parts, coordinator)
    passing_on.settle(parts, coordinator, question.id)
    assert passing_on.passed_on(parts, coordinator) == ()
    with parts.database.read() as connection:
        last = connection.execute(text("SELECT act, actor, subject FROM audit ORDER BY number DESC LIMIT 1")).one()
    assert tuple(last) == ("question.settled", coordinator, showcase.pair.programme_id)


def test_a_question_of_another_programme_is_neither_seen_nor_settled(
    parts: Parts, showcase: Showcase, coordinator: str, elsewhere: str
) -> None:
    passing_on.pass_on(parts, showcase.mentee, WORDS)
    (question,) = passing_on.passed_on(parts, coordinator)
    assert passing_on.passed_on(parts, elsewhere) == ()
    said = set()
    for question_id in (question.id, "no-such-question"):
        with pytest.raises(NotFound) as refused:
            passing_on.settle(parts, elsewhere, question_id)
        said.add(str(refused.value))
    assert len(said) == 1
    assert passing_on.passed_on(parts, coordinator) == (question,)


def test_only_mentors_and_mentees_pass_a_question_on(parts: Parts, coordinator: str) -> None:
    for actor in (coordinator, "nobody", ""):
        with pytest.raises(AccessDenied, match="Only mentors and mentees"):
            passing_on.pass_on(parts, actor, WORDS)
    assert stored(parts) == []


@pytest.mark.stores("postgresql")
def test_where_a_server_keeps_questions_tells_nothing_of_their_order(parts: Parts, showcase: Showcase) -> None:
    for number in range(12):
        passing_on.pass_on(parts, showcase.mentor, f"{WORDS} And for how long, in week {number}?")
    with parts.database.read() as connection:
        lying = connection.execute(text("SELECT xmin::text AS step, id FROM passed_on_question ORDER BY ctid")).all()
    assert [row.id for row in lying] == sorted(row.id for row in lying)
    assert len({row.step for row in lying}) == 1
