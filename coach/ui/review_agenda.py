"""Review of an agenda: the document beside its sources and checks, or its fields to edit."""

import streamlit as st

from coach.domain.drafts import CheckName
from coach.services import reviewing
from coach.services.reviewing import ReviewPage
from coach.ui import edit, here, look, review_beside
from coach.ui.document import agenda_html, marked

WHY = {
    CheckName.NAMES: "This name stands in neither the brief nor the guidance",
    CheckName.NUMBERS: "This number stands in neither the brief nor the guidance",
    CheckName.DATES: "This date stands in neither the brief nor the guidance",
}


def show(page: ReviewPage) -> None:
    """Show an agenda under review."""
    if page.draft.stale:
        st.warning(
            "Goals, actions or your focus changed since this was drafted. It still stands; draft another if the change matters.",
            icon=":material/history:",
        )
    if st.session_state.get("editing") == page.draft.id:
        edit.show(page)
        return
    document, beside = st.columns([3, 2], gap="large")
    with document:
        st.html(_document(page))
    with beside:
        review_beside.by_whom(page)
        review_beside.said(page)
        _missing(page)
        review_beside.checks(page)
        _sources(page)
        review_beside.changes(page)


def _document(page: ReviewPage) -> str:
    def mark(text: str) -> str:
        return marked(text, [(u.start, u.end, WHY[u.check]) for u in page.highlights(text)])

    titles = {goal.id: goal.title for goal in page.brief.goals}
    title, line, mentor, mentee = page.header
    return agenda_html(title, line, page.agenda, page.carried, titles, mentor, mentee, mark)


def _missing(page: ReviewPage) -> None:
    if not page.agenda.missing:
        return
    with st.form("answers"):
        st.markdown("**To answer before you can approve**")
        for fact in page.agenda.missing:
            st.text_input(look.plain(fact.question), key=f"answer_{fact.id}")
        st.caption("The agenda is drafted again with your answers; edits that you made to this draft are replaced.")
        st.form_submit_button("Put the answers in", type="primary", on_click=_answer, args=(page,))


def _answer(page: ReviewPage) -> None:
    answers = {fact.id: str(st.session_state.get(f"answer_{fact.id}", "")) for fact in page.agenda.missing}
    here.tried(lambda: reviewing.answer(here.parts(), here.me().id, page.draft.id, page.revision.number, answers))


def _sources(page: ReviewPage) -> None:
    st.markdown(f"**Guidance behind it**: {len(page.sources)} passages")
    for citation, passage in page.sources:
        with st.expander(f"{citation.key}  {citation.document}: {citation.section}"):
            st.text(f"“{citation.quote}”")
            if passage is not None:
                st.markdown(passage.text)
                if passage.sources:
                    st.caption("After: " + "; ".join(passage.sources))
                if passage.document_id in page.gone:
                    st.caption("This document is no longer in the guidance; the draft keeps the words that it cited.")
