"""A released summary to read, and what the other person says to it."""

from html import escape

import streamlit as st

from coach.domain.days import in_words
from coach.domain.progress import LONGEST_COMMENT
from coach.services.progress import ReleasedSummary, released_summary, respond
from coach.ui import here, look
from coach.ui.summary_document import summary_html


def show() -> None:
    """Show the summary released for a session."""
    session_id = here.param("session")
    found = released_summary(here.parts(), here.me().id, session_id) if session_id else None
    here.show_refusal()
    here.show_done()
    if found is None:
        st.title("Summary")
        st.info("No summary of this session is released, or it was withdrawn.", icon=":material/summarize:")
        st.button("Back to Progress", on_click=here.lead, args=("progress",))
        return
    st.query_params["session"] = found.session.id
    st.button(
        "Back to Progress",
        icon=":material/arrow_back:",
        type="tertiary",
        key="back",
        on_click=here.lead,
        args=("progress",),
        kwargs={"pair": found.pair.id},
    )
    document, beside = st.columns([3, 2], gap="large")
    with document:
        st.html(f'<div class="reading">{summary_html(found.title, found.line, found.content, found.goal_titles, found.actions)}</div>')
        st.caption(f"Written by {look.plain(found.author)}, looked over and released on {found.released_at.astimezone():%d %B %Y, %H:%M}.")
    with beside:
        _answer_so_far(found)
        if not found.mine:
            _answer(found)


def _answer_so_far(found: ReleasedSummary) -> None:
    response = found.response
    other = found.pair.mentee.name if found.author == found.pair.mentor.name else found.pair.mentor.name
    if response is None:
        if found.mine:
            st.markdown(f"{look.plain(other)} can confirm this or comment on it, and has not done so yet.")
        return
    who = other if found.mine else "You"
    day = in_words(response.given_at.astimezone().date(), here.parts().today())
    of = "" if found.response_is_of_this else " This was about an earlier version."
    st.markdown(f"**{look.plain(who)} {'confirmed it' if response.confirmed else 'commented'} on {day}.**{of}")
    if response.comment:
        st.html(f'<blockquote class="soft">{escape(response.comment)}</blockquote>')


def _answer(found: ReleasedSummary) -> None:
    if found.pair.over_since(here.parts().today()):
        return
    key = f"comment_{found.draft_id}_{found.revision}"
    before = found.response.comment if found.response is not None else ""
    if found.response_is_of_this:
        with st.expander("Change your answer"):
            _form(found, key, before)
    else:
        _form(found, key, before)


def _form(found: ReleasedSummary, key: str, before: str) -> None:
    with st.form(f"answer_{found.draft_id}"):
        st.markdown("**Is this how you saw it?**")
        st.text_area("What do you see differently, or want to add?", before, key=key, max_chars=LONGEST_COMMENT, height=140)
        st.caption(f"{look.plain(found.author)} reads it. The summary itself stays as it was released; its author can change it.")
        with st.container(horizontal=True):
            st.form_submit_button("Yes, confirm it", type="primary", on_click=_respond, args=(found, True, key))
            st.form_submit_button("Only comment", on_click=_respond, args=(found, False, key))


def _respond(found: ReleasedSummary, confirmed: bool, key: str) -> None:
    comment = str(st.session_state.get(key, ""))
    if here.tried(lambda: respond(here.parts(), here.me().id, found.draft_id, found.revision, confirmed, comment)):
        st.session_state["done"] = f"{found.author} sees your answer from now on."
