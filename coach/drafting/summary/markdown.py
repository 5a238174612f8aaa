"""Render a summary as Markdown for its readers: of the notes only the quotes that their author ticked."""

from collections.abc import Sequence
from datetime import date

from coach.domain.brief import Brief
from coach.domain.drafts import DraftKind
from coach.domain.sessions import GoalStatus, Owner
from coach.domain.summary import STATUS_WORDS, AgreedAction, Evidence, GoalProgress, SummaryContent, for_readers, status_words
from coach.drafting.headers import header_of
from coach.drafting.markdown import escape, titled_list
from coach.drafting.voice import Voice, voice_of


def render_summary(content: SummaryContent, brief: Brief) -> str:
    """Return what readers see of a summary, as CommonMark."""
    seen, header, voice = for_readers(content), header_of(brief, DraftKind.SUMMARY), voice_of(brief.pair, brief.session.date)
    titles = {goal.id: goal.title for goal in brief.goals}
    lines = [f"# {escape(header.title)}", "", header.line] if header.line else [f"# {escape(header.title)}"]
    lines += titled_list("What went forward", seen.headline.highlights)
    lines += titled_list("What could move", seen.headline.opportunities)
    if seen.goals:
        lines += ["", "## Goals", ""]
        lines += [line for goal in seen.goals for line in _goal(goal, titles.get(goal.goal_id, goal.goal_id))]
    lines += _with_quotes("Agreed actions", [(action_line(a, voice), a.evidence) for a in seen.actions])
    lines += _with_quotes("Done since last time", [(a.text, a.evidence) for a in seen.closed_actions])
    lines += _with_quotes("Decisions", [(d.text, d.evidence) for d in seen.decisions])
    lines += titled_list("Open questions", seen.open_questions)
    return "\n".join(lines) + "\n"


def action_line(action: AgreedAction, voice: Voice) -> str:
    """Return an action with its owner and date, and what was not stated."""
    return f"{action.text} ({owner_words(action.owner, voice)}, {due_words(action.due, voice)})"


def owner_words(owner: Owner | None, voice: Voice) -> str:
    """Return who is to do an action."""
    return voice.owner(owner) if owner else "owner not stated"


def due_words(due: date | None, voice: Voice) -> str:
    """Return by when an action is to be done."""
    return f"by {voice.day(due)}" if due else "no date stated"


def summary_text(content: SummaryContent, brief: Brief) -> str:
    """Return the summary in a few sentences, as the next agenda and the first page quote it: what was discussed, and nothing private."""
    titles = {goal.id: goal.title for goal in brief.goals}
    told = [g for g in content.goals if g.status is not GoalStatus.NOT_DISCUSSED]
    said = [f"{titles.get(g.goal_id, g.goal_id).rstrip('.')}: {STATUS_WORDS[g.status]}. {g.reason}".strip() for g in told]
    said += [d.text if d.text.endswith((".", "!", "?")) else f"{d.text}." for d in content.decisions]
    return " ".join(said)


def _goal(goal: GoalProgress, title: str) -> list[str]:
    reason = f" {escape(goal.reason)}" if goal.reason else ""
    return [f"- **{escape(title)}**: {status_words(goal)}.{reason}", *_quotes(goal.evidence)]


def _with_quotes(title: str, lines: Sequence[tuple[str, Sequence[Evidence]]]) -> list[str]:
    if not lines:
        return []
    return ["", f"## {title}", "", *(line for text, evidence in lines for line in (f"- {escape(text)}", *_quotes(evidence)))]


def _quotes(evidence: Sequence[Evidence]) -> list[str]:
    return [f"  - “{escape(e.quote)}”" for e in evidence]
