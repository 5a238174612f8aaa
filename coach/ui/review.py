"""Review: the draft beside its sources and checks; edit, approve, release, discard."""

from html import escape
from typing import Literal

import streamlit as st

from coach.domain.drafts import CheckName, DraftKind, DraftState
from coach.domain.review import Channel, StoredDraft
from coach.services import releasing, reviewing
from coach.services.making import progress, refusal
from coach.services.reviewing import ReviewPage
from coach.ui import edit, here, look, making
from coach.ui.document import agenda_html, marked

WORDS = {
    CheckName.CITATIONS: "Guidance cited was supplied",
    CheckName.TIMES: "Times fit, with slack",
    CheckName.NAMES: "Every name was supplied",
    CheckName.NUMBERS: "Every number was supplied",
    CheckName.DATES: "Every date was supplied",
    CheckName.ROLES: "Mentor and mentee are the right way round",
    CheckName.GOALS: "Every goal is discussed or placed",
    CheckName.QUESTIONS: "No question is left open",
    CheckName.EVIDENCE: "Every quote stands in the notes",
    CheckName.STATUSES: "Every status is proven or stated by you",
    CheckName.DISCLOSURE: "No possible disclosure waits for you",
}
WHY = {
    CheckName.NAMES: "This name stands in neither the brief nor the guidance",
    CheckName.NUMBERS: "This number stands in neither the brief nor the guidance",
    CheckName.DATES: "This date stands in neither the brief nor the guidance",
}
APPROVE_WIDTH, RELEASE_WIDTH = 120, 200  # pixels
MIME = {Channel.MARKDOWN: "text/markdown", Channel.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}


def show() -> None:
    """Show one draft for review, or the list of those that wait."""
    mine = [d for d in reviewing.mine(here.parts(), here.me().id) if d.revision is not None]
    asked = here.param("draft")
    if asked is None:
        _list(mine)
        return
    page = reviewing.open_draft(here.parts(), here.me().id, asked)
    st.query_params["draft"] = asked
    with st.container(key="statebar"):
        _bar(page)
        here.show_refusal()
        here.show_done()
    if page.draft.stale:
        st.warning(
            "Goals, actions or your focus changed since this was drafted. It still stands; draft another if the change matters.",
            icon=":material/history:",
        )
    if progress(here.parts(), here.me().id, asked).step is not None:
        making.drafted_again(asked)
        return
    if said := refusal(here.parts(), here.me().id, asked):
        st.error(look.plain(said), icon=":material/block:")
    if st.session_state.get("editing") == asked:
        edit.show(page)
        return
    document, beside = st.columns([3, 2], gap="large")
    with document:
        st.html(_document(page))
    with beside:
        _by_whom(page)
        _said(page)
        _missing(page)
        _checks(page)
        _sources(page)
        _changes(page)


def _list(mine: list[StoredDraft]) -> None:
    st.title("Review")
    here.show_done()
    if not mine:
        st.info(
            "Nothing waits for you. Drafts that you make under Prepare come here before they go anywhere.", icon=":material/rate_review:"
        )
        st.button("Prepare a session", type="primary", on_click=here.lead, args=("prepare",))
        return
    for draft in mine:
        page = reviewing.open_draft(here.parts(), here.me().id, draft.id)
        left, right = st.columns([4, 1], vertical_alignment="center")
        left.html(f"{look.chip(draft)} Agenda with {escape(page.pair.mentee.name)}, session {page.session.number}")
        right.button("Open", key=f"open_{draft.id}", on_click=here.lead, args=("review",), kwargs={"draft": draft.id}, width="stretch")


def _bar(page: ReviewPage) -> None:
    draft, mentee = page.draft, page.pair.mentee.name
    released = draft.released
    seen = f"{mentee} sees revision {released.revision}." if released else f"Nothing sent. After release, {mentee} will see it."
    if draft.state is DraftState.DISCARDED and not released:
        seen = "Nothing is sent."
    st.html(f"{look.chip(draft)} <span class=soft>Revision {page.revision.number}. {escape(seen)}</span>")
    if st.session_state.get("editing") == draft.id:
        return
    with st.container(key="actions", horizontal=True):
        if draft.state is not DraftState.DISCARDED:
            _actions(page)
        if released is not None:
            st.button("Withdraw", key="withdraw", on_click=_withdraw, args=(page,))


def _actions(page: ReviewPage) -> None:
    """Offer what can be done with the draft now.

    Approve and Release keep their places whatever the state, so that a double click never reaches another action.
    """
    approved = page.draft.state is DraftState.APPROVED
    released = page.draft.released
    out = approved and released is not None and released.revision == page.revision.number
    st.button(
        "Approved" if approved else "Approve", type="secondary" if approved else "primary", key="approve",
        on_click=_approve, args=(page,), disabled=approved, width=APPROVE_WIDTH,
    )  # fmt: skip
    label = "Released" if out else f"Release to {look.plain(page.header[3])}"
    kind: Literal["primary", "secondary"] = "primary" if approved and not out else "secondary"
    st.button(label, type=kind, key="release", on_click=_release, args=(page,), disabled=out, width=RELEASE_WIDTH)
    _file(page, Channel.DOCX, "DOCX")
    _file(page, Channel.MARKDOWN, "Markdown")
    st.button("Edit", key="edit", icon=":material/edit:", on_click=_edit, args=(page.draft.id,))
    if st.button("Discard", key="discard"):
        _confirm_discard(page)


