"""The charts of a programme: its dates on a line, and figures as bands."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import altair as alt

from coach.domain.pairs import PairSeen
from coach.domain.people import Programme
from coach.services.figures import Figure

Layers = alt.LayerChart | alt.FacetChart

ROWS = ("Programme", "Pairs start", "Look back", "Pairs end")
ACCENT = "#2B7C73"
OPEN_END = 60  # where the open band "50 or more" is drawn to
EDGES = [5, 10, 20, 50]


def timeline(programme: Programme, pairs: Iterable[PairSeen], today: date) -> Layers:
    """Return the programme's dates and its pairs' milestones against today."""
    when = alt.X("day:T", title=None, axis=alt.Axis(format="%b %Y", labelOverlap=True, tickCount=6, grid=False))
    row = alt.Y(
        "row:N", title=None, sort=list(ROWS), scale=alt.Scale(domain=list(ROWS)), axis=alt.Axis(labelLimit=110, ticks=False, domain=False)
    )
    points = alt.Chart(alt.InlineData(values=_milestones(pairs))).mark_tick(thickness=3, size=16, color=ACCENT, opacity=0.65)
    now = alt.Chart(alt.InlineData(values=[{"day": today.isoformat(), "word": "today"}]))
    layers: list[Any] = [points.encode(x=when, y=row, tooltip=["what:N", alt.Tooltip("day:T", format="%d %B %Y")])]
    if programme.starts and programme.ends:
        span = [{"day": programme.starts.isoformat(), "end": programme.ends.isoformat(), "row": ROWS[0]}]
        bar = alt.Chart(alt.InlineData(values=span)).mark_bar(height=12, color=ACCENT, cornerRadius=3)
        layers.insert(0, bar.encode(x=when, x2="end:T", y=row))
    layers.append(now.mark_rule(color="#B4541A", strokeWidth=2).encode(x="day:T"))
    layers.append(
        now.mark_text(color="#B4541A", dy=-6, align="left", dx=5, fontWeight="bold", baseline="top").encode(
            x="day:T", y=alt.value(0), text="word:N"
        )
    )
    return alt.layer(*layers).properties(height=150)


def bands(figures: Sequence[Figure]) -> Layers:
    """Return figures as the bands that they lie in; what cannot be shown has a word instead of a bar."""
    values = [
        {"says": f.says, "none": 0, "low": f.band.low, "high": f.band.high or OPEN_END, "band": f"{f.band} pairs"}
        for f in figures
        if f.band is not None
    ]
    names = [f.says for f in figures]
    axis = alt.Axis(labelLimit=150, ticks=False, domain=False)
    row = alt.Y("says:N", title=None, sort=names, scale=alt.Scale(domain=names), axis=axis)
    scale, marks = alt.Scale(domain=[0, OPEN_END]), alt.Axis(values=EDGES, grid=False)
    base = alt.Chart(alt.InlineData(values=values)).mark_bar(height=14, color=ACCENT)
    reach = base.encode(x=alt.X("none:Q", title=None, scale=scale, axis=marks), x2="low:Q", y=row, opacity=alt.value(0.3))
    band = base.encode(x=alt.X("low:Q", title=None, scale=scale, axis=marks), x2="high:Q", y=row, tooltip=["says:N", "band:N"])
    unshown = alt.Chart(alt.InlineData(values=[{"says": f.says, "word": "cannot be shown", "at": 1} for f in figures if f.band is None]))
    words = unshown.mark_text(align="left", color="#7A8785").encode(x=alt.X("at:Q", scale=scale, axis=marks), y=row, text="word:N")
    return alt.layer(reach, band, words).properties(height=36 * len(names) + 30)


def _milestones(pairs: Iterable[PairSeen]) -> list[dict[str, str]]:
    found = []
    for pair in pairs:
        for row, day in zip(ROWS[1:], (pair.starts, pair.review, pair.ends), strict=True):
            if day is not None:
                found.append({"row": row, "day": day.isoformat(), "what": f"{pair.mentor.name} and {pair.mentee.name}"})
    return found
