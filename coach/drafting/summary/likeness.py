"""Tell what is the same in two versions of a summary: by its words, wherever in the notes its quotes stand now."""

from collections.abc import Sequence
from typing import Protocol

from coach.domain.summary import Evidence, GoalProgress
from coach.language.folding import fold


class Item(Protocol):
    """An action, a decision or another part that is worded and quotes the notes."""

    @property
    def text(self) -> str:
        """Return its words."""
        ...

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Return its quotes."""
        ...


def quotes_of(evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """Return the words of quotes, alike where only their typing differs."""
    return tuple(fold(e.quote) for e in evidence)


def same_goal(one: GoalProgress, other: GoalProgress) -> bool:
    """Tell whether a goal stands the same, for the same reason and by the same quotes."""
    return (one.status, one.reason, quotes_of(one.evidence)) == (other.status, other.reason, quotes_of(other.evidence))


def untouched(mine: GoalProgress, drafted: GoalProgress) -> bool:
    """Tell whether nobody changed a goal since it was drafted: neither how it stands nor what it rests on, and no quote was ticked."""
    same_basis = mine.basis == drafted.basis or "unproven" not in (mine.basis, drafted.basis)
    return same_goal(mine, drafted) and same_basis and mine.basis != "reviewer" and not any(e.shared for e in mine.evidence)


def matched(ones: Sequence[Item], others: Sequence[Item]) -> dict[int, int]:
    """Return which item is which of the others, one for one: those of the same words first, then those that share a quote."""
    found: dict[int, int] = {}
    for alike in (_same_words, _same_quote):
        for i, one in enumerate(ones):
            free = (j for j, other in enumerate(others) if j not in found.values() and alike(one, other))
            if i not in found and (j := next(free, None)) is not None:
                found[i] = j
    return found


def _same_words(one: Item, other: Item) -> bool:
    return fold(one.text).casefold() == fold(other.text).casefold()


def _same_quote(one: Item, other: Item) -> bool:
    return not set(quotes_of(one.evidence)).isdisjoint(quotes_of(other.evidence))
