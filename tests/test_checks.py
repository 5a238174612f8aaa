"""The checks: what stands in neither brief nor guidance is found wherever it is put, and nothing that was supplied is."""

from collections.abc import Sequence
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain.agenda import AgendaContent, AgendaItem, MissingFact
from coach.domain.brief import Brief
from coach.domain.drafts import BLOCKING_CHECKS, Check, CheckName, DraftKind, blocking
from coach.domain.guidance import Citation, Passage
from coach.drafting.builtin import BuiltinEngine
from coach.drafting.checks import Unsupplied, agenda_texts, check_agenda, facts_of, role_swap, unsupplied
from coach.drafting.engines import Order
from coach.language.dates import dates
from coach.language.numbers import numbers

GUIDANCE = Passage(
    id="p1",
    document_id="running",
    file="running.md",
    document="Running sessions",
    section="Time boxes",
    text="Keep a tenth of the time free. Ask Murphy’s 3 questions, and stop on time. A pair meets six times.",
)
BRIEF = Brief.model_validate(
    {
        "pair": {
            "mentor": {"name": "Priya Nandakeri", "role": "data analyst"},
            "mentee": {"name": "Jean-Luc van der Zwaluw", "role": "CFO at Quillmere"},
        },
        "programme": {"name": "Upward", "route": "Noor Haddad"},
        "goals": [
            {"id": "g1", "title": "Speak last in the weekly meeting", "measure": "meetings", "target": "8 of 10", "due": "2026-04-17"},
            {"id": "g2", "title": "Reply on the team channel", "status": "achieved"},
        ],
        "session": {"number": 4, "date": "2026-03-10", "minutes": 45},
        "actions": [{"text": "Send the list to Søren on Thursday", "owner": "mentor", "due": "2026-03-03"}],
        "previous_summary": "In 2025 they tried 2.5 hours; half of the 1,200 readers came. 佐藤 watched. O’Brien agreed on 5 May.",
    }
)
CITATION = Citation(key="G1", document="Running sessions", section="Time boxes", quote="Keep a tenth of the time free.")


@lru_cache(maxsize=1)
def own_agenda() -> AgendaContent:
    content = BuiltinEngine().draft(Order(DraftKind.AGENDA, BRIEF, {})).content
    items = (content.items[0].model_copy(update={"citations": ("G1",)}), *content.items[1:])
    return content.model_copy(update={"items": items, "missing": ()})


def checked(content: AgendaContent, citations: Sequence[Citation] = (CITATION,), brief: Brief = BRIEF) -> dict[CheckName, Check]:
    return {check.name: check for check in check_agenda(content, citations, brief, (GUIDANCE,))}


def failed(content: AgendaContent, citations: Sequence[Citation] = (CITATION,), brief: Brief = BRIEF) -> set[CheckName]:
    return {name for name, check in checked(content, citations, brief).items() if not check.passed}


def found(text: str) -> list[Unsupplied]:
    return unsupplied(text, facts_of(BRIEF, [GUIDANCE], [45, 5]))


def with_item(**parts: object) -> AgendaContent:
    content = own_agenda()
    return content.model_copy(update={"items": (content.items[0].model_copy(update=parts), *content.items[1:])})


def test_a_true_agenda_passes_every_check() -> None:
    assert failed(own_agenda()) == set()


OF_SUMMARIES = {CheckName.EVIDENCE, CheckName.STATUSES, CheckName.DISCLOSURE}


def test_every_rule_is_reported_once_whether_it_passed_or_not() -> None:
    assert [check.name for check in check_agenda(own_agenda(), (CITATION,), BRIEF, (GUIDANCE,))] == [
        name for name in CheckName if name not in OF_SUMMARIES
    ]


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    "text",
    [
        "Zbigniew would like to join.",
        "We could ask Zbigniew about it.",
        "What did Zbigniew’s team say?",
        "What did Zbigniew's team say?",
        "They met Zbigniew van den Berg there.",
        "Ask Marieke de Vries first.",
        "Ask Jean-Paul about it.",
        "Ask O’Toole about it.",
        "We talked to 田中 yesterday.",
        "Спроси Милену.",
        "اسأل سارة عن ذلك",
        "A word with Brightwater Partners would help.",
        "- Zbigniew: bring the list",
        "Done. Zbigniew next.",
        "“Zbigniew agreed”",
        "ZBIGNIEW agreed.",
        "Grace said so.",
        "Will Mark come?",
        "Rose’s list is ready.",
    ],
)
def test_an_invented_name_is_found_wherever_it_stands(text: str) -> None:
    assert any(u.check is CheckName.NAMES for u in found(text)), text


