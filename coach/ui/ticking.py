"""Tick an action of one's own pair as done, or open it again, wherever it stands."""

import streamlit as st

from coach.domain.sessions import Action
from coach.services.progress import mark_action
from coach.ui import here, look


def tick(action: Action, beside: str, then: str = "") -> None:
    """Show an action with a box to tick; `beside` stands after it and is Markdown that is safe to show.

    `then` says where it stands once it is done.
    """
    label = f"{look.plain(action.text)} {beside}".strip()
    # Once it is ticked the box is another one, so that an action that moves keeps no tick of where it stood.
    st.checkbox(label, value=action.done, key=f"action_{action.id}_{action.done}", on_change=_mark, args=(action, then))


def _mark(action: Action, then: str) -> None:
    if here.tried(lambda: mark_action(here.parts(), here.me().id, action.id, not action.done)):
        st.session_state["done"] = f"“{action.text}” is open again." if action.done else f"“{action.text}” is done. {then}".strip()