def _file(page: ReviewPage, channel: Channel, name: str) -> None:
    """Offer a file: the bytes are made, and the release recorded, at the click and not before."""
    if page.draft.state is not DraftState.APPROVED:
        st.button(name, key=f"file_{channel}", on_click=_refused_file, args=(page, channel), icon=":material/download:")
        return
    ending = {Channel.DOCX: "docx", Channel.MARKDOWN: "md"}[channel]
    actor, draft_id, parts = here.me().id, page.draft.id, here.parts()

    def made() -> bytes:
        out: list[bytes] = []
        releasing.release_as_file(parts, actor, draft_id, channel, out.append)
        return out[0]

    st.download_button(
        name,
        made,
        f"agenda-session-{page.session.number}.{ending}",
        MIME[channel],
        key=f"file_{channel}",
        icon=":material/download:",
        width="stretch",
    )


def _refused_file(page: ReviewPage, channel: Channel) -> None:
    here.tried(lambda: releasing.release_as_file(here.parts(), here.me().id, page.draft.id, channel, len))


def _edit(draft_id: str) -> None:
    st.session_state["editing"] = draft_id


def _approve(page: ReviewPage) -> None:
    if here.tried(lambda: reviewing.approve(here.parts(), here.me().id, page.draft.id, page.revision.number, page.revision.sha256)):
        st.session_state["done"] = f"Approved. Nothing was sent yet: release it to {page.pair.mentee.name}, or take it as a file."


def _release(page: ReviewPage) -> None:
    if here.tried(lambda: releasing.release_to_readers(here.parts(), here.me().id, page.draft.id)):
        st.session_state["done"] = f"Sent to {page.pair.mentee.name}, who reads it under Agenda from now on."


def _withdraw(page: ReviewPage) -> None:
    if here.tried(lambda: releasing.withdraw(here.parts(), here.me().id, page.draft.id)):
        st.session_state["done"] = f"Withdrawn. {page.pair.mentee.name} no longer sees it."


@st.dialog("Discard this draft?")
def _confirm_discard(page: ReviewPage) -> None:
    st.write("It cannot be brought back. What you already released stays visible until you withdraw it.")
    if st.button("Discard it", type="primary", key="discard_really"):
        if here.tried(lambda: reviewing.discard(here.parts(), here.me().id, page.draft.id)):
            st.session_state["done"] = "Discarded."
        st.rerun()


def _document(page: ReviewPage) -> str:
    def mark(text: str) -> str:
        return marked(text, [(u.start, u.end, WHY[u.check]) for u in page.highlights(text)])

    titles = {goal.id: goal.title for goal in page.brief.goals}
    title, line, mentor, mentee = page.header
    return agenda_html(title, line, page.agenda, page.carried, titles, mentor, mentee, mark)


def _by_whom(page: ReviewPage) -> None:
    """Say that this is a draft and what drafted it; a model is named with its prompt and what it took."""
    engine = page.draft.engine
    if engine.name == "builtin":
        st.caption("A draft by the built-in rules; no model was asked.")
        return
    took = (
        f" {engine.tokens.requests} request{'s' if engine.tokens.requests > 1 else ''}, {engine.tokens.read:,} tokens read and {engine.tokens.written:,} written."
        if engine.tokens
        else ""
    )
    st.caption(
        f"AI draft by {look.plain(engine.model or 'a model')}, prompt {look.plain(engine.prompt or '')}. "
        f"It saw placeholders instead of names.{took} Read every line before you approve."
    )


def _said(page: ReviewPage) -> None:
    if page.draft.engine.said:
        lines = "".join(f"<li>{escape(line)}</li>" for line in page.draft.engine.said)
        st.html(f"<strong>What the draft did with your brief</strong> <span class=soft>(only you see this)</span><ul>{lines}</ul>")


def _missing(page: ReviewPage) -> None:
    if page.draft.kind is not DraftKind.AGENDA or not page.agenda.missing:
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


def _checks(page: ReviewPage) -> None:
    failed = [c for c in page.revision.checks if not c.passed]
    st.markdown(f"**Checks**: {len(page.revision.checks) - len(failed)} of {len(page.revision.checks)} passed")
    for check in failed:
        st.warning(f"{WORDS[check.name]}: no. {look.plain(check.detail)}", icon=":material/warning:")
    with st.expander("Everything that was checked"):
        for check in page.revision.checks:
            st.markdown(f":material/{'check' if check.passed else 'close'}: {WORDS[check.name]}")


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


def _changes(page: ReviewPage) -> None:
    lines = reviewing.changes(here.parts(), here.me().id, page.draft.id)
    if not lines:
        return
    with st.expander("What you changed"):
        tags = {"out": "del", "in": "ins"}
        shown = "".join(f"<{tags[x.change]}>{escape(x.text) or ' '}</{tags[x.change]}>" for x in lines if x.change in tags)
        st.html(f'<div class="diff">{shown}</div>')
