"""Review: the draft beside its sources and checks; edit, approve, release, discard."""

from html import escape
from typing import Literal

import streamlit as st

from coach.domain.drafts import DraftKind, DraftState
from coach.domain.review import Channel, StoredDraft
from coach.services import releasing, reviewing
from coach.services.making import progress, refusal
from coach.services.reviewing import ReviewPage
from coach.ui import here, look, making, review_agenda, review_summary, summary_copy

APPROVE_WIDTH, RELEASE_WIDTH = 170, 200  # pixels
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
    if progress(here.parts(), here.me().id, asked).step is not None:
        making.drafted_again(asked)
        return
    if said := refusal(here.parts(), here.me().id, asked):
        st.error(look.plain(said), icon=":material/block:")
    (review_summary if page.draft.kind is DraftKind.SUMMARY else review_agenda).show(page)


def _list(mine: list[StoredDraft]) -> None:
    st.title("Review")
    here.show_done()
    if not mine:
        mentor = "prepare" in st.session_state["pages"]
        where = "Prepare or Notes" if mentor else "Notes"
        st.info(
            f"Nothing waits for you. Drafts that you make under {where} come here before they go anywhere.", icon=":material/rate_review:"
        )
        if mentor:
            st.button("Prepare a session", type="primary", on_click=here.lead, args=("prepare",))
        else:
            st.button("Open your notes", type="primary", on_click=here.lead, args=("notes",))
        return
    for draft in mine:
        page = reviewing.open_draft(here.parts(), here.me().id, draft.id)
        left, right = st.columns([4, 1], vertical_alignment="center")
        left.html(f"{look.chip(draft)} {look.KINDS[draft.kind]} with {escape(page.reader)}, session {page.session.number}")
        right.button("Open", key=f"open_{draft.id}", on_click=here.lead, args=("review",), kwargs={"draft": draft.id}, width="stretch")


def _bar(page: ReviewPage) -> None:
    draft, reader = page.draft, page.reader
    released = draft.released
    seen = f"{reader} sees revision {released.revision}." if released else f"Nothing sent. After release, {reader} will see it."
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
    unsaved = _unsaved(page)
    approved = page.draft.state is DraftState.APPROVED and not unsaved
    released = page.draft.released
    out = approved and released is not None and released.revision == page.revision.number
    st.button(
        "Approved" if approved else "Save and approve" if unsaved else "Approve", type="secondary" if approved else "primary",
        key="approve", on_click=_approve, args=(page,), disabled=approved, width=APPROVE_WIDTH,
    )  # fmt: skip
    label = "Released" if out else f"Release to {look.plain(page.reader_in_short)}"
    kind: Literal["primary", "secondary"] = "primary" if approved and not out else "secondary"
    st.button(label, type=kind, key="release", on_click=_release, args=(page,), disabled=out, width=RELEASE_WIDTH)
    _file(page, Channel.DOCX, "DOCX")
    _file(page, Channel.MARKDOWN, "Markdown")
    if page.draft.kind is DraftKind.AGENDA:
        st.button("Edit", key="edit", icon=":material/edit:", on_click=_edit, args=(page.draft.id,))
    if st.button("Discard", key="discard"):
        _confirm_discard(page)


def _unsaved(page: ReviewPage) -> bool:
    return page.draft.kind is DraftKind.SUMMARY and summary_copy.unsaved(page)


def _file(page: ReviewPage, channel: Channel, name: str) -> None:
    """Offer a file: the bytes are made, and the release recorded, at the click and not before."""
    if page.draft.state is not DraftState.APPROVED or _unsaved(page):
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
        f"{page.draft.kind.value}-session-{page.session.number}.{ending}",
        MIME[channel],
        key=f"file_{channel}",
        icon=":material/download:",
        width="stretch",
    )


def _refused_file(page: ReviewPage, channel: Channel) -> None:
    if not _refused_unsaved(page):
        here.tried(lambda: releasing.release_as_file(here.parts(), here.me().id, page.draft.id, channel, len))


def _refused_unsaved(page: ReviewPage) -> bool:
    """Refuse to let a draft out while what is typed beside it is not saved: nobody approved that."""
    if not _unsaved(page):
        return False
    st.session_state["refused"] = "Not released: you changed something that is not saved. Save and approve it first; nothing was sent."
    return True


def _edit(draft_id: str) -> None:
    st.session_state["editing"] = draft_id


def _approve(page: ReviewPage) -> None:
    """Approve the revision that was read; what was typed on a summary is saved first, and is what was read."""
    if page.draft.kind is DraftKind.SUMMARY:
        number = summary_copy.save(page)
        if number is None:
            return
        if number != page.revision.number:
            page = reviewing.open_draft(here.parts(), here.me().id, page.draft.id)
            st.session_state["done"] = "Saved."
        if page.revision.number != number:
            return
    if here.tried(lambda: reviewing.approve(here.parts(), here.me().id, page.draft.id, page.revision.number, page.revision.sha256)):
        st.session_state["done"] = f"Approved. Nothing was sent yet: release it to {page.reader}, or take it as a file."
        review_summary.look_at_views(page)


def _release(page: ReviewPage) -> None:
    if not _refused_unsaved(page) and here.tried(lambda: releasing.release_to_readers(here.parts(), here.me().id, page.draft.id)):
        where = "Agenda" if page.draft.kind is DraftKind.AGENDA else "Progress"
        st.session_state["done"] = f"Sent to {page.reader}, who reads it under {where} from now on."


def _withdraw(page: ReviewPage) -> None:
    if here.tried(lambda: releasing.withdraw(here.parts(), here.me().id, page.draft.id)):
        counts = " Its goals and actions count no longer." if page.draft.kind is DraftKind.SUMMARY else ""
        st.session_state["done"] = f"Withdrawn. {page.reader} no longer sees it.{counts}"


@st.dialog("Discard this draft?")
def _confirm_discard(page: ReviewPage) -> None:
    st.write("It cannot be brought back. What you already released stays visible until you withdraw it.")
    if st.button("Discard it", type="primary", key="discard_really"):
        if here.tried(lambda: reviewing.discard(here.parts(), here.me().id, page.draft.id)):
            st.session_state["done"] = "Discarded."
        st.rerun()
