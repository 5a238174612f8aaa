"""Hold a reviewer's edit of a summary to its rules: quotes are words of the notes, and what a status rests on is told by code."""

from collections.abc import Sequence
from typing import Any

from coach.domain.brief import Brief
from coach.domain.sessions import GoalStatus
from coach.domain.summary import LEFT_OUT, GoalProgress, SummaryContent
from coach.drafting.summary.checks import all_evidence
from coach.drafting.summary.compose import headline_of
from coach.drafting.summary.evidence import LONGEST_QUOTE, NotedText
from coach.drafting.summary.reasons import NOTHING_SAID
from coach.errors import InputRefused
from coach.language.sentences import shorten

QUOTING = ("goals", "actions", "closed_actions", "decisions")
_SHOWN = 60  # characters of a quote by which its author knows it again


def without_left_out(content: dict[str, Any]) -> dict[str, Any]:
    """Return an edit that was under way without the items that are to go."""
    gone: dict[str, Sequence[int]] = content.get(LEFT_OUT, {})
    kept = {name: value for name, value in content.items() if name != LEFT_OUT}
    for name, places in gone.items():
        if isinstance(kept.get(name), list | tuple):
            kept[name] = [item for i, item in enumerate(kept[name]) if i not in places]
    return kept


def edited(typed: SummaryContent, present: SummaryContent, drafted: SummaryContent, brief: Brief, notes: NotedText) -> SummaryContent:
    """Return what a reviewer typed as the next version; InputRefused where a quote or a goal is not the notes' or the pair's.

    What is private never changes by an edit, and a headline that code made follows the goals where nobody changed it.
    """
    typed = _in_place(typed, notes)
    _refuse_others(typed, present, notes)
    before, engine = {g.goal_id: g for g in present.goals}, {g.goal_id: g for g in drafted.goals}
    goals = tuple(_based(goal, before[goal.goal_id], engine.get(goal.goal_id)) for goal in typed.goals)
    follows = typed.headline == present.headline == headline_of(brief, present.goals)
    return typed.model_copy(
        update={
            "goals": goals,
            "headline": headline_of(brief, goals) if follows else typed.headline,
            "actions": tuple(a for a in typed.actions if a.text),
            "closed_actions": tuple(a for a in typed.closed_actions if a.text),
            "decisions": tuple(d for d in typed.decisions if d.text),
            "open_questions": tuple(q for q in typed.open_questions if q),
            "sensitive": present.sensitive,
            "safeguarding": present.safeguarding,
        }
    )


def _in_place(typed: SummaryContent, notes: NotedText) -> SummaryContent:
    """Return an edit that began on other notes with its quotes where they stand in these."""

    def placed(item: Any) -> Any:
        evidence = tuple(e if notes.holds(e) else notes.again(e, "") or e for e in item.evidence)
        return item if evidence == item.evidence else item.model_copy(update={"evidence": evidence})

    return typed.model_copy(update={name: tuple(placed(x) for x in getattr(typed, name)) for name in QUOTING})


def _refuse_others(typed: SummaryContent, present: SummaryContent, notes: NotedText) -> None:
    if [g.goal_id for g in typed.goals] != [g.goal_id for g in present.goals]:
        raise InputRefused("Not saved: a summary tells of every agreed goal once, in their order. Your text is still here.")
    for quote in all_evidence(typed):
        if len(quote.quote) > LONGEST_QUOTE:
            raise InputRefused(
                f"Not saved: a quote may have {LONGEST_QUOTE} characters at most, and “{shorten(quote.quote, _SHOWN)}” has {len(quote.quote)}."
            )
        if not notes.holds(quote):
            raise InputRefused(
                f"Not saved: “{shorten(quote.quote, _SHOWN)}” is no quote that readers may see; take it out, or choose other words of your notes."
            )


def _based(typed: GoalProgress, present: GoalProgress, drafted: GoalProgress | None) -> GoalProgress:
    """Return a goal with what its status rests on: its quotes, the reviewer's yes, the reviewer's word, or nothing yet."""
    if typed.status is GoalStatus.NOT_DISCUSSED:
        typed = typed.model_copy(update={"evidence": ()})
    known = drafted is not None and drafted.status is typed.status
    if typed.status is GoalStatus.NOT_DISCUSSED and present.status is typed.status and present.basis in ("unproven", "confirmed"):
        confirmed = typed.basis == "confirmed" or present.basis == "confirmed"
        reason = NOTHING_SAID if confirmed and present.basis == "unproven" and typed.reason == present.reason else typed.reason
        return typed.model_copy(update={"basis": "confirmed" if confirmed else "unproven", "reason": reason, "question": present.question})
    proven = known and drafted is not None and drafted.basis == "notes" and (typed.evidence or typed.status is GoalStatus.NOT_DISCUSSED)
    question = present.question if typed.status is present.status else ""  # whoever states another status has answered it
    return typed.model_copy(update={"basis": "notes" if proven else "reviewer", "question": question})
