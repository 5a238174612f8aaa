"""Disclosure control: no figure that could be traced to a few pairs, whoever is in how many of them."""

from itertools import combinations

from hypothesis import given
from hypothesis import settings as bounded
from hypothesis import strategies as st

from coach.themes.disclosure import BANDS, LEAST, Couple, band_of, distinct, may_publish, shown

PEOPLE = [f"p{i}" for i in range(9)]
couples = st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)).filter(lambda c: c[0] != c[1]), max_size=9)
minimums = st.integers(-3, 60)


def strangers(count: int, start: int = 0) -> list[Couple]:
    """Return couples of whom nobody is in two."""
    return [(f"mentor{i}", f"mentee{i}") for i in range(start, start + count)]


# How many a cell counts


@bounded(deadline=None)  # the first one with shared people loads the library that matches them
@given(couples)
def test_a_cell_counts_the_largest_number_of_pairs_that_share_no_person(cell: list[Couple]) -> None:
    def share_none(chosen: tuple[Couple, ...]) -> bool:
        people = [person for couple in chosen for person in couple]
        return len(people) == len(set(people))

    largest = max(size for size in range(len(cell) + 1) if any(map(share_none, combinations(cell, size))))
    assert distinct(cell) == largest


@given(couples, st.sampled_from(PEOPLE))
def test_more_pairs_of_one_person_add_at_most_one(cell: list[Couple], busy: str) -> None:
    more = [(busy, f"other{i}") for i in range(7)]
    assert distinct(cell) <= distinct(cell + more) <= distinct(cell) + 1


@given(couples)
def test_naming_a_pair_twice_or_the_other_way_round_counts_it_once(cell: list[Couple]) -> None:
    assert distinct(cell + [(b, a) for a, b in cell]) == distinct(cell)


def test_pairs_that_share_nobody_all_count() -> None:
    assert distinct(strangers(400)) == 400


def test_one_mentor_of_many_is_one() -> None:
    assert distinct([("busy", f"mentee{i}") for i in range(30)]) == 1


# What is shown


@given(st.integers(0, 60), st.integers(0, 60), minimums)
def test_a_cell_is_shown_exactly_where_it_and_its_remainder_reach_the_minimum(inside: int, outside: int, minimum: int) -> None:
    cell = strangers(inside)
    least = max(minimum, LEAST)
    found = shown(cell, cell + strangers(outside, inside), minimum)
    assert (found is not None) == (inside >= least and outside >= least)
    assert found is None or found == band_of(inside)


@given(couples, couples, minimums)
def test_no_band_below_five_is_ever_shown_whatever_minimum_is_asked_for(cell: list[Couple], rest: list[Couple], minimum: int) -> None:
    found = shown(cell, cell + rest, minimum)
    assert found is None or (found.low >= LEAST and distinct(cell) >= max(LEAST, minimum))


@given(st.integers(1, 40), st.integers(5, 40))
def test_sharing_people_never_brings_a_cell_into_view(pairs: int, outside: int) -> None:
    few = strangers(4) + [("mentor0", f"extra{i}") for i in range(pairs)]
    assert shown(few, few + strangers(outside, 100), LEAST) is None


@given(st.integers(0, 4), st.integers(0, 4))
def test_too_few_and_none_look_the_same(one: int, another: int) -> None:
    rest = strangers(30, 10)
    assert shown(strangers(one), strangers(one) + rest, LEAST) == shown(strangers(another), strangers(another) + rest, LEAST)


def test_all_and_all_but_a_few_look_like_too_few() -> None:
    everything = strangers(30)
    assert {shown(everything[:n], everything, LEAST) for n in (0, 4, 26, 30)} == {None}
    assert shown(everything[:25], everything, LEAST) is not None


# The bands


def test_the_bands_are_the_ones_that_people_are_told() -> None:
    assert [str(band) for band in BANDS] == ["5-9", "10-19", "20-49", "50 or more"]


@given(st.integers(0, 200))
def test_every_count_from_five_on_lies_in_exactly_one_band(count: int) -> None:
    holding = [band for band in BANDS if band.low <= count and (band.high is None or count <= band.high)]
    assert holding == ([band_of(count)] if count >= LEAST else [])
    assert (band_of(count) is None) == (count < LEAST)


@given(st.integers(0, 200), st.integers(0, 200))
def test_a_larger_count_never_has_a_lower_band(one: int, another: int) -> None:
    low, high = sorted((one, another))
    bands = [-1 if (band := band_of(count)) is None else BANDS.index(band) for count in (low, high)]
    assert bands == sorted(bands)


# One publication beside another

pair_sets = st.frozensets(st.sampled_from([f"pair{i}" for i in range(12)]))


@given(pair_sets, st.lists(pair_sets, max_size=4))
def test_whatever_is_published_is_about_the_same_pairs_as_each_earlier_time_or_about_five_others(
    now: frozenset[str], earlier: list[frozenset[str]]
) -> None:
    assert may_publish(now, earlier) == all(len(now - before) + len(before - now) not in range(1, LEAST) for before in earlier)


@given(pair_sets, pair_sets, st.lists(pair_sets, max_size=3))
def test_an_earlier_publication_more_never_allows_what_was_refused(
    now: frozenset[str], another: frozenset[str], earlier: list[frozenset[str]]
) -> None:
    assert may_publish(now, earlier) or not may_publish(now, [*earlier, another])


@given(pair_sets, st.sampled_from(["pair0", "other"]))
def test_one_pair_more_or_less_is_never_published(now: frozenset[str], one: str) -> None:
    assert may_publish(now, [now])
    assert not may_publish(now ^ {one}, [now])
