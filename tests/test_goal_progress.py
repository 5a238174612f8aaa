"""How a goal stands by what typed notes say of it."""

from datetime import date

import pytest

from coach.domain.brief import Brief, BriefGoal, BriefPair, BriefPerson, BriefSession
from coach.domain.sessions import GoalStatus
from coach.domain.summary import GoalProgress
from coach.drafting.summary.goals import goal_progress
from coach.language.utterances import read_utterances

VISITS = BriefGoal(id="g", title="Visit the bakeries", measure="bakery visits", target="6 by June")
LOGINS = BriefGoal(id="g", title="Safe passwords", measure="shared logins in the workshop", target="None")
SLIDES = BriefGoal(id="g", title="Shorter decks", measure="slides per deck", target="under 12")
POLL = BriefGoal(id="g", title="Know the helpline", measure="staff who know the helpline (poll)", target="70 %")


def progress_of(goal: BriefGoal, notes: str) -> GoalProgress:
    pair = BriefPair(mentor=BriefPerson(name="Ines Roche"), mentee=BriefPerson(name="Walter Blum"))
    brief = Brief(pair=pair, goals=(goal,), session=BriefSession(date=date(2026, 3, 4)), notes=notes)
    (progress,) = goal_progress(brief, read_utterances(notes), ())
    return progress


@pytest.mark.parametrize(
    ("goal", "notes", "status"),
    [
        (VISITS, "- Bakery visits: 4 of 6 done", GoalStatus.ADVANCED),
        (VISITS, "- Bakery visits: all six done", GoalStatus.ACHIEVED),
        (VISITS, "- Bakery visits: nothing since last month", GoalStatus.STALLED),
        (VISITS, "- Bakery visits: he hasn't booked any yet", GoalStatus.STALLED),
        (SLIDES, "- Slides per deck: down from 30 to 20", GoalStatus.ADVANCED),
        (SLIDES, "- Slides per deck: up from 14 to 25", GoalStatus.SET_BACK),
        (POLL, "- Helpline poll: it fell to 48 from 55", GoalStatus.SET_BACK),
        (POLL, "- Helpline poll: it crept to 61 from 55", GoalStatus.ADVANCED),
        (LOGINS, "- Shared logins: the last one was closed on Monday, none remain", GoalStatus.ACHIEVED),
        (VISITS, "The weather was dreadful and the train was late.", GoalStatus.NOT_DISCUSSED),
        (VISITS, "- Bakery visits: we ran out of time", GoalStatus.NOT_DISCUSSED),
        (VISITS, "Bakery visits: two in week one, then none, then none.", GoalStatus.SET_BACK),
    ],
)
def test_a_goal_stands_as_the_notes_say(goal: BriefGoal, notes: str, status: GoalStatus) -> None:
    assert progress_of(goal, notes).status is status


@pytest.mark.parametrize(
    "notes",
    [
        'Carried over from session 5: "four bakery visits done, flying!"',
        "Last month's notes said: four bakery visits done.",
        "He stood one hour in the queue of a bakery.",
        "I send him four bakery visits to choose from tonight.",
        "Will he make four bakery visits by June?",
        "He wants to do four bakery visits next month.",
    ],
)
def test_what_is_old_planned_asked_or_told_in_passing_is_no_progress(notes: str) -> None:
    assert progress_of(VISITS, notes).status not in (GoalStatus.ACHIEVED, GoalStatus.ADVANCED)


@pytest.mark.parametrize("notes", ["- Bakery visits: 4 of 6 done", "We met. Bakery visits went from 2 to 5, he was proud."])
def test_what_shows_a_status_stands_in_the_notes_word_for_word(notes: str) -> None:
    progress = progress_of(VISITS, notes)
    assert progress.evidence
    assert all(notes[e.start : e.end] == e.quote for e in progress.evidence)


@pytest.mark.parametrize("notes", ["", "9" * 5_000, "¿?¡!" * 500, "((((" * 1_000, "- \n" * 500])
def test_notes_that_say_nothing_leave_a_goal_not_discussed(notes: str) -> None:
    assert progress_of(VISITS, notes).status is GoalStatus.NOT_DISCUSSED
