"""Disclosure control: when a figure about pairs may be shown, and how roughly.

A cell counts the largest number of its pairs that share no person, so that one busy mentor never looks like many. It is shown from the minimum
on, as a band, and only where the pairs outside it reach the minimum too: "all but two" says as much of those two as a list of them would.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

Couple = tuple[str, str]  # the ids of a pair's two people

LEAST = 5
EDGES = (5, 10, 20, 50)


class Band(NamedTuple):
    """A range of counts; `high` is None for the last, open one."""

    low: int
    high: int | None

    def __str__(self) -> str:
        return f"{self.low} or more" if self.high is None else f"{self.low}-{self.high}"


BANDS = tuple(Band(low, high - 1 if high else None) for low, high in zip(EDGES, (*EDGES[1:], None), strict=True))


def band_of(count: int) -> Band | None:
    """Return the band that a count lies in, or None below the lowest."""
    return next((band for band in reversed(BANDS) if count >= band.low), None)


def distinct(couples: Collection[Couple]) -> int:
    """Return the largest number of these couples that share no person."""
    known = {frozenset(couple) for couple in couples}
    times = Counter(person for couple in known for person in couple)
    shared = [couple for couple in known if any(times[person] > 1 for person in couple)]
    return len(known) - len(shared) + _largest_matching(shared)


def shown(cell: Collection[Couple], everything: Collection[Couple], minimum: int) -> Band | None:
    """Return the band of a cell, or None where it or its remainder is below the minimum; which of the two is not told.

    `minimum` counts as at least five, whatever is handed in.
    """
    least = max(LEAST, minimum)
    inside = {frozenset(couple) for couple in cell}
    rest = [couple for couple in everything if frozenset(couple) not in inside]
    count = distinct(cell)
    return band_of(count) if count >= least and distinct(rest) >= least else None


def may_publish(now: frozenset[str], earlier: Sequence[frozenset[str]]) -> bool:
    """Tell whether figures about these pairs may stand beside the earlier ones: about the same pairs, or about at least five others.

    Two sets that differ by fewer would let a reader take one figure from the other and be left with those few.
    """
    return all(now == before or len(now ^ before) >= LEAST for before in earlier)


def _largest_matching(couples: Collection[frozenset[str]]) -> int:
    if not couples:
        return 0
    # Imported here: it takes a third of a second, and a programme in which nobody is in two pairs needs none of it.
    import networkx  # type: ignore[import-untyped]

    graph = networkx.Graph(tuple(couple) for couple in couples)
    # Group by group, because the time that a matching takes grows faster than its graph.
    groups = (graph.subgraph(people).copy() for people in networkx.connected_components(graph))
    return sum(len(networkx.max_weight_matching(group, maxcardinality=True)) for group in groups)
