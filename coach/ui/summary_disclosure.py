"""Where notes may hold a disclosure: whom to turn to, and what the author decides, before anything else."""

import streamlit as st

from coach.domain.summary import SensitiveKind
from coach.services import disclosures
from coach.services.reviewing import ReviewPage
from coach.services.summary_review import SummaryReview
from coach.ui import here, look, summary_copy

KINDS = {
    SensitiveKind.HEALTH: "About somebody’s health",
    SensitiveKind.FAMILY: "About somebody’s family",
    SensitiveKind.THIRD_PERSON: "About somebody who is not here",
    SensitiveKind.CONFIDENCE: "Said in confidence",
    SensitiveKind.DISCLOSURE: "A possible disclosure",
}
NO_ROUTE = "Your programme has set nobody yet. Ask your coordinator whom to turn to; you need not say why."


def show(page: ReviewPage, review: SummaryReview) -> None:
    """Show the way in three steps; the summary waits until the last one."""
    marked = [s for s in page.summary.sensitive if s.kind is SensitiveKind.DISCLOSURE]
    read = review.disclosure is not None and review.disclosure.route_read_at is not None
    with st.container(border=True, key="disclosure"):
        st.markdown("### Before you go on")
        st.markdown(
            "Something in your notes reads as if somebody told of harassment, discrimination or retaliation. That needs a person, not a summary. "
            "Nobody has seen it but you, and nothing leaves until you have decided."
        )
        for passage in marked:
            st.markdown(f"> {look.plain(passage.quote)}")
        st.markdown("**1. Whom you can turn to**")
        st.markdown(look.plain(review.route) if review.route else NO_ROUTE)
        st.button(
            "I have read this", key="read_route", type="secondary" if read else "primary", disabled=read, on_click=_read, args=(page,)
        )
        st.markdown("**2. Speak with whoever told you**, where that is right: it is theirs to decide what happens next.")
        st.markdown("**3. Then decide about the passage**")
        with st.container(horizontal=True):
            label = "Remove the passage from my notes and this draft" if marked else "I have taken the passage out"
            st.button(label, key="remove_passage", disabled=not read, on_click=_remove, args=(page, bool(marked)))
            st.button("It is no disclosure", key="deny_disclosure", disabled=not read, on_click=_deny, args=(page,))
        st.caption(
            "Whichever you choose is kept without its words. The passage enters no figure and no theme either way."
            + (" A removed passage cannot be brought back: copy it first if you want to pass it on." if marked else "")
        )


def _read(page: ReviewPage) -> None:
    here.tried(lambda: disclosures.read_route(here.parts(), here.me().id, page.draft.id))


def _remove(page: ReviewPage, marked: bool) -> None:
    number = summary_copy.save(page)
    if number is not None and here.tried(lambda: disclosures.remove_passage(here.parts(), here.me().id, page.draft.id, number)):
        summary_copy.forget(page)
        st.session_state["done"] = "The passage is gone from your notes and from this draft." if marked else "Noted. The summary can go on."


def _deny(page: ReviewPage) -> None:
    number = summary_copy.save(page)
    if number is not None and here.tried(lambda: disclosures.deny_disclosure(here.parts(), here.me().id, page.draft.id, number)):
        summary_copy.forget(page)
        st.session_state["done"] = "Noted. The summary can go on."
