"""Put what people changed in a summary on top of what an engine makes of changed notes: three versions in, one out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from coach.domain.sessions import GoalStatus
from coach.domain.summary import Evidence, GoalProgress, Headline, SummaryContent
from coach.drafting.summary.evidence import NotedText, proven
from coach.drafting.summary.likeness import Item, matched, quotes_of, untouched
from coach.language.folding import fold

ACTION = ("text", "owner", "due")
WORDED = ("text",)
Value = TypeVar("Value")


@dataclass(frozen=True)
class Notes:
    """Notes as they were when the present version's quotes were located, and as they are now."""

    before: str
    now: NotedText


def merge(last: SummaryContent, mine: SummaryContent, new: SummaryContent, notes: Notes) -> SummaryContent:
    """Return the engine's new summary with what people changed in its last one.

    A field that differs from the last engine value stays, what was left out stays out, and what was added stays. Quotes that stay are
    located in the changed notes; those that are gone are taken out. What is private is always the new one.
    """

    def items(name: str, fields: Sequence[str]) -> tuple[Any, ...]:
        return _items(getattr(last, name), getattr(mine, name), getattr(new, name), fields, notes)

    return new.model_copy(
        update={
            "goals": _goals(last, mine, new, notes),
            "actions": items("actions", ACTION),
            "closed_actions": items("closed_actions", WORDED),
            "decisions": items("decisions", WORDED),
            "open_questions": _lines(last.open_questions, mine.open_questions, new.open_questions),
            "headline": Headline(
                highlights=_kept(last.headline.highlights, mine.headline.highlights, new.headline.highlights),
                opportunities=_kept(last.headline.opportunities, mine.headline.opportunities, new.headline.opportunities),
            ),
        }
    )


def relocated(evidence: Sequence[Evidence], notes: Notes) -> tuple[Evidence, ...]:
    """Return the quotes that stand in the notes as they are, each in its place there."""
    found = (notes.now.again(e, notes.before) for e in evidence)
    return tuple(e for e in found if e is not None)


def settled(goal: GoalProgress, notes: Notes) -> GoalProgress:
    """Return a goal with its quotes located in these notes; one that rested on them alone waits for the reviewer where none is left."""
    kept = relocated(goal.evidence, notes)
    if goal.basis == "notes":
        return proven(goal, kept)
    return goal.model_copy(update={"evidence": kept})


def _goals(last: SummaryContent, mine: SummaryContent, new: SummaryContent, notes: Notes) -> tuple[GoalProgress, ...]:
    before, now = {g.goal_id: g for g in last.goals}, {g.goal_id: g for g in mine.goals}

    def chosen(goal: GoalProgress) -> GoalProgress:
        known, changed = before.get(goal.goal_id), now.get(goal.goal_id)
        if changed is None or known is None or untouched(changed, known):
            return goal
        if changed.basis == "confirmed" and goal.status is not GoalStatus.NOT_DISCUSSED:
            return goal  # the yes was to there being no quote, and now there is one
        return settled(changed, notes)

    return tuple(chosen(goal) for goal in new.goals)


def _items(last: Sequence[Item], mine: Sequence[Item], new: Sequence[Item], fields: Sequence[str], notes: Notes) -> tuple[Any, ...]:
    changed, renewed = matched(last, mine), matched(last, new)
    origins = {j: i for i, j in renewed.items()}
    added = [j for j in range(len(mine)) if j not in changed.values()]
    again = {b: added[a] for a, b in matched([mine[j] for j in added], new).items() if b not in origins}  # an engine now says it, too
    found: list[Any] = []
    for j, item in enumerate(new):
        known = origins.get(j)
        if known is None:
            found.append(_ticked(item, mine[again[j]], fields, None, notes) if j in again else item)
        elif known in changed:
            found.append(_ticked(item, mine[changed[known]], fields, last[known], notes))
    for j, item in enumerate(mine):
        known = next((i for i, at in changed.items() if at == j), None)
        is_added = known is None and j not in again.values()
        is_edited = known is not None and known not in renewed and _differs(item, last[known], fields)
        if is_added or is_edited:
            found.append(_with(item, {"evidence": relocated(item.evidence, notes)}))
    return tuple(found)


def _ticked(item: Item, mine: Item, fields: Sequence[str], last: Item | None, notes: Notes) -> Any:
    """Return an item of the engine with the fields, the quotes and the ticks that a person gave it."""
    kept = {name: getattr(mine, name) for name in fields if last is None or getattr(mine, name) != getattr(last, name)}
    if last is None or quotes_of(mine.evidence) != quotes_of(last.evidence):
        return _with(item, kept | {"evidence": relocated(mine.evidence, notes) or item.evidence})
    ticks = {quote for quote, e in zip(quotes_of(mine.evidence), mine.evidence, strict=True) if e.shared}
    return _with(item, kept | {"evidence": tuple(e.model_copy(update={"shared": fold(e.quote) in ticks}) for e in item.evidence)})


def _differs(item: Item, last: Item, fields: Sequence[str]) -> bool:
    ticked = any(e.shared for e in item.evidence)
    return ticked or quotes_of(item.evidence) != quotes_of(last.evidence) or any(getattr(item, f) != getattr(last, f) for f in fields)


def _with(item: Any, update: dict[str, Any]) -> Any:
    return item.model_copy(update=update)


def _lines(last: Sequence[str], mine: Sequence[str], new: Sequence[str]) -> tuple[str, ...]:
    removed, added = set(last) - set(mine), [line for line in mine if line not in last and line not in new]
    return tuple(dict.fromkeys([*(line for line in new if line not in removed), *added]))


def _kept(last: Value, mine: Value, new: Value) -> Value:
    return new if mine == last else mine
