"""A call for help keeps what was written and nothing else, and reaches the coordinators of one programme."""

import pytest
from sqlalchemy import text

from coach.domain.help import LONGEST_REACH, LONGEST_TEXT
from coach.domain.people import Person, Programme, RoleName
from coach.errors import InputRefused, NotFound
from coach.services import help
from coach.services.accounting import verify_audit
from coach.services.parts import Parts
from coach.store import people, programmes
from tests.conftest import Showcase

WORDS = "We have not met for two months, and I do not know how to say so."


@pytest.fixture
def coordinator(parts: Parts, showcase: Showcase) -> str:
    with parts.database.read() as connection:
        (found,) = programmes.people_with_role(connection, showcase.pair.programme_id, RoleName.COORDINATOR)
    return found.id


@pytest.fixture
def elsewhere(parts: Parts) -> str:
    """The id of a coordinator of another programme."""
    person = Person(id="c2", programme_id="q2", name="Ida Elsewhere", role="Coordinator", email="ida@elsewhere.example")
    with parts.database.write() as connection:
        programmes.add(connection, Programme(id="q2", name="Elsewhere", route="the people partner"))
        people.add(connection, person, {RoleName.COORDINATOR})
    return person.id


def stored(parts: Parts) -> list[dict[str, object]]:
    with parts.database.read() as connection:
        return [dict(row) for row in connection.execute(text("SELECT * FROM help_request")).mappings()]


def trail(parts: Parts) -> tuple[list[dict[str, object]], list[str]]:
    """Return the rows of the audit trail, and whose digests have a secret."""
    with parts.database.read() as connection:
        rows = [dict(row) for row in connection.execute(text("SELECT * FROM audit ORDER BY number")).mappings()]
        return rows, list(connection.execute(text("SELECT subject FROM secret ORDER BY 1")).scalars())


@pytest.mark.parametrize("who", ["mentor", "mentee"])
def test_a_call_reaches_the_coordinator_word_for_word(parts: Parts, showcase: Showcase, coordinator: str, who: str) -> None:
    help.ask(parts, getattr(showcase, who), f" {WORDS}\nSecond line.\n", "")
    (call,) = help.requests(parts, coordinator)
    assert (call.text, call.reach, call.sent_on, call.closed_on) == (f"{WORDS}\nSecond line.", "", parts.today(), None)


def test_nothing_tells_who_asked_nor_at_what_time_and_no_neighbour_in_the_trail_does(parts: Parts, showcase: Showcase) -> None:
    before = trail(parts)
    help.ask(parts, showcase.mentee, WORDS, "")
    (row,) = stored(parts)
    assert set(row) == {"id", "programme_id", "text", "reach", "sent_on", "closed_on"}
    assert showcase.mentee not in repr(row)
    assert trail(parts) == before


def test_only_the_closing_of_a_call_stands_in_the_trail(parts: Parts, showcase: Showcase, coordinator: str) -> None:
    help.ask(parts, showcase.mentee, WORDS, "")
    before = trail(parts)[0]
    help.close(parts, coordinator, help.requests(parts, coordinator)[0].id)
    (row,) = trail(parts)[0][len(before) :]
    assert (row["act"], row["actor"], row["subject"]) == ("help.closed", coordinator, showcase.pair.programme_id)
    assert verify_audit(parts).first_wrong is None


def test_a_way_to_answer_is_kept_only_if_it_was_given(parts: Parts, showcase: Showcase, coordinator: str) -> None:
    help.ask(parts, showcase.mentor, WORDS, "  desk 4,\n in the mornings ")
    assert help.requests(parts, coordinator)[0].reach == "desk 4, in the mornings"


@pytest.mark.stores("sqlite")
@pytest.mark.parametrize(
    ("written", "reach", "says"),
    [
        ("", "", "nothing to send"),
        (" \n\t", "me", "nothing to send"),
        ("x" * (LONGEST_TEXT + 1), "", "are the most"),
        ("x", "x" * (LONGEST_REACH + 1), "are the most"),
    ],
)
def test_what_cannot_be_sent_is_refused_and_nothing_is_kept(parts: Parts, showcase: Showcase, written: str, reach: str, says: str) -> None:
    rows = verify_audit(parts).rows
    with pytest.raises(InputRefused, match=says) as refused:
        help.ask(parts, showcase.mentee, written, reach)
    assert "Nothing was sent; what you typed still stands here." in str(refused.value)
    assert stored(parts) == []
    assert verify_audit(parts).rows == rows


def test_a_closed_call_stands_after_the_open_ones_and_closing_it_twice_changes_nothing(
    parts: Parts, showcase: Showcase, coordinator: str
) -> None:
    for words in ("First", "Second"):
        help.ask(parts, showcase.mentee, words, "")
    first = next(call for call in help.requests(parts, coordinator) if call.text == "First")
    help.close(parts, coordinator, first.id)
    rows = verify_audit(parts).rows
    help.close(parts, coordinator, first.id)
    assert [(call.text, call.closed_on) for call in help.requests(parts, coordinator)] == [("Second", None), ("First", parts.today())]
    assert verify_audit(parts).rows == rows


def test_coordinators_see_and_close_the_calls_of_their_own_programme_only(
    parts: Parts, showcase: Showcase, coordinator: str, elsewhere: str
) -> None:
    help.ask(parts, showcase.mentee, WORDS, "")
    (call,) = help.requests(parts, coordinator)
    assert help.requests(parts, elsewhere) == ()
    with pytest.raises(NotFound) as theirs:
        help.close(parts, elsewhere, call.id)
    with pytest.raises(NotFound) as unknown:
        help.close(parts, elsewhere, "no-such-call")
    assert str(theirs.value) == str(unknown.value)
    assert help.requests(parts, coordinator) == (call,)


def test_whoever_asks_is_shown_the_route_of_their_own_programme(parts: Parts, showcase: Showcase, elsewhere: str) -> None:
    assert "Ruth Ellingworth" in help.programme_to_ask(parts, showcase.mentee).route
    assert help.programme_to_ask(parts, elsewhere).route == "the people partner"
