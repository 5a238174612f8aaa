"""Tell which texts say the same in nearly the same words."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

RUN = 5  # words; fewer are shared by chance
MOSTLY = 0.8  # of the runs of the shorter text

_WORD = re.compile(r"[^\W_]+")


def alike(texts: Mapping[str, str], others: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return for each of these texts, by key, the key of another one that says mostly the same; texts shorter than a run have none."""
    runs = {key: _runs(text) for key, text in texts.items()}
    holders: dict[tuple[str, ...], list[str]] = {}
    for key, own in runs.items():
        for run in own:
            holders.setdefault(run, []).append(key)
    best: dict[str, tuple[float, str]] = {}
    for other, text in others:
        theirs = _runs(text)
        shared = Counter(key for run in theirs for key in holders.get(run, ()))
        for key, count in shared.items():
            share = count / min(len(runs[key]), len(theirs))
            if share >= MOSTLY and share > best.get(key, (0.0, ""))[0]:
                best[key] = (share, other)
    return {key: other for key, (_, other) in best.items()}


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}