@pytest.mark.parametrize(
    "text",
    [
        "Priya leads this part.",
        "What did you see, Jean-Luc?",
        "What did Jean‑Luc see?",
        "Jean-Luc’s list and Priya's list.",
        "Then van der Zwaluw speaks.",
        "VAN DER ZWALUW leads.",
        "Noor Haddad knows the route.",
        "Søren has the list.",
        "佐藤 watched.",
        "O'Brien agreed.",
        "Murphy asks three questions.",
        "Quillmere hired a CFO.",
        "I think that we meet. How does it go? Thanks to both.",
        "Running sessions: Time boxes.",
    ],
)
def test_a_supplied_name_is_not_found(text: str) -> None:
    assert [u.text for u in found(text) if u.check is CheckName.NAMES] == []


def test_a_name_is_found_with_its_place_in_the_text() -> None:
    text = "We could 😀 ask Zbigniew van den Berg, please."

    (name,) = found(text)
    assert text[name.start : name.end] == name.text == "Zbigniew van den Berg"


# ---------------------------------------------------------------- numbers


@pytest.mark.parametrize(
    "text", ["17 people came.", "seventeen people came.", "Forty came.", "37% came.", "2,400 came.", "3.75 hours", "a dozen tries", "99."]
)
def test_an_invented_number_is_found_in_digits_and_in_words(text: str) -> None:
    assert any(u.check is CheckName.NUMBERS for u in found(text)), text


@pytest.mark.parametrize(
    "text",
    [
        "8 of 10",
        "eight of ten",
        "2.5 hours",
        "half of them",
        "1200 readers",
        "1,200 readers",
        "45 minutes",
        "session four",
        "six times",
        "3 questions",
    ],
)
def test_a_supplied_number_is_not_found_in_either_spelling(text: str) -> None:
    assert found(text) == []


def test_a_number_that_code_computed_is_not_found() -> None:
    assert found("5 of 45 minutes stay free") == []


# ---------------------------------------------------------------- dates


@pytest.mark.parametrize(
    "text",
    [
        "by 2026-04-18",
        "by 18 April",
        "by 18 April 2026",
        "by 18th of April",
        "by the 18th April, 2026",
        "by April 18",
        "by April 18th, 2026",
        "by 18 Apr",
        "by Apr. 18",
        "by 18/04/2026",
        "by 18.04.2026",
        "by 3 Sept",
        "by Sept. 3",
        "by 17 April 2027",
        "on Monday",
        "on Wednesdays",
        "on SUNDAY",
        "by 31 February 2026",
    ],
)
def test_an_invented_date_or_weekday_is_found_in_any_spelling(text: str) -> None:
    assert any(u.check is CheckName.DATES for u in found(text)), text


@pytest.mark.parametrize(
    "text",
    [
        "by 2026-04-17",
        "by 17 April",
        "by 17 April 2026",
        "by 17th of April",
        "by April 17",
        "by April 17th, 2026",
        "by 17 Apr",
        "by 17/04/2026",
        "by 17.04.2026",
        "on Friday",
        "on Tuesday 10 March",
        "on Thursday",
        "on 3 March",
        "on 5 May",
        "on 5 May 2026",
    ],
)
def test_a_supplied_date_or_weekday_is_not_found_in_any_spelling(text: str) -> None:
    assert found(text) == []


def test_a_wrong_date_is_reported_as_a_date_and_not_as_a_number_too() -> None:
    assert [u.check for u in found("by 18 April 2026")] == [CheckName.DATES]


# ---------------------------------------------------------------- put anywhere

