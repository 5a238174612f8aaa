"""Notes with the stretches marked that a draft rests on, in which the person can pick another stretch as evidence.

Positions are code points of the notes as given. In AppTest, where no browser selects, `tests.editor_page.pick_in(app, start, end)`
does what the browser would, and runs the page.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import streamlit as st
from pydantic import TypeAdapter, ValidationError

HERE = Path(__file__).parent / "components"
SHOWN = (
    '<div class="coach-notes"><div class="bar"><span class="title"></span>'
    '<span class="steps" hidden><button type="button" class="back" aria-label="Previous mark">‹</button>'
    '<span class="where"></span><button type="button" class="on" aria-label="Next mark">›</button>'
    '<span class="read" role="status" aria-live="polite"></span></span>'
    '<button type="button" class="pick" disabled></button></div>'
    '<div class="text" role="textbox" aria-multiline="true" aria-readonly="true" contenteditable="true" inputmode="none" spellcheck="false"'
    ' tabindex="0"></div><ul class="legend" aria-label="What the marks mean" hidden></ul></div>'
)
_notes = st.components.v2.component(
    "coach_marked_notes",
    html=SHOWN,
    css=(HERE / "marked_notes.css").read_text(encoding="utf-8"),
    js=(HERE / "marked_notes.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


class MarkKind(StrEnum):
    """What a stretch of the notes is to the draft."""

    EVIDENCE = "evidence"
    OTHER = "other"
    ACTION = "action"
    SENSITIVE = "sensitive"


MEANING = {
    MarkKind.EVIDENCE: "Evidence for this goal",
    MarkKind.OTHER: "Evidence for another goal",
    MarkKind.ACTION: "Behind an action",
    MarkKind.SENSITIVE: "Sensitive: for you alone",
}


@dataclass(frozen=True)
class Mark:
    """A stretch of the notes; `key` is what it belongs to, and `title` what is said of it."""

    start: int
    end: int
    kind: MarkKind
    key: str
    title: str = ""


@dataclass(frozen=True)
class Picked:
    """A stretch that the person selected as evidence."""

    start: int
    end: int


_POSITIONS: TypeAdapter[tuple[int, int]] = TypeAdapter(tuple[int, int])


def marked_notes(
    notes: str,
    marks: Sequence[Mark],
    *,
    label: str,
    focus: str | None = None,
    height: int = 480,
    name: str = "notes",
    pick: str | None = "Use as evidence",
    on_pick: Callable[[Picked], object] | None = None,
) -> Picked | None:
    """Show the notes, with the marks of the key `focus` in view; return what was picked in this run, which `on_pick` was told before it.

    Marks that do not lie in the notes are left out: the notes may have changed since they were found. Without `pick` nothing can be picked.
    """
    key = f"marked_{name}"

    def picked() -> None:
        found = _picked(notes, _state(key))
        if found is not None and on_pick is not None:
            on_pick(found)

    result = _notes(
        key=key,
        data={
            "text": notes,
            "marks": [
                [m.start, m.end, str(m.kind), m.key, m.title or MEANING[m.kind]] for m in marks if 0 <= m.start < m.end <= len(notes)
            ],
            "kinds": [[str(kind), meaning] for kind, meaning in MEANING.items()],
            "label": label,
            "focus": focus,
            "height": height,
            "pick": pick,
        },
        on_picked_change=picked,
    )
    return _picked(notes, result.get("picked"))


def _state(key: str) -> object:
    state = st.session_state.get(key)
    return state.get("picked") if isinstance(state, dict) else None


def _picked(notes: str, sent: object) -> Picked | None:
    """Return what the browser sent, if it is a stretch of these notes that holds something."""
    try:
        start, end = _POSITIONS.validate_python(sent)
    except ValidationError:
        return None
    return Picked(start, end) if 0 <= start < end <= len(notes) and notes[start:end].strip() else None
