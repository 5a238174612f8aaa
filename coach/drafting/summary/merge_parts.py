"""Put the readings of the parts of one session's notes together: the last statement that a quote proves stands, lists are united."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from coach.domain.brief import Brief
from coach.domain.sessions import GoalStatus
from coach.domain.summary import STATUS_WORDS, AgreedAction, Evidence, GoalProgress, Sensitive, SummaryContent, with_evidence
from coach.drafting.summary.compose import headline_of
from coach.drafting.summary.evidence import NotedText, noted, proven
from coach.drafting.summary.likeness import Item
from coach.drafting.summary.reasons import NOTHING_SAID
from coach.language.folding import fold
from coach.language.quotes import overlaps
from coach.language.sentences import shorten
from coach.language.stems import stems

MOST_QUOTES, MOST_ACTIONS, MOST_LINES = 3, 40, 24
ALIKE = 0.6  # of the words of meaning of two actions, from which on they are one
FORWARD = frozenset({GoalStatus.ACHIEVED, GoalStatus.ADVANCED})
Listed = TypeVar("Listed", bound=Item)


@dataclass(frozen=True)
class Merged:
    """One summary of all parts, and what its author is told about how it came about."""

    content: SummaryContent
    said: tuple[str, ...]


def merge_parts(parts: Sequence[SummaryContent], read: SummaryContent, brief: Brief) -> Merged:
    """Return one summary of the parts in their order; `read` is what the built-in rules make of the whole notes."""
    sensitive = _sensitive((*read.sensitive, *(s for part in parts for s in part.sensitive)))
    notes = noted(brief.notes, sensitive)
    by_rules = {goal.goal_id: goal for goal in read.goals}
    said: list[str] = []
    goals = []
    for goal in brief.goals:
        statements = [g for part in parts for g in part.goals if g.goal_id == goal.id]
        if not statements:
            said.append(f"The model left out “{shorten(goal.title, 80)}”; how it stands was read by the built-in rules.")
        chosen = _chosen([_held(g, notes) for g in statements or [by_rules[goal.id]]], goal.id)
        goals.append(_asked(chosen, by_rules[goal.id], goal.title) if statements else chosen)
    actions = _actions(_standing([a for part in parts for a in part.actions], notes))
    closed = {fold(c.text): c for c in _standing([c for part in parts for c in part.closed_actions], notes)}
    decisions = {fold(d.text).casefold(): d for d in _standing([d for part in parts for d in part.decisions], notes)}
    content = SummaryContent(
        headline=headline_of(brief, goals),
        goals=tuple(goals),
        actions=tuple(actions[:MOST_ACTIONS]),
        closed_actions=tuple(closed.values()),
        decisions=tuple(decisions.values())[:MOST_LINES],
        open_questions=tuple(dict.fromkeys(q for part in parts for q in part.open_questions))[:MOST_LINES],
        sensitive=sensitive,
        safeguarding=read.safeguarding or any(part.safeguarding for part in parts),
    )
    return Merged(content, tuple(said))


def moved(content: SummaryContent, by: int) -> SummaryContent:
    """Return a reading of a stretch of the notes with the places that its quotes have in the whole."""

    def shifted(evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
        return tuple(e.model_copy(update={"start": e.start + by, "end": e.end + by}) for e in evidence)

    private = tuple(s.model_copy(update={"start": s.start + by, "end": s.end + by}) for s in content.sensitive)
    return with_evidence(content, shifted).model_copy(update={"sensitive": private})


def _held(goal: GoalProgress, notes: NotedText) -> GoalProgress:
    """Return a statement without the quotes that another part showed to be private."""
    if goal.basis != "notes":
        return goal
    return proven(goal, tuple(e for e in goal.evidence if notes.holds(e)))


def _chosen(statements: Sequence[GoalProgress], goal_id: str) -> GoalProgress:
    """Return the last statement that a quote proves, with the quotes of those that agree and a question where some do not."""
    proved = [g for g in statements if g.evidence]
    if not proved:
        unproven = [g for g in statements if g.basis == "unproven"]
        return unproven[-1] if unproven else GoalProgress(goal_id=goal_id, status=GoalStatus.NOT_DISCUSSED, reason=NOTHING_SAID)
    last = proved[-1]
    others = list(dict.fromkeys(STATUS_WORDS[g.status] for g in proved if g.status is not last.status))
    quotes = [e for g in reversed(proved) if g.status is last.status for e in g.evidence]
    evidence = tuple(sorted(dict.fromkeys(quotes[:MOST_QUOTES]), key=lambda e: e.start))
    question = (
        f"Earlier in the notes it reads as {' and '.join(others)}, later as {STATUS_WORDS[last.status]}: which is right?" if others else ""
    )
    return last.model_copy(update={"evidence": evidence, "question": last.question or question})


def _asked(goal: GoalProgress, by_rules: GoalProgress, title: str) -> GoalProgress:
    """Return a goal with a question to the author where the model saw it go forward and the built-in rules did not."""
    if goal.question or goal.status not in FORWARD or by_rules.status in FORWARD:
        return goal
    other = STATUS_WORDS[by_rules.status]
    question = f"The model reads “{shorten(title, 80)}” as {STATUS_WORDS[goal.status]}, the built-in rules as {other}: which is right?"
    return goal.model_copy(update={"question": question})


def _standing(items: Iterable[Listed], notes: NotedText) -> list[Listed]:
    return [item for item in items if item.evidence and all(notes.holds(e) for e in item.evidence)]


def _actions(actions: Sequence[AgreedAction]) -> list[AgreedAction]:
    """Return actions each once: of two that are alike the later one stands, with the owner or the day of the earlier where it has none."""
    found: list[AgreedAction] = []
    for action in actions:
        at = next((i for i, known in enumerate(found) if _is_same(known, action)), None)
        if at is None:
            found.append(action)
        else:
            known = found[at]
            found[at] = action.model_copy(update={"owner": action.owner or known.owner, "due": action.due or known.due})
    return found


def _is_same(one: AgreedAction, other: AgreedAction) -> bool:
    places = [(e.start, e.end) for e in other.evidence]
    if any(overlaps(e.start, e.end, places) for e in one.evidence):
        return True
    if one.owner and other.owner and one.owner is not other.owner:
        return False
    mine, yours = stems(one.text), stems(other.text)
    return bool(mine and yours) and len(mine & yours) >= ALIKE * max(len(mine), len(yours))


def _sensitive(passages: Iterable[Sensitive]) -> tuple[Sensitive, ...]:
    """Return the passages in order; one inside another is that other."""
    found: list[Sensitive] = []
    for passage in sorted(passages, key=lambda s: (s.start, -s.end)):
        if not found or passage.end > found[-1].end:
            found.append(passage)
    return tuple(found)
