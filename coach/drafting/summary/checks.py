"""Hold a summary to its notes and its brief, whoever wrote or edited it."""

from coach.domain.brief import Brief
from coach.domain.drafts import Check, CheckName
from coach.domain.sessions import GoalStatus
from coach.domain.summary import Evidence, GoalProgress, SummaryContent
from coach.drafting.checks import Facts, facts_of, none_of, unsupplied
from coach.drafting.summary.evidence import NotedText, noted
from coach.language.private import instructs
from coach.language.sentences import sentences


def check_summary(content: SummaryContent, brief: Brief) -> tuple[Check, ...]:
    """Return the outcome of every rule for a summary, passed or not."""
    facts = facts_of_notes(brief)
    found = [u for text in written_texts(content) for u in unsupplied(text, facts)]
    return (
        _evidence(content, noted(brief.notes, content.sensitive)),
        _statuses(content, brief),
        _goals(content, brief),
        none_of(CheckName.NAMES, found, "possible names that stand in neither the notes nor the brief"),
        none_of(CheckName.NUMBERS, found, "numbers that stand in neither the notes nor the brief"),
        none_of(CheckName.DATES, found, "dates that stand in neither the notes nor the brief"),
        _disclosure(content),
    )


def facts_of_notes(brief: Brief) -> Facts:
    """Return what a summary may state; a sentence that instructs software states nothing, the rest of the notes does."""
    kept = "\n".join(s for s in sentences(brief.notes) if not instructs(s))
    return facts_of(brief.model_copy(update={"notes": kept}), ())


def written_texts(content: SummaryContent) -> list[str]:
    """Return every text of a summary that an engine or a person worded; quotes are not worded, and reasons of failed quotes say nothing."""
    return [
        *content.headline.highlights,
        *content.headline.opportunities,
        *(goal.reason for goal in content.goals if goal.basis != "unproven"),
        *(action.text for action in content.actions),
        *(decision.text for decision in content.decisions),
        *content.open_questions,
    ]


def all_evidence(content: SummaryContent) -> tuple[Evidence, ...]:
    """Return every quote of a summary that can be shown to readers."""
    quoted = [part.evidence for part in content.goals]
    quoted += [part.evidence for part in content.actions]
    quoted += [part.evidence for part in content.closed_actions]
    quoted += [part.evidence for part in content.decisions]
    return tuple(e for evidence in quoted for e in evidence)


def _evidence(content: SummaryContent, notes: NotedText) -> Check:
    quotes = all_evidence(content)
    wrong = sum(1 for e in quotes if not notes.holds(e))
    if wrong:
        said = "A quote does" if wrong == 1 else f"{wrong} quotes do"
        return Check(name=CheckName.EVIDENCE, passed=False, detail=f"{said} not stand in the notes word for word; take it out.")
    return Check(name=CheckName.EVIDENCE, passed=True, detail=f"{len(quotes)} quotes stand in the notes word for word.")


def _statuses(content: SummaryContent, brief: Brief) -> Check:
    """Fail where a status rests on nothing: its quote failed and nobody has settled it, or it never had one."""
    titles = {goal.id: goal.title for goal in brief.goals}
    bare = [titles.get(g.goal_id, g.goal_id) for g in content.goals if not rests(g)]
    if bare:
        detail = f"No quote proves where these stand; confirm “not discussed” or state it yourself: {'; '.join(bare)}."
        return Check(name=CheckName.STATUSES, passed=False, detail=detail)
    return Check(name=CheckName.STATUSES, passed=True)


def rests(goal: GoalProgress) -> bool:
    """Tell whether a status rests on a quote or on the reviewer's word."""
    if goal.basis in ("reviewer", "confirmed"):
        return True
    return goal.basis == "notes" and (goal.status is GoalStatus.NOT_DISCUSSED or bool(goal.evidence))


def _goals(content: SummaryContent, brief: Brief) -> Check:
    titles = {goal.id: goal.title for goal in brief.goals}
    told = [goal.goal_id for goal in content.goals]
    if strange := sorted(set(told) - set(titles)):
        return Check(name=CheckName.GOALS, passed=False, detail=f"No agreed goal has this id: {', '.join(strange)}.")
    if lost := [titles[i] for i in titles if i not in told]:
        return Check(name=CheckName.GOALS, passed=False, detail=f"These goals are missing: {'; '.join(lost)}.")
    if len(told) != len(set(told)):
        return Check(name=CheckName.GOALS, passed=False, detail="A goal stands twice in the summary.")
    return Check(name=CheckName.GOALS, passed=True)


def _disclosure(content: SummaryContent) -> Check:
    if content.safeguarding:
        detail = (
            "The notes may hold a disclosure of harassment, discrimination or retaliation. Read whom you can turn to, and decide first."
        )
        return Check(name=CheckName.DISCLOSURE, passed=False, detail=detail)
    return Check(name=CheckName.DISCLOSURE, passed=True)
