"""A programme is set up once, by whoever may, and keeps what protects the people in it; its coordinator sees no word of theirs."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from coach.domain.access import ProgrammeAct, may_in_programme
from coach.domain.members import PersonDetails
from coach.domain.people import Programme, RoleName
from coach.domain.programmes import LEAST_GROUP, MOST_GROUP, ProgrammeSettings
from coach.errors import AccessDenied, EditConflict, InputRefused
from coach.services import help as helping
from coach.services import passing_on
from coach.services.accounting import verify_audit
from coach.services.coordinating import change_programme, my_programme, set_up
from coach.services.figures import EVERY_DAYS, RUN_DAYS
from coach.services.health import overview
from coach.services.parts import Parts
from coach.services.people import add_person
from coach.services.signing_in import Visitor, act_as
from coach.store import programmes
from coach.store.clock import new_id
from coach.themes.disclosure import LEAST
from tests.conftest import NOON, Showcase
from tests.coordinators import FOUNDER, HERE, acts, founded, person, redate, running, settings, several_pairs, stored

TODAY = NOON.date()


# Setting up


def test_whoever_sets_a_programme_up_becomes_its_coordinator(parts: Parts) -> None:
    rosa = founded(parts)
    programme = my_programme(parts, rosa.id)
    assert (programme.name, programme.label, programme.minimum_group, programme.sample) == (
        "Brackwater Listens",
        "reverse mentoring",
        5,
        False,
    )
    assert programme.objectives == ("Twelve pairs have met by June.",)
    assert acts(parts, programme.id) == ["programme.created"]
    assert acts(parts, rosa.id) == ["person.added"]
    assert verify_audit(parts).first_wrong is None


@pytest.mark.stores("sqlite")
@pytest.mark.parametrize("visitor", [Visitor(), Visitor(by_provider=True), Visitor(by_provider=True, unverified=True)])
def test_nobody_sets_up_from_elsewhere_or_without_a_verified_address(parts: Parts, visitor: Visitor) -> None:
    before = stored(parts)
    with pytest.raises(AccessDenied):
        set_up(parts, visitor, settings(parts), FOUNDER)
    assert stored(parts) == before


def test_a_second_programme_cannot_be_set_up_by_whoever_comes_later(parts: Parts) -> None:
    founded(parts)
    before = stored(parts)
    other = FOUNDER.model_copy(update={"email": "other@brackwater.example"})
    for visitor in (HERE, Visitor(by_provider=True, email="other@brackwater.example")):
        with pytest.raises(AccessDenied, match="There is a programme here already"):
            set_up(parts, visitor, settings(parts), other)
    assert stored(parts) == before


def test_the_address_that_a_provider_verified_counts_and_not_the_one_typed(parts: Parts) -> None:
    rosa = set_up(parts, Visitor(by_provider=True, email="verified@brackwater.example"), settings(parts), FOUNDER)
    assert rosa.email == "verified@brackwater.example"


@pytest.mark.stores("sqlite")
def test_an_address_of_the_sample_cannot_found_a_programme(parts: Parts, showcase: Showcase) -> None:
    with pytest.raises(InputRefused, match="Somebody has the e-mail address"):
        set_up(parts, HERE, settings(parts), FOUNDER.model_copy(update={"email": showcase.pair.mentor.email}))


@pytest.mark.stores("sqlite")
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": "  "}, "needs a name"),
        ({"name": "N" * 201}, "needs a name of at most 200"),
        ({"label": ""}, "what your programme calls"),
        ({"route": ""}, "whom people can turn to"),
        ({"route": "r" * 1_001}, "1001 characters; 1000 are the most"),
        ({"objectives": ("one",) * 7}, "7 objectives; 6 are the most"),
        ({"objectives": ("o" * 1_001,)}, "An objective may have 1000"),
        ({"starts": None}, "start date is missing"),
        ({"ends": None}, "end date is missing"),
        ({"ends": TODAY, "starts": TODAY}, "end after it starts"),
        ({"starts": TODAY.replace(year=1926)}, "too far away"),
        ({"minimum_group": 4}, "never less"),
        ({"minimum_group": MOST_GROUP + 1}, "between 5 and 50"),
    ],
)
def test_a_programme_without_what_it_needs_is_refused_in_a_sentence(parts: Parts, changes: dict[str, object], said: str) -> None:
    before = stored(parts)
    with pytest.raises(InputRefused, match=said) as refused:
        set_up(parts, HERE, settings(parts, **changes), FOUNDER)
    assert "what you typed still stands here" in str(refused.value)
    assert stored(parts) == before


@pytest.mark.stores("sqlite")
@pytest.mark.parametrize(("changes", "said"), [({"name": ""}, "name is missing"), ({"email": "rosa"}, "not an e-mail address")])
def test_a_founder_needs_a_name_and_an_address(parts: Parts, changes: dict[str, str], said: str) -> None:
    with pytest.raises(InputRefused, match=said):
        set_up(parts, HERE, settings(parts), PersonDetails.model_validate(FOUNDER.model_dump() | changes))


# Changing


def test_a_coordinator_changes_the_programme_and_it_is_accounted_for(parts: Parts) -> None:
    rosa = founded(parts)
    seen = my_programme(parts, rosa.id)
    change_programme(parts, rosa.id, settings(parts, label="upward mentoring", minimum_group=8), seen)
    changed = my_programme(parts, rosa.id)
    assert (changed.label, changed.minimum_group, changed.id) == ("upward mentoring", 8, seen.id)
    assert acts(parts, seen.id) == ["programme.created", "programme.changed"]


def test_the_second_of_two_coordinators_is_told_and_overwrites_nothing(parts: Parts) -> None:
    rosa = founded(parts)
    seen = my_programme(parts, rosa.id)
    change_programme(parts, rosa.id, settings(parts, label="upward mentoring"), seen)
    with pytest.raises(EditConflict, match="meanwhile"):
        change_programme(parts, rosa.id, settings(parts, label="mutual mentoring"), seen)
    assert my_programme(parts, rosa.id).label == "upward mentoring"


def test_the_table_allows_programme_acts_to_coordinators_alone_and_passing_questions_on_to_pairs_alone() -> None:
    pairs = ProgrammeAct.PASS_QUESTIONS_ON
    assert may_in_programme({RoleName.MENTOR}, pairs) and may_in_programme({RoleName.MENTEE}, pairs)
    assert not may_in_programme({RoleName.COORDINATOR}, pairs) and not may_in_programme((), pairs)
    for act in set(ProgrammeAct) - {pairs}:
        assert may_in_programme({RoleName.COORDINATOR}, act)
        assert may_in_programme(frozenset(RoleName), act)
        assert not may_in_programme({RoleName.MENTOR, RoleName.MENTEE}, act)
        assert not may_in_programme((), act)


days = st.integers(-400, 400).map(lambda n: TODAY + timedelta(days=n))


@given(days, days, st.integers(-10, 60), st.integers(LEAST_GROUP, MOST_GROUP))
def test_the_minimum_group_is_never_below_five_and_stays_once_the_programme_has_started(
    stored_start: object, new_start: object, wanted: int, present_group: int
) -> None:
    present = Programme(id="p", name="P", route="R", starts=stored_start, ends=TODAY + timedelta(days=900), minimum_group=present_group)  # type: ignore[arg-type]
    new = ProgrammeSettings(name="P", route="R", starts=new_start, ends=TODAY + timedelta(days=900), minimum_group=wanted)  # type: ignore[arg-type]
    if new.problem(TODAY, present) is None:
        assert LEAST_GROUP <= wanted <= MOST_GROUP
        assert present.starts is not None and (present.starts > TODAY or wanted == present_group)
    if new.problem(TODAY, present) is None and present.starts is not None and present.starts <= TODAY:
        assert new.starts is not None and new.starts <= TODAY


# What needs a decision, and the figures


def met(parts: Parts, pair_id: str, days_ago: int, held: bool = True) -> None:
    on = parts.today() - timedelta(days=days_ago)
    with parts.database.write() as connection:
        row = {"id": new_id(), "pair_id": pair_id, "number": 1, "on": on, "minutes": 45, "starts_at": None}
        programmes.insert(connection, "session", [row | {"last": False, "held": held, "focus": "", "summary": ""}])


def bands(parts: Parts, coordinator: str) -> list[str]:
    """Return the bands that the overview shows."""
    found = overview(parts, coordinator).figures
    assert found is not None
    return [str(figure.band) for figure in found.shown]


def test_an_overview_names_who_has_no_pair_who_has_not_signed_and_whose_review_is_past(parts: Parts) -> None:
    rosa = founded(parts)
    (pair_id,) = several_pairs(parts, rosa.id, 1)
    lone = add_person(parts, rosa.id, person("Ida Mole", RoleName.MENTOR))
    found = overview(parts, rosa.id)
    assert [m.person.id for m in found.without_pair] == [lone]
    assert [p.id for p in found.unsigned] == [pair_id]
    assert (found.review_due, found.calls_for_help, found.decisions) == ((), 0, 2)
    late = running(parts).model_copy(update={"review": parts.today() - timedelta(days=1)})
    redate(parts, rosa.id, pair_id, late)
    assert [p.id for p in overview(parts, rosa.id).review_due] == [pair_id]


def test_a_call_for_help_waits_until_it_is_closed(parts: Parts) -> None:
    rosa = founded(parts)
    mentor = add_person(parts, rosa.id, person("Ada Umeh", RoleName.MENTOR))
    helping.ask(parts, mentor, "I would like another match.", "")
    assert overview(parts, rosa.id).calls_for_help == 1
    (call,) = helping.requests(parts, rosa.id)
    helping.close(parts, rosa.id, call.id)
    assert overview(parts, rosa.id).calls_for_help == 0


def test_a_question_that_was_passed_on_waits_until_it_is_done(parts: Parts) -> None:
    rosa = founded(parts)
    mentor = add_person(parts, rosa.id, person("Ada Umeh", RoleName.MENTOR))
    before = overview(parts, rosa.id).decisions
    passing_on.pass_on(parts, mentor, "Which rooms may we use?")
    assert (overview(parts, rosa.id).questions, overview(parts, rosa.id).decisions) == (1, before + 1)
    (question,) = passing_on.passed_on(parts, rosa.id)
    passing_on.settle(parts, rosa.id, question.id)
    assert overview(parts, rosa.id).questions == 0


def test_a_small_programme_is_told_that_there_are_no_figures(parts: Parts) -> None:
    rosa = founded(parts)
    for pair_id in several_pairs(parts, rosa.id, 2 * LEAST - 1)[:LEAST]:
        met(parts, pair_id, 3)
    assert overview(parts, rosa.id).figures is None


def test_a_figure_is_a_band_once_as_many_pairs_do_as_do_not(parts: Parts) -> None:
    rosa = founded(parts)
    pairs = several_pairs(parts, rosa.id, 2 * LEAST)
    for pair_id in pairs[: LEAST - 1]:
        met(parts, pair_id, 21)
    met(parts, pairs[LEAST], 22)
    met(parts, pairs[LEAST - 1], 0)
    assert bands(parts, rosa.id) == ["5-9", "None", "None"]


def test_four_pairs_are_too_few_for_a_figure(parts: Parts) -> None:
    rosa = founded(parts)
    for pair_id in several_pairs(parts, rosa.id, 2 * LEAST)[: LEAST - 1]:
        met(parts, pair_id, 21)
    assert bands(parts, rosa.id) == ["None"] * 3


def test_a_planned_session_that_is_past_is_no_next_session(parts: Parts) -> None:
    rosa = founded(parts)
    for place, pair_id in enumerate(several_pairs(parts, rosa.id, 2 * LEAST)):
        if place < LEAST:
            met(parts, pair_id, -place, held=False)
        elif place == LEAST:
            met(parts, pair_id, 1, held=False)
    assert bands(parts, rosa.id) == ["None", "5-9", "None"]


def test_a_raised_minimum_holds_figures_back(parts: Parts) -> None:
    rosa = founded(parts, minimum_group=6)
    for pair_id in several_pairs(parts, rosa.id, 12)[:5]:
        met(parts, pair_id, 1)
    assert bands(parts, rosa.id) == ["None"] * 3


def test_pairs_that_have_ended_or_not_begun_count_in_no_figure(parts: Parts) -> None:
    rosa = founded(parts)
    pairs = several_pairs(parts, rosa.id, 2 * LEAST)
    for pair_id in pairs[:LEAST]:
        met(parts, pair_id, 1)
    over = running(parts).model_copy(update={"review": None, "ends": parts.today() - timedelta(days=1)})
    redate(parts, rosa.id, pairs[0], over)
    assert overview(parts, rosa.id).figures is None


def test_a_pair_counts_once_it_has_run_for_three_weeks(parts: Parts) -> None:
    rosa = founded(parts)
    pairs = several_pairs(parts, rosa.id, 2 * LEAST)
    young = running(parts).model_copy(update={"starts": parts.today() - timedelta(days=RUN_DAYS - 1)})
    redate(parts, rosa.id, pairs[0], young)
    assert overview(parts, rosa.id).figures is None
    redate(parts, rosa.id, pairs[0], young.model_copy(update={"starts": parts.today() - timedelta(days=RUN_DAYS)}))
    assert overview(parts, rosa.id).figures is not None


def after(parts: Parts, days: int) -> Parts:
    """Return the same parts, so many days later."""
    return replace(parts, now=lambda: parts.now() + timedelta(days=days))


def halves_of_a_programme(parts: Parts, count: int = 2 * LEAST) -> tuple[str, list[str]]:
    """Return a coordinator and the pairs of their programme, of which five have met."""
    rosa = founded(parts).id
    pairs = several_pairs(parts, rosa, count)
    for pair_id in pairs[:LEAST]:
        met(parts, pair_id, 1)
    return rosa, pairs


def test_changing_one_pairs_dates_back_and_forth_moves_no_figure(parts: Parts) -> None:
    rosa, pairs = halves_of_a_programme(parts, 2 * LEAST + 1)
    first = overview(parts, rosa).figures
    over = running(parts).model_copy(update={"review": None, "ends": parts.today() - timedelta(days=1)})
    assert first is not None and first.shown[0].band == (5, 9)
    for later in (0, EVERY_DAYS, 3 * EVERY_DAYS):
        for pair_id in (pairs[0], pairs[-1]):
            redate(parts, rosa, pair_id, over)
            assert overview(after(parts, later), rosa).figures == first
            redate(parts, rosa, pair_id, running(parts))
        assert overview(after(parts, 0), rosa).figures == first


def test_figures_about_the_same_pairs_are_taken_anew_after_four_weeks(parts: Parts) -> None:
    rosa, _ = halves_of_a_programme(parts)
    first = overview(parts, rosa).figures
    assert overview(after(parts, EVERY_DAYS - 1), rosa).figures == first
    again = overview(after(parts, EVERY_DAYS), rosa).figures
    assert again is not None and again.taken_on == parts.today() + timedelta(days=EVERY_DAYS)
    assert [figure.band for figure in again.shown] == [None] * 3
    programme = my_programme(parts, rosa)
    assert acts(parts, programme.id).count("figures.taken") == 2


def test_figures_that_were_taken_can_be_neither_changed_nor_replaced_nor_removed(parts: Parts) -> None:
    rosa, _ = halves_of_a_programme(parts)
    before = overview(parts, rosa).figures
    for sql in (
        "UPDATE health_figures SET bands = '{}'",
        "DELETE FROM health_figures",
        "INSERT INTO health_figures SELECT programme_id, number, taken_on, pairs, '{}' FROM health_figures",
        "INSERT INTO health_figures SELECT programme_id, number + 2, taken_on, pairs, '{}' FROM health_figures",
    ):
        with pytest.raises(DBAPIError), parts.database.write() as connection:
            connection.execute(text(sql))
    assert overview(parts, rosa).figures == before


def test_the_sample_shows_figures_as_soon_as_it_is_opened(parts: Parts, showcase: Showcase) -> None:
    with parts.database.read() as connection:
        (coordinator,) = programmes.people_with_role(connection, showcase.pair.programme_id, RoleName.COORDINATOR)
    found = overview(parts, coordinator.id).figures
    assert found is not None and found.taken_on == parts.today()
    assert any(figure.band for figure in found.shown)


def test_the_overview_of_a_coordinator_holds_no_word_of_what_pairs_write(parts: Parts, showcase: Showcase) -> None:
    with parts.database.read() as connection:
        (coordinator,) = programmes.people_with_role(connection, showcase.pair.programme_id, RoleName.COORDINATOR)
        words = [row.text for row in connection.execute(text("SELECT title AS text FROM goal UNION SELECT text FROM action"))]
        words += [row.text for row in connection.execute(text("SELECT focus AS text FROM session UNION SELECT summary FROM session"))]
        terms = [str(row.terms) for row in connection.execute(text("SELECT terms FROM agreement"))]
    seen = repr(overview(parts, coordinator.id))
    assert showcase.pair.mentor.name in seen or showcase.pair.mentor.id in seen
    assert not [word for word in words if word and word in seen]
    assert not [phrase for term in terms for phrase in term.split('"') if len(phrase) > 20 and phrase in seen]
    assert act_as(parts, Visitor(), coordinator.id) == coordinator
