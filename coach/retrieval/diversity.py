"""Keep answers diverse: nothing twice in nearly the same words, and no one document alone."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import TypeVar

from coach.domain.guidance import Origin, Passage
from coach.language.stems import stem_list

NEARLY_THE_SAME = 0.6  # share of the shorter passage's runs of words that stand in the other as well
RUN = 4  # words

Item = TypeVar("Item")


def without_repeats(items: Iterable[Item], text: Callable[[Item], str]) -> Iterator[Item]:
    """Yield items in order, leaving out each whose text says nearly the same as that of an earlier one."""
    kept: list[frozenset[tuple[str, ...]]] = []
    for item in items:
        runs = _runs(text(item))
        if not any(_alike(runs, other) for other in kept):
            kept.append(runs)
            yield item


def spread(passages: Iterable[Passage], most: int) -> Iterator[Passage]:
    """Yield passages in order, those of an added document beyond the first `most` only when all others had their turn."""
    taken: Counter[str] = Counter()
    later: list[Passage] = []
    for passage in passages:
        taken[passage.document_id] += passage.origin is Origin.ADDED
        if taken[passage.document_id] > most:
            later.append(passage)
        else:
            yield passage
    yield from later


def _alike(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> bool:
    return len(one & other) >= NEARLY_THE_SAME * max(1, min(len(one), len(other)))


@lru_cache(maxsize=4_096)  # the same passages are found again and again
def _runs(text: str) -> frozenset[tuple[str, ...]]:
    stems = stem_list(text)
    return frozenset(tuple(stems[i : i + RUN]) for i in range(max(1, len(stems) - RUN + 1)))
