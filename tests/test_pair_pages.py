"""The pages of a pair and the page to ask for help, without a browser: what each person is shown, and what each click does."""

import re
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from coach.domain.goals import GoalWording
from coach.domain.pairs import PairDates
from coach.domain.people import RoleName
from coach.domain.sessions import Goal
from coach.services import agreeing, help, planning
from coach.services.parts import Parts
from coach.store import pairs, programmes
from tests.conftest import Showcase
from tests.coordinators import redate
from tests.processes import ROOT
from tests.test_pages import html, said, signed_in

CHANNEL = GoalWording(title="Answer in the open channel", measure="Answers there", target="10 a month", due=date(2031, 5, 1))
MARKUP = "<img src=x> [here](https://evil.example) :material/home: **bold**"


@pytest.fixture
def app(home: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("COACH_HOME", str(home))
    return AppTest.from_file(str(ROOT / "coach" / "ui" / "main.py"), default_timeout=30)


def on_page(app: AppTest, person_id: str, page: str, **params: str) -> AppTest:
    """Open a page of this person with these parameters of its address."""
    if "person" not in app.session_state:
        signed_in(app, person_id)
    app.session_state["lead_to"] = (page, params)
    return clean(app.run())


def clean(app: AppTest) -> AppTest:
    assert not app.exception
    return app


def click(app: AppTest, key: str) -> AppTest:
    return clean(app.button(key=key).click().run())


def keys(app: AppTest) -> set[str]:
    return {str(button.key) for button in app.button}


def field(app: AppTest, label: str) -> Any:
    """Return the field of this label, whatever kind it is."""
    every = (*app.text_input, *app.text_area, *app.date_input, *app.time_input, *app.number_input, *app.selectbox, *app.checkbox)
    return next(one for one in every if one.label.startswith(label))


def fill(app: AppTest, label: str, value: Any) -> None:
    clean(field(app, label).set_value(value).run())


def goals(parts: Parts, showcase: Showcase) -> tuple[Goal, ...]:
    return agreeing.goals_of_pair(parts, showcase.mentor, showcase.pair.id).goals


def proposed(parts: Parts, showcase: Showcase, person: str) -> Goal:
    goal_id = agreeing.propose_goal(parts, person, showcase.pair.id, CHANNEL)
    return next(goal for goal in goals(parts, showcase) if goal.id == goal_id)


def without(parts: Parts, showcase: Showcase, *tables: str) -> None:
    """Take these things from the pair; its sessions, for which there are drafts that stay, become another pair's."""
    moved = "UPDATE session SET number = number + 50, pair_id = (SELECT min(id) FROM pair WHERE id <> :pair) WHERE pair_id = :pair"
    with parts.database.write() as connection:
        connection.execute(text("DELETE FROM goal_progress"))
        if "session" in tables:
            connection.execute(text(moved), {"pair": showcase.pair.id})
        for table in tables:
            connection.execute(text(f"DELETE FROM {table} WHERE pair_id = :pair"), {"pair": showcase.pair.id})  # noqa: S608


# Today leads to where something is mended


def test_today_leads_a_mentee_to_what_waits_for_their_yes(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    proposed(parts, showcase, showcase.mentor)
    signed_in(app, showcase.mentee)
    assert "1 goal waits for your yes." in said(app.markdown)
    click(app, f"mend_{showcase.pair.id}_0")
    assert "Say yes to it as it stands" in [button.label for button in app.button]


def test_today_leads_a_mentee_to_the_agreement_that_waits_for_their_signature(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    without(parts, showcase, "agreement")
    agreeing.start_agreement(parts, showcase.mentor, showcase.pair.id)
    signed_in(app, showcase.mentee)
    assert "The agreement waits for your signature." in said(app.markdown)
    click(app, f"mend_{showcase.pair.id}_0")
    click(app, "sign_agreement")
    click_back = agreeing.agreement_of_pair(parts, showcase.mentee, showcase.pair.id)
    assert click_back.signed_on == parts.today()
    assert "Signed. It holds once the other has signed as well." in said(app.success)


def test_today_leads_a_mentor_without_a_session_to_plan_one(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    without(parts, showcase, "session")
    signed_in(app, showcase.mentor)
    assert "No session is planned." in said(app.markdown)
    assert "All sessions are held" not in said(app.markdown)
    click(app, f"mend_{showcase.pair.id}_0")
    click(app, "plan_session")
    fill(app, "Day", parts.today() + timedelta(days=3))
    fill(app, "Starts at", time(9, 30))
    fill(app, "Minutes", 30)
    click(app, "save_session")
    (found,) = planning.sessions_of_pair(parts, showcase.mentor, showcase.pair.id).planned
    assert (found.number, found.on, found.starts_at, found.minutes) == (1, parts.today() + timedelta(days=3), time(9, 30), 30)


def test_today_tells_a_mentee_without_a_session_who_plans_it(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    without(parts, showcase, "session")
    signed_in(app, showcase.mentee)
    assert "Priya Nandakeri plans the sessions" in said(app.markdown)
    assert "No session is planned." not in said(app.markdown)


# Our pair


def test_a_pair_with_nothing_missing_shows_its_agreement_first(app: AppTest, showcase: Showcase) -> None:
    on_page(app, showcase.mentor, "pair")
    assert "Signed by you both" in html(app)
    assert "Where this pair stands" in html(app)


def test_the_part_that_waits_is_shown_first_and_says_why(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    proposed(parts, showcase, showcase.mentor)
    on_page(app, showcase.mentee, "pair")
    assert "Next: 1 goal waits for your yes." in said(app.markdown).replace("*", "")
    assert "Proposal: waits for your yes" in html(app)


def test_somebody_with_several_pairs_chooses_and_sees_the_one_that_was_asked_for(app: AppTest, parts: Parts) -> None:
    with parts.database.read() as connection:
        mentor = programmes.person_by_email(connection, "zoe.achterberg-lunn@quillmere.example")
        assert mentor is not None
        pairs = programmes.pairs_of(connection, mentor.id)
    assert len(pairs) == 2
    for pair in reversed(pairs):
        on_page(app, mentor.id, "pair", pair=pair.id, part="sessions")
        assert f"With {pair.mentee.name}" in said(app.subheader)
        assert len(app.selectbox) == 1


def test_a_stranger_who_names_a_pair_in_the_address_sees_their_own(app: AppTest, showcase: Showcase, stranger: str) -> None:
    on_page(app, stranger, "pair", pair=showcase.pair.id, part="goals")
    assert "Anders" not in f"{said(app.subheader)} {html(app)} {said(app.markdown)}"


def test_words_of_a_person_are_never_markup(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    agreeing.propose_goal(parts, showcase.mentee, showcase.pair.id, GoalWording(title=MARKUP, measure=MARKUP, target=MARKUP))
    words = agreeing.agreement_of_pair(parts, showcase.mentee, showcase.pair.id).words
    version = agreeing.change_agreement(
        parts, showcase.mentee, showcase.pair.id, 1, words.model_copy(update={"rhythm": MARKUP, "off_limits": (MARKUP,)})
    )
    assert version == 2
    for part in ("goals", "agreement"):
        on_page(app, showcase.mentor, "pair", part=part)
        assert "&lt;img src=x&gt;" in html(app)
        assert "<img" not in html(app)
        assert all(MARKUP not in str(one.value) for one in app.markdown)


# Goals


def test_a_goal_is_proposed_with_hints_that_do_not_block(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    on_page(app, showcase.mentor, "pair", part="goals")
    click(app, "propose_goal")
    fill(app, "Title", "Improve our meetings")
    assert "leaves open what happens" in said(app.markdown)
    assert "count or see" in said(app.markdown)
    click(app, "save_goal")
    assert "Proposed. It counts once Anders Holmgaard has said yes as well." in said(app.success)
    (goal,) = (goal for goal in goals(parts, showcase) if goal.title == "Improve our meetings")
    assert (goal.mentor_agreed, goal.mentee_agreed) == (parts.today(), None)


def test_before_a_goal_is_worded_anew_the_page_says_what_becomes_of_its_progress(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    with_progress = next(goal for goal in goals(parts, showcase) if goal.status)
    without_progress = proposed(parts, showcase, showcase.mentor)
    on_page(app, showcase.mentor, "pair", part="goals")
    click(app, f"change_{with_progress.id}")
    assert "Another title or measure makes it another goal and clears that" in said(app.caption)
    click(app, "leave_goal")
    click(app, f"change_{without_progress.id}")
    assert "Progress so far" not in said(app.caption)


def test_what_was_typed_stays_after_a_refusal_and_over_another_page(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    on_page(app, showcase.mentor, "pair", part="goals")
    click(app, "propose_goal")
    fill(app, "Measure", "Answers there, in a month")
    click(app, "save_goal")
    assert "A goal needs a title" in said(app.error)
    on_page(app, showcase.mentor, "today")
    on_page(app, showcase.mentor, "pair", part="goals")
    assert field(app, "Measure").value == "Answers there, in a month"
    click(app, "leave_goal")
    click(app, "propose_goal")
    assert field(app, "Measure").value == ""


def test_saying_yes_makes_a_proposal_a_goal_of_both(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    goal = proposed(parts, showcase, showcase.mentee)
    on_page(app, showcase.mentor, "pair", part="goals")
    click(app, f"yes_{goal.id}")
    assert "Agreed by you both" in said(app.success)
    assert f"yes_{goal.id}" not in keys(app)
    click(app, f"take_back_{goal.id}")
    assert "proposal again" in said(app.success)


def test_a_yes_to_words_that_changed_meanwhile_is_refused_and_the_new_words_are_shown(
    app: AppTest, parts: Parts, showcase: Showcase
) -> None:
    goal = proposed(parts, showcase, showcase.mentee)
    on_page(app, showcase.mentor, "pair", part="goals")
    agreeing.change_goal(parts, showcase.mentee, goal, CHANNEL.model_copy(update={"target": "200 a day"}))
    click(app, f"yes_{goal.id}")
    assert "changed since you looked" in said(app.error)
    assert "200 a day" in html(app)


def test_the_second_of_two_who_change_a_goal_keeps_their_words(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    goal = proposed(parts, showcase, showcase.mentee)
    on_page(app, showcase.mentor, "pair", part="goals")
    click(app, f"change_{goal.id}")
    fill(app, "Target", "my words")
    agreeing.change_goal(parts, showcase.mentee, goal, CHANNEL.model_copy(update={"target": "their words"}))
    click(app, "save_goal")
    assert "changed since you began" in said(app.error)
    assert "their words" in said(app.text)
    assert field(app, "Target").value == "my words"
    click(app, "goal_on_top")
    click(app, "save_goal")
    changed = next(one for one in goals(parts, showcase) if one.id == goal.id)
    assert (changed.target, changed.mentor_agreed, changed.mentee_agreed) == ("my words", parts.today(), None)


def test_words_for_a_goal_that_was_removed_meanwhile_become_a_proposal(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    goal = proposed(parts, showcase, showcase.mentee)
    on_page(app, showcase.mentor, "pair", part="goals")
    click(app, f"change_{goal.id}")
    fill(app, "Target", "my words")
    agreeing.remove_goal(parts, showcase.mentee, goal)
    clean(app.run())
    assert "removed since you began" in said(app.error)
    click(app, "save_goal")
    assert "my words" in {one.target for one in goals(parts, showcase)}


def test_a_pair_without_goals_is_told_what_belongs_there(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    without(parts, showcase, "goal")
    on_page(app, showcase.mentee, "pair", part="goals")
    assert "Two or three are enough" in said(app.info)
    assert "propose_goal" in keys(app)


# The agreement


def test_either_starts_the_agreement_from_a_template_that_is_shown_first(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    without(parts, showcase, "agreement")
    on_page(app, showcase.mentee, "pair", part="agreement")
    assert "Ruth Ellingworth" in html(app)
    click(app, "start_agreement")
    assert "Waits for your signature" in html(app)
    assert "Version 1" in html(app)


def test_before_a_change_is_saved_the_page_says_that_it_voids_the_signatures(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    on_page(app, showcase.mentor, "pair", part="agreement")
    click(app, "change_agreement")
    assert "Saving makes version 2. The signatures under version 1 no longer count" in said(app.warning)
    fill(app, "Ground rules", "One.\n\n  Two. ")
    fill(app, "Who sees to the dates", RoleName.MENTOR)
    click(app, "save_agreement")
    found = agreeing.agreement_of_pair(parts, showcase.mentor, showcase.pair.id).pair.agreement
    assert found is not None
    assert (found.version, found.signed, found.ground_rules, found.schedules) == (2, False, ("One.", "Two."), RoleName.MENTOR)
    assert "Waits for your signature" in html(app)


def test_a_part_that_is_needed_cannot_be_emptied_and_the_rest_stays_typed(app: AppTest, showcase: Showcase) -> None:
    on_page(app, showcase.mentor, "pair", part="agreement")
    click(app, "change_agreement")
    fill(app, "How often", "Every Friday")
    fill(app, "Where confidentiality ends", "")
    click(app, "save_agreement")
    assert "where confidentiality ends" in said(app.error)
    assert field(app, "How often").value == "Every Friday"
    on_page(app, showcase.mentor, "today")
    on_page(app, showcase.mentor, "pair", part="agreement")
    assert field(app, "How often").value == "Every Friday"


def test_the_second_of_two_who_change_the_agreement_keeps_their_words(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    on_page(app, showcase.mentor, "pair", part="agreement")
    click(app, "change_agreement")
    fill(app, "How often", "my words")
    words = agreeing.agreement_of_pair(parts, showcase.mentee, showcase.pair.id).words
    agreeing.change_agreement(parts, showcase.mentee, showcase.pair.id, 1, words.model_copy(update={"rhythm": "their words"}))
    click(app, "save_agreement")
    assert "Version 2 was saved since you began" in said(app.error)
    assert "their words" in html(app)
    assert field(app, "How often").value == "my words"
    click(app, "agreement_on_top")
    click(app, "save_agreement")
    found = agreeing.agreement_of_pair(parts, showcase.mentee, showcase.pair.id).pair.agreement
    assert found is not None
    assert (found.version, found.rhythm) == (3, "my words")


def test_a_stale_version_cannot_be_signed(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    words = agreeing.agreement_of_pair(parts, showcase.mentee, showcase.pair.id).words
    agreeing.change_agreement(parts, showcase.mentee, showcase.pair.id, 1, words.model_copy(update={"rhythm": "Weekly"}))
    on_page(app, showcase.mentor, "pair", part="agreement")
    agreeing.change_agreement(parts, showcase.mentee, showcase.pair.id, 2, words.model_copy(update={"rhythm": "Every day"}))
    click(app, "sign_agreement")
    assert "changed since you looked" in said(app.error)
    assert "Every day" in html(app)
    click(app, "sign_agreement")
    assert agreeing.agreement_of_pair(parts, showcase.mentor, showcase.pair.id).signed_on == parts.today()


def test_the_page_says_that_other_dates_are_why_both_sign_again(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    with parts.database.read() as connection:
        (coordinator,) = programmes.people_with_role(connection, showcase.pair.programme_id, RoleName.COORDINATOR)
    redate(parts, coordinator.id, showcase.pair.id, PairDates(starts=showcase.pair.starts, ends=showcase.pair.ends))
    on_page(app, showcase.mentor, "pair", part="agreement")
    assert "Your coordinator changed the dates of your pair on" in said(app.info)
    assert "Waits for your signature" in html(app)
    for person in (showcase.mentor, showcase.mentee):
        agreeing.sign_agreement(parts, person, showcase.pair.id, 2)
    assert "changed the dates" not in said(clean(app.run()).info)


def test_what_was_signed_does_not_change_with_a_name(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    on_page(app, showcase.mentor, "pair", part="agreement")
    before = signed_text(app)
    with parts.database.write() as connection:
        connection.execute(text("UPDATE programme SET name = 'Renamed'"))
        connection.execute(text("UPDATE person SET name = name || ' Renamed', role = 'Renamed'"))
    clean(app.run())
    assert "Priya Nandakeri Renamed" in html(app)
    assert signed_text(app) == before


def signed_text(app: AppTest) -> str:
    """Return the document without the places for the signatures."""
    (document,) = re.findall(r'<article class="doc agreement">(.*?)<div class="sign">', html(app), re.DOTALL)
    return str(document)


# Sessions


def test_a_mentee_sees_the_dates_and_no_way_to_change_them(app: AppTest, showcase: Showcase) -> None:
    on_page(app, showcase.mentee, "pair", part="sessions")
    assert "Session 4" in html(app)
    assert not {key for key in keys(app) if key.startswith(("plan_", "move_", "held_", "call_off_", "prepare_"))}


def test_a_mentor_moves_a_session_and_both_see_the_new_date(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    on_page(app, showcase.mentor, "pair", part="sessions")
    click(app, f"move_{showcase.session.id}")
    fill(app, "Day", parts.today() + timedelta(days=9))
    click(app, "save_session")
    assert "Saved. Anders Holmgaard sees the new date" in said(app.success)
    (found,) = planning.sessions_of_pair(parts, showcase.mentee, showcase.pair.id).planned
    assert (found.id, found.number, found.on) == (showcase.session.id, 4, parts.today() + timedelta(days=9))


def test_a_session_took_place_only_from_its_day_on(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    on_page(app, showcase.mentor, "pair", part="sessions")
    assert f"held_{showcase.session.id}" not in keys(app)
    with parts.database.write() as connection:
        connection.execute(
            text('UPDATE session SET "on" = :day WHERE id = :id'), {"day": parts.today().isoformat(), "id": showcase.session.id}
        )
    clean(app.run())
    click(app, f"held_{showcase.session.id}")
    assert "Session 4 took place." in said(app.success)
    assert planning.sessions_of_pair(parts, showcase.mentor, showcase.pair.id).planned == ()


def test_a_day_before_the_pair_started_is_refused_and_stays_typed(app: AppTest, showcase: Showcase) -> None:
    on_page(app, showcase.mentor, "pair", part="sessions")
    click(app, "plan_session")
    fill(app, "Day", date(2020, 1, 1))
    click(app, "save_session")
    assert "Your pair starts on" in said(app.error)
    assert field(app, "Day").value == date(2020, 1, 1)


# A pair that is over


@pytest.mark.parametrize("who", ["mentor", "mentee"])
@pytest.mark.parametrize("part", ["agreement", "goals", "sessions"])
def test_a_pair_that_was_ended_is_shown_with_the_day_and_no_way_to_change_it(
    app: AppTest, parts: Parts, showcase: Showcase, who: str, part: str
) -> None:
    proposed(parts, showcase, showcase.mentor)
    with parts.database.write() as connection:
        pairs.end(connection, showcase.pair.id, parts.today())
    on_page(app, getattr(showcase, who), "pair", part=part)
    assert "Your pair ended on" in said(app.info)
    assert not {
        key for key in keys(app) if key.startswith(("sign_a", "change_", "start_", "propose_", "yes_", "take_", "plan_", "move_", "call_"))
    } - {"change_person"}
    assert {"agreement": "Signed by you both", "goals": "Agreed by you both", "sessions": "Session 4"}[part] in html(app)


@pytest.mark.parametrize("who", ["mentor", "mentee"])
def test_today_says_of_a_pair_that_was_ended_when_and_leads_to_nothing_new(
    app: AppTest, parts: Parts, showcase: Showcase, who: str
) -> None:
    with parts.database.write() as connection:
        pairs.end(connection, showcase.pair.id, parts.today())
    signed_in(app, getattr(showcase, who))
    assert "Your pair ended on" in said(app.markdown)
    assert not {key for key in keys(app) if key.startswith(("prepare_", "agenda_", "mend_"))}


# Ask for help


def test_before_a_call_goes_its_author_sees_all_that_will_be_seen_and_kept(app: AppTest, parts: Parts, showcase: Showcase) -> None:
    with parts.database.read() as connection:
        (coordinator,) = programmes.people_with_role(connection, showcase.pair.programme_id, RoleName.COORDINATOR)
    on_page(app, showcase.mentee, "help")
    assert "Ruth Ellingworth" in html(app)
    assert field(app, "How to reach you").value == ""
    fill(app, "What do you need?", f"We never meet. {MARKUP}")
    click(app, "look_at_help")
    assert help.requests(parts, coordinator.id) == ()
    assert "We never meet. &lt;img src=x&gt;" in html(app)
    assert "nobody can answer this person directly" in html(app)
    assert "In a small programme the day, the way somebody writes" in said(app.markdown)
    click(app, "send_help")
    (call,) = help.requests(parts, coordinator.id)
    assert (call.text, call.reach) == (f"We never meet. {MARKUP}", "")
    assert field(app, "What do you need?").value == ""


def test_what_was_typed_stays_until_it_is_sent(app: AppTest, showcase: Showcase) -> None:
    on_page(app, showcase.mentor, "help")
    fill(app, "How to reach you", "desk 4")
    click(app, "look_at_help")
    assert "There is nothing to send yet" in said(app.error)
    fill(app, "What do you need?", "A word")
    on_page(app, showcase.mentor, "today")
    on_page(app, showcase.mentor, "help")
    click(app, "look_at_help")
    click(app, "change_help")
    assert (field(app, "What do you need?").value, field(app, "How to reach you").value) == ("A word", "desk 4")


def test_nothing_typed_stays_for_the_next_person_at_this_browser(app: AppTest, showcase: Showcase) -> None:
    on_page(app, showcase.mentor, "help")
    fill(app, "What do you need?", "A private word")
    click(app, "change_person")
    assert "A private word" not in repr(app.session_state)
