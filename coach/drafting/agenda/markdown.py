"""Render an agenda as Markdown."""

from collections.abc import Sequence

from coach.domain.agenda import AgendaContent, AgendaItem, CarriedAction, free_minutes
from coach.domain.brief import Brief
from coach.domain.drafts import DraftKind
from coach.domain.guidance import Citation
from coach.drafting.headers import Header, header_of
from coach.drafting.markdown import escape, titled_list
from coach.drafting.voice import Voice, voice_of


def render_agenda(content: AgendaContent, citations: Sequence[Citation], brief: Brief) -> str:
    """Return the agenda as CommonMark, sources last."""
    header = header_of(brief, DraftKind.AGENDA, content.minutes)
    lines = [f"# {escape(header.title)}", "", header.line, "", f"**Purpose.** {escape(content.purpose)}"]
    if content.missing:
        lines += ["", "## To answer first", "", *(f"- [[ask: {escape(fact.question)}]]" for fact in content.missing)]
    lines += titled_list("Before we meet", content.preparation)
    lines += ["", "## In the session"]
    for number, item in enumerate(content.items, 1):
        lines += ["", *_item(number, item, header)]
    lines += ["", free_minutes(content)]
    if content.carried_actions:
        lines += titled_list("Carried over from last time", carried_lines(content, brief))
    titles = {goal.id: goal.title for goal in brief.goals}
    lines += titled_list("Left for later", [f"{titles.get(later.goal_id, later.goal_id)}. {later.how}" for later in content.left_for_later])
    lines += titled_list("Before we part", content.close)
    used = {key for item in content.items for key in item.citations}
    lines += titled_list("Guidance behind it", [f"({c.key}) {c.document}, “{c.section}”: “{c.quote}”" for c in citations if c.key in used])
    return "\n".join(lines) + "\n"


def action_line(action: CarriedAction, voice: Voice) -> str:
    """Return an action with its owner and date, blanks where they were not stated."""
    due = voice.day(action.due) if action.due else "____"
    return f"{action.text} (owner: {voice.owner(action.owner)}, due: {due}{', overdue' if action.overdue else ''})"


def carried_lines(content: AgendaContent, brief: Brief) -> tuple[str, ...]:
    """Return the carried actions as both files and screens show them."""
    voice = voice_of(brief.pair, brief.session.date)
    return tuple(action_line(action, voice) for action in content.carried_actions)


def leader(item: AgendaItem, header: Header) -> str:
    """Return who leads an item, in words."""
    return {"mentor": f"{header.mentor} leads", "mentee": f"{header.mentee} leads", "both": "both lead"}[item.lead]


def _item(number: int, item: AgendaItem, header: Header) -> list[str]:
    cited = f" ({', '.join(item.citations)})" if item.citations else ""
    lines = [f"### {number}. {escape(item.title)}", "", f"{item.minutes} min, {escape(leader(item, header))}{cited}"]
    return [*lines, "", *(f"- {escape(q)}" for q in item.questions)] if item.questions else lines
