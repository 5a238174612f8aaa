"""Change what is said about a document of the programme, or take it out of the guidance in two steps."""

import streamlit as st

from coach.domain.documents import details_of
from coach.domain.guidance import Document
from coach.services.guidance import change_details, remove
from coach.services.guidance_pages import DocumentPage, read
from coach.ui import here, library_fields, library_index, look, typed

NAME = "document_change"
REMOVING = "library_removing"


def begin(document_id: str) -> None:
    """Open the fields of a document."""
    page = read(here.parts(), here.me().id, document_id)
    typed.begin(NAME, library_fields.values_of(details_of(page.document), _sections(page)), base=page)


def is_open() -> bool:
    """Tell whether a document is being changed or removed."""
    return typed.find(NAME) is not None or REMOVING in st.session_state


def show() -> None:
    """Show the fields of the document that is being changed, or what removing one means."""
    if REMOVING in st.session_state:
        _removing(st.session_state[REMOVING])
        return
    form = typed.find(NAME)
    assert form is not None
    page: DocumentPage = form.base
    st.subheader(f"Change “{look.plain(page.document.title)}”")
    newest = read(here.parts(), here.me().id, page.document.id)
    if newest.document.sha256 != page.document.sha256:
        st.warning("Somebody changed this document while you did. What you typed is still here.", icon=":material/sync_problem:")
        with st.container(horizontal=True):
            st.button("Start again from what is saved", key="start_again", on_click=begin, args=(page.document.id,))
            if _sections(newest) == _sections(page):
                st.button("Go on with mine", key="go_on", on_click=_go_on, args=(newest,))
    with st.container(border=True):
        unasked = [passage for passage in page.passages if passage.section not in page.document.questions]
        library_fields.show(form, _sections(page), unasked, {})
        with st.container(horizontal=True):
            st.button("Save", type="primary", key="save_document", on_click=_save)
            st.button("Cancel", key="cancel_document", type="tertiary", on_click=typed.end, args=(NAME,))


def ask_to_remove(document: Document) -> None:
    """Ask first; nothing is removed yet."""
    st.session_state[REMOVING] = document


def _sections(page: DocumentPage) -> tuple[str, ...]:
    return tuple(dict.fromkeys(passage.section for passage in page.passages))


def _go_on(newest: DocumentPage) -> None:
    form = typed.collect(NAME)
    if form is not None:
        form.base = newest


def _save() -> None:
    form = typed.collect(NAME)
    if form is None:
        return
    page: DocumentPage = form.base
    details = library_fields.details_from(form.values, _sections(page))
    if here.tried(lambda: change_details(here.parts(), here.me().id, page.document.id, details, page.document.sha256)):
        typed.end(NAME)
        library_index.note_change()
        st.session_state["done"] = f"“{details.title}” is changed."


def _removing(document: Document) -> None:
    st.subheader(f"Remove “{look.plain(document.title)}”?")
    st.markdown(
        "From then on nobody can read or find it, and its text is deleted. Drafts that cite it keep the words that they cited. "
        "You can add the file again later, but the questions that you wrote for it are deleted too."
    )
    with st.container(horizontal=True):
        st.button("Keep it", key="keep_document", on_click=_keep)
        st.button("Remove it", key="remove_document", type="primary", icon=":material/delete:", on_click=_remove, args=(document,))


def _keep() -> None:
    st.session_state.pop(REMOVING, None)


def _remove(document: Document) -> None:
    _keep()
    if here.tried(lambda: remove(here.parts(), here.me().id, document.id)):
        library_index.note_change()
        st.session_state["done"] = f"“{document.title}” is removed."
