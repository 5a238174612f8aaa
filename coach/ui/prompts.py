"""The programme's prompts: what a model is told, tried on an invented pair before it is used, with a way back."""

import streamlit as st

from coach.domain.drafts import DraftKind
from coach.services.prompts import PromptPage, preview_prompt, prompt_page, use_prompt
from coach.ui import here, look

CALLED = {DraftKind.AGENDA: "agendas", DraftKind.SUMMARY: "summaries"}
ONE = {DraftKind.AGENDA: "agenda", DraftKind.SUMMARY: "summary"}


def show() -> None:
    """Show the prompt for one kind of draft, to be changed, tried and put back."""
    st.subheader("What the model is told")
    kind = st.selectbox("For", list(CALLED), format_func=lambda kind: CALLED[kind], key="prompt_kind", on_change=_changed)
    found = prompt_page(here.parts(), here.me().id, kind)
    own = f"Your programme's own, version {found.newest}." if found.own else "The prompt that ships."
    st.caption(
        f"In use: {own} A prompt has a fixed part, the same for every draft, and a part in which names in braces stand for the material. "
        "It cannot switch off the checks: names, numbers, dates, quotes and citations are checked by code whatever it says, and people stay placeholders."
    )
    st.text_area("Prompt", found.in_use, key=_field(kind), height=420, on_change=_changed)
    with st.container(horizontal=True):
        st.button("Preview", key="prompt_preview", on_click=_preview, args=(kind,))
        st.button("Use this prompt", key="prompt_use", type="primary", on_click=_use, args=(kind, found))
        if found.own:
            st.button("Back to the prompt that ships", key="prompt_reset", on_click=_reset, args=(kind, found))
    _previewed()
    _versions(kind, found)


def _field(kind: DraftKind) -> str:
    return f"prompt_text_{kind}"


def _changed() -> None:
    st.session_state.pop("prompt_previewed", None)


def _preview(kind: DraftKind) -> None:
    text = st.session_state[_field(kind)]

    def keep() -> None:
        st.session_state["prompt_previewed"] = preview_prompt(here.parts(), here.me().id, kind, text)

    here.tried(keep)


def _use(kind: DraftKind, found: PromptPage) -> None:
    text = st.session_state[_field(kind)]
    if text.strip() == found.in_use.strip():
        st.session_state["done"] = "This prompt is in use already; nothing was changed."
    elif here.tried(lambda: use_prompt(here.parts(), here.me().id, kind, text, found.newest)):
        st.session_state["done"] = f"The next {ONE[kind]} that the model drafts uses this prompt."


def _reset(kind: DraftKind, found: PromptPage) -> None:
    if here.tried(lambda: use_prompt(here.parts(), here.me().id, kind, "", found.newest)):
        st.session_state[_field(kind)] = found.shipped
        st.session_state["done"] = "The prompt that ships is in use again. Your own versions stay below."


def _previewed() -> None:
    shown = st.session_state.get("prompt_previewed")
    if not shown:
        return
    st.markdown("**What the model would get for an invented pair**")
    for role, text in shown:
        st.caption({"system": "The fixed part", "user": "The material"}.get(role, role))
        st.code(text, language=None, wrap_lines=True, height=320)


def _versions(kind: DraftKind, found: PromptPage) -> None:
    mine = [version for version in found.versions if version.text]
    if not mine:
        return
    with st.expander(f"Earlier versions ({len(mine)})"):
        for version in mine:
            left, right = st.columns([4, 1], vertical_alignment="center")
            left.markdown(look.plain(f"Version {version.version}, {version.changed_at.astimezone():%d %B %Y, %H:%M}"))
            right.button(
                "Put into the field", key=f"prompt_version_{version.version}", on_click=_bring, args=(kind, version.text), width="stretch"
            )


def _bring(kind: DraftKind, text: str) -> None:
    st.session_state[_field(kind)] = text
    st.session_state.pop("prompt_previewed", None)
