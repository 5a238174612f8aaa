"""Take back a step that changed notes as a whole: bringing in a file, or removing them."""

from dataclasses import dataclass

import streamlit as st

from coach.services.notes import NotesPage, notes_page, save_note
from coach.ui import editor, here, look

KEY = "notes_before"


@dataclass(frozen=True)
class Before:
    """What was done, the notes as they were, and the version that the step made."""

    session_id: str
    said: str
    text: str
    version: int


def remember(session_id: str, said: str, text: str) -> None:
    """Keep the notes as they were before a step that has just been done."""
    page = notes_page(here.parts(), here.me().id, session_id)
    if page is not None:
        st.session_state[KEY] = Before(session_id, said, text, page.notes.version)


def show(page: NotesPage, name: str) -> None:
    """Say what the last step did and offer to take it back, until something else is written."""
    with st.container():  # the place is kept, so that the editor below stays where it is
        before: Before | None = st.session_state.get(KEY)
        if before is None or (before.session_id, before.version) != (page.session.id, page.notes.version):
            return
        with st.container(horizontal=True, vertical_alignment="center", key="notes_undo"):
            st.success(look.plain(before.said), icon=":material/check_circle:")
            st.button("Take it back", key="undo_notes", icon=":material/undo:", on_click=_take_back, args=(before, name))


def _take_back(before: Before, name: str) -> None:
    st.session_state.pop(KEY, None)
    if editor.flush(name):
        here.tried(lambda: save_note(here.parts(), here.me().id, before.session_id, before.text, before.version))
