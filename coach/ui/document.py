"""Show an agenda as a document: text is only ever text here, whatever stands in it."""

from collections.abc import Callable, Sequence
from html import escape

from coach.domain.agenda import AgendaContent, AgendaItem, free_minutes

Mark = Callable[[str], str]
LEADS = {"mentor": "{mentor} leads", "mentee": "{mentee} leads", "both": "both lead"}


def agenda_html(
    title: str,
    line: str,
    content: AgendaContent,
    carried: Sequence[str],
    goals: dict[str, str],
    mentor: str,
    mentee: str,
    mark: Mark = escape,
    keys: bool = True,
) -> str:
    """Return the agenda as HTML; `mark` turns a text into safe HTML, `keys` shows the keys of the guidance cited."""
    parts = [
        f"<h1>{escape(title)}</h1><p class=soft>{escape(line)}</p>",
        _bar(content),
        f"<p><strong>Purpose.</strong> {mark(content.purpose)}</p>",
    ]
    if content.missing:
        parts.append(_list("To answer first", [fact.question for fact in content.missing], mark))
    parts.append(_list("Before we meet", content.preparation, mark))
    parts.append("<h2>In the session</h2>")
    parts += [_item(item, start, mentor, mentee, mark, keys) for item, start in zip(content.items, starts(content), strict=True)]
    parts.append(f'<p class="soft">{escape(free_minutes(content))}</p>')
    parts.append(_list("Carried over from last time", carried, mark))
    later = [f"{goals.get(x.goal_id, x.goal_id)}. {x.how}" for x in content.left_for_later]
    parts.append(_list("Left for later", later, mark))
    parts.append(_list("Before we part", content.close, mark))
    return f'<article class="doc">{"".join(parts)}</article>'


def starts(content: AgendaContent) -> list[int]:
    """Return the minute at which each item begins."""
    found, at = [], 0
    for item in content.items:
        found.append(at)
        at += item.minutes
    return found


def marked(text: str, spans: Sequence[tuple[int, int, str]]) -> str:
    """Return text as HTML with these spans (start, end, why) highlighted."""
    out, at = [], 0
    for start, end, why in spans:
        if start < at:
            continue
        out.append(f'{escape(text[at:start])}<mark title="{escape(why)}">{escape(text[start:end])}</mark>')
        at = end
    return "".join(out) + escape(text[at:])


def _bar(content: AgendaContent) -> str:
    """Return the minutes as a bar, the free ones at its end."""
    total = max(content.minutes, content.planned_minutes)
    boxes = "".join(
        f'<span class="{"ab"[i % 2]}" style="width:{100 * item.minutes / total:.2f}%"></span>' for i, item in enumerate(content.items)
    )
    label = f"{content.planned_minutes} of {content.minutes} minutes are planned"
    return f'<div class="bar" role="img" aria-label="{label}">{boxes}</div>'


def _item(item: AgendaItem, start: int, mentor: str, mentee: str, mark: Mark, keys: bool) -> str:
    lead = LEADS[item.lead].format(mentor=mentor, mentee=mentee)
    cited = f" · guidance {', '.join(item.citations)}" if keys and item.citations else ""
    questions = "".join(f"<li>{mark(q)}</li>" for q in item.questions)
    listed = f"<ul>{questions}</ul>" if questions else ""
    return (
        f'<section class="item"><div class="min">{item.minutes} min<small>from {start}</small></div>'
        f'<div><h3>{mark(item.title)}</h3><p class="soft">{escape(lead)}{escape(cited)}</p>{listed}</div></section>'
    )


def _list(title: str, lines: Sequence[str], mark: Mark) -> str:
    items = "".join(f"<li>{mark(line)}</li>" for line in lines)
    return f"<h2>{escape(title)}</h2><ul>{items}</ul>" if lines else ""
