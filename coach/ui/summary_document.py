"""Show a summary as a document: text is only ever text here, whatever stands in it."""

from collections.abc import Callable, Sequence
from html import escape

from coach.domain.sessions import GoalStatus
from coach.domain.summary import Evidence, GoalProgress, SummaryContent, status_words

Mark = Callable[[str], str]
COLOURS = {
    GoalStatus.ACHIEVED: "green",
    GoalStatus.ADVANCED: "blue",
    GoalStatus.STALLED: "amber",
    GoalStatus.SET_BACK: "red",
    GoalStatus.NOT_DISCUSSED: "grey",
}


def summary_html(title: str, line: str, content: SummaryContent, goals: dict[str, str], actions: Sequence[str], mark: Mark = escape) -> str:
    """Return a summary as HTML, whatever it holds; `actions` are its actions in words, `mark` turns a text into safe HTML."""
    parts = [f"<h1>{escape(title)}</h1><p class=soft>{escape(line)}</p>"]
    parts.append(_list("What went forward", [mark(x) for x in content.headline.highlights]))
    parts.append(_list("What could move", [mark(x) for x in content.headline.opportunities]))
    parts.append("<h2>Goals</h2>" if content.goals else "")
    parts += [_goal(goal, goals.get(goal.goal_id, goal.goal_id), mark) for goal in content.goals]
    parts.append(_list("Agreed actions", [mark(words) + _quotes(a.evidence) for a, words in zip(content.actions, actions, strict=True)]))
    parts.append(_list("Done since last time", [mark(a.text) + _quotes(a.evidence) for a in content.closed_actions]))
    parts.append(_list("Decisions", [mark(d.text) + _quotes(d.evidence) for d in content.decisions]))
    parts.append(_list("Open questions", [mark(q) for q in content.open_questions]))
    return f'<article class="doc">{"".join(parts)}</article>'


def _goal(goal: GoalProgress, title: str, mark: Mark) -> str:
    chip = f'<span class="chip {COLOURS[goal.status]}">{escape(status_words(goal))}</span>'
    return f"<section><h3>{escape(title)} {chip}</h3><p>{mark(goal.reason)}</p>{_quotes(goal.evidence)}</section>"


def _quotes(evidence: Sequence[Evidence]) -> str:
    return "".join(f"<blockquote>{escape(e.quote)}</blockquote>" for e in evidence)


def _list(title: str, items: Sequence[str]) -> str:
    return f"<h2>{escape(title)}</h2><ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>" if items else ""
