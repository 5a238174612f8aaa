"""No quote of a summary says anything but what stands in the notes, and no status stands without one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.sessions import GoalStatus
from coach.domain.summary import AgreedAction, Decision, Evidence, GoalProgress, Sensitive, SensitiveKind, SummaryContent
from coach.drafting.summary.evidence import hold_to_notes, noted, turned

BULLETS = """Session with Oriel, 6 March

- open channel: she answered eleven questions there, the target was ten
- leave: hasn’t booked any of it yet
- the ramp: “two quotes are in” and the board said yes, but nobody has ordered it
- Perrin will not come to the panel
"""
TRANSCRIPT = """WEBVTT

00:00:01.000 --> 00:00:03.000
<v Tamsin Vale>Did you finish the course?

00:00:04.000 --> 00:00:06.000
<v Oriel Bastable>I finished half of it.

00:00:07.000 --> 00:00:09.000
<v Tamsin Vale>I finished all of it in June.
"""


def located(quote: str, notes: str = BULLETS, speaker: str | None = None) -> str | None:
    found = noted(notes).locate(quote, speaker)
    return found.quote if found else None


@pytest.mark.parametrize(
    "quote",
    [
        "she answered eleven questions there",
        "hasn't booked any of it yet",
        'the ramp: "two quotes are in"',
        "nobody has ordered it",
        "Perrin will not come to the panel",
    ],
)
def test_what_stands_there_is_located_in_the_words_of_the_notes(quote: str) -> None:
    found = noted(BULLETS).locate(quote)
    assert found is not None
    assert BULLETS[found.start : found.end] == found.quote


@pytest.mark.parametrize(
    ("quote", "why"),
    [
        ("she answered twelve questions there", "one word is another"),
        ("booked any of it yet", "the negation before it is gone"),
        ("come to the panel", "a negation of the same clause is gone"),
        ("has ordered it", "nobody did"),
        ("eleven questions there, the target was ten leave", "two bullets are joined"),
        ("she answered eleven questions the target was ten", "a span is left out"),
        ("She answered eleven questions there", "a letter is another"),
        ("eleven question", "a word is cut"),
        ("", "it is empty"),
    ],
)
def test_what_says_something_else_is_refused(quote: str, why: str) -> None:
    assert located(quote) is None, why


def test_a_quote_does_not_run_over_two_cues() -> None:
    assert located("I finished half of it.", TRANSCRIPT) == "I finished half of it."
    assert located("Did you finish the course? I finished half of it.", TRANSCRIPT) is None


def test_a_swapped_speaker_is_refused() -> None:
    assert located("I finished all of it in June.", TRANSCRIPT, "Tamsin Vale")
    assert located("I finished all of it in June.", TRANSCRIPT, "Oriel Bastable") is None
    assert located("Oriel Bastable: I finished all of it in June.", TRANSCRIPT) is None


@pytest.mark.parametrize("before", ["he never", "she meant to ", "I don't think ", "was going to ", "if he ", "nearly ", "no one "])
def test_words_that_take_back_what_follows_are_part_of_it(before: str) -> None:
    assert turned(before)


@pytest.mark.parametrize("before", ["", "not a problem, ", "he never came. ", "leave: ", "it was no fun but ", "- "])
def test_words_of_another_clause_are_not(before: str) -> None:
    assert not turned(before)


def test_nothing_sensitive_is_evidence() -> None:
    notes = "He booked three days. His wife is ill again."
    private = Sensitive(quote=notes[22:], start=22, end=len(notes), kind=SensitiveKind.FAMILY)
    assert noted(notes, [private]).locate("He booked three days.") is not None
    assert noted(notes, [private]).locate("His wife is ill again.") is None
    assert not noted(notes, [private]).holds(Evidence(quote=notes[22:], start=22, end=len(notes)))


def quote(text: str) -> Evidence:
    return Evidence(quote=text, start=0, end=len(text))


def test_a_status_that_lost_its_quote_waits_for_the_reviewer_and_an_action_goes() -> None:
    content = SummaryContent(
        goals=(
            GoalProgress(goal_id="g1", status=GoalStatus.ACHIEVED, reason="Eleven of ten.", evidence=(quote("she answered eleven questions there"),)),
            GoalProgress(goal_id="g2", status=GoalStatus.ADVANCED, reason="Booked.", evidence=(quote("booked any of it yet"),)),
            GoalProgress(goal_id="g3", status=GoalStatus.NOT_DISCUSSED, reason="Nothing."),
        ),
        actions=(AgreedAction(text="Order the ramp", evidence=(quote("Oriel orders the ramp"),)),),
        decisions=(Decision(text="The board said yes", evidence=(quote("the board said yes"),)),),
    )  # fmt: skip
    held = hold_to_notes(content, noted(BULLETS))
    kept, lost, silent = held.content.goals
    assert (kept.status, kept.basis) == (GoalStatus.ACHIEVED, "notes")
    assert (lost.status, lost.basis, lost.evidence) == (GoalStatus.NOT_DISCUSSED, "unproven", ())
    assert "advanced" in lost.reason and "does not stand in the notes" in lost.reason
    assert silent == content.goals[2]
    assert held.content.actions == () and len(held.content.decisions) == 1
    assert (held.quotes.supported, held.quotes.removed) == (2, 2)
    assert held.said == ("An action or decision was taken out, because its quote does not stand in the notes.",)


@given(st.text(max_size=200), st.text(max_size=40))
def test_whatever_is_located_stands_where_it_says(notes: str, wanted: str) -> None:
    view = noted(notes)
    found = view.locate(wanted)
    assert found is None or view.holds(found)
