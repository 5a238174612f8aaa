"""Bring in a file of notes: what is read of it and what is not used is seen before anything is kept."""

from dataclasses import dataclass

import streamlit as st

from coach.domain.brief import LONG_TEXT
from coach.domain.notes import ENDINGS, MOST_MEGABYTES, NotesFile, below, too_long
from coach.errors import CoachError
from coach.services.notes import NotesPage, look_into_file, notes_page, save_note
from coach.ui import editor, here, look, notes_undo

FILE, TURN, UNREAD = "notes_file", "notes_file_turn", "notes_file_unread"
MOST_SHOWN = 20_000  # characters of a preview; more of them make a page slow
HEIGHT = 280  # pixels of a long preview
LONG = 1_200  # characters from which a preview scrolls
MOST_NAMED = 6  # speakers


@dataclass(frozen=True)
class Chosen:
    """A file that was read for a session, and is not among its notes yet."""

    session_id: str
    file: NotesFile


def show(page: NotesPage, name: str) -> bool:
    """Show where a file comes in, and what it would bring; tell whether one waits for a decision."""
    turn = st.session_state.setdefault(TURN, 0)
    key = f"{FILE}_{page.session.id}_{turn}"
    chosen = _chosen(page)
    with st.expander("Bring in a file", icon=":material/upload_file:", expanded=chosen is not None or UNREAD in st.session_state):
        st.file_uploader(
            f"Text, Markdown, Word or a transcript (WebVTT, SRT), up to {MOST_MEGABYTES} MB",
            type=[ending.removeprefix(".") for ending in ENDINGS], key=key, max_upload_size=MOST_MEGABYTES, on_change=_read, args=(page, key),
        )  # fmt: skip
        if said := st.session_state.pop(UNREAD, None):
            st.error(look.plain(said), icon=":material/block:")
        if chosen is None:
            st.caption("You see what is read, and what is not used, before anything is kept. Text that you copied is simply pasted above.")
        else:
            _preview(page, name, chosen.file)
    return chosen is not None


def _chosen(page: NotesPage) -> Chosen | None:
    chosen: Chosen | None = st.session_state.get(FILE)
    return chosen if chosen is not None and chosen.session_id == page.session.id else None


def _read(page: NotesPage, key: str) -> None:
    """Read the file that has just been chosen; without one, nothing is looked at any more."""
    st.session_state.pop(FILE, None)
    file = st.session_state.get(key)
    if file is None:
        return
    try:
        read = look_into_file(here.parts(), here.me().id, page.session.id, file.getvalue(), file.name)
    except CoachError as error:
        st.session_state[UNREAD] = str(error)
    else:
        st.session_state[FILE] = Chosen(page.session.id, read)


def _preview(page: NotesPage, name: str, file: NotesFile) -> None:
    st.markdown(f"**{look.plain(file.name)}** was read as {look.plain(file.kind)}: {len(file.text):,} characters. Nothing is kept yet.")
    if file.speakers:
        st.markdown(f":material/record_voice_over: {look.plain(_speakers(file))}")
    for line in file.said:
        (st.warning if line.startswith("Not used") else st.caption)(look.plain(line))
    shown = file.text[:MOST_SHOWN]
    with st.container(
        height=HEIGHT if len(shown) > LONG or shown.count("\n") > HEIGHT // 24 else "content", border=True, key="notes_preview"
    ):
        st.text(shown)
    if len(shown) < len(file.text):
        st.caption(f"The first {MOST_SHOWN:,} characters are shown here; all {len(file.text):,} are brought in.")
    with st.container(horizontal=True):
        if page.notes.text.strip():
            st.button("Put it below my notes", key="notes_below", type="primary", on_click=_take, args=(page, name, file, True))
            st.button("Use it instead", key="notes_instead", on_click=_take, args=(page, name, file, False))
        else:
            st.button("Use it as my notes", key="notes_instead", type="primary", on_click=_take, args=(page, name, file, False))
        st.button("Leave it", key="notes_leave", type="tertiary", on_click=_leave)


def _speakers(file: NotesFile) -> str:
    named, more = file.speakers[:MOST_NAMED], len(file.speakers) - MOST_NAMED
    if len(file.speakers) == 1:
        return f"One person speaks: {named[0]}."
    return f"{len(file.speakers)} people speak: {', '.join(named)}{f' and {more} more' if more > 0 else ''}."


def _take(page: NotesPage, name: str, file: NotesFile, put_below: bool) -> None:
    """Make the file part of the notes, on top of all that was typed until this click."""
    if not editor.flush(name):
        return
    parts, actor, session_id = here.parts(), here.me().id, page.session.id
    now = notes_page(parts, actor, session_id)
    if now is None:
        return
    text = below(now.notes.text, file.text) if put_below else file.text
    if len(text) > LONG_TEXT:
        st.session_state["refused"] = too_long("With this file your text", len(text))
        return
    if here.tried(lambda: save_note(parts, actor, session_id, text, now.notes.version)):
        where = (
            "stands below your notes" if put_below else "is in the place of your notes" if now.notes.text.strip() else "is your notes now"
        )
        notes_undo.remember(session_id, f"{file.name} {where}.", now.notes.text)
        _leave()


def _leave() -> None:
    st.session_state.pop(FILE, None)
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1
