"""Goals and the agreement: what both have said yes to is exactly what stands there."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from coach.domain.agreements import LONGEST_PART, MOST_LINES, NEEDED, STANDING
from coach.domain.goals import LONGEST_LINE, LONGEST_TITLE, MOST_GOALS, GoalWording, wording_of
from coach.domain.people import Agreement
from coach.domain.sessions import Goal
from coach.errors import EditConflict, InputRefused
from coach.reading.agreement_template import filled, read_agreement_template
from coach.services import agreeing, preparing
from coach.services.accounting import verify_audit
from coach.services.parts import Parts
from coach.settings import REPOSITORY
from tests.conftest import Showcase

ANY_ORDER = settings(max_examples=20, deadline=None, database=None, suppress_health_check=list(HealthCheck))
CHANNEL = GoalWording(title="Answer in the open channel", measure="Answers there", target="10 a month", due=date(2031, 5, 1))


def without_agreement(parts: Parts, showcase: Showcase) -> None:
    with parts.database.write() as connection:
        connection.execute(text("DELETE FROM agreement WHERE pair_id = :pair"), {"pair": showcase.pair.id})


def goals(parts: Parts, showcase: Showcase) -> tuple[Goal, ...]:
    return agreeing.goals_of_pair(parts, showcase.mentor, showcase.pair.id).goals


def the_goal(parts: Parts, showcase: Showcase, goal_id: str) -> Goal:
    return next(goal for goal in goals(parts, showcase) if goal.id == goal_id)


def proposed(parts: Parts, showcase: Showcase, wording: GoalWording = CHANNEL) -> Goal:
    return the_goal(parts, showcase, agreeing.propose_goal(parts, showcase.mentor, showcase.pair.id, wording))


def agreement(parts: Parts, showcase: Showcase) -> Agreement:
    found = agreeing.agreement_of_pair(parts, showcase.mentor, showcase.pair.id).pair.agreement
    assert found is not None
    return found


def started(parts: Parts, showcase: Showcase) -> Agreement:
    without_agreement(parts, showcase)
    agreeing.start_agreement(parts, showcase.mentee, showcase.pair.id)
    return agreement(parts, showcase)


def in_the_brief(parts: Parts, showcase: Showcase) -> set[str]:
    return {goal.title for goal in preparing.preparation(parts, showcase.mentor, showcase.session.id).brief.goals}


def acts(parts: Parts, showcase: Showcase) -> list[tuple[str, str]]:
    with parts.database.read() as connection:
        rows = connection.execute(text("SELECT act, actor FROM audit WHERE subject = :pair ORDER BY number"), {"pair": showcase.pair.id})
        return [(row.act, row.actor) for row in rows]


# Goals


def test_a_proposal_is_a_yes_of_whoever_makes_it_and_no_goal_of_both_yet(parts: Parts, showcase: Showcase) -> None:
    goal = proposed(parts, showcase)
    assert (goal.mentor_agreed, goal.mentee_agreed, goal.agreed) == (parts.today(), None, False)
    assert CHANNEL.title not in in_the_brief(parts, showcase)


def test_a_goal_that_both_said_yes_to_enters_the_brief_and_leaves_it_with_a_yes(parts: Parts, showcase: Showcase) -> None:
    goal = proposed(parts, showcase)
    agreeing.agree_goal(parts, showcase.mentee, goal)
    assert CHANNEL.title in in_the_brief(parts, showcase)
    agreeing.take_back_yes(parts, showcase.mentor, goal.id)
    assert CHANNEL.title not in in_the_brief(parts, showcase)


def test_both_see_who_has_said_yes(parts: Parts, showcase: Showcase) -> None:
    goal = proposed(parts, showcase)
    for person, yes in ((showcase.mentor, True), (showcase.mentee, False)):
        assert agreeing.goals_of_pair(parts, person, showcase.pair.id).said_yes(goal) is yes


def test_a_change_takes_the_yes_of_the_other_back_and_gives_the_changers(parts: Parts, showcase: Showcase) -> None:
    goal = proposed(parts, showcase)
    agreeing.agree_goal(parts, showcase.mentee, goal)
    agreeing.change_goal(parts, showcase.mentee, goal, CHANNEL.model_copy(update={"target": "12 a month"}))
    changed = the_goal(parts, showcase, goal.id)
    assert (changed.target, changed.mentor_agreed, changed.mentee_agreed) == ("12 a month", None, parts.today())


def test_the_same_words_take_nobodys_yes_back(parts: Parts, showcase: Showcase) -> None:
    goal = proposed(parts, showcase)
    spaced = CHANNEL.model_copy(update={"title": "  Answer in the\nopen channel "})
    agreeing.change_goal(parts, showcase.mentee, goal, GoalWording.model_validate(spaced.model_dump()))
    assert the_goal(parts, showcase, goal.id).agreed


@pytest.mark.stores("sqlite")
@pytest.mark.parametrize(
    ("change", "kept"), [({"title": "Other"}, False), ({"measure": "Other"}, False), ({"target": "Other"}, True), ({"due": None}, True)]
)
def test_what_was_said_of_a_goals_progress_goes_with_its_title_and_measure(
    parts: Parts, showcase: Showcase, change: dict[str, object], kept: bool
) -> None:
    seen = next(goal for goal in goals(parts, showcase) if goal.status and goal.last_discussed and goal.due)
    agreeing.change_goal(parts, showcase.mentee, seen, wording_of(seen).model_copy(update=change))
    changed = the_goal(parts, showcase, seen.id)
    assert (changed.status, changed.last_discussed) == ((seen.status, seen.last_discussed) if kept else (None, None))


@pytest.mark.parametrize(
    "change", [{"title": "Other"}, {"measure": "Other"}, {"target": "Other"}, {"due": date(2031, 6, 1)}, {"due": None}]
)
def test_nobody_can_say_yes_to_words_that_changed_since_they_looked(parts: Parts, showcase: Showcase, change: dict[str, object]) -> None:
    seen = proposed(parts, showcase)
    agreeing.change_goal(parts, showcase.mentor, seen, CHANNEL.model_copy(update=change))
    with pytest.raises(EditConflict, match="changed since you looked"):
        agreeing.agree_goal(parts, showcase.mentee, seen)
    assert the_goal(parts, showcase, seen.id).mentee_agreed is None


def test_the_second_of_two_who_change_a_goal_is_refused_and_overwrites_nothing(parts: Parts, showcase: Showcase) -> None:
    seen = proposed(parts, showcase)
    agreeing.change_goal(parts, showcase.mentee, seen, CHANNEL.model_copy(update={"target": "first"}))
    with pytest.raises(EditConflict):
        agreeing.change_goal(parts, showcase.mentor, seen, CHANNEL.model_copy(update={"target": "second"}))
    assert the_goal(parts, showcase, seen.id).target == "first"


def test_only_a_goal_that_not_both_agreed_to_can_be_removed_by_either(parts: Parts, showcase: Showcase) -> None:
    seen = proposed(parts, showcase)
    agreeing.agree_goal(parts, showcase.mentee, seen)
    with pytest.raises(InputRefused, match="take your yes back first"):
        agreeing.remove_goal(parts, showcase.mentee, seen)
    agreeing.take_back_yes(parts, showcase.mentee, seen.id)
    agreeing.remove_goal(parts, showcase.mentee, seen)
    assert seen.id not in {goal.id for goal in goals(parts, showcase)}


def test_a_goal_that_changed_since_it_was_looked_at_is_not_removed(parts: Parts, showcase: Showcase) -> None:
    seen = proposed(parts, showcase)
    agreeing.change_goal(parts, showcase.mentor, seen, CHANNEL.model_copy(update={"target": "12 a month"}))
    with pytest.raises(EditConflict):
        agreeing.remove_goal(parts, showcase.mentee, seen)
    assert the_goal(parts, showcase, seen.id).target == "12 a month"


def test_goals_stand_in_the_order_of_their_due_dates_and_those_without_one_last(parts: Parts, showcase: Showcase) -> None:
    for due in (date(2031, 3, 1), None, date(2001, 1, 1)):
        proposed(parts, showcase, CHANNEL.model_copy(update={"due": due}))
    found = goals(parts, showcase)
    agreeing.change_goal(parts, showcase.mentor, found[0], wording_of(found[0]).model_copy(update={"due": date(2030, 1, 1)}))
    due = [goal.due for goal in goals(parts, showcase)]
    assert due == [*sorted(d for d in due if d), None]


@pytest.mark.stores("sqlite")
@pytest.mark.parametrize(
    ("wording", "says"),
    [
        (GoalWording(title=" \n"), "needs a title"),
        (GoalWording(title="x" * (LONGEST_TITLE + 1)), f"{LONGEST_TITLE} are the most"),
        (GoalWording(title="Fine", measure="x" * (LONGEST_LINE + 1)), "The measure has"),
        (GoalWording(title="Fine", target="x" * (LONGEST_LINE + 1)), "The target has"),
    ],
)
def test_what_cannot_be_a_goal_is_refused_in_a_sentence(parts: Parts, showcase: Showcase, wording: GoalWording, says: str) -> None:
    before = goals(parts, showcase)
    with pytest.raises(InputRefused, match=says) as refused:
        agreeing.propose_goal(parts, showcase.mentor, showcase.pair.id, wording)
    assert "what you typed still stands here" in str(refused.value)
    assert goals(parts, showcase) == before


@pytest.mark.stores("sqlite")
def test_there_are_never_more_goals_than_a_brief_may_hold(parts: Parts, showcase: Showcase) -> None:
    for _ in range(MOST_GOALS - len(goals(parts, showcase))):
        agreeing.propose_goal(parts, showcase.mentor, showcase.pair.id, CHANNEL)
    with pytest.raises(InputRefused, match="remove one first"):
        agreeing.propose_goal(parts, showcase.mentee, showcase.pair.id, CHANNEL)


def test_each_change_of_a_goal_writes_one_row_without_its_words_and_a_repeated_one_none(parts: Parts, showcase: Showcase) -> None:
    before = len(acts(parts, showcase))
    mentor, mentee = showcase.mentor, showcase.mentee
    seen = proposed(parts, showcase)
    agreeing.agree_goal(parts, mentor, seen)
    agreeing.agree_goal(parts, mentee, seen)
    agreeing.agree_goal(parts, mentee, seen)
    agreeing.take_back_yes(parts, mentee, seen.id)
    agreeing.take_back_yes(parts, mentee, seen.id)
    agreeing.change_goal(parts, mentee, seen, CHANNEL.model_copy(update={"target": "12 a month"}))
    agreeing.remove_goal(parts, mentor, the_goal(parts, showcase, seen.id))
    expected = [
        ("goal.proposed", mentor),
        ("goal.agreed", mentee),
        ("goal.yes_taken_back", mentee),
        ("goal.changed", mentee),
        ("goal.removed", mentor),
    ]
    assert acts(parts, showcase)[before:] == expected
    assert verify_audit(parts).first_wrong is None
    with parts.database.read() as connection:
        assert "open channel" not in repr(connection.execute(text("SELECT * FROM audit")).all())


people = st.sampled_from(["mentor", "mentee"])
goal_steps = st.lists(
    st.tuples(people, st.sampled_from(["agree", "agree", "change", "take_back"]), st.integers(0, 2), st.sampled_from(["A", "B", "C"])),
    min_size=4, max_size=14,
)  # fmt: skip


@pytest.mark.stores("sqlite")
@ANY_ORDER
@given(steps=goal_steps)
def test_in_any_order_of_steps_a_goal_is_agreed_only_if_both_said_yes_to_its_present_words(
    parts: Parts, showcase: Showcase, steps: list[tuple[str, str, int, str]]
) -> None:
    ids = {"mentor": showcase.mentor, "mentee": showcase.mentee}
    with parts.database.write() as connection:
        connection.execute(text("DELETE FROM goal WHERE pair_id = :pair"), {"pair": showcase.pair.id})
    looked = [proposed(parts, showcase, CHANNEL.model_copy(update={"target": "A"}))]
    goal_id, yes = looked[0].id, {"mentor": "A", "mentee": ""}
    for who, act, ago, target in steps:
        seen, present = looked[max(0, len(looked) - 1 - ago)], looked[-1].target
        try:
            if act == "agree":
                agreeing.agree_goal(parts, ids[who], seen)
                assert seen.target == present
                yes[who] = present
            elif act == "change":
                agreeing.change_goal(parts, ids[who], seen, CHANNEL.model_copy(update={"target": target}))
                assert present in (seen.target, target)
                yes = yes if target == present else dict.fromkeys(ids, "")  # also where the words are those of an earlier yes
                yes[who] = target
            else:
                agreeing.take_back_yes(parts, ids[who], goal_id)
                yes[who] = ""
        except EditConflict:
            assert seen.target != present
        looked.append(the_goal(parts, showcase, goal_id))
        assert looked[-1].agreed == (yes["mentor"] == yes["mentee"] == looked[-1].target)
        assert (CHANNEL.title in in_the_brief(parts, showcase)) == looked[-1].agreed


# The agreement


@pytest.mark.stores("sqlite")
def test_the_template_can_be_signed_as_it_stands_and_names_the_pair_and_the_route(parts: Parts, showcase: Showcase) -> None:
    found = started(parts, showcase)
    assert (found.version, found.mentor_signed, found.mentee_signed) == (1, None, None)
    assert "Ruth Ellingworth" in found.limits
    assert "safeguarding" in found.limits
    assert f"{showcase.pair.mentor.name} is the mentor and {showcase.pair.mentee.name} is the mentee" in found.roles
    assert not [value for _, value in found if "{" in str(value)]
    assert all(value for name, value in found if name not in STANDING)
    for person in (showcase.mentor, showcase.mentee):
        agreeing.sign_agreement(parts, person, showcase.pair.id, 1)
    assert agreement(parts, showcase).signed


def test_names_and_a_route_with_braces_are_only_text() -> None:
    template = read_agreement_template(REPOSITORY / "knowledge")
    found = filled(template, "{route}", "{0}", "the {person} at the desk")
    assert "{route} is the mentor and {0} is the mentee" in found.roles
    assert "the {person} at the desk" in found.limits


def test_without_a_route_the_template_names_the_coordinator() -> None:
    assert "the coordinator of our programme" in filled(read_agreement_template(REPOSITORY / "knowledge"), "Ada", "Per", " ").limits


def test_an_agreement_is_started_once(parts: Parts, showcase: Showcase) -> None:
    started(parts, showcase)
    agreeing.sign_agreement(parts, showcase.mentor, showcase.pair.id, 1)
    with pytest.raises(EditConflict, match="started already"):
        agreeing.start_agreement(parts, showcase.mentor, showcase.pair.id)
    assert agreement(parts, showcase).mentor_signed == parts.today()


def test_a_change_makes_the_next_version_and_voids_both_signatures(parts: Parts, showcase: Showcase) -> None:
    present = agreement(parts, showcase)
    assert present.signed
    words = agreeing.agreement_of_pair(parts, showcase.mentee, showcase.pair.id).words
    number = agreeing.change_agreement(parts, showcase.mentee, showcase.pair.id, 1, words.model_copy(update={"rhythm": "Weekly"}))
    found = agreement(parts, showcase)
    assert (number, found.version, found.rhythm, found.mentor_signed, found.mentee_signed) == (2, 2, "Weekly", None, None)


def test_the_same_words_make_no_version_and_void_nothing(parts: Parts, showcase: Showcase) -> None:
    words = started(parts, showcase)
    agreeing.sign_agreement(parts, showcase.mentor, showcase.pair.id, 1)
    spaced = words.model_copy(update={"ground_rules": (*words.ground_rules, "  "), "rhythm": f"{words.rhythm}\n"})
    assert agreeing.change_agreement(parts, showcase.mentee, showcase.pair.id, 1, spaced) == 1
    assert agreement(parts, showcase).mentor_signed == parts.today()


def test_a_signature_is_of_the_version_that_was_seen(parts: Parts, showcase: Showcase) -> None:
    words = started(parts, showcase)
    agreeing.change_agreement(parts, showcase.mentor, showcase.pair.id, 1, words.model_copy(update={"rhythm": "Weekly"}))
    for stale in (0, 1, 3):
        with pytest.raises(EditConflict, match="changed since you looked"):
            agreeing.sign_agreement(parts, showcase.mentee, showcase.pair.id, stale)
    assert agreement(parts, showcase).mentee_signed is None


def test_the_second_of_two_who_change_the_agreement_overwrites_nothing(parts: Parts, showcase: Showcase) -> None:
    words = started(parts, showcase)
    agreeing.change_agreement(parts, showcase.mentee, showcase.pair.id, 1, words.model_copy(update={"rhythm": "first"}))
    with pytest.raises(EditConflict, match="What you typed still stands here"):
        agreeing.change_agreement(parts, showcase.mentor, showcase.pair.id, 1, words.model_copy(update={"rhythm": "second"}))
    assert agreement(parts, showcase).rhythm == "first"


@pytest.mark.stores("sqlite")
@pytest.mark.parametrize("name", NEEDED)
def test_what_an_agreement_needs_cannot_be_emptied(parts: Parts, showcase: Showcase, name: str) -> None:
    words = started(parts, showcase)
    with pytest.raises(InputRefused, match="do not leave it empty"):
        agreeing.change_agreement(parts, showcase.mentor, showcase.pair.id, 1, words.model_copy(update={name: " \n"}))
    assert agreement(parts, showcase) == words


@pytest.mark.stores("sqlite")
@pytest.mark.parametrize(
    "change",
    [{"rhythm": "x" * (LONGEST_PART + 1)}, {"ground_rules": ("x",) * (MOST_LINES + 1)}, {"off_limits": ("x" * (LONGEST_LINE + 1),)}],
)
def test_a_part_that_is_too_long_is_refused(parts: Parts, showcase: Showcase, change: dict[str, object]) -> None:
    words = started(parts, showcase)
    with pytest.raises(InputRefused, match="characters"):
        agreeing.change_agreement(parts, showcase.mentor, showcase.pair.id, 1, words.model_copy(update=change))


@pytest.mark.stores("sqlite")
def test_an_older_agreement_that_lacks_a_needed_part_is_completed_from_the_template_when_it_is_changed(
    parts: Parts, showcase: Showcase
) -> None:
    with parts.database.write() as connection:
        connection.execute(text('UPDATE agreement SET terms = \'{"rhythm": "Monthly"}\' WHERE pair_id = :pair'), {"pair": showcase.pair.id})
    words = agreeing.agreement_of_pair(parts, showcase.mentor, showcase.pair.id).words
    assert words.rhythm == "Monthly"
    assert all(getattr(words, name) for name in NEEDED)


def test_each_step_of_an_agreement_writes_one_row_and_a_repeated_one_none(parts: Parts, showcase: Showcase) -> None:
    before = len(acts(parts, showcase))
    words = started(parts, showcase)
    agreeing.sign_agreement(parts, showcase.mentor, showcase.pair.id, 1)
    agreeing.sign_agreement(parts, showcase.mentor, showcase.pair.id, 1)
    agreeing.change_agreement(parts, showcase.mentee, showcase.pair.id, 1, words.model_copy(update={"rhythm": "Weekly"}))
    expected = [("agreement.started", showcase.mentee), ("agreement.signed", showcase.mentor), ("agreement.changed", showcase.mentee)]
    assert acts(parts, showcase)[before:] == expected
    assert verify_audit(parts).first_wrong is None


@pytest.mark.parametrize(
    "told",
    ["", "- a list", "roles: [", "roles: '{manager} leads'", "roles: '} {'", "version: 3", "strange: yes", "roles: Ada leads."],
)
def test_a_template_that_cannot_be_used_is_refused_in_a_sentence(tmp_path: Path, told: str) -> None:
    (tmp_path / "agreement-template.yaml").write_text(told, encoding="utf-8")
    with pytest.raises(InputRefused, match="whoever runs the coach can put it right"):
        read_agreement_template(tmp_path)
    with pytest.raises(InputRefused):
        read_agreement_template(tmp_path / "nowhere")


agreement_steps = st.lists(
    st.tuples(people, st.sampled_from(["sign", "sign", "change"]), st.sampled_from([0, 0, 0, 1]), st.sampled_from(["A", "B"])),
    min_size=4,
    max_size=14,
)


@pytest.mark.stores("sqlite")
@ANY_ORDER
@given(steps=agreement_steps)
def test_in_any_order_of_steps_a_signature_never_survives_a_change(
    parts: Parts, showcase: Showcase, steps: list[tuple[str, str, int, str]]
) -> None:
    ids = {"mentor": showcase.mentor, "mentee": showcase.mentee}
    words = started(parts, showcase)
    signed: set[str] = set()
    for who, act, ago, rhythm in steps:
        before = agreement(parts, showcase)
        seen = before.version - ago
        try:
            if act == "sign":
                agreeing.sign_agreement(parts, ids[who], showcase.pair.id, seen)
                signed.add(who)
            else:
                agreeing.change_agreement(parts, ids[who], showcase.pair.id, seen, words.model_copy(update={"rhythm": rhythm}))
                signed = signed if rhythm == before.rhythm else set()
            assert ago == 0
        except EditConflict:
            assert ago > 0
        found = agreement(parts, showcase)
        assert {"mentor": found.mentor_signed, "mentee": found.mentee_signed} == {p: parts.today() if p in signed else None for p in ids}
        assert found.version == before.version + (found.rhythm != before.rhythm)