INVENTED = {
    CheckName.NAMES: (
        "Zbigniew",
        "Ludmila Kowalczyk",
        "Brightwater",
        "Marieke de Vries",
        "O’Toole",
        "Anne-Sophie",
        "田中",
        "Милена",
        "Grace",
    ),
    CheckName.NUMBERS: ("37", "seventeen", "2,400", "99%", "3.75", "ninety", "€ 640", "dozen"),
    CheckName.DATES: ("2026-07-19", "19 July", "July 19th, 2026", "19/07/2026", "19.07.2026", "Sunday", "Mondays", "19 Jul"),
}


@st.composite
def spoiled(draw: st.DrawFn) -> tuple[AgendaContent, CheckName, str]:
    """The true agenda with an invented name, number or date put into one of its texts, between two of its words."""
    content = own_agenda()
    what = draw(st.sampled_from(list(INVENTED)))
    words = draw(st.sampled_from(INVENTED[what]))

    def put(text: str) -> str:
        pieces = text.split(" ")
        i = draw(st.integers(0, len(pieces)))
        return " ".join([*pieces[:i], words, *pieces[i:]])

    def put_in_one(texts: Sequence[str]) -> tuple[str, ...]:
        i = draw(st.integers(0, len(texts) - 1))
        return (*texts[:i], put(texts[i]), *texts[i + 1 :])

    field = draw(st.sampled_from(["purpose", "title", "questions", "preparation", "close", "carried_actions", "left_for_later", "missing"]))
    if field in ("title", "questions"):
        i = draw(st.sampled_from([i for i, item in enumerate(content.items) if field == "title" or item.questions]))
        item = content.items[i]
        changed = item.model_copy(update={field: put(item.title) if field == "title" else put_in_one(item.questions)})
        return content.model_copy(update={"items": (*content.items[:i], changed, *content.items[i + 1 :])}), what, words
    if field == "missing":
        return content.model_copy(update={"missing": (MissingFact(id="m", question=put("Which part matters most to you?")),)}), what, words
    value = getattr(content, field)
    if field == "purpose":
        new: object = put(value)
    elif field in ("preparation", "close"):
        new = put_in_one(value)
    else:
        key = "text" if field == "carried_actions" else "how"
        new = (value[0].model_copy(update={key: put(getattr(value[0], key))}), *value[1:])
    return content.model_copy(update={field: new}), what, words


@settings(max_examples=200, deadline=None)
@given(spoiled())
def test_whatever_is_invented_is_found_wherever_it_is_put(case: tuple[AgendaContent, CheckName, str]) -> None:
    content, what, words = case

    check = checked(content)[what]
    assert not check.passed
    assert any(part in check.detail for part in words.replace("€", "").replace("%", "").split())


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_checked_without_failing_and_places_are_inside_it(text: str) -> None:
    for u in found(text):
        assert 0 <= u.start < u.end <= len(text)
        assert text[u.start : u.end] == u.text


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(agenda_texts(own_agenda())))
def test_nothing_of_the_true_agenda_is_found(text: str) -> None:
    facts = facts_of(BRIEF, [GUIDANCE], [own_agenda().minutes, own_agenda().slack])

    assert unsupplied(text, facts) == []


# ---------------------------------------------------------------- citations


def test_a_quote_with_one_changed_word_fails() -> None:
    changed = CITATION.model_copy(update={"quote": "Keep a third of the time free."})

    assert failed(own_agenda(), (changed,)) == {CheckName.CITATIONS}


@pytest.mark.parametrize("quote", ["", "   ", "keep a tenth of the time free", "Keep a tenth of the time free. And more.", "Keep … free."])
def test_a_quote_that_does_not_stand_there_word_for_word_fails(quote: str) -> None:
    assert failed(own_agenda(), (CITATION.model_copy(update={"quote": quote}),)) == {CheckName.CITATIONS}


@pytest.mark.parametrize("quote", ["Ask Murphy's 3 questions", "Keep a tenth\n of  the time free."])
def test_a_quote_with_other_quotation_marks_or_spaces_passes(quote: str) -> None:
    assert failed(own_agenda(), (CITATION.model_copy(update={"quote": quote}),)) == set()


