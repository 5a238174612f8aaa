"""A pair, its goals and its sessions are its two people's; calls for help are their programme's coordinators'."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from coach.domain.goals import GoalWording
from coach.domain.people import Agreement, RoleName
from coach.domain.planning import Slot
from coach.domain.sessions import Goal
from coach.errors import AccessDenied
from coach.services import agreeing, belonging, help, planning
from coach.services.parts import Parts
from coach.services.people import people_and_pairs
from coach.store import programmes
from tests.conftest import Showcase

pytestmark = pytest.mark.stores("sqlite")

Call = Callable[[Parts, str, str], object]
WORDING = GoalWording(title="Answer in the open channel")


def goal(goal_id: str) -> Goal:
    return Goal(id=goal_id, title="Answer in the open channel")


def a_slot(parts: Parts) -> Slot:
    return Slot(on=parts.today() + timedelta(days=40))


def inside(parts: Parts, act: Callable[[Any], object]) -> object:
    with parts.database.read() as connection:
        return act(connection)


ON_A_PAIR: dict[str, Call] = {
    "goals_of_pair": agreeing.goals_of_pair,
    "propose_goal": lambda parts, actor, pair: agreeing.propose_goal(parts, actor, pair, WORDING),
    "agreement_of_pair": agreeing.agreement_of_pair,
    "start_agreement": agreeing.start_agreement,
    "change_agreement": lambda parts, actor, pair: agreeing.change_agreement(parts, actor, pair, 1, Agreement()),
    "sign_agreement": lambda parts, actor, pair: agreeing.sign_agreement(parts, actor, pair, 1),
    "sessions_of_pair": planning.sessions_of_pair,
    "plan_session": lambda parts, actor, pair: planning.plan_session(parts, actor, pair, a_slot(parts)),
    "own_pair": lambda parts, actor, pair: inside(parts, lambda c: belonging.own_pair(c, actor, pair)),
    "open_pair": lambda parts, actor, pair: inside(parts, lambda c: belonging.open_pair(c, actor, pair, parts.today())),
}
ON_A_GOAL: dict[str, Call] = {
    "change_goal": lambda parts, actor, goal_id: agreeing.change_goal(parts, actor, goal(goal_id), WORDING),
    "agree_goal": lambda parts, actor, goal_id: agreeing.agree_goal(parts, actor, goal(goal_id)),
    "take_back_yes": agreeing.take_back_yes,
    "remove_goal": lambda parts, actor, goal_id: agreeing.remove_goal(parts, actor, goal(goal_id)),
    "open_goal": lambda parts, actor, goal_id: inside(parts, lambda c: belonging.open_goal(c, actor, goal_id, parts.today())),
}
ON_A_PLAN: dict[str, Call] = {
    "move_session": lambda parts, actor, session: planning.move_session(parts, actor, session, a_slot(parts)),
    "call_off_session": planning.call_off_session,
    "mark_held": planning.mark_held,
    "open_session": lambda parts, actor, session: inside(parts, lambda c: belonging.open_session(c, actor, session, parts.today())),
}
FOR_HELP: dict[str, Call] = {
    "programme_to_ask": lambda parts, actor, _: help.programme_to_ask(parts, actor),
    "ask": lambda parts, actor, _: help.ask(parts, actor, "We never meet.", ""),
}
ON_HELP: dict[str, Call] = {"requests": lambda parts, actor, _: help.requests(parts, actor), "close": help.close}
TRIED = frozenset({*ON_A_PAIR, *ON_A_GOAL, *ON_A_PLAN, *FOR_HELP, *ON_HELP})


def everything(parts: Parts) -> list[object]:
    tables = ("agreement", "goal", "session", "help_request", "audit", "secret")
    with parts.database.read() as connection:
        return [connection.execute(text(f'SELECT * FROM "{table}" ORDER BY 1')).all() for table in tables]  # noqa: S608


def denied(parts: Parts, call: Call, actor: str, thing: str) -> str:
    """Return the words of the refusal, after making sure that nothing changed."""
    before = everything(parts)
    with pytest.raises(AccessDenied) as refused:
        call(parts, actor, thing)
    assert everything(parts) == before
    return str(refused.value)


def same_words(parts: Parts, call: Call, thing: str, outside: list[str], inside: list[str]) -> bool:
    """Tell whether what is not theirs and what does not exist are refused in the same words."""
    there = {denied(parts, call, actor, thing) for actor in outside}
    not_there = {denied(parts, call, actor, "no-such-thing") for actor in (*outside, *inside)}
    return there == not_there and len(there) == 1


@pytest.fixture
def coordinator(parts: Parts, showcase: Showcase) -> str:
    with parts.database.read() as connection:
        (found,) = programmes.people_with_role(connection, showcase.pair.programme_id, RoleName.COORDINATOR)
    return found.id


@pytest.mark.parametrize("name", ON_A_PAIR)
def test_a_pair_is_for_its_two_people_alone_and_nobody_else_learns_of_it(
    parts: Parts, showcase: Showcase, stranger: str, coordinator: str, name: str
) -> None:
    outside = [stranger, coordinator, "nobody", ""]
    assert same_words(parts, ON_A_PAIR[name], showcase.pair.id, outside, [showcase.mentor, showcase.mentee])


@pytest.mark.parametrize("name", ON_A_GOAL)
def test_a_goal_is_for_its_two_people_alone_and_nobody_else_learns_of_it(
    parts: Parts, showcase: Showcase, stranger: str, coordinator: str, name: str
) -> None:
    goal_id = agreeing.propose_goal(parts, showcase.mentor, showcase.pair.id, WORDING)
    outside = [stranger, coordinator, "nobody", ""]
    assert same_words(parts, ON_A_GOAL[name], goal_id, outside, [showcase.mentor, showcase.mentee])


@pytest.mark.parametrize("name", ON_A_PLAN)
def test_only_the_mentor_plans_and_nobody_else_learns_of_a_session(
    parts: Parts, showcase: Showcase, stranger: str, coordinator: str, name: str
) -> None:
    outside = [showcase.mentee, stranger, coordinator, "nobody", ""]
    assert same_words(parts, ON_A_PLAN[name], showcase.session.id, outside, [showcase.mentor])


def test_a_mentee_who_plans_is_told_who_does(parts: Parts, showcase: Showcase) -> None:
    assert "Your mentor plans the sessions" in denied(parts, ON_A_PAIR["plan_session"], showcase.mentee, showcase.pair.id)


@pytest.mark.parametrize("name", FOR_HELP)
def test_only_people_of_a_programme_ask_for_help(parts: Parts, name: str) -> None:
    assert {denied(parts, FOR_HELP[name], actor, "") for actor in ("nobody", "")} == {"Only people of the programme can ask for help here."}


@pytest.mark.parametrize("name", ON_HELP)
def test_calls_for_help_are_for_coordinators_alone(parts: Parts, showcase: Showcase, stranger: str, coordinator: str, name: str) -> None:
    help.ask(parts, showcase.mentee, "We never meet.", "")
    (call,) = help.requests(parts, coordinator)
    for actor in (showcase.mentor, showcase.mentee, stranger, "nobody", ""):
        denied(parts, ON_HELP[name], actor, call.id)


def test_a_coordinator_sees_that_both_signed_and_no_word_of_the_agreement_or_the_goals(
    parts: Parts, showcase: Showcase, coordinator: str
) -> None:
    seen = people_and_pairs(parts, coordinator)
    words = agreeing.agreement_of_pair(parts, showcase.mentor, showcase.pair.id)
    assert next(pair for pair in seen.pairs if pair.id == showcase.pair.id).signed
    assert words.words.confidentiality not in repr(seen)
    assert all(one.title not in repr(seen) for one in agreeing.goals_of_pair(parts, showcase.mentor, showcase.pair.id).goals)
