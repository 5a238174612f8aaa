"""Guidance: ask a question on top, or read the documents, the programme's own first."""

from collections.abc import Sequence

import streamlit as st

from coach.domain.access import ProgrammeAct, may_in_programme
from coach.domain.guidance import Document, Origin
from coach.domain.people import RoleName
from coach.services.guidance_pages import documents_to_read
from coach.services.signing_in import roles_of
from coach.ui import guidance_answer, guidance_passing, guidance_reading, guidance_words, here, look

PAGE = "guidance"
FOR_MENTORS = (
    "How do I give a senior critical feedback?",
    "What do we talk about in the first session?",
    "My mentee keeps cancelling. What can I do?",
)
FOR_MENTEES = ("What should I ask a junior mentor?", "How do I react when feedback stings?", "What stays between the two of us?")


def show() -> None:
    """Show a document to read, or the question box with the documents below it."""
    if guidance_reading.show(PAGE, {}, "Back to the guidance"):
        return
    roles = roles_of(here.parts(), here.me().id)
    st.title("Guidance")
    here.show_done()
    guidance_answer.box(FOR_MENTORS if RoleName.MENTOR in roles else FOR_MENTEES)
    found = guidance_answer.answered()
    if found is not None:
        guidance_answer.show(found, PAGE)
    if may_in_programme(roles, ProgrammeAct.PASS_QUESTIONS_ON):
        _passing_on(found)
    _documents(documents_to_read(here.parts(), here.me().id), roles)


def _passing_on(found: guidance_answer.Asked | None) -> None:
    if guidance_passing.is_open():
        guidance_passing.show()
    elif found is not None:
        label = "Not what you need? Pass the question on" if found.answer.text else "Pass this question on to the coordinators"
        st.button(
            label, key="begin_passing_on", icon=":material/forward_to_inbox:", type="tertiary" if found.answer.text else "secondary",
            on_click=guidance_passing.begin, args=(found.question,),
        )  # fmt: skip


def _documents(documents: Sequence[Document], roles: frozenset[RoleName]) -> None:
    st.subheader("Documents to read")
    added = [document for document in documents if document.origin is Origin.ADDED]
    if added:
        with st.container(gap="xsmall"):
            st.markdown("**From your programme**")
            for document in added:
                guidance_reading.open_button(document.title, PAGE, document.id)
    else:
        st.caption(
            "Your programme has added nothing of its own yet. Its handbook, dates and places belong here, because general guidance cannot know them. "
            "Say what you miss, and a coordinator can add it."
        )
        st.button("Say what is missing", key="say_missing", icon=":material/forward_to_inbox:", on_click=guidance_passing.begin, args=("",))
    shipped = [document for document in documents if document.origin is Origin.SHIPPED]
    mine = [document for document in shipped if not roles.isdisjoint(document.audience)]
    _by_stage(mine)
    if others := [document for document in shipped if document not in mine]:
        with st.expander("Written for others; you may read it too"), st.container(gap="xsmall"):
            for document in others:
                guidance_reading.open_button(f"{document.title}, for {guidance_words.readers(document).lower()}", PAGE, document.id)


def _by_stage(documents: Sequence[Document]) -> None:
    """Show documents under the first stage that each is for, so that each stands here once."""
    groups = {stage: [d for d in documents if (d.stage[0] if d.stage else "") == stage] for stage in (*guidance_words.STAGES, "")}
    left, right = st.columns(2)
    filled = [(stage, those) for stage, those in groups.items() if those]
    for n, (stage, those) in enumerate(filled):
        with left if n < (len(filled) + 1) // 2 else right, st.container(gap="xsmall"):
            st.markdown(f"**{look.plain(guidance_words.STAGES.get(stage, 'Any time'))}**")
            for document in those:
                guidance_reading.open_button(document.title, PAGE, document.id)