@pytest.mark.parametrize("part", [{"document": "Another document"}, {"section": "Another section"}])
def test_a_quote_from_another_document_or_section_fails(part: dict[str, str]) -> None:
    assert failed(own_agenda(), (CITATION.model_copy(update=part),)) == {CheckName.CITATIONS}


def test_a_key_that_is_not_among_the_citations_fails_and_is_named() -> None:
    check = checked(with_item(citations=("G1", "G9")))[CheckName.CITATIONS]

    assert not check.passed
    assert "G9" in check.detail
    assert "G1" not in check.detail


def test_no_citation_at_all_passes() -> None:
    assert failed(with_item(citations=()), ()) == set()


# ---------------------------------------------------------------- times, goals, questions, roles


def test_items_that_take_more_than_the_session_has_fail_and_say_by_how_much() -> None:
    content = own_agenda()
    longer = with_item(minutes=content.items[0].minutes + content.slack + 3)

    check = checked(longer)[CheckName.TIMES]
    assert not check.passed
    assert "48 minutes, 3 more than the session has" in check.detail


def test_items_that_leave_less_than_a_tenth_free_fail() -> None:
    assert CheckName.TIMES in failed(with_item(minutes=own_agenda().items[0].minutes + 1))


def test_a_goal_that_is_nowhere_fails_and_is_named() -> None:
    check = checked(own_agenda().model_copy(update={"left_for_later": ()}))[CheckName.GOALS]

    assert not check.passed
    assert "Reply on the team channel" in check.detail


def test_a_goal_that_nobody_agreed_fails() -> None:
    assert failed(with_item(goal_id="g9")) == {CheckName.GOALS}


def test_an_open_question_fails_and_stops_an_approval() -> None:
    asking = own_agenda().model_copy(update={"missing": (MissingFact(id="minutes", question="How long do you have?"),)})

    assert failed(asking) == {CheckName.QUESTIONS}
    assert [check.name for check in blocking(tuple(checked(asking).values()))] == [CheckName.QUESTIONS]


def test_a_question_marked_inside_a_text_fails() -> None:
    assert failed(own_agenda().model_copy(update={"purpose": "To look at [[ask: which goal?]] together."})) == {CheckName.QUESTIONS}


def test_a_blank_to_fill_in_during_the_meeting_passes() -> None:
    assert failed(own_agenda().model_copy(update={"close": ("Each action: ____, owner ____, by ____.",)})) == set()


def test_a_mentee_who_leads_more_than_the_mentor_fails() -> None:
    content = own_agenda()
    turned = content.model_copy(update={"items": tuple(item.model_copy(update={"lead": "mentee"}) for item in content.items)})

    assert failed(turned) == {CheckName.ROLES}


@pytest.mark.parametrize(
    "text",
    [
        "Priya, the mentee, brings the list.",
        "Priya is your mentee.",
        "Ask the mentee Priya.",
        "The mentee is Priya.",
        "Mentee: Priya Nandakeri",
        "Priya (mentee)",
        "Jean-Luc as the mentor opens.",
        "Jean-Luc, your mentor, opens.",
        "Jean-Luc is the mentor.",
        "mentor (Jean-Luc van der Zwaluw)",
        "Jean-Luc mentors Priya.",
        "Jean-Luc coaches Priya.",
        "Priya is mentored by Jean-Luc.",
    ],
)
def test_a_mentor_called_mentee_or_a_mentee_called_mentor_is_found(text: str) -> None:
    assert role_swap(text, BRIEF), text
    assert CheckName.ROLES in failed(own_agenda().model_copy(update={"purpose": text}))


@pytest.mark.parametrize(
    "text",
    [
        "Priya, the mentor, brings the list.",
        "Priya is your mentor.",
        "The mentee Jean-Luc opens.",
        "Jean-Luc is the mentee.",
        "Priya mentors Jean-Luc.",
        "Jean-Luc is mentored by Priya.",
        "Priya and her mentee talk.",
        "Jean-Luc and his mentor talk.",
    ],
)
def test_people_called_by_their_own_role_are_not_found(text: str) -> None:
    assert role_swap(text, BRIEF) is None


