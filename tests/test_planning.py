"""Sessions are planned by the mentor and seen by both; what was written for one is never lost with its date."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from coach.domain.life import Step, step_of
from coach.domain.people import Agreement, Pair, Person
from coach.domain.planning import SILENT_DAYS, Slot, hints, is_finished, planned, suggested
from coach.domain.sessions import Goal, Session
from coach.errors import InputRefused
from coach.services import planning, preparing, reviewing
from coach.services.accounting import verify_audit
from coach.services.parts import Parts
from coach.services.planning import SessionsPage
from coach.services.today import today
from coach.store import programmes
from tests.conftest import Showcase

DAY = date(2026, 3, 6)
STARTS = date(2026, 1, 5)
ENDS = date(2026, 8, 1)


def in_days(parts: Parts, days: int) -> date:
    return parts.today() + timedelta(days=days)


def page(parts: Parts, showcase: Showcase, person: str = "") -> SessionsPage:
    return planning.sessions_of_pair(parts, person or showcase.mentor, showcase.pair.id)


def later(parts: Parts, days: int) -> Parts:
    """Return the same parts some days later."""
    moment = parts.now() + timedelta(days=days)
    return replace(parts, now=lambda: moment)


def put_focus(parts: Parts, showcase: Showcase, focus: str) -> None:
    with parts.database.write() as connection:
        programmes.set_focus(connection, showcase.session.id, focus)


def a_session(number: int, away: int, *, held: bool = False, last: bool = False) -> Session:
    return Session(id=str(number), pair_id="p", number=number, on=DAY + timedelta(days=away), minutes=45, held=held, last=last)


# What the mentor does


def test_a_planned_session_has_the_next_number_and_both_see_it(parts: Parts, showcase: Showcase) -> None:
    slot = Slot(on=in_days(parts, 30), starts_at=time(9, 30), minutes=30, last=True)
    session_id = planning.plan_session(parts, showcase.mentor, showcase.pair.id, slot)
    for person in (showcase.mentor, showcase.mentee):
        found = next(s for s in page(parts, showcase, person).planned if s.id == session_id)
        assert (found.number, found.on, found.starts_at, found.minutes, found.last) == (5, slot.on, time(9, 30), 30, True)


def test_a_session_moves_with_its_number_its_focus_and_its_agenda(parts: Parts, showcase: Showcase) -> None:
    draft_id = preparing.draft_agenda(parts, showcase.mentor, showcase.session.id, "first")
    planning.move_session(parts, showcase.mentor, showcase.session.id, Slot(on=in_days(parts, 9), starts_at=time(10), minutes=60))
    found = preparing.preparation(parts, showcase.mentor, showcase.session.id)
    assert (found.session.number, found.session.on, found.session.minutes) == (4, in_days(parts, 9), 60)
    assert found.session.focus == showcase.session.focus
    assert [draft.id for draft in found.drafts] == [draft_id]


def test_a_session_that_nothing_was_written_for_can_be_called_off(parts: Parts, showcase: Showcase) -> None:
    put_focus(parts, showcase, "")
    planning.call_off_session(parts, showcase.mentor, showcase.session.id)
    assert page(parts, showcase).planned == ()


@pytest.mark.parametrize("what", ["a focus", "a draft", "a discarded draft", "a note", "the other's note"])
def test_a_session_that_something_was_written_for_can_only_be_moved(parts: Parts, showcase: Showcase, what: str) -> None:
    put_focus(parts, showcase, "How to open the channel" if what == "a focus" else "")
    if what.endswith("note"):
        author = showcase.mentor if what == "a note" else showcase.mentee
        row = {"session": showcase.session.id, "author": author, "at": datetime(2026, 3, 6, tzinfo=UTC)}
        with parts.database.write() as connection:
            connection.execute(text("INSERT INTO note VALUES ('n1', :session, :author, 'Mine.', :at, 1)"), row)
    elif what != "a focus":
        draft_id = preparing.draft_agenda(parts, showcase.mentor, showcase.session.id, "first")
        if what == "a discarded draft":
            reviewing.discard(parts, showcase.mentor, draft_id)
    assert (showcase.session.id in page(parts, showcase).kept) == (what != "the other's note")  # nobody is told of the other's notes
    with pytest.raises(InputRefused, match="move it instead"):
        planning.call_off_session(parts, showcase.mentor, showcase.session.id)
    assert showcase.session.id in {s.id for s in page(parts, showcase).planned}


def test_what_is_written_for_a_session_is_hidden_from_the_mentee(parts: Parts, showcase: Showcase) -> None:
    preparing.draft_agenda(parts, showcase.mentor, showcase.session.id, "first")
    seen = page(parts, showcase, showcase.mentee)
    assert (seen.kept, seen.hints) == (frozenset(), ())
    assert showcase.session.focus not in repr(seen)


def test_a_session_took_place_only_once_its_day_has_come(parts: Parts, showcase: Showcase) -> None:
    with pytest.raises(InputRefused, match="once it has"):
        planning.mark_held(parts, showcase.mentor, showcase.session.id)
    on_the_day = later(parts, (showcase.session.on - parts.today()).days)
    planning.mark_held(on_the_day, showcase.mentor, showcase.session.id)
    assert page(parts, showcase).held[-1].id == showcase.session.id


@pytest.mark.stores("sqlite")
@pytest.mark.parametrize("act", ["move", "call off", "hold again"])
def test_what_took_place_stays_as_it_was(parts: Parts, showcase: Showcase, act: str) -> None:
    done = page(parts, showcase).held[0]
    before = page(parts, showcase)
    with pytest.raises(InputRefused, match="took place"):
        if act == "move":
            planning.move_session(parts, showcase.mentor, done.id, Slot(on=in_days(parts, 3)))
        elif act == "call off":
            planning.call_off_session(parts, showcase.mentor, done.id)
        else:
            planning.mark_held(parts, showcase.mentor, done.id)
    assert page(parts, showcase) == before


@pytest.mark.stores("sqlite")
@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"minutes": 9}, "10 to 480"),
        ({"minutes": 481}, "10 to 480"),
        ({"on": None}, "no day yet"),
        ({"on": date(2001, 1, 1)}, "Your pair starts on"),
    ],
)
def test_what_cannot_be_planned_is_refused_in_a_sentence(parts: Parts, showcase: Showcase, change: dict[str, Any], says: str) -> None:
    slot = Slot(on=in_days(parts, 30)).model_copy(update=change)
    before = page(parts, showcase)
    for act in (
        lambda: planning.plan_session(parts, showcase.mentor, showcase.pair.id, slot),
        lambda: planning.move_session(parts, showcase.mentor, showcase.session.id, slot),
    ):
        with pytest.raises(InputRefused, match=says):
            act()
    assert page(parts, showcase) == before


@pytest.mark.stores("sqlite")
@pytest.mark.parametrize("minutes", [10, 30, 45, 60, 480])
def test_sessions_may_have_from_10_to_480_minutes(parts: Parts, showcase: Showcase, minutes: int) -> None:
    planning.plan_session(parts, showcase.mentor, showcase.pair.id, Slot(on=in_days(parts, 30), minutes=minutes))
    assert page(parts, showcase).planned[-1].minutes == minutes


def test_no_session_is_planned_twice_for_one_time(parts: Parts, showcase: Showcase) -> None:
    slot = Slot(on=in_days(parts, 30), starts_at=time(9))
    planning.plan_session(parts, showcase.mentor, showcase.pair.id, slot)
    with pytest.raises(InputRefused, match="planned for that day and time already"):
        planning.plan_session(parts, showcase.mentor, showcase.pair.id, slot)
    planning.move_session(
        parts, showcase.mentor, showcase.session.id, Slot(on=showcase.session.on, starts_at=showcase.session.starts_at, minutes=30)
    )


def test_the_next_agenda_is_for_the_earliest_planned_session_whatever_its_number(parts: Parts, showcase: Showcase) -> None:
    sooner = planning.plan_session(parts, showcase.mentor, showcase.pair.id, Slot(on=in_days(parts, 0), starts_at=time(8)))
    for person in (showcase.mentor, showcase.mentee):
        (found,) = today(parts, person).pairs
        assert found.session is not None
        assert (found.session.id, found.session.number) == (sooner, 5)


def test_each_change_of_a_date_writes_one_row_and_a_move_to_the_same_time_none(parts: Parts, showcase: Showcase) -> None:
    rows = verify_audit(parts).rows
    session_id = planning.plan_session(parts, showcase.mentor, showcase.pair.id, Slot(on=in_days(parts, 0)))
    planning.move_session(parts, showcase.mentor, session_id, Slot(on=in_days(parts, 0)))
    planning.move_session(parts, showcase.mentor, session_id, Slot(on=in_days(parts, 0), minutes=30))
    planning.mark_held(parts, showcase.mentor, session_id)
    put_focus(parts, showcase, "")
    planning.call_off_session(parts, showcase.mentor, showcase.session.id)
    with parts.database.read() as connection:
        acts = [row.act for row in connection.execute(text("SELECT act FROM audit WHERE number > :rows ORDER BY number"), {"rows": rows})]
    assert acts == ["session.planned", "session.moved", "session.held", "session.called_off"]
    assert verify_audit(parts).first_wrong is None


# Hints and what is offered


@pytest.mark.parametrize(
    ("sessions", "says"),
    [
        ((), "Your pair started 60 days ago"),
        ((a_session(1, -SILENT_DAYS - 1, held=True),), "Your last session was 22 days ago"),
        ((a_session(1, -2, held=True), a_session(2, SILENT_DAYS + 1)), "22 days away"),
        ((a_session(1, 5), a_session(2, 20), a_session(3, 160)), "Session 3 is after your pair ends on 1 August"),
        ((a_session(1, 5, last=True), a_session(2, 15)), "session 2 comes after it"),
    ],
)
def test_a_hint_says_what_a_mentor_may_want_to_know_about_the_dates(sessions: tuple[Session, ...], says: str) -> None:
    (found,) = hints(sessions, STARTS, ENDS, DAY)
    assert says in found


@pytest.mark.parametrize(
    "sessions",
    [
        (a_session(1, -SILENT_DAYS, held=True),),
        (a_session(1, -90, held=True), a_session(2, SILENT_DAYS)),
        (a_session(1, -90, held=True, last=True),),
        (a_session(1, 5), a_session(2, 9, last=True)),
    ],
)
def test_good_dates_get_no_hint(sessions: tuple[Session, ...]) -> None:
    assert hints(sessions, STARTS, ENDS, DAY) == ()


some_sessions = st.lists(
    st.builds(a_session, st.integers(1, 20), st.integers(-200, 200), held=st.booleans(), last=st.booleans()), max_size=6, unique_by=lambda s: s.number
)  # fmt: skip


@given(some_sessions, st.integers(-400, 400))
def test_what_is_offered_can_be_planned_on_a_working_day_ahead(sessions: list[Session], away: int) -> None:
    now = DAY + timedelta(days=away)
    slot = suggested(sessions, now)
    assert slot.on is not None
    assert slot.on > now
    assert slot.on.weekday() < 5
    assert slot.problem(STARTS if slot.on >= STARTS else slot.on) is None


# The line of life


def a_pair(*, signed: bool) -> Pair:
    ada, per = (Person(id=i, programme_id="q", name=i, role="x", email=f"{i}@people.example") for i in ("ada", "per"))
    agreement = Agreement(mentor_signed=DAY, mentee_signed=DAY if signed else None)
    return Pair(id="p", programme_id="q", mentor=ada, mentee=per, starts=STARTS, ends=ENDS, agreement=agreement)


GOAL = Goal(id="g", title="x", mentor_agreed=DAY, mentee_agreed=DAY)
PROPOSAL = Goal(id="h", title="x", mentor_agreed=DAY)


@pytest.mark.parametrize(
    ("signed", "goals", "sessions", "has_agenda", "day", "step"),
    [
        (False, (GOAL,), (a_session(1, 2),), False, DAY, Step.AGREE),
        (True, (), (), False, DAY, Step.PREPARE),
        (True, (PROPOSAL,), (a_session(1, 2),), False, DAY, Step.PREPARE),
        (True, (PROPOSAL,), (a_session(1, -9, held=True), a_session(2, 2)), False, DAY, Step.AGREE),
        (True, (GOAL,), (a_session(1, -9, held=True), a_session(2, 2)), False, DAY, Step.PREPARE),
        (True, (GOAL,), (a_session(1, -9, held=True), a_session(2, 2)), True, DAY, Step.MEET),
        (True, (GOAL,), (a_session(1, -9, held=True),), False, DAY, Step.REFLECT),
        (True, (GOAL,), (a_session(1, -9, held=True, last=True),), False, DAY, Step.FINISH),
        (False, (), (), False, ENDS + timedelta(days=1), Step.FINISH),
        (True, (GOAL,), (a_session(1, -9, held=True),), False, ENDS, Step.REFLECT),
    ],
)
def test_a_pair_stands_where_its_next_step_is(
    signed: bool, goals: tuple[Goal, ...], sessions: tuple[Session, ...], has_agenda: bool, day: date, step: Step
) -> None:
    assert step_of(a_pair(signed=signed), goals, sessions, has_agenda, day) is step


@given(some_sessions)
def test_a_pair_with_a_planned_session_has_not_met_for_the_last_time(sessions: list[Session]) -> None:
    assert not (planned(sessions) and is_finished(sessions))


@given(some_sessions, st.booleans())
def test_a_pair_that_was_ended_is_at_its_finish_at_once_whatever_was_planned(sessions: list[Session], signed: bool) -> None:
    ended = a_pair(signed=signed).model_copy(update={"ended": DAY})
    assert step_of(ended, (), sessions, False, DAY) is Step.FINISH


def test_a_pair_that_never_planned_is_told_to_plan_and_not_that_all_is_held(parts: Parts, showcase: Showcase) -> None:
    with parts.database.write() as connection:
        connection.execute(text("DELETE FROM goal_progress"))
        elsewhere = "UPDATE session SET number = number + 50, pair_id = (SELECT min(id) FROM pair WHERE id <> :pair) WHERE pair_id = :pair"
        connection.execute(text(elsewhere), {"pair": showcase.pair.id})
    (mentors,) = today(parts, showcase.mentor).pairs
    (mentees,) = today(parts, showcase.mentee).pairs
    assert "No session is planned." in [line.says for line in mentors.missing(parts.today())]
    assert [line.says for line in mentees.missing(parts.today())] == []
    assert not mentors.finished
