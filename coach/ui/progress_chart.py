"""The chart of a pair's goals over its sessions: a mark a session, told by form and colour, and by words in the table below it."""

from html import escape
from textwrap import wrap

import altair as alt

from coach.domain.sessions import Session
from coach.domain.summary import STATUS_WORDS
from coach.services.progress import ProgressPage
from coach.ui.charts import Layers

NO_SUMMARY = "no summary"
# Forms differ as well as colours, so that the chart is read without seeing colours; silence is a ring.
STAR = "M0,-1L0.24,-0.31L0.95,-0.31L0.38,0.12L0.59,0.81L0,0.38L-0.59,0.81L-0.38,0.12L-0.95,-0.31L-0.24,-0.31Z"
RING = "M0.9,0A0.9,0.9 0 1 1 -0.9,0A0.9,0.9 0 1 1 0.9,0ZM0.6,0A0.6,0.6 0 1 0 -0.6,0A0.6,0.6 0 1 0 0.6,0Z"
DASH = "M-0.8,-0.14H0.8V0.14H-0.8Z"
FORMS = (STAR, "triangle-up", "square", "triangle-down", RING, DASH)
SIGNS = ("★", "▲", "■", "▼", "○", "–")  # the same forms as letters, for the legend
COLOURS = ("#2E9E68", "#4A8FD4", "#C98A1B", "#CF5546", "#8A9694", "#8A9694")  # legible on the light and on the dark ground
LONGEST_LINE, MOST_LINES = 30, 3  # of a goal's title in the margin
WORDS = (*STATUS_WORDS.values(), NO_SUMMARY)  # in the order of the forms
ROW, HEADS, MARGIN, COLUMN = 48, 50, 200, 42  # pixels: a goal, the heads of the columns, the titles, a session at its narrowest


def goals_over_sessions(page: ProgressPage) -> Layers:
    """Return the chart; sessions without a released summary have a dash, so that silence is told from nothing known."""
    columns = [column(session) for session in page.met]
    rows = {goal.id: margin(place, goal.title) for place, goal in enumerate(page.goals, 1)}
    values = [
        {"session": column(session), "row": rows[goal.id], "goal": goal.title, "status": word, "why": why}
        for session in page.met
        for goal in page.goals
        for word, why in [said(page, session, goal.id)]
    ]
    above = alt.Axis(orient="top", labelAngle=0, labelExpr="split(datum.label, '\\n')", ticks=False, domain=False, labelPadding=6)
    beside = alt.Axis(
        labelExpr="split(datum.label, '\\n')", labelLimit=250, ticks=False, domain=False, grid=True, labelPadding=8, labelOverlap=False
    )
    x = alt.X("session:N", title=None, scale=alt.Scale(domain=columns), axis=above)
    y = alt.Y("row:N", title=None, scale=alt.Scale(domain=list(rows.values())), axis=beside)
    shape = alt.Shape("status:N", scale=alt.Scale(domain=WORDS, range=FORMS), legend=None)
    color = alt.Color("status:N", scale=alt.Scale(domain=WORDS, range=COLOURS), legend=None)
    tooltip = [alt.Tooltip("goal:N", title="Goal"), alt.Tooltip("status:N", title="Status"), alt.Tooltip("why:N", title="Why")]
    marks = alt.Chart(alt.InlineData(values=values)).mark_point(size=190, filled=True, opacity=1)
    chart = marks.encode(x=x, y=y, shape=shape, color=color, tooltip=tooltip)
    return alt.layer(chart).properties(height=ROW * max(1, len(rows)) + HEADS)


def legend_html() -> str:
    """Return what each mark says, as HTML that wraps on a narrow screen, where a legend of the chart's own is cut off."""
    marks = (
        f'<span><b aria-hidden="true" style="color:{colour}">{sign}</b>{escape(word)}</span>'
        for sign, colour, word in zip(SIGNS, COLOURS, WORDS, strict=True)
    )
    return f'<div class="legend">{"".join(marks)}</div>'


def narrowest(page: ProgressPage) -> int:
    """Return how many pixels the chart needs for its marks to stand apart; on a narrower screen it is moved sideways."""
    return MARGIN + COLUMN * len(page.met)


def said(page: ProgressPage, session: Session, goal_id: str) -> tuple[str, str]:
    """Return what a released summary says of a goal after a session, in a word, and why."""
    point = page.points.get((session.id, goal_id))
    return (NO_SUMMARY, "") if point is None else (STATUS_WORDS[point.status], point.reason)


def column(session: Session) -> str:
    """Return the name of a session's column, on two lines."""
    return f"{session.number}\n{session.on.day} {session.on:%b}"


def margin(place: int, title: str) -> str:
    """Return a goal's title as it stands in the margin: numbered, wrapped, and cut where it is long; the table has all of it."""
    lines = wrap(f"{place}. {title}", LONGEST_LINE, max_lines=MOST_LINES, placeholder=" …")
    return "\n".join(lines)