def test_people_with_one_name_are_never_found_swapped_by_it() -> None:
    same = Brief.model_validate({"pair": {"mentor": {"name": "Sam Okafor"}, "mentee": {"name": "Sam Okafor"}}})

    assert role_swap("Sam Okafor, the mentor, and Sam Okafor, the mentee", same) is None


def test_only_what_is_certain_stops_an_approval() -> None:
    assert {CheckName.QUESTIONS, CheckName.CITATIONS} | OF_SUMMARIES == BLOCKING_CHECKS


def test_an_agenda_of_a_brief_without_any_fact_is_checked_too() -> None:
    bare = Brief.model_validate({"pair": {"mentor": {"name": "A. B."}, "mentee": {"name": "C. D."}}})
    content = AgendaContent(purpose="To meet.", minutes=10, items=(AgendaItem(minutes=9, title="Talk"),))

    assert failed(content, (), bare) == set()


# ---------------------------------------------------------------- single examples that once did not hold


def test_a_compound_number_in_words_is_found_where_only_its_parts_are_supplied() -> None:
    brief = BRIEF.model_copy(update={"previous_summary": "Of twenty people five came."})

    assert unsupplied("Twenty-five came.", facts_of(brief, ()))


def test_a_compound_number_in_words_is_not_found_where_it_is_supplied_in_digits() -> None:
    brief = BRIEF.model_copy(update={"previous_summary": "Of all of them 25 came."})

    assert unsupplied("Then twenty-five came.", facts_of(brief, ())) == []


@pytest.mark.parametrize("text", ["It took ½ of the day.", "A million readers came.", "Only .75 came."])
def test_a_number_in_a_rarer_spelling_is_found(text: str) -> None:
    assert unsupplied(text, facts_of(Brief.model_validate({"pair": BRIEF.pair.model_dump()}), ()))


def test_the_month_of_a_supplied_date_is_not_found() -> None:
    assert found("The end of April 2026 is near.") == []


@pytest.mark.parametrize("text", ["On Thursday Zbigniew joins.", "Send the list to Zbigniew Thursday.", "By 17 April Zbigniew answers."])
def test_an_invented_name_beside_a_supplied_date_is_found(text: str) -> None:
    assert any("Zbigniew" in u.text for u in found(text))


def test_a_courtesy_title_before_a_supplied_name_is_not_found() -> None:
    assert found("Then ask Mr van der Zwaluw.") == []


def test_an_everyday_word_after_an_emoji_is_not_found() -> None:
    assert found("Well done! 😀 Then we stop.") == []


@pytest.mark.parametrize(
    "text", ["Jean-Luc (the mentor) opens.", "Jean-Luc is Priya’s mentor.", "Priya is Jean-Luc’s mentee and learns from him."]
)
def test_a_swap_in_other_words_is_found(text: str) -> None:
    assert role_swap(text, BRIEF)


@pytest.mark.parametrize("text", ["Jean-Luc, your mentor Priya has the list.", "Jean-Luc, mentor and mentee share the time."])
def test_a_role_after_the_others_name_is_no_swap(text: str) -> None:
    assert role_swap(text, BRIEF) is None


@pytest.mark.parametrize(
    "text",
    [
        "Complaints rose by 15 percent",
        "Look at https://evil.example/login first",
        "Write to kim@evil.example",
        "The CEO closed the UK office",
        "It happened in Q3",
        "People said so twice",
        "There were hundreds of cases",
        "Two thirds said no",
        "It was decided yesterday",
        "Last week the board ended it",
        "We meet on the tenth",
    ],
)
def test_what_states_something_without_the_form_of_a_name_number_or_date_is_marked_too(text: str) -> None:
    facts = facts_of(BRIEF, (), [15])
    assert unsupplied(text, facts) != []


def test_minutes_that_code_computed_are_no_invention() -> None:
    assert unsupplied("Take 15 minutes for it, a 15-minute walk", facts_of(BRIEF, (), [15])) == []


def test_letters_that_only_look_like_others_end_nothing() -> None:
    assert [d.weekday for d in dates("EVERY FRİDAY, Frıday")] == [4, 4]
    assert [(d.day, d.month) for d in dates("5 ſep 2026")] == [(5, 9)]
    assert [n.value for n in numbers("ſix or fıve")] == [6, 5]
