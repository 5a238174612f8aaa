"""The drafts of one session on the page where they begin: those that exist, and the button that makes another."""

import uuid
from collections.abc import Callable, Sequence
from typing import Literal

import streamlit as st

from coach.domain.drafts import DraftKind, DraftState
from coach.domain.review import StoredDraft
from coach.services.engines import ModelEngine, model_engine
from coach.ui import here, look, making

Draft = Callable[[str, bool], None]  # the request's key, and whether the model is to draft


def listed(drafts: Sequence[StoredDraft]) -> None:
    """Show each draft with its state, and the way to it; one in the making with how far it is."""
    for draft in drafts:
        if draft.state is DraftState.DRAFTING:
            making.in_the_making(draft.id)
            continue
        if draft.state is DraftState.FAILED:
            making.how_it_failed(draft.id, draft.failure)
            continue
        left, right = st.columns([3, 1], vertical_alignment="center")
        left.html(f"{look.chip(draft)} <span class=soft>drafted {draft.created_at.astimezone():%d %B, %H:%M}</span>")
        if draft.revision is not None:
            right.button("Open", key=f"open_{draft.id}", on_click=here.lead, args=("review",), kwargs={"draft": draft.id}, width="stretch")


def offer(kind: DraftKind, session_id: str, labels: tuple[str, str], drafts: Sequence[StoredDraft], gets: str, draft: Draft) -> None:
    """Offer a first draft, or another one; `labels` say which, and `gets` what the model is given where one drafts."""
    if any(d.state in (DraftState.FAILED, DraftState.DRAFTING) for d in drafts):
        return  # one draft at a time: the one that is listed says what can be done with it
    model = model_engine(here.parts())
    key = st.session_state.setdefault(f"request_{kind}_{session_id}", uuid.uuid4().hex)
    weight: Literal["primary", "secondary"] = "secondary" if drafts else "primary"
    with st.container(horizontal=True):
        st.button(
            labels[1] if drafts else labels[0],
            type=weight,
            icon=":material/edit_note:",
            key=f"draft_{kind}",
            on_click=draft,
            args=(key, model is not None),
        )
        if model is not None:
            st.button("Without the model", key="draft_builtin", on_click=draft, args=(key, False))
    st.caption(_where_it_goes(model, gets))


def begun(kind: DraftKind, session_id: str) -> None:
    """Note that a request led to a draft, so that the next click asks for another one."""
    st.session_state.pop(f"request_{kind}_{session_id}", None)


def _where_it_goes(model: ModelEngine | None, gets: str) -> str:
    if model is None:
        return "The draft comes back to you for review. Nothing is sent."
    where = "on this machine" if model.on_this_machine else f"at {model.host}"
    return (
        f"{look.plain(model.model)} {look.plain(where)} drafts it. It gets {gets}, "
        "with placeholders for every name and address. The draft comes back to you for review."
    )
