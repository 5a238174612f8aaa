"""Show a draft in the making: its steps, how long it has taken, a way to stop it, and how it ended where it failed."""

import streamlit as st

from coach.domain.drafts import DraftState
from coach.domain.outcomes import RETRYABLE, SAID, Outcome
from coach.services.engines import model_engine
from coach.services.making import Progress, progress, stop_draft, try_again
from coach.services.reviewing import discard
from coach.ui import here, look

STEPS = {"guidance": "Finding guidance", "drafting": "The model is drafting", "checking": "Checking every name, number, date and quotation"}
POLL_SECONDS = 0.7


def in_the_making(draft_id: str) -> None:
    """Show how far a draft is, again and again until it stands; then lead to it."""
    st.fragment(_look, run_every=POLL_SECONDS)(draft_id)


def drafted_again(draft_id: str) -> None:
    """Show how far a draft is that the model drafts again with answers; the present revision stays until then."""
    st.fragment(_look_again, run_every=POLL_SECONDS)(draft_id)


def _look_again(draft_id: str) -> None:
    found = progress(here.parts(), here.me().id, draft_id)
    if found.step is None:
        st.rerun(scope="app")
    _steps(found)


def _look(draft_id: str) -> None:
    found = progress(here.parts(), here.me().id, draft_id)
    if found.draft.state is DraftState.DRAFTING:
        _steps(found)
        return
    if found.draft.revision is not None:
        here.lead("review", draft=draft_id)
    st.rerun(scope="app")


def _steps(found: Progress) -> None:
    draft_id = found.draft.id
    with st.container(border=True):
        if found.step is None:
            st.markdown("**This draft is not being made here any more.**")
            st.caption("The coach may have been started anew, or another window makes it. What you wrote is kept.")
            _offers(draft_id)
            return
        names = list(STEPS)
        at = names.index(found.step)
        lines = "".join(
            f'<li class="{"done" if i < at else "now" if i == at else "next"}"{" aria-current=step" if i == at else ""}>{STEPS[name]}</li>'
            for i, name in enumerate(names)
        )
        st.html(f'<ol class="steps" aria-label="How far the draft is">{lines}</ol>')
        st.progress(min(1.0, found.seconds / here.parts().draft_seconds))
        left, right = st.columns([3, 1], vertical_alignment="center")
        left.caption(
            f"{found.seconds:.0f} s so far, {here.parts().draft_seconds:.0f} s at most. You can leave this page; the draft will wait for you. {look.plain(found.detail)}"
        )
        right.button("Stop", key=f"stop_{draft_id}", on_click=_stop, args=(draft_id,), width="stretch")


def how_it_failed(draft_id: str, failure: Outcome | None) -> None:
    """Say how a draft ended without a result, and offer what helps."""
    with st.container(border=True):
        said = SAID[failure] if failure else "This draft was not finished"
        st.markdown(f"**{look.plain(said)}.** What you wrote is kept, and nothing was sent.")
        _offers(draft_id, again=failure is None or failure in RETRYABLE)


def _offers(draft_id: str, again: bool = True) -> None:
    model = model_engine(here.parts())
    with st.container(horizontal=True):
        if model is not None and again:
            st.button("Try the model again", key=f"again_{draft_id}", on_click=_again, args=(draft_id, "openai"))
        st.button("Take the built-in draft", key=f"builtin_{draft_id}", type="primary", on_click=_again, args=(draft_id, "builtin"))
        st.button("Discard it", key=f"drop_{draft_id}", type="tertiary", on_click=_discard, args=(draft_id,))


def _stop(draft_id: str) -> None:
    here.tried(lambda: stop_draft(here.parts(), here.me().id, draft_id))


def _discard(draft_id: str) -> None:
    here.tried(lambda: discard(here.parts(), here.me().id, draft_id))


def _again(draft_id: str, engine: str) -> None:
    if here.tried(lambda: try_again(here.parts(), here.me().id, draft_id, engine)) and engine == "builtin":
        here.lead("review", draft=draft_id)
