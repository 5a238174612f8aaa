"""What both signed is what stands there: other dates make a new version, which nobody has signed."""

from datetime import timedelta

import pytest

from coach.domain.agreements import words_of
from coach.domain.pairs import PairDates
from coach.domain.people import Agreement, RoleName
from coach.errors import EditConflict
from coach.services import agreeing
from coach.services.accounting import verify_audit
from coach.services.parts import Parts
from coach.services.people import make_pair
from coach.store import programmes
from tests.conftest import Showcase
from tests.coordinators import acts, founded, mentor_and_mentee, redate, running


@pytest.fixture
def coordinator(parts: Parts, showcase: Showcase) -> str:
    with parts.database.read() as connection:
        (found,) = programmes.people_with_role(connection, showcase.pair.programme_id, RoleName.COORDINATOR)
    return found.id


def agreement(parts: Parts, showcase: Showcase) -> Agreement:
    found = agreeing.agreement_of_pair(parts, showcase.mentor, showcase.pair.id).pair.agreement
    assert found is not None
    return found


def dates(showcase: Showcase, **changes: object) -> PairDates:
    return PairDates(starts=showcase.pair.starts, review=showcase.pair.review, ends=showcase.pair.ends).model_copy(update=changes)


def later(showcase: Showcase) -> PairDates:
    assert showcase.pair.ends is not None
    return dates(showcase, ends=showcase.pair.ends + timedelta(days=30))


def test_other_dates_make_a_new_version_of_the_same_words_that_nobody_has_signed(
    parts: Parts, showcase: Showcase, coordinator: str
) -> None:
    before = agreement(parts, showcase)
    assert before.signed
    redate(parts, coordinator, showcase.pair.id, later(showcase))
    found = agreement(parts, showcase)
    assert (found.version, found.mentor_signed, found.mentee_signed) == (before.version + 1, None, None)
    assert (found.new_dates, words_of(found)) == (parts.today(), words_of(before))
    assert acts(parts, showcase.pair.id)[-2:] == ["pair.changed", "agreement.dates_changed"]
    assert verify_audit(parts).first_wrong is None


def test_whoever_looked_at_the_old_dates_cannot_sign_the_new_ones(parts: Parts, showcase: Showcase, coordinator: str) -> None:
    seen = agreement(parts, showcase).version
    redate(parts, coordinator, showcase.pair.id, later(showcase))
    with pytest.raises(EditConflict):
        agreeing.sign_agreement(parts, showcase.mentor, showcase.pair.id, seen)
    agreeing.sign_agreement(parts, showcase.mentor, showcase.pair.id, seen + 1)
    assert agreement(parts, showcase).mentor_signed == parts.today()


def test_the_same_dates_void_nothing_and_leave_no_row(parts: Parts, showcase: Showcase, coordinator: str) -> None:
    before = agreement(parts, showcase), acts(parts, showcase.pair.id)
    redate(parts, coordinator, showcase.pair.id, dates(showcase))
    assert (agreement(parts, showcase), acts(parts, showcase.pair.id)) == before


def test_new_words_are_the_pairs_own_reason_to_sign_again(parts: Parts, showcase: Showcase, coordinator: str) -> None:
    redate(parts, coordinator, showcase.pair.id, later(showcase))
    words = agreement(parts, showcase)
    agreeing.change_agreement(parts, showcase.mentee, showcase.pair.id, words.version, words.model_copy(update={"rhythm": "Weekly"}))
    assert agreement(parts, showcase).new_dates is None


def test_a_pair_without_an_agreement_only_gets_its_dates(parts: Parts) -> None:
    rosa = founded(parts).id
    pair = make_pair(parts, rosa, *mentor_and_mentee(parts, rosa), running(parts))
    redate(parts, rosa, pair, running(parts).model_copy(update={"review": None}))
    assert acts(parts, pair) == ["pair.made", "pair.changed"]
