"""Forms whose text stays until it is saved or given up: over a refusal, another section or another page."""

from dataclasses import dataclass
from typing import Any

import streamlit as st


@dataclass
class Form:
    """What somebody typed so far; `base` is what they saw when they began, and `turn` keeps its fields apart from those of earlier forms."""

    name: str
    turn: int
    values: dict[str, Any]
    base: Any


def begin(name: str, values: dict[str, Any], base: Any = None) -> None:
    """Open a form with these values."""
    turn = st.session_state["form_turn"] = st.session_state.get("form_turn", 0) + 1
    st.session_state[f"form_{name}"] = Form(name, turn, dict(values), base)


def find(name: str) -> Form | None:
    """Return the form of this name if it is open."""
    form: Form | None = st.session_state.get(f"form_{name}")
    return form


def collect(name: str) -> Form | None:
    """Read every field as it stands now: a field's change and a click may arrive in either order."""
    form = find(name)
    if form is not None:
        form.values |= {f: st.session_state[_key(form, f)] for f in form.values if _key(form, f) in st.session_state}
    return form


def end(name: str) -> None:
    """Close a form and forget what was typed in it."""
    st.session_state.pop(f"form_{name}", None)


def field(form: Form, name: str) -> dict[str, Any]:
    """Return what makes a widget a field of this form."""
    return {"value": form.values[name], **kept(form, name)}


def kept(form: Form, name: str) -> dict[str, Any]:
    """Return what keeps a widget's value in this form, for widgets that are not given their value as such."""
    return {"key": _key(form, name), "on_change": collect, "args": (form.name,)}


def _key(form: Form, name: str) -> str:
    return f"{form.name}_{form.turn}_{name}"
