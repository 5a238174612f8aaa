"""People and pairs: a coordinator adds, changes, matches and ends, in their own programme and nowhere else."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.members import is_address
from coach.domain.pairs import PairDates, Standing, usual_dates
from coach.domain.people import Agreement, Programme, RoleName
from coach.errors import AccessDenied, EditConflict, InputRefused
from coach.services.accounting import verify_audit
from coach.services.parts import Parts
from coach.services.people import add_person, change_pair, change_person, end_pair, make_pair, people_and_pairs
from coach.services.signing_in import Visitor, note_welcomed, roles_of, vouched_for
from coach.services.today import today
from coach.store import agreements, programmes
from tests.conftest import NOON, Showcase
from tests.coordinators import acts, change, founded, mentor_and_mentee, person, redate, running, stored

TODAY = NOON.date()


@pytest.fixture
def coordinator(parts: Parts) -> str:
    return founded(parts).id


# People


def test_a_person_is_added_with_their_roles_and_accounted_for(parts: Parts, coordinator: str) -> None:
    details = person("Ada  Umeh\u0000", RoleName.MENTOR, RoleName.MENTEE, email=" ADA@Brackwater.example ", region="North")
    added = add_person(parts, coordinator, details)
    (member,) = [m for m in people_and_pairs(parts, coordinator).members if m.person.id == added]
    assert (member.person.name, member.person.email, member.person.region) == ("Ada Umeh", "ada@brackwater.example", "North")
    assert member.roles == {RoleName.MENTOR, RoleName.MENTEE}
    assert acts(parts, added) == ["person.added"]
    assert verify_audit(parts).first_wrong is None


def test_an_address_belongs_to_one_person_in_whatever_case_and_programme(parts: Parts, coordinator: str, showcase: Showcase) -> None:
    add_person(parts, coordinator, person("Ada Umeh", RoleName.MENTOR))
    for email in ("ADA.UMEH@brackwater.example", showcase.pair.mentor.email):
        with pytest.raises(InputRefused, match="belongs to somebody already"):
            add_person(parts, coordinator, person("Ada Again", RoleName.MENTOR, email=email))


@pytest.mark.stores("sqlite")
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": " "}, "The name is missing."),
        ({"email": ""}, "The e-mail address is missing."),
        ({"email": "ada"}, "is not an e-mail address"),
        ({"role": "r" * 201}, "The job title has 201 characters; 200 are the most."),
        ({"roles": ()}, "Say what the person is here"),
    ],
)
def test_a_person_who_cannot_be_kept_is_refused_in_a_sentence(
    parts: Parts, coordinator: str, changes: dict[str, object], said: str
) -> None:
    before = stored(parts)
    with pytest.raises(InputRefused, match=said):
        add_person(parts, coordinator, person("Ada Umeh", RoleName.MENTOR, **changes))
    assert stored(parts) == before


def test_a_person_is_changed_and_keeps_their_id(parts: Parts, coordinator: str) -> None:
    ada = add_person(parts, coordinator, person("Ada Umeh", RoleName.MENTOR))
    change(parts, coordinator, ada, person("Ada Umeh-Berg", RoleName.MENTEE, role="Lead analyst"))
    (member,) = [m for m in people_and_pairs(parts, coordinator).members if m.person.id == ada]
    assert (member.person.name, member.person.role, member.roles) == ("Ada Umeh-Berg", "Lead analyst", {RoleName.MENTEE})
    assert acts(parts, ada) == ["person.added", "person.changed"]


def test_a_wrong_address_can_be_put_right_until_its_person_has_signed_in(parts: Parts, coordinator: str) -> None:
    ada = add_person(parts, coordinator, person("Ada Umeh", RoleName.MENTOR, email="adda@brackwater.example"))
    change(parts, coordinator, ada, person("Ada Umeh", RoleName.MENTOR))
    note_welcomed(parts, ada)
    change(parts, coordinator, ada, person("Ada Umeh", RoleName.MENTOR, role="Lead analyst"))
    with pytest.raises(InputRefused, match="has signed in already, so the e-mail address stays"):
        change(parts, coordinator, ada, person("Ada Umeh", RoleName.MENTOR, email="mine@brackwater.example"))


def test_nobody_gets_another_address_once_their_pair_has_written_something(parts: Parts, coordinator: str) -> None:
    mentor, mentee = mentor_and_mentee(parts, coordinator)
    moved = {who: person(f"{who.title()} N0", RoleName(who), email=f"{who}.moved@brackwater.example") for who in ("mentor", "mentee")}
    pair = make_pair(parts, coordinator, mentor, mentee, running(parts))
    change(parts, coordinator, mentor, moved["mentor"])
    note_welcomed(parts, mentor)
    start_agreement(parts, pair)
    with pytest.raises(InputRefused, match="has written something, so the e-mail address stays"):
        change(parts, coordinator, mentee, moved["mentee"])
    change(parts, coordinator, mentee, person("Mentee N0", RoleName.MENTEE, role="Director"))


def start_agreement(parts: Parts, pair_id: str) -> None:
    with parts.database.write() as connection:
        agreements.start(connection, pair_id, Agreement(confidentiality="Between us."))


def test_somebody_whom_the_provider_knows_can_get_another_address(parts: Parts, coordinator: str) -> None:
    ada = add_person(parts, coordinator, person("Ada Umeh", RoleName.MENTOR))
    ada_signs_in = Visitor(by_provider=True, email="ada.umeh@brackwater.example", identity="https://idp.example ada")
    assert vouched_for(parts, ada_signs_in) is not None
    note_welcomed(parts, ada)
    change(parts, coordinator, ada, person("Ada Umeh", RoleName.MENTOR, email="mine@brackwater.example"))
    mine = Visitor(by_provider=True, email="mine@brackwater.example", identity="https://idp.example coordinator")
    assert vouched_for(parts, mine) is None
    found = vouched_for(parts, ada_signs_in)
    assert found is not None and found.id == ada


def test_the_second_of_two_coordinators_is_told_and_overwrites_neither_person_nor_pair(parts: Parts, coordinator: str) -> None:
    mentor, mentee = mentor_and_mentee(parts, coordinator)
    pair = make_pair(parts, coordinator, mentor, mentee, running(parts))
    seen = people_and_pairs(parts, coordinator)
    details = next(m.details for m in seen.members if m.person.id == mentor)
    change(parts, coordinator, mentor, person("Mentor N0", RoleName.MENTOR, RoleName.MENTEE))
    redate(parts, coordinator, pair, PairDates(starts=parts.today()))
    before = stored(parts)
    with pytest.raises(EditConflict, match="Somebody else changed Mentor N0 meanwhile"):
        change_person(parts, coordinator, mentor, details.model_copy(update={"role": "Lead"}), details)
    with pytest.raises(EditConflict, match="Somebody else changed this pair meanwhile"):
        change_pair(parts, coordinator, pair, running(parts), seen.pairs[0].dates)
    assert stored(parts) == before


def test_the_sample_takes_invented_addresses_only_and_tells_nothing_of_real_people(
    parts: Parts, coordinator: str, showcase: Showcase
) -> None:
    with parts.database.read() as connection:
        (tamsin,) = programmes.people_with_role(connection, showcase.pair.programme_id, RoleName.COORDINATOR)
    add_person(parts, coordinator, person("Real Person", RoleName.MENTOR, email="real@company.test"))
    told = set()
    for email in ("real@company.test", "nobody@company.test"):
        for act in (
            lambda email=email: add_person(parts, tamsin.id, person("Ida Mole", RoleName.MENTOR, email=email)),
            lambda email=email: change(parts, tamsin.id, showcase.mentor, person("Priya", RoleName.MENTOR, email=email)),
        ):
            with pytest.raises(InputRefused) as refused:
                act()
            told.add(str(refused.value))
    assert len(told) == 1
    assert "takes invented people only" in told.pop()
    with pytest.raises(InputRefused, match="cannot be used in this demonstration"):
        add_person(parts, tamsin.id, person("Ida Mole", RoleName.MENTOR, email="rosa.lindqvist@brackwater.example"))
    assert add_person(parts, tamsin.id, person("Ida Mole", RoleName.MENTOR))


def test_a_change_never_forgets_that_somebody_was_welcomed(parts: Parts, coordinator: str) -> None:
    ada = add_person(parts, coordinator, person("Ada Umeh", RoleName.MENTOR))
    note_welcomed(parts, ada)
    change(parts, coordinator, ada, person("Ada Umeh", RoleName.MENTOR, role="Lead analyst"))
    with parts.database.read() as connection:
        found = programmes.person_by_id(connection, ada)
    assert found is not None
    assert found.welcomed == parts.today()


def test_the_last_coordinator_stays_one(parts: Parts, coordinator: str) -> None:
    with parts.database.read() as connection:
        rosa = programmes.person_by_id(connection, coordinator)
    assert rosa is not None
    as_mentor = person(rosa.name, RoleName.MENTOR, email=rosa.email)
    with pytest.raises(InputRefused, match="is the only coordinator"):
        change(parts, coordinator, coordinator, as_mentor)
    add_person(parts, coordinator, person("Second Person", RoleName.COORDINATOR))
    change(parts, coordinator, coordinator, as_mentor)
    assert roles_of(parts, coordinator) == {RoleName.MENTOR}
    with pytest.raises(AccessDenied):
        people_and_pairs(parts, coordinator)


def test_a_role_that_a_pair_needs_cannot_be_taken_before_the_pair_has_ended(parts: Parts, coordinator: str) -> None:
    mentor, mentee = mentor_and_mentee(parts, coordinator)
    pair = make_pair(parts, coordinator, mentor, mentee, running(parts))
    with pytest.raises(InputRefused, match="is the mentor of Mentee N0; end that pair first"):
        change(parts, coordinator, mentor, person("Mentor N0", RoleName.MENTEE))
    yesterday = parts.today() - timedelta(days=1)
    redate(parts, coordinator, pair, PairDates(starts=yesterday, ends=yesterday))
    change(parts, coordinator, mentor, person("Mentor N0", RoleName.MENTEE))


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("a@b.example", True),
        ("o'neil+upward@mail.b-c.example", True),
        ("zoë@bücher.example", True),
        ("a@b", False),
        ("@b.example", False),
        ("=a@b.example", False),
        ("a..b@c.example", False),
        ("a b@c.example", False),
        ("a@-b.example", False),
        ("a@b.example.", False),
        ("a\u200b@b.example", False),
        ("a@b.example, c@d.example", False),
        (f"{'a' * 250}@b.example", False),
    ],
)
def test_an_address_is_one_address_and_nothing_around_it(text: str, good: bool) -> None:
    assert is_address(text) is good


# Pairs


def test_a_pair_is_made_of_a_mentor_and_a_mentee_and_accounted_for(parts: Parts, coordinator: str) -> None:
    mentor, mentee = mentor_and_mentee(parts, coordinator)
    made = make_pair(parts, coordinator, mentor, mentee, running(parts))
    (pair,) = people_and_pairs(parts, coordinator).pairs
    assert (pair.id, pair.mentor.id, pair.mentee.id, pair.signed) == (made, mentor, mentee, False)
    assert acts(parts, made) == ["pair.made"]
    assert [p.pair.id for p in today(parts, mentor).pairs] == [made]


def test_a_pair_needs_both_roles_and_two_people_and_is_made_once(parts: Parts, coordinator: str) -> None:
    mentor, mentee = mentor_and_mentee(parts, coordinator)
    both = add_person(parts, coordinator, person("Both Ways", RoleName.MENTOR, RoleName.MENTEE))
    make_pair(parts, coordinator, mentor, both, running(parts))
    refused = [
        (mentee, mentor, "Mentee N0 is no mentor yet"),
        (mentor, mentor, "A pair is two people"),
        (mentor, coordinator, "is no mentee yet"),
        (mentor, both, "are a pair already"),
    ]
    before = stored(parts)
    for one, other, message in refused:
        with pytest.raises(InputRefused, match=message):
            make_pair(parts, coordinator, one, other, running(parts))
    assert stored(parts) == before


def test_roles_do_not_switch_in_a_running_pair(parts: Parts, coordinator: str) -> None:
    one, other = (add_person(parts, coordinator, person(f"Both {n}", RoleName.MENTOR, RoleName.MENTEE)) for n in ("One", "Two"))
    make_pair(parts, coordinator, one, other, running(parts))
    with pytest.raises(InputRefused, match="are a pair already"):
        make_pair(parts, coordinator, other, one, running(parts))


@pytest.mark.stores("sqlite")
@pytest.mark.parametrize(
    ("dates", "said"),
    [
        (PairDates(starts=None), "start date is missing"),
        (PairDates(starts=TODAY, ends=TODAY - timedelta(days=1)), "cannot end before it starts"),
        (PairDates(starts=TODAY, review=TODAY - timedelta(days=1)), "between the pair's start and its end"),
        (PairDates(starts=TODAY, review=TODAY + timedelta(days=9), ends=TODAY + timedelta(days=8)), "between the pair's start and its end"),
        (PairDates(starts=date(1999, 1, 1)), "too far away"),
    ],
)
def test_dates_that_a_pair_cannot_have_are_refused_in_a_sentence(parts: Parts, coordinator: str, dates: PairDates, said: str) -> None:
    mentor, mentee = mentor_and_mentee(parts, coordinator)
    pair = make_pair(parts, coordinator, mentor, mentee, running(parts))
    before = stored(parts)
    for act in (
        lambda: make_pair(parts, coordinator, mentor, mentee, dates),
        lambda: redate(parts, coordinator, pair, dates),
    ):
        with pytest.raises(InputRefused, match=said):
            act()
    assert stored(parts) == before


def test_a_pair_ends_today_without_fault_and_the_two_can_be_matched_again_later(parts: Parts, coordinator: str) -> None:
    mentor, mentee = mentor_and_mentee(parts, coordinator)
    pair = make_pair(parts, coordinator, mentor, mentee, running(parts))
    end_pair(parts, coordinator, pair)
    (ended,) = people_and_pairs(parts, coordinator).pairs
    agreed = running(parts)
    assert (ended.ended, ended.starts, ended.review, ended.ends) == (parts.today(), agreed.starts, agreed.review, agreed.ends)
    assert ended.standing(parts.today()) is Standing.OVER
    with pytest.raises(InputRefused, match="has ended already"):
        end_pair(parts, coordinator, pair)
    with pytest.raises(InputRefused, match="so its dates stay"):
        redate(parts, coordinator, pair, running(parts))
    assert acts(parts, pair) == ["pair.made", "pair.ended"]
    assert make_pair(parts, coordinator, mentor, mentee, running(parts)) != pair


def test_whoever_was_in_a_pair_that_ended_can_lose_the_role_at_once(parts: Parts, coordinator: str) -> None:
    mentor, mentee = mentor_and_mentee(parts, coordinator)
    pair = make_pair(parts, coordinator, mentor, mentee, running(parts))
    end_pair(parts, coordinator, pair)
    change(parts, coordinator, mentor, person("Mentor N0", RoleName.MENTEE))
    assert roles_of(parts, mentor) == {RoleName.MENTEE}


def test_a_pair_that_has_not_begun_can_be_ended_too(parts: Parts, coordinator: str) -> None:
    mentor, mentee = mentor_and_mentee(parts, coordinator)
    pair = make_pair(parts, coordinator, mentor, mentee, PairDates(starts=parts.today() + timedelta(days=9)))
    end_pair(parts, coordinator, pair)
    (ended,) = people_and_pairs(parts, coordinator).pairs
    assert ended.standing(parts.today()) is Standing.OVER


@given(
    st.dates(date(2020, 1, 1), date(2090, 1, 1)),
    st.dates(date(2019, 1, 1), date(2091, 1, 1)) | st.none(),
    st.dates(date(2019, 1, 1), date(2091, 1, 1)) | st.none(),
)
def test_the_dates_that_a_new_pair_is_offered_can_always_be_kept(day: date, starts: date | None, ends: date | None) -> None:
    offered = usual_dates(day, Programme(id="p", name="P", starts=starts, ends=ends))
    assert offered.problem() is None
    assert offered.starts is not None and offered.starts >= day
    assert offered.review is not None and offered.ends is not None and offered.starts <= offered.review <= offered.ends


# Who may


def test_a_coordinator_learns_nothing_of_another_programme(parts: Parts, coordinator: str, showcase: Showcase) -> None:
    mentor, mentee = mentor_and_mentee(parts, coordinator)
    before = stored(parts)
    for person_id in (showcase.mentor, "nobody"):
        with pytest.raises(AccessDenied, match="There is no such person in your programme"):
            change(parts, coordinator, person_id, person("Taken Over", RoleName.MENTOR))
        for pair in ((person_id, mentee), (mentor, person_id)):
            with pytest.raises(AccessDenied, match="There is no such person in your programme"):
                make_pair(parts, coordinator, *pair, running(parts))
    for pair_id in (showcase.pair.id, "nothing"):
        with pytest.raises(AccessDenied, match="There is no such pair in your programme"):
            redate(parts, coordinator, pair_id, running(parts))
        with pytest.raises(AccessDenied, match="There is no such pair in your programme"):
            end_pair(parts, coordinator, pair_id)
    assert stored(parts) == before
    assert showcase.pair.mentor.name not in repr(people_and_pairs(parts, coordinator))
