"""What a clause says apart from its topic."""

import pytest

from coach.drafting.summary.changes import changes
from coach.language.clauses import clause_of, clauses


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("the rota was not touched", "negation"),
        ("nothing has been booked yet", "not_yet"),
        ("he has sent both letters", "perfect"),
        ("she will ring the depot", "future"),
        ("I send him two samples tonight", "future"),
        ("he was going to call them", "failed"),
        ("if the budget holds", "conditional"),
        ("we could ask the porters", "hypothetical"),
        ("how many did he visit?", "question"),
        ("it is still in a drawer", "still"),
    ],
)
def test_a_clause_holds_the_cue_of_what_it_says(text: str, cue: str) -> None:
    assert clause_of(text, 0).has(cue)


@pytest.mark.parametrize("text", ["I will visit the kitchen tomorrow", "he wants to try a panel", "did she sign it?", "nobody came"])
def test_what_is_planned_asked_or_denied_is_no_fact(text: str) -> None:
    assert not clause_of(text, 0).is_fact


def test_clauses_stand_in_the_text_where_they_say() -> None:
    text = "Two shops joined; the third refused, because the lift is broken"
    assert len(clauses(text)) >= 3
    assert all(text[c.start : c.end] == c.text for c in clauses(text))


@pytest.mark.parametrize(
    ("text", "before", "now"),
    [
        ("the poll fell to 48 from 55", 55, 48),
        ("we passed from 58 to 41", 58, 41),
        ("June had 9 where May had 23", 23, 9),
        ("that takes her from five to eight", 5, 8),
        ("now 12, it was nine", 9, 12),
    ],
)
def test_the_grammar_of_a_change_tells_which_number_is_the_earlier_one(text: str, before: float, now: float) -> None:
    assert [(c.before, c.now) for c in changes(text)] == [(before, now)]


@pytest.mark.parametrize("text", ["five of nine teams", "two shops and three depots", "against 3 colleagues", "no numbers at all"])
def test_numbers_that_nothing_compares_are_no_change(text: str) -> None:
    assert list(changes(text)) == []
